"""The words of a diary: in which form they count as one, where they stand, how common they are in English."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import snowballstemmer

from between.domain import Entry
from between.insights.evidence import evenly

_DATA = Path(__file__).parent / "data"
_TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+|[^\w\s'’-]+")
"""A word, a number, or a stop between words."""
_UNKNOWN = 3e-6
"""Share of English that a word has which is not among the common ones."""
_READ = 60
"""Entries read to see how a word is spelled."""


def words_in(name: str) -> frozenset[str]:
    """The words of one of the room's lists."""
    return frozenset(word for line in _lines(name) for word in line.split())


def patterns_in(name: str) -> re.Pattern[str]:
    """The phrases of one of the room's lists, as one expression."""
    phrases = "|".join(_lines(name)).replace("'", "['’]")
    return re.compile(rf"\b(?:{phrases})\b", re.IGNORECASE)


def _lines(name: str) -> list[str]:
    lines = (_DATA / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


class Lexis:
    """The words of some entries, each different one stemmed once."""

    def __init__(self, entries: Sequence[Entry], known: Lexis | None = None) -> None:
        """What another lexis knows of the same entries is not read again."""
        self.entries = entries
        self._stop = words_in("stop_words")
        self._stem_word = snowballstemmer.stemmer("english").stemWord
        self._stems: dict[str, str] = known._stems if known else {}
        rows = {id(e): row for e, row in zip(known.entries, known.stems, strict=True)} if known else {}
        self.stems: list[list[str]] = [rows.get(id(entry)) or self._read(entry.text) for entry in entries]
        """The stems of each entry in order; empty ones where a phrase cannot go on."""
        self._shares: dict[str, float] = known._shares if known else self._known_shares()

    def stem(self, token: str) -> str:
        """The form in which a word counts; empty for stops, numbers and words that say nothing by themselves."""
        found = self._stems.get(token)
        if found is None:
            plain = token.casefold().replace("’", "'")
            bare = plain.removesuffix("'s")
            dull = plain in self._stop or bare in self._stop or len(bare) < 2 or not bare[0].isalpha()
            found = self._stems[token] = "" if dull else self._stem_word(bare)
        return found

    def shown(self, stem: str) -> str:
        """The form in which the person writes a word most often."""
        forms: Counter[str] = Counter()
        capitals: Counter[str] = Counter()
        having = [entry for entry, row in zip(self.entries, self.stems, strict=True) if stem in row]
        for entry in (having[i] for i in evenly(len(having), _READ)):
            for start, end in self.places(entry, (stem,)):
                word = entry.text[start:end].removesuffix("'s").removesuffix("’s")
                forms[word.casefold()] += 1
                capitals[word.casefold()] += _case(entry.text, start, word)
        if not forms:
            return stem
        form = forms.most_common(1)[0][0]
        return form[0].upper() + form[1:] if capitals[form] > 0 else form

    def share_in_english(self, stem: str) -> float:
        """Which share of the words of everyday English is this one, in all its forms."""
        return self._shares.get(stem, _UNKNOWN)

    def days_of(self) -> dict[str, set[date]]:
        """The days on which each word stands."""
        days: defaultdict[str, set[date]] = defaultdict(set)
        for entry, stems in zip(self.entries, self.stems, strict=True):
            day = entry.at.date()
            for stem in set(stems):
                if stem:
                    days[stem].add(day)
        return days

    def places(self, entry: Entry, stems: Sequence[str]) -> Iterator[tuple[int, int]]:
        """Where these words stand in an entry, one right after the other."""
        hits = list(_TOKEN.finditer(entry.text))
        row = [self.stem(hit.group()) for hit in hits]
        for i in range(len(row) - len(stems) + 1):
            if row[i] == stems[0] and row[i : i + len(stems)] == list(stems):
                yield hits[i].start(), hits[i + len(stems) - 1].end()

    def _read(self, text: str) -> list[str]:
        tokens = _TOKEN.findall(text)
        for token in set(tokens):
            self.stem(token)
        return [self._stems[token] for token in tokens]

    def _known_shares(self) -> dict[str, float]:
        shares: defaultdict[str, float] = defaultdict(float)
        for line in _lines("common_words"):
            word, _, uses = line.partition(" ")
            stem = self.stem(word)
            if stem:
                shares[stem] += int(uses) / 1e6
        return shares


def _case(text: str, start: int, word: str) -> int:
    """1 for a capital in the middle of a sentence, where only names have one, -1 for none, 0 where it says nothing."""
    before = text[max(0, start - 2) : start].rstrip(" ")
    return (1 if word[:1].isupper() else -1) if before[-1:].isalpha() or before[-1:] == "," else 0
