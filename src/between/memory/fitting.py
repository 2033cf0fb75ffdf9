"""Whether a passage truly fits what is being said, and why: what keeps recall silent in small talk."""

from __future__ import annotations

import calendar
import math
import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from between.domain import Entry, ItemId, Message
from between.memory import dates
from between.memory.ports import Source
from between.memory.recall import Passage, Question
from between.memory.words import telling, tokens

MOST = 3
"""Passages that come back in a conversation."""
JUST_NOW = timedelta(minutes=10)
"""What was written less than this ago is not brought back as a memory."""

SHORT = 4
"""A piece with fewer telling words says too little to be brought back."""

NARROW = 8
"""Days: somebody who asks about one day or week wants to see what was written then."""

# Fitted by logistic regression on lines written for it and on questions of a public set, then rounded.
LIFT, NAME = 7.0, 0.5
NEEDED = {"past": 1.2, "own": 1.6, "other": 2.6}

_QUESTION = re.compile(
    r"\?|^\W*(?:what|when|where|who|how|why|which|did|do|does|have|had|was|were|is|are|remind)\b",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(?:remember|recall|remind me|last time|first time|how often|what happened|used to|ever"
    r"|(?:did|have|had|was|were) (?:i|we|my|our|you|there|it|she|he|they)"
    r"|(?:i|we|you) (?:once|wrote|said|told|mentioned|shared|talked)|when (?:did|was|were|have))\b",
    re.IGNORECASE,
)
_OF_A_LIFE = re.compile(r"\b(?:i|me|my|mine|we|us|our|was|were|did|had|went|felt)\b", re.IGNORECASE)
_OF_THE_COMPANION = re.compile(
    r"^\W*(?:do|are|can|could|will|would) you\b(?! (?:remember|recall))", re.IGNORECASE
)
_PRACTICAL = re.compile(
    r"\b(?:can|could|should|shall|may|will|would|must) (?:i|we)\b|\bhow (?:do|does) (?:i|we|you|this|it)\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?<![\w'’])[A-Z][a-zà-ÿ]+(?![\w])")
_CALENDAR = frozenset((*calendar.day_name, *calendar.month_name))
_INSIDE_NAME = re.compile(r"(?<=[\w,;:’'] )[A-Z][a-zà-ÿ]+(?![\w])")  # not merely the first word of a sentence


@dataclass(frozen=True, slots=True)
class Asked:
    """One turn of a conversation as recall reads it."""

    question: Question
    about: tuple[str, ...] = field(repr=False)
    """Its telling words."""
    kind: str
    """``past``: about what was; ``own``: another question about a life; ``other``: all else."""


def read(text: str, at: datetime, barred: frozenset[ItemId] = frozenset()) -> Asked | None:
    """What to look for; ``None`` when the text holds nothing that could be looked for."""
    named = dates.period(text, at)
    kind = _kind(text)
    rest = dates.without(text, named)
    about = tuple(telling(rest))
    if kind == "past" and named is not None:
        return Asked(Question(rest, " ".join(about), named, True, barred), about, kind)
    if not about or (kind == "other" and len(about) < 2):
        return None
    return Asked(Question(rest, " ".join(about), None, False, barred), about, kind)


def _kind(text: str) -> str:
    if not _QUESTION.search(text) or _OF_THE_COMPANION.search(text):
        return "other"
    if _PAST.search(text):
        return "past"
    return "own" if _OF_A_LIFE.search(text) and not _PRACTICAL.search(text) else "other"


def fits(passage: Passage, asked: Asked) -> bool:
    """Whether words and meaning together say enough for what was asked."""
    if len(telling(passage.text)) < SHORT:
        return False
    period = asked.question.period
    if period is not None and (not asked.about or (period.end - period.start).days < NARROW):
        return True
    return evidence(passage, asked.question.text) >= NEEDED[asked.kind]


def evidence(passage: Passage, question: str) -> float:
    """How much speaks for a passage, absolute: comparable between questions."""
    name = NAME if _names(question, passage.text) else 0.0
    return LIFT * passage.one.lift + math.log1p(passage.one.words) + name


def _names(text: str, piece: str) -> list[str]:
    """Names that stand in both: written large, and in one of the two not merely as the first word."""
    said, there = _NAME.findall(text), set(_NAME.findall(piece))
    inside = {*_INSIDE_NAME.findall(text), *_INSIDE_NAME.findall(piece)} - _CALENDAR
    return [name for name in dict.fromkeys(said) if name in there & inside and telling(name)]


def just_said(record: Source, text: str, at: datetime) -> bool:
    """Whether it is what the person says right now, or said a moment ago."""
    if tokens(record.text) == tokens(text):
        return True
    written = (record.written_at or record.at) if isinstance(record, Entry) else record.at
    from_here = isinstance(record, Message) or record.source == "conversation"
    return from_here and at - JUST_NOW < written


def why(passage: Passage, question: Question) -> str:
    """A key of the wording and its detail: ``person:Maya``, ``words:sister, birthday``, ``date:March 2026``,
    ``meaning:``."""
    names = _names(question.text, passage.text)
    if names:
        return f"person:{', '.join(names[:2])}"
    if passage.shared:
        return f"words:{', '.join(passage.shared[:3])}"
    if question.period is not None and passage.one.closeness == 1:
        day, long = passage.record.at, (question.period.end - question.period.start).days > 2 * NARROW
        return f"date:{day:%B %Y}" if long else f"date:{day.day} {day:%B %Y}"
    return "meaning:"
