"""Finds what can be given back of a person's words: exact short pieces, and sentences turned from "I" to "you".

A piece is always an exact part of the text. Never given back are words of death, a harsh name for oneself
(that is handed back as a thought, see ``label``), or a line that only asks the companion for something.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from between.companion.harsh import Harsh
from between.companion.phrases import Phrases
from between.companion.tokens import content_words, plain, sentences, words
from between.companion.turning import Turning

_SPLIT = re.compile(
    r"\s*[,;:]\s+|\s+[—–-]+\s+|\.{2,}\s*|…\s*"
    r"|\s+(?=(?:but|because|although|though|while|when|until|since|yet|cos|cause)\b)"
    r"|\s+(?=(?:and|so|or) (?!that\b)(?:i|i'm|i’m|he|she|they|we|it|it's|it’s|then|now|my|the|that|this|there|nobody|no one"
    r"|everyone|everybody|people|not|never|nothing|suddenly|im)\b)",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"(?:[\s.,;:!?…\-–—)*]|\b(?:lol|tbh|haha|or something|you know|i guess|i think|i suppose|btw|tho)\b)+$",
    re.IGNORECASE,
)
_HANGING = re.compile(
    r"\b(?:the|a|an|of|to|and|or|my|your|his|her|their|our|that|who|which|whose|than|with|for|because|so|but|if|as"
    r"|at|in|on|by|from|about|into|is|was|are|were|be|been|very|too|i|we|he|she|they|when|where|how|what|why|not)$",
    re.IGNORECASE,
)
_LOOSE = re.compile(
    r"^(?:so that|who|which|whose|whom|of|to|than|by|from|including|until|for|with|as|yet|or|nor|where|when|that)\b",
    re.IGNORECASE,
)
_SECOND = re.compile(r"\b(?:you|your|you're|yours|yourself|u|ur)\b")
_OPENED_BY_I = re.compile(r"^(?:i|i'm|i've|i'd|i'll|my)\b")
_FAMILY = re.compile(r"\bmy (?:mum|mom|dad|mother|father|sister|brother|son|daughter|boss)\b")
_BEFORE_LABEL = re.compile(
    r"^(?:maybe|perhaps|i (?:just )?(?:think|guess|know|feel)(?: that| like)?|so|then|just)\s+(?=i\b|i'm|im\b|i’m)",
    re.I,
)
_ASKED_OF_US = re.compile(
    r"^(?:and |so )?(?:do|don't|would|could) you (?:really |honestly )?(?:think|say|agree|believe)(?: that)? ",
    re.I,
)
_UNDER = re.compile(r"(?:while|when|until|since|because|although|though|cos|cause)\b", re.IGNORECASE)
_BIOGRAPHY = re.compile(r"^(?:i'm|i am|im|my name is) (?:from|an?|\w+ years|\d+|living)\b")
_UNQUOTABLE = re.compile(r"[“”\"{}<>@]|http|(?:^|\s)'")
LONGEST_ECHO = 24
"""Words of a sentence that is echoed and not quoted."""
SHORTEST, LONGEST = 2, 14
"""Words of a piece; a whole sentence may have two more."""


@dataclass(frozen=True, slots=True)
class Piece:
    """An exact part of a text."""

    text: str = field(repr=False)
    score: float
    sentence: int
    turned: str = field(default="", repr=False)
    """The same said to the person; empty where that might go wrong."""
    after_but: bool = False
    asked: bool = False
    """It stands in a question."""


@dataclass(frozen=True, slots=True)
class _Span:
    """A stretch of a sentence, and where it stands."""

    text: str = field(repr=False)
    trimmed: str = field(repr=False)
    whole: bool
    place: int
    last: bool
    asked: bool


class Mirror:
    """Finds pieces by the rules in ``prompts/guide/lexicon.toml`` and ``requests.toml``."""

    def __init__(self, phrases: Phrases) -> None:
        self.harsh = Harsh(phrases)
        self._turning = Turning(phrases, self.harsh)
        fillers = sorted(phrases.words("fillers.words"), key=len, reverse=True)
        paused = sorted(phrases.words("fillers.before_comma"), key=len, reverse=True)
        always, before_comma = ("|".join(map(re.escape, group)) for group in (fillers, paused))
        self._fillers = re.compile(
            rf"^(?:(?:{always})\b[\s,.!:;-]*|(?:{before_comma})\s*[,.!:;…-]+\s*)+", re.IGNORECASE
        )
        self._weight = phrases.words("weight.words") | phrases.words("feelings.words")
        self._coarse = phrases.words("coarse.parts")
        self._requests = phrases.patterns("requests.request")

    def label(self, text: str) -> str:
        """A sentence in which the person calls themselves something harsh; empty for none."""
        for sentence in sentences(text):
            for part in _SPLIT.split(sentence):
                piece = _BEFORE_LABEL.sub("", self._trimmed(part))
                short = len(words(piece)) <= LONGEST
                if short and self.harsh.is_label(plain(piece)) and not self.harsh.grave(piece):
                    return piece
        return ""

    def may_stand(self, text: str) -> bool:
        """Whether a text may be quoted as it is: nothing grave, no harsh name, no quotation inside."""
        return bool(text) and not (self.harsh.grave(text) or self.label(text) or _UNQUOTABLE.search(text))

    def echo(self, sentence: str) -> str:
        """A sentence said to the person, also one that is too long to quote; or empty."""
        piece = self._trimmed(sentence)
        fits = SHORTEST < len(words(piece)) <= LONGEST_ECHO and not sentence.rstrip().endswith("?")
        if not fits or self.harsh.grave(piece) or self.label(piece):
            return ""
        return self._turning.of_self(piece) or self._turning.of_anybody(piece)

    def pieces(self, text: str) -> list[Piece]:
        """Pieces worth giving back, the best first; none of them grave or a harsh name."""
        found: dict[str, Piece] = {}
        for span in self._spans(text):
            made = self._piece(span)
            if made and made.text.lower() not in found:
                found[made.text.lower()] = made
        if not found:
            return self._cut(text)
        return sorted(found.values(), key=lambda piece: -piece.score)

    def _spans(self, text: str) -> list[_Span]:
        """Each sentence, and its parts where they can be taken on their own."""
        cut = sentences(text)
        found: list[_Span] = []
        for place, sentence in enumerate(cut):
            last, asked = place == len(cut) - 1, sentence.rstrip().endswith("?")
            found.append(_Span(sentence, self._trimmed(sentence), True, place, last, asked))
            parts = [] if self._turning.not_said(sentence) else _SPLIT.split(sentence)
            parts = [part for part in parts if part.strip()]
            if len(parts) > 1:
                found += [_Span(part, self._trimmed(part), False, place, last, asked) for part in parts]
        return found

    def _trimmed(self, span: str) -> str:
        bare = self._fillers.sub("", span.strip(" \t\"'*-–—•()"))
        return _TAIL.sub("", _ASKED_OF_US.sub("", bare)).strip()

    def _piece(self, span: _Span) -> Piece | None:
        if not self._quotable(span):
            return None
        start = span.text.strip().lower()
        under = not span.whole and bool(_UNDER.match(start))
        after_but = not span.whole and start.startswith("but ")
        score = self._score(span) + (1.0 if after_but else 0.0) - (1.5 if under else 0.0)
        turned = "" if span.asked or under else self._turning.of_self(span.trimmed)
        return Piece(span.trimmed, score, span.place, turned, after_but, span.asked)

    def _quotable(self, span: _Span) -> bool:
        piece = span.trimmed
        count, low = len(words(piece)), plain(piece)
        if not SHORTEST + (not span.whole) <= count <= LONGEST + 2 * span.whole or _UNQUOTABLE.search(piece):
            return False
        if not content_words(piece) and not (span.whole and count >= 3):
            return False
        if self.harsh.grave(piece) or self.label(piece) or low.startswith(("you ", "you're ", "your ")):
            return False
        if not span.whole and (_HANGING.search(low) or _LOOSE.match(low)):
            return False
        return not any(pattern.search(low) for pattern in self._requests)

    def _score(self, span: _Span) -> float:
        """How much a piece seems to carry: heavy words, the person themselves, the end of the text."""
        low = plain(span.trimmed)
        found = low.split()
        score = 1.3 * min(3, len(self._weight & {word.strip(".,!'") for word in found}))
        score += 1.0 if _OPENED_BY_I.match(low) and not _BIOGRAPHY.match(low) else 0.0
        score += (0.7 if span.whole else 0.0) + (0.6 if span.last else 0.0)
        score += (0.5 if _FAMILY.search(low) else 0.0) + 0.25 * min(4, len(content_words(low)))
        score -= 0.3 * max(0, len(found) - 8) + (1.5 if span.asked else 0.0)
        score -= (1.5 if self.harsh.calls_names(low) else 0.0) + (1.0 if _SECOND.search(low) else 0.0)
        score -= (2.0 if any(part in low for part in self._coarse) else 0.0) + (
            1.5 if " but " in low else 0.0
        )
        return score

    def _cut(self, text: str) -> list[Piece]:
        """The beginning of a long sentence, when nothing shorter can be had."""
        for place, sentence in enumerate(sentences(text)):
            begun = self._trimmed(sentence).split()[:LONGEST]
            while len(begun) >= 4 and _HANGING.search(plain(" ".join(begun))):
                begun.pop()
            start = " ".join(begun)
            span = _Span(sentence, start, False, place, False, sentence.rstrip().endswith("?"))
            if len(begun) >= 4 and self._quotable(span) and not self._turning.not_said(sentence):
                return [Piece(f"{start} …", 0.0, place, asked=span.asked)]
        return []
