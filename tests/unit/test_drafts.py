"""Unsaved words wait where they stopped; what arrives too late changes nothing."""

from __future__ import annotations

import pytest

from between.domain import Draft
from between.errors import Forgotten, StoreFull
from between.journal.drafts import JOURNAL, NEW_CHAT, Drafts, Post, chat_place, entry_place
from tests.fakes_journal import NOW, Room


@pytest.fixture
def room() -> Room:
    return Room()


@pytest.fixture
def drafts(room: Room) -> Drafts:
    return Drafts(room.diary, lambda: NOW, room.parts.new_id)


def text_at(drafts: Drafts, place: str) -> str | None:
    found = drafts.find(place)
    return found.text if found else None


def test_a_draft_is_kept_replaced_and_cleared(room: Room, drafts: Drafts) -> None:
    page = drafts.page()
    drafts.keep(JOURNAL, "Half a tho", Post(page, 1))
    drafts.keep(NEW_CHAT, "Other place", Post(drafts.page(), 1))
    drafts.keep(JOURNAL, "Half a thought", Post(page, 2))
    assert text_at(drafts, JOURNAL) == "Half a thought"
    assert len(room.diary.all(Draft)) == 2
    drafts.keep(JOURNAL, "   ", Post(page, 3))
    assert text_at(drafts, JOURNAL) is None
    drafts.clear(NEW_CHAT)
    assert not room.diary.all(Draft)


def test_a_draft_that_did_not_change_is_not_sealed_again(room: Room, drafts: Drafts) -> None:
    for number in (1, 2):
        drafts.keep(JOURNAL, "Same", Post("p", number))
    assert len(room.diary.puts) == 1


def test_the_newest_words_win_whatever_arrives_last(drafts: Drafts) -> None:
    drafts.keep(JOURNAL, "new", Post("p", 2))
    drafts.keep(JOURNAL, "older", Post("p", 1))
    assert text_at(drafts, JOURNAL) == "new"


def test_a_post_that_could_not_be_kept_can_be_repeated(room: Room, drafts: Drafts) -> None:
    room.diary.fails = StoreFull()
    with pytest.raises(StoreFull):
        drafts.keep(JOURNAL, "words", Post("p", 1))
    room.diary.fails = None
    drafts.keep(JOURNAL, "words", Post("p", 1))
    assert text_at(drafts, JOURNAL) == "words"


def test_a_late_post_of_a_page_that_was_saved_does_not_revive_the_draft(drafts: Drafts) -> None:
    page = drafts.page()
    drafts.keep(JOURNAL, "words", Post(page, 1))
    drafts.end(JOURNAL, page)
    with pytest.raises(Forgotten):
        drafts.keep(JOURNAL, "words and", Post(page, 2))
    assert text_at(drafts, JOURNAL) is None
    fresh = drafts.page(page)
    assert fresh != page
    drafts.keep(JOURNAL, "the next entry", Post(fresh, 1))
    assert text_at(drafts, JOURNAL) == "the next entry"


def test_a_page_that_goes_on_stays_the_same(drafts: Drafts) -> None:
    page = drafts.page()
    drafts.keep(JOURNAL, "words", Post(page, 5))
    assert drafts.page(page) == page
    drafts.keep(JOURNAL, "older", Post(page, 4))
    assert text_at(drafts, JOURNAL) == "words"


def test_a_page_from_before_a_restart_may_still_post(drafts: Drafts) -> None:
    drafts.keep(JOURNAL, "typed before the server came back", Post("unknown", 1))
    assert text_at(drafts, JOURNAL) == "typed before the server came back"


def test_after_everything_is_forgotten_no_older_page_may_post(drafts: Drafts) -> None:
    known = drafts.page()
    drafts.end_all()
    for page in (known, "unknown"):
        with pytest.raises(Forgotten):
            drafts.keep(JOURNAL, "words", Post(page, 9))
        assert drafts.page(page) != page
    drafts.keep(JOURNAL, "a new start", Post(drafts.page(known), 1))
    assert text_at(drafts, JOURNAL) == "a new start"


def test_words_for_something_that_is_gone_are_not_kept(room: Room, drafts: Drafts) -> None:
    entry = room.journal.write("An entry", NOW).entry
    place = entry_place(entry.id)
    drafts.keep(place, "An entry, changed", Post("p", 1))
    assert text_at(drafts, place) == "An entry, changed"
    assert room.journal.entry(entry.id) == entry
    drafts.clear(place)
    room.journal.delete(entry.id)
    for gone in (place, chat_place(entry.id)):
        with pytest.raises(Forgotten):
            drafts.keep(gone, "late", Post("p", 2))
    assert room.diary.all(Draft) == []
