"""Reads a sentence as a person would: without markup, with letters set apart, halves of words and swapped letters mended."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from between.safety.markdown import visible
from between.safety.normalise import Plain, folded

_SMALL_CAPITALS = str.maketrans("ꜰǫꞯ", "fqq")
_BLOCKS = re.compile(r"</?(?:li|ul|ol|p|br|div|tr|td|th|table|h\d|hr|blockquote)\b[^>]{0,80}>", re.IGNORECASE)
_MARKUP = re.compile(r"[*_~`]+|^[>#]+\s*|<[^>]{0,80}>", re.MULTILINE)
_LINK = re.compile(r"!?\[([^\]]{0,200})\]\([^)]{0,400}\)")
_PERCENT = re.compile(r"(?<=\d)\s?%")
_SPACED = re.compile(r"(?<![^\W_])[^\W\d_](?:[ .\-_|·•/\n]{1,2}?[^\W\d_]){3,}(?![^\W_])")
_PAIRED = re.compile(r"(?<![^\W_])[^\W\d_](?:[ .\-_|·•/\n]{1,2}?[^\W\d_])+(?![^\W_])")
_SEPARATORS = re.compile(r"[ .\-_|·•/\n]")
_WIDE = re.compile(r"[^\S\n]{2,}")
_MARKS = frozenset({".", "?", ","})
_LONGEST_RUN = 60
_HALVES = 5
"""A word is put together from at most this many pieces."""


def bare(text: str) -> str:
    """The text without what is not seen and without markup."""
    seen = visible(html.unescape(text)).replace("\u200d", "").translate(_SMALL_CAPITALS)
    return _MARKUP.sub("", _BLOCKS.sub(" . ", _LINK.sub(r"\1 ", _PERCENT.sub(" percent", seen))))


@dataclass(frozen=True)
class Reader:
    """Knows the words that rules look for, and makes the plain forms of a sentence."""

    plain: Plain = field(repr=False)
    words: frozenset[str] = field(repr=False)
    """Words that rules look for."""
    little: frozenset[str] = field(repr=False)
    """Everyday words, which are never a disguise."""
    _swapped: dict[tuple[str, str], str] = field(init=False, repr=False, default_factory=dict)

    def __post_init__(self) -> None:
        for word in sorted(self.words | self.little):
            if len(word) >= 3:
                self._swapped.setdefault(_key(word), word)

    def forms(self, text: str, *, careful: bool = False) -> tuple[str, ...]:
        """The sentence as it reads, and as it reads when disguises are undone; ``careful`` undoes misspellings too."""
        found = [self.plain(text)]
        joined = self.joined(text)
        if joined != text:
            found.append(self.plain(joined))
        if _in_bits(found[-1]):
            found.append(without_marks(found[-1]))
        tokens = found[-1].split()
        found.append(f" {' '.join(self._whole(tokens))} ")
        if careful:
            found.append(f" {' '.join(self._mended(w) for w in tokens)} ")
        return tuple(dict.fromkeys(found))

    def joined(self, text: str) -> str:
        """The text with letters that are set apart put together."""
        if not _letter_by_letter(text):
            return _SPACED.sub(self._together, text)
        if _WIDE.search(text) is None:
            return _PAIRED.sub(self._together, text)
        words = _WIDE.split(text)  # wide gaps tell where a word ends
        return " ".join(_PAIRED.sub(lambda m: _SEPARATORS.sub("", m[0]), word) for word in words)

    def _together(self, found: re.Match[str]) -> str:
        letters = folded(_SEPARATORS.sub("", found[0]))
        return " ".join(self._split(letters)) if len(letters) <= _LONGEST_RUN else letters

    def _split(self, letters: str) -> Iterable[str]:
        """The words that a run of letters is made of, by the least letters that belong to none."""
        known = self.words | self.little
        best: list[tuple[int, tuple[str, ...]]] = [(0, ())]
        for end in range(1, len(letters) + 1):
            cost, words = best[end - 1]
            rest = words[-1] if words and words[-1] not in known else ""
            choices = [
                (cost + 3, (*words[:-1], rest + letters[end - 1]) if rest else (*words, letters[end - 1]))
            ]
            for start in range(max(0, end - 16), end):
                piece = letters[start:end]
                if piece in known:
                    before, so_far = best[start]
                    choices.append((before + 1, (*so_far, piece)))
            best.append(min(choices))
        return best[-1][1]

    def _whole(self, tokens: list[str]) -> list[str]:
        """Halves of a word that a rule looks for, put together."""
        out: list[str] = []
        at = 0
        while at < len(tokens):
            for size in range(min(_HALVES, len(tokens) - at), 1, -1):
                pieces = tokens[at : at + size]
                whole = "".join(pieces)
                if len(whole) > 5 and whole in self.words and not all(p in self.little for p in pieces):
                    out.append(whole)
                    at += size
                    break
            else:
                out.append(tokens[at])
                at += 1
        return out

    def _mended(self, word: str) -> str:
        """The word behind swapped letters."""
        if len(word) < 3 or word in self.words or word in self.little:
            return word
        return self._swapped.get(_key(word), word)


def without_marks(form: str) -> str:
    """A plain form read on over its commas and ends."""
    return f" {' '.join(w for w in form.split() if w not in _MARKS)} . "


def _letter_by_letter(text: str) -> bool:
    """Whether most of a text is single letters."""
    words = text.split()
    return len(words) > 5 and sum(len(w) == 1 and w.isalpha() for w in words) * 2 > len(words)


def _in_bits(form: str) -> bool:
    """Whether a plain form stops every few words."""
    words = form.split()
    marks = sum(w in _MARKS for w in words)
    return marks > 2 and marks * 4 >= len(words)


def _key(word: str) -> tuple[str, str]:
    return word[0], "".join(sorted(word[1:]))


_UNREADABLE = re.compile(
    r"(?<![\w/.-])(?=\S*\d|\S*[a-z][A-Z])(?=\S*[A-Za-z])[A-Za-z0-9+/=]{16,}(?![\w/.-])|(?:[.\-]{1,6} ){5,}"
)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


def unreadable(text: str, little: frozenset[str]) -> bool:
    """Whether a sentence hides what it says: another language, letters turned round, a code."""
    if _UNREADABLE.search(text):
        return True
    words = [w.lower() for w in _WORD.findall(text)]
    symbols = sum(unicodedata.category(c) in ("So", "Sm", "Sk") for c in text)
    if symbols > max(3, 2 * len(words)):
        return True
    return len(words) >= 5 and sum(w in little for w in words) * 5 < len(words)
