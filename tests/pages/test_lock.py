"""Every page asks for the lock first, whichever way it is opened."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from between.domain import Message
from between.ui import wording
from tests.fakes_companion import FakeEngine
from tests.pages.conftest import PASSPHRASE, Visitor, texts

PAGES = Path(__file__).resolve().parents[2] / "pages"
LOCKED_PAGES = sorted(path.stem for path in PAGES.glob("*.py") if path.stem != "help_now")


@pytest.mark.parametrize("page", LOCKED_PAGES)
def test_a_cold_page_shows_the_lock_and_nothing_else(stranger: Visitor, page: str) -> None:
    app = AppTest.from_file(str(PAGES / f"{page}.py"), default_timeout=60).run()
    assert not app.exception
    assert texts(app).splitlines()[0] == wording.LOCKED
    assert not app.text_area
    assert not app.chat_input
    assert not app.button


@pytest.mark.parametrize("page", LOCKED_PAGES)
def test_a_page_behind_the_front_shows_the_lock_too(stranger: Visitor, page: str) -> None:
    app = stranger.open(page)
    assert not app.exception
    assert wording.LOCKED in texts(app)
    assert not app.chat_input


def test_help_opens_without_a_space(stranger: Visitor) -> None:
    app = stranger.open("help_now")
    assert not app.exception
    assert wording.HELP_TITLE in texts(app)
    assert wording.LOCKED not in texts(app)


def test_a_lock_elsewhere_empties_this_tab_on_its_next_run(person: Visitor) -> None:
    app = person.open()
    assert app.chat_input
    person.house.lock(person.ticket)
    app.run()
    assert wording.LOCKED in texts(app)
    assert not app.chat_input


def test_another_ticket_in_the_same_tab_starts_empty(person: Visitor) -> None:
    app = person.open()
    app.chat_input[0].set_value("a word that stays mine").run()
    first = person.ticket
    person.ticket = person.house.create("velvet harbour kettle moss anchor").token
    app.run()
    assert "a word that stays mine" not in texts(app)
    assert person.ticket != first


class LockingEngine(FakeEngine):
    """Locks the space from elsewhere, in the middle of a reply."""

    def __init__(self, lock: Callable[[], None]) -> None:
        super().__init__("You wrote about bread. ", "It sounds sad. ", "What else?")
        self._lock = lock

    def _say(self, pieces):  # type: ignore[no-untyped-def]  # as its base
        for number, piece in enumerate(super()._say(pieces)):
            if number == 1:
                self._lock()
                time.sleep(1.1)  # the page asks once a second
            yield piece


def test_a_lock_from_elsewhere_ends_a_reply_and_the_tab_shows_the_lock(
    person: Visitor, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    app = person.open()
    me = person.space
    me.guide = LockingEngine(lambda: person.house.lock(person.ticket))  # type: ignore[assignment]  # an engine
    app.chat_input[0].set_value("I cried over the quokkabread.").run()
    assert not app.exception
    assert not app.error
    assert wording.LOCKED_TITLE in texts(app)
    assert "quokkabread" not in texts(app) + caplog.text
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]


def test_a_lock_of_this_browser_alone_ends_its_reply_too(person: Visitor) -> None:
    app = person.open()
    me = person.space
    other = person.house.unlock(me.code_name, PASSPHRASE)
    me.guide = LockingEngine(lambda: person.house.spaces.lock(person.ticket))  # type: ignore[assignment]  # an engine
    app.chat_input[0].set_value("I cried over the quokkabread.").run()
    assert not app.exception
    assert wording.LOCKED_TITLE in texts(app)
    assert "quokkabread" not in texts(app)
    still = person.house.open(other)
    assert still is me
    assert [one.partial for one in me.diary.all(Message)] == [False, True]
