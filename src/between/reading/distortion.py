"""Guesses thinking patterns (distortions) in a text: an offer for the person to judge, never a label.

Trained on sentences written for Between (``data/distortions.jsonl``). A good half of the sentences with
no distortion are painful and accurate: grief, illness, debt, discrimination. A first version by one
author, and no clinician has checked it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from itertools import zip_longest
from pathlib import Path

import numpy as np

from between.reading import features
from between.reading.linear import Arrays, Floats, floats, likelihood, linear, read

LABELS = (
    "all_or_nothing",
    "overgeneralization",
    "mental_filter",
    "discounting_the_positive",
    "jumping_to_conclusions",
    "magnification_minimization",
    "emotional_reasoning",
    "should_statements",
    "labeling",
    "personalization_blame",
)
NAME = "distortion"
MOST = 3
DATA = Path(__file__).parent / "data"
CUE_WEIGHT = 0.3
"""How much a cue counts beside the words."""
ROW_WEIGHT = 10.0
"""How much the encoder's row counts beside the cues."""


@cache
def _cues() -> tuple[re.Pattern[str], ...]:
    with (DATA / "cues.toml").open("rb") as file:
        named: dict[str, str] = tomllib.load(file)["cues"]
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in named.values())


def cues(text: str) -> Floats:
    """How often each turn of phrase stands in the text, twice at most."""
    plain = text.replace("’", "'")
    return np.array([min(2, len(cue.findall(plain))) for cue in _cues()], np.float32)


def dense(row: Floats, text: str) -> Floats:
    """The encoder's row and the cues, as the second head reads them."""
    return np.concatenate([row * ROW_WEIGHT, cues(text)]).astype(np.float32)


class Distortions:
    """The distortion heads; the last label of each says whether there is any at all."""

    def __init__(self, arrays: Arrays | None = None) -> None:
        kept = arrays if arrays is not None else read(NAME)
        self._idf = floats(kept, "idf")
        self._words = linear(kept, "words")
        self._dense = linear(kept, "dense")
        self._line_words = floats(kept, "line.words")
        self._line_both = floats(kept, "line.both")

    def raw(self, text: str, row: Floats | None = None) -> Floats:
        """Scores of each label and, last, of any at all."""
        index, value = features.weighted(text, self._idf)
        index = np.concatenate([index, np.arange(features.BUCKETS, self._words.weights.shape[1])])
        value = np.concatenate([value, cues(text) * CUE_WEIGHT]).astype(np.float32)
        words = self._words.of_sparse(index, value)
        if row is None:
            return words
        return ((words + self._dense.of_dense(dense(row, text))) / 2).astype(np.float32)

    def scores(self, text: str, row: Floats | None = None) -> Floats:
        """Likelihood of each label; a half is the line; zero where the text seems to hold none at all."""
        line = self._line_words if row is None else self._line_both
        raw = self.raw(text, row)
        any_at_all = raw[-1] >= line[1]
        return likelihood(raw[:-1] - line[0]) * np.float32(any_at_all)

    def any_at_all(self, text: str) -> float:
        """How much the words alone speak for any pattern."""
        return float(self.raw(text)[-1])

    def read(self, texts: Sequence[str], rows: Sequence[Floats | None] = ()) -> tuple[tuple[str, float], ...]:
        """Patterns over the line in any piece of a text, most likely first; empty for none.

        ``rows`` holds the encoder's row of each piece, or ``None`` for a piece that it did not read.
        """
        if not texts:
            return ()
        each = [self.scores(text, row) for text, row in zip_longest(texts, rows)]
        likely = np.max(np.stack(each), axis=0)
        over = [int(label) for label in np.argsort(-likely) if likely[label] >= 0.5][:MOST]
        return tuple((LABELS[label], round(float(likely[label]), 3)) for label in over)
