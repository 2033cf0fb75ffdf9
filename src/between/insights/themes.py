"""Themes that come back: groups of passages close in meaning, named and shown in the person's own words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import log

from between.domain import Entry, ItemId
from between.insights.clusters import MOST, centred, groups
from between.insights.evidence import (
    MIN_QUOTES,
    Pattern,
    Quote,
    carries,
    evenly,
    quote_around,
    sentences,
    spread,
    usable,
    verified,
)
from between.insights.lexis import Lexis
from between.insights.ports import Vectors, Wanted

MIN_LIKENESS = 0.18
"""Mean likeness inside a theme, after what all passages share is taken away."""
WIDEST = 0.5
"""A theme in more than this share of the entries is the diary, not a theme."""
NAME_WORDS = 3
MIN_NAMES = 2
"""One word alone is a word that recurs, which is said elsewhere."""
MIN_NAME_SHARE = 0.4
"""A name must stand in this share of the theme's passages …"""
MIN_NAME_LIFT = 2.0
"""… and be this much commoner there than elsewhere."""
SHOWN = 6
PASSAGE_WORDS = 5
"""Shorter sentences are left out."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of an entry, whose vector stands in the same row."""

    entry_id: ItemId
    text: str = field(repr=False)
    """Exactly as in the entry."""


def passages_of(entries: Sequence[Entry], most: int = 1_000) -> list[Passage]:
    """Sentences that say something, at most so many and evenly over the whole time: what themes are found in."""
    found = [
        Passage(entry.id, entry.text[start:end])
        for entry in usable(entries)
        for start, end in sentences(entry.text)
        if len(entry.text[start:end].split()) >= PASSAGE_WORDS
    ]
    return [found[i] for i in evenly(len(found), most)]


def themes(
    passages: Sequence[Passage],
    vectors: Vectors,
    entries: Sequence[Entry],
    most: int = SHOWN,
    wanted: Wanted = lambda: None,
) -> tuple[Pattern, ...]:
    """Themes with a name, three dated quotes and enough likeness; those in the most entries first.

    ``wanted`` is asked between the steps.
    """
    kept = {entry.id: entry for entry in usable(entries)}
    rows = [i for i, p in enumerate(passages) if p.entry_id in kept and p.text in kept[p.entry_id].text]
    rows = [rows[i] for i in evenly(len(rows), MOST)]
    if len(rows) < MIN_QUOTES:
        return ()
    pieces = [_piece(passages[i], kept) for i in rows]
    vectors = vectors[rows]
    wanted()
    lexis = Lexis(pieces)
    wanted()
    middle = centred(vectors)
    found = []
    for group in groups(vectors, MIN_LIKENESS):
        wanted()
        there = {pieces[i].id for i in group}
        if len(there) < MIN_QUOTES or len(there) > WIDEST * len(kept):
            continue
        pattern = _pattern(group, pieces, middle, lexis, kept)
        if pattern:
            found.append(pattern)
    found.sort(key=lambda p: (-p.in_count, p.since))
    return tuple(_without_twins(found)[:most])


def _piece(passage: Passage, kept: dict[ItemId, Entry]) -> Entry:
    """The passage as an entry of its own, with the id and date of the one it stands in."""
    whole = kept[passage.entry_id]
    return Entry(id=whole.id, at=whole.at, text=passage.text)


def _pattern(
    group: list[int], pieces: list[Entry], middle: Vectors, lexis: Lexis, kept: dict[ItemId, Entry]
) -> Pattern | None:
    names = _names(group, lexis)
    if len(names) < MIN_NAMES:
        return None
    centre = middle[group].mean(axis=0)
    nearest = sorted(group, key=lambda i: -float(middle[i] @ centre))
    quotes = spread(verified(_quotes(nearest, pieces, names, lexis, kept), kept.values()))
    if not carries(quotes):
        return None
    there = sorted({pieces[i].id for i in group}, key=lambda id: kept[id].at)
    return Pattern(
        kind="theme",
        says_key="insights.theme",
        values={"words": ", ".join(lexis.shown(name) for name in names)},
        quotes=quotes,
        in_count=len(there),
        of_count=len(kept),
        since=kept[there[0]].at.date(),
        until=kept[there[-1]].at.date(),
        entries=tuple(there),
    )


def _names(group: list[int], lexis: Lexis) -> list[str]:
    """The words that most of these passages have and most others do not."""
    inside = Counter(stem for i in group for stem in set(lexis.stems[i]) if stem)
    total = Counter(stem for stems in lexis.stems for stem in set(stems) if stem)
    others = max(1, len(lexis.stems) - len(group))
    scored: list[tuple[float, str]] = []
    for stem, count in inside.items():
        share = count / len(group)
        elsewhere = (total[stem] - count + 0.5) / (others + 1)
        lift = share / elsewhere
        if share >= MIN_NAME_SHARE and lift >= MIN_NAME_LIFT:
            scored.append((-share * log(lift), stem))
    return [stem for _, stem in sorted(scored)[:NAME_WORDS]]


def _quotes(
    nearest: list[int], pieces: list[Entry], names: list[str], lexis: Lexis, kept: dict[ItemId, Entry]
) -> list[Quote]:
    """From the passages nearest the middle of the theme, the sentence that has one of its names."""
    found = []
    for i in nearest:
        entry = kept[pieces[i].id]
        places = (place for name in names for place in lexis.places(pieces[i], (name,)))
        place = next(places, None)
        if place is None:
            continue
        offset = entry.text.find(pieces[i].text)
        if quote := quote_around(entry, place[0] + offset, place[1] + offset):
            found.append(quote)
    return found


def _without_twins(found: list[Pattern]) -> list[Pattern]:
    """One theme for each first name word."""
    seen: set[str] = set()
    kept = []
    for pattern in found:
        name = str(pattern.values["words"]).split(", ")[0]
        if name not in seen:
            seen.add(name)
            kept.append(pattern)
    return kept
