"""Puts the demo life into a diary, with what memory needs to find it at once."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from between.domain import ItemId
from between.store.diary import Diary

if TYPE_CHECKING:  # its import takes seconds, and the door needs none of it
    from between.memory.encoder import Encoder


class DemoLife:
    """The demo diary, read for memory once, so that a visitor finds it ready."""

    def __init__(self) -> None:
        self._vectors: dict[ItemId, bytes] = {}

    def furnish(self, diary: Diary, at: datetime) -> None:
        """Put the life into an empty diary, with the vectors if they are there. Its ids are always the same."""
        from between.demo import life
        from between.memory.archive import KIND

        numbers = itertools.count(1)
        lived = life.load(at.date(), at.tzinfo or UTC, lambda: ItemId(f"{next(numbers):032x}"))
        diary.put(*lived.entries, *lived.conversations, *lived.messages)
        if self._vectors:
            diary.put_blobs(KIND, self._vectors)

    def read(self, encoder: Encoder, clock: Callable[[], datetime], diary: Diary) -> None:
        """Embed all of it, in a diary that is thrown away afterwards."""
        from between.memory.archive import KIND
        from between.memory.memory import Memory

        self.furnish(diary, clock())
        memory = Memory(diary, encoder, clock, private_index=None)
        memory.open()
        memory.wait()
        self._vectors = dict(diary.blobs(KIND))
        memory.close()
