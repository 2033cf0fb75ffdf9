"""The one door to onnxruntime: the bytes of a model in, arrays out, nothing written and nothing sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import onnxruntime as ort  # type: ignore[import-untyped]  # ships no types
from numpy.typing import NDArray

Arrays = Mapping[str, NDArray[Any]]  # Any: whatever numbers the model takes


class Session:
    """A loaded model; any thread may run it."""

    def __init__(self, model: bytes, threads: int = 2) -> None:
        options = ort.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        ort.disable_telemetry_events()
        self._session = ort.InferenceSession(model, options, providers=["CPUExecutionProvider"])

    def run(self, outputs: Sequence[str], inputs: Arrays) -> list[NDArray[Any]]:
        """The named outputs, in this order."""
        found: list[NDArray[Any]] = self._session.run(list(outputs), dict(inputs))
        return found
