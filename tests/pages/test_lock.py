"""Every page asks for the lock first, whichever way it is opened."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from between.ui import wording
from tests.pages.conftest import Visitor, texts

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
