"""One entry in a list: when, how it was, its first words, and a way to open it."""

from __future__ import annotations

import streamlit as st

from between.domain import Entry
from between.ui import dates, pages, session, wording
from between.ui.plain import plain


def show(entry: Entry, key: str = "", elsewhere: bool = False) -> None:
    """One entry in a list: when, how it was, its first words, and a way to open it."""
    today = session.now().date()
    with st.container(border=True, key=f"entry_{key}{entry.id}"):
        facts = [dates.day(entry.at, today), dates.clock(entry.at)]
        if entry.mood is not None:
            facts.append(wording.JOURNAL_MOODS[entry.mood.value])
        if not entry.remember:
            facts.append(wording.JOURNAL_NOT_REMEMBERED)
        st.caption(" · ".join([*facts, *(plain(f"#{tag}") for tag in entry.tags)]))
        text = entry.text if len(entry.text) < 320 else entry.text[:300].rsplit(" ", 1)[0] + " …"
        if entry.title:
            st.text(entry.title)
        st.text(text)
        if st.button(wording.JOURNAL_OPEN, key=f"read_{key}{entry.id}", type="tertiary"):
            session.sitting().reading = entry.id
            if elsewhere:
                pages.go("journal")
            st.rerun()
