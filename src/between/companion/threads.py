"""Looks after conversations as a whole: their list, their titles, and forgetting them without a trace."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import takewhile

from between.companion.ports import Diary, Memory
from between.companion.unquoting import unquoted
from between.domain import Conversation, Draft, Entry, ItemId, Message, Role, Tier
from between.errors import Forgotten

TITLE_WORDS, TITLE_LENGTH = 6, 48
LATELY, LATELY_TEXTS = timedelta(days=7), 20
"""How far back the safety rules look (clinical R57)."""


def draft_place(conversation_id: ItemId) -> str:
    """Where the unsent words of a conversation are kept."""
    return f"chat:{conversation_id}"


def drafts(diary: Diary, conversation_id: ItemId) -> list[Draft]:
    """Unsent words of a conversation; one at most, unless two tabs raced."""
    return [draft for draft in diary.all(Draft) if draft.place == draft_place(conversation_id)]


def conversation(diary: Diary, id: ItemId) -> Conversation:
    """The conversation, or ``Forgotten``."""
    found = diary.get(Conversation, id)
    if found is None:
        raise Forgotten
    return found


def message(diary: Diary, id: ItemId) -> Message:
    """The message, or ``Forgotten``."""
    found = diary.get(Message, id)
    if found is None:
        raise Forgotten
    return found


def messages(diary: Diary, conversation_id: ItemId) -> list[Message]:
    """What was said in a conversation, oldest first."""
    return [said for said in diary.all(Message) if said.conversation_id == conversation_id]


def begun(diary: Diary) -> list[Conversation]:
    """Conversations in which something was said, the one that was used last first."""
    last = {said.conversation_id: said.at for said in diary.all(Message)}
    found = [one for one in diary.all(Conversation) if one.id in last]
    return sorted(found, key=lambda one: last[one.id], reverse=True)


def title_of(text: str, tier: Tier) -> str:
    """The first words of a message; none for a text that should not stand in a list for others to see."""
    if tier >= Tier.PASSIVE:
        return ""
    words = text.split()
    title = " ".join(words[:TITLE_WORDS])
    if len(title) > TITLE_LENGTH:
        return title[: TITLE_LENGTH - 1].rstrip() + "…"
    return title + "…" if len(words) > TITLE_WORDS else title


def lately(diary: Diary, at: datetime) -> list[str]:
    """What the person wrote in the last days, in every conversation and in the journal, oldest first."""
    since = at - LATELY
    messages_since = takewhile(lambda one: one.at >= since, reversed(diary.all(Message)))
    entries_since = takewhile(lambda one: one.at >= since, reversed(diary.all(Entry)))
    said = [(one.at, one.text) for one in messages_since if one.role is Role.PERSON and one.at < at]
    said += [(one.at, one.text) for one in entries_since if one.at < at]
    return [text for _, text in sorted(said)][-LATELY_TEXTS:]


def forget(diary: Diary, memory: Memory, conversation_id: ItemId) -> None:
    """Remove a conversation, its messages, its draft, and what replies elsewhere kept of it."""
    said = [one.id for one in messages(diary, conversation_id)]
    memory.forget(*said)  # first: if this fails, everything is still there to forget again
    unquote(diary, said)
    unsent = [draft.id for draft in drafts(diary, conversation_id)]
    diary.forget(*said, *unsent, conversation_id)


def unquote(diary: Diary, sources: Sequence[ItemId]) -> None:
    """Take pieces of forgotten sources out of the replies that used them, and out of their records."""
    gone = set(sources)
    changed = []
    for one in diary.all(Message):
        source = one.provenance
        used = [passage for passage in source.passages if passage.source_id in gone] if source else []
        if source is None or not used:
            continue
        text = one.text
        for passage in used:
            text = unquoted(text, passage.text)
        kept = tuple(passage for passage in source.passages if passage.source_id not in gone)
        changed.append(replace(one, text=text, provenance=replace(source, passages=kept, sent="")))
    if changed:
        diary.put(*changed)
