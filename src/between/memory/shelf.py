"""What may come back, and which pieces it was cut into; the words themselves stay in the diary."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from between.domain import Conversation, Entry, ItemId, Period, Role, Tier
from between.memory import chunks, packed
from between.memory.ports import Diary, Source

Span = tuple[int, int]


def may_return(record: Source, diary: Diary) -> bool:
    """Only the person's own words, unless they or the safety rules keep them out of memory."""
    if not record.remember or record.tier >= Tier.PASSIVE or not record.text.strip():
        return False
    if isinstance(record, Entry):
        return True
    conversation = diary.get(Conversation, record.conversation_id)
    return record.role is Role.PERSON and (conversation is None or conversation.remember)


def context(record: Source) -> str:
    """What the encoder is told before each piece: the title and the day. Never part of the piece itself."""
    day = f"{record.at.day} {record.at:%B %Y}. "
    title = record.title.strip() if isinstance(record, Entry) else ""
    return f"{title}. {day}" if title else day


def labels(record: Source) -> str:
    """Words beside the text by which a person would look for it."""
    return " ".join((record.title, *record.tags)) if isinstance(record, Entry) else ""


def fingerprint(record: Source) -> bytes:
    """Changes with all that the vectors of a record depend on, beside the encoder."""
    return packed.fingerprint(str(chunks.VERSION), context(record), record.text)


@dataclass(frozen=True, slots=True)
class Shelved:
    """One source that may come back."""

    id: ItemId
    kind: type[Source]
    day: date
    fingerprint: bytes
    spans: tuple[Span, ...]

    def chunk_ids(self) -> list[str]:
        """The names of its pieces in the indexes."""
        return [f"{self.id}:{number}" for number in range(len(self.spans))]


def source_of(chunk: str) -> ItemId:
    """The id of the source that a chunk is a piece of."""
    return ItemId(chunk.partition(":")[0])


@dataclass(slots=True)
class Shelf:
    """All sources that may come back, by id and by day."""

    _sources: dict[ItemId, Shelved] = field(default_factory=dict)
    _days: dict[date, set[ItemId]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self._sources)

    def __iter__(self) -> Iterator[ItemId]:
        return iter(list(self._sources))

    def get(self, id: ItemId) -> Shelved | None:
        """The source, or ``None``."""
        return self._sources.get(id)

    def put(self, source: Shelved) -> None:
        """Adds a source, in place of the one with its id."""
        self.take(source.id)
        self._sources[source.id] = source
        self._days.setdefault(source.day, set()).add(source.id)

    def take(self, id: ItemId) -> Shelved | None:
        """Removes a source and returns what stood there."""
        source = self._sources.pop(id, None)
        if source is not None:
            on_day = self._days[source.day]
            on_day.discard(id)
            if not on_day:
                del self._days[source.day]
        return source

    def span(self, chunk: str) -> tuple[Shelved, Span] | None:
        """Where a chunk stands in its source."""
        source = self._sources.get(source_of(chunk))
        number = int(chunk.partition(":")[2])
        if source is None or number >= len(source.spans):
            return None
        return source, source.spans[number]

    def within(self, period: Period) -> list[str]:
        """The chunks of all sources of these days."""
        days = [day for day in list(self._days) if period.start <= day <= period.end]
        return [chunk for day in days for id in self._days[day] for chunk in self._sources[id].chunk_ids()]

    def near(self, period: Period) -> list[str]:
        """The chunks of these days, or, when there are none, of some days around them."""
        length = (period.end - period.start).days + 1
        for slack in (0, max(2, length // 4), max(7, length)):
            wider = Period(_back(period.start, slack), _on(period.end, slack), period.said)
            found = self.within(wider)
            if found:
                return found
        return []


def _back(day: date, days: int) -> date:
    return max(day, date.min + timedelta(days)) - timedelta(days)


def _on(day: date, days: int) -> date:
    return min(day, date.max - timedelta(days)) + timedelta(days)
