"""Finds the past passages that fit a question: by words, by meaning and by date, one piece of each source.

Scores of both searches are stretched to 0..1 over the best hundred of each and averaged; on three outside
sets that was better than adding up ranks.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import numpy.typing as npt

from between.domain import ItemId, Period
from between.memory.nearest import VectorIndex
from between.memory.ports import Source, Vector
from between.memory.shelf import Shelf, source_of
from between.memory.words import WordMatch, Words

POOL = 100
"""Chunks that each search hands in."""
DATE_BONUS = 0.5
"""What standing in the named days is worth, beside at most 1 for the text."""
VARIETY = 0.1
"""How much a passage loses for being like a better one."""
UNRELATED = 0.53
"""The cosine of texts that have nothing in common, with this encoder."""
FEW = 20
_MANY = 5000


@dataclass(frozen=True, slots=True)
class Question:
    """What is looked for."""

    text: str = field(repr=False)
    """Without its words about time."""
    words: str = field(repr=False)
    """What the search by words looks for: the text, or only its telling words."""
    period: Period | None = None
    strict: bool = False
    """Only the days of the period, or those nearest to it."""
    barred: frozenset[ItemId] = frozenset()
    """Sources that must not come back."""


@dataclass(frozen=True, slots=True)
class Library:
    """What is searched."""

    index: VectorIndex
    words: Words
    shelf: Shelf


@dataclass(frozen=True, slots=True)
class Candidate:
    """A piece that may fit, with everything that speaks for it."""

    chunk: str
    lift: float
    """How much nearer in meaning than the middle of the hundred nearest: for a greeting all are alike."""
    words: float
    """The BM25 score."""
    closeness: float
    """1 within the named days, less outside, 0 when none are named."""
    score: float
    """0 to 1, comparable within one search only."""

    @property
    def source(self) -> ItemId:
        return source_of(self.chunk)


@dataclass(frozen=True, slots=True)
class Passage:
    """A candidate with its words."""

    one: Candidate
    record: Source = field(repr=False)
    """The source as it is now."""
    text: str = field(repr=False)
    """An exact piece of it."""
    shared: Sequence[str] = field(repr=False)
    """The question's telling words that stand in it in some form."""


def find(question: Question, vector: Vector | None, library: Library, k: int) -> list[Candidate]:
    """The best piece of each of the ``k`` best sources, best first; without a vector by words alone."""
    match = library.words.match(question.words)
    cosines = _pool(question, library, match, vector)
    chunks = [chunk for chunk in cosines if source_of(chunk) not in question.barred]
    if not chunks:
        return []
    backdrop = _backdrop(cosines.values())
    meaning = _stretched([cosines[chunk] for chunk in chunks], 0.15)
    words = _stretched([match.score(chunk) for chunk in chunks], 1.0)
    texts = (meaning + words) / 2 if words.any() else meaning
    best: dict[ItemId, Candidate] = {}
    for chunk, text in zip(chunks, texts, strict=True):
        close = _closeness(chunk, question.period, library.shelf)
        score = (float(text) + DATE_BONUS * close) / (1 + DATE_BONUS if question.period else 1)
        lift = cosines[chunk] - backdrop
        found = Candidate(chunk, lift, match.score(chunk), close, score)
        if found.source not in best or best[found.source].score < score:
            best[found.source] = found
    ranked = sorted(best.values(), key=lambda found: -found.score)
    return _varied(ranked, library.index, k)


def _pool(question: Question, library: Library, match: WordMatch, vector: Vector | None) -> dict[str, float]:
    """The chunks that are looked at closely, with their cosines."""
    index, inside = library.index, library.shelf.near(question.period) if question.period else []
    only = inside if question.strict else None
    chunks = match.top(POOL, only)
    if inside and only is None:
        chunks += match.top(POOL, inside)
    cosines: dict[str, float] = {}
    if vector is not None and (only is None or only):
        cosines.update(_nearest(index, vector, only))
        if inside and only is None:
            cosines.update(_nearest(index, vector, inside))
        missing = [chunk for chunk in chunks if chunk not in cosines]
        cosines.update(index.query(vector, len(missing), missing))
    if question.strict and not question.text:
        cosines.update((chunk, 0.0) for chunk in inside if chunk not in cosines)
    for chunk in chunks:
        cosines.setdefault(chunk, 0.0)
    return cosines


def _nearest(index: VectorIndex, vector: Vector, among: Sequence[str] | None) -> list[tuple[str, float]]:
    if among is None or len(among) <= _MANY:
        return index.query(vector, POOL, among)
    some = set(among)  # so many that the best of all are likely to be of them
    return [(chunk, cosine) for chunk, cosine in index.query(vector, 5 * POOL) if chunk in some][:POOL]


def _backdrop(cosines: Iterable[float]) -> float:
    """The middle of the nearest; where there are few, they are filled up with what unrelated texts have."""
    nearest = sorted(cosines, reverse=True)[:POOL]
    return float(np.median(nearest + [UNRELATED] * max(0, FEW - len(nearest))))


def _stretched(values: Sequence[float], least: float) -> npt.NDArray[np.float64]:
    """To 0..1, unless they hardly differ: among two or three, a small difference is not a large one."""
    numbers = np.asarray(values, dtype=np.float64)
    stretched: npt.NDArray[np.float64] = (numbers - numbers.min()) / max(float(np.ptp(numbers)), least)
    return stretched


def _closeness(chunk: str, period: Period | None, shelf: Shelf) -> float:
    place = shelf.span(chunk)
    if period is None or place is None:
        return 0.0
    away = _days_outside(place[0].day, period)
    # People are a day or two out when they name a day, and weeks when they name a season.
    return math.exp(-away / max(2.0, ((period.end - period.start).days + 1) / 4))


def _days_outside(day: date, period: Period) -> int:
    """How many days before or after the period; 0 within it."""
    return max((period.start - day).days, (day - period.end).days, 0)


def _varied(ranked: list[Candidate], index: VectorIndex, k: int) -> list[Candidate]:
    """The first ``k``, where one that says the same as a better one gives way a little."""
    head, tail = ranked[: 2 * min(k, 20)], ranked[2 * min(k, 20) :]
    vectors = index.vectors([found.chunk for found in head])
    blank = np.zeros(next(iter(vectors.values())).shape if vectors else 1, dtype=np.float32)
    rows = np.stack([vectors.get(found.chunk, blank) for found in head]) if head else blank[np.newaxis]
    alike = rows @ rows.T
    scores = np.asarray([found.score for found in head])
    likeness = np.zeros(len(head))
    chosen: list[Candidate] = []
    left = np.ones(len(head), dtype=np.bool_)
    while left.any() and len(chosen) < k:
        best = int(np.argmax(np.where(left, scores - VARIETY * likeness, -np.inf)))
        left[best] = False
        chosen.append(head[best])
        likeness = np.maximum(likeness, alike[best])
    return (chosen + tail)[:k]
