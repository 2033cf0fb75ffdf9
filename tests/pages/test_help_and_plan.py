"""Help, the safety plan and the people to reach, on the real pages."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from between.domain import Draft, Message, RiskState, SafetyPlan, Tier, Trusted
from between.ui import wording
from between.ui.views.people import message_html
from tests.pages.conftest import Visitor, texts

CANARY = "quokkabread"
ACUTE = "I have been thinking about killing myself."


def html(app: AppTest) -> str:
    return "\n".join(str(one.proto.body) for one in app.get("html"))


def labels(app: AppTest) -> set[str]:
    return {button.label for button in app.button}


def write_to(app: AppTest) -> AppTest:
    app.segmented_control(key="plan_view").set_value("people").run()
    return app


def test_help_says_what_is_open_and_offers_topics(person: Visitor) -> None:
    night = datetime(2026, 11, 25, 4, tzinfo=UTC)
    person.house.clock = lambda: night
    person.ticket = person.house.unlock(person.space.code_name, "lantern orbit maple quiet ferry")
    app = person.open("help_now")
    assert "Open now, day and night" in html(app)
    app.button_group(key="help_topic").set_value("lgbtq").run()
    assert not app.exception
    shown = html(app)
    assert "Closed now, opens 10:00" in shown
    assert shown.index("Galop") < shown.index("Switchboard")
    app.button_group(key="help_topic").set_value("eating").run()
    assert "Beat" in html(app)
    app.selectbox(key="help_country").set_value("IN").run()
    assert wording.HELP_TOPIC_NONE in texts(app)
    assert "14416" in html(app)


def test_help_before_unlocking_knows_no_plan_and_can_be_left(stranger: Visitor) -> None:
    app = stranger.open("help_now")
    assert not app.exception
    assert wording.CARD_PLAN not in labels(app)
    assert "data-leave" in html(app)


def test_a_plan_is_kept_only_when_it_is_saved(person: Visitor) -> None:
    app = person.open("plan")
    app.text_area(key="plan_signs").set_value(f"I stop answering. {CANARY}").run()
    assert person.space.plan.kept() is None
    assert person.space.diary.all(Draft) == []
    app.button(key="save_plan").click().run()
    assert not app.exception
    kept = person.space.plan.kept()
    assert kept is not None
    assert kept.signs == f"I stop answering. {CANARY}"
    again = person.open("plan")
    assert again.text_area(key="plan_signs").value == kept.signs
    again.button(key="delete_plan").click().run()
    assert person.space.plan.kept() is None
    assert again.text_area(key="plan_signs").value == ""


def test_words_in_the_plan_that_call_for_help_show_the_card_and_are_remembered(person: Visitor) -> None:
    app = person.open("plan")
    app.text_area(key="plan_signs").set_value(ACUTE).run()
    app.button(key="save_plan").click().run()
    assert not app.exception
    assert "116 123" in html(app)
    state = person.space.diary.one(RiskState)
    assert state is not None
    assert state.tier == Tier.ACTIVE
    app.text_area(key="plan_signs").set_value(f"{ACUTE} Tea helps.").run()
    app.text_area(key="plan_signs").set_value("I stop answering.").run()
    app.button(key="save_plan").click().run()
    assert "116 123" not in html(app)


def test_somebody_is_added_and_a_message_drafted_that_stays_here(person: Visitor) -> None:
    app = write_to(person.open("plan"))
    app.text_input(key="person_name_new").set_value("Ana")
    app.text_input(key="person_reach_new").set_value("+44 7700 900123")
    app.button[-1].click().run()
    assert not app.exception
    (ana,) = person.space.plan.people()
    assert (ana.name, ana.reach) == ("Ana", "+44 7700 900123")
    shown = html(app)
    assert "sms:+447700900123?&amp;body=Hi%20Ana" in shown
    assert "data-copy" in shown
    app.button_group(key="message_kind").set_value("call").run()
    message = app.text_area(key=f"message_{ana.id}_call")
    assert message.value.startswith("Hi Ana, today is hard.")
    message.set_value(ACUTE).run()
    assert "116 123" in html(app)
    assert person.space.diary.all(Message) == []
    app.button(key=f"remove_{ana.id}").click().run()
    assert person.space.plan.people() == []
    assert not app.exception


def test_a_person_without_a_name_is_not_added(person: Visitor) -> None:
    app = write_to(person.open("plan"))
    app.text_input(key="person_reach_new").set_value("next door")
    app.button[-1].click().run()
    assert wording.PEOPLE_NO_NAME in texts(app)
    assert person.space.plan.people() == []


def test_an_acute_message_leads_to_the_plan_and_to_the_people(person: Visitor) -> None:
    app = person.open()
    app.chat_input[0].set_value(ACUTE).run()
    assert not app.exception
    assert {wording.CARD_PLAN, wording.CARD_REACH} <= labels(app)
    next(button for button in app.button if button.label == wording.CARD_REACH).click().run()
    assert not app.exception
    assert wording.PEOPLE_INTRO in texts(app)


def test_an_ordinary_message_leads_to_neither(person: Visitor) -> None:
    app = person.open()
    app.chat_input[0].set_value("The bus was late and I missed the start of the film.").run()
    assert not {wording.CARD_PLAN, wording.CARD_REACH} & labels(app)


def test_a_message_about_violence_offers_a_way_out(person: Visitor) -> None:
    app = person.open()
    app.chat_input[0].set_value("My husband hit me again last night and I am scared of him.").run()
    assert "data-leave" in html(app)
    assert wording.LEAVE_HOW in texts(app)


def test_plan_and_people_never_come_back_and_go_with_everything(person: Visitor) -> None:
    space = person.space
    at = person.house.clock()
    for days in range(8):
        space.write_entry("Long walk by the canal after work.", at=at - timedelta(days=days))
    space.plan.save({"signs": f"{CANARY} by the canal", "holding": f"{CANARY} and the canal"})
    space.plan.add(f"{CANARY} Ana", "next door", "walks by the canal")
    space.memory.wait(60)
    assert all(CANARY not in one.text for one in space.passages(f"{CANARY} canal"))
    assert CANARY not in repr(space.patterns())
    heard = space.companion.hear(
        space.companion.start().id, f"What did I write about {CANARY} and the canal?"
    )
    assert all(CANARY not in one.text for one in heard.turn.recalled)
    assert not {SafetyPlan, Trusted} & {type(one) for one in heard.turn.history}
    data = b"".join(p.read_bytes() for p in person.house.settings.data_dir.rglob("*") if p.is_file())
    assert CANARY.encode() not in data
    assert b"safety_plan.md" in space.export()
    space.forget_everything()
    assert space.diary.all(SafetyPlan) == []
    assert space.diary.all(Trusted) == []


@pytest.mark.parametrize("reach", ["next door", "javascript:alert(1)", "x@y'onclick=z", "<b>1</b>"])
def test_a_contact_that_is_no_number_and_no_address_gives_no_link(person: Visitor, reach: str) -> None:
    person.space.plan.add("A'na <i>", reach)
    made = message_html(person.space.plan.people()[0], "Hi & <b>there</b>")
    assert "href" not in made
    assert reach not in made
