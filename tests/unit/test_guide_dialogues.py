"""Scripted talks with many kinds of people: the hard limits hold in every reply."""

from __future__ import annotations

import json
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from between.companion.checks import Checks, check
from between.companion.guide import Guide
from between.companion.tokens import openers
from between.domain import Stance, Turn
from between.memory.encoder import Encoder
from between.reading.read import Reader
from between.safety.guard import Guard
from tests.fakes_guide import EVENING, Talk, passage

SCRIPTS = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "data" / "dialogues.jsonl").read_text("utf-8").splitlines()
]
GUIDE = Guide()
SHORT = {"greeting", "thanks", "goodbye"}
WINDOW = 12
Said = list[tuple[str, Turn, str, Checks]]


@cache
def reader() -> Reader:
    return Reader(Encoder())


@cache
def played(name: str) -> Said:
    """The whole talk of that name, played once."""
    return play(next(script for script in SCRIPTS if script["name"] == name))


def play(script: dict[str, Any]) -> Said:
    """Reply, turn, move and checks of each turn."""
    hour = int(script.get("hour", 19))
    talk = Talk(GUIDE, reader(), Stance(script["stance"]), EVENING + timedelta(hours=hour - EVENING.hour))
    recalled = {
        int(n): tuple(passage(*one) for one in some) for n, some in script.get("recalled", {}).items()
    }
    said: Said = []
    for number, line in enumerate(script["lines"]):
        reply, turn = talk.say(line, recalled.get(number, ()))
        said.append((reply, turn, talk.moves[-1], check(reply, turn)))
    return said


@pytest.fixture(scope="module", params=SCRIPTS, ids=[script["name"] for script in SCRIPTS])
def said(request: pytest.FixtureRequest) -> Said:
    return played(request.param["name"])


def test_there_are_thirty_talks_of_eight_turns_or_more() -> None:
    assert len(SCRIPTS) >= 30
    assert all(len(script["lines"]) >= 8 for script in SCRIPTS)


def test_length_is_kept(said: Said) -> None:
    for reply, _, move, counted in said:
        assert counted.words <= 90, reply
        assert counted.words >= 15 or move in SHORT, reply


def test_there_is_at_most_one_question(said: Said) -> None:
    assert all(counted.questions <= 1 for _, _, _, counted in said)


def test_nothing_banned_no_list_no_advice(said: Said) -> None:
    for reply, _, _, counted in said:
        assert counted.banned == (), reply
        assert not counted.lists, reply
        assert not counted.advice, reply


def test_no_opener_comes_back_within_twelve_replies(said: Said) -> None:
    replies = [reply for reply, *_ in said]
    for place, reply in enumerate(replies):
        for earlier in replies[max(0, place - WINDOW) : place]:
            assert not openers(reply) & openers(earlier), (earlier, reply)


def test_no_reply_is_said_twice(said: Said) -> None:
    replies = [reply for reply, *_ in said]
    assert len(set(replies)) == len(replies)


def test_goodbyes_and_thanks_ask_nothing(said: Said) -> None:
    assert all(counted.questions == 0 for _, _, move, counted in said if move in ("goodbye", "thanks"))


def test_every_quotation_is_exact(said: Said) -> None:
    for reply, turn, move, _ in said:
        if move.startswith(("views", "repair", "small_talk", "notice", "about")):
            continue
        theirs = " ".join([message.text for message in turn.history] + [turn.text])
        theirs = " ".join([theirs, *(one.text for one in turn.recalled)]).lower().replace("’", "'")
        for piece in (part.split("”")[0] for part in reply.split("“")[1:]):
            plain = piece.lower().replace("’", "'").removesuffix(" …")
            assert plain in theirs or plain in GUIDES_OWN, (piece, reply)


GUIDES_OWN = {"don't know", "should", "would like to", "this", "another view", "can't", "it's me", "again"}
"""Words in quotation marks that belong to a line of the guide."""


def test_the_guard_lets_every_reply_pass(said: Said) -> None:
    for reply, *_ in said:
        guard = Guard()
        assert "".join(guard.pass_reviewed(iter([reply]))).strip() == reply.strip(), guard.held_back


def test_most_replies_take_up_a_word_of_the_person() -> None:
    counted = [one for script in SCRIPTS for _, _, move, one in played(script["name"]) if move not in SHORT]
    assert sum(one.reuse for one in counted) / len(counted) >= 0.7


def test_reflections_are_no_fewer_than_questions() -> None:
    counted = [one for script in SCRIPTS for *_, one in played(script["name"])]
    asked = sum(one.questions for one in counted)
    assert sum(one.reflection for one in counted) >= asked
    assert sum(one.open_questions for one in counted) >= 0.7 * asked
