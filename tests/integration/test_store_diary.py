"""The diary in memory and the diary on the disk say the same, whatever happens in between."""

from __future__ import annotations

import json
import secrets
import threading
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from between.domain import (
    AfterUse,
    Consent,
    Conversation,
    Draft,
    Endpoint,
    Entry,
    ItemId,
    Message,
    Mood,
    OwnerId,
    Profile,
    Provenance,
    Recalled,
    RiskState,
    Role,
    SafetyPlan,
    Sealed,
    Stance,
    Tier,
    Trusted,
    Use,
)
from between.errors import Damaged, Forgotten, StoreFull, TooNew
from between.store.diary import Diary
from between.store.records import KINDS, Record, pack, unpack
from between.store.rows import SealedItem
from between.store.store import Store
from between.vault.seal import Key

OWNER = OwnerId("1" * 32)
AT = datetime(2026, 3, 1, 9, 30, tzinfo=timezone(timedelta(hours=2)))


@pytest.fixture
def store() -> Store:
    opened = Store("sqlite://")
    opened.migrate()
    return opened


@pytest.fixture
def diary(store: Store) -> Diary:
    return Diary(store, Key.fresh(), OWNER)


def again(diary: Diary) -> Diary:
    """The same diary, unlocked anew."""
    fresh = Diary(diary._store, diary._key, OWNER)
    fresh.load()
    return fresh


def an_id() -> ItemId:
    return ItemId(secrets.token_hex(16))


def an_entry(text: str = "The kettle sang.", at: datetime = AT) -> Entry:
    return Entry(an_id(), at, text)


def one_of_each() -> list[Record]:
    recalled = Recalled(an_id(), "entry", AT, "a piece", "the same words", 0.25)
    made_of = Provenance("model", "tiny", "abc", (recalled,), "what left", "localhost", "reflect", ("role",))
    talk = an_id()
    return [
        Entry(
            an_id(), AT, "words", "title", ("a", "b"), Mood.LOW, AT, AT, "import:day-one", False, Tier.PASSIVE
        ),
        Conversation(talk, AT, "title", False),
        Message(
            an_id(), talk, AT, Role.COMPANION, "words", True, made_of, Tier.ACTIVE, False, "card", "report: x"
        ),
        Draft(an_id(), "journal", AT, "half a sent"),
        Profile(an_id(), "DE", Stance.LISTEN, False, "model", Endpoint("http://x", "m", "key"), 30, False),
        Consent(an_id(), "model:localhost", "hash", AT, AT + timedelta(days=1)),
        RiskState(an_id(), Tier.DISTRESS, ("A", "P"), AT, 3, True, ("a cause",)),
        SafetyPlan(an_id(), AT, "a", "b", "c", "d", "e", "f", "g"),
        Trusted(an_id(), AT, "Ana", "+44 0", "next door"),
        Use(an_id(), AT, AT, AT, 3, ("soft",), AT.date(), 90, True, (AT.date(),), AT.date(), AT, AT),
        AfterUse(an_id(), AT, "heavier", "the letter"),
    ]


def test_every_class_comes_back_as_it_was(diary: Diary) -> None:
    records = one_of_each()
    assert {type(one) for one in records} == set(KINDS)
    diary.put(*records)
    for kept in (diary, again(diary)):
        for record in records:
            assert kept.get(type(record), record.id) == record
            assert kept.all(type(record)) == [record]
            assert kept.one(type(record)) == record
        assert (kept.damaged, kept.too_new) == (0, 0)


words = st.text(st.characters())  # lone surrogates and all
whole = st.text(st.characters(exclude_categories=["Cs"]))
moments = st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=-9, minutes=-30))]))


@given(whole, whole, st.lists(whole), st.none() | st.sampled_from(Mood), moments, st.booleans())
@settings(max_examples=300)
def test_any_entry_survives_its_seal(
    text: str, title: str, tags: list[str], mood: Mood | None, at: datetime, remember: bool
) -> None:
    entry = Entry(an_id(), at, text, title, tuple(tags), mood, None, at, remember=remember)
    packed, same = pack(entry)
    assert same == entry
    assert unpack(Entry, packed) == entry


@given(words, words, st.floats())
def test_what_is_no_text_or_no_number_is_kept_readable(text: str, why: str, score: float) -> None:
    recalled = Recalled(an_id(), "entry", AT, text, why, score)
    message = Message(
        an_id(), an_id(), AT, Role.PERSON, text, provenance=Provenance("guide", "", "", (recalled,))
    )
    packed, whole = pack(message)
    read = unpack(Message, packed)
    assert read.text == whole.text == text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    [passage] = read.provenance.passages if read.provenance else ()
    assert passage.why == why.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    assert repr(passage.score) == repr(score)


def test_half_a_letter_from_an_import_is_replaced_in_memory_and_on_the_disk_alike(diary: Diary) -> None:
    entry = an_entry("before \ud800 after, and a whole \ud83d\ude00")
    diary.put(entry)
    for kept in (diary, again(diary)):
        [found] = kept.all(Entry)
        assert found.text == "before \ufffd after, and a whole \U0001f600"


# Order


def test_all_is_oldest_first_and_keeps_the_order_of_writing_within_a_moment(diary: Diary) -> None:
    late, early = an_entry("late", AT + timedelta(hours=1)), an_entry("early", AT - timedelta(days=9))
    same = [an_entry(f"same {number}") for number in range(20)]
    other_offset = an_entry("elsewhere", AT.astimezone(UTC) + timedelta(minutes=1))
    diary.put(late, *same)
    diary.put(other_offset, early)
    expected = [early, *same, other_offset, late]
    assert diary.all(Entry) == expected
    assert again(diary).all(Entry) == expected
    diary.put(replace(same[0], tags=("edited",)))
    expected[1] = replace(same[0], tags=("edited",))
    assert diary.all(Entry) == expected
    assert again(diary).all(Entry) == expected


def test_a_new_date_moves_an_entry(diary: Diary) -> None:
    one, two = an_entry("one"), an_entry("two", AT + timedelta(hours=1))
    diary.put(one, two)
    moved = replace(one, at=AT + timedelta(hours=2))
    diary.put(moved)
    assert diary.all(Entry) == [two, moved] == again(diary).all(Entry)
    assert diary.one(Entry) == moved


def test_one_is_the_newest(diary: Diary) -> None:
    assert diary.one(Profile) is None
    first, second = Profile(an_id(), "DE"), Profile(an_id(), "FR")
    diary.put(first)
    diary.put(second)
    assert diary.one(Profile) == second == again(diary).one(Profile)


def test_all_is_a_copy(diary: Diary) -> None:
    diary.put(an_entry())
    diary.all(Entry).clear()
    assert len(diary.all(Entry)) == 1


@given(st.lists(st.tuples(st.sampled_from("pppd"), st.integers(0, 7), st.integers(0, 5)), max_size=40))
@settings(max_examples=40)
def test_memory_and_disk_agree_after_any_changes(changes: list[tuple[str, int, int]]) -> None:
    store = Store("sqlite://")
    store.migrate()
    diary = Diary(store, Key.fresh(), OWNER)
    expected: dict[ItemId, Entry] = {}
    for what, number, minute in changes:
        id = ItemId(f"{number:032x}")
        if what == "p":
            entry = Entry(id, AT + timedelta(minutes=minute), f"{number} at {minute}")
            diary.put(entry)
            expected[id] = entry
        else:
            diary.forget(id)
            expected.pop(id, None)
    assert {one.id: one for one in diary.all(Entry)} == expected
    assert [one.at for one in diary.all(Entry)] == sorted(one.at for one in expected.values())
    assert {one.id: one for one in again(diary).all(Entry)} == expected
    store.close()


# Saving comes first


class FullStore(Store):
    """Has no room left."""

    full = False

    def put(self, owner: OwnerId, items: Sequence[SealedItem]) -> None:
        if self.full:
            raise StoreFull
        super().put(owner, items)

    def forget(self, owner: OwnerId, ids: Sequence[ItemId], kind: str | None = None) -> None:
        if self.full:
            raise StoreFull
        super().forget(owner, ids, kind)


def test_what_could_not_be_saved_is_not_in_memory_either() -> None:
    store = FullStore("sqlite://")
    store.migrate()
    diary = Diary(store, Key.fresh(), OWNER)
    kept = an_entry("kept")
    diary.put(kept)
    store.full = True
    with pytest.raises(StoreFull):
        diary.put(an_entry("lost"), replace(kept, text="changed"))
    with pytest.raises(StoreFull):
        diary.forget(kept.id)
    assert diary.all(Entry) == [kept] == again(diary).all(Entry)


def test_a_moment_without_its_offset_is_refused_before_anything_is_saved(diary: Diary) -> None:
    with pytest.raises(ValueError, match="offset") as refusal:
        diary.put(an_entry(), an_entry("secret words", AT.replace(tzinfo=None)))
    assert "secret" not in str(refusal.value)
    assert diary.all(Entry) == [] == again(diary).all(Entry)


# What cannot be read


def test_unreadable_records_are_counted_and_never_touched(diary: Diary, store: Store) -> None:
    kept, moved, cut = an_entry("kept"), an_entry("moved"), an_entry("cut")
    diary.put(kept, moved, cut)
    rows = {one.id: one for one in store.items(OWNER)}
    store.put(OWNER, [replace(rows[moved.id], sealed=rows[kept.id].sealed)])
    store.put(OWNER, [replace(rows[cut.id], sealed=Sealed(rows[cut.id].sealed[:-1]))])
    later = Sealed(b"\x02" + rows[kept.id].sealed[1:])
    store.put(OWNER, [SealedItem(an_id(), "entry", later)])
    untouched = [one for one in store.items(OWNER) if one.id != kept.id]

    read = again(diary)
    assert read.all(Entry) == [kept]
    assert (read.damaged, read.too_new) == (2, 1)
    read.put(an_entry(), replace(kept, text="changed"))
    read.forget(kept.id)
    assert [one for one in store.items(OWNER) if one in untouched] == untouched
    read.wipe()
    assert list(store.items(OWNER)) == []
    assert (read.damaged, read.too_new) == (0, 0)


@pytest.mark.parametrize(
    ("inside", "refusal"),
    [
        ({"v": 2, "r": {"everything": "is different"}}, TooNew),
        ({"v": 99, "r": []}, TooNew),
        ({"v": 1, "r": {}}, Damaged),
        ({"v": 0, "r": {}}, Damaged),
        ({"v": True, "r": {}}, Damaged),
        ({"v": "2", "r": {}}, Damaged),
        ([1, 2], Damaged),
        (None, Damaged),
    ],
)
def test_a_record_of_a_later_version_is_told_from_a_broken_one(
    inside: object, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal) as met:
        unpack(Entry, json.dumps(inside).encode())
    assert met.value.__context__ is None, "what pydantic says quotes the person's words"


@pytest.mark.parametrize("junk", [b"", b"{", b"\xff\xfe", b"[" * 100_000, b'{"v": 1'])
def test_what_is_no_record_is_damaged(junk: bytes) -> None:
    with pytest.raises(Damaged):
        unpack(Entry, junk)


def test_later_records_are_counted_not_lost(diary: Diary, store: Store) -> None:
    id = an_id()
    sealed = diary._key.seal(OWNER, "entry", id, b'{"v": 2, "r": {"scent": "rain"}}')
    store.put(OWNER, [SealedItem(id, "entry", sealed)])
    read = again(diary)
    assert (read.all(Entry), read.damaged, read.too_new) == ([], 0, 1)
    assert next(store.items(OWNER)).sealed == sealed


def test_another_key_reads_nothing_and_harms_nothing(diary: Diary, store: Store) -> None:
    diary.put(*one_of_each())
    stranger = Diary(store, Key.fresh(), OWNER)
    stranger.load()
    assert stranger.damaged == len(one_of_each())
    assert again(diary).damaged == 0


# Forgetting


def test_a_forgotten_record_is_gone_from_memory_and_disk_with_all_that_was_derived(
    diary: Diary, store: Store
) -> None:
    entry, other = an_entry(), an_entry()
    diary.put(entry, other)
    diary.put_blobs("vector", {entry.id: b"derived", other.id: b"derived"})
    diary.forget(entry.id, an_id())
    assert diary.get(Entry, entry.id) is None
    assert diary.all(Entry) == [other]
    assert [id for id, _ in diary.blobs("vector")] == [other.id]
    assert {one.id for one in store.items(OWNER)} == {other.id}


def test_a_slow_thread_cannot_bring_back_what_was_derived_from_a_forgotten_record(diary: Diary) -> None:
    entry, other = an_entry(), an_entry()
    diary.put(entry, other)
    diary.forget(entry.id)
    diary.put_blobs("vector", {entry.id: b"too late", other.id: b"in time"})
    assert list(diary.blobs("vector")) == [(other.id, b"in time")]
    diary.put(entry)  # taken back
    diary.put_blobs("vector", {entry.id: b"again"})
    assert dict(diary.blobs("vector"))[entry.id] == b"again"


def test_a_wiped_diary_holds_and_takes_nothing(diary: Diary, store: Store) -> None:
    diary.put(*one_of_each())
    diary.put_blobs("vector", {an_id(): b"derived"})
    diary.wipe()
    assert diary.all(Entry) == []
    assert diary.one(Profile) is None
    assert list(store.items(OWNER)) == []
    with pytest.raises(Forgotten):
        diary.put(an_entry())
    with pytest.raises(Forgotten):
        diary.put_blobs("vector", {an_id(): b"derived"})
    assert list(store.items(OWNER)) == []


# Derived bytes


def test_derived_bytes_are_sealed_and_can_be_dropped_without_their_source(diary: Diary, store: Store) -> None:
    entry = an_entry()
    diary.put(entry)
    diary.put_blobs("vector", {entry.id: b"\x00\x00\x80\x3f" * 100})
    [kept] = store.items(OWNER, "vector")
    assert b"\x00\x00\x80\x3f" not in kept.sealed
    assert list(diary.blobs("vector")) == [(entry.id, b"\x00\x00\x80\x3f" * 100)]
    assert list(again(diary).blobs("vector")) == [(entry.id, b"\x00\x00\x80\x3f" * 100)]
    diary.drop_blobs("vector", [entry.id])
    assert list(diary.blobs("vector")) == []
    assert again(diary).all(Entry) == [entry]


def test_derived_bytes_that_cannot_be_read_are_left_out_to_be_made_again(diary: Diary, store: Store) -> None:
    id = an_id()
    store.put(OWNER, [SealedItem(id, "vector", Sealed(b"\x01 cut"))])
    assert list(diary.blobs("vector")) == []
    diary.put_blobs("vector", {id: b"made again"})
    assert list(diary.blobs("vector")) == [(id, b"made again")]


def test_derived_bytes_cannot_pass_for_a_record(diary: Diary) -> None:
    for act in (
        lambda: diary.put_blobs("entry", {}),
        lambda: diary.drop_blobs("entry", []),
        lambda: list(diary.blobs("entry")),
    ):
        with pytest.raises(ValueError, match="belongs to a record"):
            act()


# Privacy and speed


def test_no_word_shows_in_a_repr_or_on_the_disk(tmp_path: Path) -> None:
    canary = "canary" + secrets.token_hex(8)
    store = Store(f"sqlite:///{tmp_path / 'home' / 'between.db'}")
    store.migrate()
    diary = Diary(store, Key.fresh(), OWNER)
    mine = replace(an_entry(canary), title=canary, tags=(canary,))
    diary.put(
        mine, Draft(an_id(), "journal", AT, canary), Profile(an_id(), endpoint=Endpoint("x", "m", canary))
    )
    diary.put_blobs("vector", {mine.id: canary.encode()})
    assert canary not in repr(diary)
    assert repr(diary) == "Diary(3 records)"
    raw = b"".join(path.read_bytes() for path in (tmp_path / "home").iterdir())
    for form in (canary.encode(), canary.encode("utf-16-le"), canary.encode().hex().encode(), b"2026-03-01"):
        assert form not in raw
    assert diary._key.dek not in raw
    store.close()
    raw = b"".join(path.read_bytes() for path in (tmp_path / "home").iterdir())
    assert canary.encode() not in raw


def test_ten_thousand_entries_are_unlocked_fast_and_listed_faster(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'between.db'}")
    store.migrate()
    diary = Diary(store, Key.fresh(), OWNER)
    entries = [an_entry("some words of a day " * 20, AT + timedelta(hours=hour)) for hour in range(10_000)]
    diary.put(*entries[:5_000])
    diary.put(*entries[5_000:])
    start = time.perf_counter()
    read = again(diary)
    loaded = time.perf_counter()
    for _ in range(20):
        read.put(replace(entries[17], title="x"))
        assert len(read.all(Entry)) == 10_000
    listed = time.perf_counter()
    assert read.all(Entry)[0] == entries[0]
    assert loaded - start < 2.0
    assert listed - loaded < 1.0
    store.close()


def test_a_diary_may_be_shared_between_threads(diary: Diary) -> None:
    failures: list[BaseException] = []

    def live() -> None:
        try:
            for _ in range(30):
                entry = an_entry()
                diary.put(entry)
                diary.put_blobs("vector", {entry.id: b"derived"})
                assert diary.get(Entry, entry.id) == entry
                assert diary.all(Entry)
                diary.forget(entry.id)
                diary.put(an_entry())
        except BaseException as met:  # noqa: BLE001  # told to the thread that asserts
            failures.append(met)

    threads = [threading.Thread(target=live) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert len(diary.all(Entry)) == 180
    assert again(diary).all(Entry) == diary.all(Entry)
    assert list(diary.blobs("vector")) == []
