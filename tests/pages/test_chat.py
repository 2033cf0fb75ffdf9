"""The chat page: a turn, what it remembers, and what it does in a hard moment."""

from __future__ import annotations

from datetime import timedelta

from between.domain import Message, RiskState, Role, Tier
from tests.pages.conftest import Visitor, texts


def said(visitor: Visitor) -> list[Message]:
    return visitor.space.diary.all(Message)


def test_a_message_is_answered_by_the_guide_and_both_are_kept(person: Visitor) -> None:
    app = person.open()
    app.chat_input[0].set_value("My sister forgot my birthday again and I keep pretending it is fine.").run()
    assert not app.exception
    assert [one.role for one in said(person)] == [Role.PERSON, Role.COMPANION]
    assert said(person)[1].text.strip() in texts(app)
    assert said(person)[1].provenance is not None
    assert said(person)[1].provenance.engine == "guide"


def test_an_old_entry_comes_back_with_its_date_and_can_be_opened(person: Visitor) -> None:
    space = person.space
    then = person.house.clock() - timedelta(days=40)
    space.write_entry("My sister Ana forgot my birthday. I laughed it off and cried in the car.", at=then)
    app = person.open()
    app.chat_input[0].set_value("What did I write about my sister and my birthday?").run()
    assert not app.exception
    passages = said(person)[1].provenance.passages  # type: ignore[union-attr]
    assert any("cried in the car" in one.text for one in passages)
    assert "cried in the car" in texts(app)


def test_a_hard_message_shows_a_card_in_the_same_run_and_no_engine_speaks(person: Visitor) -> None:
    app = person.open()
    app.chat_input[0].set_value("I want to kill myself tonight.").run()
    assert not app.exception
    assert said(person)[0].card
    reply = said(person)[1]
    assert reply.provenance is not None
    assert reply.provenance.engine == "safety"
    assert any("116 123" in str(html.proto) for html in app.get("html"))


def test_a_conversation_can_be_deleted_and_leaves_nothing(person: Visitor) -> None:
    app = person.open()
    app.chat_input[0].set_value("Something small about the neighbour's cat.").run()
    app.button(key="delete_conversation").click().run()
    assert not app.exception
    assert said(person) == []
    assert person.space.memory.search("neighbour cat") == ()


def test_a_conversation_that_is_not_remembered_never_comes_back(person: Visitor) -> None:
    app = person.open()
    app.button(key="new_private").click().run()
    app.chat_input[0].set_value("The heron on the canal stood there for an hour.").run()
    assert not app.exception
    assert person.space.memory.search("heron canal") == ()


def test_markdown_in_the_persons_words_stays_text(person: Visitor) -> None:
    app = person.open()
    app.chat_input[0].set_value("![x](http://evil.example/a.png) and **bold** feelings today").run()
    assert not app.exception
    assert any("![x](http://evil.example/a.png)" in str(one.value) for one in app.text)
    assert not any("![x](http" in str(one.value) for one in app.markdown)


def test_not_what_i_meant_takes_a_soft_alarm_back_but_never_a_hard_one(person: Visitor) -> None:
    app = person.open()
    app.chat_input[0].set_value("Sometimes I wish I could just disappear and not wake up.").run()
    assert person.space.diary.one(RiskState).tier == Tier.PASSIVE  # type: ignore[union-attr]
    app.button(key="not_meant").click().run()
    assert not app.exception
    assert person.space.diary.one(RiskState).tier <= Tier.DISTRESS  # type: ignore[union-attr]
    app.chat_input[0].set_value("I am going to kill myself tonight.").run()
    app.button(key="not_meant").click().run()
    assert person.space.diary.one(RiskState).tier == Tier.IMMEDIATE  # type: ignore[union-attr]


def test_after_a_soft_alarm_an_ordinary_question_is_still_answered(person: Visitor) -> None:
    person.space.write_entry("Swimming at Bath Street, forty lengths.", at=person.house.clock())
    app = person.open()
    app.chat_input[0].set_value("Sometimes I wish I could just disappear and not wake up.").run()
    app.chat_input[0].set_value("What did I write about swimming?").run()
    assert not app.exception
    assert "forty lengths" in said(person)[-1].text


def test_markup_in_a_first_message_does_not_become_markup_in_the_list(person: Visitor) -> None:
    app = person.open()
    app.chat_input[0].set_value(
        "![x](http://evil.example/a.png) :red[today] [link](http://evil.example)"
    ).run()
    app.run()
    assert not app.exception
    labels = [button.label for button in app.sidebar.button]
    assert any("evil" in label for label in labels)
    assert not any("](" in label or ":red[" in label for label in labels)


def test_a_conversation_deleted_in_another_tab_does_not_swallow_a_hard_message(person: Visitor) -> None:
    app = person.open()
    app.chat_input[0].set_value("A first line about the garden.").run()
    conversation = person.space.companion.conversations()[0]
    person.space.companion.forget_conversation(conversation.id)
    app.chat_input[0].set_value("I want to kill myself tonight.").run()
    assert not app.exception
    assert said(person)[0].card
    assert any("116 123" in str(html.proto) for html in app.get("html"))
