"""What was forgotten is not on the disk any more: the raw files are read, not the library believed."""

from __future__ import annotations

import random
import secrets
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from between.domain import ItemId, OwnerId, Sealed
from between.errors import StoreInUse
from between.store.rows import SealedItem, TicketRow
from between.store.store import Store
from between.vault.slots import Slot
from tests.fakes_spaces import Clock
from tests.postgres import Server, postgres

__all__ = ["postgres"]

ME = OwnerId("1" * 32)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "home" / "between.db"


@pytest.fixture
def store(place: Path) -> Iterator[Store]:
    opened = Store(f"sqlite:///{place}")
    opened.migrate()
    yield opened
    opened.close()


def an_envelope(size: int) -> bytes:
    return b"\x01" + secrets.token_bytes(size - 1)


def an_item(size: int = 541, kind: str = "entry") -> SealedItem:
    return SealedItem(ItemId(secrets.token_hex(16)), kind, Sealed(an_envelope(size)))


def on_disk(place: Path) -> bytes:
    return b"".join(path.read_bytes() for path in place.parent.iterdir())


def pieces(value: bytes) -> list[bytes]:
    return [value[at : at + 16] for at in range(0, len(value) - 15, 64)]


def test_the_bytes_of_a_forgotten_item_are_gone_when_the_call_returns(store: Store, place: Path) -> None:
    items = [an_item(size) for size in (285, 541, 797, 5_000, 100_000) for _ in range(20)]
    store.put(ME, items)
    gone = items[3::20]
    assert all(one.sealed[:16] in on_disk(place) for one in gone)
    store.forget(ME, [one.id for one in gone])
    raw = on_disk(place)
    assert not any(piece in raw for one in gone for piece in pieces(one.sealed))
    assert all(one.sealed[:16] in raw for one in items if one not in gone)


def test_nothing_forgotten_or_replaced_stays_in_the_gaps_between_rows(store: Store, place: Path) -> None:
    # Balancing its tree, SQLite leaves copies of rows in gaps that ``secure_delete`` never clears; with these
    # sizes and this order it does so several times.
    sizes, choose = [285, 541, 797, 1053], random.Random(7)
    kept: dict[ItemId, SealedItem] = {}
    gone: list[SealedItem] = []
    for _ in range(12):
        new = [an_item(choose.choice(sizes)) for _ in range(300)]
        store.put(ME, new)
        kept |= {one.id: one for one in new}
        edited = choose.sample(list(kept.values()), 100)
        gone += edited
        edited = [replace(one, sealed=Sealed(an_envelope(choose.choice(sizes)))) for one in edited]
        store.put(ME, edited)
        kept |= {one.id: one for one in edited}
        forgotten = [kept.pop(one.id) for one in choose.sample(list(kept.values()), 80)]
        gone += forgotten
        store.forget(ME, [one.id for one in forgotten])
    raw = on_disk(place)
    assert [one for one in gone if one.sealed[:13] in raw] == []
    assert {one.id: one for one in store.items(ME)} == kept


def test_what_a_crash_left_to_erase_is_erased_at_the_next_start(store: Store, place: Path) -> None:
    one = an_item()
    store.put(ME, [one])
    with store._work() as connection:  # as far as ``forget`` comes before it cleans up
        connection.exec_driver_sql("DELETE FROM item")
    assert one.sealed[:13] in on_disk(place)
    store.migrate()
    assert one.sealed[:13] not in on_disk(place)
    with store._work() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM trace").scalar() == 0


def test_a_wiped_owner_leaves_no_byte_and_a_neighbour_every_one(store: Store, place: Path) -> None:
    you = OwnerId("2" * 32)
    clock = Clock()
    made = {}
    for owner, name in ((ME, "quiet-river-42"), (you, "calm-pond-10")):
        slots = [
            Slot(kind, 1, "{}", secrets.token_bytes(16), secrets.token_bytes(32), an_envelope(61))
            for kind in ("pass", "recovery")
        ]
        items = [an_item() for _ in range(300)]
        ticket = TicketRow(secrets.token_hex(32), owner, an_envelope(65), clock(), clock(), 15)
        store.add_space(owner, name, slots)
        store.add_ticket(ticket)
        store.put(owner, items)
        made[owner] = [
            *(part for one in slots for part in (one.salt, one.commit, one.wrapped)),
            ticket.wrapped,
            ticket.fingerprint.encode(),
            *(piece for one in items for piece in (one.sealed[:24], one.sealed[-24:], one.id.encode())),
            name.encode(),
            owner.encode(),
        ]
    assert all(part in on_disk(place) for part in made[ME])
    store.wipe(ME)
    raw = on_disk(place)
    assert [part for part in made[ME] if part in raw] == []
    assert all(part in raw for part in made[you])


class Interrupted(Store):
    """Dies in the middle of a wipe, when the keys are destroyed and nothing else is."""

    def _remove(self, owner: OwnerId) -> None:
        raise KeyboardInterrupt


def test_a_wipe_that_died_halfway_is_out_of_sight_at_once_and_finished_at_the_next_start(place: Path) -> None:
    dying = Interrupted(f"sqlite:///{place}")
    dying.migrate()
    slot = Slot("pass", 1, "{}", secrets.token_bytes(16), secrets.token_bytes(32), an_envelope(61))
    one = an_item()
    dying.add_space(ME, "quiet-river-42", [slot])
    dying.put(ME, [one])
    with pytest.raises(KeyboardInterrupt):
        dying.wipe(ME)
    assert dying.find_space("quiet-river-42") is None
    raw = on_disk(place)
    assert not any(part in raw for part in (slot.salt, slot.commit, slot.wrapped))
    dying.close()

    store = Store(f"sqlite:///{place}")
    store.migrate()
    assert list(store.items(ME)) == []
    assert store.slots(ME) == []
    assert one.sealed[:24] not in on_disk(place)
    store.close()


def test_a_replaced_slot_and_a_dropped_ticket_leave_the_disk(store: Store, place: Path) -> None:
    old = Slot("pass", 1, "{}", secrets.token_bytes(16), secrets.token_bytes(32), an_envelope(61))
    new = Slot("pass", 1, "{}", secrets.token_bytes(16), secrets.token_bytes(32), an_envelope(61))
    clock = Clock()
    ticket = TicketRow("f" * 64, ME, an_envelope(65), clock(), clock(), 15)
    store.add_space(ME, "quiet-river-42", [old])
    store.add_ticket(ticket)
    store.put_slots(ME, [new])
    store.drop_ticket(ticket.fingerprint)
    raw = on_disk(place)
    assert old.wrapped not in raw
    assert new.wrapped in raw
    assert ticket.wrapped not in raw


def test_a_file_that_something_else_reads_is_not_called_erased(store: Store, place: Path) -> None:
    one = an_item()
    store.put(ME, [one])
    reader = sqlite3.connect(place)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM item").fetchone()
    with store._engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout=50")  # not to wait five seconds here
    with pytest.raises(StoreInUse):
        store.forget(ME, [one.id])
    reader.close()
    store.forget(ME, [one.id])  # asking again finishes it
    assert one.sealed[:16] not in on_disk(place)


def test_files_are_private_to_their_owner(store: Store, place: Path) -> None:
    store.put(ME, [an_item()])
    assert place.parent.stat().st_mode & 0o777 == 0o700
    modes = {path.name: path.stat().st_mode & 0o777 for path in place.parent.iterdir()}
    assert {"between.db", "between.db-wal", "between.db.lock"} <= set(modes)
    assert set(modes.values()) == {0o600}


def test_a_folder_that_was_there_keeps_its_mode(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    opened = Store(f"sqlite:///{tmp_path / 'between.db'}")
    opened.migrate()
    assert tmp_path.stat().st_mode & 0o777 == 0o755
    assert (tmp_path / "between.db").stat().st_mode & 0o777 == 0o600
    opened.close()


@pytest.mark.postgres
def test_on_postgresql_the_rows_go_and_the_current_key_is_overwritten(postgres: Server) -> None:
    store = Store(postgres.new_database())
    store.migrate()
    slot = Slot("pass", 1, "{}", b"s" * 16, b"c" * 32, an_envelope(61))
    store.add_space(ME, "quiet-river-42", [slot])
    store.put(ME, [an_item()])
    store.wipe(ME)
    assert store.slots(ME) == []
    assert list(store.items(ME)) == []
    assert store.find_space("quiet-river-42") is None
    store.close()
