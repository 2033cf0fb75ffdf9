"""Says how the rules, the classifier and both together do on lines that nothing was fitted to."""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from between.domain import Tier
from between.safety.train_lines import Sample

Probabilities = NDArray[np.float64]
"""One row for each sample: crisis, any card."""
_BANDS = ((0, 15), (15, 40), (40, 100), (100, 10_000))
_Z = 1.959964


def say(line: str) -> None:
    """A line for the person who trains."""
    sys.stdout.write(line + "\n")


def wilson(hits: Iterable[bool]) -> str:
    """A share with its 95 % interval."""
    seen = list(hits)
    if not seen:
        return "-"
    n, p = len(seen), sum(seen) / len(seen)
    scale = 1 + _Z**2 / n
    middle = (p + _Z**2 / (2 * n)) / scale
    spread = _Z * math.sqrt(p * (1 - p) / n + _Z**2 / (4 * n**2)) / scale
    return f"{p:.3f} [{max(0, middle - spread):.2f}-{min(1, middle + spread):.2f}] n={n}"


def report(samples: Sequence[Sample], likely: Probabilities, soft: float, hard: float) -> None:
    """Any card and hard card for each label: rules, classifier, both; then both in parts."""
    card = [p[1] >= soft or p[0] >= hard for p in likely]
    loud = [p[0] >= hard for p in likely]
    ruled = [s.rules >= Tier.PASSIVE for s in samples]
    ruled_loud = [s.rules >= Tier.ACTIVE for s in samples]
    joined = [a or b for a, b in zip(card, ruled, strict=True)]
    joined_loud = [a or b for a, b in zip(loud, ruled_loud, strict=True)]
    for label in ("crisis", "elevated", "none"):
        at = [n for n, s in enumerate(samples) if s.label == label]
        if not at:
            continue
        for name, any_card, hard_card in (
            ("rules", ruled, ruled_loud),
            ("classifier", card, loud),
            ("both", joined, joined_loud),
        ):
            any_text, hard_text = wilson(any_card[n] for n in at), wilson(hard_card[n] for n in at)
            say(f"  {label:8} {name:10} any card {any_text}   hard {hard_text}")
    _parts(samples, joined, ruled)


def _parts(samples: Sequence[Sample], joined: Sequence[bool], ruled: Sequence[bool]) -> None:
    parts: dict[str, Callable[[Sample], bool]] = {}
    for genre in dict.fromkeys(s.genre for s in samples):
        parts[genre] = lambda s, genre=genre: s.genre == genre  # type: ignore[misc]  # bound now
    for low, high in _BANDS:
        parts[f"{low}-{high} words"] = lambda s, low=low, high=high: low <= len(s.text.split()) < high  # type: ignore[misc]  # bound now
    for name, inside in parts.items():
        for label in ("crisis", "elevated", "none"):
            at = [n for n, s in enumerate(samples) if inside(s) and s.label == label]
            if at:
                both, alone = wilson(joined[n] for n in at), wilson(ruled[n] for n in at)
                say(f"    {name:16} {label:8} both {both}   rules {alone}")


def curve(
    samples: Sequence[Sample], likely: Probabilities, days: tuple[Sequence[Sample], Probabilities]
) -> None:
    """What each soft line would catch, and what it would cost; the hard line left out."""
    say(
        "  soft | alone: crisis elevated none | with the rules: crisis elevated none | with the rules, whole days"
    )
    lines = np.quantile(
        likely[[s.label == "none" for s in samples], 1], [0.99, 0.97, 0.95, 0.92, 0.9, 0.85, 0.8, 0.7]
    )
    for line in lines:
        alone = [
            _share(samples, label, likely[:, 1] >= line, False) for label in ("crisis", "elevated", "none")
        ]
        both = [
            _share(samples, label, likely[:, 1] >= line, True) for label in ("crisis", "elevated", "none")
        ]
        cost = _share(days[0], "none", days[1][:, 1] >= line, True)
        numbers = " ".join(f"{value:.3f}" for value in alone), " ".join(f"{value:.3f}" for value in both)
        say(f"  {line:.3f} | {numbers[0]} | {numbers[1]} | {cost:.3f}")


def _share(samples: Sequence[Sample], label: str, over: NDArray[np.bool_], rules: bool) -> float:
    hits = [
        bool(yes) or (rules and s.rules >= Tier.PASSIVE)
        for s, yes in zip(samples, over, strict=True)
        if s.label == label
    ]
    return sum(hits) / max(1, len(hits))
