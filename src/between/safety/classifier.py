"""A small trained second look at a text; ``detector`` says what may follow from it.

Two readers give two scores each, *crisis* and *any card*: ``words``, a linear model on hashed words and letter groups;
``tuned``, the encoder's last four layers trained anew (``heads/top.onnx``) with a linear model on theirs.
``heads/screen.npz``, made by ``train``, holds these models, ``idf``, and how they come together: ``final`` (2, 4) and
``final.bias`` (2) bring the four scores to calibrated odds; ``long`` (2) is taken off the odds of a longer text;
``most`` (2) is what ``tuned`` hardly ever brings;
``calm``, ``low``, ``soft``, ``hard`` and ``talk`` are the probabilities at which something follows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from between.memory.session import Session
from between.reading import features
from between.reading.linear import Arrays, Floats, floats, likelihood, linear
from between.safety.units import pages, sentences

HEADS = Path(__file__).parent / "heads" / "screen.npz"
TOP = Path(__file__).parent / "heads" / "top.onnx"
TOP_IN, TOP_OUT = "middle", "last_hidden_state"
MOST_PAGES = 3
"""How many the encoder reads of one text: each costs some milliseconds."""
MESSAGE_WORDS = 40
_ANY, _GRAMS = 1, 2


class Embedder(Protocol):
    """One text to what the encoder makes of it; ``EncoderMissing`` when it cannot."""

    def middle(self, text: str) -> Floats:
        """(tokens, 384) each token after eight layers."""


@dataclass(frozen=True, slots=True)
class Scores:
    """How likely a text speaks of acute danger, and how likely it deserves a card at all."""

    crisis: float
    elevated: float
    """Elevated or worse."""


class Classifier:
    """Read-only; any thread may use it. A usual message costs one encoder run, a book hardly more."""

    def __init__(self, encoder: Embedder, arrays: Arrays | None = None, top: bytes | None = None) -> None:
        kept = arrays if arrays is not None else read_heads()
        self._encoder = encoder
        self._top = Session(top if top is not None else TOP.read_bytes())
        self._idf = floats(kept, "idf")
        self._words, self._tuned = linear(kept, "words"), linear(kept, "tuned")
        self._final, self._bias = floats(kept, "final"), floats(kept, "final.bias")
        self._long, self._most = floats(kept, "long"), floats(kept, "most")
        names = ("calm", "low", "soft", "hard", "talk")
        self.calm, self.low, self.soft, self.hard, self.talk = (
            float(floats(kept, name)[0]) for name in names
        )
        reached = np.clip([self.hard, self.low], 1e-6, 1 - 1e-6)
        self._lines = np.log(reached / (1 - reached))

    def score(self, text: str, whole: bool = False) -> Scores:
        """Calibrated probabilities for one text; nothing for a text without words.

        A long text offers many pages, of which the highest is high by chance: so more is asked of it. The encoder
        is left out where it could hardly bring a text over a line, unless the ``whole`` answer is asked for.
        """
        cut = cut_in_pages(text)
        if not cut:
            return Scores(0.0, 0.0)
        grams = np.array([self._grams(page) for page in cut], np.float32)
        odds = self._final[:, :_GRAMS] @ grams.max(axis=0) + self._bias - self._long * length(text)
        if whole or np.any(odds + self._most >= self._lines):
            odds = odds + self._final[:, _GRAMS:] @ self._meaning(cut, grams)
        else:
            odds = odds + np.minimum(self._most, 0.0)
        crisis, elevated = likelihood(odds)
        return Scores(float(crisis), float(max(crisis, elevated)))

    def is_hard(self, scores: Scores) -> bool:
        """Enough for an interrupting card."""
        return scores.crisis >= self.hard

    def is_soft(self, scores: Scores) -> bool:
        """Enough for a soft card."""
        return scores.elevated >= self.soft

    def is_sure(self, scores: Scores) -> bool:
        """Half the way between a soft card and certainty."""
        return scores.elevated >= (1 + self.soft) / 2

    def is_turning(self, scores: Scores) -> bool:
        """Enough for a soft card when several turns are read as one text, in which more is dark by chance."""
        return scores.elevated >= max(self.talk, (1 + self.soft) / 2)

    def is_low(self, scores: Scores) -> bool:
        """Not enough for a card, but low; several in a week count (C5)."""
        return scores.elevated >= self.low

    def is_calm(self, scores: Scores) -> bool:
        """So far below every line that a soft hit of the rules may be taken back one step."""
        return scores.elevated < self.calm

    def evidence(self, text: str) -> Floats:
        """The four scores behind a probability: words and tuned, for each *crisis* and *any card*."""
        cut = cut_in_pages(text)
        if not cut:
            return np.zeros(4, np.float32)
        grams = np.array([self._grams(page) for page in cut], np.float32)
        return np.concatenate([grams.max(axis=0), self._meaning(cut, grams)]).astype(np.float32)

    def _meaning(self, cut: Sequence[str], grams: Floats) -> Floats:
        """What the encoder and its trained top make of the few pages whose words look worst."""
        chosen = [cut[number] for number in _highest(grams[:, _ANY], MOST_PAGES)]
        scores = [self._tuned.of_dense(self._pooled(self._encoder.middle(page))) for page in chosen]
        highest: Floats = np.array(scores, np.float32).max(axis=0)
        return highest

    def _pooled(self, middle: Floats) -> Floats:
        """(768,) the first token and the mean after the top's layers."""
        last = self._top.run([TOP_OUT], {TOP_IN: middle[None]})[0][0]
        return np.concatenate([last[0], last.mean(axis=0)]).astype(np.float32)

    def _grams(self, text: str) -> Floats:
        return self._words.of_sparse(*features.weighted(text, self._idf))


def length(text: str) -> float:
    """How much longer a text is than a message: 0 up to forty words, then the logarithm of the multiple."""
    return float(np.log(max(1.0, len(text.split()) / MESSAGE_WORDS)))


def cut_in_pages(text: str) -> list[str]:
    """The text in pieces that the encoder reads whole."""
    whole = text.encode("utf-8", "replace").decode("utf-8")  # half of a surrogate pair has no bytes
    return [" ".join(page) for page in pages(sentences(whole)) if page]


def read_heads() -> Arrays:
    """The trained numbers as they are packaged."""
    with np.load(HEADS, allow_pickle=False) as kept:
        return {name: kept[name] for name in kept.files}


def _highest(scores: Floats, most: int) -> NDArray[np.int64]:
    return np.argsort(-scores, kind="stable")[:most].astype(np.int64)
