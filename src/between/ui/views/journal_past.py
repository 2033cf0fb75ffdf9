"""Looking back: entries as a list or by day in a calendar; reading, changing and deleting one."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from between.bootstrap import Space
from between.domain import Entry
from between.errors import BetweenError, TooYoung
from between.insights.mood import DayCell
from between.journal.drafts import entry_place
from between.ui import dates, session, wording
from between.ui.plain import plain
from between.ui.views import draft, entry_line, insight_charts, journal_write, young

PAGE = 20
"""Entries drawn at once."""


def show(me: Space) -> None:
    """The list, newest first, by month and tag."""
    entries = me.journal.entries()
    if not entries:
        st.markdown(wording.JOURNAL_LIST_EMPTY)
        return
    calendar = st.toggle(wording.JOURNAL_CALENDAR, key="calendar")
    if calendar:
        years = sorted({entry.at.year for entry in entries}, reverse=True)
        year = st.selectbox(wording.INSIGHTS_YEAR, years, key="calendar_year")
        insight_charts.calendar(me, year_of(me, year), key="journal_calendar")
        return
    left, right = st.columns(2)
    months = list(dict.fromkeys(entry.at.date().replace(day=1) for entry in entries))
    all_months: list[dt.date | None] = [None, *months]
    month = left.selectbox(
        wording.JOURNAL_MONTH,
        all_months,
        format_func=lambda one: wording.JOURNAL_ALL_MONTHS if one is None else dates.month(one),
        key="month",
    )
    tags = me.journal.tags()
    tag = right.selectbox(
        wording.JOURNAL_TAGS,
        [None, *tags],
        format_func=lambda one: wording.JOURNAL_ALL_TAGS if one is None else one,
        key="tag",
    )
    if tag is not None:
        entries = me.journal.entries(tag=tag)
    if month is not None:
        entries = [entry for entry in entries if entry.at.date().replace(day=1) == month]
    shown = int(str(session.value("shown", PAGE)))
    for entry in entries[:shown]:
        entry_line.show(entry)
    if len(entries) > shown and st.button(wording.JOURNAL_SHOW_MORE, key="more"):
        session.put("shown", shown + PAGE)
        st.rerun()


def year_of(me: Space, year: int) -> list[DayCell]:
    """Every day of a year with all that was written, also what stays out of insights."""
    days = me.journal.days()
    first = dt.date(year, 1, 1)
    every = (first + dt.timedelta(days=n) for n in range((dt.date(year, 12, 31) - first).days + 1))
    return [
        DayCell(day, days[day].count, days[day].mood) if day in days else DayCell(day, 0, None)
        for day in every
    ]


def show_one(me: Space) -> None:
    """One entry, whole."""
    sitting = session.sitting()
    entry = me.journal.entry(sitting.editing or sitting.reading)  # type: ignore[arg-type]  # one of them is set
    if st.button(wording.BACK, key="back", icon=":material/arrow_back:", type="tertiary"):
        sitting.reading = sitting.editing = None
        st.rerun()
    if entry is None:
        st.markdown(wording.JOURNAL_GONE)
    elif sitting.editing:
        change(me, entry)
    else:
        read(me, entry)


def read(me: Space, entry: Entry) -> None:
    """The entry to read, with what can be done to it."""
    journal_write.after_saving(me, entry.id)
    today = session.now().date()
    st.header(plain(entry.title) or dates.heading(entry.at, today), anchor=False)
    facts = [dates.heading(entry.at, today), dates.clock(entry.at)]
    if entry.mood is not None:
        facts.append(wording.JOURNAL_MOODS[entry.mood.value])
    st.caption(" · ".join([*facts, *(plain(f"#{tag}") for tag in entry.tags)]))
    st.text(entry.text)
    with st.container(horizontal=True):
        if st.button(wording.EDIT, key="edit", icon=":material/edit:"):
            session.sitting().editing = entry.id
            st.rerun()
        with st.popover(wording.DELETE, icon=":material/delete:"):
            st.markdown(wording.JOURNAL_DELETE_SURE)
            if st.button(wording.JOURNAL_DELETE_YES, key="delete_yes", type="primary"):
                me.forget(entry.id)
                session.sitting().reading = None
                session.sitting().notice = wording.JOURNAL_DELETED
                st.rerun()


def change(me: Space, entry: Entry) -> None:
    """The entry to change; changes that wait from another time are offered first, and decide nothing by themselves."""
    st.header(wording.JOURNAL_EDIT_TITLE, anchor=False)
    key, place = f"edit_{entry.id}", entry_place(entry.id)
    if not session.is_drawn(key) and not offer(me, entry, key):
        return
    if not session.is_drawn(key):
        session.put(key, entry.text)
    text = st.text_area(wording.JOURNAL_TEXT, height=360, key=key, label_visibility="collapsed")
    draft.keep_typing(me, place, key)
    mood = journal_write.pick_mood(f"edit_mood_{entry.id}", entry.mood)
    number = hash(entry.id) % 10_000
    more = journal_write.details(me, session.now(), number, entry)
    with st.container(horizontal=True):
        if st.button(wording.SAVE, key="save_edit", type="primary"):
            try:
                _, shown = me.edit_entry(entry.id, text=text, mood=mood, **more)
            except TooYoung:
                young.stop(me, entry_place(entry.id), text)
                return
            except BetweenError as refused:
                st.error(refused.says)
                return
            session.sitting().notice = wording.JOURNAL_SAVED
            session.sitting().extra["card"] = journal_write.Seen(shown, entry.id)
            changed(me, entry)
        if st.button(wording.CANCEL, key="cancel_edit"):
            changed(me, entry)


def offer(me: Space, entry: Entry, key: str) -> bool:
    """Changes that were not saved, to go on with or to let go; True when the page can be drawn."""
    place = entry_place(entry.id)
    waiting = me.drafts.find(place)
    if waiting is None or waiting.text == entry.text:
        return True
    when = dates.day(waiting.at, session.now().date())
    st.markdown(wording.JOURNAL_EDIT_DRAFT.format(when=when))
    with st.container(border=True):
        st.text(waiting.text)
    with st.container(horizontal=True):
        if st.button(wording.JOURNAL_EDIT_DRAFT_USE, key="use_draft", type="primary"):
            session.put(key, waiting.text)
            st.rerun()
        if st.button(wording.CHAT_DRAFT_LET_GO, key="drop_draft"):
            draft.end(me, place)
            st.rerun()
    return False


def changed(me: Space, entry: Entry) -> None:
    """Back to reading the entry; nothing of the page that was left may come back."""
    draft.end(me, entry_place(entry.id))
    session.drop(f"edit_{entry.id}")
    session.sitting().editing = None
    session.sitting().reading = entry.id
    st.rerun()
