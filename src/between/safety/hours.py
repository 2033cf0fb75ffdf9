"""When a helpline answers: its hours as written in the registry, read in its own time zone."""

# Format: ``24/7``; empty when not known; else parts joined by ``; ``, each ``HH:MM-HH:MM`` with the days before it
# where it is not every day: ``Mon-Fri 09:00-17:00; Sat 10:00-16:00``. ``24:00`` is midnight at the end of a day,
# and a time that ends before it begins goes on into the next morning.

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

ALWAYS = "24/7"
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_DAY = "|".join(_DAYS)
_PART = re.compile(
    rf"(?:(?P<days>(?:{_DAY})(?:[-,](?:{_DAY}))*) )?(?P<opens>\d\d:[0-5]\d)-(?P<closes>\d\d:[0-5]\d)"
)
_MINUTES_A_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Opening:
    """How it is at one moment."""

    is_open: bool | None
    """``None`` when the hours are not known."""
    changes: datetime | None = None
    """When it closes or opens next, in the line's own zone; ``None`` when it never does or nobody knows."""


@dataclass(frozen=True, slots=True)
class _Span:
    days: frozenset[int]
    opens: int
    closes: int
    """Minutes from the midnight that the day began with; more than a day for one that ends in the morning."""


def opening(hours: str, zone: str, at: datetime) -> Opening:
    """Whether a line is open at this moment, and until when or from when."""
    if hours == ALWAYS:
        return Opening(True)
    spans = _spans(hours)
    if not spans:
        return Opening(None)
    local = at.astimezone(ZoneInfo(zone))
    times = sorted(_times(spans, local.date(), ZoneInfo(zone)))
    closes = [end for start, end in times if start <= local < end]
    if closes:
        return Opening(True, _end(max(closes), times))
    return Opening(False, min(start for start, _ in times if start > local))


def are_readable(hours: str) -> bool:
    """Whether hours are written in the format above."""
    return hours in ("", ALWAYS) or all(_is_span(part) for part in hours.split("; "))


def _is_span(part: str) -> bool:
    found = _PART.fullmatch(part)
    return found is not None and all(_minutes(found[name]) <= _MINUTES_A_DAY for name in ("opens", "closes"))


def _end(closes: datetime, times: list[tuple[datetime, datetime]]) -> datetime:
    """The end of an opening that goes straight on into the next one."""
    for start, end in times:
        if start <= closes < end:
            closes = end
    return closes


def _times(spans: list[_Span], today: date, zone: ZoneInfo) -> Iterator[tuple[datetime, datetime]]:
    """Every opening from yesterday to a week from now."""
    for ahead in range(-1, 9):
        day = today + timedelta(days=ahead)
        midnight = datetime.combine(day, time(), zone)
        for span in spans:
            if day.weekday() in span.days:  # wall-clock sums: an hour stays that hour when the clocks change
                yield midnight + timedelta(minutes=span.opens), midnight + timedelta(minutes=span.closes)


def _spans(hours: str) -> list[_Span]:
    found = [_PART.fullmatch(part) for part in hours.split("; ")] if hours else []
    return [_span(one) for one in found if one is not None]


def _span(found: re.Match[str]) -> _Span:
    opens, closes = _minutes(found["opens"]), _minutes(found["closes"])
    return _Span(_days(found["days"] or "Mon-Sun"), opens, closes + _MINUTES_A_DAY * (closes <= opens))


def _minutes(clock: str) -> int:
    return int(clock[:2]) * 60 + int(clock[3:])


def _days(written: str) -> frozenset[int]:
    days: set[int] = set()
    for part in written.split(","):
        first, _, last = part.partition("-")
        start, end = _DAYS.index(first), _DAYS.index(last or first)
        days.update((start + ahead) % 7 for ahead in range((end - start) % 7 + 1))
    return frozenset(days)
