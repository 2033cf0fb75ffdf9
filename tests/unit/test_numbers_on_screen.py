"""Every telephone number that a file of words or a screen holds stands in the registry of helplines."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from between.prompts_dir import PROMPTS
from between.safety.helplines import registry

SRC = Path(__file__).resolve().parents[2] / "src" / "between"
NUMBER = re.compile(r"(?<![\w.#/])[+*(]?\d[\d\s().\-]{1,}\d(?![\w/])")
NO_NUMBER = re.compile(
    r"""
    (?:19|20)\d\d(?:-\d\d-\d\d)?          # a year, a day
    | \d{1,2}[:.]\d\d                     # a time, a decimal
    | 0\.\d+ | \d+\.0                     # a setting
    | \d(?:-\d){2,}                       # 5-4-3-2-1
    | \d{1,2}                             # a count
    """,
    re.VERBOSE,
)
KNOWN = {
    "15 000", "10,000",
    "127.0.0.1",
}  # fmt: skip
ADDRESS = re.compile(r"(?s:<style>.*?</style>)|https?://\S+|localhost:\d+|\{[^}]*\}|#[0-9A-Fa-f]{3,8}\b")


def files() -> list[Path]:
    words = [p for p in PROMPTS.rglob("*") if p.is_file() and "lexicon" not in p.parts]
    shown = [*(SRC / "ui").rglob("*.html"), SRC / "ui" / "wording.py"]
    return sorted(p for p in (*words, *shown) if p.name not in {"helplines.json", "guard.toml"})


def strangers(text: str) -> list[str]:
    """What looks like a number to dial and is none that we know; three digits count where calling is spoken of."""
    known = registry().numbers()
    found = []
    for line in ADDRESS.sub(" ", text).splitlines():
        for match in NUMBER.finditer(line):
            printed = match.group().strip(" ().-")
            digits = re.sub(r"\D", "", printed)
            spoken = re.search(r"\b(call|dial|ring|text|phone|number|reach)", line, re.IGNORECASE)
            if len(digits) < (3 if spoken else 5) or NO_NUMBER.fullmatch(printed) or printed in KNOWN:
                continue
            if digits not in known:
                found.append(printed)
    return found


@pytest.mark.parametrize("path", files(), ids=lambda path: path.name)
def test_no_file_of_words_holds_a_number_of_its_own(path: Path) -> None:
    assert strangers(path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    "line",
    ["Call 0800 123 456 now.", "Ring 555.", "Tel: +44 20 7946 0000", "1-800-555-0199", "Dial 12 34 56"],
)
def test_a_strange_number_is_noticed(line: str) -> None:
    assert strangers(line)


@pytest.mark.parametrize("line", ["Call 116 123.", "112 or 911", "Step 5-4-3-2-1", "At 10:30 on 2026-11-27"])
def test_a_known_number_a_time_and_a_date_are_not(line: str) -> None:
    assert strangers(line) == []
