"""The spaces that are open now: each is opened once, by one thread, while nobody else waits for it."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from between.domain import OwnerId
from between.errors import Locked

if TYPE_CHECKING:  # its import takes seconds
    from between.space import Space


class _Door:
    """Where those wait who want the same space."""

    def __init__(self) -> None:
        self.turn = threading.Lock()
        self.waiting = 0


class OpenSpaces:
    """At most ``most`` open spaces; the one that was used longest ago is shut for a new one, demos first.

    Opening takes seconds for a long diary, so it happens under the lock of that one owner. The lock over
    the list itself is only ever held for a moment, and no space is opened or shut under it.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._open: OrderedDict[OwnerId, Space] = OrderedDict()
        self._doors: dict[OwnerId, _Door] = {}
        self._list = threading.Lock()
        self._closed = False

    def __len__(self) -> int:
        return len(self._open)

    def all(self) -> list[tuple[OwnerId, Space]]:
        """Who is open now."""
        with self._list:
            return list(self._open.items())

    def find(self, owner: OwnerId) -> Space | None:
        """The open space of this owner, which counts as use."""
        with self._list:
            space = self._open.get(owner)
            if space is not None:
                self._open.move_to_end(owner)
            return space

    def get(self, owner: OwnerId, opened: Callable[[], Space], is_held: Callable[[], bool]) -> Space | None:
        """The open space of this owner, opened if need be.

        ``None`` when nobody holds it any more: whoever locked it meanwhile could not find it to shut it.
        An error of ``opened`` is passed on, nothing of the try stays, and the next in line tries anew.
        """
        with self._at_the_door(owner):
            found = self.find(owner)
            if found is not None:
                return found
            space = opened()
            self._take_in(owner, space)
            held = False
            try:
                held = is_held()  # asked when it can be found: whoever locks it later shuts it
            finally:
                if not held:
                    self.shut(owner)
        return space if held else None

    def shut(self, owner: OwnerId) -> None:
        """Shut a space, if it is open."""
        with self._list:
            space = self._open.pop(owner, None)
        if space is not None:
            space.close()

    def close(self) -> None:
        """Shut all; one that is just being opened is shut as soon as it is there."""
        with self._list:
            self._closed = True
        for owner, _ in self.all():
            self.shut(owner)

    def _take_in(self, owner: OwnerId, space: Space) -> None:
        with self._list:
            late = self._closed
            if not late:
                self._open[owner] = space
        if late:
            space.close()
            raise Locked
        while (spare := self._spare(owner)) is not None:
            self.shut(spare)

    def _spare(self, owner: OwnerId) -> OwnerId | None:
        """Which one to shut for this new one, when there are too many."""
        with self._list:
            if len(self._open) <= self._most:
                return None
            others = [one for one in self._open if one != owner]
            return next((one for one in others if self._open[one].is_demo), others[0] if others else None)

    @contextmanager
    def _at_the_door(self, owner: OwnerId) -> Iterator[None]:
        with self._list:
            door = self._doors.setdefault(owner, _Door())
            door.waiting += 1
        try:
            with door.turn:
                yield
        finally:
            with self._list:
                door.waiting -= 1
                if not door.waiting:
                    del self._doors[owner]
