"""What is a good passphrase, and what is suggested instead of a bad one."""

from __future__ import annotations

import math
import random
import re
from collections import Counter

import pytest

from between.vault.passphrase import (
    _words,
    judge,
    new_recovery_code,
    normal,
    normal_code,
    suggest,
)

GOOD = "walnut lantern orbit meadow"


@pytest.mark.parametrize(
    ("passphrase", "advice"),
    [
        ("", "too_short"),
        ("kX9!vQ2@pL5#zR", "too_short"),  # 14 characters, however strange
        (GOOD * 10, "too_long"),
        ("good words but \ud800 half a letter", "unreadable"),
        ("sunshine and me", "more_words"),
        ("james and smith", "name"),
        ("19870412 19870412", "date"),
        ("password12345678", "common"),
        ("aaaaaaaaaaaaaaa", "repeats"),
        ("abcdefghijklmnopq", "sequence"),
        ("between-journal", "about_between"),
        ("betweenbetweenbetween", "repeats"),
        ("\0" * 15, "repeats"),
        ("🙂" * 15, "repeats"),
        ("asdfghjkl;'asdf", "keyboard"),
    ],
)
def test_a_weak_passphrase_is_refused_with_a_reason(passphrase: str, advice: str) -> None:
    found = judge(passphrase)
    assert not found.ok
    assert advice in found.advice


def test_what_only_looks_strong_is_refused() -> None:
    # zxcvbn gives it four of four, and yet it falls after fewer than 10^12 guesses.
    found = judge("zaqxswcdevfrbgtnhy")
    assert 10 < found.guesses_log10 < 12
    assert found.advice[0] == "more_words"


def test_the_code_name_is_no_passphrase() -> None:
    assert not judge("quiet-river-42-", "quiet-river-42").ok
    assert "about_between" in judge("quiet-river-42-", "quiet-river-42").advice


def test_one_persons_code_name_is_not_kept_for_the_next() -> None:
    judge(GOOD, "quiet-river-42")
    assert judge("quiet-river-42-").guesses_log10 > judge("quiet-river-42-", "quiet-river-42").guesses_log10


@pytest.mark.parametrize(
    "passphrase",
    [
        GOOD,
        "  spaces kept around it  ",
        "x" + "drei süße Äpfel und 🙂 ein Emoji " * 4,
        "W7!k" * 3 + "tiny pebbles under grey water " * 3,
        "静かな川のほとりで本を読む時間が好き",
    ],
)
def test_length_spaces_emoji_and_any_script_are_welcome(passphrase: str) -> None:
    assert judge(passphrase).ok, judge(passphrase)
    assert judge(passphrase).advice == ()


def test_its_length_is_measured_in_the_form_that_is_kept() -> None:
    assert normal("e\u0301" * 3) == "\u00e9" * 3
    assert "too_short" in judge("e\u0301" * 14).advice
    assert "too_long" not in judge("q7\u00e9k " * 51).advice
    assert "too_long" in judge("q7\u00e9kz " * 51).advice


def test_suggestions_are_accepted_random_and_kind() -> None:
    suggested = [suggest() for _ in range(60)]
    assert len(set(suggested)) == 60
    assert all(judge(one).ok for one in suggested)
    assert all(len(one.split()) == 5 for one in suggested)
    assert 5 * math.log2(len(_words())) > 64
    assert not {"grief", "unloved", "hurt", "starving", "worthless"} & set(_words())


def test_a_recovery_code_is_eight_groups_of_four_and_holds_160_bits() -> None:
    codes = [new_recovery_code() for _ in range(300)]
    assert all(re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{4}-){7}[0-9A-HJKMNP-TV-Z]{4}", code) for code in codes)
    assert len(set(codes)) == 300
    seen = Counter("".join(codes).replace("-", ""))
    assert len(seen) == 32
    assert max(seen.values()) < 2 * min(seen.values())


@pytest.mark.parametrize("seed", range(50))
def test_a_recovery_code_is_read_however_it_is_typed(seed: int) -> None:
    choose = random.Random(seed).choice
    code = new_recovery_code()
    plain = code.replace("-", "")
    looks_like = {"0": "0oO", "1": "1iIlL"}
    between = ["", "", " ", "-", "–", "\n", "\u00a0"]
    typed = "".join(choose(looks_like.get(char, char + char.lower())) + choose(between) for char in plain)
    assert normal_code(typed) == plain == normal_code(code)
