"""The sets that ``make eval`` may use: the project's own, and those that lie beside the checkout."""

from __future__ import annotations

import csv
import gzip
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
SHARED = ROOT.parent / "shared" / "data"
OWN = Path(__file__).resolve().parents[1]
Line = Mapping[str, Any]  # Any: nested JSON
DAY = "2026-11-20"
"""The day of the guide's own dialogues."""

# The standard grouping of the 28 GoEmotions labels into Ekman's six (Demszky et al. 2020), with shame and
# guilt kept apart because people who write about themselves need them.
GROUPS = {
    "anger": ("anger", "annoyance", "disapproval"),
    "disgust": ("disgust",),
    "fear": ("fear", "nervousness"),
    "joy": (
        "joy", "amusement", "approval", "excitement", "gratitude", "love", "optimism", "relief", "pride",
        "admiration", "desire", "caring",
    ),
    "sadness": ("sadness", "disappointment", "grief"),
    "surprise": ("surprise", "realization", "confusion", "curiosity"),
    "shame": ("embarrassment",),
    "guilt": ("remorse",),
    "neutral": ("neutral",),
}  # fmt: skip


def available() -> Iterator[tuple[str, str, Iterable[Line] | None]]:
    """Task, name of the set, and its lines, or ``None`` when it is not here."""
    yield "recall", "memorybank", lines(SHARED / "memorybank" / "recall.jsonl")
    yield "recall", "demo life", demo_questions()
    yield "safety", "own lines", numbered(OWN / "safety" / "data" / "lines.jsonl")
    yield "suite", "tests/safety/lines", ()
    yield "guard", "own replies", replies(ROOT / "tests" / "safety" / "adversarial")
    yield "emotions", "GoEmotions dev", goemotions(SHARED / "goemotions")
    yield "distortions", "own lines", numbered(OWN / "reading" / "data" / "distortions.jsonl")
    yield "converse", "own dialogues", dialogues(ROOT / "tests" / "data" / "dialogues.jsonl")


def lines(path: Path) -> Iterable[Line] | None:
    """JSON lines as they are."""
    if not path.is_file():
        return None
    return (json.loads(text) for text in path.read_text("utf-8").splitlines() if text.strip())


def replies(folder: Path) -> Iterable[Line] | None:
    """Replies that the guard must replace, and ordinary ones that it must let pass."""
    labels = {"items": "replace", "held_back": "replace", "ordinary": "pass", "held_back_ordinary": "pass"}
    found = {name: lines(folder / f"{name}.jsonl") for name in labels}
    if None in found.values():
        return None
    return ({**line, "label": labels[name]} for name, some in found.items() for line in some or ())


def numbered(path: Path) -> Iterable[Line] | None:
    """JSON lines with an id where there is none."""
    found = lines(path)
    return None if found is None else ({"id": str(n), **line} for n, line in enumerate(found))


def dialogues(path: Path) -> Iterable[Line] | None:
    """The guide's own dialogues, the person's side only; what was recalled in them becomes the past."""
    found = lines(path)
    return None if found is None else (dialogue(line) for line in found)


def dialogue(line: Line) -> Line:
    """One of them in the format of the converse task."""
    past = dict.fromkeys((day, text) for some in line.get("recalled", {}).values() for day, text in some)
    return {
        "id": line["name"],
        "now": f"{DAY}T{line.get('hour', 19):02}:00:00+00:00",
        "stance": line.get("stance"),
        "memories": [{"id": str(n), "date": day, "text": text} for n, (day, text) in enumerate(past)],
        "turns": line["lines"],
    }


def goemotions(folder: Path) -> Iterable[Line] | None:
    """The development rows, with their labels grouped."""
    if not (folder / "dev.tsv.gz").is_file():
        return None
    names = (folder / "labels.txt").read_text("utf-8").split()
    group = {name: key for key, members in GROUPS.items() for name in members}

    def rows() -> Iterator[Line]:
        with gzip.open(folder / "dev.tsv.gz", "rt", encoding="utf-8", newline="") as file:
            for text, numbers, id in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
                labels = sorted({group[names[int(n)]] for n in numbers.split(",")})
                yield {"id": id, "text": text, "labels": labels}

    return rows()


def demo_questions() -> Iterable[Line]:
    """The demo life's planted questions, in the format of the recall task."""
    from between.demo.questions import as_recall_set

    return [as_recall_set()]
