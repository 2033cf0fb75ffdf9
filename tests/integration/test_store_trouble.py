"""When the place to keep things fails, it is said in our own words, and nothing that was saved is lost."""

from __future__ import annotations

import multiprocessing
import os
import secrets
import signal
import subprocess
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from between.domain import ItemId, OwnerId, Sealed
from between.errors import (
    Damaged,
    StoreFull,
    StoreInUse,
    StoreUnreachable,
    StoreUnwritable,
    TooNew,
)
from between.store.rows import SealedItem
from between.store.store import Store
from between.store.tables import metadata
from tests.postgres import Server, postgres

__all__ = ["postgres"]

ME = OwnerId("1" * 32)
FORK = multiprocessing.get_context("fork")


def an_item(size: int = 541) -> SealedItem:
    return SealedItem(ItemId(secrets.token_hex(16)), "entry", Sealed(b"\x01" + secrets.token_bytes(size - 1)))


def opened(place: Path) -> Store:
    store = Store(f"sqlite:///{place}")
    store.migrate()
    return store


# Migrations


def test_the_migrations_make_what_the_code_expects(tmp_path: Path) -> None:
    store = opened(tmp_path / "between.db")
    with store._engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"include_name": lambda name, kind, _: (kind, name) != ("table", "trace")}
        )
        assert compare_metadata(context, metadata) == []
    store.close()


@pytest.mark.postgres
def test_the_migrations_make_what_the_code_expects_on_postgresql(postgres: Server) -> None:
    store = Store(postgres.new_database())
    store.migrate()
    with store._engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    store.close()


def test_a_migration_that_fails_leaves_the_database_as_it_was(tmp_path: Path) -> None:
    place = tmp_path / "between.db"
    store = Store(f"sqlite:///{place}")
    with store._work() as connection:
        connection.exec_driver_sql("CREATE TABLE ticket (x)")  # in the way of a later step
    with pytest.raises(sa.exc.OperationalError):
        store.migrate()
    with store._work() as connection:
        assert connection.scalars(sa.text("SELECT name FROM sqlite_master")).all() == ["ticket"]
        connection.exec_driver_sql("DROP TABLE ticket")
    store.migrate()
    store.close()


def test_a_database_of_a_later_version_is_left_alone(tmp_path: Path) -> None:
    place = tmp_path / "between.db"
    store = opened(place)
    store.put(ME, [an_item()])
    with store._work() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    store.close()
    before = place.read_bytes()
    for _ in range(2):  # and the first attempt does not stand in the way of the second
        with pytest.raises(TooNew):
            opened(place)
    assert place.read_bytes() == before


# Broken files


@pytest.mark.parametrize("junk", [b"Dear diary, this is a text file.\n" * 200, secrets.token_bytes(8192)])
def test_a_file_that_is_no_database_is_damaged_and_left_alone(tmp_path: Path, junk: bytes) -> None:
    place = tmp_path / "between.db"
    place.write_bytes(junk)
    with pytest.raises(Damaged):
        opened(place)
    assert place.read_bytes() == junk


def test_a_database_that_was_cut_is_damaged(tmp_path: Path) -> None:
    place = tmp_path / "between.db"
    store = opened(place)
    store.put(ME, [an_item() for _ in range(2_000)])
    store.close()
    whole = place.read_bytes()
    place.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(Damaged):
        list(opened(place).items(ME))


def test_trouble_never_shows_what_was_to_be_saved(tmp_path: Path) -> None:
    store = opened(tmp_path / "between.db")
    item = an_item()
    with pytest.raises(sa.exc.IntegrityError) as met:
        store.put(ME, [item, SealedItem(item.id, "entry", None)])  # type: ignore[arg-type]  # a mistake
    assert item.id not in str(met.value)
    assert ME not in str(met.value)
    store.close()


# Folders and disks


def test_a_folder_that_cannot_be_made_is_unwritable(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreUnwritable):
        opened(tmp_path / "file" / "between.db")
    with pytest.raises(StoreUnwritable):
        opened(tmp_path)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Callable[[str], Path]]:
    """A disk of a given kind, where this machine lets us mount one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = []

    def mount(options: str) -> Path:
        command = ["mount", "-t", "tmpfs", "-o", options, "none", str(disk)]
        if not mounted and (os.geteuid() != 0 or subprocess.run(command, capture_output=True).returncode):
            pytest.skip("NO RIGHT TO MOUNT A DISK ON THIS MACHINE: skipped")
        if mounted:
            subprocess.run(["mount", "-o", f"remount,{options}", str(disk)], check=True)
        mounted.append(options)
        return disk

    yield mount
    if mounted:
        subprocess.run(["umount", str(disk)], check=True)


def test_a_full_disk_loses_nothing_and_works_again_with_room(small_disk: Callable[[str], Path]) -> None:
    disk = small_disk("size=2m")
    store = opened(disk / "between.db")
    saved: list[SealedItem] = []

    def write_on() -> None:
        while True:
            batch = [an_item() for _ in range(5)]
            store.put(ME, batch)
            saved.extend(batch)

    with pytest.raises(StoreFull):
        write_on()
    assert saved
    assert list(store.items(ME)) == saved
    with pytest.raises(StoreFull):
        store.put(ME, [an_item(100_000)])
    assert list(store.items(ME)) == saved
    small_disk("size=8m")
    store.forget(ME, [saved.pop().id])
    one = an_item()
    store.put(ME, [one])
    assert list(store.items(ME)) == [*saved, one]
    store.close()
    again = opened(disk / "between.db")
    assert list(again.items(ME)) == [*saved, one]
    again.close()


def test_a_full_disk_at_the_first_start_says_so(small_disk: Callable[[str], Path]) -> None:
    disk = small_disk("size=16k")
    (disk / "filler").write_bytes(b"x" * 12 * 1024)
    with pytest.raises(StoreFull):
        opened(disk / "between.db")


def test_a_database_that_may_not_grow_is_full(tmp_path: Path) -> None:
    store = opened(tmp_path / "between.db")
    with store._engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count=40")
    with pytest.raises(StoreFull):
        store.put(ME, [an_item() for _ in range(1_000)])
    assert list(store.items(ME)) == []
    store.close()


def test_a_disk_that_became_read_only_is_unwritable(small_disk: Callable[[str], Path]) -> None:
    disk = small_disk("size=4m")
    store = opened(disk / "between.db")
    store.put(ME, [an_item()])
    store.close()
    small_disk("ro")
    with pytest.raises(StoreUnwritable):
        opened(disk / "between.db")
    small_disk("rw")
    opened(disk / "between.db").close()


# One process at a time


def hold(place: Path, tell: Connection) -> None:
    store = opened(place)
    tell.send("open")
    signal.pause()
    store.close()


def other_process(place: Path) -> multiprocessing.process.BaseProcess:
    hear, tell = FORK.Pipe(duplex=False)
    child = FORK.Process(target=hold, args=(place, tell))
    child.start()
    assert hear.poll(20)
    assert hear.recv() == "open"
    return child


def test_a_second_process_is_told_that_the_folder_is_in_use(tmp_path: Path) -> None:
    child = other_process(tmp_path / "between.db")
    try:
        with pytest.raises(StoreInUse):
            opened(tmp_path / "between.db")
        opened(tmp_path / "another.db").close()
    finally:
        child.kill()
        child.join()
    opened(tmp_path / "between.db").close()  # a killed process holds nothing


def test_closing_lets_the_next_one_in_from_whichever_thread(tmp_path: Path) -> None:
    place = tmp_path / "between.db"
    for _ in range(3):
        first = opened(place)
        with pytest.raises(StoreInUse):
            opened(place)
        first.close()


# PostgreSQL


@pytest.mark.postgres
def test_a_lost_postgresql_is_unreachable_and_found_again(postgres: Server) -> None:
    store = Store(postgres.new_database())
    store.migrate()
    one, other = an_item(), an_item()
    store.put(ME, [one])
    postgres.stop()
    try:
        with pytest.raises(StoreUnreachable):
            store.put(ME, [other])
        with pytest.raises(StoreUnreachable):
            list(store.items(ME))
    finally:
        postgres.start()
    assert list(store.items(ME)) == [one]
    store.put(ME, [other])
    assert list(store.items(ME)) == [one, other]
    store.close()


def test_a_postgresql_that_was_never_there_is_unreachable(tmp_path: Path) -> None:
    store = Store(f"postgresql+psycopg://app@/nothing?host={tmp_path}")
    with pytest.raises(StoreUnreachable) as met:
        store.migrate()
    assert str(tmp_path) not in str(met.value)
    store.close()


@pytest.mark.postgres
def test_several_processes_may_start_on_one_postgresql(postgres: Server) -> None:
    url = postgres.new_database()

    def start() -> None:
        store = Store(url)
        store.migrate()
        store.put(ME, [an_item()])
        store.close()

    children = [FORK.Process(target=start) for _ in range(4)]
    for child in children:
        child.start()
    for child in children:
        child.join(30)
    assert [child.exitcode for child in children] == [0] * 4
    store = Store(url)
    store.migrate()
    assert len(list(store.items(ME))) == 4
    store.close()
