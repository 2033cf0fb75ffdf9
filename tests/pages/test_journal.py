"""The journal page: writing, finding, changing and deleting."""

from __future__ import annotations

from datetime import timedelta

from between.domain import Mood
from between.journal.drafts import Post
from between.ui import wording
from tests.pages.conftest import Visitor, texts


def test_an_entry_is_saved_with_its_mood_and_the_page_is_empty_again(person: Visitor) -> None:
    app = person.open("journal")
    app.text_area(key="journal_text").set_value("Walked along the river. Cold hands, clear head.").run()
    app.button(key="save_entry").click().run()
    assert not app.exception
    entries = person.space.journal.entries()
    assert [entry.text for entry in entries] == ["Walked along the river. Cold hands, clear head."]
    assert app.text_area(key="journal_text").value == ""


def test_an_empty_page_is_not_saved_and_says_so(person: Visitor) -> None:
    app = person.open("journal")
    app.button(key="save_entry").click().run()
    assert app.error
    assert person.space.journal.entries() == []


def test_a_draft_waits_where_it_stopped(person: Visitor) -> None:
    person.space.drafts.keep("journal", "Half a sentence about", Post("a" * 32, 1))
    app = person.open("journal")
    assert app.text_area(key="journal_text").value == "Half a sentence about"
    assert wording.JOURNAL_DRAFT_KEPT in texts(app)


def test_search_finds_by_meaning_and_by_words(person: Visitor) -> None:
    now = person.house.clock()
    person.space.write_entry("The dog next door barked until three. I lay awake.", at=now - timedelta(days=3))
    person.space.write_entry("Bought tomatoes and basil at the market.", at=now - timedelta(days=2))
    app = person.open("journal")
    app.button_group(key="journal_view").set_value("search").run()
    app.text_input(key="search").set_value("could not sleep because of noise").run()
    assert not app.exception
    assert "barked until three" in texts(app)
    app.button_group(key="search_how").set_value("words").run()
    app.text_input(key="search").set_value("tomatoes").run()
    assert "basil at the market" in texts(app)
    assert "barked" not in texts(app)


def test_an_entry_can_be_changed_and_deleted_for_good(person: Visitor) -> None:
    now = person.house.clock()
    written, _ = person.space.write_entry("A first version.", at=now, mood=Mood.GOOD)
    app = person.open("journal")
    app.button_group(key="journal_view").set_value("list").run()
    app.button(key=f"read_{written.entry.id}").click().run()
    app.button(key="edit").click().run()
    app.text_area(key=f"edit_{written.entry.id}").set_value("A second version.").run()
    app.button(key="save_edit").click().run()
    assert not app.exception
    assert person.space.journal.entries()[0].text == "A second version."
    app.button(key="delete_yes").click().run()
    assert not app.exception
    assert person.space.journal.entries() == []
    assert person.space.memory.search("version") == ()
