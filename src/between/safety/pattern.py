"""The small language that rules are written in: words, classes of words, choices and short gaps.

=============  ===============================================================
``want to``    these words, in this order
``suicid*``    a word that begins so
``{die}``      a class of words from ``words.toml``
``(a|b c)``    one of these
``x?``         may be missing: a word, a class or a choice
``~``          up to three words in between, in the same sentence; ``~~`` up to eight;
               ``~~~`` up to twenty-five
``#``          a number; ``#year`` a year such as 2019
``^`` ``$``    the sentence begins or ends here
``,``          a comma or the like; ``.`` the end of a sentence (either kind)
=============  ===============================================================

Patterns become ordinary regular expressions without nested repetition, so that a search takes time in
proportion to the text. Each is tried only where a word occurs that it cannot do without.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cached_property

from between.errors import UnreadableRule

_TOKENS = re.compile(r"\{[a-z_]+\}\??|\(|\)\??|\||~{1,3}|[^\s(){}|]+")
_GAPS = {f"{'~' * n}": rf"(?:[^.? ]\S* ){{0,{most}}}" for n, most in ((1, 3), (2, 8), (3, 25))}
# Words that stand nearly everywhere tell little about where to look.
_COMMON = frozenset({
    "a", "about", "all", "am", "an", "and", "any", "are", "as", "at", "be", "because", "been", "but",
    "by", "can", "cannot", "could", "did", "do", "does", "for", "from", "get", "go", "going", "had",
    "has", "have", "he", "her", "him", "his", "how", "i", "if", "in", "is", "it", "just", "know", "like",
    "me", "more", "my", "no", "not", "now", "of", "on", "one", "or", "out", "over", "she", "so", "that",
    "the", "them", "there", "they", "think", "this", "to", "too", "up", "us", "want", "was", "we",
    "were", "what", "when", "will", "with", "would", "you",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a pattern; what a class of words becomes."""

    regex: str
    anchors: frozenset[str]
    """Words of which one must occur; empty when the part may be missing."""


Classes = Mapping[str, Part]


@dataclass(frozen=True)
class Pattern:
    """One pattern, ready to search the plain form of a text."""

    source: str
    regex_source: str = field(repr=False)
    anchors: frozenset[str] = field(repr=False)
    """A text without one of these words (or beginnings, ending in ``*``) cannot match."""

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """Compiled at first use: most patterns never meet a word that calls for them."""
        return re.compile(self.regex_source)


def read(source: str, classes: Classes) -> Pattern:
    """Understand one pattern; raises ``UnreadableRule`` when it is malformed."""
    tokens = _TOKENS.findall(source)
    if "".join(tokens) != "".join(source.split()):
        raise UnreadableRule
    regex, parts, rest = _sequence(tokens, classes)
    needed = [p.anchors for p in parts if p.anchors]
    if rest or not needed:
        raise UnreadableRule
    return Pattern(source, f"(?<= ){regex}", min(needed, key=_cost))


def read_classes(words: Mapping[str, Iterable[str]]) -> dict[str, Part]:
    """Understand classes of words; a class may use those that stand before it."""
    classes: dict[str, Part] = {}
    for name, options in words.items():
        classes[name] = _any_of([_sequence(_TOKENS.findall(option), classes)[:2] for option in options])
    return classes


def _cost(anchors: AbstractSet[str]) -> tuple[int, int]:
    return sum(1 for a in anchors if a in _COMMON), len(anchors)


def _sequence(tokens: list[str], classes: Classes) -> tuple[str, list[Part], list[str]]:
    parts: list[Part] = []
    while tokens and tokens[0] not in ("|", ")", ")?"):
        part, tokens = _part(tokens, classes)
        parts.append(part)
    return "".join(p.regex for p in parts), parts, tokens


def _part(tokens: list[str], classes: Classes) -> tuple[Part, list[str]]:
    head, rest = tokens[0], tokens[1:]
    if head in _GAPS:
        return Part(_GAPS[head], frozenset()), rest
    if head == "(":
        return _choice(rest, classes)
    maybe = head.endswith("?") and len(head) > 1
    bare = head.removesuffix("?") if maybe else head
    if bare.startswith("{"):
        if bare[1:-1] not in classes:
            raise UnreadableRule
        part = classes[bare[1:-1]]
    else:
        part = _word(bare)
    return (_maybe(part) if maybe else part), rest


def _choice(tokens: list[str], classes: Classes) -> tuple[Part, list[str]]:
    options: list[tuple[str, list[Part]]] = []
    while True:
        regex, parts, tokens = _sequence(tokens, classes)
        options.append((regex, parts))
        if not tokens:
            raise UnreadableRule
        closer, tokens = tokens[0], tokens[1:]
        if closer != "|":
            part = _any_of(options)
            return (_maybe(part) if closer == ")?" else part), tokens


def _any_of(options: Iterable[tuple[str, list[Part]]]) -> Part:
    regexes: list[str] = []
    anchors: set[str] = set()
    certain = True
    for regex, parts in options:
        regexes.append(regex)
        needed = [p.anchors for p in parts if p.anchors]
        certain = certain and bool(needed)
        anchors |= min(needed, key=_cost) if needed else frozenset()
    longest_first = sorted(regexes, key=len, reverse=True)
    return Part(f"(?:{'|'.join(longest_first)})", frozenset(anchors) if certain else frozenset())


def _maybe(part: Part) -> Part:
    return Part(f"(?:{part.regex})?", frozenset())


def _word(word: str) -> Part:
    match word:
        case "^":
            return Part(r"(?:(?<=^ )|(?<=[.?] ))", frozenset())
        case "$":
            return Part(r"(?=[.?\"] |$)", frozenset())
        case "#":
            return Part(r"\d\S* ", frozenset())
        case "#year":
            return Part(r"(?:19|20)\d\d ", frozenset())
        case ".":
            return Part(r"[.?] ", frozenset())
        case ",":
            return Part(", ", frozenset())
        case '"':
            return Part('" ', frozenset())
    if not re.fullmatch(r"[a-z0-9]+\*?", word):
        raise UnreadableRule
    if word.endswith("*"):
        return Part(f"{word[:-1]}\\S* ", frozenset({word}))
    return Part(f"{word} ", frozenset({word}))


class Index:
    """Finds, for a text, the patterns that could match it at all."""

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        self._exact: dict[str, list[Pattern]] = {}
        self._begins: dict[str, list[Pattern]] = {}
        for pattern in patterns:
            for anchor in pattern.anchors:
                stem = anchor.removesuffix("*")
                (self._begins if stem != anchor else self._exact).setdefault(stem, []).append(pattern)
        self._lengths = sorted({len(s) for s in self._begins})

    def candidates(self, tokens: Iterable[str]) -> list[Pattern]:
        """Patterns with an anchor among the tokens, each once."""
        found: dict[int, Pattern] = {}
        for token in dict.fromkeys(tokens):
            for pattern in self._exact.get(token, ()):
                found[id(pattern)] = pattern
            for length in self._lengths:
                for pattern in self._begins.get(token[:length], ()):
                    found[id(pattern)] = pattern
        return list(found.values())
