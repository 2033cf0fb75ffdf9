"""A small trained second look at a text: it may raise what the rules found, never lower it.

``heads/screen.npz``, made by ``train``, holds the linear models ``words`` (hashed grams), ``window`` and ``sentence``
(rows of the encoder), each with the outputs *crisis* and *any card*; ``idf``; ``final`` (2, 6) and ``final.bias`` (2),
which bring the six scores to calibrated odds; ``long`` (2), taken off the odds of a longer text;
``usual`` and ``most`` (2 each), what the encoder's scores bring to the odds of a usual text, and hardly ever exceed;
``soft`` and ``hard``, the probabilities at which a tier is raised.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from between.reading import features
from between.reading.linear import Arrays, Floats, floats, likelihood, linear
from between.safety.units import pages, sentences, windows

HEADS = Path(__file__).parent / "heads" / "screen.npz"
MOST_WINDOWS = 3
MOST_SENTENCES = 5
"""How many the encoder reads of one text: it costs some milliseconds for each."""
MESSAGE_WORDS = 40
_SUSPICIOUS_PAGES = 3
_ANY, _GRAMS = 1, 2


class Embedder(Protocol):
    """Texts to unit rows; ``EncoderMissing`` when it cannot."""

    def embed(self, texts: Sequence[str]) -> Floats:
        """Rows in the order of the texts."""


@dataclass(frozen=True, slots=True)
class Scores:
    """How likely a text speaks of acute danger, and how likely it deserves a card at all."""

    crisis: float
    elevated: float
    """Elevated or worse."""


class Classifier:
    """Read-only; any thread may use it. A usual message costs a few encoder runs, a book hardly more."""

    def __init__(self, encoder: Embedder, arrays: Arrays | None = None) -> None:
        kept = arrays if arrays is not None else _read()
        self._encoder = encoder
        self._idf = floats(kept, "idf")
        self._words = linear(kept, "words")
        self._window, self._sentence = linear(kept, "window"), linear(kept, "sentence")
        self._final, self._bias = floats(kept, "final"), floats(kept, "final.bias")
        self._long = floats(kept, "long")
        self._usual, self._most = floats(kept, "usual"), floats(kept, "most")
        self.soft, self.hard = float(floats(kept, "soft")[0]), float(floats(kept, "hard")[0])
        self.low = self.soft / 2
        reached = np.clip([self.hard, self.soft], 1e-6, 1 - 1e-6)
        self._lines = np.log(reached / (1 - reached))

    def score(self, text: str) -> Scores:
        """Calibrated probabilities for one text; nothing for a text without words.

        A long text offers many windows, of which the highest is high by chance: so more is asked of it. The encoder
        is left out where its scores could hardly bring a text over a line.
        """
        cut = _cut(text)
        if not cut:
            return Scores(0.0, 0.0)
        grams = self._page_grams(cut)
        odds = self._final[:, :_GRAMS] @ grams.max(axis=0) + self._bias - self._long * length(text)
        if np.any(odds + self._most >= self._lines):
            odds = odds + self._final[:, _GRAMS:] @ self._meaning(cut, grams)
        else:
            odds = odds + self._usual
        crisis, elevated = likelihood(odds)
        return Scores(float(crisis), float(max(crisis, elevated)))

    def is_hard(self, scores: Scores) -> bool:
        """Enough for an interrupting card."""
        return scores.crisis >= self.hard

    def is_soft(self, scores: Scores) -> bool:
        """Enough for a soft card."""
        return scores.elevated >= self.soft

    def is_low(self, scores: Scores) -> bool:
        """Not enough for a card, but low; several in a week count (C5)."""
        return scores.elevated >= self.low

    def evidence(self, text: str) -> Floats | None:
        """The six scores behind a probability: grams, windows, sentences; for each *crisis* and *any card*."""
        cut = _cut(text)
        if not cut:
            return None
        grams = self._page_grams(cut)
        return np.concatenate([grams.max(axis=0), self._meaning(cut, grams)]).astype(np.float32)

    def _page_grams(self, cut: list[list[str]]) -> Floats:
        return np.array([self._grams(" ".join(page)) for page in cut], np.float32)

    def _meaning(self, cut: list[list[str]], grams: Floats) -> Floats:
        """What the encoder makes of the few windows and sentences whose words look worst."""
        suspicious = [cut[number] for number in _highest(grams[:, _ANY], _SUSPICIOUS_PAGES)]
        chosen = self._chosen((w for page in suspicious for w in windows(page)), MOST_WINDOWS)
        single = self._chosen((s for window in chosen for s in sentences(window)), MOST_SENTENCES)
        window = self._encoder.embed(
            chosen
        )  # apart from the sentences, which would be padded to their length
        sentence = window if single == chosen else self._encoder.embed(single)
        best = [
            np.array([model.of_dense(row) for row in rows]).max(axis=0)
            for model, rows in ((self._window, window), (self._sentence, sentence))
        ]
        return np.concatenate(best).astype(np.float32)

    def _grams(self, text: str) -> Floats:
        return self._words.of_sparse(*features.weighted(text, self._idf))

    def _chosen(self, texts: Iterable[str], most: int) -> list[str]:
        """The few whose words look worst; all of them, unweighed, when they are few."""
        every = list(dict.fromkeys(texts))
        if len(every) <= most:
            return every
        return [every[n] for n in _highest(np.array([self._grams(t)[_ANY] for t in every]), most)]


def length(text: str) -> float:
    """How much longer a text is than a message: 0 up to forty words, then the logarithm of the multiple."""
    return float(np.log(max(1.0, len(text.split()) / MESSAGE_WORDS)))


def _cut(text: str) -> list[list[str]]:
    whole = text.encode("utf-8", "replace").decode("utf-8")  # half of a surrogate pair has no bytes
    return [page for page in pages(sentences(whole)) if page]


def _highest(scores: Floats, most: int) -> NDArray[np.int64]:
    return np.argsort(-scores, kind="stable")[:most].astype(np.int64)


def _read() -> Arrays:
    with np.load(HEADS, allow_pickle=False) as kept:
        return {name: kept[name] for name in kept.files}
