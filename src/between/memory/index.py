"""The private in-memory Chroma of one unlocked space; the only importer of chromadb.

Chroma is given opaque ids and vectors, never a text, and never a disk: what it writes there it does not
forget. By itself every in-memory client of a process shares one database, so each space gets a system of
its own by a patched identifier. That is a private interface of chromadb 1.5.9: where it is not as
expected, ``IndexBroken`` sends the caller to exact search, never to a shared client.
"""

from __future__ import annotations

import ctypes
import gc
import secrets
import sys
import threading
from collections.abc import Collection, Sequence

import chromadb
import numpy as np
from chromadb.api.shared_system_client import SharedSystemClient
from chromadb.config import Settings as ChromaSettings
from chromadb.errors import ChromaError

from between.memory.nearest import Hits, IndexBroken
from between.memory.ports import Vector, Vectors

PREFIX = "vault-"
CHROMA_BATCH = 100
"""Chroma holds the interpreter while it adds: 100 vectors stop everybody else for 30 ms, 1,000 for half a second."""
IDS_AT_ONCE = 1000
"""Ids in one call."""
FEW = 0.01
"""Up to this share of all vectors is fetched and compared here: Chroma's own filter by id looks at every id
that it has, 75 ms at 100,000, however few are asked for."""
_FAILURES = (ChromaError, ValueError, TypeError, AttributeError, KeyError)


def _give_each_space_its_own_system() -> None:
    """Teaches chromadb to tell private in-memory systems apart; ``IndexBroken`` where that cannot be done."""
    original = getattr(SharedSystemClient, "_get_identifier_from_settings", None)
    if original is None or not isinstance(getattr(SharedSystemClient, "_identifier_to_system", None), dict):
        raise IndexBroken
    if getattr(original, "tells_spaces_apart", False):
        return

    def identifier(settings: ChromaSettings) -> str:
        private = not settings.is_persistent and settings.persist_directory.startswith(PREFIX)
        return settings.persist_directory if private else str(original(settings))

    identifier.tells_spaces_apart = True  # type: ignore[attr-defined]  # a mark, so that it is patched once
    SharedSystemClient._get_identifier_from_settings = staticmethod(identifier)  # type: ignore[method-assign]


class ChromaIndex:
    """Nearest vectors by Chroma's HNSW graph: quick at a hundred thousand, and not quite exact."""

    def __init__(self) -> None:
        _give_each_space_its_own_system()
        self._identifier = PREFIX + secrets.token_hex(16)
        self._lock = threading.RLock()
        self._known: set[str] = set()
        settings = ChromaSettings(
            anonymized_telemetry=False,
            is_persistent=False,
            persist_directory=self._identifier,
            chroma_api_impl="chromadb.api.rust.RustBindingsAPI",
        )
        try:
            self._client = chromadb.Client(settings=settings)
            if self._identifier not in SharedSystemClient._identifier_to_system:
                raise IndexBroken  # it joined the system that all in-memory clients share
            self._collection = self._client.create_collection(
                "memory",
                embedding_function=None,
                # Cheaper values (40, 8) fill in half the time but miss one neighbour in six at 20,000 chunks.
                configuration={
                    "hnsw": {"space": "cosine", "ef_construction": 100, "max_neighbors": 16, "ef_search": 200}
                },
            )
        except _FAILURES:
            raise IndexBroken from None

    def __len__(self) -> int:
        return len(self._known)

    def add(self, ids: Sequence[str], vectors: Vectors) -> None:
        """Takes vectors in; a known id is replaced."""
        for start in range(0, len(ids), CHROMA_BATCH):
            part = slice(start, start + CHROMA_BATCH)
            with self._lock:
                try:
                    self._collection.upsert(ids=list(ids[part]), embeddings=vectors[part])
                except _FAILURES:
                    raise IndexBroken from None
                self._known.update(ids[part])

    def remove(self, ids: Collection[str]) -> None:
        """Drops vectors; unknown ids are ignored."""
        with self._lock:
            gone = [name for name in ids if name in self._known]
            if not gone:
                return
            for start in range(0, len(gone), IDS_AT_ONCE):
                try:
                    self._collection.delete(ids=gone[start : start + IDS_AT_ONCE])
                except _FAILURES:
                    raise IndexBroken from None
            self._known.difference_update(gone)

    def query(self, vector: Vector, k: int, among: Sequence[str] | None = None) -> Hits:
        """The nearest ``k``, of all or of some; always by a vector of ours, so that Chroma embeds nothing."""
        if among is not None and len(among) <= FEW * len(self._known):
            fetched = self.vectors(among)
            near = {name: float(row @ vector) for name, row in fetched.items()}
            return sorted(near.items(), key=lambda pair: -pair[1])[:k]
        with self._lock:
            some = None if among is None else [name for name in dict.fromkeys(among) if name in self._known]
            k = min(k, len(self._known) if some is None else len(some))
            if k <= 0:
                return []
            try:
                found = self._collection.query(
                    query_embeddings=vector[np.newaxis], n_results=k, ids=some, include=["distances"]
                )
                ids, distances = found["ids"][0], (found["distances"] or [[]])[0]
            except _FAILURES:
                raise IndexBroken from None
        return [(name, 1.0 - float(far)) for name, far in zip(ids, distances, strict=True)]

    def vectors(self, ids: Sequence[str]) -> dict[str, Vector]:
        """The vectors of these ids; unknown ids are left out."""
        with self._lock:
            known = [name for name in dict.fromkeys(ids) if name in self._known]
            if not known:
                return {}
            vectors: dict[str, Vector] = {}
            for start in range(0, len(known), IDS_AT_ONCE):
                try:
                    found = self._collection.get(
                        ids=known[start : start + IDS_AT_ONCE], include=["embeddings"]
                    )
                    rows = np.asarray(found["embeddings"], dtype=np.float32)
                except _FAILURES:
                    raise IndexBroken from None
                vectors.update(zip(found["ids"], rows, strict=True))
            return vectors

    def close(self) -> None:
        """Shuts the system: the vectors are gone, and their memory goes back to the computer."""
        with self._lock:
            self._known = set()
            SharedSystemClient._identifier_to_refcount.pop(self._identifier, None)
            system = SharedSystemClient._identifier_to_system.pop(self._identifier, None)
            if system is not None:
                system.stop()
        del self._collection, self._client
        _give_memory_back()


def _give_memory_back() -> None:
    gc.collect()
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # glibc keeps freed pages for itself otherwise
        if trim is not None:
            trim(0)
