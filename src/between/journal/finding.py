"""Finding entries by their words: exactly as written, or in another form of the same word."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

import snowballstemmer

from between.domain import Entry, ItemId

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
AROUND = 90
"""Characters of context on each side of a find."""


@dataclass(frozen=True, slots=True)
class Found:
    """An entry that has the words, with the exact piece of it where they stand."""

    entry: Entry = field(repr=False)
    snippet: str = field(repr=False)
    exact: bool
    """The words stand there as typed; otherwise in another form, such as *swims* for *swimming*."""

    @property
    def entry_id(self) -> ItemId:
        """The entry that it was found in."""
        return self.entry.id


def find(entries: Iterable[Entry], text: str) -> tuple[Found, ...]:
    """Entries that have the whole text as typed, then those that have every word in some form.

    Both newest first. Text in double quotes is searched only as typed.
    """
    typed = " ".join(text.split())
    quoted = len(typed) > 2 and typed[0] in '"“' and typed[-1] in '"”'
    typed = typed[1:-1].strip() if quoted else typed
    if not typed:
        return ()
    whole = re.compile(r"\s+".join(re.escape(part) for part in typed.split()), re.IGNORECASE)
    forms = [] if quoted else _forms(typed)
    exact: list[Found] = []
    loose: list[Found] = []
    for entry in sorted(entries, key=lambda e: e.at, reverse=True):
        hit = whole.search(entry.text)
        if hit:
            exact.append(Found(entry, _around(entry.text, hit.start(), hit.end()), True))
        elif whole.search(entry.title) or any(whole.search(tag) for tag in entry.tags):
            exact.append(Found(entry, _around(entry.text, 0, 0), True))
        elif forms and (place := _every(entry, forms)) is not None:
            loose.append(Found(entry, _around(entry.text, *place), False))
    return (*exact, *loose)


class _Form:
    """One word of the search in all its forms; stems each different word it meets once."""

    def __init__(self, word: str) -> None:
        self._stem = snowballstemmer.stemmer("english").stemWord
        self._wanted = self._stem(word.casefold())
        # A stem may end differently from its words (happi, happy), so most of it must agree, not all.
        start = self._wanted[:-1] if len(self._wanted) > 3 else self._wanted[:1]
        self._likely = re.compile(rf"(?<![^\W_]){re.escape(start)}[^\W_]*", re.IGNORECASE)
        self._seen: dict[str, bool] = {}

    def place(self, text: str) -> tuple[int, int] | None:
        """Where the word first stands in some form."""
        for hit in self._likely.finditer(text):
            word = hit.group().casefold()
            if word not in self._seen:
                self._seen[word] = self._stem(word) == self._wanted
            if self._seen[word]:
                return hit.span()
        return None


def _forms(text: str) -> list[_Form]:
    return [_Form(word) for word in dict.fromkeys(WORD.findall(text.replace("’", "'").casefold()))]


def _every(entry: Entry, forms: list[_Form]) -> tuple[int, int] | None:
    """Where the first word stands, when every word stands somewhere in the text or the title."""
    first: tuple[int, int] | None = None
    for form in forms:
        place = form.place(entry.text)
        if place is None and form.place(entry.title) is None:
            return None
        first = first or place
    return first or (0, 0)


def _around(text: str, start: int, end: int) -> str:
    """An exact piece of the text around a place, cut at spaces."""
    left = max(0, start - AROUND)
    right = min(len(text), end + AROUND)
    if left and (space := re.search(r"\s", text[left:start])):
        left += space.end()
    if right < len(text) and (space := re.search(r"\s(?=\S*$)", text[end:right])):
        right = end + space.start()
    return text[left:right].strip()
