"""How hard a text is to read: the Flesch-Kincaid grade level."""

# Kincaid, Fishburne, Rogers and Chissom (1975), "Derivation of New Readability Formulas for Navy Enlisted Personnel",
# Research Branch Report 8-75. A sentence ends at a full stop, question mark or exclamation mark; colons do not count, which
# is the strict way. Syllables are groups of vowels, without a silent e or ed at the end: an estimate, as in every such tool.

from __future__ import annotations

import re


def grade(text: str) -> float:
    """The school grade that a text asks for."""
    units = max(len(re.findall(r"[.?!](?:\s|”|$)", text)), 1)
    words = re.findall(r"[A-Za-z’']+", text)
    syllables = sum(_syllables(word) for word in words)
    return 0.39 * len(words) / units + 11.8 * syllables / len(words) - 15.59


def _syllables(word: str) -> int:
    low = word.lower().replace("’", "").replace("'", "")
    bare = re.sub(r"(?:[^laeiouy]es|[^laeiouytd]ed|[^l]e)$", lambda found: found[0][0], low)
    return max(len(re.findall(r"[aeiouy]+", bare)), 1)
