"""What goes with better and lower days, and what is followed by being hard on oneself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from between.domain import Entry
from between.insights.evidence import (
    MIN_QUOTES,
    Pattern,
    Quote,
    carries,
    evenly,
    quote_around,
    spread,
    verified,
)
from between.insights.lexis import Lexis, patterns_in, words_in
from between.insights.links import MIN_WITH, MOST_TERMS, Candidate, Link, links, surest, told_already
from between.insights.mood import daily
from between.insights.nights import GOOD, POOR, night
from between.insights.weekday_patterns import strength
from between.insights.words import Days, said, with_phrases

MIN_MOOD_STEP = 0.4
"""Mood steps below which a difference is not worth a word."""
MIN_SHARE = 0.2
"""By how much likelier a day with hard words must be."""
MOST = 5
_TAGS = 30
_READ = 60
"""Entries read for quotes, of which a few are shown."""


@dataclass(frozen=True, slots=True)
class _Says:
    """How a link is said: the kind, the key, and the days that fit it."""

    kind: str
    key: str
    fitting: frozenset[date]
    values: Mapping[str, str | int | float] = field(repr=False)


def mood_links(lexis: Lexis, most: int = MOST) -> tuple[Pattern, ...]:
    """Words, tags and nights on whose days, or the day after, the mood the person gave was different."""
    moods = {day: sum(given) / len(given) for day, given in daily(lexis.entries).items()}
    # Nights and the person's own tags are questions of their own; words are only found by looking at all.
    asked = (_nights(lexis), _tags(lexis), _words(lexis))
    written = _written(lexis)
    found = [link for family in asked for link in links(moods, family, written, MIN_MOOD_STEP)]
    mean = sum(moods.values()) / len(moods) if moods else 0.0

    def said_of(link: Link) -> Pattern | None:
        lower = link.difference < 0
        fits = frozenset(day for day in link.days if (moods[day] < mean if lower else moods[day] > mean))
        place = link.candidate.night or ("after" if link.lag else "with")
        key = f"insights.{'lower' if lower else 'higher'}_{place}"
        says = _Says("goes_with", key, fits, {"strength": strength(link.difference)})
        return _pattern(lexis, link, says, _quotes(lexis, link, fits))

    return _shown(found, said_of)[:most]


def hard_on_self_links(lexis: Lexis, most: int = MOST) -> tuple[Pattern, ...]:
    """Words and tags that come with, or the day before, words in which the person is hard on themselves."""
    hard = patterns_in("hard_on_self")
    spoken: defaultdict[date, list[Quote]] = defaultdict(list)
    rest: list[Entry] = []
    for entry in lexis.entries:
        quotes = [q for hit in hard.finditer(entry.text) if (q := quote_around(entry, *hit.span()))]
        if quotes:
            spoken[entry.at.date()] += quotes
        rest.append(_without(entry, quotes))
    if len(spoken) < MIN_QUOTES:
        return ()
    outcome = {day: float(day in spoken) for day in sorted(_written(lexis))}
    # The words of the hard sentences themselves would go with them by definition.
    asked = (_tags(lexis), _words(Lexis(rest, lexis)))
    written = _written(lexis)
    found = [link for family in asked for link in links(outcome, family, written, MIN_SHARE)]

    def said_of(link: Link) -> Pattern | None:
        fits = frozenset(day for day in link.days if day in spoken)
        said_then = [quote for day in sorted(fits) for quote in spoken[day]]
        key = f"insights.hard_on_self_{'after' if link.lag else 'with'}"
        says = _Says("hard_on_self", key, fits, {})
        return _pattern(lexis, link, says, spread(verified(said_then, lexis.entries)))

    return _shown([link for link in found if link.difference > 0], said_of)[:most]


def _shown(found: Sequence[Link], said_of: Callable[[Link], Pattern | None]) -> tuple[Pattern, ...]:
    """Those that have their evidence, the surest first, each finding once."""
    shown: list[tuple[Link, Pattern]] = []
    for link in surest(found):
        if not told_already(link, [other for other, _ in shown]) and (pattern := said_of(link)):
            shown.append((link, pattern))
    return tuple(pattern for _, pattern in shown)


def _words(lexis: Lexis) -> list[Candidate]:
    """The words and phrases on most days, without those that only name a mood."""
    barred = {lexis.stem(word) for word in words_in("feeling_words")}
    days: Days = {
        (stem,): frozenset(on)
        for stem, on in lexis.days_of().items()
        if stem not in barred and len(on) >= MIN_WITH
    }
    terms = sorted(with_phrases(lexis, days).items(), key=lambda item: (-len(item[1]), item[0]))
    return [Candidate("", on, stems=stems) for stems, on in terms[:MOST_TERMS]]


def _tags(lexis: Lexis) -> list[Candidate]:
    days: defaultdict[str, set[date]] = defaultdict(set)
    names: dict[str, str] = {}
    for entry in lexis.entries:
        for tag in entry.tags:
            names.setdefault(tag.casefold(), tag)
            days[tag.casefold()].add(entry.at.date())
    most = sorted(days, key=lambda tag: (-len(days[tag]), tag))[:_TAGS]
    return [Candidate(names[tag], frozenset(days[tag]), tag=tag) for tag in most]


def _nights(lexis: Lexis) -> list[Candidate]:
    said = {
        kind: frozenset(e.at.date() for e in lexis.entries if night(e.text, kind)) for kind in (POOR, GOOD)
    }
    return [Candidate("", days, night=kind) for kind, days in said.items()]


def _without(entry: Entry, quotes: Sequence[Quote]) -> Entry:
    text = entry.text
    for quote in quotes:
        text = text.replace(quote.text, "\n")
    return replace(entry, text=text) if quotes else entry


def _written(lexis: Lexis) -> set[date]:
    return {entry.at.date() for entry in lexis.entries}


def _quotes(lexis: Lexis, link: Link, days: frozenset[date]) -> tuple[Quote, ...]:
    """The sentences in which it stands on these days (or the days before), spread over time."""
    there = _entries(lexis, link, days)
    some = [there[i] for i in evenly(len(there), _READ)]
    places = ((entry, _where(lexis, link.candidate, entry)) for entry in some)
    found = (quote for entry, at in places if at and (quote := quote_around(entry, *at)))
    return spread(verified(found, some))


def _entries(lexis: Lexis, link: Link, days: frozenset[date]) -> list[Entry]:
    """The entries that it stands in and that belong to these days of the outcome."""
    on = {day - timedelta(days=link.lag) for day in days}
    return [e for e in lexis.entries if e.at.date() in on and _where(lexis, link.candidate, e)]


def _where(lexis: Lexis, candidate: Candidate, entry: Entry) -> tuple[int, int] | None:
    """Where it stands in the entry; a tag stands at its beginning."""
    if candidate.night:
        return night(entry.text, candidate.night)
    if candidate.tag:
        start = len(entry.text) - len(entry.text.lstrip())
        return (start, start) if candidate.tag in map(str.casefold, entry.tags) else None
    return next(lexis.places(entry, candidate.stems), None)


def _pattern(lexis: Lexis, link: Link, says: _Says, quotes: Sequence[Quote]) -> Pattern | None:
    """The link with its evidence, or nothing."""
    if not carries(quotes):
        return None
    rest = frozenset(link.days) - says.fitting
    return Pattern(
        kind=says.kind,
        says_key=says.key,
        values={
            "word": link.candidate.name or said(lexis, link.candidate.stems),
            "tag": int(bool(link.candidate.tag)),
            "difference": round(link.difference, 2),
            "low": round(link.low, 2),
            "high": round(link.high, 2),
            "with": len(link.days),
            "without": link.others,
            "looks": link.looks,
            **says.values,
        },
        quotes=tuple(quotes),
        in_count=len(says.fitting),
        of_count=len(link.days),
        since=link.days[0],
        until=link.days[-1],
        against=tuple(entry.id for entry in _entries(lexis, link, rest)),
        entries=tuple(entry.id for entry in _entries(lexis, link, says.fitting)),
    )
