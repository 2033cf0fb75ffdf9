"""What the store promises, on each database that it runs on."""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from between.domain import Entry, ItemId, OwnerId, Sealed
from between.errors import Forgotten, StoreUnreachable, TooManyTries, WrongPassphrase
from between.store.diary import Diary
from between.store.rows import SealedItem, TicketRow
from between.store.store import PAGE, Store
from between.vault.slots import Slot
from tests.fakes_spaces import OTHER, PASSPHRASE, WRONG, Door
from tests.postgres import Server, postgres

__all__ = ["postgres"]

ME, YOU = OwnerId("1" * 32), OwnerId("2" * 32)
AT = datetime(2026, 3, 1, 9, 30, 15, 123456, tzinfo=timezone(timedelta(hours=2)))


@pytest.fixture(params=["file", "memory", pytest.param("postgres", marks=pytest.mark.postgres)])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    if request.param == "postgres":
        server: Server = request.getfixturevalue("postgres")
        url = server.new_database()
    else:
        url = f"sqlite:///{tmp_path / 'between.db'}" if request.param == "file" else "sqlite://"
    opened = Store(url)
    opened.migrate()
    yield opened
    opened.close()


def an_id() -> ItemId:
    return ItemId(secrets.token_hex(16))


def an_item(kind: str = "entry", id: ItemId | None = None) -> SealedItem:
    return SealedItem(id or an_id(), kind, Sealed(secrets.token_bytes(285)))


def slots(word: bytes = b"x") -> list[Slot]:
    return [
        Slot("pass", 1, "{}", word * 16, word * 32, word * 61),
        Slot("recovery", 1, "{}", word, word, word * 61),
    ]


def a_ticket(owner: OwnerId = ME, fingerprint: str = "f" * 64) -> TicketRow:
    return TicketRow(fingerprint, owner, b"wrapped", AT, AT, 15)


# Items


def test_what_is_put_is_there_in_the_order_of_writing(store: Store) -> None:
    items = [an_item() for _ in range(50)]
    store.put(ME, items[:20])
    store.put(ME, items[20:])
    assert list(store.items(ME)) == items
    assert list(store.items(ME, "entry")) == items
    assert list(store.items(ME, "message")) == []


def test_one_owner_never_sees_or_touches_anothers_items(store: Store) -> None:
    mine, yours = an_item(), an_item()
    store.put(ME, [mine])
    store.put(YOU, [yours, replace(an_item(), id=mine.id)])
    store.forget(YOU, [mine.id])
    assert list(store.items(ME)) == [mine]
    assert list(store.items(YOU)) == [yours]
    store.wipe(YOU)
    assert list(store.items(ME)) == [mine]


def test_putting_again_replaces_and_keeps_the_place(store: Store) -> None:
    items = [an_item() for _ in range(3)]
    store.put(ME, items)
    new = an_item(id=items[0].id)
    store.put(ME, [new])
    assert list(store.items(ME)) == [new, *items[1:]]


def test_an_id_may_stand_under_several_kinds_and_is_forgotten_under_all(store: Store) -> None:
    entry = an_item()
    vector, other = an_item("vector", entry.id), an_item("vector")
    store.put(ME, [entry, vector, other])
    assert list(store.items(ME, "vector")) == [vector, other]
    store.forget(ME, [entry.id], "vector")
    assert list(store.items(ME)) == [entry, other]
    store.put(ME, [vector])
    store.forget(ME, [entry.id, an_id()])
    assert list(store.items(ME)) == [other]


def test_all_are_saved_or_none(store: Store) -> None:
    kept = an_item()
    store.put(ME, [kept])
    broken = replace(an_item(), sealed=None)  # type: ignore[arg-type]  # what no database takes
    with pytest.raises(Exception, match=r"(?i)null"):
        store.put(ME, [an_item(), an_item(), broken])
    assert list(store.items(ME)) == [kept]


def test_nothing_to_do_is_nothing(store: Store) -> None:
    store.put(ME, [])
    store.forget(ME, [])
    store.wipe(ME)
    assert list(store.items(ME)) == []


def test_a_diary_is_read_in_pages_without_losing_any(store: Store) -> None:
    items = [an_item(kind) for kind in ("entry", "message") for _ in range(PAGE + 1)]
    store.put(ME, items)
    assert list(store.items(ME)) == items
    assert list(store.items(ME, "message")) == items[PAGE + 1 :]


def test_a_diary_may_be_changed_while_it_is_read(store: Store) -> None:
    items = [an_item() for _ in range(PAGE + 10)]
    store.put(ME, items)
    reading = store.items(ME)
    first = next(reading)
    store.forget(ME, [items[1].id, items[-1].id])
    assert {first.id, *(one.id for one in reading)} >= {one.id for one in items[2:-1]}


def test_ten_thousand_items_are_written_and_read_fast(store: Store) -> None:
    items = [an_item() for _ in range(10_000)]
    start = time.perf_counter()
    store.put(ME, items[:5_000])
    store.put(ME, items[5_000:])
    written = time.perf_counter()
    assert sum(1 for _ in store.items(ME)) == 10_000
    read = time.perf_counter()
    assert read - written < 1.0
    assert written - start < 10.0


def test_many_threads_may_share_a_store(store: Store) -> None:
    def live(number: int) -> int:
        owner = OwnerId(f"{number:032x}")
        items = [an_item() for _ in range(10)]
        for one in items:
            store.put(owner, [one])
        store.forget(owner, [items[0].id])
        assert list(store.items(owner)) == items[1:]
        return number

    with ThreadPoolExecutor(8) as threads:
        assert sorted(threads.map(live, range(16))) == list(range(16))


def test_a_closed_store_does_nothing_more(store: Store) -> None:
    store.close()
    store.close()
    with pytest.raises(StoreUnreachable):
        store.put(ME, [an_item()])
    with pytest.raises(StoreUnreachable):
        next(store.items(ME))


def test_migrating_again_changes_nothing(store: Store) -> None:
    one = an_item()
    store.put(ME, [one])
    store.migrate()
    assert list(store.items(ME)) == [one]


# Spaces


def test_a_space_is_found_by_its_name_and_by_its_owner(store: Store) -> None:
    assert store.add_space(ME, "quiet-river-42", slots())
    found = store.find_space("quiet-river-42")
    assert found == store.space(ME)
    assert found is not None
    assert (found.owner, found.code_name, found.failures, found.last_failure_at) == (
        ME,
        "quiet-river-42",
        0,
        None,
    )
    assert store.code_name(ME) == "quiet-river-42"
    assert sorted(store.slots(ME), key=lambda one: one.kind) == slots()
    assert store.find_space("calm-pond-10") is None
    assert store.space(YOU) is None
    assert store.code_name(YOU) == ""


def test_a_taken_name_is_refused_and_leaves_nothing(store: Store) -> None:
    assert store.add_space(ME, "quiet-river-42", slots())
    assert not store.add_space(YOU, "quiet-river-42", slots())
    assert store.space(YOU) is None
    assert store.slots(YOU) == []


def test_slots_are_replaced_by_kind(store: Store) -> None:
    store.add_space(ME, "quiet-river-42", slots())
    new = slots(b"n")[0]
    store.put_slots(ME, [new])
    assert sorted(store.slots(ME), key=lambda one: one.kind) == [new, slots()[1]]
    with pytest.raises(Forgotten):
        store.put_slots(YOU, [new])


def test_failures_are_counted_and_cleared(store: Store) -> None:
    store.add_space(ME, "quiet-river-42", slots())
    store.note_failure(ME, AT)
    store.note_failure(ME, AT + timedelta(seconds=1))
    found = store.space(ME)
    assert found is not None
    assert (found.failures, found.last_failure_at) == (2, AT + timedelta(seconds=1))
    store.clear_failures(ME)
    found = store.space(ME)
    assert found is not None
    assert (found.failures, found.last_failure_at) == (0, None)


def test_tickets_are_kept_touched_and_dropped(store: Store) -> None:
    store.add_space(ME, "quiet-river-42", slots())
    ticket = a_ticket()
    store.add_ticket(ticket)
    assert store.ticket(ticket.fingerprint) == ticket
    later = AT + timedelta(minutes=3)
    store.touch_ticket(ticket.fingerprint, later)
    store.set_idle(ticket.fingerprint, 30)
    assert store.ticket(ticket.fingerprint) == replace(ticket, seen_at=later, idle_minutes=30)
    store.drop_ticket(ticket.fingerprint)
    store.drop_ticket(ticket.fingerprint)
    assert store.ticket(ticket.fingerprint) is None
    with pytest.raises(Forgotten):
        store.add_ticket(a_ticket(YOU))


def test_tickets_are_dropped_by_owner_but_one_and_by_age(store: Store) -> None:
    store.add_space(ME, "quiet-river-42", slots())
    store.add_space(YOU, "calm-pond-10", slots())
    for mark in "abc":
        store.add_ticket(a_ticket(fingerprint=mark))
    store.add_ticket(a_ticket(YOU, "d"))
    store.drop_tickets(ME, except_fingerprint="b")
    assert [one.fingerprint for one in store.tickets(ME)] == ["b"]
    store.drop_tickets(ME)
    assert store.tickets(ME) == []
    store.drop_tickets_before(AT)
    assert len(store.tickets(YOU)) == 1
    store.drop_tickets_before(AT + timedelta(microseconds=1))
    assert store.tickets(YOU) == []


def test_a_wiped_owner_leaves_nothing_and_the_name_is_free(store: Store) -> None:
    store.add_space(ME, "quiet-river-42", slots())
    store.add_ticket(a_ticket())
    store.put(ME, [an_item() for _ in range(10)])
    store.wipe(ME)
    assert store.space(ME) is None
    assert store.slots(ME) == []
    assert store.tickets(ME) == []
    assert list(store.items(ME)) == []
    assert store.add_space(YOU, "quiet-river-42", slots())


def test_a_whole_life_of_a_space_on_each_database(store: Store) -> None:
    door = Door(store=store)
    made = door.spaces.create(PASSPHRASE)
    for _ in range(5):
        with pytest.raises(WrongPassphrase):
            door.spaces.unlock(made.code_name, WRONG)
    with pytest.raises(TooManyTries):
        door.spaces.unlock(made.code_name, PASSPHRASE)
    again = door.spaces.recover(made.code_name, made.recovery_code, OTHER)
    door.spaces.change_passphrase(again.token, OTHER, PASSPHRASE)
    token = door.spaces.unlock(made.code_name, PASSPHRASE)
    owner, key = door.spaces.open(token) or pytest.fail("it is locked")
    diary = Diary(store, key, owner)
    diary.put(Entry(an_id(), AT, "The kettle sang."))
    door.spaces.lock(again.token)
    assert door.spaces.held(owner)
    door.spaces.delete(token)
    assert not door.spaces.held(owner)
    assert list(store.items(owner)) == []
    with pytest.raises(WrongPassphrase):
        door.spaces.unlock(made.code_name, PASSPHRASE)
