"""Cuts a text into sentences, and into the pages that the classifier weighs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

PAGE_WORDS = 170
"""What the encoder reads at once: 256 tokens, with room for odd spelling."""
MOST_PAGES = 160
"""About 130,000 characters are read whole; of a longer text, pages at even distances, first and last among them."""
_SENTENCE_WORDS = 40
_WORD_LETTERS = 40
_END = re.compile(r"(?<=[.!?…])[\"'”’)\]*_]*\s+|\n+")


def sentences(text: str) -> list[str]:
    """Sentences in order; very short ones stay with their neighbour, endless ones are cut."""
    found: list[list[str]] = []
    for part in _END.split(text):
        words = [word[:_WORD_LETTERS] for word in part.split()]
        if not words:
            continue
        if found and min(len(words), len(found[-1])) < 4 and len(words) + len(found[-1]) <= 12:
            found[-1] = found[-1] + words
            continue
        found += [words[at : at + _SENTENCE_WORDS] for at in range(0, len(words), _SENTENCE_WORDS)]
    return [" ".join(words) for words in found]


def pages(found: Sequence[str]) -> list[list[str]]:
    """The sentences in pages of about equal length, none of more than a hundred and seventy words or so."""
    sizes = [len(sentence.split()) for sentence in found]
    page = sum(sizes) / max(1, -(-sum(sizes) // PAGE_WORDS))
    starts, words = [0], 0
    for number, size in enumerate(sizes):
        if words and words + size / 2 > page:
            starts.append(number)
            words = 0
        words += size
    cut = [list(found[start:end]) for start, end in pairwise([*starts, len(found)])]
    if len(cut) <= MOST_PAGES:
        return cut
    step = (len(cut) - 1) / (MOST_PAGES - 1)
    return [cut[round(number * step)] for number in range(MOST_PAGES)]
