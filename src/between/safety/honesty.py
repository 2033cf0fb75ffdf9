"""When to say again that this is an AI, and in which reviewed words."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from between.safety.reviewed import disclosure

_ASKS = re.compile(
    r"\b(?:(?:are|r)\s+(?:you|u)\s+(?:\w+\s+){0,3}?(?:real|human|a\s+(?:real\s+)?(?:person|human|bot|robot|machine|man|woman|"
    r"therapist|program|computer)|an?\s+ai|ai|alive|conscious|sentient|self[- ]aware|chatgpt|gpt|living)"
    r"|is\s+(?:this|there|that)\s+(?:\w+\s+){0,3}?(?:real\s+person|human|bot|person\s+(?:there|behind|reading)|an?\s+ai|someone\s+there)"
    r"|(?:am\s+i|who\s+am\s+i)\s+(?:talking|speaking|writing|chatting)\s+(?:to|with)\b"
    r"|(?:do|can)\s+(?:you|u)\s+(?:really\s+|actually\s+|even\s+)?(?:feel|have\s+(?:feelings|emotions|a\s+soul|consciousness)|think\s+for\s+yourself|"
    r"care\s+about\s+me|love\s+me|suffer|get\s+(?:sad|lonely))"
    r"|(?:what|who)\s+are\s+(?:you|u)\b|you(?:['’]re|\s+are)\s+(?:just\s+|only\s+)?(?:a\s+|an\s+)?(?:human|person|real|bot|robot|machine|ai)\b[^.]*\?)",
    re.IGNORECASE,
)


def due(last_shown: datetime | None, last_seen: datetime | None, at: datetime) -> bool:
    """Whether the disclosure must be shown: never shown, three hours since, or seven days away."""
    words = disclosure()
    if last_shown is None or at - last_shown >= timedelta(hours=words.hours):
        return True
    return last_seen is not None and at - last_seen > timedelta(days=words.days)


def asked(text: str) -> bool:
    """Whether a text asks if this is a person, or feels, or is aware."""
    return _ASKS.search(text) is not None


def answer(seed: int) -> str:
    """What to say to that question, without hedging."""
    options = disclosure().asked
    return options[seed % len(options)]


def reminder(*, first: bool, seed: int) -> str:
    """The disclosure for the start, or for later."""
    options = disclosure().start if first else disclosure().again
    return options[seed % len(options)]
