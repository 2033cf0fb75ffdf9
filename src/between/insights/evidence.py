"""The rule of this room: a pattern is shown with dated quotes that are exact, or it is not shown."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from between.domain import Entry, ItemId, Tier

MIN_ENTRIES = 5
MIN_DAYS = 7
MIN_QUOTES = 3
"""Quotes, from as many different days."""
MAX_QUOTES = 5
QUOTE_CHARS = 240
QUOTE_WORDS = 3
"""A quote shorter than this shows nothing."""

SAYS_KEYS = (
    "insights.weekday_lower",
    "insights.weekday_higher",
    *(
        f"insights.{way}_{what}"
        for way in ("lower", "higher")
        for what in ("with", "after", "poor_night", "good_night")
    ),
    "insights.hard_on_self_with",
    "insights.hard_on_self_after",
    "insights.recurring",
    "insights.theme",
)
"""Every sentence that the wording needs."""

Value = str | int | float
_END = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s|$)|\n+")
_SHORTENED = re.compile(
    r"(?:\b(?:mr|mrs|ms|mx|dr|st|prof|rev|vs|no|e\.g|i\.e|approx)|\b[A-Z])\.$", re.IGNORECASE
)
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Quote:
    """An exact piece of an entry."""

    entry_id: ItemId
    at: datetime
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Pattern:
    """Something that recurs, with what speaks for it and what speaks against it; a guess until confirmed."""

    kind: str
    """``weekday``, ``goes_with``, ``hard_on_self``, ``recurring`` or ``theme``."""
    says_key: str
    """Key of the sentence in the wording, one of ``SAYS_KEYS``."""
    values: Mapping[str, Value] = field(repr=False)
    """What goes into the sentence."""
    quotes: tuple[Quote, ...] = field(repr=False)
    in_count: int
    """Days or entries in which it shows …"""
    of_count: int
    """… of so many in which it could."""
    since: date
    until: date
    against: tuple[ItemId, ...] = ()
    """Entries that speak against it."""
    entries: tuple[ItemId, ...] = ()
    """Entries that it shows in."""


@dataclass(frozen=True, slots=True)
class NotEnough:
    """What is still missing before anything can be said."""

    have_entries: int
    need_entries: int
    have_days: int
    """From the first entry to the last, both counted."""
    need_days: int


def usable(entries: Iterable[Entry]) -> list[Entry]:
    """Entries that may be looked at, oldest first: not kept out by the person, not acute."""
    kept = (entry for entry in entries if entry.remember and entry.tier < Tier.PASSIVE)
    return sorted(kept, key=lambda entry: entry.at)


def enough(entries: Sequence[Entry]) -> bool:
    """Whether there is enough to look for patterns at all."""
    return shortfall(entries) is None


def shortfall(entries: Sequence[Entry]) -> NotEnough | None:
    """What is missing, or ``None`` when there is enough."""
    kept = usable(entries)
    span = (kept[-1].at.date() - kept[0].at.date()).days + 1 if kept else 0
    if len(kept) >= MIN_ENTRIES and span >= MIN_DAYS:
        return None
    return NotEnough(len(kept), MIN_ENTRIES, span, MIN_DAYS)


def verified(quotes: Iterable[Quote], entries: Iterable[Entry]) -> tuple[Quote, ...]:
    """Only the quotes that stand word for word in the entry that they name, on its date."""
    by_id = {entry.id: entry for entry in entries}
    return tuple(
        quote
        for quote in quotes
        if (entry := by_id.get(quote.entry_id)) is not None
        and quote.text.strip()
        and quote.text in entry.text
        and quote.at == entry.at
    )


def carries(quotes: Sequence[Quote]) -> bool:
    """Whether the quotes are enough to show a pattern; a line that is always the same is a form, not a thought."""
    days, texts = {quote.at.date() for quote in quotes}, {quote.text for quote in quotes}
    return len(quotes) >= MIN_QUOTES and len(days) >= MIN_QUOTES and len(texts) > 1


def spread(quotes: Sequence[Quote], most: int = MAX_QUOTES) -> tuple[Quote, ...]:
    """At most one quote a day and rather not the same twice, spread over the whole time, oldest first."""
    by_day: defaultdict[date, list[Quote]] = defaultdict(list)
    for quote in quotes:
        by_day[quote.at.date()].append(quote)
    seen: Counter[str] = Counter()
    kept: list[Quote] = []
    for day in sorted(by_day):
        kept.append(min(by_day[day], key=lambda quote: seen[quote.text]))
        seen[kept[-1].text] += 1
    first: dict[str, Quote] = {}
    for quote in kept:
        first.setdefault(quote.text, quote)
    new = list(first.values())
    if len(new) < min(most, len(kept)):
        left = [quote for quote in kept if quote not in new]
        more = [left[i] for i in evenly(len(left), min(most, len(kept)) - len(new))]
        new = sorted([*new, *more], key=lambda quote: quote.at)
    return tuple(new[i] for i in evenly(len(new), most))


def evenly(have: int, most: int) -> list[int]:
    """At most so many positions, evenly over all."""
    if have <= most:
        return list(range(have))
    return [round(i * (have - 1) / max(1, most - 1)) for i in range(most)]


def sentences(text: str) -> list[tuple[int, int]]:
    """Where each sentence or line begins and ends."""
    places: list[tuple[int, int]] = []
    start = 0
    ends = [
        hit for hit in _END.finditer(text) if not _SHORTENED.search(text[max(0, hit.start() - 7) : hit.end()])
    ]
    for end in [*(hit.end() for hit in ends), len(text)]:
        piece = text[start:end]
        if piece.strip():
            left = start + len(piece) - len(piece.lstrip())
            places.append((left, left + len(piece.strip())))
        start = end
    return places


def quote_around(entry: Entry, start: int, end: int) -> Quote | None:
    """The sentence that a place stands in, cut at spaces when it is long; ``None`` when it says too little."""
    for left, right in sentences(entry.text):
        if left <= start < right:
            left, right = _cut(entry.text, left, right, start, max(end, start))
            piece = entry.text[left:right].strip()
            return Quote(entry.id, entry.at, piece) if len(piece.split()) >= QUOTE_WORDS else None
    return None


def _cut(text: str, left: int, right: int, start: int, end: int) -> tuple[int, int]:
    """The part of a sentence around a place that is short enough, between spaces."""
    if right - left <= QUOTE_CHARS:
        return left, right
    room = (QUOTE_CHARS - (end - start)) // 2
    new_left, new_right = max(left, start - room), min(right, end + room)
    if new_left > left and (space := _SPACE.search(text, new_left, start)):
        new_left = space.end()
    if new_right < right:
        spaces = list(_SPACE.finditer(text, end, new_right))
        new_right = spaces[-1].start() if spaces else new_right
    return new_left, new_right
