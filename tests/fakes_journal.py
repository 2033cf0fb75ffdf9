"""Stand-ins for what the journal needs: small, in memory, and able to fail."""

from __future__ import annotations

import io
import itertools
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from between.domain import Entry, Finding, ItemId, Message, Period, Recalled, Tier
from between.errors import BetweenError, Forgotten
from between.journal.journal import Journal
from between.journal.ports import Parts

NOW = datetime(2026, 3, 12, 18, 0, tzinfo=UTC)
ACUTE = "danger"
"""A word that the fake screen takes for an acute text."""


class FakeDiary:
    """Keeps records in a dict; ``fails`` is raised by the next put."""

    def __init__(self) -> None:
        self.kept: dict[ItemId, Any] = {}
        self.puts: list[int] = []
        self.fails: BetweenError | None = None

    def put(self, *records: Any) -> None:
        if self.fails:
            raise self.fails
        self.puts.append(len(records))
        self.kept |= {record.id: record for record in records}

    def put_beside(self, needed: Sequence[ItemId], *records: Any) -> None:
        if not all(id in self.kept for id in needed):
            raise Forgotten
        self.put(*records)

    def get(self, cls: type[Any], id: ItemId) -> Any:
        found = self.kept.get(id)
        return found if isinstance(found, cls) else None

    def all(self, cls: type[Any]) -> list[Any]:
        return sorted((r for r in self.kept.values() if isinstance(r, cls)), key=lambda r: r.at)

    def forget(self, *ids: ItemId) -> None:
        for id in ids:
            self.kept.pop(id, None)


class FakeMemory:
    """Holds what it was asked to remember; ``fails`` is raised by the next call."""

    def __init__(self) -> None:
        self.held: dict[ItemId, Entry | Message] = {}
        self.fails: BetweenError | None = None

    def remember(self, record: Entry | Message) -> None:
        if self.fails:
            raise self.fails
        self.held[record.id] = record

    def forget(self, *ids: ItemId) -> None:
        if self.fails:
            raise self.fails
        for id in ids:
            self.held.pop(id, None)

    def search(self, text: str, k: int = 20, period: Period | None = None) -> tuple[Recalled, ...]:
        return tuple(
            Recalled(r.id, "entry", r.at, r.text, "meaning", 1.0)
            for r in self.held.values()
            if text in r.text
        )


class FakeScreen:
    """Finds one word acute, and notes everything that it was shown."""

    def __init__(self) -> None:
        self.seen: list[str] = []

    def look(self, text: str, at: datetime | None = None, of: ItemId | None = None) -> Finding:
        self.seen.append(text)
        return Finding(Tier.ACTIVE if ACUTE in text else Tier.NONE)


class Room:
    """A journal with fakes around it."""

    def __init__(self) -> None:
        numbers = itertools.count(1)
        self.diary, self.memory, self.screen = FakeDiary(), FakeMemory(), FakeScreen()
        self.now = NOW
        self.parts = Parts(
            self.diary, self.memory, self.screen, lambda: self.now, lambda: ItemId(f"{next(numbers):032x}")
        )
        self.journal = Journal(self.parts)


def zipped(files: dict[str, str | bytes]) -> bytes:
    """A zip of these files."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()
