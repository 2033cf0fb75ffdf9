"""Honest use in the settings: pauses, the question after a hard time, reports, how it left the person, and counts."""

from __future__ import annotations

import streamlit as st

from between import bootstrap
from between.bootstrap import Space
from between.store import counts
from between.ui import choices, dates, session, wording
from between.ui.plain import plain
from between.use.reports import comment_of, reports


def show(me: Space) -> None:
    """Two switches, then lists that are folded away."""
    st.subheader(wording.SETTINGS_HONEST, anchor=False)
    session.put("pauses", me.profile().pauses)
    st.toggle(
        wording.SETTINGS_PAUSES,
        help=wording.SETTINGS_PAUSES_HELP,
        key="pauses",
        on_change=lambda: choices.keep(pauses=session.value("pauses")),
    )
    session.put("follow_up", me.profile().follow_up)
    st.toggle(
        wording.SETTINGS_FOLLOW_UP,
        key="follow_up",
        on_change=lambda: choices.keep(follow_up=session.value("follow_up")),
    )
    show_reports(me)
    show_afters(me)
    if bootstrap.settings().count_cards and not me.is_demo:
        show_counts()


def show_reports(me: Space) -> None:
    """Reported replies with what was wrong, newest first."""
    told = reports(me.diary)
    with st.expander(wording.SETTINGS_REPORTS.format(n=len(told))):
        if not told:
            st.markdown(wording.SETTINGS_REPORTS_NONE)
            return
        today = session.now().date()
        for message in told:
            source = message.provenance
            engine = f"{source.engine} {source.model}" if source else ""
            day = dates.day(message.at, today)
            st.caption(plain(wording.SETTINGS_REPORT_ONE.format(day=day, engine=engine)))
            st.text(message.text)
            if comment_of(message):
                st.markdown(f"> {plain(comment_of(message))}")
        st.html(f'<a class="as-button" href="/export/reports">{wording.SETTINGS_REPORTS_LINK}</a>')


def show_afters(me: Space) -> None:
    """How using this left the person, as they said; theirs to remove."""
    said = me.host.afters()
    if not said:
        return
    today = session.now().date()
    with st.expander(wording.SETTINGS_AFTERS.format(n=len(said))):
        for one in said[:30]:
            bring = f": {plain(one.bring)}" if one.bring else ""
            left = wording.AFTER_USE_LEFT.get(one.left, "")
            st.markdown(f"- {dates.day(one.at, today)}, {left.lower()}{bring}")
        if st.button(wording.SETTINGS_AFTERS_FORGET, key="forget_afters"):
            me.host.forget_afters()
            session.sitting().notice = wording.SETTINGS_AFTERS_GONE
            st.rerun()


def show_counts() -> None:
    """How often a help card was shown in this installation."""
    with st.expander(wording.SETTINGS_COUNTS):
        st.markdown(wording.SETTINGS_COUNTS_WHY)
        rows = counts.shown_to_all(bootstrap.house().store)
        if not rows:
            st.markdown(wording.SETTINGS_COUNTS_NONE)
            return
        names = (wording.SETTINGS_COUNTS_YEAR, wording.SETTINGS_COUNTS_TIER, wording.SETTINGS_COUNTS_SHOWN)
        st.table([dict(zip(names, map(str, row), strict=True)) for row in rows])
        st.html(f'<a class="as-button" href="/export/counts">{wording.SETTINGS_COUNTS_LINK}</a>')
