"""The lines that the classifier is trained on and judged by, and which of them it never sees."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from between.domain import Tier
from between.safety.screen import Screen

DATA = Path(__file__).parent / "data"
CALM = Path(__file__).parents[1] / "reading" / "data"
LIFE = Path(__file__).parents[1] / "demo" / "life.jsonl"
FILES = ("lines", "more_chat", "more_journal", "more_long", "more_other")
_CALM_FILES = ("distortions", "emotions", *(f"distortions_more_{n}" for n in range(1, 7)))
_CALM_LINES, _CALM_WEIGHT = 1800, 0.35
_BLOCK, _LONGEST_BLOCK = 8, 40
_LIKE = 0.34
_WORD = re.compile(r"[a-z']{4,}")


@dataclass(frozen=True, slots=True)
class Sample:
    """A text, or the turns of one person, with what is true of it."""

    turns: tuple[str, ...] = field(repr=False)
    label: str
    genre: str
    group: int
    held: bool
    """Never seen in training or when the lines are set."""
    weight: float = 1.0
    rules: int = 0
    """The tier that the rules alone give it."""

    @property
    def text(self) -> str:
        """All turns together."""
        return "\n".join(self.turns)


def own_lines(screen: Screen) -> list[Sample]:
    """The lines written for Between; a quarter of the blocks of neighbours is held back, by a hash of its first line."""
    samples: list[Sample] = []
    group = -1
    for name in FILES:
        before: tuple[str, set[str]] | None = None
        size, held = 0, False
        for row in map(json.loads, (DATA / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()):
            turns = tuple([row["text"]] if "text" in row else row["turns"])
            now = row["kind"], set(_WORD.findall(" ".join(turns).lower()))
            if before is None or size >= _LONGEST_BLOCK or (size >= _BLOCK and not _near(before, now)):
                digest = hashlib.sha256(" ".join(turns).encode()).hexdigest()
                group, size, held = group + 1, 0, int(digest[:8], 16) % 4 == 0
            size, before = size + 1, now
            genre = row.get("genre", "one-liner")
            samples.append(Sample(turns, row["label"], genre, group, held, rules=tier(screen, turns)))
    return samples


def calm_lines(screen: Screen) -> Iterator[Sample]:
    """Plain, low and angry lines from the reading room, none of which the rules would answer with a card."""
    texts: dict[str, None] = {}
    for name in _CALM_FILES:
        rows = (CALM / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
        texts |= dict.fromkeys(json.loads(row)["text"] for row in rows)
    quiet = (text for text in texts if screen.look(text).tier < Tier.PASSIVE)
    for number, text in enumerate(islice(quiet, 0, 2 * _CALM_LINES, 2)):
        yield Sample((text,), "none", "calm", 1_000_000 + number // 8, False, _CALM_WEIGHT)


def diaries(screen: Screen, beside: Path | None) -> list[Sample]:
    """Whole days without danger: the demo life, and Pepys and MemoryBank when they lie in a folder beside."""
    named = {"demo life": [json.loads(row)["text"] for row in LIFE.read_text(encoding="utf-8").splitlines()]}
    if beside is not None:
        with gzip.open(beside / "pepys" / "pepys.jsonl.gz", "rt", encoding="utf-8") as file:
            days = [text for text in (json.loads(row)["text"] for row in file) if len(text.split()) > 20]
        named["pepys"] = days[:: max(1, len(days) // 300)][:300]
        named["memorybank"] = _persons_side(beside / "memorybank" / "recall.jsonl")
    return [
        Sample((text,), "none", name, number, number % 2 == 1, rules=tier(screen, (text,)))
        for name, texts in named.items()
        for number, text in enumerate(texts)
    ]


def tier(screen: Screen, turns: tuple[str, ...]) -> int:
    """The highest tier that a screen gives to one of the turns."""
    return max(int(screen.look(turn, turns[:number]).tier) for number, turn in enumerate(turns))


def _persons_side(path: Path) -> list[str]:
    texts = []
    for row in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
        for memory in row["memories"]:
            said = [line[6:] for line in memory["text"].split("\n") if line.startswith("User: ")]
            texts.append("\n".join(said))
    return [text for text in dict.fromkeys(texts) if text]


def _near(before: tuple[str, set[str]], now: tuple[str, set[str]]) -> bool:
    """Whether two lines look like a pair: the same kind, or many of the same words."""
    same = before[0].split("-")[:2] == now[0].split("-")[:2]
    return same or len(before[1] & now[1]) / max(1, min(len(before[1]), len(now[1]))) > _LIKE
