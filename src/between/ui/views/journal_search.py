"""Finding things again: by words and by meaning, with the days that a question names."""

from __future__ import annotations

import streamlit as st

from between.bootstrap import Space
from between.domain import ItemId, Period
from between.ui import dates, session, wording
from between.ui.views import entry_line


def show(me: Space) -> None:
    """One field; what it understood; what it found."""
    text = st.text_input(
        wording.JOURNAL_SEARCH, key="search", placeholder=wording.JOURNAL_SEARCH_PLACEHOLDER, max_chars=300
    )
    how = st.segmented_control(
        wording.JOURNAL_SEARCH,
        list(wording.JOURNAL_SEARCH_HOW),
        default="both",
        required=True,
        format_func=wording.JOURNAL_SEARCH_HOW.__getitem__,
        key="search_how",
        label_visibility="collapsed",
    )
    if not text.strip():
        return
    found = by_words(me, text) if how == "words" else by_both(me, text)
    if not found:
        st.markdown(wording.JOURNAL_SEARCH_NONE)
    for entry_id in found[:30]:
        entry = me.journal.entry(entry_id)
        if entry is not None:
            entry_line.show(entry, key="found_")


def understood(period: Period) -> Period | None:
    """The days that the question names, shown, and a way to drop them."""
    today = session.now().date()
    start, end = dates.day(period.start, today), dates.day(period.end, today)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(wording.JOURNAL_SEARCH_PERIOD.format(start=start, end=end))
        off = st.checkbox(wording.JOURNAL_SEARCH_PERIOD_OFF, key=f"all_days_{period.said}")
    return None if off else period


def by_words(me: Space, text: str) -> list[ItemId]:
    """Entries with these very words, newest first."""
    return [found.entry_id for found in me.journal.search_words(text)]


def by_both(me: Space, text: str) -> list[ItemId]:
    """Entries by words and meaning together, best first; chat messages are found in chat."""
    named = me.memory.period(text, session.now())
    period = understood(named) if named else None
    if named and period is None:
        text = me.memory.without_days(text, named)
    passages = me.memory.search(text, k=30, period=period)
    return list(dict.fromkeys(passage.source_id for passage in passages if passage.source == "entry"))
