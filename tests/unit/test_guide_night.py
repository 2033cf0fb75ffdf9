"""The guide between midnight and five: short, sleep first, no other views, no long exercises."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from between.companion.guide import Guide
from between.companion.night import MOST_WORDS
from between.companion.phrases import Phrases
from between.companion.tokens import words
from between.domain import Intent, Stance
from between.reading.read import Reader
from tests.fakes_guide import Talk, turn_of

NIGHT = datetime(2026, 3, 12, 2, 30, tzinfo=UTC)
FIRST = Phrases().lines("night.first")
GUIDE = Guide()

LONG = (
    "I keep going over the meeting, and how I said nothing while they talked about my project as if I were not in "
    "the room, and then on the train I thought of everything I might have said, and at home I told nobody. "
    * 3
)
TEXTS = (
    "I can't sleep, it all goes round.",
    "My sister did not write back again.",
    "ok",
    "no",
    LONG,
    "Why am I like this?",
)


def said(text: str, at: datetime = NIGHT, **more: object) -> tuple[str, str]:
    speech = GUIDE.reply(turn_of(text, at=at, **more))
    return "".join(speech.pieces), speech.move


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize(
    "intent", [Intent.VENT, Intent.THINK, Intent.DECIDE, Intent.ANOTHER_VIEW, Intent.PRACTISE, Intent.LEARN]
)
@pytest.mark.parametrize("stance", list(Stance))
def test_a_reply_at_night_is_short(text: str, intent: Intent, stance: Stance) -> None:
    reply, _ = said(text, intent=intent, stance=stance)
    assert 0 < len(words(reply)) <= MOST_WORDS


def test_sleep_comes_first_once_and_then_the_talk_goes_on() -> None:
    talk = Talk(GUIDE, Reader(None), at=NIGHT)
    first, _ = talk.say("My sister did not write back again and I lie here.")
    assert any(line in first for line in FIRST)
    assert "?" not in first
    for text in (
        "She always does that before a birthday.",
        "I keep looking at the telephone.",
        "It was the same last year.",
    ):
        assert not any(line in talk.say(text)[0] for line in FIRST)


def test_other_views_and_long_exercises_wait_for_the_day() -> None:
    views, exercise = {"intent": Intent.ANOTHER_VIEW}, {"intent": Intent.PRACTISE}
    day = NIGHT.replace(hour=14)
    text = "Can you show me another view of the meeting? I said nothing and they laughed."
    assert said(text, **views)[1] == "night.views"
    assert said(text, at=day, **views)[1] == "views"
    assert said("Give me a breathing exercise.", **exercise)[1] == "night.exercise"
    assert said("Give me a breathing exercise.", at=day, **exercise)[1] == "practise.exercise"


@pytest.mark.parametrize(("hour", "late"), [(0, True), (4, True), (5, False), (23, False)])
def test_the_night_is_from_midnight_to_five(hour: int, late: bool) -> None:
    reply, _ = said("My sister did not write back again.", at=NIGHT.replace(hour=hour))
    assert any(line in reply for line in FIRST) is late
