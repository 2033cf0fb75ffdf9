"""The words on screen: complete where code picks them by key, and never promising what Between is not."""

from __future__ import annotations

import inspect
import re

import pytest

from between.insights import associations, themes, weekday_patterns, words
from between.ui import wording
from between.vault import passphrase

NEVER = (
    r"\bI understand\b",
    r"I'm here for you",
    r"\bI care\b",
    r"\bI feel\b",
    r"we love",
    r"\bconfidential\b",
    r"\bsecret\b",
    r"HIPAA",
    r"\bpatient\b",
    r"\bdiagnos",
    r"\btreatment\b",
    r"\bcounsell?or\b",
    r"\bstreak",
    r"proud of you",
    r"!",
)


def said() -> list[str]:
    """Every string of the wording."""
    found: list[str] = []

    def collect(value: object) -> None:
        if isinstance(value, str):
            found.append(value)
        elif isinstance(value, dict):
            for one in value.values():
                collect(one)
        elif isinstance(value, tuple | list):
            for one in value:
                collect(one)

    for name, value in vars(wording).items():
        if name.isupper():
            collect(value)
    return found


@pytest.mark.parametrize("pattern", NEVER)
def test_nothing_on_screen_promises_or_flatters(pattern: str) -> None:
    assert [line for line in said() if re.search(pattern, line, re.IGNORECASE)] == []


def test_therapy_is_named_only_to_say_what_this_is_not_or_to_point_to_a_therapist() -> None:
    for line in said():
        if re.search(r"therap", line, re.IGNORECASE):
            assert re.search(r"not therapy|therapist|therapy sessions|to therapy", line), line


def test_every_advice_about_a_passphrase_has_its_words() -> None:
    keys = set(re.findall(r'"([a-z_]+)"', inspect.getsource(passphrase)))
    for typed in ("", "a" * 300, "password password password", "qwertyuiopasdfghjkl", "\ud800" * 20):
        assert set(passphrase.judge(typed).advice) <= set(wording.STRENGTH_ADVICE)
    assert keys & set(wording.STRENGTH_ADVICE)


def test_every_pattern_has_its_sentence() -> None:
    sources = "".join(inspect.getsource(module) for module in (associations, themes, weekday_patterns, words))
    named = set(re.findall(r'"(insights\.[a-z_]+)"', sources))
    assert named
    assert named <= set(wording.PATTERNS)
