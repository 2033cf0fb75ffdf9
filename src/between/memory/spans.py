"""Turns one phrase about time ("3 May", "two weeks ago", "last summer") into a stretch of days.

Dates and counted distances are read by dateparser; only what it does not know (seasons, "a few days ago",
whole weeks as stretches) is worked out here. The past is always preferred.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from dateparser.date import DateDataParser

Span = tuple[date, date]
"""First and last day, both included."""

WEEKDAYS = tuple(name.lower() for name in calendar.day_name)
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
"""First month, in the northern half of the earth."""
HOLIDAYS = {
    "christmas": (12, 24, 2),
    "new year": (12, 31, 1),
    "halloween": (10, 31, 0),
    "valentine": (2, 14, 0),
}
"""First word or words of the name: month, day, days that follow."""

_UNITS = {"day": 1, "night": 1, "week": 7, "fortnight": 14, "month": 30, "year": 365, "decade": 3652}
_SLACK = {"week": 3, "month": 15, "year": 183, "decade": 1461}
_VAGUE = {"couple": (1.4, 3.5), "few": (2.0, 6.0), "several": (2.0, 8.0), "some": (2.0, 8.0)}
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")


@lru_cache(maxsize=4)  # a parser costs milliseconds to make; it keeps nothing of what it reads
def _parser(today: date) -> DateDataParser:
    return DateDataParser(
        languages=["en"],
        settings={"RELATIVE_BASE": datetime.combine(today, time()), "PREFER_DATES_FROM": "past"},
    )


def _read(phrase: str, today: date) -> tuple[date, str] | None:
    """The day and how exactly it is meant: ``day``, ``week``, ``month`` or ``year``."""
    try:
        found = _parser(today).get_date_data(phrase)
    except (ValueError, OverflowError):  # "9999 years ago"
        return None
    if found is None or found.date_obj is None:
        return None
    return found.date_obj.date(), str(found.period)


def whole_month(year: int, month: int) -> Span:
    """The days of a month."""
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def of_date(phrase: str, today: date) -> Span | None:
    """A date, month or year as written; without a year the last one that has begun."""
    phrase = _DOTTED.sub(r"\3-\2-\1", phrase)  # with dots the day comes first, in English letters too
    if re.fullmatch(r"\d{4}", phrase):
        return date(int(phrase), 1, 1), date(int(phrase), 12, 31)
    found = _read(phrase, today)
    if found is None:
        return None
    day, exact = found
    return whole_month(day.year, day.month) if exact == "month" else (day, day)


def part_of(span: Span, part: str) -> Span:
    """The early, middle or late third of a stretch."""
    start, third = span[0], (span[1] - span[0]) / 3
    if part in {"early", "start", "beginning"}:
        return start, start + third
    if part in {"late", "end"}:
        return span[1] - third, span[1]
    return start + third, span[1] - third


def around(day: date, slack: int) -> Span:
    """A day and as many on either side."""
    return day - timedelta(slack), day + timedelta(slack)


def ago(count: str, unit: str, today: date) -> Span | None:
    """ "Ten days ago" is a day; "two weeks ago" is some days around one; "a few" is a longer stretch."""
    for word in count.split():
        if word in _VAGUE:
            least, most = _VAGUE[word]
            return today - timedelta(most * _UNITS[unit]), today - timedelta(least * _UNITS[unit])
    if count.startswith("half"):
        return around(today - timedelta(_UNITS[unit] // 2), _UNITS[unit] // 12)
    times = 1
    if unit == "fortnight":
        times, unit = 2, "week"
    found = _read(f"{count} {'day' if unit == 'night' else unit}s ago", today)
    if found is None:
        return None
    away = (today - found[0]) * times
    return around(today - away, min(_SLACK.get(unit, 0), max(2, away.days // 4)))


def lately(count: str, unit: str, today: date) -> Span | None:
    """ "The last two months": from then until today."""
    span = ago(count, unit, today)
    if span is None:
        return None
    vague = any(word in _VAGUE for word in count.split())
    return (span[0] if vague else span[0] + (span[1] - span[0]) / 2), today


def unit_of(which: str, unit: str, today: date) -> Span:
    """The week, weekend, month or year that is ``this`` one, the ``last`` or the one ``before`` that."""
    back = {"this": 0, "last": 1, "before": 2}[which]
    monday = today - timedelta(today.weekday() + 7 * back)
    if unit == "week":
        return monday, monday + timedelta(6)
    if unit == "weekend":
        if which == "this" and today.weekday() < 5:
            return unit_of("last", unit, today)  # the past is preferred
        return monday + timedelta(5), monday + timedelta(6)
    if unit == "month":
        months = today.year * 12 + today.month - 1 - back
        return whole_month(months // 12, months % 12 + 1)
    return date(today.year - back, 1, 1), date(today.year - back, 12, 31)


def weekday(name: str, week: str, today: date) -> Span:
    """The last such day before today, or the one of ``this`` or ``last`` week."""
    index = WEEKDAYS.index(name)
    if week:
        start = unit_of(week, "week", today)[0]
        return around(start + timedelta(index), 0)
    return around(today - timedelta((today.weekday() - index - 1) % 7 + 1), 0)


def latest(once: Span, today: date, *, over: bool = False) -> Span:
    """Of a stretch that comes every year, given for one, the latest that has begun, or is over."""
    start, end = once
    year = today.year
    while True:
        moved = start.replace(year=year), end - start + start.replace(year=year)
        if (moved[1] < today) if over else (moved[0] <= today):
            return moved
        year -= 1


def season(name: str, year: int) -> Span:
    """The three months of a season; a winter belongs to the year that it begins in."""
    month = SEASONS[name]
    last = year * 12 + month + 1
    return date(year, month, 1), whole_month(last // 12, last % 12 + 1)[1]


def holiday(name: str, year: int) -> Span:
    """The days of a feast that is kept on a fixed date."""
    month, day, more = HOLIDAYS[name]
    return date(year, month, day), date(year, month, day) + timedelta(more)
