"""Today's page: write first; day, mood and tags only if wanted."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import streamlit as st

from between.bootstrap import Space
from between.domain import Entry, ItemId, Mood
from between.errors import BetweenError, TooYoung
from between.journal.drafts import JOURNAL
from between.safety.cards import Card
from between.ui import dates, pages, session, wording
from between.ui.views import around, card, draft, young


@dataclass(frozen=True, slots=True)
class Seen:
    """What the safety rules saw in an entry that was just saved."""

    card: Card | None
    entry: ItemId


def show(me: Space) -> None:
    """An empty page for today, or the draft where it stopped."""
    sitting = session.sitting()
    now = session.now()
    st.header(dates.heading(now.date(), now.date()), anchor=False)
    after_saving(me)
    around.show_line(me)
    key = "journal_text"
    if session.value(key) is None:
        waiting = me.drafts.find(JOURNAL)
        session.put(key, waiting.text if waiting else "")
        if waiting:
            st.caption(wording.JOURNAL_DRAFT_KEPT)
    with st.container(key="page"):
        text = st.text_area(
            wording.JOURNAL_TEXT,
            key=key,
            height=300,
            placeholder=wording.JOURNAL_PLACEHOLDER,
            label_visibility="collapsed",
        )
    draft.keep_typing(me, JOURNAL, key)
    mood = pick_mood(f"mood_{sitting.page_number}")
    more = details(me, now, sitting.page_number)
    if st.button(wording.JOURNAL_SAVE, key="save_entry", type="primary"):
        save(me, text, mood, more)
    with st.container(key="draft_note"):  # hidden while the script says that it cannot keep the words
        st.caption(wording.JOURNAL_DEMO_NOTE if me.is_demo else wording.JOURNAL_DRAFT_NOTE)
    around.show_pause(me)


def pick_mood(key: str, kept: Mood | None = None) -> Mood | None:
    """How it was, in words; never required."""
    picked = st.pills(
        wording.JOURNAL_MOOD,
        list(Mood),
        default=kept,
        format_func=lambda mood: wording.JOURNAL_MOODS[mood.value],
        key=key,
    )
    return picked


def details(me: Space, now: dt.datetime, number: int, entry: Entry | None = None) -> dict[str, object]:
    """Day, time, title, tags and whether it may come back, folded away."""
    at = entry.at if entry else now
    with st.expander(wording.JOURNAL_MORE, expanded=entry is not None):
        title = st.text_input(
            wording.JOURNAL_TITLE_FIELD,
            value=entry.title if entry else "",
            max_chars=120,
            key=f"title_{number}",
        )
        left, right = st.columns(2)
        day = left.date_input(
            wording.JOURNAL_DATE,
            value=at.date(),
            max_value=now.date(),
            min_value=dt.date(1600, 1, 1),
            format="DD/MM/YYYY",
            key=f"day_{number}",
        )
        time = right.time_input(wording.JOURNAL_TIME, value=at.time(), step=300, key=f"time_{number}")
        tags = st.multiselect(
            wording.JOURNAL_TAGS,
            options=sorted({*me.journal.tags(), *(entry.tags if entry else ())}),
            default=list(entry.tags) if entry else [],
            accept_new_options=True,
            placeholder=wording.JOURNAL_TAGS_PLACEHOLDER,
            key=f"tags_{number}",
        )
        remember = st.toggle(
            wording.JOURNAL_REMEMBER,
            value=entry.remember if entry else True,
            help=wording.JOURNAL_REMEMBER_HELP,
            key=f"remember_{number}",
        )
    moved = day != at.date() or time.replace(second=0, microsecond=0) != at.time().replace(
        second=0, microsecond=0
    )
    when = dt.datetime.combine(day, time, tzinfo=at.tzinfo or session.zone()) if moved else at
    return {"at": when, "title": title, "tags": tuple(tags), "remember": remember}


def save(me: Space, text: str, mood: Mood | None, more: dict[str, object]) -> None:
    """Keep the entry, and give the person a fresh page."""
    try:
        written, shown = me.write_entry(text, mood=mood, **more)
    except TooYoung:
        young.stop(me, JOURNAL, text)
        return
    except BetweenError as refused:
        shown = me.lookout.card_for_text(text)
        if shown is not None:
            card.draw(shown, key="not_kept")
        st.error(refused.says)
        return
    draft.end(me, JOURNAL)
    me.host.wrote(session.visit(), session.now())
    sitting = session.sitting()
    sitting.page_number += 1
    sitting.notice = wording.JOURNAL_SAVED
    sitting.extra["card"] = Seen(shown, written.entry.id)
    session.drop("journal_text")
    st.rerun()


def after_saving(me: Space, entry: ItemId | None = None) -> None:
    """What the safety rules have to say to the entry just written, until it is closed; under that one entry only."""
    kept = session.sitting().extra.get("card")
    if not isinstance(kept, Seen) or kept.card is None or entry not in (None, kept.entry):
        return
    shown, written = kept.card, kept.entry
    card.draw(shown, key="written", mark=written)
    pressed = card.buttons("written") if shown.buttons and me.lookout.waits() else None
    if pressed:
        session.sitting().extra.pop("card")
        session.sitting().conversation = me.answer(shown, pressed)
        pages.go("chat")
    with st.container(key="quiet_written", horizontal=True):
        quiet(me)
    if "unsave" in shown.offers:
        card.unsave(me, written, wording.CARD_UNSAVE_ENTRY)


def quiet(me: Space) -> None:
    """What can be done about the card of an entry: it was wrong, or it is read."""
    wrong = me.lookout.may_take_back() and st.button(
        wording.CHAT_NOT_MEANT, key="not_meant_entry", type="tertiary"
    )
    if wrong:
        me.lookout.take_back()
        session.sitting().notice = wording.CHAT_NOT_MEANT_DONE
    if wrong or st.button(wording.CLOSE, key="close_card", type="tertiary"):
        session.sitting().extra.pop("card")
        st.rerun()
