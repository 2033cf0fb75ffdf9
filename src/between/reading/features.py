"""Turns a text into hashed words and letter groups, the same way in training and when reading."""

from __future__ import annotations

import re
import zlib
from collections import Counter
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

WORD_BUCKETS = 1 << 16
LETTER_BUCKETS = 1 << 16
BUCKETS = WORD_BUCKETS + LETTER_BUCKETS

_TOKEN = re.compile(r"\[[a-z]+\]|[a-z]+(?:'[a-z]+)?|\d+|[!?]+|[^\w\s.,;:()\"'\[\]/\\-]")
_LONGEST = 4000
"""Letters read of one text; what follows says little more and costs time."""


def tokens(text: str) -> list[str]:
    """The words and marks of a text in lower case; numbers are all alike."""
    plain = text[:_LONGEST].lower().replace("’", "'").replace("‘", "'")
    return [re.sub(r"\d+", "0", found) for found in _TOKEN.findall(plain)]


def _bucket(gram: str, buckets: int) -> int:
    return zlib.crc32(gram.encode()) % buckets


def _words(found: list[str]) -> Counter[int]:
    pairs = (f"{a} {b}" for a, b in pairwise(found))
    return Counter(_bucket(gram, WORD_BUCKETS) for gram in (*found, *pairs))


def _letters(found: list[str]) -> Counter[int]:
    counts: Counter[int] = Counter()
    for word in found:
        padded = f" {word} "
        for size in (3, 4, 5):
            for start in range(max(1, len(padded) - size + 1)):
                counts[WORD_BUCKETS + _bucket(padded[start : start + size], LETTER_BUCKETS)] += 1
    return counts


def hashed(text: str) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Bucket numbers and damped counts of a text: words and pairs of words first, then letter groups."""
    found = tokens(text)
    both = [*_words(found).items(), *_letters(found).items()]
    index = np.fromiter((bucket for bucket, _ in both), np.int64, len(both))
    count = np.fromiter((n for _, n in both), np.float32, len(both))
    return index, (1.0 + np.log(count)).astype(np.float32)


def weighted(text: str, idf: NDArray[np.float32]) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """The hashed text with rare grams made heavier; words and letters each brought to length one."""
    index, value = hashed(text)
    value = value * idf[index]
    for block in (index < WORD_BUCKETS, index >= WORD_BUCKETS):
        length = float(np.sqrt(np.sum(value[block] ** 2)))
        if length:
            value[block] /= length
    return index, value
