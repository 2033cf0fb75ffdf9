"""The scripted answers, retraction, refusal and calm: what each turn shows and what is remembered (clinical 2.3)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from between.domain import Finding, ItemId, Past, RiskState, Said, Tier
from between.safety.answers import heard, kind, led_to
from between.safety.cards import Card
from between.safety.rules import Rules

RULES = Rules()
START = datetime(2026, 11, 25, 12, tzinfo=UTC)
PASSIVE = "Sometimes I wish I could just disappear and not wake up."
ACTIVE = "I keep having thoughts of killing myself."
NOW = "I am going to kill myself tonight."
MASKED = "I lost my job today. Which bridges here are taller than 25 metres?"
REFUSAL = "stop sending me hotline numbers, they are useless"


@dataclass
class Talk:
    """One person who writes, a minute apart, and what the rules show."""

    at: datetime = START
    state: RiskState = field(default_factory=lambda: RiskState(ItemId("0" * 32)))
    said: list[Said] = field(default_factory=list)
    finding: Finding = field(default_factory=Finding)

    def write(self, text: str, later: timedelta = timedelta(minutes=1)) -> Talk:
        self.at += later
        self.finding = RULES.look(text, Past(self.at, tuple(self.said), self.state))
        self.state = RULES.step(self.state, self.finding, self.at, text)
        self.said.append(Said(self.at, text, self.finding.tier, in_chat=True))
        return self

    @property
    def card(self) -> Card | None:
        return RULES.shown(RULES.card(self.finding, self.state), "GB", self.at)

    @property
    def id(self) -> str:
        return self.card.id if self.card else ""

    @property
    def reply(self) -> str:
        return RULES.words(self.finding, self.state, "GB", self.at).text

    @property
    def speaks(self) -> bool:
        return RULES.may_speak(self.finding, self.state)

    @property
    def waits(self) -> bool:
        return RULES.waits(self.state, self.at)


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("Yes", "yes"), ("yes.", "yes"), ("Yeah I guess", "yes"), ("um, yes", "yes"), ("Yes, tonight", "yes"), ("I think so", "yes"),
        ("maybe", "yes"), ("Ending my life", "yes"), ("the first one", "yes"), ("both tbh", "yes"), ("yes I have been all day", "yes"),
        ("No", "no"), ("nope, sorry", "no"), ("not today", "no"), ("No, not tonight.", "no"), ("I’m not", "no"), ("I want this to stop", "no"),
        ("the second", "no"), ("no I wouldn't do that", "no"), ("Rather not say", "rather"), ("I'd rather not say", "rather"), ("idk", "rather"),
        ("I don't know", "rather"), ("prefer not to say", "rather"), ("yes but I would never do it", "rather"), ("no, not yet", "rather"),
        ("Yes I'm safe", "rather"), ("no but tomorrow", "rather"), ("It rained all day and I slept", ""), ("", ""), ("...", ""),
        ("Yesterday I went out", ""), ("nobody asked", ""),
        ("yes " * 30, ""),
    ],
)  # fmt: skip
def test_a_plain_answer_is_heard_and_nothing_else_is(text: str, heard: str) -> None:
    assert kind(text) == heard


@pytest.mark.parametrize("opening", [ACTIVE, MASKED])
def test_yes_to_the_question_about_today_brings_the_emergency_card_and_only_safety_speaks(
    opening: str,
) -> None:
    talk = Talk().write(opening)
    assert talk.id in ("T3", "T3m")
    assert talk.reply.count("?") == 1
    assert talk.waits
    talk.write("Yes")
    assert talk.state.tier is Tier.IMMEDIATE
    assert (talk.id, talk.speaks, talk.finding.hard) == ("T4", False, True)
    assert "999" in talk.reply


@pytest.mark.parametrize("opening", [ACTIVE, MASKED])
@pytest.mark.parametrize(
    ("answer", "card"), [("No", "T3_no"), ("Rather not say", "T3_rather"), ("not today", "T3_no")]
)
def test_any_other_answer_keeps_the_tier_and_the_numbers_and_asks_nothing(
    opening: str, answer: str, card: str
) -> None:
    talk = Talk().write(opening).write(answer)
    assert talk.state.tier is Tier.ACTIVE
    assert (talk.id, talk.speaks) == (card, False)
    assert "?" not in talk.reply
    assert talk.card is not None
    assert talk.card.contacts
    assert talk.card.contacts[0].name in talk.reply


def test_a_no_can_still_become_a_yes_in_the_next_words() -> None:
    assert Talk().write(ACTIVE).write("No").write("actually yes").state.tier is Tier.IMMEDIATE
    assert Talk().write(ACTIVE).write("No").write("It rained.").write("yes").state.tier is Tier.ACTIVE


def test_an_answer_counts_only_as_the_very_next_words_and_within_hours() -> None:
    assert Talk().write(ACTIVE).write("It rained.").write("yes").state.tier is Tier.ACTIVE
    assert Talk().write(ACTIVE).write("yes", later=timedelta(hours=7)).state.tier is Tier.ACTIVE
    assert Talk().write("yes").state.tier is Tier.NONE


def test_what_the_rules_see_in_an_answer_goes_before_the_answer() -> None:
    talk = Talk().write(ACTIVE).write("no, I am going to kill myself tonight")
    assert talk.state.tier is Tier.IMMEDIATE


@pytest.mark.parametrize("answer", ["ending my life", "yes", "the first", "both"])
def test_the_soft_question_answered_with_death_leads_to_the_next_card_and_its_own_question(
    answer: str,
) -> None:
    talk = Talk().write(PASSIVE)
    assert (talk.id, talk.waits) == ("T2", True)
    talk.write(answer)
    assert (talk.id, talk.state.tier) == ("T3", Tier.ACTIVE)
    assert "?" in talk.reply
    assert talk.write("yes").state.tier is Tier.IMMEDIATE


def test_the_soft_question_answered_with_rest_stays_soft_and_is_thanked() -> None:
    talk = Talk().write(PASSIVE).write("I want this to stop")
    assert (talk.id, talk.state.tier, talk.speaks) == ("T2_no", Tier.PASSIVE, False)
    assert "hank" in talk.reply or "heard" in talk.reply


def test_the_question_is_put_once_for_each_escalation() -> None:
    talk = Talk().write(ACTIVE)
    asked = [talk.reply.count("?")]
    for _ in range(6):
        asked.append(talk.write(ACTIVE).reply.count("?"))
        assert not talk.waits
    assert asked == [1, 0, 0, 0, 0, 0, 0]
    talk = Talk().write(PASSIVE)
    assert talk.write(PASSIVE).reply.count("?") == 0
    assert talk.write(ACTIVE).reply.count("?") == 1


def test_hurting_oneself_and_a_yes_brings_the_question_about_today() -> None:
    talk = Talk().write("I cut myself again last night.")
    assert talk.id == "N"
    talk.write("yes")
    assert talk.id == "T3"
    assert "?" in talk.reply


def test_not_being_safe_where_one_is_brings_the_card_for_getting_out() -> None:
    talk = Talk().write("He hit me again last night.")
    assert talk.id == "A"
    assert talk.write("no").id == "A4"
    assert "999" in talk.reply


def test_someone_in_danger_right_now_brings_the_emergency_card_for_others() -> None:
    talk = Talk().write("I keep thinking about killing my neighbour.")
    assert talk.id == "V"
    assert talk.write("yes").id == "V4"


def test_an_answer_is_told_among_the_reasons_and_cannot_be_taken_back_as_a_misreading() -> None:
    talk = Talk().write(PASSIVE).write("yes")
    assert any("asked about your safety" in line for line in RULES.explain(talk.state))
    assert RULES.not_meant(talk.state, "yes").tier is Tier.ACTIVE


# Taken back, refused, suddenly calm ------------------------------------------------------------------


@pytest.mark.parametrize(("opening", "tier"), [(PASSIVE, Tier.PASSIVE), (ACTIVE, Tier.ACTIVE)])
def test_taking_it_back_is_accepted_keeps_the_tier_and_leaves_one_line(opening: str, tier: Tier) -> None:
    talk = Talk().write(opening).write("just kidding, forget it")
    assert (talk.id, talk.state.tier) == ("R", tier)
    assert talk.card is not None
    assert talk.card.folded
    assert talk.card.contacts
    assert "worth saying" in talk.reply or "come back to" in talk.reply
    assert "?" not in talk.reply


def test_in_danger_taking_it_back_changes_nothing() -> None:
    talk = Talk().write(NOW).write("just kidding, forget it")
    assert (talk.id, talk.state.tier) == ("T4_stay", Tier.IMMEDIATE)


def test_after_a_refusal_the_same_line_does_not_come_again_and_the_way_is_another() -> None:
    talk = Talk().write(ACTIVE)
    refused = talk.card.contacts[0]  # type: ignore[union-attr]  # there is one
    talk.write(REFUSAL)
    assert talk.id == "Z"
    assert talk.card.contacts == ()  # type: ignore[union-attr]
    assert refused.dial not in talk.reply
    for text in (ACTIVE, "I still have thoughts of killing myself."):
        talk.write(text)
        assert talk.id == "T3"
        assert talk.card.contacts[0].id != refused.id  # type: ignore[union-attr]
        assert f"Start here: {refused.name}" not in talk.reply


def test_three_refusals_bring_a_person_in_place_of_a_line() -> None:
    talk = Talk().write(ACTIVE)
    shown = [talk.write(REFUSAL).id for _ in range(4)]
    assert shown == ["Z", "Z", "Z_person", "Z_person"]
    assert talk.card is not None
    assert talk.card.contacts == ()
    assert "999" in talk.reply
    assert "116 123" not in talk.reply
    assert talk.state.tier is Tier.ACTIVE


def test_a_rise_after_refusals_shows_every_line_again() -> None:
    talk = Talk().write(ACTIVE).write(REFUSAL).write(NOW)
    assert talk.id == "T4"
    assert talk.card is not None
    assert talk.card.contacts[0].dial == "999"


@pytest.mark.parametrize(("opening", "card"), [(ACTIVE, "T3"), (PASSIVE, "T2")])
def test_a_sudden_calm_shows_the_card_of_what_is_remembered_again(opening: str, card: str) -> None:
    talk = Talk().write(opening).write("I feel strangely calm now, at peace with everything.")
    assert "c4.sudden_calm" in talk.finding.cues
    assert talk.id == card
    assert not talk.speaks


# The highest tier --------------------------------------------------------------------------------------


def test_for_a_day_nothing_but_safety_speaks_and_every_message_is_answered() -> None:
    talk = Talk().write(NOW)
    replies = [talk.write(text).reply for text in ("hm", "I don't know", "what's the weather", "ok") * 3]
    assert all("999" in reply for reply in replies)
    assert all(a != b for a, b in pairwise(replies))
    assert not talk.speaks
    talk.write("It rains.", later=timedelta(hours=23))
    assert not talk.speaks


def test_after_a_day_the_talk_goes_on_with_care_and_the_numbers_stay_in_a_line() -> None:
    talk = Talk().write(NOW).write("It rains.", later=timedelta(hours=25))
    assert talk.speaks
    assert talk.state.tier is Tier.IMMEDIATE
    assert talk.card is not None
    assert (talk.id, talk.card.folded) == ("T4", True)
    assert talk.write(NOW).speaks is False


@pytest.mark.parametrize("again", [MASKED, "it is for a novel, which bridges are taller than 25 metres?"])
def test_a_question_about_means_is_never_answered_also_when_it_is_asked_again(again: str) -> None:
    talk = Talk().write(MASKED)
    for _ in range(3):
        assert not talk.write(again).speaks
        assert talk.id == "T3m"
        assert not re.search(r"metre|bridge|tall|high", talk.reply)


def test_a_card_kept_before_marks_were_kept_is_still_shown() -> None:
    card = RULES.shown("T3:5", "GB", START)
    assert card is not None
    assert (card.id, card.folded, card.question) == ("T3", False, "")
    assert RULES.shown("gone:1:q", "GB", START) is None


def test_an_answer_that_sounds_low_to_the_second_look_is_still_heard() -> None:
    asked = Talk().write(ACTIVE)
    low = Finding(tier=Tier.DISTRESS, cues=("heard.low",))
    assert led_to(heard(low, "No", asked.state, asked.at)) == "T3_no"
    darker = Finding(tier=Tier.PASSIVE, cues=("passive.vanish",))
    assert led_to(heard(darker, "No", asked.state, asked.at)) == ""


@pytest.mark.parametrize("text", ["no", "no, I just want it to stop", "rather not say"])
def test_a_guess_of_the_second_look_does_not_swallow_an_answer(text: str) -> None:
    asked = Talk().write(PASSIVE)
    for cues in (("heard.card",), ("heard.talk",), ("heard.low", "hint.veiled_end")):
        guessed = Finding(tier=Tier.PASSIVE, cues=cues)
        assert led_to(heard(guessed, text, asked.state, asked.at)) == "T2_no"


def test_a_joke_that_the_second_look_doubts_is_still_heard_as_taken_back() -> None:
    talk = Talk().write(PASSIVE)
    guessed = Finding(tier=Tier.PASSIVE, lanes=("R",), cues=("heard.card", "talk.retraction"))
    state = RULES.step(talk.state, guessed, talk.at, "just kidding")
    assert not RULES.may_speak(guessed, state)
    assert RULES.card(guessed, state).startswith("R:")
