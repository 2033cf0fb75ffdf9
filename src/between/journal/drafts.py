"""Unsaved words, so that a closed tab loses nothing: posted by pages that may be late, or closed long ago.

A page is one drawing of an empty field; it ends when its words are saved or let go. A browser can deliver a
post late, so each says which page wrote it and how far it was: an older post never replaces a newer one, and
none of an ended page is kept. Which pages there are is known in memory only, for as long as the space is open.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from between.domain import Draft, ItemId
from between.errors import Forgotten
from between.journal.ports import Diary

JOURNAL = "journal"
"""The place of today's page."""
NEW_CHAT = "chat:new"
"""The place of a conversation that has not begun."""
_PAGES_KNOWN = 2_000
_ENDED = -1


def entry_place(id: ItemId) -> str:
    """The place of changes to an entry, apart from the entry itself."""
    return f"edit:{id}"


def chat_place(id: ItemId | None) -> str:
    """The place of what is not sent yet."""
    return f"chat:{id}" if id else NEW_CHAT


@dataclass(frozen=True, slots=True)
class Post:
    """Which page wrote something, and when in its own order."""

    page: str
    number: int


class Drafts:
    """The unsaved words of a space, one text for each place. Safe to share between threads."""

    def __init__(self, diary: Diary, clock: Callable[[], datetime], new_id: Callable[[], ItemId]) -> None:
        self._diary = diary
        self._clock, self._new_id = clock, new_id
        self._turn = threading.Lock()
        self._last: OrderedDict[str, int] = OrderedDict()
        self._strangers_welcome = True

    def find(self, place: str) -> Draft | None:
        """What waits at a place."""
        return next((draft for draft in self._diary.all(Draft) if draft.place == place), None)

    def keep(self, place: str, text: str, post: Post) -> None:
        """Keep a post unless a newer one came before it; blank words clear the place.

        ``Forgotten`` when the page has ended, or what it belongs to is no longer there.
        """
        with self._turn:
            last = self._last.get(post.page, 0 if self._strangers_welcome else _ENDED)
            if last == _ENDED:
                raise Forgotten
            if post.number > last:
                self._put(place, text)
                self._note(post.page, post.number)

    def page(self, held: str = "") -> str:
        """The page that a field is drawn on: the one that it had, or a fresh one when that has ended."""
        with self._turn:
            last = self._last.get(held, 0 if held and self._strangers_welcome else _ENDED)
            page, last = (self._new_id(), 0) if last == _ENDED else (held, last)
            self._note(page, last)
            return page

    def end(self, place: str, page: str) -> None:
        """The words were saved or let go: drop them, and whatever this page still posts."""
        with self._turn:
            self._note(page, _ENDED)
            self._clear(place)

    def end_all(self) -> None:
        """No page that was drawn until now may post any more, not even one that nobody knows here."""
        with self._turn:
            self._strangers_welcome = False
            self._last = OrderedDict.fromkeys(self._last, _ENDED)

    def clear(self, place: str) -> None:
        """Drop the words of a place; pages that are open may write there again."""
        with self._turn:
            self._clear(place)

    def _put(self, place: str, text: str) -> None:
        if not text.strip():
            self._clear(place)
            return
        old = self.find(place)
        if old is not None and old.text == text:
            return
        id = old.id if old else self._new_id()
        draft = Draft(id=id, place=place, at=self._clock(), text=text)
        self._diary.put_beside(_belongs_to(place), draft)

    def _clear(self, place: str) -> None:
        gone = [draft.id for draft in self._diary.all(Draft) if draft.place == place]
        if gone:
            self._diary.forget(*gone)

    def _note(self, page: str, last: int) -> None:
        self._last[page] = last
        self._last.move_to_end(page)
        if len(self._last) > _PAGES_KNOWN:
            self._last.popitem(last=False)


def _belongs_to(place: str) -> tuple[ItemId, ...]:
    _, _, id = place.partition(":")
    return (ItemId(id),) if id and place != NEW_CHAT else ()
