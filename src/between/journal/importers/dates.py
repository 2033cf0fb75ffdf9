"""Reading dates as people and programs write them, without ever filling in today."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_MONTH = r"(?P<name>jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.?"
_TH = r"(?:st|nd|rd|th)?"
_HALF = r"[ap]\.?m\.?"
_TIME = (
    r"(?:(?:T|[\s,]+(?:at\s+)?)(?P<h>\d{1,2})"
    rf"(?:[:.](?P<mi>\d{{2}})(?::(?P<s>\d{{2}})(?:[.,]\d+)?)?(?:\s*(?P<half>{_HALF}))?|\s*(?P<half2>{_HALF}))"
    r"\s*(?P<off>Z|[+-]\d{2}:?\d{2})?(?![\dA-Za-z]))?"
)
_END = r"(?![\dA-Za-z])"
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*[.,]?\s+)?"
_SHAPES = tuple(
    re.compile(_WEEKDAY + shape + _TIME + _END, re.IGNORECASE)
    for shape in (
        r"(?P<y>\d{4})(?P<sep>[-_/.])(?P<m>\d{1,2})(?P=sep)(?P<d>\d{1,2})",
        r"(?P<y>[12]\d{3})(?P<m>\d{2})(?P<d>\d{2})(?:(?P<h0>\d{2})(?P<mi0>\d{2})(?:\d{2})?)?(?!\d)",
        rf"(?P<d>\d{{1,2}}){_TH}[\s-]+(?:of\s+)?{_MONTH},?[\s-]+(?P<y>\d{{4}})",
        rf"{_MONTH}\s+(?P<d>\d{{1,2}}){_TH},?\s+(?P<y>\d{{4}})",
        r"(?P<d>\d{1,2})\.\s?(?P<m>\d{1,2})\.\s?(?P<y>\d{4})",
        r"(?P<a>\d{1,2})(?P<sep>[/-])(?P<b>\d{1,2})(?P=sep)(?P<y>\d{4}|\d{2})",
    )
)
_EITHER = re.compile(r"(?:^|[\s\[#,])(\d{1,2})[/-](\d{1,2})[/-](?:\d{4}|\d{2})(?!\d)")
_EPOCH = re.compile(r"-?\d{9,10}(?:\.\d+)?|-?\d{13}")


@dataclass(frozen=True, slots=True)
class Leading:
    """A date at the start of a line, and what follows it."""

    at: datetime
    rest: str


@dataclass(frozen=True, slots=True)
class Dates:
    """How to read the dates of one file."""

    zone: tzinfo = UTC
    day_first: bool | None = None

    def whole(self, text: str) -> datetime | None:
        """The moment that the whole text names, or ``None``."""
        text = text.strip()
        if _EPOCH.fullmatch(text):
            return self._epoch(text)
        found = self.leading(text)
        return found.at if found and not found.rest else None

    def leading(self, text: str) -> Leading | None:
        """The moment that the text begins with, or ``None``."""
        text = text.strip()
        for shape in _SHAPES:
            hit = shape.match(text)
            at = self._moment(hit.groupdict()) if hit else None
            if hit and at:
                return Leading(at, text[hit.end() :].strip(" \t-–—:_.,;|)]"))
        return None

    def _moment(self, part: dict[str, str | None]) -> datetime | None:
        try:
            naive = datetime(_year(part), *self._month_and_day(part), *_clock(part))  # noqa: DTZ001 (below)
            return self._in_offset(naive, part.get("off"))
        except (ValueError, OverflowError):
            return None

    def _month_and_day(self, part: dict[str, str | None]) -> tuple[int, int]:
        if part.get("a"):
            first, second = int(part["a"] or 0), int(part["b"] or 0)
            day_first = first > 12 or (second <= 12 and bool(self.day_first))
            return (second, first) if day_first else (first, second)
        name = part.get("name")
        month = MONTHS.index(name[:3].lower()) + 1 if name else int(part["m"] or 0)
        return month, int(part["d"] or 0)

    def _in_offset(self, naive: datetime, offset: str | None) -> datetime:
        if not offset:
            return aware(naive, self.zone)
        if offset in "Zz":  # a machine's clock, not the person's
            return fixed(naive.replace(tzinfo=UTC).astimezone(self.zone))
        digits = offset.replace(":", "")
        shift = timedelta(hours=int(digits[1:3]), minutes=int(digits[3:5]))
        return naive.replace(tzinfo=timezone(-shift if digits[0] == "-" else shift))

    def _epoch(self, text: str) -> datetime | None:
        seconds = float(text)
        if len(text.lstrip("-").split(".")[0]) >= 13:
            seconds /= 1000
        try:
            return fixed(datetime.fromtimestamp(seconds, UTC).astimezone(self.zone))
        except (ValueError, OverflowError, OSError):
            return None


def day_first_in(values: Iterable[str]) -> tuple[bool | None, bool]:
    """Whether 03/04/2021 is in April, as far as the other dates tell; and whether any such date is there."""
    pairs = [(int(hit[1]), int(hit[2])) for text in values if (hit := _EITHER.search(text))]
    if any(first > 12 for first, _ in pairs):
        return True, True
    if any(second > 12 for _, second in pairs):
        return False, True
    return None, any(first != second for first, second in pairs)


def aware(naive: datetime, zone: tzinfo) -> datetime:
    """The moment with the zone's offset of that day."""
    return fixed(naive.replace(tzinfo=zone))


def fixed(at: datetime) -> datetime:
    """The same wall clock with a plain offset of whole minutes: before 1900 zones have odd seconds."""
    minutes = round((at.utcoffset() or timedelta()).total_seconds() / 60)
    return at.replace(tzinfo=timezone(timedelta(minutes=minutes)))


def _year(part: dict[str, str | None]) -> int:
    text = part["y"] or "0"
    year = int(text)
    return year if len(text) == 4 else year + (2000 if year < 69 else 1900)


def _clock(part: dict[str, str | None]) -> tuple[int, int, int]:
    """Hour, minute and second; noon when no time is given, so that no zone moves it to another day."""
    hour = part.get("h") or part.get("h0")
    if hour is None:
        return 12, 0, 0
    h, half = int(hour), (part.get("half") or part.get("half2") or "").lower()
    if half:
        h = h % 12 + (12 if half[0] == "p" else 0)
    return h, int(part.get("mi") or part.get("mi0") or 0), int(part.get("s") or 0)
