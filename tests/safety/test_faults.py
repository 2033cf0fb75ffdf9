"""The look at a text holds when the text is strange or the second look fails, and tells nobody what was written."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import UTC, datetime
from time import process_time

import numpy as np
import pytest
from numpy.typing import NDArray

from between.domain import Finding, ItemId, Past, RiskState, Said, Tier
from between.errors import EncoderMissing
from between.reading import features
from between.reading.linear import Arrays, Floats
from between.safety.classifier import Classifier
from between.safety.detector import UNAVAILABLE, Detector
from between.safety.rules import Rules
from between.safety.screen import Screen

NOW = datetime(2026, 11, 20, 21, tzinfo=UTC)
SCREEN = Screen()
CANARY = "marmaladecanary"
DANGER = f"I want to end my life, {CANARY}."
STRANGE = {
    "nothing": "",
    "blank": " \n\t\u200b",
    "emoji": "😀🧁🚲" * 40,
    "mixed scripts": "Today мы пошли στην αγορά 和朋友 and it was fine.",
    "half a character": "so \ud800 tired",
    "control": "a\x00b\x07c\x1b[31m",
    "right to left": "\u202eefil ym dne\u202c",
    "combining": "e\u0301" * 500,
    "one word": "a" * 100_000,
    "a book": f"We had soup and {CANARY}. " * 3000,
}


class Encoder:
    """Unit rows from nowhere; may be missing or break."""

    def __init__(self, trouble: Exception | None = None) -> None:
        self.trouble = trouble
        self.asked = 0

    def middle(self, text: str) -> Floats:
        """Three tokens for any text."""
        self.asked += 1
        if self.trouble:
            raise self.trouble
        return np.full((3, 384), 384**-0.5, np.float32)


def blank_heads(odds: float) -> Arrays:
    """Heads that give every text the same odds, and always want to hear the encoder."""
    heads: dict[str, NDArray[np.generic]] = {"idf": np.ones(features.BUCKETS, np.float32)}
    for name, inputs in (("words", features.BUCKETS), ("tuned", 768)):
        heads[f"{name}.weights"] = np.zeros((2, inputs), np.int8)
        heads[f"{name}.scale"] = heads[f"{name}.bias"] = np.zeros(2, np.float32)
    heads |= {"final": np.zeros((2, 4), np.float32), "final.bias": np.full(2, odds, np.float32)}
    heads |= {"long": np.zeros(2, np.float32), "most": np.full(2, 50, np.float32)}
    return heads | {name: np.full(1, 0.5, np.float32) for name in ("calm", "low", "soft", "hard", "talk")}


def detector(encoder: Encoder, odds: float = -5) -> Detector:
    return Detector(SCREEN, Classifier(encoder, blank_heads(odds)))


def past(*texts: str) -> Past:
    said = tuple(Said(NOW, text, in_chat=True) for text in texts)
    return Past(NOW, said, RiskState(ItemId("0" * 32)))


@pytest.mark.parametrize("text", STRANGE.values(), ids=STRANGE)
def test_a_strange_text_is_looked_at_without_harm(text: str) -> None:
    start = process_time()
    finding = detector(Encoder()).look(text, past("We had soup.", text))
    assert finding.tier < Tier.ACTIVE
    assert process_time() - start < 10


@pytest.mark.parametrize(
    "text",
    [
        "I want to k\u200bi\u200bl\u200bl myself",
        "І wаnt tо kіll mysеlf",
        "i want to k1ll mys3lf",
        "Ich weiß nicht. I want to kill myself. C'est tout.",
        "😀😀😀 i want to kill myself 😀😀😀",
        "и всё. I want to kill myself.",
        "a " * 49_000 + "I want to kill myself. " + "b " * 400,
    ],
    ids=[
        "zero width",
        "look-alike letters",
        "leet",
        "among languages",
        "emoji",
        "scripts",
        "a hundred thousand",
    ],
)
def test_no_disguise_and_no_length_hides_a_plain_statement(text: str) -> None:
    assert Rules().look(text).tier >= Tier.ACTIVE


@pytest.mark.parametrize(
    "text",
    ["Nie chcę już żyć", "Quiero morir, ya no puedo más", "死にたい", "لا أريد أن أعيش", "मैं जीना नहीं चाहता"],
)
def test_a_language_that_was_not_tested_is_said_to_be_unclear_and_shows_the_card(text: str) -> None:
    rules = Rules()
    finding = rules.look(text)
    state = rules.step(RiskState(ItemId("0" * 32)), finding, NOW, text)
    assert "U" in finding.lanes
    assert rules.card(finding, state).startswith("U:")


def test_without_the_encoder_the_rules_stand_alone_and_say_so() -> None:
    encoder = Encoder(EncoderMissing())
    ordinary = detector(encoder).look("We had soup for dinner.")
    assert encoder.asked == 1
    assert UNAVAILABLE in ordinary.cues
    assert ordinary.tier == Tier.NONE


@pytest.mark.parametrize(
    ("text", "tier"), [("I wish I was dead.", 2), (DANGER, 3), ("I'm going to kill myself tonight.", 4)]
)
def test_without_the_encoder_the_card_is_shown_all_the_same(text: str, tier: int) -> None:
    finding = detector(Encoder(EncoderMissing())).look(text)
    rules = Rules()
    state = rules.step(RiskState(ItemId("0" * 32)), finding, NOW, text)
    assert finding.tier == tier
    shown = rules.shown(rules.card(finding, state), "GB", NOW)
    assert shown is not None
    assert shown.contacts


def test_the_rules_of_the_product_need_no_encoder() -> None:
    assert Rules(Encoder(EncoderMissing())).look(DANGER).tier == Tier.ACTIVE


@pytest.mark.parametrize("odds", [-5, 5], ids=["finds nothing", "finds danger in everything"])
def test_the_second_look_never_lowers_a_plain_statement_or_a_topic(odds: float) -> None:
    for text in (
        DANGER,
        "I wish I was dead.",
        "He hit me again last night.",
        "I took an overdose an hour ago.",
        "I lost my job today and I wonder how high the tallest building is.",
    ):
        found = detector(Encoder(), odds).look(text)
        ruled = SCREEN.look(text)
        assert found.tier >= ruled.tier
        assert set(found.lanes) >= set(ruled.lanes)
        assert set(found.cues) >= set(ruled.cues)


SOFT = "I can't see a way out of this meeting schedule, I can't go on like this."


def test_a_soft_hit_is_taken_back_one_step_where_the_text_sounds_ordinary() -> None:
    assert SCREEN.look(SOFT).tier == Tier.PASSIVE
    found = detector(Encoder(), -5).look(SOFT)
    assert found.tier == Tier.DISTRESS
    assert "heard.ordinary" in found.cues


def test_nothing_is_taken_back_while_something_is_remembered_or_the_second_look_is_unsure() -> None:
    remembered = replace(past(), state=RiskState(ItemId("0" * 32), Tier.PASSIVE))
    assert detector(Encoder(), -5).look(SOFT, remembered).tier == Tier.PASSIVE
    assert detector(Encoder(), 0.1).look(SOFT).tier >= Tier.PASSIVE
    assert detector(Encoder(EncoderMissing()), -5).look(SOFT).tier == Tier.PASSIVE


def test_the_second_look_may_raise_what_the_rules_let_pass() -> None:
    assert detector(Encoder(), 5).look("We had soup for dinner.").tier == Tier.ACTIVE


@pytest.mark.parametrize("trouble", [None, EncoderMissing()], ids=["working", "missing"])
def test_no_word_reaches_a_log(caplog: pytest.LogCaptureFixture, trouble: Exception | None) -> None:
    rules = Rules()
    with caplog.at_level(logging.DEBUG):
        finding = detector(Encoder(trouble)).look(DANGER, past(f"Lost my job, {CANARY}."))
        state = rules.step(RiskState(ItemId("0" * 32)), finding, NOW, DANGER)
        rules.shown(rules.card(finding, state), "GB", NOW)
        rules.words(finding, state, "GB", NOW)
        rules.explain(state)
    assert CANARY not in caplog.text
    assert CANARY not in repr((finding, state, past(DANGER)))


def test_an_encoder_that_breaks_carries_no_word_out() -> None:
    encoder = Encoder(RuntimeError("the session is broken"))
    with pytest.raises(RuntimeError) as caught:
        detector(encoder).look(f"We had soup, {CANARY}.")
    assert CANARY not in str(caught.value)


def test_a_finding_names_rules_and_no_words() -> None:
    finding = detector(Encoder()).look(DANGER)
    assert isinstance(finding, Finding)
    assert all(cue.replace("_", "").replace(".", "").isalnum() for cue in finding.cues)
