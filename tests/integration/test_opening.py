"""A long diary is being unlocked: the rest of the house goes on, and what happens meanwhile is respected."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from between.bootstrap import House, Space
from between.domain import ItemId, OwnerId
from between.errors import StoreUnreachable
from between.settings import KdfProfile, Settings
from between.space import Shared
from between.store.rows import SealedItem
from between.store.store import Store

PASSPHRASE = "lantern orbit maple quiet ferry"
SOON = 30.0


class LongDiary:
    """A store in which one owner's items come when they are let; can fail instead."""

    def __init__(self, real: Store) -> None:
        self.real = real
        self.slow = OwnerId("")
        self.error: Exception | None = None
        self.started, self.go = threading.Event(), threading.Event()

    def items(self, owner: OwnerId, kind: str) -> Iterator[SealedItem]:
        if owner == self.slow:
            self.started.set()
            assert self.go.wait(SOON), "nobody let this diary go on"
            if self.error is not None:
                raise self.error
        return self.real.items(owner, kind)

    def put(self, owner: OwnerId, items: list[SealedItem]) -> None:
        self.real.put(owner, items)

    def forget(self, owner: OwnerId, ids: list[ItemId], kind: str | None = None) -> None:
        self.real.forget(owner, ids, kind)

    def code_name(self, owner: OwnerId) -> str:
        return self.real.code_name(owner)

    def close(self) -> None:
        self.real.close()


@pytest.fixture(scope="module")
def shared() -> Shared:
    return Shared.build()


@pytest.fixture
def house(tmp_path: Path, shared: Shared) -> Iterator[House]:
    built = House(Settings(data_dir=tmp_path / "data", kdf=KdfProfile.CHEAPEST), shared=shared)
    built.store = LongDiary(built.store)  # type: ignore[assignment] # what the house needs of a store
    yield built
    built.close()


@pytest.fixture
def store(house: House) -> LongDiary:
    assert isinstance(house.store, LongDiary)
    return house.store


@pytest.fixture
def long(house: House, store: LongDiary) -> str:
    """A ticket for a diary that takes its time, not opened yet."""
    ticket = house.spaces.create(PASSPHRASE).token
    found = house.spaces.open(ticket)
    assert found is not None
    store.slow = found[0]
    return ticket


def opening(house: House, ticket: str, store: LongDiary) -> Future[Space | None]:
    pool = ThreadPoolExecutor(1)
    running = pool.submit(house.open, ticket)
    pool.shutdown(wait=False)
    assert store.started.wait(SOON)
    return running


def at_once(do: object, *given: object) -> object:
    """The result of something that may not wait."""
    pool = ThreadPoolExecutor(1)
    try:
        return pool.submit(do, *given).result(SOON / 2)  # type: ignore[arg-type]
    finally:
        pool.shutdown(wait=False)


def test_others_unlock_write_and_lock_while_a_long_diary_opens(
    house: House, store: LongDiary, long: str
) -> None:
    running = opening(house, long, store)
    made = at_once(house.create, PASSPHRASE, "GB")
    other = at_once(house.open, made.token)  # type: ignore[attr-defined]
    assert isinstance(other, Space)
    at_once(lambda: other.write_entry("A calm day.", at=house.clock()))
    at_once(house.lock, at_once(house.open_demo))
    at_once(house.lock, made.token)  # type: ignore[attr-defined]
    at_once(house.sweep)
    assert not running.done()
    store.go.set()
    space = running.result(SOON)
    assert space is not None
    assert house.open(long) is space


def test_a_lock_during_the_opening_holds(house: House, store: LongDiary, long: str) -> None:
    running = opening(house, long, store)
    at_once(house.lock, long)
    store.go.set()
    assert running.result(SOON) is None
    assert len(house._open) == 0


def test_a_lock_in_this_browser_leaves_the_opening_to_the_other(
    house: House, store: LongDiary, long: str
) -> None:
    name = house.store.code_name(store.slow)
    other = house.spaces.unlock(name, PASSPHRASE)
    running = opening(house, long, store)
    at_once(house.lock, long)
    store.go.set()
    assert running.result(SOON) is None
    assert house.open(other) is not None
    assert len(house._open) == 1


def test_a_deletion_during_the_opening_does_not_wait_and_leaves_nothing(
    house: House, store: LongDiary, long: str
) -> None:
    running = opening(house, long, store)
    at_once(house.delete, long)
    store.go.set()
    assert running.result(SOON) is None
    assert len(house._open) == 0
    assert house.store.code_name(store.slow) == ""


def test_a_diary_that_cannot_be_read_is_tried_again(house: House, store: LongDiary, long: str) -> None:
    store.error = StoreUnreachable()
    running = opening(house, long, store)
    store.go.set()
    with pytest.raises(StoreUnreachable):
        running.result(SOON)
    assert len(house._open) == 0
    store.error = None
    assert house.open(long) is not None
