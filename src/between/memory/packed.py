"""The sealed bytes that memory keeps beside each entry or message, so that it is embedded only once.

# Format, little endian, before sealing
#   4 bytes   b"BTV1"
#   16 bytes  fingerprint of what was embedded: the cuts' version, the context and the text (BLAKE2b)
#   u16, n    length of the embedder's id, and the id in UTF-8
#   u16       dimensions
#   u32       number of chunks
#   u32 x 2   start and end of each chunk in the text
#   float16   chunks x dimensions, row by row
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from between.errors import Damaged, TooNew
from between.memory.ports import Vectors

MAGIC = b"BTV1"
_HEAD = struct.Struct("<4s16sH")
_SHAPE = struct.Struct("<HI")


@dataclass(frozen=True, slots=True)
class Packed:
    """The vectors of one source, and what they were made from and with."""

    embedder: str
    fingerprint: bytes
    spans: tuple[tuple[int, int], ...]
    vectors: Vectors = field(repr=False)


def fingerprint(*parts: str) -> bytes:
    """16 bytes that change with any of the parts."""
    digest = hashlib.blake2b(digest_size=16)
    for part in parts:
        content = part.encode("utf-8", "surrogatepass")
        digest.update(len(content).to_bytes(8, "little"))
        digest.update(content)
    return digest.digest()


def pack(packed: Packed) -> bytes:
    """The bytes to seal."""
    name = packed.embedder.encode("utf-8")
    rows, dimensions = packed.vectors.shape
    return b"".join(
        (
            _HEAD.pack(MAGIC, packed.fingerprint, len(name)),
            name,
            _SHAPE.pack(dimensions, rows),
            np.asarray(packed.spans, dtype="<u4").reshape(rows, 2).tobytes(),
            packed.vectors.astype("<f2").tobytes(),
        )
    )


def unpack(content: bytes) -> Packed:
    """What was packed; ``Damaged`` or ``TooNew`` when it is not that."""
    if content[:3] == MAGIC[:3] and content[:4] > MAGIC:
        raise TooNew
    try:
        magic, digest, length = _HEAD.unpack_from(content)
        place = _HEAD.size + length
        name = content[_HEAD.size : place].decode("utf-8")
        dimensions, rows = _SHAPE.unpack_from(content, place)
    except (struct.error, UnicodeDecodeError):
        raise Damaged from None
    spans_at = place + _SHAPE.size
    vectors_at = spans_at + rows * 8
    if magic != MAGIC or len(content) != vectors_at + rows * dimensions * 2:
        raise Damaged
    spans = np.frombuffer(content, dtype="<u4", count=rows * 2, offset=spans_at).reshape(rows, 2)
    halves = np.frombuffer(content, dtype="<f2", offset=vectors_at).reshape(rows, dimensions)
    vectors = halves.astype(np.float32)
    if not np.isfinite(vectors).all():
        raise Damaged
    return Packed(name, digest, _pairs(spans.tolist()), vectors)


def _pairs(spans: Sequence[Sequence[int]]) -> tuple[tuple[int, int], ...]:
    return tuple((start, end) for start, end in spans)
