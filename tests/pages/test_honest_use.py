"""Honest use on the real pages, by a clock that the test sets."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from between import bootstrap
from between.bootstrap import House
from between.domain import AfterUse, Draft, Entry, Message, Role, Tier
from between.journal.drafts import Post
from between.safety.reviewed import disclosure, honest_use
from between.settings import KdfProfile, Settings
from between.space import Shared
from between.ui import wording
from between.use.reports import as_json, comment_of, reports
from tests.pages.conftest import FRONT, PASSPHRASE, Visitor, texts


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.at = datetime(2026, 3, 12, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.at += timedelta(milliseconds=1)  # so that what was said keeps its order
        return self.at

    def go(self, minutes: float) -> None:
        self.at += timedelta(minutes=minutes)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def house(tmp_path: Path, shared: Shared, clock: Clock) -> Iterator[House]:
    settings = Settings(data_dir=tmp_path / "data", kdf=KdfProfile.CHEAPEST, idle_minutes=240)
    built = House(settings, clock=clock, shared=shared)
    bootstrap.use(built)
    yield built
    built.close()
    bootstrap.use(None)


def say(app: AppTest, text: str) -> AppTest:
    app.chat_input[0].set_value(text).run()
    assert not app.exception
    return app


def stay(app: AppTest, clock: Clock, minutes: int) -> AppTest:
    """Go on using the page, with a look at it every quarter of an hour."""
    while minutes > 0:
        step = min(15, minutes)
        clock.go(step)
        app.run()
        minutes -= step
    assert not app.exception
    return app


def has(app: AppTest, lines: tuple[str, ...]) -> bool:
    return any(line in texts(app) for line in lines)


@pytest.mark.parametrize("page", ["chat", "journal"])
def test_the_first_thing_on_the_page_is_what_this_is(person: Visitor, page: str) -> None:
    app = person.open(page)
    assert has(app, disclosure().start)


@pytest.mark.parametrize("page", ["chat", "journal", "insights", "memory", "settings", "help_now"])
def test_every_page_says_in_its_head_that_this_is_an_ai_locked_ones_too(stranger: Visitor, page: str) -> None:
    assert wording.AI_LINE in texts(stranger.open(page))
    stranger.ticket = stranger.house.create(PASSPHRASE, "GB").token
    assert wording.AI_LINE in texts(stranger.open(page))


def test_after_three_hours_of_use_it_is_said_again(person: Visitor, clock: Clock) -> None:
    person.space.save_profile(pauses=False)
    app = say(person.open(), "The tram was late and I read on the steps.")
    assert not has(app, disclosure().start)
    stay(app, clock, 179)
    assert not has(app, disclosure().again)
    stay(app, clock, 1)
    assert has(app, disclosure().again)


def test_a_long_sitting_gets_a_soft_line_then_a_way_to_close_in_the_persons_own_words(
    person: Visitor, clock: Clock
) -> None:
    app = say(person.open(), "The tram was late and I read on the steps. Then it rained.")
    stay(app, clock, 30)
    assert has(app, honest_use().pause["soft"])
    app.button(key="pause_away").click().run()
    assert not has(app, honest_use().pause["soft"])
    say(app, "My brother rang about the boat.")
    stay(app, clock, 31)
    assert has(app, honest_use().pause["closing"])
    assert "“The tram was late and I read on the steps”" in texts(app)
    assert "“My brother rang about the boat”" in texts(app)
    app.text_input(key="closing_step").set_value("Answer the letter")
    app.text_input(key="closing_person").set_value("My brother")
    app.button(key="closing_keep").click().run()
    assert not app.exception
    [entry] = person.space.diary.all(Entry)
    assert entry.text == "A small step: Answer the letter\nSomeone to tell: My brother"
    assert not has(app, honest_use().pause["closing"])
    assert app.chat_input  # nothing was blocked


def test_no_pause_stands_beside_a_card_or_in_a_hard_time(person: Visitor, clock: Clock) -> None:
    app = say(person.open(), "The tram was late and I read on the steps.")
    stay(app, clock, 29)
    say(app, "I want to kill myself tonight.")
    stay(app, clock, 60)
    for lines in honest_use().pause.values():
        assert not has(app, lines)
    assert any("116 123" in str(html.proto) for html in app.get("html"))


def test_a_goodbye_is_answered_by_the_product_and_asks_how_it_left_the_person(person: Visitor) -> None:
    app = say(person.open(), "The tram was late and I read on the steps.")
    say(app, "Enough for today, thanks.")
    reply = person.space.diary.all(Message)[-1]
    assert reply.provenance is not None
    assert (reply.provenance.engine, reply.provenance.move) == ("product", "goodbye")
    assert "?" not in reply.text
    app.pills(key="after_use_left").set_value("heavier").run()
    assert wording.AFTER_USE_HEAVIER in texts(app)
    app.text_input(key="after_use_bring").set_value("The letter from the bank")
    app.button(key="after_use_keep").click().run()
    assert not app.exception
    [kept] = person.space.diary.all(AfterUse)
    assert (kept.left, kept.bring) == ("heavier", "The letter from the bank")
    say(app, "One more thing about the tram.")
    say(app, "Good night")
    assert not [one for one in app.pills if one.key == "after_use_left"]


def test_the_question_is_skipped_with_one_click_and_keeps_nothing(person: Visitor) -> None:
    app = say(person.open(), "The tram was late and I read on the steps.")
    say(app, "bye")
    app.button(key="after_use_skip").click().run()
    assert not app.exception
    assert not [one for one in app.pills if one.key == "after_use_left"]
    assert person.space.diary.all(AfterUse) == []


def test_who_asks_if_this_is_real_is_told_by_the_product(person: Visitor) -> None:
    app = say(person.open(), "Are you a real person?")
    assert has(app, disclosure().asked)
    assert person.space.diary.all(Message)[-1].role is Role.COMPANION


def test_the_session_after_a_hard_time_opens_with_one_line_that_can_be_waved_away(
    person: Visitor, clock: Clock
) -> None:
    say(person.open(), "I want to kill myself tonight.").run()
    name = person.space.code_name
    assert person.space.lookout.state().tier >= Tier.ACTIVE
    person.house.lock(person.ticket)
    clock.go(60 * 9)
    person.ticket = person.house.unlock(name, PASSPHRASE)
    app = person.open()
    assert has(app, honest_use().follow_up["lines"])
    app.button(key="follow_up_away").click().run()
    assert not has(app, honest_use().follow_up["lines"])
    assert not has(person.open(), honest_use().follow_up["lines"])


# Reports -----------------------------------------------------------------------------------------------


def test_every_reply_can_be_reported_and_settings_lists_the_reports(person: Visitor) -> None:
    app = say(person.open(), "The tram was late and I read on the steps.")
    say(app, "My brother rang about the boat.")
    replies = [one for one in person.space.diary.all(Message) if one.role is Role.COMPANION]
    assert len(replies) == 2
    for reply in replies:
        assert app.button(key=f"report_{reply.id}")
    app.text_input(key=f"report_text_{replies[0].id}").set_value("It missed the point")
    app.button(key=f"report_{replies[0].id}").click().run()
    app.button(key=f"report_{replies[1].id}").click().run()
    assert not app.exception
    assert not [one for one in app.button if one.key == "regenerate"]
    app.button(key="not_meant").click().run()
    listed = person.open("settings")
    assert "It missed the point" in texts(listed)
    assert replies[1].text.strip() in texts(listed)
    assert [comment_of(one) for one in reports(person.space.diary)] == ["", "It missed the point"]
    told = json.loads(as_json(reports(person.space.diary), person.house.clock()))
    assert told["reports"][1]["comment"] == "It missed the point"
    assert all(one["ai_generated"] is True for one in told["reports"])
    assert "tram" not in json.dumps([one["comment"] for one in told["reports"]])
    app.button(key=f"unreport_{replies[0].id}").click().run()
    assert len(reports(person.space.diary)) == 1


# What the rules remember -------------------------------------------------------------------------------


def test_what_the_rules_remember_is_told_and_a_soft_alarm_can_be_taken_back(person: Visitor) -> None:
    assert wording.RULES_NOTHING in texts(person.open("memory"))
    say(person.open(), "Sometimes I wish I could just disappear and not wake up.")
    app = person.open("memory")
    assert "you wrote about wishing not to be here" in texts(app)
    assert wording.RULES_FADES[2] in texts(app)
    app.button(key="rules_wrong").click().run()
    assert not app.exception
    assert person.space.lookout.state().tier <= Tier.DISTRESS
    assert person.space.lookout.remembered() == ()
    assert any(wording.HELP in str(link.proto) for link in app.get("page_link"))


@pytest.mark.parametrize(
    "hard", ["I am going to kill myself tonight.", "I want to kill myself. I have a plan."]
)
def test_a_plain_statement_cannot_be_taken_back_here(person: Visitor, hard: str) -> None:
    say(person.open(), hard)
    app = person.open("memory")
    assert not [one for one in app.button if one.key == "rules_wrong"]
    tier = person.space.lookout.state().tier
    person.space.lookout.take_back()
    assert person.space.lookout.state().tier == tier >= Tier.ACTIVE


def test_forgetting_the_words_does_not_make_a_plain_statement_a_misreading(person: Visitor) -> None:
    say(person.open(), "I want to kill myself. I have a plan.")
    for message in person.space.diary.all(Message):
        person.space.forget(message.id)
    assert not person.space.lookout.may_take_back()


# Under eighteen ----------------------------------------------------------------------------------------

YOUNG = "I'm 14 and in year 9 and zanzibar is my secret word."


def nothing_kept(person: Visitor) -> bool:
    diary = person.space.diary
    return not [*diary.all(Message), *diary.all(Entry), *diary.all(Draft)] and not person.space.passages(
        "zanzibar"
    )


def test_a_young_text_in_chat_is_not_kept_and_the_card_says_whom_to_reach(person: Visitor) -> None:
    person.space.drafts.keep("chat:new", YOUNG, Post("a" * 32, 1))
    app = person.open()
    app.chat_input[0].set_value(YOUNG).run()
    assert not app.exception
    assert nothing_kept(person)
    assert "This place is for adults" in texts(app)
    assert not app.chat_input
    assert not person.open("journal").text_area
    assert wording.YOUNG_NOTE in texts(person.open())


def test_a_young_text_in_the_journal_is_not_kept_either(person: Visitor) -> None:
    app = person.open("journal")
    app.text_area(key="journal_text").set_value(YOUNG).run()
    app.button(key="save_entry").click().run()
    assert not app.exception
    assert nothing_kept(person)
    assert "This place is for adults" in texts(app)


def test_a_grown_up_who_was_misread_goes_on_with_the_same_words(person: Visitor) -> None:
    app = person.open()
    app.chat_input[0].set_value(YOUNG).run()
    app.button(key="of_age").click().run()
    assert not app.exception
    say(app, YOUNG)
    assert person.space.diary.all(Message)[0].text == YOUNG
    assert "This place is for adults" not in texts(app)


def test_an_entry_about_years_ago_is_no_confession_of_age(person: Visitor, clock: Clock) -> None:
    written, _ = person.space.write_entry(YOUNG, at=clock.at - timedelta(days=9000))
    assert person.space.diary.all(Entry) == [written.entry]


# Settings ----------------------------------------------------------------------------------------------


def test_pauses_and_the_question_after_a_hard_time_can_be_switched_off(person: Visitor) -> None:
    app = person.open("settings")
    app.toggle(key="pauses").set_value(False).run()
    app.toggle(key="follow_up").set_value(False).run()
    assert not app.exception
    profile = person.space.profile()
    assert (profile.pauses, profile.follow_up) == (False, False)


def test_a_night_is_the_night_of_the_person_not_of_the_server(person: Visitor, clock: Clock) -> None:
    name = person.space.code_name
    clock.at = datetime(2026, 3, 12, 17, tzinfo=UTC)  # two in the morning there
    person.ticket = person.house.unlock(name, PASSPHRASE)
    app = AppTest.from_file(FRONT, default_timeout=60)
    app.context = {"timezone": "Asia/Tokyo"}  # type: ignore[attr-defined]  # not in its stub
    app.run()
    say(app, "My sister did not write back again and I lie here.")
    reply = person.space.diary.all(Message)[-1]
    assert reply.at.hour == 2
    assert any(line in reply.text for line in person.space.guide._phrases.lines("night.first"))
