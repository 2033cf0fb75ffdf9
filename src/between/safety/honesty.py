"""When to say again that this is an AI, and in which reviewed words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from between.safety.farewell import fresh
from between.safety.reviewed import disclosure

STORY = 40
"""Words from which the question comes with a story, and the answer says that the story is kept."""

_KIND = (
    r"(?:real|human|alive|conscious|sentient|self[- ]?aware|aware|awake|living|chatgpt|gpt|ai|imaginary"
    r"|an?\s+(?:\w+\s+)?(?:person|human(?:\s+being)?|bot|chatbot|robot|machine|man|woman|therapist|doctor|program|computer"
    r"|software|algorithm|ai|llm|language\s+model)|software|code|somebody|someone|made\s+of\s+code)"
)
_YOU = r"(?:you|u|ya)"
_REALLY = r"(?:\s+(?:really|actually|even|just|only|truly|a\s+bit|like|ever|still|not|also|secretly|maybe))*"
_ASKS = re.compile(
    rf"\b(?:(?:are|r|aren['’]?t|were)\s+{_YOU}{_REALLY}\s+{_KIND}\b"
    r"|(?:is|isn['’]?t)\s+(?:this|there|that|it)(?:\s+\w+){0,3}?\s+(?:real\s+person|human|bot|chatbot|an?\s+ai"
    r"|person\s+(?:there|behind|reading|answering|writing)|(?:someone|somebody|anyone|anybody)\s+(?:\w+\s+)?(?:there|reading|real"
    r"|behind|answering))"
    r"|is\s+(?:any|some)(?:one|body)\s+(?:\w+\s+)?(?:there|reading|real|behind|answering)"
    r"|are\s+there\s+(?:\w+\s+)?(?:people|humans)\s+(?:behind|reading|there|answering)"
    r"|(?:am\s+i|who\s+am\s+i|what\s+am\s+i)\s+(?:\w+\s+)?(?:talking|speaking|writing|chatting|typing)\s+(?:to|with)\b"
    rf"|(?:do|can|could|will)\s+{_YOU}{_REALLY}\s+(?:feel(?!\s+(?:that|like|i\b|it\s+is|this\s+is|my|the))|have\s+(?:\w+\s+)?"
    r"(?:feelings?|emotions?|soul|consciousness|mind|body|awareness|heart)|think\s+for\s+yourself|care(?:\s+about)?\s*(?:me\b|\?|$)"
    r"|love\s+me|suffer|exist|dream|miss\s+me|like\s+me|experience\s+(?:any|things|life|feelings)|get\s+(?:sad|lonely|tired|bored"
    r"|hurt)|(?:feel|be)\s+(?:lonely|sad|hurt))"
    rf"|(?:what|who)(?:\s+(?:exactly|really|the\s+hell|actually|or\s+who))?\s+(?:are|r)\s+{_YOU}"
    r"(?:\s+(?:really|exactly|actually|anyway|even|then))?\s*(?:[?.!,]|$)"
    rf"|(?:you['’]?re|{_YOU}\s+are)(?:\s+(?:just|only|not|really|actually))*\s+{_KIND}\b[^.?!]*\?"
    rf"|(?:tell\s+me|say|admit|promise)\s+(?:that\s+)?(?:you['’]?re|{_YOU}\s+are|if\s+{_YOU}\s+are|whether\s+{_YOU}\s+are)\s+{_KIND}\b)",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|‘[^’]*’")


def due(last_shown: datetime | None, last_seen: datetime | None, at: datetime) -> bool:
    """Whether the disclosure must be shown: never shown, three hours since, or seven days away."""
    words = disclosure()
    if last_shown is None or at - last_shown >= timedelta(hours=words.hours):
        return True
    return last_seen is not None and at - last_seen > timedelta(days=words.days)


def asked(text: str) -> bool:
    """Whether a text asks if this is a person, or feels, or is aware; what others asked, in quotes, is not asked."""
    return _ASKS.search(_QUOTED.sub(" ", text)) is not None


def answer(text: str, said: Sequence[str]) -> str:
    """What to say to that question, in two sentences at most and without hedging; not in the last words again."""
    words = disclosure()
    return fresh(words.asked_after_telling if len(text.split()) > STORY else words.asked, said)


def reminder(*, first: bool, seed: int) -> str:
    """The disclosure for the start, or for later."""
    options = disclosure().start if first else disclosure().again
    return options[seed % len(options)]
