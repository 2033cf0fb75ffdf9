"""What the journal needs from the rest of the house, and nothing more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, TypeVar

from between.domain import (
    AfterUse,
    Consent,
    Conversation,
    Draft,
    Entry,
    Finding,
    ItemId,
    Message,
    Period,
    Profile,
    Recalled,
    RiskState,
    SafetyPlan,
    Trusted,
    Use,
)

RECORDS: tuple[type[Any], ...] = (  # Any: a tuple cannot name the common class
    Entry,
    Conversation,
    Message,
    Draft,
    Profile,
    Consent,
    RiskState,
    SafetyPlan,
    Trusted,
    Use,
    AfterUse,
)
"""Every class that the diary keeps; one id names at most one of them."""

Kept = TypeVar(
    "Kept",
    bound=Entry
    | Conversation
    | Message
    | Draft
    | Profile
    | Consent
    | RiskState
    | SafetyPlan
    | Trusted
    | AfterUse,
)


class Diary(Protocol):
    """The unlocked diary in memory; every change is sealed and saved before the call returns."""

    def put(self, *records: Entry | Conversation | Message | Draft) -> None:
        """Save all of them or none; an id that is there is replaced."""

    def put_beside(self, needed: Sequence[ItemId], *records: Entry | Conversation | Message | Draft) -> None:
        """The same if all these are still there; else ``Forgotten``, and nothing is saved."""

    def get(self, cls: type[Kept], id: ItemId) -> Kept | None:
        """The record, or ``None``."""

    def all(self, cls: type[Kept]) -> list[Kept]:
        """Every record of the class, oldest first."""

    def forget(self, *ids: ItemId) -> None:
        """Remove records of any class for good."""


class Memory(Protocol):
    """What can be recalled by meaning."""

    def remember(self, record: Entry | Message) -> None:
        """Make it recallable, in place of what was there under its id."""

    def forget(self, *ids: ItemId) -> None:
        """Remove everything derived from these records."""

    def search(self, text: str, k: int = 20, period: Period | None = None) -> tuple[Recalled, ...]:
        """Passages close in meaning, best first."""


class Screen(Protocol):
    """The safety screen, which looks at every text before anything else does."""

    def look(self, text: str, at: datetime | None = None, of: ItemId | None = None) -> Finding:
        """What the rules see in it: written now, at this moment, or long ago; ``of`` is the entry that it belongs to."""


@dataclass(frozen=True, slots=True)
class Parts:
    """The real parts, as the composition root joins them."""

    diary: Diary
    memory: Memory
    screen: Screen
    clock: Callable[[], datetime]
    new_id: Callable[[], ItemId]
    later: Callable[[Sequence[Entry | Message]], None] | None = None
    """Makes many records recallable without letting the person wait, and stops when the space is locked;
    ``None`` leaves many of them to the next opening, when memory reads whatever it does not know yet."""
