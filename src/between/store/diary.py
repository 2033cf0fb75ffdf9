"""The unlocked diary: sealed in the store, open in memory, and the two never apart."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from between.domain import ItemId, OwnerId
from between.errors import Damaged, Forgotten, Locked, TooNew
from between.store.records import KINDS, R, Record, pack, unpack
from between.store.rows import SealedItem
from between.store.shelf import Shelf
from between.store.store import Store
from between.vault.seal import Key


class Diary:
    """One person's records, decrypted once by ``load``. Safe to share between threads.

    Every change is sealed and saved first and then made in memory, so a failed save changes nothing. After
    ``close`` everything is ``Locked``: a run that still holds it can neither read nor write.
    """

    def __init__(self, store: Store, key: Key, owner: OwnerId) -> None:
        self._store = store
        self._key = key
        self._owner = owner
        self._turn = threading.RLock()
        self._shelves = _empty()
        self._forgotten: set[ItemId] = set()
        self._wiped = False
        self._closed = False
        self._damaged = 0
        self._too_new = 0

    def __repr__(self) -> str:
        return f"Diary({sum(map(len, self._shelves.values()))} records)"

    @property
    def damaged(self) -> int:
        """How many records could not be read; they stay in the store as they are."""
        return self._damaged

    @property
    def too_new(self) -> int:
        """How many records were written by a newer version; they stay in the store as they are."""
        return self._too_new

    def load(self) -> None:
        """Read everything from the store."""
        with self._turn:
            self._open()
            shelves, damaged, too_new = _empty(), 0, 0
            for cls, kind in KINDS.items():
                for kept in self._store.items(self._owner, kind):
                    try:
                        shelves[cls].put(unpack(cls, self._opened(kept)))
                    except Damaged:
                        damaged += 1
                    except TooNew:
                        too_new += 1
            self._shelves, self._damaged, self._too_new = shelves, damaged, too_new

    def close(self) -> None:
        """Let go of every word; whoever is in the middle of a change finishes it first."""
        with self._turn:
            self._closed = True
            self._shelves = _empty()

    # Records -----------------------------------------------------------------------------------------

    def put(self, *records: Record) -> None:
        """Save all of them or none; one with the id of a kept one replaces it. Moments must be aware."""
        for record in records:
            at = getattr(record, "at", None)
            if at is not None and at.tzinfo is None:
                raise ValueError("a moment without its offset cannot be kept")
        packed = [pack(record) for record in records]
        sealed = [self._sealed(KINDS[type(record)], record.id, data) for data, record in packed]
        with self._turn:
            self._writable()
            self._store.put(self._owner, sealed)
            for _, record in packed:
                self._shelves[type(record)].put(record)
                self._forgotten.discard(record.id)

    def put_beside(self, needed: Sequence[ItemId], *records: Record) -> None:
        """Save all of them if all that they belong to is still there, whatever its class; else ``Forgotten``."""
        with self._turn:
            self._writable()
            if not all(any(shelf.get(id) for shelf in self._shelves.values()) for id in needed):
                raise Forgotten
            self.put(*records)

    def get(self, cls: type[R], id: ItemId) -> R | None:
        """The record of this class and id."""
        with self._turn:
            self._open()
            found: R | None = self._shelves[cls].get(id)
            return found

    def all(self, cls: type[R]) -> list[R]:
        """Every record of a class, oldest first."""
        with self._turn:
            self._open()
            found: list[R] = self._shelves[cls].all()
            return found

    def one(self, cls: type[R]) -> R | None:
        """The newest record of a class; for the profile and the risk state the only one."""
        with self._turn:
            self._open()
            found: R | None = self._shelves[cls].newest()
            return found

    def forget(self, *ids: ItemId) -> None:
        """Destroy whatever carries these ids, records of any class and what was derived from them."""
        with self._turn:
            self._open()
            self._store.forget(self._owner, ids)
            self._forgotten.update(ids)
            for shelf in self._shelves.values():
                for id in ids:
                    shelf.drop(id)

    def forget_all_but(self, *classes: type[Any]) -> None:  # Any: any class of ``KINDS``
        """Destroy every record of other classes and all that was derived, also what could not be read."""
        kept = {KINDS[cls] for cls in classes}
        with self._turn:
            self._open()
            self.forget(*(one.id for one in self._store.items(self._owner) if one.kind not in kept))
            self.load()  # what was damaged or too new is counted anew

    def wipe(self) -> None:
        """Destroy everything that this owner has in the store, the wrapped keys first."""
        with self._turn:
            self._store.wipe(self._owner)
            self._wiped = True
            self._shelves = _empty()
            self._damaged = self._too_new = 0

    # Derived things ----------------------------------------------------------------------------------

    def put_blobs(self, kind: str, blobs: Mapping[ItemId, bytes]) -> None:
        """Save derived bytes under the ids of their sources; those of forgotten sources are let go."""
        self._derived(kind)
        with self._turn:
            self._writable()
            living = {id: data for id, data in blobs.items() if id not in self._forgotten}
            self._store.put(self._owner, [self._sealed(kind, id, data) for id, data in living.items()])

    def blobs(self, kind: str) -> Iterator[tuple[ItemId, bytes]]:
        """Derived bytes with their ids; what cannot be read is left out, since it can be derived again."""
        self._derived(kind)
        self._open()
        for kept in self._store.items(self._owner, kind):
            try:
                yield kept.id, self._opened(kept)
            except (Damaged, TooNew):
                continue

    def drop_blobs(self, kind: str, ids: Sequence[ItemId]) -> None:
        """Destroy derived bytes; their sources stay."""
        self._derived(kind)
        self._open()
        self._store.forget(self._owner, ids, kind)

    # -------------------------------------------------------------------------------------------------

    def _open(self) -> None:
        if self._closed:
            raise Locked

    def _sealed(self, kind: str, id: ItemId, data: bytes) -> SealedItem:
        return SealedItem(id, kind, self._key.seal(self._owner, kind, id, data), self._key.epoch)

    def _opened(self, kept: SealedItem) -> bytes:
        return self._key.open(self._owner, kept.kind, kept.id, kept.sealed)

    def _writable(self) -> None:
        self._open()
        if self._wiped:
            raise Forgotten

    def _derived(self, kind: str) -> None:
        if kind in KINDS.values():
            raise ValueError("this kind belongs to a record")


# ``Any``: a mapping cannot say that its key and its value belong together.
def _empty() -> dict[type[Any], Shelf[Any]]:
    return {cls: Shelf() for cls in KINDS}
