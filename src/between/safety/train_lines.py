"""The lines that the classifier is trained on and judged by, and which of them it never sees."""

from __future__ import annotations

import gzip
import hashlib
import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from between.domain import Tier
from between.safety.screen import Screen

DATA = Path(__file__).parent / "data"
CALM = Path(__file__).parents[1] / "reading" / "data"
LIFE = Path(__file__).parents[1] / "demo" / "life.jsonl"
FILES = (
    *("lines", "more_chat", "more_journal", "more_long", "more_other"),
    *(f"own_{name}" for name in ("journal", "forum", "counsel", "short", "plain", "posts", "everyday")),
)
_CALM_FILES = ("distortions", "emotions", *(f"distortions_more_{n}" for n in range(1, 7)))
_CALM_LINES, _CALM_WEIGHT = 1800, 0.35
_BLOCK, _LONGEST_BLOCK = 8, 40
_LIKE = 0.34
_PARTS = {0: "held", 1: "set"}
_CALM_DAYS, _DAYS_WITH_ONE, _JOINED_WEIGHT, _LONGEST_JOINED = 1300, 800, 0.7, 45
_WORD = re.compile(r"[a-z']{4,}")


@dataclass(frozen=True, slots=True)
class Sample:
    """A text, or the turns of one person, with what is true of it."""

    turns: tuple[str, ...] = field(repr=False)
    label: str
    genre: str
    group: int
    part: str
    """``fit``, ``set`` or ``held``: what it is used for; held ones are never seen before the figures."""
    weight: float = 1.0
    rules: int = 0
    """The tier that the rules alone give it."""
    hard: bool = False
    """Whether one of them was a hard one."""

    @property
    def text(self) -> str:
        """All turns together."""
        return "\n".join(self.turns)


def own_lines(screen: Screen) -> list[Sample]:
    """The lines written for Between; blocks of neighbours go to one part, by a hash of the first line."""
    samples: list[Sample] = []
    group = -1
    for name in FILES:
        before: tuple[str, set[str]] | None = None
        size, part = 0, "fit"
        for row in map(json.loads, (DATA / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()):
            turns = tuple([row["text"]] if "text" in row else row["turns"])
            now = row["kind"], set(_WORD.findall(" ".join(turns).lower()))
            if before is None or size >= _LONGEST_BLOCK or (size >= _BLOCK and not _near(before, now)):
                digest = hashlib.sha256(" ".join(turns).encode()).hexdigest()
                group, size, part = group + 1, 0, _PARTS.get(int(digest[:8], 16) % 10, "fit")
            size, before = size + 1, now
            genre = row.get("genre", "one-liner")
            ruled, hard = tier(screen, turns)
            samples.append(Sample(turns, row["label"], genre, group, part, rules=ruled, hard=hard))
    return samples


def calm_lines(screen: Screen) -> Iterator[Sample]:
    """Plain, low and angry lines from the reading room, none of which the rules would answer with a card."""
    texts: dict[str, None] = {}
    for name in _CALM_FILES:
        rows = (CALM / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
        texts |= dict.fromkeys(json.loads(row)["text"] for row in rows)
    quiet = (text for text in texts if screen.look(text).tier < Tier.PASSIVE)
    for number, text in enumerate(islice(quiet, 0, 2 * _CALM_LINES, 2)):
        part = _PARTS.get(number % 10, "fit")
        yield Sample((text,), "none", "calm", 1_000_000 + number // 8, part, _CALM_WEIGHT)


def joined(lines: Sequence[Sample]) -> list[Sample]:
    """Long texts made of short ones: days without danger, and days in which one line matters.

    Without them length itself would look dangerous, since most of the long lines that we have are dark.
    """
    order = random.Random(7)
    single = [one for one in lines if len(one.turns) == 1 and len(one.text.split()) <= _LONGEST_JOINED]
    quiet = [one.text for one in single if one.label == "none"]
    loud = [one for one in single if one.label != "none"]
    made = []
    for _ in range(_CALM_DAYS):
        made.append(("none", order.sample(quiet, order.randint(3, 7))))
    for one in order.sample(loud, min(_DAYS_WITH_ONE, len(loud))):
        around = order.sample(quiet, order.randint(2, 5))
        around.insert(order.randint(0, len(around)), one.text)
        made.append((one.label, around))
    return [Sample((" ".join(texts),), label, "joined", -1, "fit", _JOINED_WEIGHT) for label, texts in made]


def diaries(screen: Screen, beside: Path | None) -> list[Sample]:
    """Whole days without danger: the demo life, and Pepys and MemoryBank when they lie in a folder beside."""
    named = {"demo life": [json.loads(row)["text"] for row in LIFE.read_text(encoding="utf-8").splitlines()]}
    if beside is not None:
        with gzip.open(beside / "pepys" / "pepys.jsonl.gz", "rt", encoding="utf-8") as file:
            days = [text for text in (json.loads(row)["text"] for row in file) if len(text.split()) > 20]
        named["pepys"] = days[:: max(1, len(days) // 300)][:300]
        named["memorybank"] = _persons_side(beside / "memorybank" / "recall.jsonl")
    return [
        Sample((text,), "none", name, number, ("set", "held")[number % 2], rules=tier(screen, (text,))[0])
        for name, texts in named.items()
        for number, text in enumerate(texts)
    ]


def tier(screen: Screen, turns: tuple[str, ...]) -> tuple[int, bool]:
    """The highest tier that a screen gives to one of the turns, and whether a hard rule fired."""
    found = [screen.look(turn, turns[:number]) for number, turn in enumerate(turns)]
    return max(int(one.tier) for one in found), any(one.hard for one in found)


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
