"""What stands around a phrase, what disguises it, and what several texts mean together."""

from __future__ import annotations

from itertools import product
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from between.domain import Tier
from tests.safety.reading import lines, screen

look = screen().look


@pytest.mark.parametrize(
    "line",
    [
        "I don't want to die.",
        "I'm not suicidal.",
        "I would never kill myself.",
        "I have no thoughts of ending my life.",
        "The doctor asked if I wanted to end my life and I said no.",
    ],
)
def test_a_denial_shows_no_card(line: str) -> None:
    assert look(line).tier < Tier.PASSIVE


@pytest.mark.parametrize(
    "line",
    [
        "I can't kill myself because of my mum.",
        "The only reason I don't kill myself is my dog.",
        "I don't have the courage to kill myself.",
        "I'm not joking, I want to end my life.",
        "I can't stop thinking about killing myself.",
    ],
)
def test_a_denial_that_is_none_shows_a_card(line: str) -> None:
    assert look(line).tier >= Tier.PASSIVE


@pytest.mark.parametrize(
    "line",
    [
        "My friend wants to kill himself.",
        "She said she wants to end her life.",
        "How do I help someone who wants to kill themselves?",
    ],
)
def test_danger_to_someone_else_goes_to_its_own_lane(line: str) -> None:
    finding = look(line)
    assert "O" in finding.lanes
    assert finding.tier < Tier.PASSIVE


def test_asking_for_a_friend_about_means_counts_as_the_persons_own_danger() -> None:
    assert look("Asking for a friend, how many [METHOD] would be lethal?").tier == Tier.ACTIVE


def test_a_story_is_not_the_persons_own_wish() -> None:
    assert look('In my novel the hero says "I want to end my life".').tier <= Tier.PASSIVE
    assert look("My character wants to die in chapter nine.").tier < Tier.PASSIVE


def test_the_past_is_told_from_the_present() -> None:
    old = look("Ten years ago I tried to kill myself. I'm so glad I stayed.")
    assert "H" in old.lanes
    assert old.tier < Tier.PASSIVE
    back = look("Five years ago I wanted to kill myself and tonight it feels the same again.")
    assert back.tier >= Tier.PASSIVE


@pytest.mark.parametrize(
    "line",
    [
        "I want to k*ll myself",
        "su1cide is all i think about",
        "i want to d1e",
        "k.m.s",
        "k m s",
        "I want to \u200bd\u200bi\u200be",
        "І want tо dіе",  # Cyrillic look-alikes
        "ｉ ｗａｎｔ ｔｏ ｄｉｅ",
        "i want to dieeeee",
        "I want to d\u0336i\u0336e\u0336",
        "I WANT TO DIE",
        "i wanna kill mys\u00adelf",
        "I’m going to end my life",
        "𝐈 𝐰𝐚𝐧𝐭 𝐭𝐨 𝐝𝐢𝐞",
        "i wanna unalive myself",
    ],
)
def test_a_disguise_does_not_hide_it(line: str) -> None:
    assert look(line).tier >= Tier.PASSIVE


@pytest.mark.parametrize(
    ("line", "tier"), [("🔪🩸", 2), ("💊💊💊👋", 2), ("🔫💀", 2), ("💀", 0), ("😂💀", 0), ("🌸☀️", 0)]
)
def test_emoji_alone_can_speak(line: str, tier: int) -> None:
    assert look(line).tier == tier


@pytest.mark.parametrize("line", ["", " ", "\n\n", ".", "?!", "\u200b", "…", "0", "[", "(((("])
def test_nothing_is_found_in_nothing(line: str) -> None:
    finding = look(line)
    assert finding.tier == Tier.NONE
    assert finding.lanes == ()


def test_findings_carry_names_of_rules_and_never_words_of_the_person() -> None:
    finding = look("I want to kill myself because of Marmaduke")
    assert "marmaduke" not in repr(finding).lower()


LOSSES = [
    "I lost my job today.",
    "My wife left me on Friday.",
    "Mum's funeral was on Monday.",
    "I've been evicted.",
]
QUESTIONS = [
    "Which [PLACE] here is highest?",
    "How many [METHOD] would be too many?",
    "How high is the tallest building in town?",
]


@pytest.mark.parametrize(("loss", "question", "gap"), list(product(LOSSES, QUESTIONS, (0, 1, 3, 12))))
def test_a_loss_and_then_a_question_about_means_is_masked_danger(loss: str, question: str, gap: int) -> None:
    assert look(question).tier < Tier.PASSIVE
    finding = look(question, [loss, *["We had soup for dinner."] * gap])
    assert finding.tier == Tier.ACTIVE
    assert "masked_means" in finding.cues


def test_the_loss_may_come_after_the_question() -> None:
    finding = look(LOSSES[0], [QUESTIONS[0], "ok thanks"])
    assert "masked_means" in finding.cues


def test_a_loss_more_than_twenty_turns_back_no_longer_combines() -> None:
    assert look(QUESTIONS[0], [LOSSES[0], *["We had soup."] * 20]).tier < Tier.ACTIVE


def test_two_kinds_of_passive_signs_add_up_over_several_texts() -> None:
    assert look("There is no future for me.").tier == Tier.PASSIVE
    assert (
        look("There is no future for me.", ["I'm just a burden to my family.", "Work was fine."]).tier
        == Tier.ACTIVE
    )


def test_a_goodbye_after_a_death_wish_is_an_emergency() -> None:
    assert (
        look("Thanks for everything, goodbye", ["I wish I was dead.", "nice weather"]).tier == Tier.IMMEDIATE
    )
    assert look("Thanks for everything, goodbye", ["I had a lovely day."]).tier < Tier.IMMEDIATE


def test_an_ordinary_leave_taking_after_a_death_wish_is_no_emergency() -> None:
    assert look("Goodbye everyone, my new job starts on Monday", ["I wish I was dead."]).tier < Tier.IMMEDIATE


def test_plain_good_night_after_a_death_wish_is_no_emergency() -> None:
    assert look("good night", ["I wish I was dead."]).tier < Tier.PASSIVE


def test_a_retraction_and_a_refusal_are_heard() -> None:
    assert "R" in look("just kidding, forget what I said").lanes
    assert "Z" in look("Stop giving me hotlines.").lanes


def test_a_minor_is_noticed() -> None:
    assert "minor" in look("I'm 14 and in year 9.").cues
    assert "minor" not in look("I was 14 when we moved.").cues


def test_one_dark_sentence_in_a_long_entry_is_found() -> None:
    entry = "We went to the market and bought apples. " * 400
    assert look(entry + "I want to end my life. " + entry).tier == Tier.ACTIVE


def test_looking_is_quick_on_ordinary_lines() -> None:
    rows = lines("coded") + lines("benign")
    for row in rows:
        look(row)
    start = process_time()
    for row in rows:
        look(row)
    assert (process_time() - start) / len(rows) < 0.005


@pytest.mark.parametrize(
    "text",
    [
        "We went to the market and bought apples, I think. ",
        "i do not want to ",
        "not ",
        "k i l ",
        " ",
        "\t",
        "\n",
        ". ",
        "💀",
        '"',
        "*k",
        "a",
        "1",
        "a-",
        "привет ",
    ],
)
def test_a_hundred_thousand_characters_take_time_in_proportion(text: str) -> None:
    long = (text * (100_000 // len(text) + 1))[:100_000]
    start = process_time()
    look(long[:25_000])
    quarter = process_time() - start
    start = process_time()
    look(long)
    whole = process_time() - start
    assert whole < 3.0
    assert whole < max(quarter, 0.02) * 12


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=400))
def test_no_text_breaks_the_screen(text: str) -> None:
    look(text)
