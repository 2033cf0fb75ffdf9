"""The reply contract of the cards: every card, in every country, with every choice of its words (clinical 2.3 and 2.4)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from math import lcm

import pytest

from between.safety.cards import Card, build
from between.safety.helplines import registry
from between.safety.reviewed import Template, answers, template, templates
from tests.plain_words import grade

NIGHT, NOON = datetime(2026, 11, 25, 3, tzinfo=UTC), datetime(2026, 11, 25, 12, tzinfo=UTC)
IDS = [card.id for card in templates().card]
CODES = ["", *[code for code, _ in registry().countries()]]
SHORT = ("T4", "T4_act", "T4_stay", "V4", "A4", "P")
FILLED = {
    "contact": "the line (116 123)",
    "emergency": "999",
    "poison": "the line (111)",
    "text_option": "the line (text HELLO to 85258)",
}
LEADING = re.compile(
    r"you(?:'|’)re not\b.*\?|you are not\b.*\?|\bright\?|(?:are|do|is)n(?:'|’)t (?:you|it)\b|surely", re.I
)
GOES_ON = re.compile(r"\b(?:writ\w+|go on)\b", re.I)
WITH_SOMEONE = re.compile(
    r"\bpersons?\b|\bpeople\b|\bsomeone\b|\bone person\b|\bfriend\b|\bneighbour\b|\badult\b|\bfamily\b", re.I
)


def seeds(card: Template) -> int:
    """So many choices of words are there before they repeat."""
    return lcm(*[len(slot) for slot in card.slots], max(len(card.question), 1))


def every(id: str, country: str) -> Iterator[Card]:
    """The card in all its words, by day and by night, also after a line was refused."""
    for seed in range(seeds(template(id))):
        for at in (NOON, NIGHT):
            yield build(id, country, at, seed)
        yield build(id, country, NOON, seed, swapped=True)


def options() -> Iterator[tuple[str, str]]:
    """Every paragraph and question with its card."""
    for card in templates().card:
        for choice in (*card.slots, card.question):
            yield from ((card.id, text) for text in choice)


def filled(text: str) -> str:
    for place, value in FILLED.items():
        text = text.replace(f"{{{place}}}", value)
    return text


@pytest.mark.parametrize("id", IDS)
def test_every_slot_and_question_has_four_paraphrases_and_none_twice(id: str) -> None:
    card = template(id)
    for choice in (*card.slots, *([card.question] if card.question else [])):
        assert len(set(choice)) == len(choice) >= 4, choice


@pytest.mark.parametrize("country", CODES)
@pytest.mark.parametrize("id", IDS)
def test_no_place_stays_open_and_every_contact_can_be_reached(id: str, country: str) -> None:
    wanted = template(id).contacts
    for card in every(id, country):
        assert "{" not in card.text
        assert len(card.lines) >= len(template(id).slots) - 1  # only a line that there is not is left out
        assert len(card.contacts) <= min(wanted, 3)
        assert all(line.tel_uri or line.sms or line.chat_url for line in card.contacts)
        if country and wanted:
            assert any(line.tel_uri or line.sms for line in card.contacts)
            assert all(line.country == country for line in card.contacts)


@pytest.mark.parametrize("country", CODES)
@pytest.mark.parametrize("id", SHORT)
def test_a_card_for_these_hours_has_sixty_words_at_most_with_the_longest_contact(
    id: str, country: str
) -> None:
    for card in every(id, country):
        assert len(card.text.split()) <= 60, card.text


@pytest.mark.parametrize(("id", "text"), list(options()))
def test_every_paragraph_is_plain_and_asks_nothing_that_leads(id: str, text: str) -> None:
    assert grade(filled(text)) <= 8.0, (id, text)
    assert not LEADING.search(text)


@pytest.mark.parametrize("id", IDS)
def test_a_card_asks_one_question_at_most_and_names_one_start(id: str) -> None:
    for card in every(id, "GB"):
        assert card.text.count("?") <= 1, card.text
        assert card.text.count("Start here") <= 1, card.text
        if template(id).urgent:
            assert "Start here" in card.text, card.text


@pytest.mark.parametrize("id", [id for id in IDS if id not in ("X", "H", "B", "O", "minor", "Z_person")])
def test_a_card_ends_with_going_on_here_and_with_a_person(id: str) -> None:
    for card in every(id, "GB"):
        assert GOES_ON.search(card.lines[-1]), card.lines[-1]
        assert WITH_SOMEONE.search(card.text), card.text


@pytest.mark.parametrize("id", ["T2", "T2_no", "T3", "T3_no", "T3_rather", "T3m", "N", "N_urge"])
def test_thoughts_of_death_are_answered_with_a_trusted_person_and_professional_care(id: str) -> None:
    for card in every(id, "GB"):
        assert re.search(r"\bdoctor or therapist\b", card.text), card.text
        last = " ".join(card.lines[-2:])
        assert re.search(r"\bperson\b|\bsomeone\b", last, re.I), card.text


@pytest.mark.parametrize("id", IDS)
def test_an_answer_leads_to_a_card_that_there_is_and_never_to_an_all_clear(id: str) -> None:
    for kind, next_id in template(id).answers.items():
        assert next_id in IDS
        if kind != "yes" and next_id not in ("A4",):
            for card in every(next_id, "GB"):
                assert not card.question
                assert "?" not in card.text
                assert card.contacts
                assert not re.search(
                    r"\b(?:good|glad|relie\w+|well|safe|low|fine then)\b", card.lines[0], re.I
                )
                assert "hank" in card.lines[0] or "heard" in card.lines[0]


def test_the_three_buttons_are_those_that_the_questions_name() -> None:
    assert list(answers().buttons) == ["yes", "no", "rather"]
    for card in templates().card:
        if card.buttons:
            assert set(card.answers) == {"yes", "no", "rather"}
            assert all("es, no, or rather not say" in text for text in card.question), card.id


def test_a_card_with_its_question_is_marked_for_buttons_and_without_it_is_not() -> None:
    assert build("T3", "GB", NOON, 0).buttons
    assert not build("T3", "GB", NOON, 0, asks=False).buttons
    assert not build("T2", "GB", NOON, 0).buttons


@pytest.mark.parametrize("country", [code for code in CODES if code])
def test_a_line_that_was_refused_is_not_the_first_again_where_there_is_another(country: str) -> None:
    first, other = build("T3", country, NOON, 0), build("T3", country, NOON, 0, swapped=True)
    open_lines = {line.id for line in first.contacts if line.opening(NOON).is_open}
    if len(open_lines) > 1:
        assert other.contacts[0].id != first.contacts[0].id
