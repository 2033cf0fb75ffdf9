"""The demo life as domain records whose dates float, so that the diary always ends now; and what was planted in it.

Three files lie beside this module. ``life.jsonl`` holds one entry a line and ``chats.jsonl`` one conversation a
line. Neither has dates: ``week`` counts from the oldest (0) to the newest (14), ``weekday`` is 0 for Monday to
6 for Sunday, ``time`` is the person's local clock. ``truth.toml`` explains itself in its first lines.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, tzinfo
from datetime import time as clock_time  # the files have a field called time
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import TypeAdapter, ValidationError

from between.domain import Conversation, Entry, ItemId, Message, Mood, Provenance, Recalled, Role
from between.errors import Damaged

WEEKS = 15
SOURCE = "demo"
_HERE = Path(__file__).resolve().parent
_MADE = TypeVar("_MADE")

Kind = Literal[
    "rhythm",
    "association",
    "loop",
    "resolved_conflict",
    "friendship_cools_and_heals",
    "strength",
    "begun_and_dropped",
    "only_seems",
    "open_question",
]
"""What sort of pattern was planted; ``only_seems`` is one that an honest insight must not find."""


@dataclass(frozen=True, slots=True)
class Life:
    """Everything the made-up person keeps, ready for a diary."""

    entries: tuple[Entry, ...]
    """Oldest first."""
    conversations: tuple[Conversation, ...]
    messages: tuple[Message, ...]
    ids: dict[str, ItemId]
    """From the line ids of the files (``d001``, ``c01``, ``c01.01``) to the ids of these records."""


@dataclass(frozen=True, slots=True)
class PlantedQuote:
    """Words that stand exactly so in a line."""

    line: str
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Question:
    """What a person could ask, and the lines that should be among the first twenty found."""

    ask: str = field(repr=False)
    must_return: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Loop:
    """One round of a loop in its four steps, each an exact piece of the line."""

    line: str
    situation: str = field(repr=False)
    thought: str = field(repr=False)
    feeling: str = field(repr=False)
    did: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Planted:
    """One pattern that was put into the diary on purpose, with its evidence for and against."""

    id: str
    kind: Kind
    says: str = field(repr=False)
    carried_by: tuple[str, ...]
    against: tuple[str, ...]
    quotes: tuple[PlantedQuote, ...]
    questions: tuple[Question, ...]
    """Reworded in part after a trial ranking: a guard against getting worse, not a measure."""
    blind_questions: tuple[Question, ...]
    """As first written, before any ranking was seen: what recall is measured with."""
    hours: Mapping[str, float] = field(default_factory=dict)
    """Line to hours slept the night before."""
    loops: tuple[Loop, ...] = ()
    stages: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Parts of a story to the lines that tell them, in order."""


@dataclass(frozen=True, slots=True)
class Truth:
    """All that was planted."""

    patterns: tuple[Planted, ...]

    def pattern(self, id: str) -> Planted:
        """The one with this id."""
        return next(one for one in self.patterns if one.id == id)


@dataclass(frozen=True, slots=True)
class _Line:
    id: str
    week: int
    weekday: int
    time: clock_time
    text: str = field(repr=False)
    title: str = field(default="", repr=False)
    mood: Mood | None = field(default=None, repr=False)
    tags: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class _Back:
    line: str
    text: str = field(repr=False)
    why: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Said:
    id: str
    role: Role
    time: clock_time
    text: str = field(repr=False)
    feedback: str = ""
    recalled: tuple[_Back, ...] = ()


@dataclass(frozen=True, slots=True)
class _Chat:
    id: str
    week: int
    weekday: int
    title: str = field(repr=False)
    messages: tuple[_Said, ...]


def load(today: date, tz: tzinfo, new_id: Callable[[], ItemId]) -> Life:
    """The diary with its last Sunday on the newest Sunday that is not after today."""
    ids: dict[str, ItemId] = {}
    entries = []
    for line in _lines("life.jsonl", _Line):
        ids[line.id] = new_id()
        entries.append(_entry(line, ids[line.id], _at(today, tz, line.week, line.weekday, line.time)))
    known = {entry.id: entry for entry in entries}
    conversations, messages = [], []
    for chat in _lines("chats.jsonl", _Chat):
        ids[chat.id] = new_id()
        begun = _at(today, tz, chat.week, chat.weekday, chat.messages[0].time)
        conversations.append(Conversation(ids[chat.id], begun, chat.title))
        for said in chat.messages:
            ids[said.id] = new_id()
            at = _at(today, tz, chat.week, chat.weekday, said.time)
            passages = tuple(_recalled(back, known[ids[back.line]]) for back in said.recalled)
            messages.append(_message(said, ids[said.id], ids[chat.id], at, passages))
    return Life(tuple(entries), tuple(conversations), tuple(messages), ids)


def truth() -> Truth:
    """What was planted, read from ``truth.toml``."""
    try:
        return TypeAdapter(Truth).validate_python(tomllib.loads((_HERE / "truth.toml").read_text("utf-8")))
    except (ValidationError, tomllib.TOMLDecodeError, UnicodeDecodeError):
        raise Damaged from None


def _lines(name: str, kind: type[_MADE]) -> Iterator[_MADE]:
    shape = TypeAdapter(kind)
    try:
        for line in (_HERE / name).read_text("utf-8").splitlines():
            yield shape.validate_json(line)
    except (ValidationError, UnicodeDecodeError):
        raise Damaged from None


def _at(today: date, tz: tzinfo, week: int, weekday: int, clock: clock_time) -> datetime:
    last_sunday = today - timedelta(days=(today.weekday() + 1) % 7)
    day = last_sunday - timedelta(days=7 * (WEEKS - 1 - week) + 6 - weekday)
    # By way of UTC, because a night hour may not exist where the clocks go forward.
    return datetime.combine(day, clock, tz).astimezone(UTC).astimezone(tz)


def _entry(line: _Line, id: ItemId, at: datetime) -> Entry:
    return Entry(id, at, line.text, line.title, line.tags, line.mood, written_at=at, source=SOURCE)


def _recalled(back: _Back, entry: Entry) -> Recalled:
    return Recalled(entry.id, "entry", entry.at, back.text, back.why, score=1.0)


def _message(
    said: _Said, id: ItemId, conversation_id: ItemId, at: datetime, passages: tuple[Recalled, ...]
) -> Message:
    if said.role is Role.PERSON:
        return Message(id, conversation_id, at, said.role, said.text)
    return Message(
        id,
        conversation_id,
        at,
        said.role,
        said.text,
        provenance=Provenance(
            "guide", SOURCE, prompt="", passages=passages, move="recall" if passages else ""
        ),
        remember=False,  # what software said is never recalled as if the person had written it
        feedback=said.feedback,
    )
