"""``kill -9`` at any moment: what was acknowledged is there, and everything else is either old or new."""

from __future__ import annotations

import multiprocessing
import random
import secrets
import sqlite3
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from between.domain import Entry, ItemId, OwnerId
from between.errors import WrongPassphrase
from between.settings import KdfProfile
from between.spaces.spaces import Spaces
from between.store.diary import Diary
from between.store.store import Store
from between.vault.seal import Key
from tests.fakes_spaces import OTHER, PASSPHRASE, Clock, Ids

KILLS = 10
OWNER = OwnerId("1" * 32)
NEIGHBOUR = OwnerId("2" * 32)
KEY = Key(bytes(range(32)))
AT = datetime(2026, 3, 1, tzinfo=UTC)
FORK = multiprocessing.get_context("fork")

Work = Callable[[Path, Connection], None]


def opened(place: Path) -> Store:
    store = Store(f"sqlite:///{place}")
    store.migrate()
    return store


def killed(work: Work, place: Path, after: float) -> list[str]:
    """What a process said before it was killed, so many seconds after its first word."""
    hear, tell = FORK.Pipe(duplex=False)
    child = FORK.Process(target=work, args=(place, tell))
    child.start()
    tell.close()
    assert hear.poll(20)
    heard = [hear.recv()]
    time.sleep(after)
    child.kill()
    child.join()
    try:
        while hear.poll(0):
            heard.append(hear.recv())
    except EOFError:
        pass
    return heard


def seconds_for(work: Work, place: Path) -> float:
    """How long a process takes from its first word to its last, when nobody kills it."""
    hear, tell = FORK.Pipe(duplex=False)
    child = FORK.Process(target=work, args=(place, tell))
    child.start()
    assert hear.poll(20)
    hear.recv()
    start = time.perf_counter()
    assert hear.poll(20)
    assert hear.recv() == "done"
    child.kill()
    child.join()
    return time.perf_counter() - start


def assert_sound(place: Path) -> None:
    reader = sqlite3.connect(place)
    assert reader.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    reader.close()


def an_entry(number: int) -> Entry:
    return Entry(ItemId(secrets.token_hex(16)), AT + timedelta(minutes=number), f"entry {number} " * 20)


# Writing ----------------------------------------------------------------------------------------------


def write_for_ever(place: Path, tell: Connection) -> None:
    store = opened(place)
    diary = Diary(store, KEY, OWNER)
    diary.load()
    tell.send("")
    number = len(diary.all(Entry))
    while True:
        batch = [an_entry(number + more) for more in range(1 + number % 4)]
        diary.put(*batch)
        tell.send(" ".join(one.id for one in batch))
        number += len(batch)


def test_every_acknowledged_entry_survives_every_kill(tmp_path: Path) -> None:
    place, choose = tmp_path / "between.db", random.Random(1)
    acknowledged: set[str] = set()
    for _ in range(KILLS):
        said = killed(write_for_ever, place, choose.uniform(0.0, 0.25))
        acknowledged.update(id for batch in said for id in batch.split())
        store = opened(place)
        diary = Diary(store, KEY, OWNER)
        diary.load()
        entries = {one.id: one for one in diary.all(Entry)}
        store.close()
        assert_sound(place)
        assert diary.damaged == diary.too_new == 0
        assert acknowledged <= set(entries)
        # At most one batch was saved and not yet acknowledged; it is there as a whole.
        assert len(entries) - len(acknowledged) in {0, 1, 2, 3, 4}
        numbers = sorted(int(one.text.split()[1]) for one in entries.values())
        assert numbers == list(range(len(numbers)))
        acknowledged = set(entries)
    assert len(acknowledged) > KILLS


def test_the_very_first_start_may_be_killed_too(tmp_path: Path) -> None:
    choose = random.Random(2)

    def start(place: Path, tell: Connection) -> None:
        tell.send("")
        opened(place)
        tell.send("open")
        time.sleep(10)

    for number in range(KILLS):
        place = tmp_path / f"{number}.db"
        killed(start, place, choose.uniform(0.0, 0.03))
        store = opened(place)
        diary = Diary(store, KEY, OWNER)
        diary.put(an_entry(0))
        store.close()
        assert_sound(place)


# Forgetting -------------------------------------------------------------------------------------------


def test_forgetting_is_done_or_not_done(tmp_path: Path) -> None:
    place, choose = tmp_path / "between.db", random.Random(3)
    whole = 0.0

    def forget_half(place: Path, tell: Connection) -> None:
        store = opened(place)
        diary = Diary(store, KEY, OWNER)
        diary.load()
        entries = diary.all(Entry)
        tell.send("")
        diary.forget(*(one.id for one in entries[::2]))
        tell.send("done")
        time.sleep(10)

    for _ in range(1 + KILLS):
        store = opened(place)
        diary = Diary(store, KEY, OWNER)
        diary.load()
        diary.put(*(an_entry(number) for number in range(400 - len(diary.all(Entry)))))
        diary.put_blobs("vector", {one.id: b"x" * 1536 for one in diary.all(Entry)})
        before = [one.id for one in diary.all(Entry)]
        sealed = {one.id: one.sealed for one in store.items(OWNER)}
        store.close()

        if not whole:
            whole = seconds_for(forget_half, place)
            continue
        said = killed(forget_half, place, choose.uniform(0.0, 1.1 * whole))

        store = opened(place)
        diary = Diary(store, KEY, OWNER)
        diary.load()
        left = [one.id for one in diary.all(Entry)]
        assert left in (before, before[1::2])
        assert {id for id, _ in diary.blobs("vector")} == set(left)
        assert diary.damaged == 0
        if "done" in said:
            assert left == before[1::2]
        store.close()
        assert_sound(place)
        raw = place.read_bytes()
        if left != before:  # what the kill interrupted, the next start finished
            assert not any(sealed[id][:13] in raw for id in before[::2])


# Wiping -----------------------------------------------------------------------------------------------


def spaces_of(store: Store) -> Spaces:
    return Spaces(store, KdfProfile.CHEAPEST, Clock(), Ids())


def test_wiping_is_done_or_not_done_and_never_leaves_a_space_without_its_diary(tmp_path: Path) -> None:
    choose, whole = random.Random(4), 0.0

    for kill in range(1 + KILLS):
        place = tmp_path / f"{kill}.db"
        store = opened(place)
        spaces = spaces_of(store)
        made, neighbour = spaces.create(PASSPHRASE), spaces.create(OTHER)
        for one in (made, neighbour):
            owner, key = spaces.open(one.token) or pytest.fail("it is locked")
            diary = Diary(store, key, owner)
            diary.put(*(an_entry(number) for number in range(600)))
        owner, _ = spaces.open(made.token) or pytest.fail("it is locked")
        wrapped = [slot.wrapped for slot in store.slots(owner)]
        store.close()

        def delete(place: Path, tell: Connection, token: str = made.token) -> None:
            store = opened(place)
            spaces = spaces_of(store)
            tell.send("")
            spaces.delete(token)
            tell.send("done")
            time.sleep(10)

        if not whole:
            whole = seconds_for(delete, place)
            continue
        said = killed(delete, place, choose.uniform(0.0, 1.1 * whole))

        store = opened(place)
        spaces = spaces_of(store)
        assert _holds(store, spaces.unlock(neighbour.code_name, OTHER)) == 600
        try:
            token = spaces.unlock(made.code_name, PASSPHRASE)
        except WrongPassphrase:  # new: there is no such space and no trace of it
            assert store.find_space(made.code_name) is None
            assert list(store.items(owner)) == []
            assert store.slots(owner) == []
            assert store.tickets(owner) == []
            raw = place.read_bytes()
            assert not any(one in raw for one in wrapped)
        else:  # old: everything is there, and the other ways in still work
            assert "done" not in said
            assert _holds(store, token) == 600
            assert _holds(store, made.token) == 600
            assert spaces.recover(made.code_name, made.recovery_code, OTHER)
        store.close()
        assert_sound(place)


def _holds(store: Store, token: str) -> int:
    owner, key = spaces_of(store).open(token) or pytest.fail("it is locked")
    diary = Diary(store, key, owner)
    diary.load()
    assert diary.damaged == 0
    return len(diary.all(Entry))


# A new passphrase -------------------------------------------------------------------------------------


def test_changing_the_passphrase_leaves_exactly_one_that_opens(tmp_path: Path) -> None:
    place, choose = tmp_path / "between.db", random.Random(5)
    store = opened(place)
    made = spaces_of(store).create(PASSPHRASE)
    store.close()

    def change_for_ever(place: Path, tell: Connection) -> None:
        spaces = spaces_of(opened(place))
        now, next_one = _current(spaces, made.code_name)
        token = spaces.unlock(made.code_name, now)
        tell.send("")
        while True:
            spaces.change_passphrase(token, now, next_one)
            now, next_one = next_one, now

    for _ in range(KILLS):
        killed(change_for_ever, place, choose.uniform(0.0, 0.1))
        store = opened(place)
        store.clear_failures(OwnerId(f"{1:032x}"))
        _current(spaces_of(store), made.code_name)
        store.close()
        assert_sound(place)


def _current(spaces: Spaces, code_name: str) -> tuple[str, str]:
    """The passphrase that opens, and the one that does not."""
    opens = []
    for passphrase in (PASSPHRASE, OTHER):
        try:
            spaces.unlock(code_name, passphrase)
        except WrongPassphrase:
            continue
        opens.append(passphrase)
    assert len(opens) == 1
    return opens[0], OTHER if opens[0] == PASSPHRASE else PASSPHRASE
