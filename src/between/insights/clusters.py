"""Groups of texts that are close in meaning, found by average linkage in numpy."""

from __future__ import annotations

import numpy as np

from between.insights.ports import Vectors

MOST = 2_000
"""Texts clustered at once; memory grows with its square."""


def centred(vectors: Vectors) -> Vectors:
    """Unit rows without what all texts of the diary share, which would make everything look alike."""
    rows = vectors - vectors.mean(axis=0, keepdims=True)
    norms = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.maximum(norms, 1e-9), dtype=np.float32)


def groups(vectors: Vectors, least: float) -> list[list[int]]:
    """Row numbers in groups whose mean likeness inside is at least this; single rows are left out."""
    n = len(vectors)
    if n < 2:
        return []
    merges = _merges(centred(vectors))
    parent = list(range(n))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for a, b, likeness in merges:
        if likeness >= least:
            parent[root(b)] = root(a)
    found: dict[int, list[int]] = {}
    for i in range(n):
        found.setdefault(root(i), []).append(i)
    return sorted((rows for rows in found.values() if len(rows) > 1), key=len, reverse=True)


def _merges(rows: Vectors) -> list[tuple[int, int, float]]:
    """Every merge of the average-linkage tree as (row, row, likeness), by the nearest-neighbour chain.

    The chain finds the merges in another order than by likeness. They can still be cut at any likeness,
    because average linkage never lets a later merge of the same rows be closer than an earlier one.
    """
    n = len(rows)
    likeness = rows @ rows.T
    np.fill_diagonal(likeness, -np.inf)
    size = np.ones(n)
    alive = np.ones(n, dtype=np.bool_)
    merges: list[tuple[int, int, float]] = []
    chain: list[int] = []
    while len(merges) < n - 1:
        if not chain:
            chain.append(int(np.argmax(alive)))
        top = chain[-1]
        near = int(np.argmax(likeness[top]))
        if len(chain) > 1 and likeness[top, chain[-2]] >= likeness[top, near]:
            near = chain[-2]
            del chain[-2:]
            merges.append((top, near, float(likeness[top, near])))
            joined = (size[top] * likeness[top] + size[near] * likeness[near]) / (size[top] + size[near])
            size[top] += size[near]
            likeness[top] = joined
            likeness[:, top] = joined
            likeness[top, top] = -np.inf
            likeness[near] = -np.inf
            likeness[:, near] = -np.inf
            alive[near] = False
        else:
            chain.append(near)
    return merges
