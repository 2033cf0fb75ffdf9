"""Looks after conversations as a whole: their list, their titles, and forgetting them without a trace."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import takewhile

from between.companion.ports import Diary, Memory, Parts
from between.companion.unquoting import unquoted
from between.domain import Conversation, Draft, Entry, ItemId, Message, Role, Said, Tier
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


def draft(parts: Parts, conversation_id: ItemId, text: str, at: datetime) -> Draft:
    """Unsent words of a conversation, in the place of those before."""
    held = drafts(parts.diary, conversation_id)
    return Draft(held[0].id if held else parts.new_id(), draft_place(conversation_id), at, text)


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


def awaited(diary: Diary, message: Message) -> bool:
    """Whether a message is still there, and the conversation that it stands in."""
    return None not in (diary.get(Message, message.id), diary.get(Conversation, message.conversation_id))


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


def lately(
    diary: Diary, at: datetime, until: datetime | None = None, but: ItemId | None = None
) -> tuple[Said, ...]:
    """What the person wrote in the last days, in every conversation and in the journal, oldest first.

    An entry may lie later today and a clock may have been set back, so what seems to come after ``at`` counts too,
    except from ``until`` on. ``but`` is an entry that is being changed: its old words are not beside its new ones.
    """
    since, end = at - LATELY, until or at + LATELY
    messages_since = takewhile(lambda one: one.at >= since, reversed(diary.all(Message)))
    entries_since = takewhile(lambda one: one.at >= since, reversed(diary.all(Entry)))
    persons = [one for one in messages_since if one.role is Role.PERSON]
    said = [Said(one.at, one.text, one.tier, in_chat=True) for one in persons if one.at < end]
    said += [Said(one.at, one.text, one.tier) for one in entries_since if one.at < end and one.id != but]
    return tuple(sorted(said, key=lambda one: one.at)[-LATELY_TEXTS:])


def answers(diary: Diary, asked: Message) -> tuple[ItemId, ...]:
    """The replies between a message of the person and their next one; none to a reply."""
    if asked.role is not Role.PERSON:
        return ()
    talk = messages(diary, asked.conversation_id)
    after = talk[[said.id for said in talk].index(asked.id) + 1 :]
    return tuple(said.id for said in takewhile(lambda said: said.role is not Role.PERSON, after))


def forget(diary: Diary, memory: Memory, conversation_id: ItemId) -> None:
    """Remove a conversation, its messages, its draft, and what replies elsewhere kept of it."""
    _forget_said(diary, memory, conversation_id)
    unsent = [draft.id for draft in drafts(diary, conversation_id)]
    diary.forget(*unsent, conversation_id)
    _forget_said(diary, memory, conversation_id)  # what was kept meanwhile; from here on nothing can be


def _forget_said(diary: Diary, memory: Memory, conversation_id: ItemId) -> None:
    said = [one.id for one in messages(diary, conversation_id)]
    if said:
        memory.forget(*said)  # first: if this fails, everything is still there to forget again
        unquote(diary, said)
        diary.forget(*said)


def unquote(diary: Diary, sources: Sequence[ItemId]) -> None:
    """Take pieces of forgotten sources, entries or messages, out of all that was made from them.

    To be called before messages go from the diary; pieces of entries are known from the replies' own records.
    """
    gone = set(sources)
    while changed := _changed(diary, gone):
        with suppress(Forgotten):  # one of them was deleted meanwhile: look again
            diary.put_beside([one.id for one in changed], *changed)
            return


def _changed(diary: Diary, gone: set[ItemId]) -> list[Message | Conversation]:
    return [*_without(diary, gone), *_retitled(diary, gone)]


def _without(diary: Diary, gone: set[ItemId]) -> list[Message]:
    """Replies that used a forgotten source, and all that came after it in their conversations.

    A model is sent what was said before, so the words travel from reply to reply, and so do its records.
    """
    changed: list[Message] = []
    heard: defaultdict[ItemId, list[str]] = defaultdict(list)
    for one in diary.all(Message):
        words, source = heard[one.conversation_id], one.provenance
        if one.id in gone:
            words.append(one.text)
        elif source is not None:
            words += [passage.text for passage in source.passages if passage.source_id in gone]
            if words:
                kept = tuple(passage for passage in source.passages if passage.source_id not in gone)
                origin = replace(source, passages=kept, sent="")
                changed.append(replace(one, text=unquoted(one.text, *words), provenance=origin))
    return [one for one in changed if one != diary.get(Message, one.id)]


def _retitled(diary: Diary, gone: set[ItemId]) -> list[Conversation]:
    """Conversations that are called by words of a forgotten message, under the words of another one."""
    changed = {}
    for said in (diary.get(Message, id) for id in gone):
        found = diary.get(Conversation, said.conversation_id) if said else None
        if said is None or found is None or not found.title:
            continue
        if _plain(found.title).removesuffix("…") in _plain(said.text):
            left = [
                one for one in messages(diary, found.id) if one.id not in gone and one.role is Role.PERSON
            ]
            titles = (title_of(one.text, one.tier) for one in left)
            changed[found.id] = replace(found, title=next(filter(None, titles), ""))
    return list(changed.values())


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
