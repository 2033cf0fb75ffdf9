"""Stand-ins for the parts of a turn: small, in memory, and able to fail."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from between.companion.ports import Parts
from between.companion.turn import Companion
from between.domain import (
    Entry,
    Finding,
    Intent,
    ItemId,
    Message,
    Opinion,
    Past,
    Reading,
    Recalled,
    Reviewed,
    RiskState,
    Speech,
    Tier,
    Turn,
)
from between.errors import BetweenError, Forgotten

NOON = datetime(2026, 3, 12, 12, 0, tzinfo=UTC)
DANGER = "danger"
"""A word that the fake safety rules take for an emergency."""
SAFE_WORDS = "Reviewed words, with people to reach."


class Log(list[str]):
    """What happened, in order, across all the parts."""


class FakeDiary:
    """Keeps records in a dict; ``fails`` is raised by the next put."""

    def __init__(self, log: Log) -> None:
        self._log = log
        self.kept: dict[ItemId, Any] = {}
        self.fails: BetweenError | None = None

    def put(self, *records: Any) -> None:
        if self.fails:
            raise self.fails
        self._log.append("kept " + " ".join(type(record).__name__ for record in records))
        self.kept |= {record.id: record for record in records}

    def put_beside(self, needed: Sequence[ItemId], *records: Any) -> None:
        if not all(id in self.kept for id in needed):
            raise Forgotten
        self.put(*records)

    def get(self, cls: type[Any], id: ItemId) -> Any:
        found = self.kept.get(id)
        return found if isinstance(found, cls) else None

    def all(self, cls: type[Any]) -> list[Any]:
        found = [record for record in self.kept.values() if isinstance(record, cls)]
        return sorted(found, key=lambda record: record.at)

    def one(self, cls: type[Any]) -> Any:
        return next((record for record in self.kept.values() if isinstance(record, cls)), None)

    def forget(self, *ids: ItemId) -> None:
        for id in ids:
            self.kept.pop(id, None)


class FakeMemory:
    """Recalls what it was told to recall, and notes what it was asked to remember."""

    def __init__(self, log: Log) -> None:
        self._log = log
        self.recalls: tuple[Recalled, ...] = ()
        self.remembered: list[str] = []
        self.forgotten: list[ItemId] = []
        self.asked = 0
        self.fails: BetweenError | None = None

    def remember(self, record: Entry | Message) -> None:
        self._log.append("remembered")
        if self.fails:
            raise self.fails
        self.remembered.append(record.text)

    def forget(self, *ids: ItemId) -> None:
        if self.fails:
            raise self.fails
        self.forgotten += ids

    def recall(self, text: str, at: datetime, history: Sequence[Message] = ()) -> tuple[Recalled, ...]:
        self._log.append("recalled")
        self.asked += 1
        if self.fails:
            raise self.fails
        return self.recalls


class FakeReader:
    """Reads everything as a wish to think."""

    def __init__(self, log: Log) -> None:
        self._log = log
        self.fails: BetweenError | None = None

    def read(self, text: str, at: datetime) -> Reading:
        self._log.append("read")
        if self.fails:
            raise self.fails
        return Reading(Intent.THINK)


class FakeSafety:
    """Sees an emergency in one word, and remembers it; lanes can be set by hand."""

    def __init__(self, log: Log) -> None:
        self._log = log
        self.recent: list[str] = []
        self.lanes: tuple[str, ...] = ()
        self.tier = Tier.NONE
        self.own: Reviewed | None = None
        """What the product says itself."""

    def look(self, text: str, past: Past) -> Finding:
        self._log.append("looked")
        self.recent = [one.text for one in past.said]
        return Finding(Tier.IMMEDIATE if DANGER in text else self.tier, self.lanes)

    def step(self, state: RiskState, finding: Finding, at: datetime, text: str) -> RiskState:
        return replace(state, tier=max(state.tier, finding.tier), turns_since=state.turns_since + 1)

    def card(self, finding: Finding, state: RiskState) -> str:
        return f"card-{finding.tier.value}" if finding.tier >= Tier.PASSIVE else ""

    def may_speak(self, finding: Finding, state: RiskState) -> bool:
        return finding.tier < Tier.IMMEDIATE

    def wants_opinion(self, finding: Finding, state: RiskState) -> bool:
        return True

    def may_lower(self, finding: Finding, state: RiskState) -> bool:
        return False

    def weigh(self, finding: Finding, said: Opinion | None, state: RiskState) -> Finding:
        return replace(finding, tier=max(finding.tier, said.tier)) if said else finding

    def weighed(
        self, states: tuple[RiskState, RiskState], finding: Finding, at: datetime, text: str
    ) -> RiskState:
        return self.step(states[0], finding, at, text)

    def words(self, finding: Finding, state: RiskState, country: str, at: datetime) -> Reviewed:
        return Reviewed(SAFE_WORDS, "1", "abc")

    def own_words(self, turn: Turn, state: RiskState) -> Reviewed | None:
        return self.own


class FakeGuard:
    """Passes everything on but one word."""

    def __init__(self) -> None:
        self.held_back: list[str] = []

    def pass_on(self, pieces: Iterator[str]) -> Iterator[str]:
        for piece in pieces:
            if "forbidden" in piece:
                self.held_back.append("method")
                yield "…"
            else:
                yield piece

    def pass_reviewed(self, pieces: Iterator[str]) -> Iterator[str]:
        yield from self.pass_on(pieces)


class FakeEngine:
    """Says its pieces; an exception among them is raised there."""

    def __init__(self, *pieces: str | BaseException, log: Log | None = None, sent_to: str = "") -> None:
        self._pieces = pieces or ("You wrote ", "about rain.")
        self._log = log if log is not None else Log()
        self._sent_to = sent_to
        self.turns: list[Turn] = []
        self.drawn = 0
        self.closed = False

    def reply(self, turn: Turn) -> Speech:
        self._log.append("asked the engine")
        self.turns.append(turn)
        return Speech(
            self._say(self._pieces), "fake", "m1", "p1", sent="[]", sent_to=self._sent_to, move="ask"
        )

    def _say(self, pieces: Iterable[str | BaseException]) -> Iterator[str]:
        try:
            for piece in pieces:
                if isinstance(piece, BaseException):
                    raise piece
                self.drawn += 1
                yield piece
        finally:
            self.closed = True


def ids() -> Callable[[], ItemId]:
    """Ids in the order in which they are made."""
    numbers = itertools.count(1)
    return lambda: ItemId(f"{next(numbers):032x}")


def clock(start: datetime = NOON) -> Callable[[], datetime]:
    """A clock that goes on by a minute whenever somebody looks."""
    minutes = itertools.count()
    return lambda: start + timedelta(minutes=next(minutes))


class Room:
    """A companion with fakes around it."""

    def __init__(self, diary: Any = None) -> None:
        self.log = Log()
        self.diary = diary or FakeDiary(self.log)
        self.memory = FakeMemory(self.log)
        self.reader = FakeReader(self.log)
        self.safety = FakeSafety(self.log)
        self.new_id = ids()
        self.companion = Companion(
            Parts(
                diary=self.diary,
                memory=self.memory,
                reader=self.reader,
                safety=self.safety,
                guard=lambda turn: FakeGuard(),
                clock=clock(),
                new_id=self.new_id,
            )
        )

    def say(self, text: str, engine: FakeEngine | None = None) -> str:
        """Start a conversation, write, and draw the whole reply."""
        conversation = self.companion.start()
        heard = self.companion.hear(conversation.id, text)
        return "".join(self.companion.answer(heard, engine or FakeEngine(log=self.log)))

    def replies(self) -> list[Message]:
        """Every kept reply, oldest first."""
        return [one for one in self.diary.all(Message) if one.provenance is not None]


def passage(source_id: str = "f" * 32, text: str = "It rained all week.") -> Recalled:
    """A piece of the past."""
    at = datetime(2025, 5, 3, 9, tzinfo=UTC)
    return Recalled(ItemId(source_id), "entry", at, text, "meaning", 0.8)
