"""Could it be chance? Permutation tests, bootstrap intervals and a correction for looking often.

Moods of neighbouring days are alike, and so are words, which makes ordinary tests see links that are not
there. So tests of single days are made on what is left of each mood after the day before (an AR(1) model),
weekday tests compare days within the same week, and intervals resample whole weeks.
"""

from __future__ import annotations

from datetime import date

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

ALPHA = 0.01
"""A mirror that is wrong costs more trust than one that is silent: stricter than the usual 5 in 100."""
_SEED = 20_240_229  # the same diary gives the same answer
_CHUNK = 500
_WEEK = 7
_PLAINLY_CHANCE = 60
"""Times that chance did as well, out of 500 rounds or some more, after which it needs no finer figure."""
MIN_PAIRS = 8
"""Pairs of neighbouring days needed to say how alike they are."""


def whitened(days: list[date], values: Floats) -> Floats:
    """What is left of each value after the one before, by how alike neighbouring days are."""
    centred = values - values.mean()
    gaps = np.diff([day.toordinal() for day in days])
    near = gaps == 1
    if near.sum() < MIN_PAIRS:
        return np.asarray(centred, dtype=np.float64)
    before, after = centred[:-1], centred[1:]
    power = float(before[near] @ before[near])
    likeness = float(np.clip(before[near] @ after[near] / power, 0.0, 0.98)) if power else 0.0
    left = centred.copy()
    left[1:] -= likeness**gaps * before
    # A value after a long gap keeps its whole spread: bring all to one scale, so that they can be exchanged.
    left[1:] /= np.sqrt(np.maximum(1e-9, 1 - likeness ** (2 * gaps)) / (1 - likeness**2 + 1e-9))
    left[0] *= np.sqrt(1 - likeness**2)
    return np.asarray(left, dtype=np.float64)


def permutation_p(values: Floats, flags: Flags, rounds: int = 10_000) -> Floats:
    """For each column of flags: how often chance parts flagged and other days as far as here, two-sided."""
    present = flags.astype(np.float64)
    expected = values.sum() * present.sum(axis=0) / len(values)
    seen = np.abs(values @ present - expected) - 1e-9
    dice = np.random.default_rng(_SEED)
    hits, done = np.zeros(flags.shape[1]), 0
    while done < rounds:
        rows = min(_CHUNK, rounds - done)
        shuffled = dice.permuted(np.tile(values, (rows, 1)), axis=1)
        hits += (np.abs(shuffled @ present - expected) >= seen).sum(axis=0)
        done += rows
        if hits.min() >= _PLAINLY_CHANCE:
            break  # no column can be believed any more; more rounds would only make it surer
    return np.asarray((hits + 1) / (done + 1), dtype=np.float64)


def weekday_p(days: list[date], values: Floats, rounds: int = 5_000) -> Floats:
    """For each weekday: how often days shuffled within their weeks part one weekday as far as this one is.

    The chance is for the most striking of all seven, so looking at each is already paid for.
    """
    weekday = np.array([day.weekday() for day in days])
    week = np.array([day.toordinal() - day.weekday() for day in days])
    order = np.lexsort((weekday, week))
    values, weekday, week = values[order], weekday[order], week[order]
    columns = np.eye(7)[weekday]
    seen = _striking(values[None, :], columns)[0]
    dice = np.random.default_rng(_SEED)
    hits = np.zeros(7)
    weeks = np.unique(week, return_inverse=True)[1].astype(np.float64)
    for start in range(0, rounds, _CHUNK):
        rows = min(_CHUNK, rounds - start)
        keys = weeks[None, :] + dice.random((rows, len(values)))
        shuffled = values[np.argsort(keys, axis=1)]
        best = np.nanmax(_striking(shuffled, columns), axis=1)
        hits += (best[:, None] >= seen[None, :] - 1e-9).sum(axis=0)
    return np.asarray((hits + 1) / (rounds + 1), dtype=np.float64)


def _striking(rows: Floats, columns: Floats) -> Floats:
    """How far the mean of each weekday lies from that of the other days, in its own standard errors."""
    n = columns.sum(axis=0)
    rest = rows.shape[1] - n
    with np.errstate(divide="ignore", invalid="ignore"):
        means = rows @ columns / n
        others = (rows.sum(axis=1, keepdims=True) - rows @ columns) / rest
        scale = np.sqrt(1 / n + 1 / rest)
        return np.asarray(np.nan_to_num(np.abs(means - others) / scale), dtype=np.float64)


def interval(values: Floats, rounds: int = 2_000) -> tuple[float, float]:
    """In which the mean lies, 95 times in 100."""
    picks = np.random.default_rng(_SEED).integers(0, len(values), (rounds, len(values)))
    low, high = np.percentile(values[picks].mean(axis=1), [2.5, 97.5])
    return float(low), float(high)


def difference_interval(
    days: list[date], values: Floats, flags: Flags, rounds: int = 2_000
) -> tuple[float, float]:
    """In which the difference of the means, flagged less others, lies 95 times in 100; weeks are resampled whole."""
    blocks = np.array([day.toordinal() // _WEEK for day in days])
    _, block = np.unique(blocks, return_inverse=True)
    count = int(block.max()) + 1
    sums = np.stack(
        [
            np.bincount(block, weights=weights, minlength=count)
            for weights in (flags * values, flags * 1.0, ~flags * values, ~flags * 1.0)
        ],
        axis=1,
    )
    dice = np.random.default_rng(_SEED)
    drawn = dice.multinomial(count, np.full(count, 1 / count), size=rounds) @ sums
    drawn = drawn[(drawn[:, 1] > 0) & (drawn[:, 3] > 0)]
    if not len(drawn):
        return float("-inf"), float("inf")
    low, high = np.percentile(drawn[:, 0] / drawn[:, 1] - drawn[:, 2] / drawn[:, 3], [2.5, 97.5])
    return float(low), float(high)


def discoveries(p: Floats, alpha: float = ALPHA) -> Flags:
    """Which of many looks may be believed when at most this share of them may be wrong (Benjamini and Hochberg)."""
    order = np.argsort(p)
    passes = p[order] <= alpha * np.arange(1, len(p) + 1) / max(1, len(p))
    last = int(np.max(np.nonzero(passes)[0])) + 1 if passes.any() else 0
    believed = np.zeros(len(p), dtype=np.bool_)
    believed[order[:last]] = True
    return believed
