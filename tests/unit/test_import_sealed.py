"""Bringing in and taking out through the real seal and the real database."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from between.domain import Entry, ItemId, OwnerId
from between.journal.export import export_all
from between.journal.importers.draft import ImportOptions
from between.journal.journal import Journal
from between.journal.ports import Parts
from between.store.diary import Diary
from between.store.store import Store
from between.vault.seal import Key
from between.vault.slots import Slot
from tests.fakes_journal import NOW, FakeMemory, FakeScreen

OWNER = OwnerId("a" * 32)
SLOT = Slot("pass", 1, "{}", b"salt", b"commit", b"wrapped")
LINES = """date,content,mood,tags
1660-01-11,Up betimes.,3,london
1899-07-01 10:00,Lamps along the quay.,,
2021-03-28 02:30,The hour that is not there.,4,"night, sea"
2021-07-04T23:59:54Z,Late in summer.,2,
"""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(f"sqlite:///{tmp_path}/between.db")
    store.migrate()
    store.add_space(OWNER, "quiet-river-1", [SLOT])
    yield store
    store.close()


def journal(diary: Diary) -> Journal:
    numbers = itertools.count(1)
    return Journal(
        Parts(diary, FakeMemory(), FakeScreen(), lambda: NOW, lambda: ItemId(f"{next(numbers):032x}"))
    )


@pytest.mark.parametrize("zone", ["Europe/Amsterdam", "America/New_York", "Asia/Kolkata", "Africa/Monrovia"])
def test_every_moment_survives_the_seal_and_the_way_out_and_back(
    store: Store, zone: str, tmp_path: Path
) -> None:
    key = Key.fresh()
    diary = Diary(store, key, OWNER)
    diary.load()
    room = journal(diary)
    options = ImportOptions(zone=ZoneInfo(zone), today=NOW.date())
    room.bring_in(room.preview("d.csv", LINES.encode(), options))
    kept = room.entries()
    assert [entry.at.year for entry in kept] == [2021, 2021, 1899, 1660]

    again = Diary(store, key, OWNER)
    again.load()
    assert journal(again).entries() == kept
    assert [e.at.isoformat() for e in journal(again).entries()] == [e.at.isoformat() for e in kept]
    assert not journal(again).preview("d.csv", LINES.encode(), options).found

    other = Store(f"sqlite:///{tmp_path}/other.db")
    other.migrate()
    other.add_space(OWNER, "quiet-river-2", [SLOT])
    there = Diary(other, Key.fresh(), OWNER)
    there.load()
    back = journal(there)
    back.bring_in(back.preview("between.zip", export_all(diary, NOW)))
    assert {e.id: e for e in there.all(Entry)} == {e.id: e for e in diary.all(Entry)}
    other.close()


def test_no_word_of_an_import_reaches_the_disk_unsealed(store: Store, tmp_path: Path) -> None:
    diary = Diary(store, Key.fresh(), OWNER)
    diary.load()
    room = journal(diary)
    room.bring_in(room.preview("d.csv", LINES.encode()))
    assert len(room.entries()) == 4
    raw = b"".join(path.read_bytes() for path in tmp_path.iterdir() if path.is_file())
    assert raw
    for word in (b"betimes", b"quay", b"london", b"1660-01-11", b"import:csv"):
        assert word not in raw
