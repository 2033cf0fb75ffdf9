"""Counts what a reply does, whoever wrote it: for the tests, the yardsticks and the study pages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from between.companion.phrases import Phrases
from between.companion.tokens import content_stems, plain, sentences, unquoted, words
from between.domain import Role, Turn

MOST_WORDS = 90
_OPEN = re.compile(r"\b(?:what|what's|how|how's|which|who|who's|whose|whom|where|when|why)\b", re.IGNORECASE)
_LIST = re.compile(r"^\s*(?:[-*•–]|\d+[.)]|[a-z]\))\s+", re.MULTILINE)
_QUOTE = re.compile(r"“([^”]+)”")
_FEW = 2
"""Content words below which a text is judged together with what came before it."""


@dataclass(frozen=True, slots=True)
class Checks:
    """What stands in one reply."""

    words: int
    open_questions: int
    closed_questions: int
    reflection: bool
    """It gives something of the person's words back: quoted, or said to them."""
    reuse: bool
    """A word that carries meaning comes from the person."""
    banned: tuple[str, ...]
    """Phrases that no reply may hold, as found."""
    lists: bool
    advice: bool
    """It tells the person what to do."""
    opener: str
    """Its first three words."""

    @property
    def questions(self) -> int:
        """Questions of either sort."""
        return self.open_questions + self.closed_questions


@cache
def _phrases() -> Phrases:
    return Phrases()


def check(reply: str, turn: Turn) -> Checks:
    """What stands in a reply to a turn."""
    own = unquoted(reply)
    low = plain(own)
    asked = [sentence for sentence in sentences(own) if sentence.rstrip(" ”’)").endswith("?")]
    open_ones = [sentence for sentence in asked if _OPEN.search(sentence)]
    theirs = _theirs(turn)
    shared = bool(content_stems(reply) & content_stems(theirs))
    quoted = any(_squeezed(piece) in _squeezed(theirs) for piece in _QUOTE.findall(reply))
    return Checks(
        words=len(words(reply)),
        open_questions=len(open_ones),
        closed_questions=len(asked) - len(open_ones),
        reflection=quoted or (shared and bool(re.search(r"\byou(?:r|'re|'ve|'d)?\b", low))),
        reuse=shared,
        banned=tuple(m[0] for rule in _phrases().patterns("never.phrases") if (m := rule.search(low))),
        lists=bool(_LIST.search(reply)),
        advice=any(rule.search(low) for rule in _phrases().patterns("never.advice")),
        opener=" ".join(words(reply.lower())[:3]),
    )


def _squeezed(text: str) -> str:
    return plain(text).rstrip(" .…")


def _theirs(turn: Turn) -> str:
    """What the person wrote, with what came before when it is very short, and the passages recalled."""
    said = [message.text for message in turn.history if message.role is Role.PERSON]
    lately = said[-4:] if len(content_stems(turn.text)) < _FEW else []
    return " ".join([*lately, turn.text, *(passage.text for passage in turn.recalled)])
