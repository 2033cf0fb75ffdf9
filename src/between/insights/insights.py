"""The room's front: every insight over the entries as they are now, for a stretch of time or for all of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from between.domain import Entry, Period
from between.insights import mood
from between.insights.associations import hard_on_self_links, mood_links
from between.insights.evidence import NotEnough, Pattern, shortfall, usable
from between.insights.lexis import Lexis
from between.insights.ports import Clock, Entries, Vectors, Wanted
from between.insights.themes import Passage, themes
from between.insights.weekday_patterns import weekday_patterns
from between.insights.words import recurring_patterns

Made = TypeVar("Made")


class _Asking(list[Entry]):
    """Entries that ask, one by one, whether somebody still wants what is made of them."""

    def __init__(self, entries: Sequence[Entry], wanted: Wanted) -> None:
        super().__init__(entries)
        self._wanted = wanted

    def __iter__(self) -> Iterator[Entry]:
        for entry in super().__iter__():
            self._wanted()
            yield entry


class Insights:
    """Mirrors a diary; holds on to the last answers only until the diary changes."""

    def __init__(self, entries: Entries, clock: Clock, wanted: Wanted = lambda: None) -> None:
        self._entries = entries
        self._clock = clock
        self._wanted = wanted
        self._seen: tuple[Entry, ...] = ()
        self._made: dict[object, object] = {}

    def shortfall(self, period: Period | None = None) -> NotEnough | None:
        """What is missing before patterns can be looked for; ``None`` when there is enough."""
        return shortfall(self._within(period))

    def patterns(self, period: Period | None = None) -> tuple[Pattern, ...] | NotEnough:
        """Patterns with their evidence: mood first, then what goes with it, then words that come back."""
        return self._once(("patterns", period), lambda: self._patterns(self._within(period)))

    def themes(
        self, passages: Sequence[Passage], vectors: Vectors, period: Period | None = None
    ) -> tuple[Pattern, ...] | NotEnough:
        """Themes that come back, from passages and the vectors in the same order."""
        entries = self._within(period)
        return shortfall(entries) or themes(passages, vectors, entries, wanted=self._wanted)

    def mood_over_time(self, period: Period | None = None) -> list[mood.MoodPoint]:
        """One point a day that has a mood."""
        return mood.mood_over_time(self._within(period))

    def weekdays(self, period: Period | None = None) -> list[mood.WeekdayMood]:
        """The seven days of the week."""
        return mood.weekdays(self._within(period))

    def calendar(self, year: int | None = None) -> list[mood.DayCell]:
        """Every day of a year; this year when none is named."""
        return mood.calendar(self._within(None), year or self._clock().year)

    def counts(self, period: Period | None = None) -> mood.Counts:
        """What everything else stands on."""
        return mood.counts(self._within(period))

    def _patterns(self, entries: list[Entry]) -> tuple[Pattern, ...] | NotEnough:
        missing = shortfall(entries)
        if missing:
            return missing
        lexis = Lexis(_Asking(entries, self._wanted))
        return (
            *weekday_patterns(entries),
            *mood_links(lexis),
            *hard_on_self_links(lexis),
            *recurring_patterns(entries, lexis),
        )

    def _within(self, period: Period | None) -> list[Entry]:
        kept = usable(self._entries())
        if period is None:
            return kept
        return [entry for entry in kept if period.start <= entry.at.date() <= period.end]

    def _once(self, key: object, make: Callable[[], Made]) -> Made:
        """What was made before, as long as no entry has changed."""
        now = tuple(self._entries())
        if now != self._seen:
            self._seen, self._made = now, {}
        if key not in self._made:
            self._made[key] = make()
        return self._made[key]  # type: ignore[return-value]  # each key is made by one caller
