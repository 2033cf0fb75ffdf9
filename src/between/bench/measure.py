"""One measured figure, what it stands beside, and how both are told: a JSON line each, a table at the end."""

from __future__ import annotations

import json
import os
import statistics
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np


@dataclass(frozen=True, slots=True)
class Scale:
    """How much time the person has."""

    quick: bool = False
    """About two minutes in all, on smaller lives."""
    full: bool = False
    """Nothing is cut short."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One measurement; ``ours`` is ``None`` when it could not be taken, and the note says why."""

    bench: str
    case: str
    what: str
    unit: str = ""
    ours: float | None = None
    beside: Mapping[str, float] = field(default_factory=dict)
    """The same work done by a peer or by the bare part, in the same run and unit."""
    note: str = ""

    def ratios(self) -> dict[str, float]:
        """Ours as a multiple of each figure beside it."""
        if self.ours is None:
            return {}
        return {name: _short(self.ours / other) for name, other in self.beside.items() if other > 0}

    def line(self) -> str:
        """As one line of JSON, with the load of the computer at this moment."""
        told: dict[str, Any] = {"bench": self.bench, "case": self.case, "what": self.what}  # Any: plain JSON
        if self.ours is not None:
            told |= {"unit": self.unit, "ours": _short(self.ours)}
        if self.beside:
            told |= {"beside": {name: _short(value) for name, value in self.beside.items()}}
            told |= {"ratio": self.ratios()}
        if self.note:
            told["note"] = self.note
        return json.dumps({**told, "load": round(load(), 1)}, ensure_ascii=False)


def load() -> float:
    """Programs that wanted the processor in the last minute; 0 where the system does not say."""
    return os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0


def seconds(work: Callable[[], object]) -> float:
    """How long it takes, once."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def milliseconds(work: Callable[[], object]) -> float:
    """How long it takes, once."""
    return 1000 * seconds(work)


def median(values: Iterable[float]) -> float:
    """The middle one."""
    return statistics.median(values)


def p95(values: Sequence[float]) -> float:
    """All but one in twenty are quicker."""
    return float(np.percentile(values, 95))


def turns(contestants: Mapping[str, Callable[[str], object]], asked: Sequence[str]) -> dict[str, list[float]]:
    """Milliseconds of each contestant for each text: one after another, beginning with another each time."""
    names = list(contestants)
    taken: dict[str, list[float]] = {name: [] for name in names}
    for number, text in enumerate(asked):
        first = number % len(names)
        for name in (*names[first:], *names[:first]):
            start = time.perf_counter()
            contestants[name](text)
            taken[name].append(1000 * (time.perf_counter() - start))
    return taken


def table(figures: Sequence[Figure]) -> str:
    """All figures for the eye."""
    rows = [("measured", "ours", "beside", "ratio", "note")]
    for figure in figures:
        ratios = figure.ratios()
        first, *more = list(figure.beside.items()) or [("", 0.0)]
        ours = "-" if figure.ours is None else f"{_short(figure.ours):g} {figure.unit}"
        what = f"{figure.bench}: {figure.case}, {figure.what}"
        rows.append((what, ours, _beside(*first), _ratio(ratios, first[0]), figure.note))
        rows += [("", "", _beside(*other), _ratio(ratios, other[0]), "") for other in more]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    lines = [
        "  ".join((*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[4])).rstrip()
        for row in rows
    ]
    return "\n".join((lines[0], "-" * min(110, max(map(len, lines))), *lines[1:]))


def _beside(name: str, value: float) -> str:
    return f"{_short(value):g} {name}" if name else ""


def _ratio(ratios: Mapping[str, float], name: str) -> str:
    return f"x{ratios[name]:g}" if name in ratios else ""


def _short(value: float) -> float:
    """Three digits that mean something."""
    return float(f"{value:.3g}") if abs(value) < 100 else round(value)
