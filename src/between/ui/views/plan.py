"""The person's safety plan on screen: their own words under plain headings, saved only when they say so."""

from __future__ import annotations

import streamlit as st

from between.bootstrap import Space
from between.errors import BetweenError
from between.safety.cards import Card
from between.safety.plan import LONGEST, plan_words
from between.ui import dates, session, wording
from between.ui.lines import ELSEWHERE
from between.ui.views import card, people


def show(me: Space) -> None:
    """The plan, or the people; one at a time."""
    sitting = session.sitting()
    if sitting.notice:
        st.toast(sitting.notice)
        sitting.notice = ""
    st.header(wording.PLAN_TITLE, anchor=False)
    if session.value("plan_view") is None:
        session.put("plan_view", "plan")
    view = st.segmented_control(
        wording.PLAN_TITLE,
        list(wording.PLAN_VIEWS),
        format_func=wording.PLAN_VIEWS.__getitem__,
        key="plan_view",
        label_visibility="collapsed",
    )
    called_for()
    if view == "people":
        people.show(me)
    else:
        own_words(me)


def called_for() -> None:
    """What the safety rules have to say to words that were just typed here."""
    shown = session.sitting().extra.get(people.CARD)
    if isinstance(shown, Card):
        card.draw(shown, key="plan")


def own_words(me: Space) -> None:
    """One field for each heading."""
    st.markdown(wording.PLAN_INTRO)
    kept = me.plan.kept()
    written = {
        part.id: st.text_area(
            part.title,
            value=getattr(kept, part.id, ""),
            placeholder=part.hint,
            height=96,
            max_chars=LONGEST,
            key=f"plan_{part.id}",
        )
        for part in plan_words().part
    }
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button(wording.PLAN_SAVE, key="save_plan", type="primary"):
            save(me, written)
        if kept or me.plan.people():
            st.html(
                f'<a class="as-button second" href="/plan-to-print" target="_blank" rel="{ELSEWHERE}">'
                f"{wording.PLAN_PRINT}</a>"
            )
    if kept:
        st.caption(wording.PLAN_SAVED_ON.format(when=dates.day(kept.at, session.now().date())))
        delete(me)


def save(me: Space, written: dict[str, str]) -> None:
    """Keep the plan; a card where its new words call for one, also when they could not be kept."""
    try:
        people.keep_looking(lambda: me.plan.save(written))
    except BetweenError as refused:
        shown = me.lookout.card_for_text("\n\n".join(written.values()))
        if shown is not None:
            card.draw(shown, key="not_kept")
        st.error(refused.says)
        return
    session.sitting().notice = wording.PLAN_SAVED
    st.rerun()


def delete(me: Space) -> None:
    """Remove the plan, after a clear yes."""
    with st.popover(wording.PLAN_DELETE, type="tertiary"):
        st.markdown(wording.PLAN_DELETE_SURE)
        if st.button(wording.JOURNAL_DELETE_YES, key="delete_plan", type="primary"):
            me.plan.remove()
            for part in plan_words().part:
                session.drop(f"plan_{part.id}")
            session.sitting().notice = wording.PLAN_DELETED
            st.rerun()
