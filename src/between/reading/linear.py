"""Small linear models as plain numbers: made in ``train``, kept in ``heads``, and read here without pickle.

An ``.npz`` in ``heads`` holds for each model name ``m``:
``m.weights`` int8 (labels, inputs), ``m.scale`` float32 (labels), ``m.bias`` float32 (labels).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Arrays = Mapping[str, NDArray[np.generic]]

HEADS = Path(__file__).parent / "heads"


@dataclass(frozen=True, slots=True)
class Linear:
    """One score for each label: a weighted sum of the inputs."""

    weights: NDArray[np.int8]
    scale: Floats
    bias: Floats

    def of_dense(self, row: Floats) -> Floats:
        """Scores of a whole row of inputs."""
        return (self.weights @ row * self.scale + self.bias).astype(np.float32)

    def of_sparse(self, index: NDArray[np.int64], value: Floats) -> Floats:
        """Scores of the few inputs that are not zero."""
        return (self.weights[:, index] @ value * self.scale + self.bias).astype(np.float32)

    def arrays(self, name: str) -> dict[str, NDArray[np.generic]]:
        """What is written to the file."""
        return {f"{name}.weights": self.weights, f"{name}.scale": self.scale, f"{name}.bias": self.bias}


def quantised(weights: NDArray[np.floating], bias: NDArray[np.floating]) -> Linear:
    """Weights rounded to one byte each, which changes no decision that matters and makes the file small."""
    scale = np.maximum(np.abs(weights).max(axis=1) / 127.0, 1e-9)
    rounded = np.round(weights / scale[:, None]).astype(np.int8)
    return Linear(rounded, scale.astype(np.float32), bias.astype(np.float32))


def read(name: str) -> dict[str, NDArray[np.generic]]:
    """All arrays of one file in ``heads``."""
    with np.load(HEADS / f"{name}.npz", allow_pickle=False) as kept:
        return {key: kept[key] for key in kept.files}


def linear(arrays: Arrays, name: str) -> Linear:
    """One model out of the arrays of a file."""
    return Linear(
        arrays[f"{name}.weights"].astype(np.int8),
        arrays[f"{name}.scale"].astype(np.float32),
        arrays[f"{name}.bias"].astype(np.float32),
    )


def floats(arrays: Arrays, name: str) -> Floats:
    """One array of numbers out of the arrays of a file."""
    return arrays[name].astype(np.float32)


def likelihood(score: Floats) -> Floats:
    """A score as a number between 0 and 1; a half is the line between no and yes."""
    return (1.0 / (1.0 + np.exp(-np.clip(score, -30.0, 30.0)))).astype(np.float32)
