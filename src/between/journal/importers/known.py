"""Telling whether an entry is here already: by its day and its words, whatever file it comes from."""

from __future__ import annotations

import unicodedata
from collections import Counter
from datetime import datetime
from hashlib import sha256

from between.domain import Conversation, Entry, Message
from between.journal.ports import Diary


def fingerprint(at: datetime | None, text: str) -> str:
    """Equal for the same words on the same day; without a date, for the same words."""
    words = " ".join(unicodedata.normalize("NFC", text).split())
    day = at.date().isoformat() if at else "undated"
    return sha256(f"{day}\n{words}".encode(errors="replace")).hexdigest()


def talk_fingerprint(conversation: Conversation, messages: tuple[Message, ...]) -> str:
    """Equal for conversations that began at the same moment with the same words."""
    began = f"{conversation.at.isoformat()}\n{messages[0].text if messages else ''}"
    return sha256(f"conversation\n{began}".encode(errors="replace")).hexdigest()


def known_in(diary: Diary) -> Counter[str]:
    """How often each fingerprint is in the diary, so that a second import brings nothing twice."""
    known: Counter[str] = Counter()
    for entry in diary.all(Entry):
        known[fingerprint(entry.at, entry.text)] += 1
        known[fingerprint(None, entry.text)] += 1
    first: dict[str, tuple[Message, ...]] = {}
    for message in diary.all(Message):
        first.setdefault(message.conversation_id, (message,))
    for conversation in diary.all(Conversation):
        known[talk_fingerprint(conversation, first.get(conversation.id, ()))] += 1
    return known
