"""Moods as the person gave them, day by day: never guessed from words, gaps left as gaps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np

from between.domain import Entry
from between.insights.chance import interval
from between.insights.evidence import usable

GAP_DAYS = 3
"""A line is broken where more days than this lie between two moods."""


@dataclass(frozen=True, slots=True)
class MoodPoint:
    """The mood of one day."""

    day: date
    mood: float = field(repr=False)
    """Mean of the moods given that day, 1 to 5."""
    count: int
    """How many were given."""
    segment: int
    """Points of one segment may be joined by a line; between segments lies a gap."""


@dataclass(frozen=True, slots=True)
class WeekdayMood:
    """Moods on one day of the week."""

    weekday: int
    """0 is Monday."""
    n: int
    """Days with a mood."""
    mood: float | None = field(repr=False)
    low: float | None = field(repr=False)
    """Ends of the interval in which the mean lies, 95 times in 100; ``None`` below four days."""
    high: float | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class DayCell:
    """One day of a year."""

    day: date
    count: int
    """Entries."""
    mood: float | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Counts:
    """How much there is, so that every chart can say what it stands on."""

    entries: int
    days: int
    """Days with an entry."""
    span_days: int
    """Days from the first entry to the last."""
    moods: int
    """Days with a mood."""
    words: int
    since: date | None
    until: date | None


def daily(entries: Sequence[Entry]) -> dict[date, list[int]]:
    """The moods given on each day that has one, oldest first."""
    moods: defaultdict[date, list[int]] = defaultdict(list)
    for entry in usable(entries):
        if entry.mood is not None:
            moods[entry.at.date()].append(int(entry.mood))
    return dict(sorted(moods.items()))


def mood_over_time(entries: Sequence[Entry]) -> list[MoodPoint]:
    """One point a day, oldest first."""
    points: list[MoodPoint] = []
    segment = 0
    for day, moods in daily(entries).items():
        if points and (day - points[-1].day).days > GAP_DAYS:
            segment += 1
        points.append(MoodPoint(day, sum(moods) / len(moods), len(moods), segment))
    return points


def weekdays(entries: Sequence[Entry]) -> list[WeekdayMood]:
    """The seven days of the week, Monday first, with how many days each stands on."""
    by_weekday: list[list[float]] = [[] for _ in range(7)]
    for day, moods in daily(entries).items():
        by_weekday[day.weekday()].append(sum(moods) / len(moods))
    return [_weekday(i, np.array(values)) for i, values in enumerate(by_weekday)]


def calendar(entries: Sequence[Entry], year: int) -> list[DayCell]:
    """Every day of a year, with and without entries."""
    kept = [entry for entry in usable(entries) if entry.at.year == year]
    moods = daily(kept)
    counts: defaultdict[date, int] = defaultdict(int)
    for entry in kept:
        counts[entry.at.date()] += 1
    first = date(year, 1, 1)
    days = (first + timedelta(days=i) for i in range((date(year, 12, 31) - first).days + 1))
    return [
        DayCell(day, counts[day], sum(moods[day]) / len(moods[day]) if day in moods else None) for day in days
    ]


def counts(entries: Sequence[Entry]) -> Counts:
    """What the other figures stand on."""
    kept = usable(entries)
    days = {entry.at.date() for entry in kept}
    since, until = (min(days), max(days)) if days else (None, None)
    return Counts(
        entries=len(kept),
        days=len(days),
        span_days=(until - since).days + 1 if since and until else 0,
        moods=len(daily(kept)),
        words=sum(len(entry.text.split()) for entry in kept),
        since=since,
        until=until,
    )


def _weekday(number: int, values: np.ndarray[tuple[int], np.dtype[np.float64]]) -> WeekdayMood:
    if not len(values):
        return WeekdayMood(number, 0, None, None, None)
    low, high = interval(values) if len(values) >= 4 else (None, None)
    return WeekdayMood(number, len(values), float(values.mean()), low, high)
