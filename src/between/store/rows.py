"""What goes into the store and comes out of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from between.domain import ItemId, OwnerId, Sealed


@dataclass(frozen=True, slots=True)
class SealedItem:
    """One thing that a person keeps, unreadable without their key."""

    id: ItemId
    kind: str
    sealed: Sealed = field(repr=False)
    epoch: int = 1


@dataclass(frozen=True, slots=True)
class SpaceRow:
    """A space as somebody sees it who cannot open it."""

    owner: OwnerId
    code_name: str
    failures: int
    """Wrong tries in a row."""
    last_failure_at: datetime | None


@dataclass(frozen=True, slots=True)
class TicketRow:
    """One browser's way into an unlocked space."""

    fingerprint: str
    owner: OwnerId
    wrapped: bytes = field(repr=False)
    made_at: datetime
    seen_at: datetime
    idle_minutes: int
