"""Loads the guide's words: every line that it can say lies in ``prompts/guide`` and ``prompts/lenses``.

A file ``reflect.toml`` with a table ``[hard]`` and a list ``quote`` is asked for as ``reflect.hard.quote``;
a table with only ``lines`` also answers to its own name. Slots such as ``{quote}`` are filled with the
person's words; an unknown slot or an unreadable file is refused when it is loaded.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from between.errors import BrokenPrompt
from between.prompts_dir import PROMPTS

SLOTS = frozenset(
    """seen told Told quote other mirror Mirror feeling person Person topic Topic word count earlier said past When when
    When2 When3 when3 first second third period left right name1 name2 Name1 Name2""".split()  # noqa: SIM905  # words read best as words
)
SLOT = re.compile(r"\{(\w+)\}")
Lines = tuple[str, ...]
Patterns = tuple[re.Pattern[str], ...]


@dataclass(frozen=True, slots=True)
class Situation:
    """A kind of day that people write about, with what can be said and asked about it."""

    name: str
    tone: str
    weight: int
    patterns: Patterns
    meaning: Lines
    ask: Lines
    step: Lines
    lasting: int
    """For how many of the person's messages it stays the theme of a talk."""
    ask_person: bool
    """Whether questions about the person named make sense on such a day."""


@dataclass(frozen=True, slots=True)
class Lens:
    """A place to look from."""

    key: str
    name: str
    pull: str
    """Lenses of one pull look in the same direction; two that are offered together never do."""
    needs_person: bool
    not_lanes: frozenset[str]
    not_situations: frozenset[str]
    views: Mapping[str, Lines]


class Phrases:
    """The words, read once, with a hash that changes whenever any of them does."""

    def __init__(self, folder: Path = PROMPTS / "guide") -> None:
        lenses = folder.parent / "lenses"
        self._files = {
            path: _read(path) for path in [*sorted(folder.rglob("*.toml")), *sorted(lenses.glob("*.toml"))]
        }
        if not self._files:
            raise BrokenPrompt(folder.name)
        self.hash = _hash(self._files, folder.parent)
        plain = [path for path in self._files if path.parent == folder]
        self._lists = {key: value for path in plain for key, value in _lists(path.stem, self._table(path))}
        situations = [path for path in self._files if path.parent == folder / "situations"]
        self.situations = tuple(_situation(path, self._table(path)) for path in situations)
        found = [path for path in self._files if path.parent == lenses]
        self.lenses = tuple(_lens(path, self._table(path)) for path in found)
        self._patterns = {
            key: _compiled(key, lines) for key, lines in self._lists.items() if key.endswith("patterns")
        }

    def _table(self, path: Path) -> dict[str, Any]:
        try:
            return tomllib.loads(self._files[path].decode("utf-8"))
        except ValueError:
            raise BrokenPrompt(path.name) from None

    def lines(self, key: str) -> Lines:
        """The lines under a key; ``BrokenPrompt`` when the files do not have it."""
        found = self._lists.get(key) or self._lists.get(f"{key}.lines")
        if found is None:
            raise BrokenPrompt(key)
        return found

    def has(self, key: str) -> bool:
        """Whether the files have lines under a key."""
        return key in self._lists or f"{key}.lines" in self._lists

    def words(self, key: str) -> frozenset[str]:
        """A word list of the lexicon."""
        return frozenset(self.lines(f"lexicon.{key}"))

    def mending(self) -> dict[str, str]:
        """Words without their apostrophe and what they should be."""
        return dict(pair.split("=", 1) for pair in self.lines("lexicon.mend.words"))

    def matches(self, key: str, plain: str) -> bool:
        """Whether a pattern of the table fits the text, given in lower case with straight apostrophes."""
        return any(pattern.search(plain) for pattern in self._patterns.get(f"{key}.patterns", ()))

    def first(self, file: str, plain: str) -> str | None:
        """The first table of a file that has a pattern which fits."""
        for key, patterns in self._patterns.items():
            owner, table, _ = (*key.split("."), "", "")[:3]
            if owner == file and any(pattern.search(plain) for pattern in patterns):
                return table
        return None

    def noticed(self, plain: str) -> Iterator[tuple[str, str]]:
        """The tables of ``notice`` that fit the text, each with the piece that was noticed."""
        for key, patterns in self._patterns.items():
            if not key.startswith("notice."):
                continue
            for pattern in patterns:
                match = pattern.search(plain)
                if match:
                    yield key.removesuffix(".patterns"), match.groupdict().get("seen") or match[0]
                    break

    def patterns(self, key: str) -> Patterns:
        """The patterns of a table."""
        return self._patterns.get(f"{key}.patterns", ())

    def everything(self) -> Iterator[tuple[str, str]]:
        """Each line that can be said, with the key that it stands under."""
        for key, lines in self._lists.items():
            if not key.endswith("patterns") and not key.startswith(("lexicon.", "intents.", "views.groups.")):
                yield from ((key, line) for line in lines)
        for situation in self.situations:
            for line in (*situation.meaning, *situation.ask, *situation.step):
                yield f"situations.{situation.name}", line
        for lens in self.lenses:
            yield from ((f"lenses.{lens.key}", line) for lines in lens.views.values() for line in lines)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        raise BrokenPrompt(path.name) from None


def _hash(files: Mapping[Path, bytes], root: Path) -> str:
    digest = hashlib.sha256()
    for path, content in files.items():
        digest.update(path.relative_to(root).as_posix().encode() + b"\0" + content + b"\0")
    return digest.hexdigest()


def _lists(name: str, table: Mapping[str, Any]) -> Iterator[tuple[str, Lines]]:
    for key, value in table.items():
        inner = f"{name}.{key}"
        if isinstance(value, dict) and name == "lexicon.mend":
            yield inner, tuple(f"{wrong}={mended}" for wrong, mended in value.items())
        elif isinstance(value, dict):
            yield from _lists(inner, value)
        elif isinstance(value, list) and value and all(isinstance(line, str) for line in value):
            _check(inner, value)
            yield inner, tuple(value)


def _check(key: str, lines: list[str]) -> None:
    said = not key.endswith("patterns") and not key.startswith("lexicon.")
    if said and any(set(SLOT.findall(line)) - SLOTS for line in lines):
        raise BrokenPrompt(key)


def _compiled(key: str, lines: Lines) -> Patterns:
    try:
        return tuple(re.compile(line, re.IGNORECASE) for line in lines)
    except re.error:
        raise BrokenPrompt(key) from None


def _listed(path: Path, table: Mapping[str, Any], key: str) -> Lines:
    lines = table.get(key, [])
    _check(path.name, lines)
    return tuple(lines)


def _situation(path: Path, table: Mapping[str, Any]) -> Situation:
    if not {"patterns", "meaning", "ask"} <= table.keys():
        raise BrokenPrompt(path.name)
    return Situation(
        path.stem,
        str(table.get("tone", "hard")),
        int(table.get("weight", 1)),
        _compiled(path.name, tuple(table["patterns"])),
        _listed(path, table, "meaning"),
        _listed(path, table, "ask"),
        _listed(path, table, "step"),
        int(table.get("lasting", 3)),
        bool(table.get("ask_person", True)),
    )


def _lens(path: Path, table: Mapping[str, Any]) -> Lens:
    if not {"name", "pull", "any"} <= table.keys():
        raise BrokenPrompt(path.name)
    return Lens(
        path.stem,
        str(table["name"]),
        str(table["pull"]),
        bool(table.get("needs_person", False)),
        frozenset(table.get("not_lanes", ())),
        frozenset(table.get("not_situations", ())),
        {kind: _listed(path, table, kind) for kind in ("any", "self", "other", "future") if kind in table},
    )
