"""Guesses emotions in a text: a small model of words, and two on the packaged encoder when it is there.

The words and one of the two heads were trained on GoEmotions (Demszky et al. 2020, CC BY 4.0; 58,000
remarks from Reddit, labels merged to nine by us; see ``heads/NOTICE``). Remarks are not diaries, so a
second head was trained on diary lines written for Between (``data/emotions.jsonl``), and a gate says how
much a text reads like a diary. A guess, shown as a guess: outside its own material expect half to be right.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

import numpy as np

from between.reading import features
from between.reading.linear import Arrays, Floats, floats, likelihood, linear, read

LABELS = ("anger", "disgust", "fear", "joy", "sadness", "surprise", "neutral", "shame", "guilt")
NAME = "emotion"
MOST = 2
"""Emotions named of one text."""


class Emotions:
    """The emotion heads."""

    def __init__(self, arrays: Arrays | None = None) -> None:
        kept = arrays if arrays is not None else read(NAME)
        self._idf = floats(kept, "idf")
        self._words = linear(kept, "words")
        self._remarks = linear(kept, "remarks")
        self._diary = linear(kept, "diary")
        self._gate = linear(kept, "gate")
        self._prior = floats(kept, "prior")
        self._line_words = floats(kept, "line.words")
        self._line_both = floats(kept, "line.both")
        self._line_diary = floats(kept, "line.diary")

    def scores(self, text: str, row: Floats | None = None) -> Floats:
        """Likelihood of each label; a half is the line that held-back lines set."""
        return likelihood(self._score(text, row))

    def _score(self, text: str, row: Floats | None) -> Floats:
        words = self._words.of_sparse(*features.weighted(text, self._idf))
        if row is None:
            return (words - self._line_words).astype(np.float32)
        gate = self._diary_like(row)
        line = self._line_both * (1 - gate) + self._line_diary * gate
        return (self._joined(words, row, gate) - line).astype(np.float32)

    def _diary_like(self, row: Floats) -> np.float32:
        """From 0 for a remark to 1 for a diary line; cubed, so that only the clear ones count."""
        return np.float32(likelihood(self._gate.of_dense(row))[0] ** 3)

    def _joined(self, words: Floats, row: Floats, gate: np.float32) -> Floats:
        """The three heads together, freed of how frequent each label is on Reddit."""
        both = (words + self._remarks.of_dense(row)) / 2 - self._prior
        return (both + gate * self._diary.of_dense(row)).astype(np.float32)

    def read(self, texts: Sequence[str], rows: Sequence[Floats | None] = ()) -> tuple[tuple[str, float], ...]:
        """The emotions over the line, most likely first; the single most likely one when none is.

        ``texts`` are the pieces of one text, ``rows`` what the encoder said of each, or ``None``.
        """
        if not texts:
            return ()
        each = np.stack([self._score(text, row) for text, row in zip_longest(texts, rows)])
        likely = likelihood((each.mean(axis=0) + each.max(axis=0)) / 2)
        order = np.argsort(-likely)
        over = [int(label) for label in order if likely[label] >= 0.5][:MOST]
        return tuple((LABELS[label], round(float(likely[label]), 3)) for label in over or [int(order[0])])
