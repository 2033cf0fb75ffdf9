"""Looks for patterns beside everything else, because a long diary takes many seconds; ends with the lock."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from typing import TypeAlias

from between.domain import Entry, ItemId, Progress
from between.errors import Locked
from between.insights.evidence import NotEnough, Pattern
from between.insights.insights import Insights
from between.insights.ports import Clock, Entries, Vectors, Wanted
from between.insights.themes import Passage

MOST_THEMES, MOST_WORDS = 4, 6
"""Patterns of these kinds on one screen; more would be a list, not a mirror."""
QUIET = 5.0
"""Seconds without a change before a search begins that nobody waits for."""
STRETCH, PAUSE = 0.010, 0.005
"""Seconds that such a search works, and then leaves to others."""
SLOT_AGAIN = 1.0

Patterns: TypeAlias = tuple[Pattern, ...]
Pieces: TypeAlias = Callable[[], tuple[list[tuple[ItemId, str]], Vectors]]
"""Every piece of an entry that can be found by meaning, and one unit row for each."""

_slot = threading.Semaphore(1)
"""One search at a time in the whole house, except for those that somebody waits for."""


class _Changed(Exception):
    """The diary is another one now; what was found so far is of no use."""


@dataclass(frozen=True, slots=True)
class _Found:
    """What a search brought, and what it had seen."""

    entries: tuple[Entry, ...] = field(repr=False)
    meanings: int
    patterns: Patterns = field(repr=False)


def find_patterns(entries: Sequence[Entry], pieces: Pieces, clock: Clock, wanted: Wanted) -> Patterns:
    """What goes with what, then themes, then words that return; nothing while there is too little."""
    insights = Insights(lambda: entries, clock, wanted)
    found = insights.patterns()
    if isinstance(found, NotEnough):
        return ()
    wanted()
    texts, vectors = pieces()
    wanted()
    themes = insights.themes([Passage(id, text) for id, text in texts], vectors)
    if isinstance(themes, NotEnough):
        return ()
    returning = [one for one in found if one.kind == "recurring"][:MOST_WORDS]
    return (*(one for one in found if one.kind != "recurring"), *themes[:MOST_THEMES], *returning)


class Looking:
    """The patterns of one open space: one search at a time, begun anew when the diary changes."""

    def __init__(
        self,
        entries: Entries,
        meanings: Callable[[], Progress],
        find: Callable[[Sequence[Entry], Wanted], Patterns],
    ) -> None:
        self._entries, self._meanings, self._find = entries, meanings, find
        self._turn = threading.RLock()
        self._wake = threading.Event()
        self._hurry = False
        self._closed = False
        self._changes = 0
        self._search: Future[None] | None = None
        self._found: _Found | None = None

    @property
    def is_going_on(self) -> bool:
        """Whether a search is under way."""
        search = self._search
        return search is not None and not search.done()

    @property
    def is_empty(self) -> bool:
        """Whether nothing that was found is held."""
        return self._found is None

    def patterns(self) -> Patterns | None:
        """Those of the diary as it is now; ``None`` while they are looked for, from now on without a pause.

        What made the last search fail is raised here, where somebody can be told.
        """
        with self._turn:
            ended = self._search
            if ended is not None and ended.done():
                self._search = None
                ended.result()
            entries, meanings = tuple(self._entries()), self._meanings()
            found = self._found
            if found is not None and found.entries == entries:
                if meanings.done == meanings.total != found.meanings:
                    self._begin()
                return found.patterns
            self._begin()
            self._hurry = True
            self._wake.set()
            return None

    def wait(self) -> Patterns:
        """The same, however long it takes."""
        while (found := self.patterns()) is None:
            search = self._search
            if search is not None:
                wait([search])
        return found

    def look_soon(self) -> None:
        """The diary was opened or changed: look when nothing more happens for a while."""
        with self._turn:
            self._changes += 1
            if not self._closed:
                self._begin()

    def let_go(self) -> None:
        """Forget what was found, and what is being found."""
        with self._turn:
            self._changes += 1
            self._found = None

    def close(self) -> None:
        """End a search and wait until it has ended; nothing of it stays."""
        with self._turn:
            self._closed = True
            self._wake.set()
            search = self._search
        if search is not None:
            wait([search])
        with self._turn:
            self._search = self._found = None

    def _begin(self) -> None:
        if self._closed:
            raise Locked
        if not self.is_going_on:
            self._hurry = False
            self._wake.clear()
            pool = ThreadPoolExecutor(1, thread_name_prefix="patterns")
            self._search = pool.submit(self._look)
            pool.shutdown(wait=False)

    # In the thread of the search -------------------------------------------------------------------

    def _look(self) -> None:
        done = False
        while not done:
            alone = self._until_quiet()
            try:
                done = self._looked()
            finally:
                if alone:
                    _slot.release()

    def _looked(self) -> bool:
        """One search; false when the diary changed meanwhile."""
        with self._turn:
            changes, entries, meanings = self._changes, tuple(self._entries()), self._meanings().done
        try:
            patterns = self._find(entries, self._wanted(changes))
        except _Changed:
            return False
        with self._turn:
            if self._closed or self._changes != changes:
                return self._closed
            self._found = _Found(entries, meanings, patterns)
            return True

    def _wanted(self, changes: int) -> Wanted:
        """What a search asks at every entry: stops it, or lets others get to work."""
        rested = time.monotonic()

        def ask() -> None:
            nonlocal rested
            if self._closed:
                raise Locked
            if self._changes != changes:
                raise _Changed
            if not self._hurry and time.monotonic() - rested > STRETCH:
                time.sleep(PAUSE)
                rested = time.monotonic()

        return ask

    def _until_quiet(self) -> bool:
        """Wait for a quiet moment and for the slot, unless somebody waits; whether the slot was taken."""
        before: object = None
        while not self._hurry:
            now = (self._changes, self._meanings().done)
            if now == before and _slot.acquire(blocking=False):
                return True
            self._wake.wait(SLOT_AGAIN if now == before else QUIET)
            if self._closed:
                raise Locked
            before = now
        return False
