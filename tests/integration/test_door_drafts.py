"""Where pages post what is being written: what is kept, and what is refused, on the real house."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from between import bootstrap
from between.domain import Draft
from between.settings import KdfProfile, Settings
from between.space import Space
from between.ui.door import gate, routes
from between.ui.door.drafts import LARGEST, bound_to
from between.vault.tickets import fingerprint

PASSPHRASE = "lantern orbit maple quiet ferry"
PAGE = "a" * 32


@pytest.fixture
def house(tmp_path: Path) -> Iterator[bootstrap.House]:
    built = bootstrap.House(Settings(data_dir=tmp_path / "data", kdf=KdfProfile.CHEAPEST))
    bootstrap.use(built)
    yield built
    built.close()
    bootstrap.use(None)


class Browser:
    """A browser with one cookie; its pages are drawn with the ticket that it has, or had."""

    def __init__(self, house: bootstrap.House) -> None:
        self.house = house
        self.http = TestClient(
            Starlette(routes=routes.all_routes(), middleware=gate.middleware()),
            base_url="http://localhost",
            headers={"origin": "http://localhost"},
        )
        self.ticket = ""

    def enter(self) -> None:
        """A new space, open in this browser in place of the one before."""
        self.ticket = self.house.create(PASSPHRASE).token
        self.http.cookies.set("between_ticket", self.ticket, domain="localhost.local")

    @property
    def space(self) -> Space:
        found = self.house.open(self.ticket)
        assert found is not None
        return found

    def post(self, words: str, number: int = 1, **other: object) -> int:
        body = {
            "place": "journal",
            "page": PAGE,
            "number": number,
            "bound": bound_to(fingerprint(self.ticket)),
            "text": words,
            **other,
        }
        answer = self.http.post("/draft", json=body)
        assert answer.headers["cache-control"] == "no-store"
        assert answer.content == b""
        return answer.status_code

    def drafts(self) -> dict[str, str]:
        return {draft.place: draft.text for draft in self.space.diary.all(Draft)}


@pytest.fixture
def browser(house: bootstrap.House) -> Browser:
    return Browser(house)


def test_a_draft_is_kept_only_for_an_open_space(browser: Browser) -> None:
    assert browser.post("half a thought") == 403
    browser.enter()
    assert browser.post("half a thought") == 204
    assert browser.drafts() == {"journal": "half a thought"}
    browser.http.post("/lock")
    assert browser.post("half a thought and", 2) == 403


def test_a_tab_of_one_space_cannot_post_into_another_that_was_opened_later(browser: Browser) -> None:
    browser.enter()
    before = bound_to(fingerprint(browser.ticket))
    browser.enter()
    assert browser.post("words of the first person", bound=before) == 403
    assert browser.drafts() == {}


def test_a_late_post_does_not_revive_a_draft_that_was_saved(browser: Browser) -> None:
    browser.enter()
    browser.post("half a thought")
    browser.space.drafts.end("journal", PAGE)
    assert browser.post("half a thought and", 2) == 409
    assert browser.drafts() == {}


def test_an_older_post_that_comes_last_is_answered_and_changes_nothing(browser: Browser) -> None:
    browser.enter()
    assert browser.post("newer", 2) == 204
    assert browser.post("old", 1) == 204
    assert browser.drafts() == {"journal": "newer"}


def test_changes_to_an_entry_and_unsent_words_have_places_of_their_own(browser: Browser) -> None:
    browser.enter()
    me = browser.space
    entry = me.write_entry("As it was.", at=me.journal._parts.clock())[0].entry
    talk = me.companion.start()
    for number, place in enumerate((f"edit:{entry.id}", f"chat:{talk.id}", "chat:new"), 1):
        assert browser.post(f"words {number}", page=f"{number:032x}", place=place) == 204
    assert len(browser.drafts()) == 3
    assert me.journal.entry(entry.id) == entry
    me.forget(entry.id)
    me.companion.forget_conversation(talk.id)
    assert browser.drafts() == {"chat:new": "words 3"}
    for number, place in ((1, f"edit:{entry.id}"), (2, f"chat:{talk.id}")):
        assert browser.post("late", 2, page=f"{number:032x}", place=place) == 409
    assert browser.drafts() == {"chat:new": "words 3"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"place": "elsewhere"},
        {"place": "edit:1"},
        {"page": "../x"},
        {"number": "1"},
        {"more": 1},
        {"text": None},
        {"text": "x" * LARGEST},
    ],
)
def test_what_no_page_of_ours_sends_is_refused(browser: Browser, wrong: dict[str, object]) -> None:
    browser.enter()
    assert browser.post("", **wrong) == 400
    assert browser.http.post("/draft", content=b"\xff\xfe\xff").status_code == 400
    assert browser.drafts() == {}


def test_a_store_in_trouble_asks_to_try_again(browser: Browser) -> None:
    browser.enter()
    me = browser.space
    me.diary._store, whole = _Full(), me.diary._store  # type: ignore[assignment]  # only what a put needs
    assert browser.post("half a thought") == 503
    me.diary._store = whole
    assert browser.post("half a thought", 2) == 204


class _Full:
    """A store without room."""

    def put(self, *_: object) -> None:
        from between.errors import StoreFull

        raise StoreFull
