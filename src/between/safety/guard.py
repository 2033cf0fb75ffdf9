"""Stands between a model and the person: passes each sentence on, or says a reviewed line in its place."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache

from pydantic import Field

from between.domain import Tier
from between.errors import UnreadableRule
from between.safety import pattern, reviewed
from between.safety.helplines import registry
from between.safety.lexicon import FOLDER as LEXICON
from between.safety.lexicon import Lexicon
from between.safety.markdown import visible
from between.safety.normalise import Plain
from between.safety.sentences import Sentences

FILE = reviewed.FOLDER / "guard.toml"
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|‘[^’]*’(?!\w)|(?<!\w)'[^']*'(?!\w)|«[^»]*»")
_MARKUP = re.compile(r"[*_~`]+|^[>#]+\s*|<[^>]{0,80}>", re.MULTILINE)
_SPACED = re.compile(r"(?<!\w)(?:[^\W_][ .\-_*|]){3,}[^\W_](?!\w)")
_DIGITS = re.compile(r"(?<![\w.,])\+?\(?\d(?:[\s().\-–—/·•]{0,3}\d){2,18}(?!\w)")
_CALLED = re.compile(
    r"\b(?:call|dial|ring|phone|text|number|line|helpline|hotline|sms|whatsapp)\W{0,4}$",
    re.IGNORECASE,
)
_NOT_PHONE = re.compile(
    r"(?:19|20)\d\d(?:\s?[-–/]\s?(?:(?:19|20)?\d\d))?|\d{1,2}[./-]\d{1,2}[./-](?:19|20)?\d\d|\d{1,2}\s?[-–]\s?\d{1,3}"
)
_NUMBER_WORDS = {"zero": "0", "oh": "0", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6",
                 "seven": "7", "eight": "8", "nine": "9"}  # fmt: skip
_SPOKEN = re.compile(
    rf"\b(?:(?:{'|'.join(_NUMBER_WORDS)})[\s\-,]+){{2,}}(?:{'|'.join(_NUMBER_WORDS)})\b", re.IGNORECASE
)


class GuardRule(reviewed.Strict):
    """One thing a sentence must not say."""

    id: str
    reason: str
    says: str
    when: str = Field(default="always", pattern="^(always|risk)$")
    quoted: bool = False
    ends: bool = False
    patterns: tuple[str, ...] = Field(min_length=1)
    unless: tuple[str, ...] = ()
    match: tuple[str, ...] = Field(min_length=1)
    ignore: tuple[str, ...] = ()


class GuardWords(reviewed.Strict):
    """``guard.toml``."""

    version: str
    words: dict[str, tuple[str, ...]]
    instead: dict[str, tuple[str, ...]]
    rule: tuple[GuardRule, ...]


@dataclass(frozen=True)
class _Ready:
    rule: GuardRule
    says: re.Pattern[str]
    unless: re.Pattern[str] | None


@dataclass(frozen=True)
class _Rules:
    plain: Plain = field(repr=False)
    ready: tuple[_Ready, ...] = field(repr=False)
    instead: dict[str, tuple[str, ...]] = field(repr=False)
    numbers: frozenset[str] = field(repr=False)


@lru_cache(maxsize=1)
def rules() -> _Rules:
    """The guard's rules, read once: they hold nothing of any person."""
    words = reviewed.read(FILE, GuardWords)
    lexicon = Lexicon.load(LEXICON)
    shared = {"f": lexicon.words["f"], "kin": lexicon.words["kin"]}
    classes = pattern.read_classes({**shared, **words.words})
    if {r.reason for r in words.rule} - set(words.instead):
        raise UnreadableRule

    def any_of(lines: Iterable[str]) -> re.Pattern[str] | None:
        sources = [pattern.read(line, classes).regex_source for line in lines]
        return re.compile("|".join(sources)) if sources else None

    ready = tuple(_Ready(r, any_of(r.patterns) or re.compile("(?!)"), any_of(r.unless)) for r in words.rule)
    written = [p for r in words.rule for p in r.patterns] + [w for c in words.words.values() for w in c]
    own = frozenset(w for text in written for w in re.findall("[a-z]{3,}", text))
    plain = replace(lexicon.plain, watch=lexicon.plain.watch | own, known=lexicon.plain.known | own)
    return _Rules(plain, ready, words.instead, registry().numbers())


class Guard:
    """Watches one reply. ``risk`` is true when the person's text or state speaks of danger."""

    def __init__(self, tier: Tier = Tier.NONE, seed: int = 0) -> None:
        self._rules = rules()
        self._risk = tier >= Tier.PASSIVE
        self._seed = seed
        self._held: list[str] = []
        self._stopped = False

    @property
    def held_back(self) -> tuple[str, ...]:
        """Reasons for which sentences were replaced so far, each once, in order."""
        return tuple(dict.fromkeys(self._held))

    def pass_on(self, pieces: Iterable[str]) -> Iterator[str]:
        """The reply, sentence by sentence, with reviewed lines in place of what must not be said."""
        source = iter(pieces)
        sentences = Sentences()
        try:
            for piece in source:
                for cut in sentences.add(piece):
                    yield from self._one(*cut)
                    if self._stopped:
                        return
            for cut in sentences.rest():
                yield from self._one(*cut)
        finally:
            close = getattr(source, "close", None)
            if close is not None:
                close()

    def check(self, sentence: str, before: str = "") -> tuple[str, ...]:
        """Reasons against a sentence, none when it may pass; ``before`` is the unfinished text ahead of it."""
        whole = visible(html.unescape(before + sentence)).replace("\u200d", "")
        bare = _MARKUP.sub("", whole)
        found = ["number"] if self._strange_number(bare) else []
        forms = {quoted: self._forms(bare if quoted else _QUOTED.sub(" ", bare)) for quoted in (True, False)}
        for ready in self._rules.ready:
            rule = ready.rule
            if rule.when == "risk" and not self._risk:
                continue
            for form in forms[rule.quoted]:
                if ready.says.search(form) and not (ready.unless and ready.unless.search(form)):
                    found.append(rule.reason)
                    self._stopped = self._stopped or rule.ends
                    break
        return tuple(dict.fromkeys(found))

    def _one(self, sentence: str, before: str) -> Iterator[str]:
        reasons = self.check(sentence, before)
        if not reasons:
            yield sentence
            return
        first = reasons[0]
        said_before = first in self._held
        self._held.extend(reasons)
        if said_before:
            return
        options = self._rules.instead[first]
        tail = sentence[len(sentence.rstrip()) :] or " "
        lead = sentence[: len(sentence) - len(sentence.lstrip())]
        yield lead + options[self._seed % len(options)] + tail

    def _forms(self, text: str) -> tuple[str, ...]:
        """The sentence as it reads, and with letters that are set apart joined."""
        joined = _SPACED.sub(lambda m: re.sub(r"[ .\-_*|]", "", m[0]), text)
        plain = self._rules.plain(text)
        return (plain,) if joined == text else (plain, self._rules.plain(joined))

    def _strange_number(self, text: str) -> bool:
        spoken = _SPOKEN.sub(
            lambda m: "".join(_NUMBER_WORDS[w] for w in re.findall("[a-z]+", m[0].lower())), text
        )
        for match in _DIGITS.finditer(spoken):
            printed = match[0].strip()
            digits = re.sub(r"\D", "", printed)
            known = digits in self._rules.numbers or any(
                digits.endswith(n.lstrip("0")) and len(n) > 6 for n in self._rules.numbers
            )
            if known or (_NOT_PHONE.fullmatch(printed) and not _CALLED.search(spoken[: match.start()])):
                continue
            if len(digits) >= 5 or _CALLED.search(spoken[: match.start()]):
                return True
        return False
