"""No forbidden word in anything that a person is told: cards, plans, guide and screens (clinical R48, R112, R113)."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from between.prompts_dir import PROMPTS
from between.ui import wording

UNSAID = frozenset(
    {
        "patterns", "match", "ignore", "unless", "told", "says", "beside", "words", "fillers", "weight", "glad", "topics",
        "when", "said", "examples", "message", "around", "first", "against", "lexicon", "requests", "leaving", "rule", "group",
    }
)  # fmt: skip
"""Keys of what is looked for in a text, or is the person's own to say; the product never says it."""
SOURCES = ("safety", "guide")

SAFE_MESSAGING = re.compile(
    r"\bcommit(?:s|ted|ting)? (?:a )?suicide\b|\b(?:failed|unsuccessful|successful|completed) (?:suicide|attempts?)\b"
    r"|\bsuicide (?:epidemic|victims?)\b|\bkilled (?:him|her|them)sel(?:f|ves) (?:because|over)\b|\b(?:because|reason) (?:of|for) (?:the|his|her|a) suicide\b"
    r"|\bat peace (?:now|at last)\b|\bin a better place\b|\bno longer suffering\b|\bpermanent solution\b|\bcry for help\b|\bsuicide (?:spot|hot ?spot)s?\b",
    re.I,
)
CLINGING = re.compile(
    r"\bI (?:need|love|adore|miss|want) you\b|\bI(?:['’]| wi)ll miss\b|\bproud of you\b|\balways (?:be )?here\b|\bI(?:['’]m| am) (?:always )?here for you\b"
    r"|\bonly I\b|\bjust (?:the two of us|you and me)\b|\bour (?:little )?secret\b|\bbetween (?:you and me|us)\b(?<!Between)|\b(?:don['’]t|do not|never) tell (?:anyone|anybody|them|your)\b"
    r"|\bbetter than (?:any|your|a|people|most) (?:friend|therapist|person|people|family|human)s?\b|\bunlike (?:other )?people\b|\byou don['’]t need (?:anyone|them|people)\b"
    r"|\bcome back soon\b|\bdon['’]t (?:go|leave)\b(?! of| it| the)|\bwe belong\b|\bI(?:['’]m| am) (?:all you|your (?:friend|companion|therapist))\b",
    re.I,
)
FEELING = re.compile(
    r"\bI (?:really |do |fully |completely |truly )*(?:understand|care|feel|worry|hurt|suffer|cry|hope)\b(?! nothing)|\bI know (?:exactly )?(?:how|what) (?:you|it|that)(?:['’]re)? (?:feel|is like)"
    r"|\bI hear you\b|\bI(?:['’]m| am) (?:so |very |really )*(?:sorry|sad|happy|glad|touched|moved|honou?red|worried|hurt|alive|conscious|lonely|excited)\b"
    r"|\bas a (?:man|woman|human|person|therapist|doctor)\b|\bwhen I was\b|\bin my (?:life|experience|childhood|body|heart)\b|\bI(?:['’]ve| have) been (?:there|through)\b"
    r"|\bmy (?:heart|feelings|body|childhood|family|life)\b",
    re.I,
)
CONTRACT = re.compile(
    r"\bpromise (?:me|that)\b|\bI promise\b|\bsafety contract\b|\bthink of your (?:family|children|kids|mother|parents)\b",
    re.I,
)
SCORE = re.compile(
    r"\b(?:low|high|medium) risk\b|\brisk (?:level|score)\b|\byou(?:['’]re| are) (?:not )?at risk\b", re.I
)
FORBIDDEN = {"R48": SAFE_MESSAGING, "R112": CLINGING, "R113": FEELING, "R49": CONTRACT, "R33": SCORE}
THEIRS = re.compile(r"“[^”]*”|\{[^}]*\}")
"""What the person could say or said is not what the product says."""


def strings(node: object, path: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """Everything in a file that may be said."""
    if isinstance(node, str):
        yield ".".join(path), node
    elif isinstance(node, list):
        for one in node:
            yield from strings(one, path)
    elif isinstance(node, dict):
        for key, one in node.items():
            if key not in UNSAID or path[-1:] == ("lines",):
                yield from strings(one, (*path, key))


def files() -> list[Path]:
    found = [path for source in SOURCES for path in (PROMPTS / source).rglob("*.toml")]
    kept = [
        path
        for path in found
        if "lexicon" not in path.parts and path.name not in ("lexicon.toml", "never.toml")
    ]
    return sorted([*kept, PROMPTS / "safety" / "helplines.json"])


def read(path: Path) -> dict[str, object]:
    text = path.read_text("utf-8")
    return json.loads(text) if path.suffix == ".json" else tomllib.loads(text)


def faults(said: str) -> list[str]:
    own = THEIRS.sub(" ", said)
    return [f"{rule}: {found[0]}" for rule, pattern in FORBIDDEN.items() if (found := pattern.search(own))]


@pytest.mark.parametrize("path", files(), ids=lambda path: path.name)
def test_a_reviewed_file_says_nothing_that_is_forbidden(path: Path) -> None:
    assert [(key, said, bad) for key, said in strings(read(path)) if (bad := faults(said))] == []


def test_the_screens_say_nothing_that_is_forbidden() -> None:
    named = {key: value for key, value in vars(wording).items() if key.isupper()}
    words = [(key, said) for key, value in named.items() for said in told(value)]
    assert len(words) > 300
    assert [(key, said, bad) for key, said in words if (bad := faults(said))] == []


def told(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from told(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from told(one)


def test_no_exclamation_mark_in_anything_that_is_said() -> None:
    every = [said for path in files() if path.suffix == ".toml" for _, said in strings(read(path))]
    every += [said for key, value in vars(wording).items() if key.isupper() for said in told(value)]
    assert [said for said in every if re.search(r"\w!(?:\s|$|”)", said)] == []


@pytest.mark.parametrize(
    "bad",
    [
        "He committed suicide.", "After a failed attempt you can call.", "I understand how you feel.", "I love you.", "I'm always here for you.",
        "Don't tell anyone.", "I hear you.", "I'm so sorry.", "Promise me that you call.", "You are at risk.", "As a therapist I would say so.",
        "I am better than any friend.", "I'm glad you said it.", "My heart goes out.",
    ],
)  # fmt: skip
def test_the_lint_finds_what_it_is_for(bad: str) -> None:
    assert faults(bad)


def test_the_lint_reads_the_lines_of_the_cards_and_of_the_guide() -> None:
    texts = [said for path in files() for _, said in strings(read(path))]
    assert len(texts) > 1500
    assert any("Thoughts of ending your life can ease" in said for said in texts)
    assert any("I add nothing to it" in said for said in texts)
