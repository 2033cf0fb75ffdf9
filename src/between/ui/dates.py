"""Dates as a person would say them."""

from __future__ import annotations

from datetime import date, datetime

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def day(when: date, today: date) -> str:
    """``today``, ``yesterday``, ``Sunday 3 May``, or with the year when it is another one."""
    if isinstance(when, datetime):
        when = when.date()
    gap = (today - when).days
    if gap == 0:
        return "today"
    if gap == 1:
        return "yesterday"
    said = f"{when.day} {MONTHS[when.month - 1]}"
    if when.year != today.year:
        return f"{said} {when.year}"
    return f"{WEEKDAYS[when.weekday()]} {said}" if 0 < gap < 7 else said


def heading(when: date, today: date) -> str:
    """The same for a headline: ``Today, Monday 23 November``."""
    if isinstance(when, datetime):
        when = when.date()
    full = f"{WEEKDAYS[when.weekday()]} {when.day} {MONTHS[when.month - 1]}"
    if when == today:
        return f"Today, {full}"
    return full if when.year == today.year else f"{full} {when.year}"


def clock(when: datetime) -> str:
    """``23:05``."""
    return f"{when:%H:%M}"


def month(when: date) -> str:
    """``May 2026``."""
    return f"{MONTHS[when.month - 1]} {when.year}"
