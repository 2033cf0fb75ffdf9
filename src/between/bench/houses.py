"""A house in a folder that goes away, in place of the person's own, and spaces in it that hold a synthetic life."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from between import bootstrap
from between.bench.diaries import fill, folder
from between.bench.recipe import Made
from between.bootstrap import House, Space
from between.errors import Locked
from between.settings import KdfProfile, Settings

PASSPHRASE = "lantern orbit maple quiet ferry"  # noqa: S105 of synthetic spaces only
COUNTRY = "GB"


@dataclass
class Visitor:
    """A browser that carries a ticket."""

    house: House
    ticket: str = ""

    def __post_init__(self) -> None:
        self.house.carried_ticket = lambda: self.ticket

    @property
    def space(self) -> Space:
        """What the ticket opens."""
        found = self.house.open(self.ticket)
        if found is None:
            raise Locked
        return found

    def lock(self) -> None:
        """Give the ticket back."""
        self.house.lock(self.ticket)
        self.ticket = ""


@contextmanager
def house(kdf: KdfProfile = KdfProfile.STRONG) -> Iterator[House]:
    """A warm house, as the server has it after its start; it never touches the person's own folder."""
    with folder() as place, opened(place, kdf) as built:
        yield built


@contextmanager
def opened(place: Path, kdf: KdfProfile = KdfProfile.STRONG) -> Iterator[House]:
    """The same on a folder that is there already."""
    built = House(Settings(data_dir=place, database_url="", kdf=kdf))
    bootstrap.use(built)
    try:
        built.warm()
        gc.collect()
        gc.freeze()
        yield built
    finally:
        gc.unfreeze()
        built.close()
        bootstrap.use(None)


def settle(built: House, lived: Sequence[Made]) -> str:
    """A new space with this life, locked; returns its code name."""
    made = built.create(PASSPHRASE, COUNTRY)
    space = built.open(made.token)
    if space is None:
        raise Locked
    fill(space.diary, lived, built.shared.encoder.id)
    built.lock(made.token)
    return made.code_name
