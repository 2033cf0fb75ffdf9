"""Reads the lines of the safety suite, ``tests/safety/lines``: files that a clinician can read and add to."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from between.evaluate.sets import ROOT

FOLDER = ROOT / "tests" / "safety" / "lines"
_LATER = re.compile(r"^\[(\d+) (minute|hour|day)s? later\] ")
_MINUTES = {"minute": 1, "hour": 60, "day": 24 * 60}
_PLACE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Case:
    """One text or one conversation, and what must come of it."""

    line: Mapping[str, Any] = field(repr=False)  # Any: nested JSON, as ``predict`` reads it
    group: str = ""
    """What it belongs to inside its set: a lane, a combination rule, what was swapped."""
    least: int = 0
    """The tier that must stand at the end."""
    last: int = 0
    """The tier that the last text must have by itself."""
    lane: str = ""
    tired: bool = False
    """The person must be seen to have refused too often."""


def plain(*names: str, folder: Path = FOLDER) -> list[Case]:
    """The lines of text files, one case each; ``#`` begins a comment."""
    rows = [row for name in names for row in (folder / f"{name}.txt").read_text("utf-8").splitlines()]
    return [Case({"text": row}) for row in rows if row and not row.startswith("#")]


def talks(name: str, folder: Path = FOLDER) -> list[Case]:
    """Conversations over time."""
    return [
        Case(
            {"id": talk["id"], "turns": [_turn(turn) for turn in talk["turns"]]},
            talk.get("rule", ""),
            talk.get("least", 0),
            talk.get("last", 0),
            talk.get("lane", ""),
            talk.get("tired", False),
        )
        for talk in _toml(folder / f"{name}.toml")["talk"]
    ]


def lanes(folder: Path = FOLDER) -> list[Case]:
    """Lines of each lane."""
    table = _toml(folder / "lanes.toml")
    return [
        Case({"text": text}, lane, rows["tier"], lane=lane)
        for lane, rows in table.items()
        for text in rows["lines"]
    ]


def others(kind: str, folder: Path = FOLDER) -> list[Case]:
    """Lines about another person: ``genuine``, or ``displaced`` and meant of oneself."""
    return [Case({"text": text}) for text in _toml(folder / "third_party.toml")[kind]]


def fresh(kind: str, folder: Path = FOLDER) -> list[Case]:
    """Lines of one kind that no rule was changed for."""
    return [Case({"text": text}) for text in _toml(folder / "fresh.toml")[kind]]


def swaps(folder: Path = FOLDER) -> list[list[Case]]:
    """For each base text the text itself and then its variants, each under the name of what was swapped."""
    table = _toml(folder / "swaps.toml")
    return [list(_variants(base, table["places"])) for base in table["base"]]


def _variants(base: Mapping[str, Any], places: Mapping[str, list[str]]) -> Iterator[Case]:
    used = list(dict.fromkeys(_PLACE.findall(base["text"])))
    first = {name: places[name][0] for name in used}
    yield Case({"text": base["text"].format(**first)})
    for name in used:
        for word in places[name][1:]:
            yield Case({"text": base["text"].format(**first | {name: word})}, name)
    for text in base["said"]:
        yield Case({"text": text}, "english")


def _turn(turn: str) -> dict[str, Any]:
    """A turn with the minutes since the one before, which may stand in front."""
    later = _LATER.match(turn)
    if later is None:
        return {"text": turn, "after": 1}
    return {"text": turn[later.end() :], "after": int(later[1]) * _MINUTES[later[2]]}


def _toml(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        return tomllib.load(file)
