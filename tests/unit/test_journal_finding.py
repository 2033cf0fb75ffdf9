"""Finding entries by their words, as typed and in other forms."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.fakes_journal import NOW, Room


@pytest.fixture
def room() -> Room:
    room = Room()
    for days, text in (
        (9, "We were swimming in the lake, and I felt light."),
        (8, "He swims every morning. The lake was cold."),
        (7, "A long letter about the lakehouse."),
        (6, "Dreams about dying trees, and happiness anyway."),
        (5, "Über die Brücke gegangen."),
    ):
        room.journal.write(text, NOW - timedelta(days=days))
    return room


def days(room: Room, text: str) -> list[int]:
    return [(NOW - found.entry.at).days for found in room.journal.search_words(text)]


def test_words_as_typed_come_first_newest_first(room: Room) -> None:
    assert days(room, "lake") == [7, 8, 9]


def test_other_forms_of_every_word_are_found_too(room: Room) -> None:
    assert days(room, "swim") == [8, 9]
    assert days(room, "lakes swimming") == [8, 9]
    assert days(room, "happy") == [6]
    assert days(room, "die") == [5, 6]  # as typed in another language, then "dying"


def test_quotes_ask_for_the_words_as_typed(room: Room) -> None:
    assert days(room, '"the lake"') == [7, 8, 9]
    assert days(room, "“lakes swimming”") == []


def test_every_word_must_be_there(room: Room) -> None:
    assert days(room, "lake brücke") == []


def test_blank_and_strange_text_finds_nothing(room: Room) -> None:
    assert days(room, "  ") == []
    assert days(room, "(((") == []
    assert days(room, ".*") == []


def test_a_find_shows_an_exact_piece_of_the_entry(room: Room) -> None:
    long = "word " * 80 + "the needle in here " + "word " * 80
    room.journal.write(long, NOW)
    found = room.journal.search_words("needle")[0]
    assert found.exact
    assert found.snippet in long
    assert "needle" in found.snippet
    assert len(found.snippet) < 250


def test_title_and_tags_are_searched(room: Room) -> None:
    room.journal.write("Something", NOW, title="About courage", tags=("river",))
    assert days(room, "courage") == [0]
    assert days(room, "river") == [0]


def test_search_by_meaning_asks_memory(room: Room) -> None:
    assert [found.text for found in room.journal.search_meaning("cold")] == [
        "He swims every morning. The lake was cold."
    ]
    assert room.journal.search_meaning(" ") == ()
