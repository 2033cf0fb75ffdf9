"""The second opinion on the real pages: off at first, said plainly, and seen under the reply."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from between.domain import Endpoint, Message, Tier
from between.ui import wording
from between.ui.views.opinion import words
from tests.integration.test_opinion import SOFT, WORDS, form
from tests.openai_server import REPLY, OpenAIServer
from tests.pages.conftest import Visitor, texts


@pytest.fixture
def server() -> Iterator[OpenAIServer]:
    with OpenAIServer() as running:
        yield running


@pytest.fixture
def endpoint(person: Visitor, server: OpenAIServer) -> Endpoint:
    """A model that the person agreed to."""
    made = Endpoint(server.base_url, "test-model")
    person.space.save_profile(endpoint=made)
    person.space.agree(made, "words")
    return made


def test_the_switch_is_off_says_what_is_sent_and_can_be_switched_off_again(
    person: Visitor, endpoint: Endpoint
) -> None:
    app = person.open("settings")
    assert app.toggle(key="opinion").value is False
    for line in words(person.space, endpoint):
        assert line in texts(app)
    assert not person.space.opinions.agreed(endpoint)
    app.toggle(key="opinion").set_value(True).run()
    assert not app.exception
    assert person.space.opinions.agreed(endpoint)
    assert person.open("settings").toggle(key="opinion").value is True
    app.toggle(key="opinion").set_value(False).run()
    assert not person.space.opinions.agreed(endpoint)


def test_the_yes_ends_with_the_yes_to_the_model(person: Visitor, endpoint: Endpoint) -> None:
    person.space.opinions.agree(endpoint, "words")
    person.space.withdraw(endpoint)
    person.space.agree(endpoint, "words")
    assert not person.space.opinions.agreed(endpoint)


def test_a_model_elsewhere_is_said_to_be_elsewhere(person: Visitor, endpoint: Endpoint) -> None:
    away = " ".join(words(person.space, Endpoint("https://api.example/v1", "m")))
    assert "api" in away
    assert "do not leave this computer" not in away
    assert "do not leave this computer" in " ".join(words(person.space, endpoint))


def test_without_a_model_and_in_the_demo_there_is_no_switch(person: Visitor, guest: Visitor) -> None:
    for visitor in (person, guest):
        app = visitor.open("settings")
        assert wording.SETTINGS_OPINION not in [one.label for one in app.toggle]


def test_a_raise_shows_the_card_in_the_same_turn(
    person: Visitor, endpoint: Endpoint, server: OpenAIServer
) -> None:
    person.space.opinions.agree(endpoint, "words")
    server.will("text", text=form(tier=3))
    app = person.open()
    app.chat_input[0].set_value(WORDS).run()
    assert not app.exception
    said = person.space.diary.all(Message)
    assert said[0].tier is Tier.ACTIVE
    shown = person.space.lookout.card(said[0])
    assert shown is not None
    assert shown.title in texts(app)
    assert wording.CHAT_OPINION["raised"] in texts(app)
    assert REPLY not in texts(app)


def test_a_lowered_card_stays_in_one_line_also_after_the_next_message(
    person: Visitor, endpoint: Endpoint, server: OpenAIServer
) -> None:
    person.space.opinions.agree(endpoint, "words")
    server.will("text")
    server.will_first("text", text=form(sarcasm_or_idiom=True))
    app = person.open()
    app.chat_input[0].set_value(SOFT).run()
    assert not app.exception
    said = person.space.diary.all(Message)
    shown = person.space.lookout.card(said[0])
    assert shown is not None
    assert shown.folded
    assert REPLY in texts(app)
    assert shown.title in [one.value for one in app.caption]
    assert wording.CHAT_OPINION["lowered"] in texts(app)
    person.space.opinions.withdraw(endpoint)
    app.chat_input[0].set_value("The soup was good.").run()
    assert shown.title in [one.value for one in app.caption]
