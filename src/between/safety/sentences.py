"""Cuts a stream of text into sentences as it arrives, however small the pieces are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

LONGEST = 280
"""Characters after which a stream without sentence ends is cut at a space all the same."""
_OVERLAP = 100
_END = re.compile(r"(?:[.!?…]+[\"'”’)\]*_]*(?=\s)|\n)\s*")
_ABBREVIATED = re.compile(r"(?:\b(?:e\.g|i\.e|etc|dr|mr|mrs|ms|vs|no|st)|(?<!\w)[a-z]|\d)\.$", re.IGNORECASE)


class Cut(NamedTuple):
    """A sentence with the white space that follows it."""

    text: str
    before: str
    """The end of the piece ahead of it when a long sentence was cut in two: needed to judge the rest."""


class Sentences:
    """A buffer that gives sentences out once they are whole."""

    def __init__(self) -> None:
        self._text = ""
        self._before = ""

    def add(self, piece: str) -> Iterator[Cut]:
        """Take one more piece in; give out what has become whole."""
        self._text += piece
        while self._text:
            whole = self._whole()
            cut = whole or self._forced()
            if not cut:
                return
            out, self._text = self._text[:cut], self._text[cut:]
            yield Cut(out, self._before)
            self._before = "" if whole else out[-_OVERLAP:]

    def rest(self) -> Iterator[Cut]:
        """What is left when the stream ends."""
        if self._text:
            out, self._text = self._text, ""
            yield Cut(out, self._before)

    def _whole(self) -> int:
        """Where the first whole sentence ends; 0 when none is sure yet."""
        start = 0
        while match := _END.search(self._text, start):
            if match.end() == len(self._text):
                return 0  # more white space may follow
            if not _ABBREVIATED.search(self._text[: match.start() + 1]):
                return match.end()
            start = match.end()
        return 0

    def _forced(self) -> int:
        """Where to cut a text that goes on without an end: at a space that stands in no number."""
        if len(self._text) < LONGEST:
            return 0
        space = self._text.rfind(" ", 1, LONGEST)
        while space > 0 and (self._text[space - 1].isdigit() or self._text[space + 1 : space + 2].isdigit()):
            space = self._text.rfind(" ", 1, space)
        return space + 1 if space > 0 else LONGEST
