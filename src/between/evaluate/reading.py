"""The yardstick for reading: emotions and thinking patterns, as the reader guesses them.

Lines ``{"id", "text", "labels"?}``; predictions ``{"id", "labels"}``, most likely first. A line without
``labels`` is predicted and not counted. Metrics: macro-F1 over the labels that occur, each label on its own,
how often the first guess is right, and specificity: for thinking patterns the share of lines with none that
were left alone, for emotions the mean over labels of the lines rightly left without that label.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, TextIO

from between.domain import Reading
from between.errors import EncoderMissing
from between.memory.encoder import Encoder
from between.reading import distortion, emotion
from between.reading.read import Reader

Line = Mapping[str, Any]  # Any: one JSON object from a file, as described above
Guess = Callable[[Reading], list[str]]
Pair = tuple[frozenset[str], list[str]]
"""What is true of a line, and what was guessed."""

AT = datetime(2026, 1, 1, tzinfo=UTC)


def emotions(lines: Iterable[Line], predictions: TextIO | None) -> dict[str, Any]:
    """Guess the emotions of every line."""
    started = time.perf_counter()
    pairs, n = _guess(lines, predictions, lambda reading: [label for label, _ in reading.emotions])
    each = {label: _label(label, pairs) for label in emotion.LABELS}
    left = [one["specificity"] for one in each.values() if one["specificity"] is not None]
    return {
        "n": n,
        **_overall(pairs, each),
        "specificity": _mean(left),
        "labels": each,
        "seconds": round(time.perf_counter() - started, 2),
    }


def distortions(lines: Iterable[Line], predictions: TextIO | None) -> dict[str, Any]:
    """Guess the thinking patterns of every line; none is the right answer for most."""
    started = time.perf_counter()
    pairs, n = _guess(lines, predictions, lambda reading: [label for label, _ in reading.distortions])
    each = {label: _label(label, pairs) for label in distortion.LABELS}
    none = [guessed for true, guessed in pairs if not true]
    some = [guessed for true, guessed in pairs if true]
    return {
        "n": n,
        **_overall(pairs, each),
        "specificity": _mean([float(not guessed) for guessed in none]),
        "sensitivity": _mean([float(bool(guessed)) for guessed in some]),
        "labels": each,
        "seconds": round(time.perf_counter() - started, 2),
    }


def _guess(lines: Iterable[Line], predictions: TextIO | None, of: Guess) -> tuple[list[Pair], int]:
    reader = Reader(_encoder())
    pairs: list[Pair] = []
    count = 0
    for number, line in enumerate(lines):
        count += 1
        guessed = of(reader.read(str(line["text"]), AT))
        if "labels" in line:
            pairs.append((frozenset(line["labels"]), guessed))
        if predictions is not None:
            predictions.write(json.dumps({"id": line.get("id", str(number)), "labels": guessed}) + "\n")
    return pairs, count


def _encoder() -> Encoder | None:
    """The packaged encoder; the reader also works without it, less well."""
    try:
        return Encoder()
    except EncoderMissing:
        return None


def _label(label: str, pairs: list[Pair]) -> dict[str, Any]:
    """Precision, recall, F1 and specificity of one label, and how many lines have it."""
    hit = sum(label in true and label in guessed for true, guessed in pairs)
    alarm = sum(label not in true and label in guessed for true, guessed in pairs)
    have = sum(label in true for true, _ in pairs)
    without = len(pairs) - have
    precision = hit / (hit + alarm) if hit + alarm else 0.0
    recall = hit / have if have else 0.0
    return {
        "n": have,
        "precision": round(precision, 4),
        "recall": round(recall, 4),
        "f1": round(2 * precision * recall / (precision + recall), 4) if hit else 0.0,
        "specificity": round(1 - alarm / without, 4) if without else None,
    }


def _overall(pairs: list[Pair], each: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Macro-F1 over the labels that occur, and the share of lines whose first guess is right."""
    labelled = [(true, guessed) for true, guessed in pairs if true]
    return {
        "macro_f1": _mean([one["f1"] for one in each.values() if one["n"]]),
        "first_right": _mean([float(bool(guessed) and guessed[0] in true) for true, guessed in labelled]),
    }


def _mean(values: list[float]) -> float | None:
    return round(sum(values) / len(values), 4) if values else None
