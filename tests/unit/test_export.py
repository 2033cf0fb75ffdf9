"""Taking everything out: readable by a person, whole for a program, and the same when it comes back."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from between.domain import (
    AfterUse,
    Consent,
    Conversation,
    Entry,
    ItemId,
    Message,
    Mood,
    Provenance,
    Recalled,
    Role,
    SafetyPlan,
    Tier,
    Trusted,
)
from between.errors import TooNew
from between.journal.export import export_all
from between.journal.importers.draft import Format
from between.journal.importers.previewing import detect
from tests.fakes_journal import ACUTE, NOW, Room, zipped

TOKYO = timezone(timedelta(hours=9))


def id_of(n: int) -> ItemId:
    return ItemId(f"{n:032x}")


ENTRIES = (
    Entry(
        id=id_of(101),
        at=datetime(2021, 3, 4, 23, 5, 7, 123456, TOKYO),
        text="\n  First line, “quoted”\r\n---\n\nafter a rule: 日本語 😀  \n\n",
        title='=SUM(A1) "and" more: yes',
        tags=("sea", "über alles", "2021"),
        mood=Mood.LOW,
        written_at=datetime(2021, 3, 5, 1, 0, tzinfo=UTC),
        edited_at=datetime(2022, 1, 1, tzinfo=UTC),
    ),
    Entry(
        id=id_of(102),
        at=datetime(1660, 1, 11, 12, tzinfo=timezone(timedelta(minutes=-1))),
        text="Up betimes.",
    ),
    Entry(id=id_of(103), at=NOW, text="Kept out.", remember=False, source="exercise", mood=Mood.VERY_GOOD),
    Entry(id=id_of(104), at=NOW, text=f"In {ACUTE}.", tier=Tier.ACTIVE, source="import:csv"),
)
TALK = Conversation(id_of(201), NOW, "A talk")
PASSAGE = Recalled(id_of(101), "entry", NOW, "First line", "words: first", 0.5)
MESSAGES = (
    Message(id_of(202), TALK.id, NOW, Role.PERSON, "Hello, =1+1"),
    Message(
        id_of(203),
        TALK.id,
        NOW + timedelta(seconds=2),
        Role.COMPANION,
        "You wrote about a first line.",
        provenance=Provenance(
            "model", "small-model", "hash", (PASSAGE,), "sent words", "model.example", "recall"
        ),
        feedback="report:wrong",
    ),
)
CONSENT = Consent(id_of(301), "model:model.example", "v1", NOW)


@pytest.fixture
def room() -> Room:
    room = Room()
    room.diary.put(*ENTRIES, TALK, *MESSAGES, CONSENT)
    return room


def files(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_everything_comes_back_as_it_was(room: Room) -> None:
    data = export_all(room.diary, NOW)
    there = Room()
    found = there.journal.preview("between.zip", data)
    assert found.format is Format.BETWEEN
    assert not found.skipped
    assert found.changed == 0
    done = there.journal.bring_in(found)
    assert (done.count, done.conversations) == (4, 1)
    assert {e.id: e for e in there.diary.all(Entry)} == {e.id: e for e in ENTRIES}
    assert there.diary.all(Conversation) == [TALK]
    assert there.diary.all(Message) == list(MESSAGES)


def test_coming_back_to_the_same_space_changes_nothing(room: Room) -> None:
    before = dict(room.diary.kept)
    found = room.journal.preview("between.zip", export_all(room.diary, NOW))
    assert (len(found.found), len(found.conversations), found.duplicates) == (0, 0, 5)
    room.journal.bring_in(found)
    assert room.diary.kept == before


def test_a_file_never_overwrites_what_is_kept(room: Room) -> None:
    there = Room()
    mine = Entry(id=id_of(101), at=NOW, text="Mine.")
    note = Message(id_of(202), id_of(9), NOW, Role.PERSON, "Mine too.")
    there.diary.put(mine, note)
    there.journal.bring_in(there.journal.preview("between.zip", export_all(room.diary, NOW)))
    assert there.diary.get(Entry, mine.id) == mine
    assert there.diary.get(Message, note.id) == note
    assert len(there.diary.all(Entry)) == 5
    assert len(there.diary.all(Message)) == 3


def test_how_acute_a_text_is_comes_from_the_screen_and_never_from_a_file(room: Room) -> None:
    out = files(export_all(room.diary, NOW))
    assert not any(b"tier" in data for name, data in out.items() if name.startswith(("entries/", "conv")))
    there = Room()
    there.journal.bring_in(there.journal.preview("b.zip", export_all(room.diary, NOW)))
    assert there.diary.get(Entry, id_of(104)).tier is Tier.ACTIVE
    assert id_of(104) not in there.memory.held
    assert id_of(103) not in there.memory.held


def test_consent_is_a_record_and_is_never_given_by_a_file(room: Room) -> None:
    out = files(export_all(room.diary, NOW))
    assert json.loads(out["consents.json"])[0]["purpose"] == "model:model.example"
    there = Room()
    there.journal.bring_in(there.journal.preview("b.zip", export_all(room.diary, NOW)))
    assert not there.diary.all(Consent)


def test_the_companions_words_say_that_they_are_a_machines(room: Room) -> None:
    (line,) = files(export_all(room.diary, NOW))["conversations.jsonl"].decode().splitlines()
    person, companion = json.loads(line)["messages"]
    assert person["ai_generated"] is False
    assert companion["ai_generated"] is True
    assert (companion["engine"], companion["model"]) == ("model", "small-model")
    assert companion["generated_at"] == MESSAGES[1].at.isoformat()


def test_the_manifest_lists_every_file_with_its_hash_and_counts(room: Room) -> None:
    out = files(export_all(room.diary, NOW))
    manifest = json.loads(out["manifest.json"])
    expected = {"entries": 4, "moods": 2, "conversations": 1, "messages": 2, "consents": 1}
    assert expected.items() <= manifest["counts"].items()
    assert sum(manifest["counts"].values()) == sum(expected.values())
    assert manifest["schema"] == 1
    assert set(manifest["files"]) == set(out) - {"manifest.json"}
    for name, listed in manifest["files"].items():
        assert listed == {"sha256": sha256(out[name]).hexdigest(), "bytes": len(out[name])}


def test_the_safety_plan_and_the_people_go_along_and_bring_nothing_in_again(room: Room) -> None:
    assert "safety_plan.md" not in files(export_all(room.diary, NOW))
    room.diary.put(SafetyPlan(ItemId("7" * 32), NOW, signs="I stop answering."))
    room.diary.put(Trusted(ItemId("8" * 32), NOW, "Ana", "next door"))
    packed = export_all(room.diary, NOW)
    out = files(packed)
    assert "I stop answering." in out["safety_plan.md"].decode()
    assert "- Ana · next door" in out["safety_plan.md"].decode()
    assert "safety_plan.md" in out["README.txt"].decode()
    counts = json.loads(out["manifest.json"])["counts"]
    assert (counts["safety_plans"], counts["people"]) == (1, 1)
    there = Room()
    there.journal.bring_in(there.journal.preview("b.zip", packed))
    assert "I stop answering." not in "".join(entry.text for entry in there.diary.all(Entry))
    assert there.diary.all(SafetyPlan) == []


def test_a_person_can_read_it_without_us(room: Room) -> None:
    out = files(export_all(room.diary, NOW))
    assert "entries/2021-03-04_2305_00000000.md" in out
    assert "Up betimes." in out["entries/1660-01-11_1200_00000000.md"].decode()
    readme = out["README.txt"].decode()
    assert all(name in readme for name in ("entries/", "conversations.jsonl", "moods.csv", "consents.json"))


def test_two_entries_of_one_minute_have_two_files(room: Room) -> None:
    names = [name for name in files(export_all(room.diary, NOW)) if name.startswith("entries/2026-03-12")]
    assert len(names) == 2


def test_no_cell_can_run_as_a_formula(room: Room) -> None:
    for n, start in enumerate(("=1", "+1", "-1", "@x", "\t=1", "\r=1")):
        room.diary.put(Entry(id=id_of(400 + n), at=NOW, text="x", title=start, tags=(start,), mood=Mood.LOW))
    rows = list(csv.reader(io.StringIO(files(export_all(room.diary, NOW))["moods.csv"].decode("utf-8-sig"))))
    cells = [cell for row in rows[1:] for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert len(rows) == 1 + 8


def test_moods_are_those_that_the_person_gave(room: Room) -> None:
    rows = list(
        csv.DictReader(io.StringIO(files(export_all(room.diary, NOW))["moods.csv"].decode("utf-8-sig")))
    )
    assert [(row["date"], row["mood"]) for row in rows] == [("2021-03-04", "2"), ("2026-03-12", "5")]


def test_the_same_diary_gives_the_same_bytes(room: Room) -> None:
    assert export_all(room.diary, NOW) == export_all(room.diary, NOW)


def test_an_entry_changed_by_hand_is_read_as_it_is_now_and_told(room: Room) -> None:
    out: dict[str, str | bytes] = dict(files(export_all(room.diary, NOW)))
    name = "entries/1660-01-11_1200_00000000.md"
    out[name] = bytes(out[name]).replace(b"Up betimes.", b"Up late.").replace(b"\n", b"\r\n")  # type: ignore[arg-type]
    del out["moods.csv"]
    found = Room().journal.preview("b.zip", zipped(out))
    assert found.changed == 1
    assert [(s.reason_key, s.where) for s in found.skipped] == [("missing", "moods.csv")]
    assert "Up late." in [draft.text for draft in found.found]
    assert len(found.found) == 4


def test_an_export_packed_again_inside_a_folder_is_known(room: Room) -> None:
    inner: dict[str, str | bytes] = {
        f"my export/{n}": d for n, d in files(export_all(room.diary, NOW)).items()
    }
    data = zipped(inner)
    assert detect("x.zip", data) is Format.BETWEEN
    found = Room().journal.preview("x.zip", data)
    assert (len(found.found), found.changed, found.skipped) == (4, 0, ())


def test_an_export_of_a_newer_between_is_refused_as_such(room: Room) -> None:
    out: dict[str, str | bytes] = dict(files(export_all(room.diary, NOW)))
    out["manifest.json"] = json.dumps(json.loads(out["manifest.json"]) | {"schema": 2})
    with pytest.raises(TooNew):
        Room().journal.preview("b.zip", zipped(out))


def test_broken_lines_of_an_export_are_told(room: Room) -> None:
    out: dict[str, str | bytes] = dict(files(export_all(room.diary, NOW)))
    out["conversations.jsonl"] = b'{"id": 1}\nnot json\n[]\n'
    found = Room().journal.preview("b.zip", zipped(out))
    assert [(s.reason_key, s.row) for s in found.skipped] == [
        ("unreadable", 1),
        ("unreadable", 2),
        ("unreadable", 3),
    ]


def test_an_empty_diary_can_be_taken_out() -> None:
    out = files(export_all(Room().diary, NOW))
    assert json.loads(out["manifest.json"])["counts"]["entries"] == 0


WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60)


@settings(max_examples=80, deadline=None)
@given(text=WORDS.filter(str.strip), title=WORDS, tag=WORDS)
def test_any_words_survive_the_way_out_and_back(text: str, title: str, tag: str) -> None:
    room, there = Room(), Room()
    entry = room.journal.write(text, NOW, title=title, tags=(tag,)).entry
    there.journal.bring_in(there.journal.preview("b.zip", export_all(room.diary, NOW)))
    assert there.diary.all(Entry) == [replace(entry)]


def test_how_using_this_left_the_person_goes_along(room: Room) -> None:
    assert "after_use.json" not in files(export_all(room.diary, NOW))
    room.diary.put(AfterUse(id_of(301), NOW, "heavier", "The letter"))
    [told] = json.loads(files(export_all(room.diary, NOW))["after_use.json"])
    assert (told["left"], told["bring"]) == ("heavier", "The letter")
