"""How long somebody must wait who keeps getting it wrong, and how many may try at once."""

from __future__ import annotations

import math
import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from between.errors import Busy

FREE_TRIES = 4
LONGEST_WAIT = timedelta(minutes=15)
_DOUBLINGS = 10  # 2 ** 10 seconds are more than the longest wait


def seconds_to_wait(failures: int, last: datetime | None, now: datetime) -> int:
    """Seconds until the next try is allowed: none for the first four failures, then twice as many each time."""
    if failures <= FREE_TRIES or last is None:
        return 0
    wait = min(LONGEST_WAIT, timedelta(seconds=2 ** min(failures - FREE_TRIES, _DOUBLINGS)))
    # The distance, so that a clock that was set back keeps nobody out for as long as it was set back.
    return max(0, math.ceil((wait - abs(now - last)).total_seconds()))


class Strangers:
    """Failures at code names that do not exist, so that these answer exactly like the others.

    In memory only, and only the most recent names: it is nobody's data and must not grow.
    """

    def __init__(self, remembered: int = 10_000) -> None:
        self._remembered = remembered
        self._failures: OrderedDict[str, tuple[int, datetime]] = OrderedDict()

    def count(self, code_name: str) -> tuple[int, datetime | None]:
        """Failures so far, and when the last one was."""
        return self._failures.get(code_name, (0, None))

    def note(self, code_name: str, at: datetime) -> None:
        """One more."""
        failures, _ = self.count(code_name)
        self._failures[code_name] = (failures + 1, at)
        self._failures.move_to_end(code_name)
        if len(self._failures) > self._remembered:
            self._failures.popitem(last=False)


class Gate:
    """Lets few derivations run at once, since each takes 64 MiB, and few wait; then it says ``Busy``."""

    def __init__(self, at_once: int = 2, waiting: int = 20) -> None:
        self._room = threading.Semaphore(at_once)
        self._most = at_once + waiting
        self._inside = 0
        self._lock = threading.Lock()

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for a place and hold it."""
        with self._lock:
            if self._inside >= self._most:
                raise Busy
            self._inside += 1
        try:
            with self._room:
                yield
        finally:
            with self._lock:
                self._inside -= 1
