"""Mood and days as charts in the house style, each with the same said in words for those who do not see it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

import altair as alt

from between.insights.mood import DayCell, MoodPoint, WeekdayMood
from between.ui.chart_words import ChartWords

Drawn: TypeAlias = alt.Chart | alt.LayerChart
DAY_PICKED = "day_picked"
"""Name of the calendar's selection; picking a day gives ``[{"date": "2024-03-05"}]``."""
_HEIGHT = 260


@dataclass(frozen=True, slots=True)
class _Look:
    """The tokens of ``look.md`` for one theme; one hue in steps for moods."""

    ink: str
    quiet: str
    line: str
    accent: str
    empty: str
    written: str
    steps: tuple[str, ...]


_LIGHT = _Look(
    ink="#22302C",
    quiet="#5B6965",
    line="#D9D6CC",
    accent="#2F6F62",
    empty="#F1EFE8",
    written="#C9C5B8",
    steps=("#D3E5DF", "#A9CDC2", "#7DB4A5", "#519585", "#2F6F62"),
)
_DARK = _Look(
    ink="#E7EDE9",
    quiet="#A9B8B2",
    line="#33463F",
    accent="#7FC8B4",
    empty="#1D2C28",
    written="#4A5A54",
    steps=("#274840", "#36655A", "#4B8576", "#65A795", "#7FC8B4"),
)


def mood_over_time(points: Sequence[MoodPoint], words: ChartWords, dark: bool = False) -> Drawn:
    """A point a day; the line is broken where days are missing."""
    look = _look(dark)
    rows = [
        {
            # A time of day keeps browsers west of Greenwich from drawing it on the day before.
            "day": f"{point.day.isoformat()}T12:00:00",
            "mood": point.mood,
            "segment": point.segment,
            "says": words.point.format(date=_date(point.day, words), mood=_mood(point.mood, words)),
        }
        for point in points
    ]
    base = alt.Chart(alt.InlineData(values=rows)).encode(
        x=alt.X("day:T", title=None, axis=alt.Axis(grid=False, tickCount=6, labelExpr=_month_labels(words))),
        y=_mood_axis(words),
        tooltip=[alt.Tooltip("says:N", title=" ")],
        description="says:N",
    )
    line = base.mark_line(color=look.accent, strokeWidth=1.5, opacity=0.55, aria=False).encode(
        detail="segment:N"
    )
    dots = base.mark_point(color=look.accent, filled=True, size=46, opacity=1)
    return _styled(line + dots, look, describe_mood(points, words), _HEIGHT)


def weekday_profile(week: Sequence[WeekdayMood], words: ChartWords, dark: bool = False) -> Drawn:
    """The mean of each weekday, the interval around it, and how many days it stands on."""
    look = _look(dark)
    rows = [
        {
            "weekday": f"{words.weekdays[day.weekday]}|{words.days.format(n=day.n)}",
            "mood": day.mood,
            "low": day.low,
            "high": day.high,
            "says": words.point.format(date=words.weekdays[day.weekday], mood=_mood(day.mood, words)),
        }
        for day in week
        if day.mood is not None
    ]
    names = alt.Axis(
        labelAngle=0, grid=False, labelExpr="split(datum.label, '|')", labelLineHeight=18, labelFontSize=12
    )
    base = alt.Chart(alt.InlineData(values=rows)).encode(
        x=alt.X("weekday:N", title=None, sort=[str(row["weekday"]) for row in rows], axis=names),
        tooltip=[alt.Tooltip("says:N", title=" ")],
        description="says:N",
    )
    bars = base.mark_rule(color=look.accent, strokeWidth=6, opacity=0.3, aria=False).encode(
        y=_mood_axis(words, "low"), y2="high:Q"
    )
    dots = base.mark_point(color=look.accent, filled=True, size=90, opacity=1).encode(y=_mood_axis(words))
    return _styled(bars + dots, look, describe_weekdays(week, words), _HEIGHT)


def calendar(cells: Sequence[DayCell], words: ChartWords, dark: bool = False) -> Drawn:
    """A year of days; each can be picked."""
    look = _look(dark)
    rows = [
        {
            "date": cell.day.isoformat(),
            "week": _week(cell.day),
            "weekday": words.weekdays[cell.day.weekday()],
            "level": _level(cell, words),
            "says": words.point.format(date=_date(cell.day, words), mood=_level(cell, words)),
            "entries": words.entries.format(n=cell.count),
        }
        for cell in cells
    ]
    levels = [words.no_entry, words.no_mood, *words.moods]
    picked = alt.selection_point(name=DAY_PICKED, fields=["date"], on="click", empty=True)
    chart = (
        alt.Chart(alt.InlineData(values=rows))
        .mark_rect(cornerRadius=2, stroke=look.line, strokeWidth=0.5, cursor="pointer")
        .encode(
            x=alt.X("week:O", title=None, axis=_month_axis(cells[0].day.year if cells else 2000, words)),
            y=alt.Y("weekday:N", title=None, sort=list(words.weekdays), axis=alt.Axis(ticks=False)),
            color=alt.Color(
                "level:N",
                title=None,
                scale=alt.Scale(domain=levels, range=[look.empty, look.written, *look.steps]),
                legend=alt.Legend(orient="bottom", columns=4, symbolType="square"),
            ),
            description="says:N",
            opacity=alt.condition(picked, alt.value(1.0), alt.value(0.45)),
            tooltip=[alt.Tooltip("says:N", title=" "), alt.Tooltip("entries:N", title=" ")],
        )
        .add_params(picked)
    )
    return _styled(chart, look, describe_calendar(cells, words), _HEIGHT)


def describe_mood(points: Sequence[MoodPoint], words: ChartWords) -> str:
    """The mood chart in a sentence or two."""
    if not points:
        return words.nothing
    lowest, highest = min(points, key=lambda p: p.mood), max(points, key=lambda p: p.mood)
    return words.mood_summary.format(
        n=len(points),
        first=_date(points[0].day, words),
        last=_date(points[-1].day, words),
        lowest=_mood(lowest.mood, words),
        lowest_day=_date(lowest.day, words),
        highest=_mood(highest.mood, words),
        highest_day=_date(highest.day, words),
        gaps=points[-1].segment,
    )


def describe_weekdays(week: Sequence[WeekdayMood], words: ChartWords) -> str:
    """The two ends of the week in a sentence."""
    rated = [(day.mood, day) for day in week if day.mood is not None]
    if not rated:
        return words.nothing
    low, high = min(rated, key=lambda one: one[0])[1], max(rated, key=lambda one: one[0])[1]
    return words.weekday_summary.format(
        lowest=words.weekdays[low.weekday],
        lowest_n=low.n,
        highest=words.weekdays[high.weekday],
        highest_n=high.n,
    )


def describe_calendar(cells: Sequence[DayCell], words: ChartWords) -> str:
    """A year in a sentence."""
    written = [cell for cell in cells if cell.count]
    if not written:
        return words.nothing
    return words.calendar_summary.format(
        year=cells[0].day.year,
        entries=sum(cell.count for cell in written),
        days=len(written),
        moods=sum(cell.mood is not None for cell in written),
    )


def first_words(text: str, most: int = 120) -> str:
    """The beginning of an entry, exactly, cut at a space: for where a point or a line leads to it."""
    start = text.strip().split("\n", 1)[0].strip()
    return start if len(start) <= most else start[: most + 1].rsplit(" ", 1)[0]


def _look(dark: bool) -> _Look:
    return _DARK if dark else _LIGHT


def _mood_axis(words: ChartWords, field: str = "mood") -> alt.Y:
    """1 to 5 as words."""
    labels = json.dumps(list(words.moods))
    return alt.Y(
        f"{field}:Q",
        title=None,
        scale=alt.Scale(domain=[0.8, 5.2], nice=False, zero=False),
        axis=alt.Axis(values=[1, 2, 3, 4, 5], labelExpr=f"{labels}[datum.value - 1]"),
    )


def _month_labels(words: ChartWords) -> str:
    """Day and month, and the year where a year begins."""
    names = json.dumps(list(words.months))
    day = f"date(datum.value) + ' ' + {names}[month(datum.value)]"
    return f"month(datum.value) == 0 && date(datum.value) == 1 ? '' + year(datum.value) : {day}"


def _week(day: date) -> int:
    """The column of a day: weeks of its year, each from Monday."""
    return (day.timetuple().tm_yday - 1 + date(day.year, 1, 1).weekday()) // 7


def _month_axis(year: int, words: ChartWords) -> alt.Axis:
    """The name of each month at its first week."""
    starts = {_week(date(year, month, 1)): words.months[month - 1] for month in range(1, 13)}
    names = json.dumps({str(week): name for week, name in starts.items()})
    return alt.Axis(
        values=list(starts), labelExpr=f"{names}[datum.value]", labelAngle=0, labelAlign="left", ticks=False
    )


def _date(day: date, words: ChartWords) -> str:
    return words.day.format(day=day.day, month=words.months[day.month - 1], year=day.year)


def _mood(mood: float | None, words: ChartWords) -> str:
    """The nearest of the five words."""
    return words.no_mood if mood is None else words.moods[min(4, max(0, int(mood + 0.5) - 1))]


def _level(cell: DayCell, words: ChartWords) -> str:
    return _mood(cell.mood, words) if cell.count else words.no_entry


def _styled(chart: Drawn, look: _Look, description: str, height: int) -> Drawn:
    """The house's fonts and colours, and the words for a screen reader."""
    font = '"Source Sans", sans-serif'
    styled: Drawn = (
        chart.properties(description=description, height=height, width="container", background="transparent")
        .configure(font=font)
        .configure_view(stroke=None)
        .configure_axis(
            labelColor=look.quiet,
            labelFontSize=13,
            gridColor=look.line,
            domainColor=look.line,
            tickColor=look.line,
            labelFont=font,
        )
        .configure_legend(labelColor=look.quiet, labelFontSize=13, labelFont=font)
    )
    return styled
