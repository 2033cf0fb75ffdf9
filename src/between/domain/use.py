"""What honest use needs to know of one person's use: the last of each, never a log."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from between.domain.kept import ItemId


@dataclass(frozen=True, slots=True)
class Use:
    """One for each space, sealed, written over: when this said last what it is, and how long this stretch is."""

    id: ItemId
    disclosed_at: datetime | None = None
    """When it was last said that this is an AI."""
    seen_at: datetime | None = None
    """When the person last did something here."""
    since: datetime | None = None
    """Beginning of the stretch of continuing use."""
    turns: int = 0
    """What the person sent in this stretch."""
    said: tuple[str, ...] = ()
    """Which pauses were offered in it."""
    day: date | None = None
    day_seconds: int = 0
    day_said: bool = False
    nights: tuple[date, ...] = ()
    """Nights of the last seven days in which something was written."""
    nights_said: date | None = None
    acute_at: datetime | None = None
    """A hard time that the next session may ask after, once."""
    acute_done: datetime | None = None
    """The last one that was asked after, or left alone."""


@dataclass(frozen=True, slots=True)
class AfterUse:
    """How using this left the person, as they say it."""

    id: ItemId
    at: datetime
    left: str = field(repr=False)
    """``lighter``, ``same``, ``heavier`` or ``odd``."""
    bring: str = field(default="", repr=False)
    """What they want to bring to a person, in their words."""
