"""Insights, memory, settings and help: on an empty space and on the demo life."""

from __future__ import annotations

import pytest

from between.domain import Endpoint, Entry, Message
from between.ui import wording
from tests.pages.conftest import Visitor, texts

PAGES = ["chat", "journal", "insights", "memory", "settings", "plan", "help_now"]


@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_on_an_empty_space(person: Visitor, page: str) -> None:
    app = person.open(page)
    assert not app.exception
    assert not app.error
    assert wording.AI_LINE in texts(app)


@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_on_the_demo_life(guest: Visitor, page: str) -> None:
    app = guest.open(page)
    assert not app.exception
    assert not app.error
    assert wording.STATE_DEMO in texts(app)


def test_insights_say_how_much_is_missing(person: Visitor) -> None:
    app = person.open("insights")
    assert "you have 0 entries" in texts(app)


def test_insights_on_the_demo_quote_entries_exactly(guest: Visitor) -> None:
    guest.space.memory.wait(120)
    guest.space.patterns()
    app = guest.open("insights")
    everything = "\n".join(entry.text for entry in guest.space.diary.all(Entry))
    quotes = [str(one.value).strip("“”") for one in app.text if str(one.value).startswith("“")]
    assert len(quotes) >= 9
    assert all(quote.removesuffix(" …") in everything for quote in quotes)


def test_forgetting_everything_needs_the_words_and_then_leaves_nothing(person: Visitor) -> None:
    person.space.write_entry("Soon to be gone: the marmalade incident.", at=person.house.clock())
    app = person.open("memory")
    assert app.button(key="forget_all").disabled
    app.text_input(key="forget_all_word").set_value("forget everything").run()
    app.button(key="forget_all").click().run()
    assert not app.exception
    assert person.space.diary.all(Entry) == []
    assert person.space.diary.all(Message) == []


def test_memory_can_be_switched_off_and_then_nothing_comes_back(person: Visitor) -> None:
    person.space.write_entry("My sister Ana and the birthday cake.", at=person.house.clock())
    app = person.open("memory")
    app.toggle(key="memory_on").set_value(False).run()
    assert person.space.profile().memory_on is False
    assert wording.STATE_MEMORY_OFF in texts(app)
    chat = person.open()
    chat.chat_input[0].set_value("What did I write about my sister Ana?").run()
    replies = [one for one in person.space.diary.all(Message) if one.provenance]
    assert replies[-1].provenance.passages == ()  # type: ignore[union-attr]


def test_deleting_the_space_needs_its_name_and_then_it_is_gone(person: Visitor) -> None:
    name = person.space.code_name
    app = person.open("settings")
    app.text_input(key="delete_name").set_value(name).run()
    app.button(key="delete_space").click().run()
    assert not app.exception
    assert person.house.open(person.ticket) is None
    assert person.house.store.find_space(name) is None


def test_the_country_is_kept(person: Visitor) -> None:
    app = person.open("help_now")
    app.selectbox(key="help_country").set_value("IE").run()
    assert not app.exception
    assert person.space.profile().country == "IE"


def test_a_kept_key_is_never_sent_to_another_address(person: Visitor) -> None:
    person.space.save_profile(engine="model", endpoint=Endpoint("http://localhost:9/v1", "m", "sk-kept"))
    app = person.open("settings")
    app.text_input[0].set_value("http://127.0.0.1:9/v1")
    next(button for button in app.button if button.label == wording.SETTINGS_TEST).click().run()
    assert person.space.profile().endpoint == Endpoint("http://127.0.0.1:9/v1", "m", "")


def test_an_older_yes_to_a_host_alone_is_asked_for_again_with_origin_and_model(person: Visitor) -> None:
    endpoint = Endpoint("http://localhost:9/v1", "quiet-model")
    person.space.companion.consents.agree("model:localhost", "v1")
    person.space.save_profile(engine="model", endpoint=endpoint)
    assert person.space.engine() is person.space.guide
    app = person.open("settings")
    assert wording.STATE_MODEL_WAITS in texts(app)
    assert "quiet\\-model runs at http\\://localhost\\:9" in texts(app)
    next(button for button in app.button if button.label.startswith("I agree")).click().run()
    assert not app.exception
    assert person.space.endpoint_in_use() == endpoint
    assert wording.STATE_MODEL_WAITS not in texts(person.open())
    for other in (
        Endpoint("http://localhost:10/v1", "quiet-model"),
        Endpoint("http://localhost:9/v1", "loud"),
    ):
        person.space.save_profile(endpoint=other)
        assert person.space.endpoint_in_use() is None


def test_an_address_that_is_none_is_refused_and_nothing_breaks(person: Visitor) -> None:
    person.space.save_profile(engine="model")
    app = person.open("settings")
    app.text_input[0].set_value("http://localhost:114344/v1")
    next(button for button in app.button if button.label == wording.SETTINGS_TEST).click().run()
    assert wording.SETTINGS_BAD_URL in texts(app)
    person.space.save_profile(endpoint=Endpoint("http://localhost:114344/v1", "m"))
    assert not person.open("help_now").exception
