"""Everything that is derived from the diary for finding: vectors, words and cuts, kept in step with each other."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import suppress

import numpy as np

from between.domain import Entry, ItemId, Message, Progress
from between.errors import Damaged, TooNew
from between.memory import chunks, packed
from between.memory.packed import Packed
from between.memory.ports import Diary, Embedder, Source, Vector, Vectors
from between.memory.recall import Library, Passage, Question, find
from between.memory.serving import Halted, ServingIndex
from between.memory.shelf import Shelf, Shelved, context, fingerprint, labels, may_return
from between.memory.words import Words, telling

KIND = "vectors"
"""The kind under which the diary seals the bytes described in ``packed``."""
TOGETHER = 32
"""Chunks that are embedded and kept at a time: less than a second, so that locking need not wait."""


class Archive:
    """One lock over all of it: what the sealed bytes, the shelf, the words and the index say always agrees."""

    def __init__(self, diary: Diary, encoder: Embedder) -> None:
        self._diary, self._encoder = diary, encoder
        self._lock = threading.RLock()
        self.index = ServingIndex(encoder.dimensions, self._sealed_vectors)
        self._library = Library(self.index, Words(), Shelf())
        self._pending: dict[ItemId, type[Source]] = {}

    @property
    def progress(self) -> Progress:
        """How many sources have vectors, of all that may come back."""
        with self._lock:
            total = len(self._library.shelf)
            return Progress(total - len(self._pending), total)

    def sources(self) -> list[Source]:
        """Everything in the diary that may come back, newest first."""
        everything: list[Source] = [*self._diary.all(Entry), *self._diary.all(Message)]
        allowed = [record for record in everything if may_return(record, self._diary)]
        return sorted(allowed, key=lambda record: record.at, reverse=True)

    # Taking in -------------------------------------------------------------------------------------

    def load(self) -> list[Source]:
        """Reads the sealed vectors; a source that has none that fit waits to be embedded. Returns all sources."""
        with self._lock:
            sealed = dict(self._diary.blobs(KIND))
            sources = self.sources()
            names: list[str] = []
            rows: list[Vectors] = []
            for record in sources:
                kept = self._fitting(record, sealed.pop(record.id, None))
                if kept is None:
                    self._shelve(record)
                    continue
                shelved = Shelved(record.id, type(record), record.at.date(), kept.fingerprint, kept.spans)
                self._library.shelf.put(shelved)
                names += shelved.chunk_ids()
                rows.append(kept.vectors)
            if rows:
                self.index.add(names, np.concatenate(rows))
            if sealed:
                self._diary.drop_blobs(KIND, list(sealed))
            return sources

    def _fitting(self, record: Source, content: bytes | None) -> Packed | None:
        """The sealed vectors, if they are whole, of this encoder, and of the text as it is now."""
        try:
            kept = packed.unpack(content) if content is not None else None
        except (Damaged, TooNew):
            return None
        if kept is None or kept.embedder != self._encoder.id or kept.fingerprint != fingerprint(record):
            return None
        return kept if kept.vectors.shape[1] == self._encoder.dimensions else None

    def read_words(self, sources: Sequence[Source], halt: Callable[[], bool] = lambda: False) -> None:
        """Makes sources findable by their words, unless they were changed or forgotten meanwhile."""
        for start in range(0, len(sources), TOGETHER):
            if halt():
                raise Halted
            with self._lock:
                worded: list[tuple[str, str]] = []
                for record in sources[start : start + TOGETHER]:
                    shelved = self._library.shelf.get(record.id)
                    if shelved is not None and shelved.fingerprint == fingerprint(record):
                        worded += _worded(record, shelved)
                self._library.words.add(worded)

    def take_in(self, record: Source) -> None:
        """Findable by its words from now on; by its meaning once it is embedded."""
        with self._lock:
            shelved = self._library.shelf.get(record.id)
            if shelved is None or shelved.fingerprint != fingerprint(record):
                self._unshelve([record.id])
                shelved = self._shelve(record)
            self._library.words.add(_worded(record, shelved))

    def _shelve(self, record: Source) -> Shelved:
        spans = tuple((piece.start, piece.end) for piece in chunks.cut(record.text))
        shelved = Shelved(record.id, type(record), record.at.date(), fingerprint(record), spans)
        self._library.shelf.put(shelved)
        self._pending[record.id] = type(record)
        return shelved

    def drop(self, ids: Collection[ItemId]) -> None:
        """Removes everything derived from these sources, sealed or in memory."""
        with self._lock:
            self._unshelve(ids)
            self._diary.drop_blobs(KIND, list(ids))

    def _unshelve(self, ids: Collection[ItemId]) -> None:
        gone: list[str] = []
        for id in ids:
            self._pending.pop(id, None)
            shelved = self._library.shelf.take(id)
            gone += shelved.chunk_ids() if shelved is not None else ()
        if gone:
            self._library.words.remove(gone)
            self.index.remove(gone)

    def renew(self) -> list[Source]:
        """Drops what the diary no longer has, takes in what it has, and returns all sources."""
        with self._lock:
            sources = self.sources()
            gone = {*self._library.shelf} - {record.id for record in sources}
            if gone:
                self.drop(gone)
            for record in sources:
                self.take_in(record)
            return sources

    # Embedding -------------------------------------------------------------------------------------

    def is_pending(self, id: ItemId) -> bool:
        """Whether it waits for its vectors."""
        with self._lock:
            return id in self._pending

    def pending(self) -> list[Source]:
        """What has no vectors yet, as the diary has it now."""
        with self._lock:
            waiting = [self._diary.get(kind, id) for id, kind in self._pending.items()]
            return [record for record in waiting if record is not None]

    def batches(self, sources: Iterable[Source]) -> Iterator[list[Source]]:
        """A few sources at a time, about ``TOGETHER`` chunks."""
        batch: list[Source] = []
        size = 0
        for record in sources:
            shelved = self._library.shelf.get(record.id)
            size += len(shelved.spans) if shelved else 0
            batch.append(record)
            if size >= TOGETHER:
                yield batch
                batch, size = [], 0
        if batch:
            yield batch

    def embed(self, sources: Sequence[Source], halt: Callable[[], bool] = lambda: False) -> None:
        """Makes vectors and keeps them sealed; what was changed or forgotten meanwhile is left alone."""
        with self._lock:
            shelved = [(record, self._library.shelf.get(record.id)) for record in sources]
        due = [
            (record, on) for record, on in shelved if on is not None and on.fingerprint == fingerprint(record)
        ]
        texts = [context(record) + record.text[start:end] for record, on in due for start, end in on.spans]

        def pulse(_: Progress) -> None:
            if halt():
                raise Halted

        vectors = self._encoder.embed(texts, pulse)
        borders = np.cumsum([len(on.spans) for _, on in due])[:-1]
        rows = np.split(vectors, borders) if due else []
        with self._lock:
            self._keep(
                [
                    (on, some)
                    for (_, on), some in zip(due, rows, strict=True)
                    if self._library.shelf.get(on.id) == on
                ]
            )

    def _keep(self, embedded: Sequence[tuple[Shelved, Vectors]]) -> None:
        name = self._encoder.id
        sealed = {on.id: packed.pack(Packed(name, on.fingerprint, on.spans, rows)) for on, rows in embedded}
        for (
            on,
            rows,
        ) in embedded:  # found from now on even if the disk is full; it is then made again next time
            self._pending.pop(on.id, None)
            self.index.add(on.chunk_ids(), rows)
        if sealed:
            self._diary.put_blobs(KIND, sealed)

    def _sealed_vectors(self) -> Iterator[tuple[list[str], Vectors]]:
        for id, content in self._diary.blobs(KIND):
            on = self._library.shelf.get(id)
            with suppress(Damaged, TooNew):
                kept = packed.unpack(content)
                if on is not None and kept.fingerprint == on.fingerprint:
                    yield on.chunk_ids(), kept.vectors

    # Finding ---------------------------------------------------------------------------------------

    def find(self, question: Question, vector: Vector | None, k: int) -> list[Passage]:
        """The best passages, best first, one of each source."""
        with self._lock:
            passages: list[Passage] = []
            asked = telling(question.text)
            for one in find(question, vector, self._library, k):
                place = self._library.shelf.span(one.chunk)
                record = self._now(place[0]) if place else None
                if place is not None and record is not None:
                    text = record.text[slice(*place[1])]
                    passages.append(Passage(one, record, text, self._library.words.shared(asked, text)))
            return passages

    def pieces(self) -> tuple[list[tuple[ItemId, str]], Vectors]:
        """Every embedded piece of an entry with its source, and its vectors row by row."""
        with self._lock:
            names: list[str] = []
            texts: list[tuple[ItemId, str]] = []
            for id in self._library.shelf:
                shelved = self._library.shelf.get(id)
                record = self._now(shelved) if shelved and shelved.kind is Entry else None
                if shelved is None or record is None or id in self._pending:
                    continue
                names += shelved.chunk_ids()
                texts += [(id, record.text[start:end]) for start, end in shelved.spans]
            vectors = self.index.vectors(names)
            kept = [(text, vectors[name]) for text, name in zip(texts, names, strict=True) if name in vectors]
            rows = [vector for _, vector in kept]
            empty = np.zeros((0, self._encoder.dimensions), dtype=np.float32)
            return [text for text, _ in kept], np.stack(rows) if rows else empty

    def _now(self, shelved: Shelved) -> Source | None:
        """The source, if it may still come back and is what was cut and embedded."""
        record = self._diary.get(shelved.kind, shelved.id)
        if record is None or not may_return(record, self._diary):
            return None
        return record if fingerprint(record) == shelved.fingerprint else None

    def close(self) -> None:
        """Gives the memory back; afterwards nothing is found."""
        with self._lock:
            self.index.close()
            self._library = Library(self.index, Words(), Shelf())
            self._pending.clear()


def _worded(record: Source, shelved: Shelved) -> list[tuple[str, str]]:
    beside = labels(record)
    pieces = zip(shelved.chunk_ids(), shelved.spans, strict=True)
    return [(name, f"{beside} {record.text[start:end]}") for name, (start, end) in pieces]
