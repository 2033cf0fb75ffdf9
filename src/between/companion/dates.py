"""Says a past day the way a person would."""

from __future__ import annotations

from datetime import datetime

from between.domain import Period

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip


def day(then: datetime, now: datetime) -> str:
    """ "Earlier today", "Yesterday", "On 4 May", "On 4 May 2024"."""
    gone = (now.date() - then.date()).days
    if gone == 0:
        return "Earlier today"
    if gone == 1:
        return "Yesterday"
    year = "" if then.year == now.year else f" {then.year}"
    return f"On {then.day} {MONTHS[then.month - 1]}{year}"


def stretch(period: Period, now: datetime) -> str:
    """ "4 May", "4 to 10 May", "4 May to 2 June 2024"."""
    start, end = period.start, period.end
    year = "" if end.year == now.year else f" {end.year}"
    last = f"{end.day} {MONTHS[end.month - 1]}{year}"
    if start == end:
        return last
    if (start.month, start.year) == (end.month, end.year):
        return f"{start.day} to {last}"
    other = "" if start.year == end.year else f" {start.year}"
    return f"{start.day} {MONTHS[start.month - 1]}{other} to {last}"
