"""What the charts say, apart from the charts: the door needs the words and not Altair."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ChartWords:
    """Every word on the charts; the wording fills it."""

    moods: tuple[str, str, str, str, str]
    """From very low to very good."""
    weekdays: tuple[str, ...]
    """Seven, Monday first."""
    months: tuple[str, ...]
    """Twelve, short."""
    no_mood: str
    """A day that was written about, without a mood."""
    no_entry: str
    day: str
    """``{day} {month} {year}``: a date."""
    point: str
    """``{date}: {mood}``: what a point says when it is touched."""
    days: str
    """``{n} days``: what a weekday stands on; no bar ``|`` in it."""
    entries: str
    """``{n} entries``: what a day of the calendar holds."""
    mood_summary: str
    """``{n} {first} {last} {lowest} {lowest_day} {highest} {highest_day} {gaps}``."""
    weekday_summary: str
    """``{lowest} {lowest_n} {highest} {highest_n}``: the two ends of the week."""
    calendar_summary: str
    """``{year} {entries} {days} {moods}``."""
    nothing: str
    """There is nothing to draw yet."""
