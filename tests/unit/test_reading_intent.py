"""What a text seems to want: the examples of the rules hold, and lines that no rule saw are mostly read right."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from between.domain import Intent
from between.errors import BrokenPrompt
from between.memory.encoder import Encoder
from between.reading.intent import Intents, load

HELD_BACK = Path(__file__).parents[1] / "data" / "intents_held_back.jsonl"
EXAMPLES = [(rule.intent, example) for rule in load() for example in rule.examples]


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder()


@pytest.fixture(scope="module")
def intents(encoder: Encoder) -> Intents:
    return Intents(encoder)


@pytest.mark.parametrize(("intent", "example"), EXAMPLES)
def test_each_example_is_read_by_the_rules_alone(intent: Intent, example: str) -> None:
    assert (RULES_ALONE.read(example) or Intent.THINK) is intent


RULES_ALONE = Intents()


def test_every_intent_has_a_rule() -> None:
    assert {rule.intent for rule in load()} == set(Intent)


def test_lines_that_no_rule_saw_are_mostly_read_right(encoder: Encoder, intents: Intents) -> None:
    lines = [json.loads(line) for line in HELD_BACK.read_text("utf-8").splitlines()]
    rows = encoder.embed([line["text"] for line in lines])
    right = sum(
        (intents.read(line["text"], row) or Intent.THINK).value == line["intent"]
        for line, row in zip(lines, rows, strict=True)
    )
    assert right / len(lines) >= 0.85


@pytest.mark.parametrize(
    "story",
    [
        "I said goodbye to her at the station and thanked her mother.",
        "My boss said thanks and left.",
        "She asked if I had feelings at all and I left the room.",
        "I went to bed at ten and lay awake until the birds began.",
        "He told me what he remembered about the war.",
    ],
)
def test_a_story_is_not_taken_for_a_goodbye_or_a_question_about_the_companion(
    story: str, encoder: Encoder, intents: Intents
) -> None:
    meant = intents.read(story, encoder.embed([story])[0])
    assert meant not in (
        Intent.GOODBYE,
        Intent.THANKS,
        Intent.GREETING,
        Intent.ABOUT_COMPANION,
        Intent.ASK_PAST,
    )


def test_who_wants_no_other_view_is_not_given_one() -> None:
    assert RULES_ALONE.read("I don't want another perspective on it, it happened") is not Intent.ANOTHER_VIEW


def test_a_file_that_cannot_be_used_is_refused_by_name(tmp_path: Path) -> None:
    source = tmp_path / "intents.toml"
    source.write_text('[[intent]]\nname = "vent"\nlongest = 0\npatterns = ["("]\nexamples = []\n')
    with pytest.raises(BrokenPrompt) as broken:
        load(source)
    assert broken.value.name == "intents.toml"
