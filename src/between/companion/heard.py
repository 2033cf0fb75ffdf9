"""A message between hearing and answering."""

from __future__ import annotations

from dataclasses import dataclass, field

from between.domain import Asked, Finding, ItemId, Message, RiskState, Turn
from between.errors import BetweenError


@dataclass(frozen=True, slots=True)
class Heard:
    """A message that was kept and understood, and waits for its reply."""

    message: Message
    turn: Turn = field(repr=False)
    state: RiskState = field(repr=False)
    finding: Finding
    """What the rules saw in this text alone; the turn carries what they still remember too."""
    replaces: tuple[ItemId, ...] = ()
    """Replies that go when a whole new one has come."""
    trouble: BetweenError | None = None
    """Why it was read or recalled less well than it could be; the message is kept all the same."""
    before: RiskState | None = field(default=None, repr=False)
    """What the rules remembered before it, for a finding that changes."""
    asked: Asked | None = None
    """The second opinion that was asked for."""
