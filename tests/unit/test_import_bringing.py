"""Bringing in: never twice, never today by mistake, never too much, always screened."""

from __future__ import annotations

import gzip
import zipfile
from collections import Counter
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from between.domain import Entry, Progress, Tier
from between.errors import BetweenError, ImportTooLarge, StoreFull, UnreadableImport
from between.journal.importers import limits, previewing
from between.journal.importers.draft import ImportOptions
from tests.fakes_journal import ACUTE, NOW, Room, zipped

PEPYS = Path(__file__).resolve().parents[3] / "shared" / "data" / "pepys" / "pepys.jsonl.gz"


@pytest.fixture
def room() -> Room:
    return Room()


def table(rows: int) -> bytes:
    start = date(2020, 1, 1)
    lines = [f"{start + timedelta(days=i)},Entry number {i}" for i in range(rows)]
    return ("date,content\n" + "\n".join(lines)).encode()


def test_a_second_import_brings_nothing_twice(room: Room) -> None:
    assert room.journal.bring_in(room.journal.preview("d.csv", table(5))).count == 5
    again = room.journal.preview("other name.csv", table(7))
    assert (len(again.found), again.duplicates) == (2, 5)
    room.journal.bring_in(again)
    assert len(room.journal.entries()) == 7


def test_the_same_day_and_words_are_one_entry_whatever_the_format(room: Room) -> None:
    room.journal.write("Walked  to the\nmill.", NOW)
    found = room.journal.preview("2026-03-12.md", b"Walked to the mill.\n")
    assert (len(found.found), found.duplicates) == (0, 1)


def test_the_same_words_twice_on_one_day_are_two_entries_and_stay_two(room: Room) -> None:
    data = b"date,content\n2021-03-04 09:00,Tired.\n2021-03-04 21:00,Tired.\n2021-03-04 21:00,Tired.\n"
    first = room.journal.preview("d.csv", data)
    assert (len(first.found), first.duplicates) == (2, 1)
    room.journal.bring_in(first)
    assert not room.journal.preview("d.csv", data).found


def test_undated_words_that_are_here_already_are_not_offered_again(room: Room) -> None:
    room.journal.write("Words without a day.", NOW)
    found = room.journal.preview("note.md", b"Words without a day.")
    assert (len(found.undated), found.duplicates) == (0, 1)


def test_undated_entries_never_come_in_by_themselves(room: Room) -> None:
    done = room.journal.bring_in(room.journal.preview("note.md", b"No day."))
    assert done.count == 0
    assert not room.diary.kept


def test_the_time_is_the_files_and_never_the_time_of_the_import(room: Room) -> None:
    room.journal.bring_in(room.journal.preview("d.csv", table(1)))
    (entry,) = room.journal.entries()
    assert entry.at.date() == date(2020, 1, 1)
    assert entry.written_at is None


def test_days_that_have_not_come_are_told_and_left_out(room: Room) -> None:
    data = b"date,content\n2026-03-12,Today\n2026-03-13,Tomorrow\n"
    found = room.journal.preview("d.csv", data)
    assert [d.text for d in found.found] == ["Today"]
    assert [s.reason_key for s in found.skipped] == ["future"]
    unchecked = previewing.preview("d.csv", data)
    assert room.journal.bring_in(unchecked).future == 1


def test_every_entry_is_screened_and_acute_ones_stay_out_of_recall(room: Room) -> None:
    done = room.journal.bring_in(
        room.journal.preview("d.csv", f"date,content\n2021-01-01,{ACUTE}\n2021-01-02,ok\n".encode())
    )
    assert (done.count, done.kept_apart) == (2, 1)
    acute = next(e for e in room.diary.all(Entry) if e.text == ACUTE)
    assert acute.tier is Tier.ACTIVE
    assert [r.text for r in room.memory.held.values()] == ["ok"]


def test_entries_are_saved_in_batches_with_progress(room: Room) -> None:
    told: list[Progress] = []
    done = room.journal.bring_in(room.journal.preview("d.csv", table(450)), told.append)
    assert room.diary.puts == [200, 200, 50]
    assert [p.done for p in told] == [200, 400, 450]
    assert {p.total for p in told} == {450}
    assert not done.cancelled


def test_stopping_keeps_what_came_in_and_the_rest_can_follow(room: Room) -> None:
    calls = iter([False] * 250 + [True] * 10)
    done = room.journal.bring_in(room.journal.preview("d.csv", table(450)), cancelled=lambda: next(calls))
    assert (done.cancelled, done.count) == (True, 250)
    assert len(room.journal.entries()) == 250
    rest = room.journal.preview("d.csv", table(450))
    assert (len(rest.found), rest.duplicates) == (200, 250)


def test_a_full_disk_keeps_whole_batches_only(room: Room) -> None:
    found = room.journal.preview("d.csv", table(450))

    def fill(progress: Progress) -> None:
        if progress.done == 400:
            room.diary.fails = StoreFull()

    with pytest.raises(StoreFull):
        room.journal.bring_in(found, fill)
    assert len(room.journal.entries()) == 400


def test_many_entries_are_handed_to_the_background(room: Room) -> None:
    later: list[int] = []
    parts = type(room.parts)(
        room.diary,
        room.memory,
        room.screen,
        room.parts.clock,
        room.parts.new_id,
        lambda r: later.append(len(r)),
    )
    type(room.journal)(parts).bring_in(room.journal.preview("d.csv", table(50)))
    assert later == [50]
    assert not room.memory.held


# Limits ---------------------------------------------------------------------------------------------


def test_too_large_a_file_is_refused_before_it_is_read() -> None:
    with pytest.raises(ImportTooLarge):
        previewing.preview("a.md", b"x" * (limits.MAX_BYTES + 1))


@pytest.mark.parametrize("pack", ["zip", "gz"])
def test_a_bomb_is_refused(pack: str) -> None:
    flood = b"a" * (limits.MAX_UNPACKED + 10)
    data = gzip.compress(flood, 1) if pack == "gz" else zipped({"2021-03-04.md": flood})
    assert len(data) < limits.MAX_BYTES
    with pytest.raises(ImportTooLarge):
        previewing.preview(f"a.{pack}", data)


def test_a_zip_that_lies_about_its_sizes_is_refused() -> None:
    data = bytearray(zipped({"2021-03-04.md": b"words " * 5000}))
    at = data.rindex(b"PK\x01\x02")
    data[at + 24 : at + 28] = (5).to_bytes(4, "little")
    with pytest.raises(UnreadableImport):
        previewing.preview("a.zip", bytes(data))


def test_paths_in_an_archive_lead_nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    link = zipfile.ZipInfo("2021-03-06.md")
    link.external_attr = 0o120777 << 16
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("../../2021-03-04.md", "Up")
        archive.writestr("/etc/2021-03-05.md", "Root")
        archive.writestr(link, "/etc/passwd")
    found = previewing.preview("a.zip", packed.getvalue())
    assert [d.text for d in found.found] == ["Up", "Root"]
    assert list(tmp_path.iterdir()) == []


def test_json_nested_without_end_is_refused() -> None:
    with pytest.raises(UnreadableImport):
        previewing.preview("a.json", b"[" * 200_000)


def test_too_many_entries_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(previewing, "MAX_ENTRIES", 3)
    with pytest.raises(ImportTooLarge):
        previewing.preview("d.csv", table(4))


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300), st.sampled_from(["a.md", "a.csv", "a.json", "a.txt", "a.zip", "a.gz"]))
def test_whatever_the_bytes_only_the_houses_own_errors_come_out(data: bytes, name: str) -> None:
    try:
        found = previewing.preview(name, data)
    except BetweenError:
        return
    assert all(draft.text.strip() for draft in (*found.found, *found.undated))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200), st.sampled_from(["a.md", "a.csv", "a.jsonl", "a.txt", "2021-03-04.md"]))
def test_whatever_the_text_nothing_is_dated_today(text: str, name: str) -> None:
    try:
        found = previewing.preview(
            name, text.encode(errors="ignore"), options=ImportOptions(today=NOW.date())
        )
    except BetweenError:
        return
    assert not [d for d in found.found if d.at and d.at.date() == date.today()]  # noqa: DTZ011


# A real long diary -----------------------------------------------------------------------------------


@pytest.mark.skipif(not PEPYS.exists(), reason="the diary of Samuel Pepys is not beside the checkout")
def test_a_real_diary_of_3415_entries_comes_in_quickly(room: Room) -> None:
    found = room.journal.preview(PEPYS.name, PEPYS.read_bytes())
    assert len(found.found) + len(found.undated) + found.duplicates + len(found.skipped) == 3415
    done = room.journal.bring_in(found)
    assert done.count == len(found.found) >= 3400
    days = Counter(entry.at.year for entry in room.journal.entries())
    assert set(days) == set(range(1660, 1670))
    assert not room.journal.preview(PEPYS.name, PEPYS.read_bytes()).found
