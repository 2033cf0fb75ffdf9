"""The insights page is there at once; what takes a while comes by itself, and nothing of it outlives the lock."""

from __future__ import annotations

import threading

from streamlit.testing.v1 import AppTest

from between.ui import wording
from tests.pages.conftest import Visitor, texts


def quotes(app: AppTest) -> int:
    return sum(str(one.value).startswith("“") for one in app.text)


def test_the_first_visit_does_not_wait_for_the_patterns(guest: Visitor) -> None:
    guest.space.memory.wait(120)
    app = guest.open("insights")
    assert not app.exception
    assert wording.INSIGHTS_LOOKING in texts(app)
    assert quotes(app) == 0
    guest.space.patterns()
    app.run()
    assert wording.INSIGHTS_LOOKING not in texts(app)
    assert quotes(app) >= 9


def test_mood_is_there_while_the_patterns_are_looked_for(guest: Visitor) -> None:
    app = guest.open("insights")
    app.segmented_control(key="insights_view").set_value("mood").run()
    assert not app.exception
    assert wording.INSIGHTS_LOOKING not in texts(app)
    assert wording.INSIGHTS_MOOD_NOTE in texts(app)


def test_a_new_entry_is_seen_by_the_next_patterns(guest: Visitor) -> None:
    guest.space.patterns()
    guest.space.write_entry("The kettle again.", at=guest.house.clock())
    assert guest.space.looking.patterns() is None
    assert wording.INSIGHTS_LOOKING in texts(guest.open("insights"))
    assert guest.space.patterns()


def test_a_lock_leaves_no_search_behind(guest: Visitor) -> None:
    space = guest.space
    guest.open("insights")
    guest.house.lock(guest.ticket)
    assert not space.looking.is_going_on
    assert space.looking.is_empty
    assert not [one for one in threading.enumerate() if one.name.startswith("patterns")]
