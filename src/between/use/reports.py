"""Replies that the person reported: listed from the diary, and taken out as JSON."""

# {"format": "between-reports", "made_at": …, "reports": [{"at", "reply", "comment", "partial", "ai_generated": true,
#  "engine", "model", "prompt", "move", "held_back"}]}. What the person wrote before the reply is not in it.

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

from between.domain import Message
from between.store.diary import Diary

REPORTED = "report"
"""How the feedback on a reported reply begins; a comment follows after a colon."""


def reported(message: Message) -> bool:
    """Whether the person reported this reply."""
    return message.feedback.startswith(REPORTED)


def comment_of(message: Message) -> str:
    """What they said was wrong; empty when they said nothing."""
    return message.feedback.partition(":")[2].strip() if reported(message) else ""


def reports(diary: Diary) -> list[Message]:
    """Reported replies, newest first."""
    return [one for one in reversed(diary.all(Message)) if reported(one)]


def as_json(told: Sequence[Message], at: datetime) -> bytes:
    """The file."""
    listed = [_one(message) for message in told]
    whole = {"format": "between-reports", "made_at": at.isoformat(), "reports": listed}
    return json.dumps(whole, ensure_ascii=False, indent=1).encode("utf-8", "replace")


def _one(message: Message) -> dict[str, object]:
    source = message.provenance
    return {
        "at": message.at.isoformat(),
        "reply": message.text,
        "comment": comment_of(message),
        "partial": message.partial,
        "ai_generated": True,
        "engine": source.engine if source else "",
        "model": source.model if source else "",
        "prompt": source.prompt if source else "",
        "move": source.move if source else "",
        "held_back": list(source.held_back) if source else [],
    }
