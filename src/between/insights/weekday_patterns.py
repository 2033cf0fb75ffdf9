"""Is one day of the week different? Only with enough of them, and only when chance is unlikely."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from between.domain import Entry
from between.insights.chance import difference_interval, weekday_p
from between.insights.evidence import (
    QUOTE_WORDS,
    Pattern,
    Quote,
    carries,
    quote_around,
    sentences,
    spread,
    usable,
    verified,
)
from between.insights.mood import daily

ALPHA = 0.02
"""The chance below which a weekday is believed; it is for the most striking of seven, so it pays for all of them."""
MIN_DAYS = 28
"""Days with a mood, four weeks of them at least …"""
MIN_OF_WEEKDAY = 4
"""… and as many of the weekday itself."""
MIN_DIFFERENCE = 0.3
"""Mood steps below which a difference is not worth a word."""


def weekday_patterns(entries: Sequence[Entry]) -> tuple[Pattern, ...]:
    """Weekdays whose moods differ from the other days', the most different first."""
    kept = usable(entries)
    moods = {day: float(np.mean(given)) for day, given in daily(kept).items()}
    days, values = list(moods), np.array(list(moods.values()))
    if len(days) < MIN_DAYS:
        return ()
    chance = weekday_p(days, values)
    found: list[tuple[float, Pattern]] = []
    for weekday in range(7):
        flags = np.array([day.weekday() == weekday for day in days])
        if chance[weekday] > ALPHA or flags.sum() < MIN_OF_WEEKDAY or flags.all():
            continue
        difference = float(values[flags].mean() - values[~flags].mean())
        low, high = difference_interval(days, values, flags)
        if abs(difference) < MIN_DIFFERENCE or low <= 0 <= high:
            continue
        pattern = _pattern(kept, weekday, difference, (low, high), float(values.mean()))
        if pattern:
            found.append((-abs(difference), pattern))
    return tuple(pattern for _, pattern in sorted(found, key=lambda item: item[0]))


def _pattern(
    kept: Sequence[Entry], weekday: int, difference: float, ends: tuple[float, float], mean: float
) -> Pattern | None:
    there = [e for e in kept if e.at.weekday() == weekday and e.mood is not None]
    lower = difference < 0
    fits = [e for e in there if e.mood is not None and (e.mood < mean if lower else e.mood > mean)]
    quotes = spread(verified([q for e in fits if (q := _opening(e))], kept))
    if not carries(quotes):
        return None
    days = sorted({entry.at.date() for entry in there})
    fitting = {entry.at.date() for entry in fits}
    return Pattern(
        kind="weekday",
        says_key="insights.weekday_lower" if lower else "insights.weekday_higher",
        values={
            "weekday": weekday,
            "difference": round(difference, 2),
            "low": round(ends[0], 2),
            "high": round(ends[1], 2),
            "strength": strength(difference),
        },
        quotes=quotes,
        in_count=len(fitting),
        of_count=len(days),
        since=days[0],
        until=days[-1],
        against=tuple(entry.id for entry in there if entry.at.date() not in fitting),
        entries=tuple(entry.id for entry in fits),
    )


def strength(difference: float) -> str:
    """Key of the word for how large a difference of moods is."""
    size = abs(difference)
    return "strong" if size >= 1.2 else "clear" if size >= 0.6 else "slight"


def _opening(entry: Entry) -> Quote | None:
    """The first sentence that says something."""
    for start, end in sentences(entry.text):
        if len(entry.text[start:end].split()) >= QUOTE_WORDS:
            return quote_around(entry, start, start)
    return None
