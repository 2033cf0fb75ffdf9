"""Counting what a reply does, whoever wrote it."""

from __future__ import annotations

import pytest

from between.companion.checks import check
from tests.fakes_guide import turn_of

TURN = turn_of("I cried in the car after the row with my sister")


@pytest.mark.parametrize(
    ("reply", "opened", "closed"),
    [
        ("You cried in the car. What happened then?", 1, 0),
        ("You cried in the car. Did I get that right?", 0, 1),
        ("What? How? Really?", 2, 1),
        ("“Why did she go?” is the question you hold.", 0, 0),
        ("No question here.", 0, 0),
    ],
)
def test_questions_are_told_apart_and_quoted_ones_are_the_persons(
    reply: str, opened: int, closed: int
) -> None:
    counted = check(reply, TURN)
    assert (counted.open_questions, counted.closed_questions) == (opened, closed)
    assert counted.questions == opened + closed


@pytest.mark.parametrize(
    "reply",
    [
        "I understand how you feel.",
        "I'm always here for you.",
        "Great question.",
        "That must be so hard.",
        "I'm so proud of you.",
        "Studies show that walking helps.",
        "Everything happens for a reason.",
        "At least you have a sister.",
        "I hope it goes well.",
    ],
)
def test_banned_phrases_are_found(reply: str) -> None:
    assert check(reply, TURN).banned


def test_a_persons_own_words_in_quotes_are_not_banned() -> None:
    assert not check("“I understand how you feel”, she said.", TURN).banned


@pytest.mark.parametrize(
    "reply", ["You should rest.", "Try to sleep more.", "Have you tried yoga?", "I suggest a walk."]
)
def test_advice_is_found(reply: str) -> None:
    assert check(reply, TURN).advice


def test_lists_are_found() -> None:
    assert check("Some ideas:\n- one\n- two", TURN).lists
    assert not check("A row - a loud one - and then the car.", TURN).lists


def test_reuse_and_reflection_look_at_the_persons_words() -> None:
    mirrored = check("You cried in the car.", TURN)
    assert mirrored.reuse
    assert mirrored.reflection
    empty = check("That is a lot to hold.", TURN)
    assert not empty.reuse
    assert not empty.reflection
    assert check("“cried in the car” stands there.", TURN).reflection


def test_words_and_opener_are_counted() -> None:
    counted = check("You cried in the car, then.", TURN)
    assert counted.words == 6
    assert counted.opener == "you cried in"
