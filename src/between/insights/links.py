"""Which words or tags go with a day that was different, the same day or the day after; chance kept out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np

from between.insights.chance import Floats, difference_interval, discoveries, permutation_p, whitened

MIN_WITH = 8
"""Days with the word, and as many without, below which nothing is said."""
MIN_OUTCOMES = 21
"""Days with an outcome."""
MOST_TERMS = 40
_ALIKE = 0.7
"""Two terms are one finding when they share this much of the days of the rarer one."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A word, a phrase, a tag or a kind of night that is looked at."""

    name: str = field(repr=False)
    """As the person writes a tag; empty for the others."""
    days: frozenset[date]
    stems: tuple[str, ...] = field(default=(), repr=False)
    tag: str = field(default="", repr=False)
    """In the form in which tags are compared."""
    night: str = ""
    """How the night before was."""

    @property
    def rank(self) -> tuple[bool, bool]:
        """What was asked before looking comes before what was found by looking."""
        return (not self.night, not self.tag)

    @property
    def lags(self) -> tuple[int, ...]:
        """0: the same day; 1: the day after, which for a night is asked by the morning already."""
        return (0,) if self.night else (0, 1)


@dataclass(frozen=True, slots=True)
class Link:
    """A candidate whose days differ from the others."""

    candidate: Candidate
    lag: int
    """0: the same day; 1: the day after."""
    difference: float
    """Mean outcome with it, less the mean without it."""
    low: float
    high: float
    """Interval of the difference, 95 times in 100."""
    p: float
    days: tuple[date, ...]
    """Days of the outcome that count as with it."""
    others: int
    """Days of the outcome without it."""
    looks: int
    """How many pairs were looked at, all paid for."""


def links(
    outcome: Mapping[date, float], candidates: Iterable[Candidate], written: set[date], least: float
) -> list[Link]:
    """Candidates that chance does not explain and that make at least this difference.

    The correction pays for all that is asked in one call; what was asked before looking at the words goes apart.
    """
    if len(outcome) < MIN_OUTCOMES or len(set(outcome.values())) < 2:
        return []
    asked = list(candidates)
    looks = [
        look for lag in (0, 1) for look in _looks(outcome, [c for c in asked if lag in c.lags], written, lag)
    ]
    if not looks:
        return []
    believed = discoveries(np.array([look.p for look in looks]))
    found = []
    for look, fine in zip(looks, believed, strict=True):
        if fine and abs(look.difference) >= least:
            low, high = difference_interval(look.all_days, look.values, look.flags)
            if low > 0 or high < 0:
                found.append(look.link(low, high, len(looks)))
    return found


def surest(found: Iterable[Link]) -> list[Link]:
    """Nights first, then the person's own tags, then words; within each, large differences on many days."""
    return sorted(
        found,
        key=lambda link: (*link.candidate.rank, -min(abs(link.low), abs(link.high)) * len(link.days) ** 0.5),
    )


def told_already(link: Link, others: Iterable[Link]) -> bool:
    """Whether it stands on nearly the same days as one of the others."""
    days = set(link.days)
    return any(len(days & set(o.days)) >= _ALIKE * min(len(days), len(o.days)) for o in others)


@dataclass(frozen=True, slots=True)
class _Look:
    """One candidate at one lag, before it is judged."""

    candidate: Candidate
    lag: int
    all_days: list[date]
    values: Floats
    flags: np.ndarray[tuple[int], np.dtype[np.bool_]]
    p: float

    @property
    def difference(self) -> float:
        return float(self.values[self.flags].mean() - self.values[~self.flags].mean())

    def link(self, low: float, high: float, looks: int) -> Link:
        days = tuple(day for day, flag in zip(self.all_days, self.flags, strict=True) if flag)
        others = len(self.all_days) - len(days)
        return Link(self.candidate, self.lag, self.difference, low, high, self.p, days, others, looks)


def _looks(
    outcome: Mapping[date, float], candidates: list[Candidate], written: set[date], lag: int
) -> list[_Look]:
    """Every candidate with enough days on both sides, and how likely chance is."""
    back = timedelta(days=lag)
    days = sorted(day for day in outcome if day - back in written)
    values = np.array([outcome[day] for day in days])
    if len(days) < MIN_OUTCOMES:
        return []
    flags = np.array([[day - back in c.days for c in candidates] for day in days], dtype=np.bool_)
    sizes = flags.sum(axis=0) if candidates else np.zeros(0)
    held = [i for i, size in enumerate(sizes) if MIN_WITH <= size <= len(days) - MIN_WITH]
    if not held:
        return []
    chance = permutation_p(whitened(days, values), flags[:, held])
    return [
        _Look(candidates[i], lag, days, values, flags[:, i], float(p))
        for i, p in zip(held, chance, strict=True)
    ]
