"""The insights page is there at once; what takes a while comes by itself, and nothing of it outlives the lock."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence

import pytest
from streamlit.testing.v1 import AppTest

from between.domain import Entry
from between.insights.evidence import Pattern
from between.insights.looking import Looking, find_patterns
from between.insights.ports import Wanted
from between.ui import wording
from tests.pages.conftest import Visitor, texts


def quotes(app: AppTest) -> int:
    return sum(str(one.value).startswith("“") for one in app.text)


@pytest.fixture
def go(guest: Visitor) -> Iterator[threading.Event]:
    """Lets the search of this diary go on; until then it takes as long as that of a very long one."""
    go, space = threading.Event(), guest.space

    def find(entries: Sequence[Entry], wanted: Wanted) -> tuple[Pattern, ...]:
        while not go.is_set():
            wanted()
            time.sleep(0.005)
        return find_patterns(entries, space.memory.pieces, guest.house.clock, wanted)

    space.looking.close()
    space.looking = Looking(lambda: space.diary.all(Entry), lambda: space.memory.ready, find)
    yield go
    go.set()


def test_the_first_visit_does_not_wait_for_the_patterns(guest: Visitor, go: threading.Event) -> None:
    guest.space.memory.wait(120)
    app = guest.open("insights")
    assert not app.exception
    assert wording.INSIGHTS_LOOKING in texts(app)
    assert quotes(app) == 0
    go.set()
    guest.space.patterns()
    app.run()
    assert wording.INSIGHTS_LOOKING not in texts(app)
    assert quotes(app) >= 9


def test_mood_is_there_while_the_patterns_are_looked_for(guest: Visitor, go: threading.Event) -> None:
    app = guest.open("insights")
    app.segmented_control(key="insights_view").set_value("mood").run()
    assert not app.exception
    assert wording.INSIGHTS_LOOKING not in texts(app)
    assert wording.INSIGHTS_MOOD_NOTE in texts(app)


def test_a_new_entry_is_seen_by_the_next_patterns(guest: Visitor, go: threading.Event) -> None:
    go.set()
    guest.space.patterns()
    go.clear()
    guest.space.write_entry("The kettle again.", at=guest.house.clock())
    assert guest.space.looking.patterns() is None
    assert wording.INSIGHTS_LOOKING in texts(guest.open("insights"))
    go.set()
    assert guest.space.patterns()


def test_a_lock_leaves_no_search_behind(guest: Visitor, go: threading.Event) -> None:
    space = guest.space
    guest.open("insights")
    assert space.looking.is_going_on
    guest.house.lock(guest.ticket)
    assert not space.looking.is_going_on
    assert space.looking.is_empty
    assert not [one for one in threading.enumerate() if one.name.startswith("patterns")]
