"""Spaces are opened one by one for each owner, beside each other for different owners, and never left half open."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field

import pytest

from between.domain import OwnerId
from between.errors import Locked, StoreUnreachable
from between.opening import OpenSpaces

MINE, YOURS = OwnerId("mine"), OwnerId("yours")
SOON = 20.0
"""Seconds after which a test says that something hangs."""


@dataclass
class FakeSpace:
    """Knows whether it was shut."""

    is_demo: bool = False
    closed: int = 0

    def close(self) -> None:
        self.closed += 1


@dataclass
class SlowDiary:
    """Opens a space when it is let; can fail instead."""

    error: Exception | None = None
    started: threading.Event = field(default_factory=threading.Event)
    go: threading.Event = field(default_factory=threading.Event)
    made: list[FakeSpace] = field(default_factory=list)

    def __call__(self) -> FakeSpace:
        self.started.set()
        assert self.go.wait(SOON), "nobody let this diary go on"
        if self.error is not None:
            raise self.error
        self.made.append(FakeSpace())
        return self.made[-1]


def held() -> bool:
    return True


@pytest.fixture
def spaces() -> OpenSpaces:
    return OpenSpaces(most=3)


def beside(do: Callable[[], object]) -> Future[object]:
    """Run it in a thread of its own."""
    pool = ThreadPoolExecutor(1)
    running = pool.submit(do)
    pool.shutdown(wait=False)
    return running


def test_nobody_waits_for_somebody_elses_long_diary(spaces: OpenSpaces) -> None:
    slow = SlowDiary()
    mine = beside(lambda: spaces.get(MINE, slow, held))
    assert slow.started.wait(SOON)
    yours = beside(lambda: spaces.get(YOURS, FakeSpace, held)).result(SOON)
    assert spaces.find(YOURS) is yours
    spaces.shut(YOURS)
    assert not mine.done()
    slow.go.set()
    assert mine.result(SOON) is slow.made[0]


def test_tabs_of_one_person_wait_for_one_opening(spaces: OpenSpaces) -> None:
    slow = SlowDiary()
    tabs = [beside(lambda: spaces.get(MINE, slow, held)) for _ in range(4)]
    assert slow.started.wait(SOON)
    slow.go.set()
    assert {id(tab.result(SOON)) for tab in tabs} == {id(slow.made[0])}
    assert len(slow.made) == 1
    assert not spaces._doors


def test_a_space_that_was_locked_while_it_opened_is_shut(spaces: OpenSpaces) -> None:
    slow, ticket = SlowDiary(), {MINE}
    opening = beside(lambda: spaces.get(MINE, slow, lambda: MINE in ticket))
    assert slow.started.wait(SOON)
    ticket.clear()
    spaces.shut(MINE)  # there is nothing to shut yet
    slow.go.set()
    assert opening.result(SOON) is None
    assert slow.made[0].closed == 1
    assert len(spaces) == 0


def test_an_opening_that_fails_leaves_nothing_and_the_next_one_works(spaces: OpenSpaces) -> None:
    broken = SlowDiary(error=StoreUnreachable())
    first = beside(lambda: spaces.get(MINE, broken, held))
    assert broken.started.wait(SOON)
    second = beside(lambda: spaces.get(MINE, FakeSpace, held))
    broken.go.set()
    with pytest.raises(StoreUnreachable):
        first.result(SOON)
    assert spaces.find(MINE) is second.result(SOON)
    assert not spaces._doors


def test_a_space_whose_holder_cannot_be_asked_is_shut(spaces: OpenSpaces) -> None:
    made = FakeSpace()

    def unknown() -> bool:
        raise StoreUnreachable

    with pytest.raises(StoreUnreachable):
        spaces.get(MINE, lambda: made, unknown)
    assert made.closed == 1
    assert len(spaces) == 0


def test_a_space_that_is_ready_after_the_house_closed_is_shut(spaces: OpenSpaces) -> None:
    slow = SlowDiary()
    opening = beside(lambda: spaces.get(MINE, slow, held))
    assert slow.started.wait(SOON)
    spaces.close()
    slow.go.set()
    with pytest.raises(Locked):
        opening.result(SOON)
    assert slow.made[0].closed == 1
    assert len(spaces) == 0


def test_the_one_used_longest_ago_makes_room_and_demos_before_it(spaces: OpenSpaces) -> None:
    made = {name: FakeSpace(is_demo=name == "demo") for name in ("old", "demo", "used", "new", "newer")}

    def opened(name: str) -> None:
        spaces.get(OwnerId(name), lambda: made[name], held)

    for name in ("old", "demo", "used", "new"):
        opened(name)
    assert [name for name, space in made.items() if space.closed] == ["demo"]
    spaces.find(OwnerId("old"))
    opened("newer")
    assert [name for name, space in made.items() if space.closed] == ["demo", "used"]


def test_making_room_never_shuts_what_was_just_opened() -> None:
    spaces, demo = OpenSpaces(most=1), FakeSpace(is_demo=True)
    spaces.get(MINE, FakeSpace, held)
    assert spaces.get(YOURS, lambda: demo, held) is demo
    assert [owner for owner, _ in spaces.all()] == [YOURS]
    assert demo.closed == 0
