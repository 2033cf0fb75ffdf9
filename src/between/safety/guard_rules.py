"""What a model's sentence must not say, as a clinician can review it in ``prompts/safety/guard.toml``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache

from pydantic import Field

from between.errors import UnreadableRule
from between.safety import pattern, reviewed
from between.safety.disguise import Reader
from between.safety.helplines import registry
from between.safety.language import Language
from between.safety.lexicon import FOLDER as LEXICON
from between.safety.lexicon import Lexicon
from between.safety.pattern import Index, Pattern

FILE = reviewed.FOLDER / "guard.toml"
RISK = "risk"
SAID = "said"
ALWAYS = "always"
_SHARED_CLASSES = ("f", "kin")
# Where a thought ends within a sentence: what excuses one part of it does not excuse the next.
_CLAUSE = re.compile(
    r"[.?] |, (?=(?:and|but|so|yet|then|because|which|since|though|or|i|it|this|that|these|those|you|he|she|they|we|just"
    r"|take|stop|please|here|there|in fact|honestly|actually|also) )| but | and (?=(?:that|this|it) (?:means|is|was) )| so (?=(?:you|just|stop|take|try|please) )"
)


class GuardRule(reviewed.Strict):
    """One thing a sentence must not say."""

    id: str
    reason: str
    says: str
    when: str = ALWAYS
    """``always``, ``risk`` (danger in the person's words, their state or the reply), ``said`` (their words are known) or
    a context of this file."""
    quoted: bool = False
    """Also inside quotation marks."""
    told: str = Field(default="yes", pattern="^(yes|no|said)$")
    """Whether “you wrote that …” excuses it; ``said``: only what the person did write."""
    unsaid: bool = False
    """Only words that the person did not use themselves."""
    lacking: bool = False
    """Broken by a whole sentence in which none of the patterns occurs, instead of by one in which one does."""
    otherwise: bool = False
    """A net under the other rules: counts only where none of them is broken."""
    ends: bool = False
    """The rest of the reply is dropped."""
    across: bool = False
    """Also over the end of a sentence, for what is told in pieces."""
    patterns: tuple[str, ...] = Field(min_length=1)
    unless: tuple[str, ...] = ()
    """What in the same clause excuses a find."""
    beside: tuple[str, ...] = ()
    """What excuses a find only where it touches it."""
    match: tuple[str, ...] = Field(min_length=1)
    ignore: tuple[str, ...] = ()


class GuardWords(reviewed.Strict):
    """``guard.toml``."""

    version: str
    told: tuple[str, ...]
    words: dict[str, tuple[str, ...]]
    context: dict[str, tuple[str, ...]]
    """What the person's words, or the reply so far, may speak of."""
    instead: dict[str, tuple[str, ...]]
    rule: tuple[GuardRule, ...]


@dataclass(frozen=True)
class Ready:
    """A rule, ready to be tried."""

    rule: GuardRule
    unless: re.Pattern[str] = field(repr=False)
    beside: re.Pattern[str] = field(repr=False)
    told: re.Pattern[str] = field(repr=False)

    def excused(self, form: str, found: re.Match[str], said: frozenset[str]) -> bool:
        """Whether the words around a find turn it into something else."""
        start, end = _clause(form, found)
        if self.unless.search(form, start, end):
            return True
        if any(_touches(one, found) for one in self.beside.finditer(form, start, end)):
            return True
        if self.rule.unsaid and said and _is_said(found[0], said):
            return True
        if self.rule.told == "no" or not self.told.search(form, start, found.end()):
            return False
        return self.rule.told == "yes" or not said or _is_said(found[0], said)


@dataclass(frozen=True)
class Rules:
    """All of the file; holds nothing of any person."""

    reader: Reader = field(repr=False)
    little: frozenset[str] = field(repr=False)
    index: Index = field(repr=False)
    owner: dict[int, Ready] = field(repr=False)
    """By the identity of a pattern."""
    asked: tuple[tuple[Ready, re.Pattern[str]], ...] = field(repr=False)
    """Rules that want one of their patterns in each sentence."""
    contexts: dict[str, tuple[Pattern, ...]] = field(repr=False)
    places: dict[str, int] = field(repr=False)
    """Where each rule stands in the file: the first that is broken chooses the words."""
    instead: dict[str, tuple[str, ...]] = field(repr=False)
    numbers: frozenset[str] = field(repr=False)

    def broken(
        self, form: str, when: frozenset[str], said: frozenset[str], since: int = 0, reviewed: bool = False
    ) -> list[GuardRule]:
        """Rules that a plain form breaks, each once.

        ``since``: finds must end after it. ``reviewed``: what only danger or a topic switches on counts where the
        person said it.
        """
        found: dict[str, GuardRule] = {}
        for one in self.index.candidates(form.split()):
            ready = self.owner[id(one)]
            if ready.rule.when not in when or ready.rule.id in found or (since and not ready.rule.across):
                continue
            for match in one.regex.finditer(form):
                theirs = not reviewed or ready.rule.when == ALWAYS or _is_theirs(match[0], said)
                if match.end() > since and theirs and not ready.excused(form, match, said):
                    found[ready.rule.id] = ready.rule
                    break
        return list(found.values())

    def lacks(self, form: str, when: frozenset[str]) -> list[GuardRule]:
        """Rules that a plain form breaks because it says nothing of what they ask for."""
        return [
            ready.rule
            for ready, asked in self.asked
            if ready.rule.when in when and not asked.search(form) and not ready.told.search(form)
        ]

    def speaks_of(self, context: str, form: str) -> bool:
        """Whether a plain form touches one of the contexts."""
        return any(one.regex.search(form) for one in self.contexts[context])


@lru_cache(maxsize=1)
def rules() -> Rules:
    """The guard's rules, read once."""
    words = reviewed.read(FILE, GuardWords)
    lexicon = Lexicon.load(LEXICON)
    shared = {name: lexicon.words[name] for name in _SHARED_CLASSES}
    classes = pattern.read_classes({**shared, **words.words})
    if {r.reason for r in words.rule} - set(words.instead):
        raise UnreadableRule
    if {r.when for r in words.rule} - {ALWAYS, RISK, SAID, *words.context}:
        raise UnreadableRule

    def read(lines: Iterable[str]) -> tuple[Pattern, ...]:
        return tuple(pattern.read(line, classes) for line in lines)

    def any_of(lines: Iterable[str]) -> re.Pattern[str]:
        return re.compile("|".join(one.regex_source for one in read(lines)) or "(?!)")

    told = any_of(words.told)
    owner: dict[int, Ready] = {}
    patterns: list[Pattern] = []
    asked: list[tuple[Ready, re.Pattern[str]]] = []
    for rule in words.rule:
        ready = Ready(rule, any_of(rule.unless), any_of(rule.beside), told)
        if rule.lacking:
            asked.append((ready, any_of(rule.patterns)))
            continue
        for one in read(rule.patterns):
            owner[id(one)] = ready
            patterns.append(one)
    places = {rule.id: place for place, rule in enumerate(words.rule)}
    own = _own_words(words)
    plain = replace(lexicon.plain, watch=lexicon.plain.watch | own, known=lexicon.plain.known | own)
    little = Language.load().english
    reader = Reader(plain, own, little | lexicon.plain.known)
    contexts = {name: read(lines) for name, lines in words.context.items()}
    return Rules(
        reader,
        little,
        Index(patterns),
        owner,
        tuple(asked),
        contexts,
        places,
        words.instead,
        registry().numbers(),
    )


def _own_words(words: GuardWords) -> frozenset[str]:
    written = [p for r in words.rule for p in r.patterns] + [w for c in words.words.values() for w in c]
    return frozenset(w for text in written for w in re.findall("[a-z]{3,}", text))


def _clause(form: str, found: re.Match[str]) -> tuple[int, int]:
    start, end = 0, len(form)
    for edge in _CLAUSE.finditer(form):
        if edge.end() <= found.start():
            start = edge.end() - 1  # the space in front of the first word
        elif edge.start() >= found.end() - 1:
            end = edge.end()
            break
    return start, end


def _touches(one: re.Match[str], other: re.Match[str]) -> bool:
    return one.start() < other.end() and other.start() < one.end()


def _is_said(found: str, said: frozenset[str]) -> bool:
    """Whether each weighty word of a find stands in the person's own texts, in some form of it."""
    weighty = [w[:5] for w in found.split() if len(w) > 3 or w.isdigit()]
    return bool(weighty) and all(any(s.startswith(w) for s in said) for w in weighty)


def _is_theirs(found: str, said: frozenset[str]) -> bool:
    """Whether every word of a find that is longer than two letters is the person's own, turned to them or not."""
    words = [w[:5] for w in found.split() if len(w) > 2 and w not in ("you", "your")]
    return bool(words) and all(any(s.startswith(w) for s in said) for w in words)
