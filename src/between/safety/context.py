"""What stands around a phrase and changes its meaning: denial, another person, a story, the past, a laugh."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum, auto

from between.safety.lexicon import Lexicon, Rule
from between.safety.normalise import ENDS

_CLAUSE = frozenset(
    {",", ".", "?", '"', "but", "and", "so", "because", "if", "that", "then", "or", "while", "though"}
)
_DENIAL_REACH = 4
_SUBJECT_REACH = 7
_WHOSE = frozenset({"my", "his", "her", "our", "their", "the", "a"})
_FAR_YOU = frozenset({"you", "your"})
_OWN = frozenset({"i", "my", "me", "myself"})


class Sense(Enum):
    """How a phrase is meant."""

    STANDS = auto()
    SOFTENED = auto()
    DENIED = auto()
    AMBIVALENT = auto()
    OTHER = auto()
    FICTION = auto()
    PAST = auto()
    RETURNED = auto()
    JOKE = auto()
    HYPERBOLE = auto()


@dataclass(frozen=True)
class Passage:
    """A stretch of the plain form, a few sentences long."""

    text: str = field(repr=False)
    tokens: tuple[str, ...] = field(repr=False)
    starts: tuple[int, ...] = field(repr=False)

    @classmethod
    def of(cls, tokens: tuple[str, ...]) -> Passage:
        """Lay the tokens out with one space around each."""
        starts, at = [], 1
        for token in tokens:
            starts.append(at)
            at += len(token) + 1
        return cls(f" {' '.join(tokens)} ", tokens, tuple(starts))

    def at(self, offset: int) -> int:
        """The token that stands at a place in the text."""
        return bisect_right(self.starts, offset) - 1

    def sentence(self, first: int, last: int) -> tuple[int, int]:
        """Where the sentence around some tokens begins, and where it ends (not included)."""
        while first > 0 and self.tokens[first - 1] not in ENDS:
            first -= 1
        while last < len(self.tokens) and self.tokens[last] not in ENDS:
            last += 1
        return first, min(last + 1, len(self.tokens))

    def between(self, first: int, last: int) -> str:
        """The plain form of some tokens."""
        return f" {' '.join(self.tokens[max(first, 0) : last])} "


def passages(plain: str, longest: int = 320) -> Iterator[Passage]:
    """Cut a plain text at sentence ends into stretches that are cheap to look at."""
    tokens = plain.split()
    while tokens:
        cut = len(tokens)
        if cut > longest:
            cut = next((n + 1 for n in range(longest - 1, longest // 2, -1) if tokens[n] in ENDS), longest)
        yield Passage.of(tuple(tokens[:cut]))
        tokens = tokens[cut:] if cut == len(tokens) or tokens[cut - 1] in ENDS else tokens[cut - 12 :]


@dataclass(frozen=True)
class Surroundings:
    """Judges phrases by the context groups of the lexicon."""

    lexicon: Lexicon = field(repr=False)

    def sense(self, rule: Rule, passage: Passage, first: int, last: int) -> Sense:
        """How the tokens from ``first`` to before ``last`` are meant, as far as words around them tell."""
        low, high = passage.sentence(first, last)
        sentence = passage.between(low, high)
        quoted = passage.tokens[:first].count('"') % 2 == 1
        if "negation" not in rule.keeps and (
            self._denied(passage, first, last) or self._has("asked_and_denied", sentence)
        ):
            return Sense.AMBIVALENT if self._has("ambivalent", sentence) else Sense.DENIED
        if "laughing" not in rule.keeps and self._has("trivial_if", sentence):
            return Sense.HYPERBOLE
        if "other" not in rule.keeps and self._other(passage, first, last, quoted):
            return Sense.OTHER
        if "fiction" not in rule.keeps and self._fiction(passage, sentence, quoted):
            return Sense.FICTION
        if "past" not in rule.keeps and self._has("past", sentence):
            back = self._has("returning", passage.between(low - 25, high + 25))
            return Sense.RETURNED if back and not self._has("over", passage.text) else Sense.PAST
        if (
            "laughing" not in rule.keeps
            and self._has("laughing", sentence)
            and not self._has("not_laughing", passage.text)
        ):
            return Sense.JOKE
        if "softened" not in rule.keeps and self._has("softened", passage.between(first - 12, high + 14)):
            return Sense.SOFTENED
        return Sense.STANDS

    def _has(self, group: str, text: str) -> bool:
        return self.lexicon.groups[group].search(text) is not None

    def _denied(self, passage: Passage, first: int, last: int) -> bool:
        negations = self.lexicon.lists["negation"]
        for n in range(first - 1, max(first - 1 - _DENIAL_REACH, -1), -1):
            token = passage.tokens[n]
            if token in _CLAUSE:
                return False
            if token in negations:
                return not self._excused(passage, n, last)
        return False

    def _excused(self, passage: Passage, n: int, last: int) -> bool:
        """Whether the negation at ``n`` belongs to a turn of phrase that denies nothing."""
        around = passage.between(n - 2, last + 2)
        place = len(passage.between(n - 2, n)) if n > 0 else 1
        return any(m.start() <= place < m.end() for m in self.lexicon.groups["not_negation"].finditer(around))

    def _other(self, passage: Passage, first: int, last: int, quoted: bool) -> bool:
        tokens, others, says = passage.tokens, self.lexicon.lists["subject_other"], self.lexicon.lists["says"]
        if quoted:
            opening = max(n for n in range(first) if tokens[n] == '"')
            lead = tokens[max(opening - 6, 0) : opening]
            if any(t in says for t in lead) and not any(t in ("i", "we") for t in lead):
                return True
        if _OWN.intersection(tokens[first:last]):
            return False
        for n in range(first - 1, max(first - 1 - _SUBJECT_REACH, -1), -1):
            token = tokens[n]
            if token in _CLAUSE:
                return False
            if token in ("i", "we"):
                return False
            if token in _FAR_YOU and first - n > 2:
                continue
            if token in others or (n > 0 and tokens[n - 1] in _WHOSE and token in self.lexicon.kin):
                return True
        return False

    def _fiction(self, passage: Passage, sentence: str, quoted: bool) -> bool:
        if self._has("fiction", sentence) or self._has("game", passage.text):
            return True
        return quoted and self._has("fiction", passage.text)


def hide_idioms(passage: Passage, lexicon: Lexicon) -> Passage:
    """The passage with the words of idioms made silent, so that no rule reads them."""
    hidden: set[int] = set()
    for pattern in lexicon.idioms.candidates(passage.tokens):
        for match in pattern.regex.finditer(passage.text):
            hidden.update(
                range(passage.at(match.start()), passage.at(max(match.start(), match.end() - 2)) + 1)
            )
    if not hidden:
        return passage
    return Passage.of(
        tuple("_" if n in hidden and t not in ENDS else t for n, t in enumerate(passage.tokens))
    )
