"""Nearest vectors by exact search: answers at once, and stands in whenever Chroma cannot be had."""

from __future__ import annotations

import threading
from collections.abc import Collection, Sequence
from typing import Protocol

import numpy as np

from between.memory.ports import Vector, Vectors

Hits = list[tuple[str, float]]
"""Ids with their cosine, best first."""


class IndexBroken(Exception):
    """An index cannot be had privately, or failed; never shown: exact search takes over."""


class VectorIndex(Protocol):
    """What memory asks of an index of unit vectors; each call is safe from any thread."""

    def add(self, ids: Sequence[str], vectors: Vectors) -> None:
        """Takes vectors in; a known id is replaced."""

    def remove(self, ids: Collection[str]) -> None:
        """Drops vectors; unknown ids are ignored."""

    def query(self, vector: Vector, k: int, among: Sequence[str] | None = None) -> Hits:
        """The nearest ``k``, of all or of some; unknown ids are left out."""

    def vectors(self, ids: Sequence[str]) -> dict[str, Vector]:
        """The vectors of these ids; unknown ids are left out."""

    def close(self) -> None:
        """Gives the memory back."""

    def __len__(self) -> int: ...


class ExactIndex:
    """Every vector compared with every question: exact, and quick up to tens of thousands."""

    def __init__(self, dimensions: int) -> None:
        self._lock = threading.Lock()
        self._ids: list[str] = []
        self._rows: dict[str, int] = {}
        self._matrix = np.empty((0, dimensions), dtype=np.float32)

    def __len__(self) -> int:
        return len(self._ids)

    def add(self, ids: Sequence[str], vectors: Vectors) -> None:
        """Takes vectors in; a known id is replaced."""
        with self._lock:
            for name in ids:
                if name not in self._rows:
                    self._rows[name] = len(self._ids)
                    self._ids.append(name)
            if len(self._ids) > len(self._matrix):
                grown = np.zeros(
                    (max(len(self._ids), 2 * len(self._matrix)), self._matrix.shape[1]), np.float32
                )
                grown[: len(self._matrix)] = self._matrix
                self._matrix = grown
            self._matrix[[self._rows[name] for name in ids]] = vectors

    def remove(self, ids: Collection[str]) -> None:
        """Drops vectors; unknown ids are ignored."""
        with self._lock:
            for name in ids:
                row = self._rows.pop(name, None)
                if row is None:
                    continue
                last = self._ids.pop()
                if last != name:  # the last one moves into the hole
                    self._ids[row], self._rows[last] = last, row
                    self._matrix[row] = self._matrix[len(self._ids)]
                self._matrix[len(self._ids)] = 0

    def query(self, vector: Vector, k: int, among: Sequence[str] | None = None) -> Hits:
        """The nearest ``k``, of all or of some; unknown ids are left out."""
        with self._lock:
            if among is None:
                ids, matrix = self._ids, self._matrix[: len(self._ids)]
            else:
                ids = [name for name in dict.fromkeys(among) if name in self._rows]
                matrix = self._matrix[[self._rows[name] for name in ids]]
            k = min(k, len(ids))
            if k <= 0:
                return []
            cosines = matrix @ vector
            best = np.argpartition(-cosines, k - 1)[:k]
            best = best[np.argsort(-cosines[best], kind="stable")]
            return [(ids[i], float(cosines[i])) for i in best]

    def vectors(self, ids: Sequence[str]) -> dict[str, Vector]:
        """The vectors of these ids; unknown ids are left out."""
        with self._lock:
            return {name: self._matrix[self._rows[name]].copy() for name in ids if name in self._rows}

    def ids(self) -> list[str]:
        """All ids, in no order."""
        with self._lock:
            return list(self._ids)

    def close(self) -> None:
        """Gives the memory back."""
        with self._lock:
            self._ids, self._rows = [], {}
            self._matrix = np.empty((0, self._matrix.shape[1]), dtype=np.float32)
