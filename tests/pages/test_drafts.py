"""Unsaved words on the pages: offered back, never put in place of anything by themselves."""

from __future__ import annotations

import re

from streamlit.testing.v1 import AppTest

from between.domain import Draft, Entry
from between.journal.drafts import JOURNAL, NEW_CHAT, Post, chat_place, entry_place
from between.ui import wording
from tests.pages.conftest import Visitor, texts


def wait(person: Visitor, place: str, text: str) -> None:
    """Words that another tab left behind."""
    person.space.drafts.keep(place, text, Post("f" * 32, 1))


def drafts(person: Visitor) -> dict[str, str]:
    return {draft.place: draft.text for draft in person.space.diary.all(Draft)}


def keeper(app: AppTest) -> dict[str, str]:
    """What the page tells the script that keeps the words."""
    [found] = [html.proto.body for html in app.get("html") if "draft-keeper" in html.proto.body]
    return dict(re.findall(r'data-(\w+)="([^"]*)"', found))


def editing(person: Visitor, entry: Entry) -> AppTest:
    app = person.open("journal")
    app.button_group(key="journal_view").set_value("list").run()
    app.button(key=f"read_{entry.id}").click().run()
    return app.button(key="edit").click().run()


def written(person: Visitor, text: str = "As it was.") -> Entry:
    return person.space.write_entry(text, at=person.house.clock())[0].entry


def test_saving_ends_the_page_so_that_a_late_post_is_refused(person: Visitor) -> None:
    app = person.open("journal")
    before = keeper(app)
    assert before["place"] == JOURNAL
    assert before["field"] == "st-key-journal_text"
    app.text_area(key="journal_text").set_value("Cold hands, clear head.").run()
    assert keeper(app)["page"] == before["page"]
    app.button(key="save_entry").click().run()
    assert keeper(app)["page"] != before["page"]
    assert not app.exception
    assert person.space.drafts.page(before["page"]) != before["page"]


def test_changes_that_were_not_saved_are_offered_and_change_nothing_by_themselves(person: Visitor) -> None:
    entry = written(person)
    wait(person, entry_place(entry.id), "As it should be.")
    app = editing(person, entry)
    assert not app.exception
    assert "As it should be." in texts(app)
    assert not app.text_area
    app.button(key="use_draft").click().run()
    assert app.text_area(key=f"edit_{entry.id}").value == "As it should be."
    assert person.space.journal.entry(entry.id) == entry
    app.button(key="save_edit").click().run()
    assert not app.exception
    assert person.space.journal.entries()[0].text == "As it should be."
    assert drafts(person) == {}


def test_changes_that_are_let_go_leave_the_entry_as_it_was(person: Visitor) -> None:
    entry = written(person)
    wait(person, entry_place(entry.id), "As it should be.")
    app = editing(person, entry)
    app.button(key="drop_draft").click().run()
    assert app.text_area(key=f"edit_{entry.id}").value == "As it was."
    assert drafts(person) == {}


def test_cancelling_lets_the_changes_go(person: Visitor) -> None:
    entry = written(person)
    app = editing(person, entry)
    page = keeper(app)
    assert page["place"] == entry_place(entry.id)
    wait(person, page["place"], "As it should be.")
    app.button(key="cancel_edit").click().run()
    assert not app.exception
    assert drafts(person) == {}
    assert person.space.drafts.page(page["page"]) != page["page"]


def test_words_that_were_not_sent_are_back_in_the_field_and_gone_once_they_are_sent(person: Visitor) -> None:
    wait(person, NEW_CHAT, "I never got to say")
    app = person.open()
    assert app.chat_input[0].proto.set_value
    assert app.chat_input[0].proto.value == "I never got to say"
    assert keeper(app)["place"] == NEW_CHAT
    app.run()
    assert not app.chat_input[0].proto.set_value, "what is typed meanwhile must not be replaced"
    page = keeper(app)["page"]
    app.chat_input[0].set_value("I never got to say goodbye to the garden.").run()
    assert not app.exception
    assert drafts(person) == {}
    conversation = person.space.companion.conversations()[0]
    assert keeper(app)["place"] == chat_place(conversation.id)
    assert person.space.drafts.page(page) != page


def test_each_conversation_has_its_own_unsent_words(person: Visitor) -> None:
    app = person.open()
    app.chat_input[0].set_value("A line about the garden.").run()
    conversation = person.space.companion.conversations()[0]
    wait(person, chat_place(conversation.id), "and the fence")
    app.button(key="new").click().run()
    assert not app.chat_input[0].proto.set_value
    app.button(key=f"open_{conversation.id}").click().run()
    assert app.chat_input[0].proto.value == "and the fence"


def test_coming_back_to_the_chat_brings_the_unsent_words_back(person: Visitor) -> None:
    app = person.open()
    wait(person, NEW_CHAT, "half a")
    app.switch_page("../../../pages/journal.py").run()
    app.switch_page("../../../pages/chat.py").run()
    assert app.chat_input[0].proto.value == "half a"


def test_words_too_long_for_one_message_are_shown_and_can_be_let_go(person: Visitor) -> None:
    wait(person, NEW_CHAT, "quokka " * 3_000)
    app = person.open()
    assert wording.CHAT_TOO_LONG in texts(app)
    assert not app.chat_input[0].proto.set_value
    app.button(key="drop_draft").click().run()
    assert not app.exception
    assert drafts(person) == {}


def test_forgetting_everything_empties_what_this_tab_holds(person: Visitor) -> None:
    app = person.open("journal")
    app.text_area(key="journal_text").set_value("About the quokkabread.").run()
    page = keeper(app)["page"]
    app.switch_page("../../../pages/memory.py").run()
    app.text_input(key="memory_find").set_value("quokkabread").run()
    assert "quokkabread" in repr(app.session_state)
    app.text_input(key="forget_all_word").set_value(wording.MEMORY_FORGET_ALL_WORD).run()
    app.button(key="forget_all").click().run()
    assert not app.exception
    assert "quokkabread" not in repr(app.session_state)
    assert person.space.drafts.page(page) != page
