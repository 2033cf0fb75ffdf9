"""Writing, changing, deleting: what is kept, what the screen sees, what may come back."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from between.domain import Entry, Mood, Period, Tier
from between.errors import EmptyEntry, EncoderMissing, Forgotten, FutureEntry, StoreFull
from tests.fakes_journal import ACUTE, NOW, Room


@pytest.fixture
def room() -> Room:
    return Room()


def test_an_entry_is_screened_as_typed_then_saved_then_remembered(room: Room) -> None:
    done = room.journal.write("  Slept well. ", NOW, mood=Mood.GOOD, tags=("sleep",))
    assert room.screen.seen == ["  Slept well. \n\nsleep"]
    assert room.diary.kept[done.entry.id].text == "  Slept well. "
    assert done.entry.written_at == NOW
    assert done.remembered
    assert done.entry.id in room.memory.held


def test_the_screen_sees_the_title_too(room: Room) -> None:
    done = room.journal.write("Nothing else to say.", NOW, title=f"In {ACUTE}")
    assert done.entry.tier is Tier.ACTIVE


def test_an_acute_entry_is_kept_and_never_recalled(room: Room) -> None:
    done = room.journal.write(f"I am in {ACUTE}", NOW)
    assert done.finding.tier is Tier.ACTIVE
    assert room.journal.entries() == [done.entry]
    assert not done.remembered
    assert not room.memory.held


def test_an_entry_kept_out_of_memory_is_not_remembered(room: Room) -> None:
    assert not room.journal.write("Only here.", NOW, remember=False).remembered
    assert not room.memory.held


def test_an_entry_that_becomes_acute_when_edited_is_forgotten_by_memory(room: Room) -> None:
    entry = room.journal.write("A quiet day.", NOW).entry
    room.journal.edit(entry.id, text=f"Not quiet, {ACUTE}")
    assert not room.memory.held


@pytest.mark.parametrize("text", ["", "   ", "\n\t"])
def test_nothing_is_no_entry(room: Room, text: str) -> None:
    with pytest.raises(EmptyEntry):
        room.journal.write(text, NOW)
    assert not room.diary.kept


def test_a_day_that_has_not_come_is_refused_where_the_person_is(room: Room) -> None:
    with pytest.raises(FutureEntry):
        room.journal.write("Tomorrow", NOW + timedelta(days=1))
    room.journal.write("Later today", NOW + timedelta(hours=5))
    ahead = timezone(timedelta(hours=12))  # there it is the 13th already
    room.journal.write("My day", datetime(2026, 3, 13, 7, 0, tzinfo=ahead))
    assert len(room.journal.entries()) == 2


def test_when_saving_fails_nothing_is_remembered(room: Room) -> None:
    room.diary.fails = StoreFull()
    with pytest.raises(StoreFull):
        room.journal.write("A line", NOW)
    assert not room.memory.held


def test_words_are_safe_when_the_language_files_are_missing(room: Room) -> None:
    room.memory.fails = EncoderMissing()
    done = room.journal.write("A line", NOW)
    assert not done.remembered
    assert room.journal.entry(done.entry.id) == done.entry


def test_an_edit_changes_only_what_it_names(room: Room) -> None:
    entry = room.journal.write("First", NOW, mood=Mood.LOW, tags=("a",), title="T").entry
    room.now = NOW + timedelta(hours=1)
    edited = room.journal.edit(entry.id, text="Second").entry
    assert (edited.mood, edited.tags, edited.title) == (Mood.LOW, ("a",), "T")
    assert edited.edited_at == room.now
    assert edited.written_at == NOW
    assert room.memory.held[entry.id].text == "Second"
    assert room.journal.edit(entry.id, mood=None).entry.mood is None


def test_keeping_out_of_memory_is_not_an_edit_of_the_words(room: Room) -> None:
    entry = room.journal.write("First", NOW).entry
    kept = room.journal.edit(entry.id, remember=False).entry
    assert kept.edited_at is None
    assert not room.memory.held


def test_an_entry_that_is_gone_cannot_be_edited(room: Room) -> None:
    entry = room.journal.write("First", NOW).entry
    room.journal.delete(entry.id)
    with pytest.raises(Forgotten):
        room.journal.edit(entry.id, text="Again")


def test_deleting_removes_the_entry_and_what_memory_made_of_it(room: Room) -> None:
    one, two = room.journal.write("One", NOW).entry, room.journal.write("Two", NOW).entry
    room.journal.delete(one.id, "f" * 32)
    assert room.journal.entries() == [two]
    assert list(room.memory.held) == [two.id]


def test_an_entry_that_memory_could_not_forget_can_be_deleted_again(room: Room) -> None:
    entry = room.journal.write("One", NOW).entry
    room.memory.fails = StoreFull()
    with pytest.raises(StoreFull):
        room.journal.delete(entry.id)
    assert room.journal.entries() == [entry]


def test_entries_come_by_order_tag_and_period(room: Room) -> None:
    for day, tags in ((10, ("Work",)), (3, ("rest",)), (5, ("#work ",))):
        room.journal.write(f"Day {day}", datetime(2026, 3, day, tzinfo=UTC), tags=tags)
    assert [e.at.day for e in room.journal.entries()] == [10, 5, 3]
    assert [e.at.day for e in room.journal.entries(newest_first=False)] == [3, 5, 10]
    assert [e.at.day for e in room.journal.entries(tag="WORK")] == [10, 5]
    assert [
        e.at.day for e in room.journal.entries(period=Period(date(2026, 3, 4), date(2026, 3, 5), ""))
    ] == [5]


def test_a_day_holds_several_entries_and_the_mean_of_the_moods_given(room: Room) -> None:
    late = room.journal.write("Evening", datetime(2026, 3, 5, 21, tzinfo=UTC), mood=Mood.VERY_GOOD).entry
    early = room.journal.write("Morning", datetime(2026, 3, 5, 7, tzinfo=UTC), mood=Mood.LOW).entry
    room.journal.write("No mood", datetime(2026, 3, 4, 7, tzinfo=UTC))
    assert room.journal.on_day(date(2026, 3, 5)) == [early, late]
    days = room.journal.days()
    assert list(days) == [date(2026, 3, 4), date(2026, 3, 5)]
    assert (days[date(2026, 3, 5)].count, days[date(2026, 3, 5)].mood) == (2, 3.5)
    assert days[date(2026, 3, 4)].mood is None


def test_the_day_is_the_persons_own_wherever_they_were(room: Room) -> None:
    tokyo = timezone(timedelta(hours=9))
    room.journal.write("Past midnight", datetime(2026, 3, 5, 0, 30, tzinfo=tokyo))
    assert list(room.journal.days()) == [date(2026, 3, 5)]


def test_tags_are_one_whatever_their_spelling(room: Room) -> None:
    room.journal.write("a", NOW, tags=("#Work", "work ", " WORK", "big  plans", "#"))
    room.journal.write("b", NOW, tags=("work",))
    room.journal.write("c", NOW, tags=("work",))
    assert room.journal.tags() == {"work": 3, "big plans": 1}
    first = next(e for e in room.diary.all(Entry) if e.text == "a")
    assert first.tags == ("Work", "big plans")


def test_an_edit_never_brings_back_an_entry_that_is_deleted_meanwhile(room: Room) -> None:
    entry = room.journal.write("First.", NOW).entry
    get = room.diary.get

    def getting(cls, id):  # type: ignore[no-untyped-def]  # as the fake's
        found = get(cls, id)
        room.diary.forget(id)  # another tab deletes it at this moment
        return found

    room.diary.get = getting  # type: ignore[method-assign]
    with pytest.raises(Forgotten):
        room.journal.edit(entry.id, text="Second.")
    assert room.diary.all(Entry) == []


def test_words_of_a_person_are_in_no_repr(room: Room) -> None:
    done = room.journal.write("Secretword", NOW, title="Titleword", tags=("tagword",))
    found = room.journal.search_words("Secretword")
    for said in (repr(done), repr(found), repr(room.journal.preview("a.md", b"Secretword"))):
        assert not any(word in said for word in ("Secretword", "Titleword", "tagword"))
