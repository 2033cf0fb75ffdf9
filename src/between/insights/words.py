"""Words and short phrases that come back on many days, more often than English explains."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence, Set
from dataclasses import dataclass, field
from datetime import date
from math import log
from typing import TypeAlias

from between.domain import Entry
from between.insights.evidence import Pattern, Quote, carries, evenly, quote_around, spread, usable, verified
from between.insights.lexis import Lexis

MIN_DAYS = 3
"""Days on which a word must stand to be called recurring."""
MIN_SURPRISE = 8.0
"""How far beyond everyday English a word must be (in nats over all days) to be worth saying."""
MOST = 12
LONGEST = 3
"""Words in a phrase."""
_STICKS = 0.3
"""A phrase must be this share of the uses of its rarest word."""
_READ = 60
"""Entries read for quotes, of which a few are shown."""
_COVERS = 0.7
"""A word that stands in a phrase this often is told by the phrase."""

Days: TypeAlias = dict[tuple[str, ...], frozenset[date]]
"""Words and phrases, with the days on which they stand."""


@dataclass(frozen=True, slots=True)
class Term:
    """A word or phrase, with the days on which it stands."""

    stems: tuple[str, ...] = field(repr=False)
    days: frozenset[date]
    score: float


def recurring(lexis: Lexis) -> list[Term]:
    """Words and phrases beyond what English explains, the most telling first."""
    days = len({entry.at.date() for entry in lexis.entries})
    if not days:
        return []
    per_day = sum(map(len, lexis.stems)) / days
    words: Days = {(stem,): frozenset(on) for stem, on in lexis.days_of().items() if len(on) >= MIN_DAYS}
    found = []
    for stems, on in with_phrases(lexis, words).items():
        rarest = min(lexis.share_in_english(stem) for stem in stems)  # a phrase is no commoner than that
        found.append(Term(stems, on, surprise(len(on), days, 1 - (1 - rarest) ** per_day)))
    return sorted((t for t in found if t.score >= MIN_SURPRISE), key=lambda t: (-t.score, t.stems))


def with_phrases(lexis: Lexis, words: Days) -> Days:
    """The words and the phrases they make, without the words that a phrase tells already."""
    spoken = phrases(lexis, words)
    told = {
        (part,) for stems, on in spoken.items() for part in stems if len(on) >= _COVERS * len(words[(part,)])
    }
    return {stems: on for stems, on in words.items() if stems not in told} | spoken


def phrases(lexis: Lexis, words: Days) -> Days:
    """Words that stand side by side on several days and mostly belong together."""
    singles = Counter(stem for row in lexis.stems for stem in row)
    common = {stems[0] for stems in words}
    pairs: Days = {}
    longest: Days = {}
    for size in range(2, LONGEST + 1):
        days: defaultdict[tuple[str, ...], set[date]] = defaultdict(set)
        uses: Counter[tuple[str, ...]] = Counter()
        for entry, row in zip(lexis.entries, lexis.stems, strict=True):
            runs = [
                run for run in zip(*(row[i:] for i in range(size)), strict=False) if common.issuperset(run)
            ]
            if size > 2:
                runs = [run for run in runs if run[:-1] in pairs and run[1:] in pairs]
            uses.update(runs)
            for run in runs:
                days[run].add(entry.at.date())
        pairs = {
            run: frozenset(on)
            for run, on in days.items()
            if len(on) >= MIN_DAYS and uses[run] >= _STICKS * min(singles[stem] for stem in run)
        }
        longest = _longer(longest, pairs)
    return longest


def _longer(shorter: Days, longer: Days) -> Days:
    """All of them, without the short phrases that nearly always stand in a longer one."""
    told = {
        part
        for run, on in longer.items()
        for part in (run[:-1], run[1:])
        if part in shorter and len(on) >= _COVERS * len(shorter[part])
    }
    return {run: on for run, on in shorter.items() if run not in told} | longer


def surprise(seen: int, of: int, expected: float) -> float:
    """How much more often than expected, as log-likelihood over all days; 0 when not more often."""
    share = seen / of
    if share <= expected:
        return 0.0
    rest = (1 - share) * log((1 - share) / (1 - expected)) if share < 1 else 0.0
    return of * (share * log(share / max(expected, 1e-9)) + rest)


def recurring_patterns(
    entries: Sequence[Entry], lexis: Lexis | None = None, most: int = MOST
) -> tuple[Pattern, ...]:
    """The most telling words and phrases, each with quotes from different days."""
    kept = lexis.entries if lexis else usable(entries)
    lexis = lexis or Lexis(kept)
    shown: list[Pattern] = []
    for term in recurring(lexis):
        pattern = _pattern(term, lexis)
        if pattern:
            shown.append(pattern)
        if len(shown) == most:
            break
    return tuple(shown)


def entries_with(lexis: Lexis, stems: tuple[str, ...], days: Set[date]) -> list[Entry]:
    """The entries of these days in which the words stand."""
    size = len(stems)
    return [
        entry
        for entry, row in zip(lexis.entries, lexis.stems, strict=True)
        if entry.at.date() in days
        and stems[0] in row
        and (size == 1 or any(tuple(row[i : i + size]) == stems for i in range(len(row) - size + 1)))
    ]


def quotes_with(lexis: Lexis, stems: tuple[str, ...], entries: Sequence[Entry]) -> tuple[Quote, ...]:
    """The sentences in which the words stand, checked against their entries and spread over time."""
    some = [entries[i] for i in evenly(len(entries), _READ)]
    found = (
        quote
        for entry in some
        for start, end in lexis.places(entry, stems)
        if (quote := quote_around(entry, start, end))
    )
    return spread(verified(found, some))


def said(lexis: Lexis, stems: tuple[str, ...]) -> str:
    """A term in the person's own spelling."""
    return " ".join(lexis.shown(stem) for stem in stems)


def _pattern(term: Term, lexis: Lexis) -> Pattern | None:
    there = entries_with(lexis, term.stems, term.days)
    quotes = quotes_with(lexis, term.stems, there)
    if not carries(quotes):
        return None
    return Pattern(
        kind="recurring",
        says_key="insights.recurring",
        values={"word": said(lexis, term.stems)},
        quotes=quotes,
        in_count=len(term.days),
        of_count=len({entry.at.date() for entry in lexis.entries}),
        since=min(term.days),
        until=max(term.days),
        entries=tuple(entry.id for entry in there),
    )
