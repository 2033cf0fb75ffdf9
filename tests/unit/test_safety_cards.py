"""The reviewed words: what each card must hold, must not say, and how it is chosen."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from between.domain import Finding, ItemId, RiskState, Tier
from between.safety import honesty
from between.safety.cards import build
from between.safety.choosing import card_for, engine_may_speak, say
from between.safety.guard import Guard
from between.safety.helplines import registry
from between.safety.reviewed import disclosure, templates
from between.safety.state import mark_asked

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
"""A Wednesday; in winter also by the clocks of London."""
IDS = [t.id for t in templates().card]
CODES = ["", *[code for code, _ in registry().countries()]]
CALM = RiskState(id=ItemId("0" * 32))
BANNED = re.compile(
    r"\b(i understand|i care|i feel|i(?:'|’)m here|here for you|i hear you|you(?:'|’)re not alone|promise|"
    r"committed|failed attempt|successful attempt|think of your|so much to live for|stay strong|i love|proud|"
    r"therapist (?:i|am)|score|risk level|low risk|always here|don(?:'|’)t worry|everything will)\b|!",
    re.IGNORECASE,
)
LEADING = re.compile(r"you(?:'|’)re not .*\?|you are not .*\?|, right\?|aren't you", re.IGNORECASE)


def state(tier: Tier = Tier.NONE, *lanes: str, asked: bool = False) -> RiskState:
    at = datetime(2026, 11, 22, tzinfo=UTC)
    return RiskState(id=CALM.id, tier=tier, lanes=lanes, since=at, asked=asked)


def finding(tier: Tier, *lanes: str, cues: tuple[str, ...] = ()) -> Finding:
    return Finding(tier=tier, lanes=lanes, cues=cues)


def texts(card_id: str, country: str = "US") -> set[str]:
    return {build(card_id, country, NOON, seed).text for seed in range(60)}


def grade(text: str) -> float:
    """Flesch-Kincaid grade, with syllables counted by groups of vowels."""
    sentences = max(len(re.findall(r"[.?:;]", text)), 1)
    words = re.findall(r"[A-Za-z’']+", text)
    syllables = sum(max(len(re.findall(r"[aeiouy]+", re.sub(r"e$", "", w.lower()))), 1) for w in words)
    return 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59


@pytest.mark.parametrize("card_id", IDS)
def test_no_card_says_what_it_must_not(card_id: str) -> None:
    for text in texts(card_id):
        assert not BANNED.search(text), text
        assert not LEADING.search(text), text
        assert "{" not in text


@pytest.mark.parametrize("card_id", IDS)
def test_every_card_is_plain_enough(card_id: str) -> None:
    for text in texts(card_id, "GB"):
        assert grade(text) <= 8.0, (grade(text), text)


@pytest.mark.parametrize("card_id", [i for i in IDS if i not in ("O",)])
def test_a_card_asks_at_most_one_question(card_id: str) -> None:
    for text in texts(card_id):
        assert text.count("?") <= 1, text


def test_opening_and_question_have_four_paraphrases_where_it_matters_and_two_elsewhere() -> None:
    for template in templates().card:
        least = 4 if template.id in ("T2", "T3", "T3m", "T4", "T4_act", "T4_stay") else 2
        assert len(template.slots[0]) >= least, template.id
        if template.question:
            assert len(template.question) >= least, template.id
        assert all(len(slot) >= 2 or "{" in slot[0] for slot in template.slots), template.id


@pytest.mark.parametrize("country", CODES)
@pytest.mark.parametrize("card_id", ["T2", "T3", "T4", "A", "P"])
def test_every_country_gets_a_live_contact_of_its_own(card_id: str, country: str) -> None:
    card = build(card_id, country, NOON, 1)
    assert len(card.contacts) <= 3
    assert all(c.country == country for c in card.contacts)
    if country:
        assert any(c.tel_uri or c.sms for c in card.contacts)
    else:
        assert card.contacts == ()
        assert "findahelpline.com" in card.text
        assert "befrienders.org" in card.text or card_id in ("T4", "P")


@pytest.mark.parametrize("country", CODES)
@pytest.mark.parametrize("seed", range(6))
def test_an_emergency_card_holds_all_four_parts_and_is_short(country: str, seed: int) -> None:
    card = build("T4", country, NOON, seed)
    emergency = registry().emergency(country)
    assert (emergency[0].dial if emergency else "112 or 911") in card.text
    assert re.search(r"\b(another person|someone)\b", card.text)
    assert re.search(r"\b(away|distance|leave it)\b", card.text)
    assert re.search(r"\bAI\b", card.text)
    assert "writ" in card.text or "write" in card.text
    assert card.safety_only
    assert card.urgent
    assert len(card.text.split()) <= 62
    if emergency:
        assert card.contacts[0].topics == ("emergency",)


@pytest.mark.parametrize("card_id", ["T2", "T3"])
def test_an_escalation_names_a_person_a_professional_and_goes_on(card_id: str) -> None:
    for text in texts(card_id):
        assert re.search(r"\bperson\b|\bsomeone\b", text, re.IGNORECASE)
        assert re.search(r"\bdoctor or therapist\b", text)
        assert re.search(r"\bhere\b|\bpage\b", text)


@pytest.mark.parametrize("country", [code for code in CODES if code])
@pytest.mark.parametrize("card_id", ["T2", "T3", "A", "C", "E", "S", "B", "N", "P"])
def test_a_line_that_is_open_comes_first_at_every_hour(card_id: str, country: str) -> None:
    for hour in range(0, 24, 4):
        at = NOON.replace(hour=hour)
        first = build(card_id, country, at, 0).contacts[0]
        closed = first.opening(at).is_open is False
        assert not closed, (first.id, hour)


def test_where_the_only_line_is_closed_the_emergency_number_leads_and_the_words_say_so() -> None:
    night, day = NOON.replace(hour=2), NOON
    card = build("T2", "IT", night, 0)
    assert card.contacts[0].dial == "112"
    assert "which is closed at this hour" in card.text
    assert build("T2", "IT", day, 0).contacts[0].dial == "02 2327 2327"
    assert "closed" not in build("T2", "IT", day, 0).text
    assert "02 2327 2327" not in build("T4", "IT", night, 0).text


def test_a_special_line_that_may_be_closed_is_named_beside_one_that_answers() -> None:
    card = build("E", "GB", NOON, 0)
    assert [line.id for line in card.contacts] == ["gb-samaritans", "gb-beat"]
    assert "Samaritans (116 123), who answer now, or Beat (0808 801 0677) when that line is open" in card.text
    assert build("S", "NZ", NOON, 0).contacts[0].id == "nz-adh"


def test_a_line_for_some_people_only_is_not_where_anyone_is_told_to_start() -> None:
    assert build("B", "US", NOON, 0).contacts[0].id == "us-988"
    assert build("A", "CA", NOON, 0).contacts[0].id == "ca-988"


def test_an_acute_card_leads_to_the_person_s_own_plan_and_one_about_violence_to_a_way_out() -> None:
    offers = {card_id: build(card_id, "GB", NOON, 0).offers for card_id in IDS}
    assert {one for one, what in offers.items() if "plan" in what} == {"T3", "T3m", "N"}
    assert {one for one, what in offers.items() if "leave" in what} == {"A", "A4"}


def test_masked_means_are_not_answered_and_the_reason_is_said() -> None:
    for text in texts("T3m"):
        assert re.search(r"will not answer|leave open|will not go into|not something I will answer", text)


@pytest.mark.parametrize("card_id", IDS)
def test_the_next_seed_never_repeats_the_opening(card_id: str) -> None:
    for seed in range(12):
        assert build(card_id, "GB", NOON, seed).lines[0] != build(card_id, "GB", NOON, seed + 1).lines[0]
        assert build(card_id, "GB", NOON, seed) == build(card_id, "GB", NOON, seed)


@pytest.mark.parametrize("card_id", IDS)
@pytest.mark.parametrize("country", ["", "US", "FI"])
def test_the_guard_lets_every_card_pass(card_id: str, country: str) -> None:
    for seed in range(12):
        for line in build(card_id, country, NOON, seed).lines:
            assert "number" not in Guard(Tier.IMMEDIATE).check(line), line


@pytest.mark.parametrize(
    ("found", "card_id"),
    [
        (finding(Tier.NONE), None),
        (finding(Tier.DISTRESS), None),
        (finding(Tier.DISTRESS, "V"), None),
        (finding(Tier.PASSIVE), "T2"),
        (finding(Tier.PASSIVE, "H"), "T2"),
        (finding(Tier.PASSIVE, "N"), "N_urge"),
        (finding(Tier.PASSIVE, "A"), "A"),
        (finding(Tier.PASSIVE, "A", "C"), "C"),
        (finding(Tier.PASSIVE, "P"), "P"),
        (finding(Tier.ACTIVE), "T3"),
        (finding(Tier.ACTIVE, "N", cues=("selfharm.doing",)), "N"),
        (finding(Tier.ACTIVE, "N", cues=("selfharm.doing", "active.names_it")), "T3"),
        (finding(Tier.ACTIVE, cues=("masked_means",)), "T3m"),
        (finding(Tier.ACTIVE, "V", cues=("harm.intends",)), "V"),
        (finding(Tier.IMMEDIATE), "T4"),
        (finding(Tier.IMMEDIATE, cues=("now.taken_something",)), "T4_act"),
        (finding(Tier.IMMEDIATE, "A", cues=("abuse.danger_now",)), "A4"),
        (finding(Tier.DISTRESS, "O"), "O"),
        (finding(Tier.DISTRESS, "B"), "B"),
        (finding(Tier.NONE, "U"), "U"),
        (finding(Tier.NONE, "C", cues=("minor",)), "minor"),
    ],
)
def test_the_right_card_is_chosen(found: Finding, card_id: str | None) -> None:
    card = card_for(found, "GB", NOON)
    assert (card.id if card else None) == card_id


def test_a_remembered_state_has_a_card_too() -> None:
    assert card_for(state(Tier.IMMEDIATE), "GB", NOON).id == "T4"  # type: ignore[union-attr]
    assert card_for(state(Tier.NONE, "P"), "GB", NOON).id == "P"  # type: ignore[union-attr]
    assert card_for(state(), "GB", NOON) is None


@pytest.mark.parametrize("tier", [Tier.PASSIVE, Tier.ACTIVE, Tier.IMMEDIATE])
def test_an_engine_is_silent_when_something_was_found(tier: Tier) -> None:
    assert not engine_may_speak(finding(tier), state(tier))
    assert say(finding(tier), state(tier), "US", NOON, 3)


def test_an_engine_stays_silent_while_the_highest_tier_holds_and_the_words_change() -> None:
    said = [say(finding(Tier.NONE), state(Tier.IMMEDIATE), "US", NOON, seed) for seed in range(4)]
    assert all("911" in text for text in said)
    assert len(set(said)) == 4


def test_an_engine_may_go_on_after_a_soft_card_and_in_ordinary_talk() -> None:
    assert engine_may_speak(finding(Tier.NONE), state())
    assert engine_may_speak(finding(Tier.DISTRESS), state(Tier.PASSIVE))
    assert engine_may_speak(finding(Tier.DISTRESS, "O"), state())
    assert say(finding(Tier.NONE), state(), "US", NOON) == ""


def test_while_beliefs_are_remembered_an_engine_is_silent_only_for_a_text_that_shows_them() -> None:
    assert engine_may_speak(finding(Tier.NONE), state(Tier.PASSIVE, "P"))
    assert not engine_may_speak(finding(Tier.PASSIVE, "P"), state(Tier.PASSIVE, "P"))
    assert "doctor" in say(finding(Tier.PASSIVE, "P"), state(Tier.PASSIVE, "P"), "US", NOON)


def test_another_language_and_a_minor_get_reviewed_words() -> None:
    assert "findahelpline.com" in say(finding(Tier.NONE, "U"), state(), "US", NOON)
    assert "adults" in say(finding(Tier.NONE, "C", cues=("minor",)), state(), "US", NOON)


def test_the_safety_question_is_asked_once() -> None:
    fresh, asked = state(Tier.PASSIVE), mark_asked(state(Tier.PASSIVE))
    assert "?" in say(finding(Tier.PASSIVE), fresh, "US", NOON)
    assert "?" not in say(finding(Tier.PASSIVE), asked, "US", NOON)


def test_taking_back_and_refusing_are_answered_without_the_same_number_again() -> None:
    back = say(finding(Tier.NONE, "R"), state(Tier.ACTIVE, asked=True), "US", NOON)
    assert "worth saying" in back or "come back to" in back
    other = say(finding(Tier.NONE, "Z"), state(Tier.ACTIVE, asked=True), "US", NOON)
    assert "988" not in other


def test_an_ai_says_that_it_is_one_at_the_start_after_three_hours_and_after_a_week() -> None:
    at = datetime(2026, 11, 22, 12, tzinfo=UTC)
    assert honesty.due(None, None, at)
    assert not honesty.due(at.replace(hour=9, minute=1), at, at)
    assert honesty.due(at.replace(hour=9), at, at)
    week = at.replace(day=14)
    assert honesty.due(at.replace(hour=11), week, at)


@pytest.mark.parametrize(
    "question",
    [
        "are you real?", "Are you a real person?", "are you human", "r u a bot", "Are you an AI?", "are you conscious?",
        "Am I talking to a person?", "who am I talking to", "is this a real person", "do you have feelings?",
        "can you feel anything", "do you really feel", "are you alive?", "what are you?", "is there a human there?",
        "are you sentient", "are you a therapist?", "do you get lonely?", "are you ChatGPT", "is this an AI?",
    ],
)  # fmt: skip
def test_a_question_about_being_human_is_noticed(question: str) -> None:
    assert honesty.asked(question)


@pytest.mark.parametrize(
    "line",
    [
        "Are you sure?",
        "I talked to a person at the bank.",
        "Is this normal?",
        "My boss is a robot.",
        "Do you think so?",
    ],
)
def test_other_questions_are_not_taken_for_it(line: str) -> None:
    assert not honesty.asked(line)


def test_the_disclosure_is_short_and_plain() -> None:
    words = disclosure()
    for line in (*words.start, *words.again, *words.asked, *words.asked_after_telling):
        assert len(re.findall(r"[.?!]", line)) <= 2
        assert "AI" in line
    first = honesty.answer("are you real?", [])
    assert honesty.answer("are you real?", [first]) != first
    assert honesty.reminder(first=True, seed=0) in disclosure().start
