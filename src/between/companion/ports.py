"""What the companion needs from the rest of the house, and nothing more."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar

from between.domain import (
    Asked,
    Consent,
    Conversation,
    Draft,
    Entry,
    Finding,
    ItemId,
    Message,
    Opinion,
    Past,
    Profile,
    Reading,
    Recalled,
    Reviewed,
    RiskState,
    Speech,
    Tier,
    Turn,
)

Record = Entry | Conversation | Message | Draft | Profile | Consent | RiskState
Kept = TypeVar("Kept", bound=Record)


class Diary(Protocol):
    """The unlocked diary in memory; every change is sealed and saved before the call returns."""

    def put(self, *records: Record) -> None:
        """Save all of them or none; an id that is there is replaced."""

    def put_beside(self, needed: Sequence[ItemId], *records: Record) -> None:
        """The same if all these are still there; else ``Forgotten``, and nothing is saved."""

    def get(self, cls: type[Kept], id: ItemId) -> Kept | None:
        """The record, or ``None``."""

    def all(self, cls: type[Kept]) -> list[Kept]:
        """Every record of the class, oldest first."""

    def one(self, cls: type[Kept]) -> Kept | None:
        """The only record of its class, or ``None``."""

    def forget(self, *ids: ItemId) -> None:
        """Remove records of any class for good."""


class Memory(Protocol):
    """What can be recalled by meaning."""

    def remember(self, record: Entry | Message) -> None:
        """Make it recallable, in place of what was there under its id."""

    def forget(self, *ids: ItemId) -> None:
        """Remove everything derived from these records."""

    def recall(self, text: str, at: datetime, history: Sequence[Message] = ()) -> tuple[Recalled, ...]:
        """The few past passages that truly fit."""


class Reader(Protocol):
    """Says what a text wants and what is in it."""

    def read(self, text: str, at: datetime) -> Reading:
        """A guess, made without a model."""


class Safety(Protocol):
    """The safety rules: they look first, before and outside any engine."""

    def look(self, text: str, past: Past) -> Finding:
        """What the rules see in a text, given what was written lately and what they remember."""

    def step(self, state: RiskState, finding: Finding, at: datetime, text: str) -> RiskState:
        """What the rules now remember."""

    def card(self, finding: Finding, state: RiskState) -> str:
        """Id of the card to show with the text; empty for none."""

    def may_speak(self, finding: Finding, state: RiskState) -> bool:
        """Whether an engine may answer at all."""

    def wants_opinion(self, finding: Finding, state: RiskState) -> bool:
        """Whether a second opinion could add anything."""

    def may_lower(self, finding: Finding, state: RiskState) -> bool:
        """Whether a second opinion could let an engine answer after all."""

    def weigh(self, finding: Finding, said: Opinion | None, state: RiskState) -> Finding:
        """The finding after a second opinion; as it was when none came."""

    def weighed(
        self, states: tuple[RiskState, RiskState], finding: Finding, at: datetime, text: str
    ) -> RiskState:
        """What the rules remember of a finding that it changed, given the states before the text and now."""

    def words(self, finding: Finding, state: RiskState, country: str, at: datetime) -> Reviewed:
        """The reply when it may not, with the lines that are open at this moment."""

    def own_words(self, turn: Turn, state: RiskState) -> Reviewed | None:
        """What the product says itself, whichever engine answers; ``None`` where an engine may."""


class Guard(Protocol):
    """Reads along with one reply and replaces what must not be said."""

    @property
    def held_back(self) -> Sequence[str]:
        """Reasons for what it replaced so far."""

    def pass_on(self, pieces: Iterator[str]) -> Iterator[str]:
        """The reply as a person may read it."""

    def pass_reviewed(self, pieces: Iterator[str]) -> Iterator[str]:
        """The same for a reply out of reviewed lines, in which only the person's own words are new."""


class Engine(Protocol):
    """Something that answers; it sends nothing before the first piece of its reply is drawn."""

    def reply(self, turn: Turn) -> Speech:
        """A reply on its way."""


class Adviser(Protocol):
    """Someone whom the safety rules may ask, after they have looked themselves."""

    def opinion(self, turn: Turn) -> Asked:
        """What they make of the newest message; never an error, and never later than a few seconds."""


def nobody(_: Engine) -> Adviser | None:
    """No second opinion: what holds until a person wants one."""
    return None


def untold(_: Tier) -> None:
    """Nobody counts."""


@dataclass(frozen=True, slots=True)
class Parts:
    """The real parts, as the composition root joins them."""

    diary: Diary
    memory: Memory
    reader: Reader
    safety: Safety
    guard: Callable[[Turn], Guard]
    """A fresh guard for each reply."""
    clock: Callable[[], datetime]
    """Aware."""
    new_id: Callable[[], ItemId]
    adviser: Callable[[Engine], Adviser | None] = nobody
    """Whom to ask for a second opinion while this engine answers."""
    count: Callable[[Tier], None] = untold
    """Told the tier of a card that a second opinion brought."""
