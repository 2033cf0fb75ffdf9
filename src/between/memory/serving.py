"""The vector index that answers now: exact search first, Chroma when it is full, exact again if it breaks."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import suppress

import numpy as np

from between.memory.nearest import ExactIndex, Hits, IndexBroken, VectorIndex
from between.memory.ports import Vector, Vectors

SMALL_STEP = 100
"""Vectors handed over at a time: Chroma holds the interpreter for 30 ms while it takes them."""
PAUSE = 0.002
"""Seconds between two steps, so that a question gets through."""


class Halted(Exception):
    """The space is being locked, or the person stopped the work."""


class ServingIndex:
    """A ``VectorIndex`` that can be replaced while it is in use; no question fails because of that."""

    def __init__(
        self, dimensions: int, reload: Callable[[], Iterable[tuple[Sequence[str], Vectors]]]
    ) -> None:
        """``reload`` brings all vectors again, for the day that Chroma breaks and exact search is long gone."""
        self._dimensions, self._reload = dimensions, reload
        self._lock = threading.RLock()
        self._serving: VectorIndex = ExactIndex(dimensions)
        self._filling: VectorIndex | None = None

    @property
    def is_exact(self) -> bool:
        """Whether exact search answers: the other is not full yet, or not to be had."""
        return type(self._serving) is ExactIndex

    def __len__(self) -> int:
        return len(self._serving)

    def add(self, ids: Sequence[str], vectors: Vectors) -> None:
        """Takes vectors in; a known id is replaced."""
        self._change(lambda index: index.add(ids, vectors))

    def remove(self, ids: Collection[str]) -> None:
        """Drops vectors; unknown ids are ignored."""
        self._change(lambda index: index.remove(ids))

    def _change(self, change: Callable[[VectorIndex], None]) -> None:
        with self._lock:
            try:
                change(self._serving)
            except IndexBroken:
                self._fall_back()
                change(self._serving)
            if self._filling is not None:
                try:
                    change(self._filling)
                except IndexBroken:
                    self._drop_filling()

    def query(self, vector: Vector, k: int, among: Sequence[str] | None = None) -> Hits:
        """The nearest ``k``, of all or of some; unknown ids are left out."""
        with self._lock:
            try:
                return self._serving.query(vector, k, among)
            except IndexBroken:
                self._fall_back()
                return self._serving.query(vector, k, among)

    def vectors(self, ids: Sequence[str]) -> dict[str, Vector]:
        """The vectors of these ids; unknown ids are left out."""
        with self._lock:
            try:
                return self._serving.vectors(ids)
            except IndexBroken:
                self._fall_back()
                return self._serving.vectors(ids)

    def hand_over_to(self, private: VectorIndex, halt: Callable[[], bool]) -> None:
        """Copies all vectors in small steps, then lets ``private`` answer and gives exact search's memory back."""
        with self._lock:
            exact = self._serving
            if type(exact) is not ExactIndex:
                private.close()
                return
            self._filling = private
            names = exact.ids()
        for start in range(0, len(names), SMALL_STEP):
            if halt():
                self._drop_filling()
                raise Halted
            with self._lock:
                if self._filling is not private:  # it broke while something was remembered
                    return
                rows = exact.vectors(names[start : start + SMALL_STEP])
                try:
                    private.add(list(rows), np.array(list(rows.values()), dtype=np.float32))
                except IndexBroken:
                    self._drop_filling()
                    return
            time.sleep(PAUSE)
        with self._lock:
            if self._filling is private:
                self._serving, self._filling = private, None
                exact.close()

    def _drop_filling(self) -> None:
        with self._lock:
            broken, self._filling = self._filling, None
            if broken is not None:
                broken.close()

    def _fall_back(self) -> None:
        broken = self._serving
        exact = ExactIndex(self._dimensions)
        for ids, vectors in self._reload():
            exact.add(ids, vectors)
        self._serving = exact
        with suppress(IndexBroken):
            broken.close()

    def close(self) -> None:
        """Gives the memory back; afterwards it is empty."""
        with self._lock:
            self._drop_filling()
            self._serving.close()
            self._serving = ExactIndex(self._dimensions)
