"""What the rooms hand each other: readings, findings, turns and replies on their way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from between.domain.kept import Intent, Message, Recalled, RiskState, Stance, Tier


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days that a question names; both ends are included."""

    start: date
    end: date
    said: str = field(repr=False)
    """The words it was read from."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text says, without a model: a guess until the person confirms it."""

    intent: Intent
    emotions: tuple[tuple[str, float], ...] = ()
    """Label and probability, most likely first."""
    distortions: tuple[tuple[str, float], ...] = ()
    """Label and probability, most likely first; empty for none."""
    people: tuple[str, ...] = field(default=(), repr=False)
    period: Period | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """Something that the person wrote before, as the safety rules look back on it."""

    at: datetime
    text: str = field(repr=False)
    tier: Tier = Tier.NONE
    """What was seen in it then."""
    in_chat: bool = False


@dataclass(frozen=True, slots=True)
class Past:
    """What the safety rules know when they look at a new text."""

    at: datetime
    """The moment of the new text."""
    said: tuple[Said, ...] = field(default=(), repr=False)
    """Oldest first."""
    state: RiskState | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """What the safety screen saw in one text."""

    tier: Tier = Tier.NONE
    lanes: tuple[str, ...] = ()
    """Letters of the clinical decision table: ``A``, ``P``, ``E``, ``S`` …"""
    cues: tuple[str, ...] = ()
    """Names of the rules that fired, never the person's words."""
    hard: bool = False
    """Fired a rule that nothing may lower."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """How a model takes the newest message, for the safety screen to weigh; it decides nothing by itself."""

    tier: Tier
    lanes: tuple[str, ...]
    subject: str
    """``self``, ``other``, ``fiction`` or ``unclear``."""
    time: str
    """``now``, ``day``, ``week``, ``month`` or ``past``."""
    idiom: bool
    """A figure of speech, or sarcasm."""
    confidence: str
    """``low``, ``medium`` or ``high``."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A second opinion that was asked for: what came, and exactly what left for it."""

    opinion: Opinion | None = None
    """``None`` when none came: too late, broken, or not in the form."""
    sent: str = field(default="", repr=False)
    sent_to: str = ""
    """Empty when nothing left."""


@dataclass(frozen=True, slots=True)
class Turn:
    """Everything that an engine may know when it answers."""

    text: str = field(repr=False)
    at: datetime
    reading: Reading
    finding: Finding
    stance: Stance
    history: tuple[Message, ...] = field(default=(), repr=False)
    """Oldest first, without the text itself."""
    recalled: tuple[Recalled, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Reviewed:
    """Words that were reviewed beforehand and stand in place of an engine's."""

    text: str = field(repr=False)
    version: str
    content_hash: str
    move: str = ""
    """What it does: ``disclosure``, ``goodbye``; empty for what the safety rules say."""


@dataclass(frozen=True, slots=True)
class Speech:
    """A reply on its way: the pieces as they come, and where they come from."""

    pieces: Iterator[str] = field(repr=False)
    engine: str
    model: str
    prompt: str
    sent: str = field(default="", repr=False)
    sent_to: str = ""
    move: str = ""
    reviewed: bool = False
    """Made of reviewed lines; only the person's own words in it are new."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far long work has come."""

    done: int
    total: int
