"""Two tabs of one person: what was chosen in one is never switched back by the other."""

from __future__ import annotations

import pytest

from between.companion.consent import model_purpose
from between.domain import Endpoint, Stance
from between.errors import StoreFull
from between.ui import wording
from tests.pages.conftest import Visitor, texts

HERE = Endpoint("http://localhost:9/v1", "quiet-model")
THERE = Endpoint("http://localhost:10/v1", "loud-model")


def agreed_model(person: Visitor) -> None:
    person.space.save_profile(endpoint=HERE)
    person.space.agree(HERE, "words")


def test_a_stale_tab_leaves_the_settings_as_the_other_tab_made_them(person: Visitor) -> None:
    stale, other = person.open("settings"), person.open("settings")
    other.selectbox(key="country").set_value("IE").run()
    other.select_slider(key="idle").set_value(60).run()
    other.toggle(key="streaming").set_value(False).run()
    stale.text_input(key="delete_name").set_value("something else").run()
    kept = person.space.profile()
    assert (kept.country, kept.idle_minutes, kept.streaming) == ("IE", 60, False)
    assert stale.selectbox(key="country").value == "IE"
    assert stale.select_slider(key="idle").value == 60
    assert stale.toggle(key="streaming").value is False


def test_a_change_in_a_stale_tab_changes_that_one_thing(person: Visitor) -> None:
    stale, other = person.open("settings"), person.open("settings")
    other.selectbox(key="country").set_value("IE").run()
    stale.toggle(key="streaming").set_value(False).run()
    kept = person.space.profile()
    assert (kept.country, kept.streaming) == ("IE", False)


def test_the_idle_time_is_that_of_the_ticket_too(person: Visitor) -> None:
    person.open("settings").select_slider(key="idle").set_value(60).run()
    [ticket] = person.house.store.tickets(person.space.owner)
    assert ticket.idle_minutes == 60


@pytest.mark.parametrize("page", ["settings", "chat"])
def test_a_stale_tab_leaves_the_guide_where_the_other_tab_chose_it(person: Visitor, page: str) -> None:
    agreed_model(person)
    stale, other = person.open(page), person.open("settings")
    other.radio(key="engine").set_value("guide").run()
    stale.run()
    assert person.space.profile().engine == "guide"
    if page == "settings":
        assert stale.radio(key="engine").value == "guide"
        assert wording.CHAT_AGREE_TITLE not in texts(stale)


def test_a_stale_tab_leaves_the_model_that_the_other_tab_set_up(person: Visitor) -> None:
    stale = person.open("settings")
    agreed_model(person)
    stale.text_input(key="delete_name").set_value("something else").run()
    assert person.space.profile().engine == "model"
    assert stale.radio(key="engine").value == "model"


def test_looking_at_the_model_changes_nothing_and_the_form_stays(person: Visitor) -> None:
    app = person.open("settings")
    app.radio(key="engine").set_value("model").run()
    app.toggle(key="streaming").set_value(False).run()
    assert app.radio(key="engine").value == "model"
    assert any(button.label == wording.SETTINGS_TEST for button in app.button)
    assert person.space.profile().engine == "guide"
    app.radio(key="engine").set_value("guide").run()
    assert not any(button.label == wording.SETTINGS_TEST for button in app.button)


def test_a_yes_in_a_stale_tab_is_not_a_yes_to_the_model_of_the_other_tab(person: Visitor) -> None:
    person.space.save_profile(endpoint=HERE)
    stale = person.open("settings")
    stale.radio(key="engine").set_value("model").run()
    person.space.save_profile(endpoint=THERE)
    next(button for button in stale.button if button.label.startswith("I agree")).click().run()
    assert person.space.consent_given(THERE) is None
    assert not person.space.companion.consents.agreed(model_purpose("http://localhost:9", "quiet-model"))
    assert "loud" in texts(stale)


def test_a_stale_tab_leaves_the_stance(person: Visitor) -> None:
    stale, other = person.open(), person.open()
    other.selectbox(key="stance").set_value(Stance.LISTEN).run()
    stale.run()
    assert person.space.profile().stance is Stance.LISTEN
    assert stale.selectbox(key="stance").value is Stance.LISTEN
    stale.selectbox(key="stance").set_value(Stance.PRACTICAL).run()
    assert person.space.profile().stance is Stance.PRACTICAL


@pytest.mark.parametrize("page", ["settings", "memory", "help_now"])
def test_a_choice_after_a_lock_is_not_kept_and_nothing_breaks(person: Visitor, page: str) -> None:
    app = person.open(page)
    name = person.space.code_name
    person.house.lock(person.ticket)
    if page == "memory":
        app.toggle(key="memory_on").set_value(False).run()
    else:
        app.selectbox(key={"settings": "country", "help_now": "help_country"}[page]).set_value("IE").run()
    assert not app.exception
    person.ticket = person.house.unlock(name, "lantern orbit maple quiet ferry")
    assert (person.space.profile().country, person.space.profile().memory_on) == ("GB", True)


def test_a_choice_that_cannot_be_saved_says_so_and_shows_what_holds(person: Visitor) -> None:
    app = person.open("settings")
    diary = person.space.diary

    def full(*records: object) -> None:
        raise StoreFull

    diary.put = full  # type: ignore[method-assign] # a disk without room
    app.toggle(key="streaming").set_value(False).run()
    assert not app.exception
    assert [one.value for one in app.toast] == [StoreFull.says]
    assert app.toggle(key="streaming").value is True
