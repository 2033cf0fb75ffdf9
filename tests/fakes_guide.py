"""A person who talks to the guide, and what the two of them said."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from between.companion.guide import Guide
from between.domain import (
    Finding,
    Intent,
    ItemId,
    Message,
    Provenance,
    Reading,
    Recalled,
    Role,
    Stance,
    Turn,
)
from between.reading.read import Reader

EVENING = datetime(2026, 11, 23, 19, 0, tzinfo=UTC)


def passage(day: str, text: str) -> Recalled:
    """A past entry that was recalled."""
    return Recalled(ItemId("e" * 32), "entry", datetime.fromisoformat(f"{day}T20:00:00+00:00"), text, "", 0.9)


def turn_of(text: str, intent: Intent = Intent.THINK, **more: object) -> Turn:
    """A first turn with nothing around it; ``more`` replaces fields of the turn."""
    turn = Turn(text, EVENING, Reading(intent), Finding(), Stance.EXPLORE)
    return replace(turn, **more)  # type: ignore[arg-type]


def reply_to(guide: Guide, turn: Turn) -> str:
    """The whole reply."""
    return "".join(guide.reply(turn).pieces)


@dataclass
class Talk:
    """A conversation that keeps its history."""

    guide: Guide
    reader: Reader
    stance: Stance = Stance.EXPLORE
    at: datetime = EVENING
    history: list[Message] = field(default_factory=list)

    def say(
        self, text: str, recalled: tuple[Recalled, ...] = (), finding: Finding | None = None
    ) -> tuple[str, Turn]:
        """Says something and returns the reply with the turn that it answers."""
        self.at += timedelta(minutes=2)
        reading = self.reader.read(text, self.at)
        turn = Turn(text, self.at, reading, finding or Finding(), self.stance, tuple(self.history), recalled)
        speech = self.guide.reply(turn)
        reply = "".join(speech.pieces)
        source = Provenance(speech.engine, speech.model, speech.prompt, move=speech.move)
        here = ItemId("c" * 32)
        number = len(self.history)
        self.history.append(Message(ItemId(f"{number:032x}"), here, self.at, Role.PERSON, text))
        self.history.append(
            Message(ItemId(f"{number + 1:032x}"), here, self.at, Role.COMPANION, reply, provenance=source)
        )
        return reply, turn

    @property
    def moves(self) -> list[str]:
        """What the guide did, turn by turn."""
        return [message.provenance.move for message in self.history if message.provenance is not None]
