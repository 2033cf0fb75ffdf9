"""Reads the reviewed words of the safety floor, once; none of them holds anything of a person."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from between.errors import UnreadableRule
from between.prompts_dir import PROMPTS

FOLDER = PROMPTS / "safety"


class Strict(BaseModel):
    """Unknown names are refused, so that a slip of the pen is found at start."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Causes(Strict):
    """Plain words for what raised the state."""

    line: str
    words: dict[str, str]


class Template(Strict):
    """One card: slots of paragraphs, each with paraphrases."""

    id: str
    title: str
    urgent: bool = False
    safety_only: bool = False
    brief: bool = False
    """At most sixty words or so."""
    topic: str = "suicide"
    contacts: int = Field(default=2, ge=0, le=3)
    emergency_first: bool = False
    offers: tuple[Literal["plan", "leave", "unsave"], ...] = ()
    """What stands under the card beside its numbers."""
    slots: tuple[tuple[str, ...], ...] = Field(min_length=1)
    """Paragraphs in order; each a choice of paraphrases."""
    question: tuple[str, ...] = ()
    answers: dict[Literal["yes", "no", "rather"], str] = {}
    """Which card a plain answer to the question leads to."""
    buttons: bool = False
    """The three answers stand under the question."""


class Templates(Strict):
    """``cards.toml``."""

    version: str
    reviewed_by: str
    reviewed_on: str
    card: tuple[Template, ...]
    contact: dict[str, str]
    """How contacts are put into a sentence."""


class Answers(Strict):
    """``answers.toml``: how the plain answers to a card's question are said."""

    version: str
    within_hours: float
    buttons: dict[str, str]
    said: dict[str, tuple[str, ...]]
    around: tuple[str, ...]
    first: dict[str, tuple[str, ...]]
    """Words that begin a longer answer."""
    against: dict[str, tuple[str, ...]]
    """Words that make such an answer neither yes nor no."""


class Disclosure(Strict):
    """``disclosure.toml``: saying plainly that this is an AI."""

    version: str
    start: tuple[str, ...] = Field(min_length=1)
    again: tuple[str, ...] = Field(min_length=1)
    asked: tuple[str, ...] = Field(min_length=1)
    asked_after_telling: tuple[str, ...] = Field(min_length=1)
    header: str
    hours: float
    days: float


class HonestUse(Strict):
    """``honest_use.toml``: what the product says around a conversation, by occasion."""

    version: str
    goodbye: dict[str, tuple[str, ...]]
    pause: dict[str, tuple[str, ...]]
    look_back: dict[str, tuple[str, ...]]
    follow_up: dict[str, tuple[str, ...]]


Read = TypeVar("Read", bound=BaseModel)


def read(path: Path, shape: type[Read]) -> Read:
    """Read one TOML file into its shape; raises ``UnreadableRule``."""
    try:
        with path.open("rb") as file:
            return shape.model_validate(tomllib.load(file))
    except (OSError, ValidationError, tomllib.TOMLDecodeError):
        raise UnreadableRule from None


@lru_cache(maxsize=1)
def causes() -> Causes:
    """Words for the causes of a state."""
    return read(FOLDER / "causes.toml", Causes)


@lru_cache(maxsize=1)
def templates() -> Templates:
    """The reviewed cards."""
    return read(FOLDER / "cards.toml", Templates)


@lru_cache
def template(id: str) -> Template:
    """One reviewed card."""
    return next(card for card in templates().card if card.id == id)


@lru_cache(maxsize=1)
def answers() -> Answers:
    """How the scripted answers are said."""
    return read(FOLDER / "answers.toml", Answers)


@lru_cache(maxsize=1)
def disclosure() -> Disclosure:
    """The reviewed disclosures."""
    return read(FOLDER / "disclosure.toml", Disclosure)


@lru_cache(maxsize=1)
def honest_use() -> HonestUse:
    """The reviewed words around a conversation."""
    return read(FOLDER / "honest_use.toml", HonestUse)
