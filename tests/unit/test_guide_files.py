"""The guide's words: every line that can be said keeps the house rules, and broken files are refused."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from between.companion.guide import Guide
from between.companion.phrases import SLOT, Phrases
from between.companion.tokens import plain, unquoted, words
from between.errors import BrokenPrompt
from between.prompts_dir import PROMPTS
from between.safety.guard import Guard
from tests.fakes_guide import reply_to, turn_of

PHRASES = Phrases()
CODE = Path(__file__).parents[2] / "src" / "between" / "companion"
SAID = [(key, line) for key, line in PHRASES.everything() if not key.startswith(("never.", "requests."))]


def bare(line: str) -> str:
    return plain(unquoted(SLOT.sub("that", line)))


def test_there_is_plenty_to_say() -> None:
    assert len(SAID) > 1200
    assert len(PHRASES.situations) >= 36
    assert len(PHRASES.lenses) >= 10


@pytest.mark.parametrize("table", ["never.phrases", "never.advice"])
def test_no_line_holds_a_banned_phrase_or_advice(table: str) -> None:
    wrong = [(key, line) for key, line in SAID for rule in PHRASES.patterns(table) if rule.search(bare(line))]
    assert wrong == []


def test_no_line_shouts_lists_or_asks_twice() -> None:
    for key, line in SAID:
        assert "!" not in line, key
        assert "\n" not in line, key
        assert unquoted(line).count("?") <= 1, key


def test_no_line_is_held_back_by_the_guard() -> None:
    assert [(key, line) for key, line in SAID if Guard().check(SLOT.sub("that", line))] == []


def test_questions_ask_and_the_rest_does_not() -> None:
    for situation in PHRASES.situations:
        assert all(line.endswith("?") for line in situation.ask), situation.name
        assert not any("?" in line for line in (*situation.meaning, *situation.step)), situation.name
        assert len(situation.meaning) >= 3, situation.name
        assert len(situation.ask) >= 3, situation.name


def test_open_questions_are_open() -> None:
    asks = [
        line for bank in ("hard", "plain", "good", "quote", "person") for line in PHRASES.lines(f"ask.{bank}")
    ]
    asks += [line for situation in PHRASES.situations for line in situation.ask]
    closed = [
        line
        for line in asks
        if not re.search(r"\b(what|how|which|who|whose|whom|where|when)\b", line.lower())
    ]
    assert closed == []


def test_common_moves_have_many_phrasings() -> None:
    for key in (
        "reflect.hard.weighty",
        "social.greeting.any",
        "social.goodbye.any",
        "social.thanks",
        "listen.stay",
    ):
        assert len(PHRASES.lines(key)) >= 8, key
    assert len(PHRASES.lines("reflect.hard.quote")) >= 12
    assert len(PHRASES.lines("ask.hard")) >= 12


def test_goodbyes_are_short_and_hold_nobody() -> None:
    for key in ("social.goodbye.any", "social.goodbye.night"):
        for line in PHRASES.lines(key):
            assert "?" not in line
            assert len(re.findall(r"[.!?]", line)) <= 2


def test_every_table_that_the_code_names_is_there() -> None:
    known = {path.stem for path in (PROMPTS / "guide").glob("*.toml")}
    for file in CODE.glob("*.py"):
        for key in re.findall(r'"((?:[a-z_]+)\.[a-z_.]+[a-z])"', file.read_text("utf-8")):
            if key.split(".")[0] in known and not key.startswith(("lexicon", "notice.")):
                found = PHRASES.has(key) or PHRASES.patterns(key) or PHRASES.has(f"{key}.lines")
                assert found or any(other.startswith(f"{key}.") for other, _ in PHRASES.everything()), (
                    file.name,
                    key,
                )


WHOLE = (
    "short.", "repair.", "questions.", "limits.", "about.", "decide.", "practise.", "learn.", "steady.", "summary.",
    "recall.none", "small_talk.", "views.after", "views.none", "views.not", "unclear.", "circle.", "listen.ready",
)  # fmt: skip
"""Tables whose lines are whole replies."""


def test_lines_that_are_whole_replies_have_the_right_length() -> None:
    for key, line in SAID:
        if key.startswith(WHOLE):
            assert 15 <= len(words(SLOT.sub("two words", line))) <= 88, (key, line)


def test_lenses_name_a_direction_and_speak_of_no_certainty() -> None:
    assert len({lens.pull for lens in PHRASES.lenses}) >= 4
    for lens in PHRASES.lenses:
        assert lens.views["any"]
        for line in (line for lines in lens.views.values() for line in lines):
            assert len(words(line)) <= 24, line


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copytree(PROMPTS / "guide", tmp_path / "guide")
    shutil.copytree(PROMPTS / "lenses", tmp_path / "lenses")
    return tmp_path / "guide"


def test_an_edited_file_changes_the_reply_and_the_content_hash(copy: Path) -> None:
    before = Guide(copy)
    turn = turn_of("Are you human?", intent=turn_of("").reading.intent.ABOUT_COMPANION)
    assert "An owl" not in reply_to(before, turn)
    about = copy / "about.toml"
    text = about.read_text("utf-8")
    about.write_text(text[: text.index("[human]")] + "[human]\npatterns = ['.']\nlines = ['An owl.']\n")
    after = Guide(copy)
    assert reply_to(after, turn) == "An owl."
    assert after.reply(turn).prompt != before.reply(turn).prompt
    assert after.version != before.version


def test_an_edited_lens_changes_the_content_hash(copy: Path) -> None:
    before = Phrases(copy).hash
    lens = copy.parent / "lenses" / "friend.toml"
    lens.write_text(lens.read_text("utf-8").replace("a friend would", "a good friend would"))
    assert Phrases(copy).hash != before


def test_the_same_files_elsewhere_have_the_same_hash(copy: Path) -> None:
    assert Phrases(copy).hash == PHRASES.hash


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("listen.toml", '[stay]\nlines = ["Hello {stranger}."]\n'),
        ("listen.toml", "this is no toml"),
        ("repair.toml", "[wrong]\npatterns = ['(']\nlines = ['x']\n"),
    ],
)
def test_a_broken_file_is_refused_by_name(copy: Path, name: str, content: str) -> None:
    (copy / name).write_text(content)
    with pytest.raises(BrokenPrompt):
        Phrases(copy)


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BrokenPrompt):
        Phrases(tmp_path)
