"""Reads the rules that a clinician can read: ``prompts/safety/lexicon/*.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from between.errors import UnreadableRule
from between.prompts_dir import PROMPTS
from between.safety import pattern
from between.safety.normalise import Plain
from between.safety.pattern import Index

FOLDER = PROMPTS / "safety" / "lexicon"
_NOT_RULES = ("words", "spelling", "context", "combinations", "language")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Rule(_Strict):
    """One thing that a text may say, and what follows from it."""

    id: str = Field(pattern=r"^[a-z]+\.[a-z0-9_]+$")
    tier: int = Field(ge=0, le=4)
    lane: str = Field(default="", pattern=r"^[NVACPESXOHBURZ]?$")
    kind: str = ""
    """What combinations know it by; rules of one kind count once."""
    hard: bool = False
    """Nothing may lower it later: no classifier, no laughing face."""
    keeps: tuple[str, ...] = ()
    """Contexts that do not change it: ``negation``, ``other``, ``fiction``, ``past``, ``laughing``, ``softened``."""
    unless: tuple[str, ...] = ()
    """Groups of ``context.toml`` whose presence anywhere in the text switches it off."""
    cue: str = ""
    """A further name to report, such as ``masked_means``."""
    says: str = Field(min_length=10)
    """What it means, for the person who reviews it."""
    patterns: tuple[str, ...] = Field(min_length=1)
    match: tuple[str, ...] = Field(min_length=1)
    """Example lines that must fire it."""
    ignore: tuple[str, ...] = ()
    """Example lines that must not."""


class Combination(_Strict):
    """Things that mean more together than alone."""

    id: str
    says: str
    tier: int = Field(ge=0, le=4)
    lane: str = ""
    cue: str = ""
    where: str = Field(pattern="^(text|recent|both)$")
    """``text``: all in one text. ``recent``: in the person's last texts, the newest taking part. ``both``: either."""
    kinds: tuple[str, ...] = ()
    """Kinds of which ``count`` different ones are needed."""
    count: int = 2
    first: tuple[str, ...] = ()
    then: tuple[str, ...] = ()
    """Instead of ``kinds``: one of ``first`` and one of ``then``."""
    within: int = 0
    """For ``text``: all of it inside so many words; 0 for the whole stretch."""
    first_texts: int = 1
    """In how many texts ``first`` must show."""
    ordered: bool = False
    """``then`` must be in the newest text."""
    unless: tuple[str, ...] = ()


class _RuleFile(_Strict):
    rule: tuple[Rule, ...]


class _Spelling(_Strict):
    watch: frozenset[str]
    spelling: dict[str, str]
    emoji: dict[str, str]


class _Words(_Strict):
    words: dict[str, tuple[str, ...]]


class _Combinations(_Strict):
    combination: tuple[Combination, ...]


_LISTS = ("negation", "subject_first", "subject_other", "says")


@dataclass(frozen=True)
class Lexicon:
    """All rules, ready for use."""

    rules: dict[str, Rule] = field(repr=False)
    combinations: tuple[Combination, ...] = field(repr=False)
    plain: Plain = field(repr=False)
    index: Index = field(repr=False)
    owner: dict[int, str] = field(repr=False)
    """Which rule a pattern belongs to, by the pattern's identity."""
    idioms: Index = field(repr=False)
    groups: dict[str, re.Pattern[str]] = field(repr=False)
    """Context groups as one search each."""
    lists: dict[str, frozenset[str]] = field(repr=False)
    """Context groups that are single words."""
    words: dict[str, tuple[str, ...]] = field(repr=False)
    """The classes of words as written."""
    kin: frozenset[str] = field(repr=False)
    """Words for people who are near."""

    @classmethod
    def load(cls, folder: Path = FOLDER) -> Lexicon:
        """Read the folder; raises ``UnreadableRule`` when a file is malformed or an id is used twice."""
        try:
            words = _Words.model_validate(_toml(folder / "words.toml")).words
            spelling = _Spelling.model_validate(_toml(folder / "spelling.toml"))
            combinations = _Combinations.model_validate(_toml(folder / "combinations.toml")).combination
            files = [p for p in sorted(folder.glob("*.toml")) if p.stem not in _NOT_RULES]
            rules = [rule for p in files for rule in _RuleFile.model_validate(_toml(p)).rule]
        except (ValidationError, tomllib.TOMLDecodeError, OSError):
            raise UnreadableRule from None
        if len({r.id for r in rules}) != len(rules):
            raise UnreadableRule
        classes = pattern.read_classes(words)
        context: dict[str, list[str]] = _toml(folder / "context.toml")  # type: ignore[assignment]  # checked by read
        owned = [(pattern.read(source, classes), rule.id) for rule in rules for source in rule.patterns]
        return cls(
            rules={r.id: r for r in rules},
            combinations=combinations,
            plain=Plain(spelling.spelling, spelling.emoji, spelling.watch, _vocabulary(rules, words)),
            index=Index(p for p, _ in owned),
            owner={id(p): rule_id for p, rule_id in owned},
            idioms=Index(pattern.read(source, classes) for source in context["idiom"]),
            groups={name: _group(lines, classes) for name, lines in context.items() if name != "idiom"},
            lists={name: frozenset(context[name]) for name in _LISTS},
            words=words,
            kin=frozenset(words["kin"]),
        )


def _toml(path: Path) -> dict[str, object]:
    with path.open("rb") as file:
        return tomllib.load(file)


def _group(lines: Iterable[str], classes: pattern.Classes) -> re.Pattern[str]:
    return re.compile("|".join(pattern.read(line, classes).regex_source for line in lines))


def _vocabulary(rules: Iterable[Rule], words: dict[str, tuple[str, ...]]) -> frozenset[str]:
    sources = [s for r in rules for s in r.patterns] + [s for options in words.values() for s in options]
    return frozenset(w for s in sources for w in re.findall(r"[a-z]{2,}", s))
