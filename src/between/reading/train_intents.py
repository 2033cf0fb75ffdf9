"""Makes the head that guesses intents; part of ``python -m between.reading.train``."""

from __future__ import annotations

import json

import numpy as np
from sklearn.linear_model import LogisticRegression

from between.memory.encoder import Encoder
from between.reading import intent
from between.reading.distortion import DATA
from between.reading.linear import HEADS, quantised

ROW = 10.0
"""Unit rows are small numbers; this brings them to the size that the fit expects."""
STRENGTH = 0.3


def _lines(name: str) -> list[dict[str, str]]:
    return [json.loads(line) for line in (DATA / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def train_intents(encoder: Encoder) -> int:
    """Fits on the examples of the rules, ``data/intents.jsonl``, and plain statements that ask for nothing."""
    told = [(example, rule.intent.value) for rule in intent.load() for example in rule.examples]
    told += [(line["text"], line["intent"]) for line in _lines("intents")]
    told += [(line["text"], intent.NOTHING) for name in ("distortions", "emotions") for line in _lines(name)]
    rows = encoder.embed([text for text, _ in told]) * ROW
    model = LogisticRegression(C=STRENGTH, max_iter=500).fit(rows, [label for _, label in told])
    head = quantised(model.coef_ * ROW, model.intercept_)
    arrays = {"labels": np.array(model.classes_, dtype=np.str_), **head.arrays("rows")}
    np.savez_compressed(HEADS / f"{intent.NAME}.npz", **arrays)  # type: ignore[arg-type]  # names are keys
    return len(told)
