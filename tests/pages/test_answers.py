"""The one question of a card on screen: asked once, answered by a button or in typing, in the chat and in the journal."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from streamlit.testing.v1 import AppTest

from between.domain import Message, RiskState, Role, Tier
from between.ui import wording
from tests.pages.conftest import Visitor, texts

ACTIVE = "I keep having thoughts of killing myself."
PASSIVE = "Sometimes I wish I could just disappear and not wake up."
NOW = "I am going to kill myself tonight."


def say(app: AppTest, text: str) -> AppTest:
    app.chat_input[0].set_value(text).run()
    assert not app.exception
    return app


def said(visitor: Visitor) -> list[Message]:
    return visitor.space.diary.all(Message)


def state(visitor: Visitor) -> RiskState:
    found = visitor.space.diary.one(RiskState)
    assert found is not None
    return found


def keys(app: AppTest) -> set[str]:
    return {str(button.key) for button in app.button}


def test_three_buttons_stand_under_the_question_and_a_yes_brings_the_emergency_card(person: Visitor) -> None:
    app = say(person.open(), ACTIVE)
    assert {"answer_yes", "answer_no", "answer_rather"} <= keys(app)
    app.button(key="answer_yes").click().run()
    assert not app.exception
    assert [one.text for one in said(person) if one.role is Role.PERSON] == [ACTIVE, "Yes"]
    reply = said(person)[-1]
    assert reply.provenance is not None
    assert reply.provenance.engine == "safety"
    assert "999" in reply.text
    assert state(person).tier is Tier.IMMEDIATE
    assert "answer_yes" not in keys(app)


def test_an_answer_survives_a_reload(person: Visitor) -> None:
    say(person.open(), ACTIVE).button(key="answer_no").click().run()
    again = person.open()
    conversation = person.space.companion.conversations()[0]
    again.button(key=f"open_{conversation.id}").click().run()
    assert "No" in [one.value for one in again.text]
    assert said(person)[-1].text.split("\n")[0] in texts(again)


def test_a_no_keeps_the_tier_and_the_numbers_and_asks_nothing_again(person: Visitor) -> None:
    app = say(person.open(), ACTIVE)
    app.button(key="answer_no").click().run()
    assert not app.exception
    reply = said(person)[-1]
    assert "?" not in reply.text
    assert state(person).tier is Tier.ACTIVE
    assert any("116 123" in str(html.proto) for html in app.get("html"))
    assert "answer_yes" not in keys(app)


def test_a_soft_question_that_is_answered_in_typing_leads_to_the_next_one(person: Visitor) -> None:
    app = say(say(person.open(), PASSIVE), "ending my life")
    assert state(person).tier is Tier.ACTIVE
    assert "answer_yes" in keys(app)
    say(app, "yes")
    assert state(person).tier is Tier.IMMEDIATE


def test_after_taking_it_back_the_card_stays_in_one_line(person: Visitor) -> None:
    app = say(say(person.open(), PASSIVE), "just kidding, forget it")
    first = said(person)[0]
    assert state(person).tier is Tier.PASSIVE
    assert f"card_{first.id}" not in drawn(app)
    assert f"line_{first.id}" in drawn(app)
    assert any("116 123" in str(html.proto) for html in app.get("html"))


def test_only_the_newest_card_stands_open_and_the_others_keep_their_line(person: Visitor) -> None:
    app = say(say(person.open(), PASSIVE), NOW)
    first, last = [one for one in said(person) if one.role is Role.PERSON]
    assert f"line_{first.id}" in drawn(app)
    assert f"urgent_{last.id}" in drawn(app)


def test_in_danger_the_chat_still_takes_and_keeps_every_message_and_answers_it(person: Visitor) -> None:
    app = say(person.open(), NOW)
    for text in ("I don't know", "it rains", "tell me a joke", "what did I write about work"):
        say(app, text)
        assert [one.role for one in said(person)[-2:]] == [Role.PERSON, Role.COMPANION]
        assert said(person)[-2].text == text
        assert said(person)[-1].provenance.engine == "safety"  # type: ignore[union-attr]
        assert "999" in said(person)[-1].text


def test_an_entry_shows_its_card_with_the_question_and_an_answer_goes_on_in_the_chat(person: Visitor) -> None:
    app = write(person, ACTIVE)
    assert any("today" in one.value or "life" in one.value for one in app.markdown if "?" in one.value)
    app.button(key="answer_yes").click().run()
    assert not app.exception
    assert [one.role for one in said(person)] == [Role.COMPANION, Role.PERSON, Role.COMPANION]
    assert said(person)[1].text == "Yes"
    assert state(person).tier is Tier.IMMEDIATE
    assert "999" in said(person)[2].text
    assert said(person)[2].text.split("\n")[0] in texts(app)


def test_the_card_of_an_entry_stays_until_it_is_closed(person: Visitor) -> None:
    app = write(person, PASSIVE)
    app.run()
    assert "card_written" in drawn(app)
    app.button(key="close_card").click().run()
    assert not app.exception
    assert "card_written" not in drawn(app)


def test_a_soft_card_of_an_entry_can_be_taken_back(person: Visitor) -> None:
    app = write(person, PASSIVE)
    app.button(key="not_meant_entry").click().run()
    assert not app.exception
    assert state(person).tier <= Tier.DISTRESS
    assert "card_written" not in drawn(app)


def test_what_others_may_find_on_this_device_need_not_be_kept(person: Visitor) -> None:
    app = write(person, "He hit me again last night.")
    entry = person.space.journal.entries()[0]
    app.button(key=f"unsave_{entry.id}").click().run()
    assert not app.exception
    assert person.space.journal.entries() == []
    app = say(person.open(), "He hit me again last night.")
    app.button(key=f"unsave_{said(person)[0].id}").click().run()
    assert not app.exception
    assert said(person) == []


def test_while_beliefs_are_remembered_patterns_rest_and_the_page_says_so(person: Visitor) -> None:
    say(person.open(), "The TV is sending messages meant for me.")
    app = person.open("insights")
    assert not app.exception
    assert wording.INSIGHTS_PAUSED in texts(app)
    assert wording.INSIGHTS_INTRO not in texts(app)


def write(person: Visitor, text: str) -> AppTest:
    app = person.open("journal")
    app.text_area(key="journal_text").set_value(text).run()
    app.button(key="save_entry").click().run()
    assert not app.exception
    return app


def drawn(app: AppTest) -> set[str]:
    """Keys of the containers on the page."""
    return {key for block in walk(app._tree) for key in re.findall(r"\$\$ID-[0-9a-f]+-(\w+)", str(block))}


def walk(block: Any) -> Iterator[object]:
    """What every block of the page was made of."""
    yield getattr(block, "proto", None)
    for child in getattr(block, "children", {}).values():
        yield from walk(child)
