"""A prompt file that does not fit is found when it is loaded, not when somebody writes."""

from __future__ import annotations

from pathlib import Path

import pytest

from between.engines.prompt import load
from between.errors import BrokenPrompt
from between.prompts_dir import PROMPTS

GOOD = """---
purpose: Carries words.
role: user
inputs: [text]
returns: A message.
---
They wrote $text for $$5.
"""


def write(folder: Path, content: str, name: str = "words.md") -> Path:
    (folder / name).write_text(content, encoding="utf-8")
    return folder


def test_a_prompt_is_filled_once_and_values_are_never_templates(tmp_path: Path) -> None:
    prompt = load(write(tmp_path, GOOD))["words"]
    assert prompt.fill(text="$text {x} $boundary") == "They wrote $text {x} $boundary for $5."


@pytest.mark.parametrize(
    "broken",
    [
        GOOD.replace("[text]", "[text, more]"),
        GOOD.replace("[text]", "[]"),
        GOOD.replace("$text", "$text $other"),
        GOOD.replace("$$5", "$5"),
        GOOD.replace("role: user", "role: wizard"),
        GOOD.replace("purpose: Carries words.\n", ""),
        GOOD.replace("returns: A message.", "returns: A message.\nmodel: big"),
        GOOD.replace("inputs: [text]", "inputs: [text"),
        "They wrote $text",
        "",
    ],
)
def test_a_file_whose_header_and_text_do_not_fit_is_refused_by_name(tmp_path: Path, broken: str) -> None:
    with pytest.raises(BrokenPrompt) as refused:
        load(write(tmp_path, broken))
    assert refused.value.name == "words"


@pytest.mark.parametrize("values", [{}, {"text": "a", "more": "b"}, {"other": "a"}])
def test_a_prompt_takes_exactly_its_inputs(tmp_path: Path, values: dict[str, str]) -> None:
    with pytest.raises(BrokenPrompt):
        load(write(tmp_path, GOOD))["words"].fill(**values)


def test_a_prompt_that_is_not_there_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(BrokenPrompt) as refused:
        load(tmp_path)["gone"]
    assert refused.value.name == "gone"


def test_one_changed_letter_changes_the_hash_and_nothing_else_does(tmp_path: Path) -> None:
    first = load(write(tmp_path, GOOD)).content_hash
    assert load(tmp_path).content_hash == first
    assert load(write(tmp_path, GOOD.replace("They", "they"))).content_hash != first


def test_every_prompt_that_is_shipped_fits_and_says_what_it_is_for() -> None:
    prompts = load(PROMPTS / "companion")
    assert prompts["system"].header.temperature is not None
    assert all(prompt.header.purpose.endswith(".") for prompt in prompts.by_name.values())


def test_the_rules_forbid_what_must_never_be_said() -> None:
    rules = load(PROMPTS / "companion")["system"].body
    for line in (
        "I understand",
        "I am here for you",
        "diagnosis",
        "phone numbers",
        "not a therapist",
        "great question",
    ):
        assert line in rules
