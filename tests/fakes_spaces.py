"""A clock that is turned by hand, ids, and a door to spaces on a database in memory."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from between.domain import ItemId
from between.settings import KdfProfile
from between.spaces.spaces import Spaces
from between.store.store import Store

PASSPHRASE = "walnut lantern orbit meadow"
OTHER = "copper thimble garden cloud"
WRONG = "this is not the passphrase"


@dataclass
class Clock:
    """Stands still until it is turned."""

    at: datetime = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at

    def turn(self, **by: float) -> None:
        self.at += timedelta(**by)


@dataclass
class Ids:
    """1, 2, 3 … as ids."""

    numbers: itertools.count[int] = field(default_factory=lambda: itertools.count(1))

    def __call__(self) -> ItemId:
        return ItemId(f"{next(self.numbers):032x}")


def memory_store() -> Store:
    """A store that was never on a disk."""
    store = Store("sqlite://")
    store.migrate()
    return store


@dataclass
class Door:
    """Spaces with everything around them within reach."""

    store: Store = field(default_factory=memory_store)
    clock: Clock = field(default_factory=Clock)
    spaces: Spaces = field(init=False)

    def __post_init__(self) -> None:
        self.restart()

    def restart(self) -> None:
        """The same database in a fresh process."""
        self.spaces = Spaces(self.store, KdfProfile.CHEAPEST, self.clock, Ids())
