"""Mood and days as charts; each can be read as a table, and a picked day opens its entries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from between.bootstrap import Space
from between.insights.mood import DayCell
from between.ui import charts, dates, session, wording
from between.ui.views import entry_line


def mood(me: Space) -> None:
    """How the person rated their days, over time and by weekday."""
    points = me.insights.mood_over_time()
    st.subheader(wording.INSIGHTS_MOOD, anchor=False)
    if not points:
        st.markdown(wording.INSIGHTS_MOOD_NONE)
        return
    words = wording.chart_words()
    st.caption(wording.INSIGHTS_MOOD_NOTE)
    drawn(charts.mood_over_time(points, words, session.dark()), charts.describe_mood(points, words))
    table(
        [{wording.JOURNAL_DATE: one.day, wording.INSIGHTS_MOOD_COLUMN: round(one.mood, 1)} for one in points]
    )
    week = me.insights.weekdays()
    st.subheader(wording.INSIGHTS_WEEKDAY, anchor=False)
    drawn(charts.weekday_profile(week, words, session.dark()), charts.describe_weekdays(week, words))
    rows = [
        {
            wording.JOURNAL_DATE: dates.WEEKDAYS[one.weekday],
            wording.INSIGHTS_MOOD_COLUMN: None if one.mood is None else round(one.mood, 1),
            wording.INSIGHTS_N_COLUMN: one.n,
        }
        for one in week
    ]
    table(rows)


def days(me: Space) -> None:
    """The days of a year; a click shows what was written."""
    years = sorted({day.year for day in me.journal.days()}, reverse=True)
    year = st.selectbox(wording.INSIGHTS_YEAR, years, key="year") if len(years) > 1 else years[0]
    st.subheader(wording.INSIGHTS_CALENDAR, anchor=False)
    calendar(me, me.insights.calendar(year), key="insight_calendar")


def calendar(me: Space, cells: Sequence[DayCell], key: str) -> None:
    """The year as a calendar; the picked day's entries below it."""
    words = wording.chart_words()
    event = st.altair_chart(
        charts.calendar(cells, words, session.dark()),
        key=key,
        on_select="rerun",
        selection_mode=charts.DAY_PICKED,
        theme=None,
    )
    st.caption(charts.describe_calendar(cells, words))
    for text in picked(event):
        day = pd.Timestamp(text).date()
        st.subheader(dates.heading(day, session.now().date()), anchor=False)
        for entry in me.journal.on_day(day):
            entry_line.show(entry, key=f"{key}_", elsewhere=True)


def picked(event: Any) -> list[str]:  # Any: Streamlit's chart state
    """The dates that were clicked, as text."""
    chosen = event.selection.get(charts.DAY_PICKED) or [] if event else []
    return [str(one["date"]) for one in chosen if "date" in one]


def drawn(chart: charts.Drawn, said: str) -> None:
    """A chart, and the same in words."""
    # The description is inside the chart; given twice, Streamlit would write it to the log.
    st.altair_chart(chart, theme=None)
    st.caption(said)


def table(rows: Sequence[Mapping[str, object]]) -> None:
    """The numbers behind a chart."""
    with st.expander(wording.INSIGHTS_TABLE):
        st.dataframe(pd.DataFrame(rows), hide_index=True)
