"""Guesses what a text seems to want: patterns first, then the nearest example when the encoder is there.

Patterns and examples lie in ``prompts/guide/intents.toml``, where a clinician can change them; the head
for what neither settles is made by ``train`` from those examples and ``data/intents.jsonl``.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from between.domain import Intent
from between.errors import BrokenPrompt
from between.prompts_dir import PROMPTS
from between.reading.linear import Floats, linear, read

SOURCE = PROMPTS / "guide" / "intents.toml"
NAME = "intent"
NOTHING = "nothing"
"""The head's word for a plain statement that asks for nothing."""
NEAR = 0.9
"""Likeness from which an example settles it; the encoder gives any two sentences about a half."""
SURE = 0.5
"""Likelihood from which the head settles it. Taking a story for a goodbye does harm, so in doubt it is a story."""
LONGEST = 60
"""Words beyond which a text is too long for a guess by likeness."""


class Encoder(Protocol):
    """Texts as rows of unit length."""

    def embed(self, texts: list[str]) -> NDArray[np.float32]:
        """One row of 384 numbers for each text."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What tells one intent."""

    intent: Intent
    patterns: tuple[re.Pattern[str], ...]
    longest: int
    examples: tuple[str, ...]

    def fits(self, plain: str) -> bool:
        """Whether a pattern settles it."""
        if self.longest and len(plain.split()) > self.longest:
            return False
        return any(pattern.search(plain) for pattern in self.patterns)


def load(source: Path = SOURCE) -> tuple[Rule, ...]:
    """The rules in the order in which they are tried; ``BrokenPrompt`` when the file cannot be used."""
    try:
        with source.open("rb") as file:
            kept = tomllib.load(file)
        return tuple(
            Rule(
                Intent(one["name"]),
                tuple(re.compile(pattern) for pattern in one["patterns"]),
                int(one["longest"]),
                tuple(one["examples"]),
            )
            for one in kept["intent"]
        )
    except (OSError, KeyError, ValueError, re.error):
        raise BrokenPrompt(source.name) from None


def plain(text: str) -> str:
    """Lower case, straight apostrophes, single spaces."""
    return " ".join(text.lower().replace("’", "'").replace("‘", "'").split())


class Intents:
    """The rules first, then the nearest example, then a small head; the last two only with an encoder."""

    def __init__(self, encoder: Encoder | None = None, source: Path = SOURCE) -> None:
        self._rules = load(source)
        self._of_example = [rule.intent for rule in self._rules for _ in rule.examples]
        examples = [example for rule in self._rules for example in rule.examples]
        self._rows: Floats | None = encoder.embed(examples) if encoder is not None else None
        kept = read(NAME)
        self._labels = [str(label) for label in kept["labels"]]
        self._head = linear(kept, "rows")

    def read(self, text: str, row: Floats | None = None) -> Intent | None:
        """The intent that the text most likely has; ``None`` when nothing fits."""
        said = plain(text)
        for rule in self._rules:
            if rule.fits(said):
                return rule.intent
        if row is None or self._rows is None or len(said.split()) > LONGEST:
            return None
        alike = self._rows @ row
        nearest = int(np.argmax(alike))
        if alike[nearest] >= NEAR:
            return self._of_example[nearest]
        return self._guessed(row)

    def _guessed(self, row: Floats) -> Intent | None:
        score = self._head.of_dense(row)
        likely = np.exp(score - score.max())
        likely /= likely.sum()
        best = int(np.argmax(likely))
        if likely[best] < SURE or self._labels[best] == NOTHING:
            return None
        return Intent(self._labels[best])
