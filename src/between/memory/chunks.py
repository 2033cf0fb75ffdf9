"""Cuts a text into overlapping pieces that the encoder can read whole, at the ends of sentences."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

WORDS = 120
"""About 160 tokens; the encoder reads 256."""
OVERLAP = 30
"""Words that two neighbours share at most, so that a thought on the border is whole in one of them."""
VERSION = 1
"""Raise it when the cuts change: vectors kept for other cuts are then made again."""

# A word is what stands between spaces, but no longer than a line of text without any; a character of a
# script that is written without spaces counts as a word, as it does for the encoder.
_WORD = re.compile(r"[\u3040-\u9fff\uac00-\ud7af]|[^\s\u3040-\u9fff\uac00-\ud7af]{1,40}")
_SENTENCE_END = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s)|\n+|[。！？]")


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of a text: ``text`` is exactly ``source[start:end]``."""

    start: int
    end: int
    text: str = field(repr=False)


def cut(text: str) -> list[Chunk]:
    """The pieces of a text in order; a blank text has none."""
    sentences = _sentences(text)
    chunks: list[Chunk] = []
    first = 0
    while first < len(sentences):
        last, words = first, 0
        while last < len(sentences) and (last == first or words + sentences[last][2] <= WORDS):
            words += sentences[last][2]
            last += 1
        start, end = sentences[first][0], sentences[last - 1][1]
        chunks.append(Chunk(start, end, text[start:end]))
        if last == len(sentences):
            break
        first = _with_overlap(sentences, first, last)
    return chunks


def _with_overlap(sentences: list[tuple[int, int, int]], first: int, last: int) -> int:
    """The sentence at which the next piece starts: a few before ``last``, but after ``first``."""
    words = 0
    while last - 1 > first and words + sentences[last - 1][2] <= OVERLAP:
        last -= 1
        words += sentences[last][2]
    return last


def _sentences(text: str) -> list[tuple[int, int, int]]:
    """Start, end and number of words of each sentence; one that is too long is cut between words."""
    borders = [match.end() for match in _SENTENCE_END.finditer(text)]
    found: list[tuple[int, int, int]] = []
    start = 0
    for end in [*borders, len(text)]:
        words = [match.span() for match in _WORD.finditer(text, start, end)]
        start = end
        step = len(words) if len(words) <= WORDS else WORDS - OVERLAP
        for i in range(0, len(words), step or 1):
            some = words[i : i + step]
            found.append((some[0][0], some[-1][1], len(some)))
    return found
