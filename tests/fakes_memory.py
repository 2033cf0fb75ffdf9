"""Stand-ins for what memory needs: a diary in two dictionaries, and an encoder that counts stems."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import TypeVar

import numpy as np
import snowballstemmer

from between.domain import Conversation, Entry, ItemId, Message, Progress, Role, Tier
from between.errors import BetweenError, EncoderMissing
from between.memory.nearest import ExactIndex, Hits, IndexBroken
from between.memory.ports import Vector, Vectors
from between.memory.words import tokens

Kept = TypeVar("Kept", bound=Entry | Message | Conversation)

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
"""A Monday."""


def at_now() -> datetime:
    return NOW


def item(name: object) -> ItemId:
    """A proper id from a short name."""
    return ItemId(hashlib.blake2b(str(name).encode(), digest_size=16).hexdigest())


def entry(name: object, text: str, days_ago: float = 30, **more: object) -> Entry:
    return Entry(item(name), NOW - timedelta(days=days_ago), text, **more)  # type: ignore[arg-type]  # any field


def message(name: object, text: str, days_ago: float = 30, **more: object) -> Message:
    fields: dict[str, object] = {
        "conversation_id": item("conversation"),
        "role": Role.PERSON,
        "tier": Tier.NONE,
    }
    return Message(id=item(name), at=NOW - timedelta(days=days_ago), text=text, **{**fields, **more})  # type: ignore[arg-type]  # any field


class FakeDiary:
    """Records and blobs in memory; ``trouble`` is raised by the next save."""

    def __init__(self, *records: Entry | Message | Conversation) -> None:
        self.records: dict[ItemId, Entry | Message | Conversation] = {}
        self.kept: dict[ItemId, bytes] = {}
        self.saves = 0
        self.trouble: BetweenError | None = None
        self.put(*records)

    def put(self, *records: Entry | Message | Conversation) -> None:
        self.records.update((record.id, record) for record in records)

    def forget(self, *ids: ItemId) -> None:
        for id in ids:
            self.records.pop(id, None)
            self.kept.pop(id, None)

    def get(self, cls: type[Kept], id: ItemId) -> Kept | None:
        found = self.records.get(id)
        return found if isinstance(found, cls) else None

    def all(self, cls: type[Kept]) -> list[Kept]:
        found = [record for record in self.records.values() if isinstance(record, cls)]
        return sorted(found, key=lambda record: record.at)

    def put_blobs(self, kind: str, blobs: Mapping[ItemId, bytes]) -> None:
        if self.trouble is not None:
            raise self.trouble
        self.saves += 1
        self.kept.update(blobs)

    def blobs(self, kind: str) -> Iterator[tuple[ItemId, bytes]]:
        return iter(list(self.kept.items()))

    def drop_blobs(self, kind: str, ids: Sequence[ItemId]) -> None:
        for id in ids:
            self.kept.pop(id, None)


class FakeEncoder:
    """Each stem points in a direction of its own, so that texts that share stems are near.

    ``missing`` makes it fail as if its files were gone; ``gate`` holds every embedding up until it is set.
    """

    def __init__(self, id: str = "fake/1", dimensions: int = 96) -> None:
        self.id = id
        self.dimensions = dimensions
        self.missing = False
        self.embedded: list[str] = []
        self.started = threading.Event()
        self.gate = threading.Event()
        self.gate.set()
        self._stem = snowballstemmer.stemmer("english").stemWord

    def embed(self, texts: Sequence[str], progress: Callable[[Progress], None] | None = None) -> Vectors:
        rows = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for number, text in enumerate(texts):
            self.started.set()
            self.gate.wait(10)
            if self.missing:
                raise EncoderMissing
            self.embedded.append(text)
            rows[number] = self._row(text)
            if progress is not None:
                progress(Progress(number + 1, len(texts)))
        return rows

    def embed_query(self, text: str) -> Vector:
        if self.missing:
            raise EncoderMissing
        return self._row(text)

    def _row(self, text: str) -> Vector:
        row = np.full(self.dimensions, 0.05, dtype=np.float32)
        for word in tokens(text):
            digest = hashlib.blake2b(self._stem(word).encode(), digest_size=4).digest()
            row[int.from_bytes(digest, "big") % self.dimensions] += 1
        unit: Vector = (row / np.linalg.norm(row)).astype(np.float32)
        return unit


class BrittleIndex(ExactIndex):
    """An index that fails when it is told to, as Chroma can."""

    def __init__(self, dimensions: int = 96) -> None:
        super().__init__(dimensions)
        self.broken = False
        self.closed = False

    def add(self, ids: Sequence[str], vectors: Vectors) -> None:
        if self.broken:
            raise IndexBroken
        super().add(ids, vectors)

    def query(self, vector: Vector, k: int, among: Sequence[str] | None = None) -> Hits:
        if self.broken:
            raise IndexBroken
        return super().query(vector, k, among)

    def close(self) -> None:
        self.closed = True
        super().close()
