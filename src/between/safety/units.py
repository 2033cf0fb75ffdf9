"""Cuts a text into what the classifier weighs: pages, windows of a few sentences, single sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

PAGE_WORDS = 150
WINDOW_WORDS = 60
WINDOW_SENTENCES = 3
MOST_PAGES = 160
"""About 130,000 characters are read whole; of a longer text, pages at even distances, first and last among them."""
_STRIDE = 2
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
    """The sentences in pages of about a hundred and fifty words."""
    starts, words = [0], 0
    for number, sentence in enumerate(found):
        size = len(sentence.split())
        if words and words + size > PAGE_WORDS:
            starts.append(number)
            words = 0
        words += size
    cut = [list(found[start:end]) for start, end in pairwise([*starts, len(found)])]
    if len(cut) <= MOST_PAGES:
        return cut
    step = (len(cut) - 1) / (MOST_PAGES - 1)
    return [cut[round(number * step)] for number in range(MOST_PAGES)]


def windows(found: Sequence[str]) -> list[str]:
    """Up to three sentences at a time, each overlapping the next; a short text is one window."""
    sizes = [len(sentence.split()) for sentence in found]
    if sum(sizes) <= WINDOW_WORDS:
        return [" ".join(found)] if found else []
    cut = []
    for start in range(0, len(found), _STRIDE):
        end, words = start + 1, sizes[start]
        while end < min(len(found), start + WINDOW_SENTENCES) and words + sizes[end] <= WINDOW_WORDS:
            words += sizes[end]
            end += 1
        cut.append(" ".join(found[start:end]))
        if end >= len(found):
            break
    return cut
