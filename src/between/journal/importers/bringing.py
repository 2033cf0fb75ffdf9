"""Bringing in what a preview found: screened, saved in batches, remembered; safe to stop and to repeat."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from between.domain import Entry, ItemId, Message, Progress, Role, Tier
from between.errors import EncoderMissing
from between.journal.importers.draft import EntryDraft, Preview, TalkDraft
from between.journal.keeping import is_future, may_be_recalled, screened
from between.journal.ports import RECORDS, Parts
from between.journal.tags import tidy

BATCH = 200
"""Entries saved at once: all of them or none."""
LATELY = timedelta(days=30)
"""Words this young may matter now: they get the whole look, older ones the rules alone."""
FEW = 20
"""Records that are remembered at once; more would keep the person waiting."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What came in."""

    count: int
    """Entries."""
    conversations: int = 0
    kept_apart: int = 0
    """Entries that the screen keeps out of recall and insights; the journal shows them like all others."""
    future: int = 0
    """Left out because their day has not come."""
    cancelled: bool = False
    """Stopped by the person; what came in before stays, and a second import brings the rest."""


def bring_in(
    seen: Preview,
    parts: Parts,
    on_progress: Callable[[Progress], None] = lambda _: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Imported:
    """Save every dated entry and every conversation of the preview."""
    now = parts.clock()
    due = [draft for draft in seen.found if draft.at and not is_future(draft.at, now)]
    total = len(due) + len(seen.conversations)
    used: set[ItemId] = set()
    entries: list[Entry] = []
    messages: list[Message] = []
    talks, stopped = 0, False
    try:
        while len(entries) < len(due) and not stopped:
            batch: list[Entry] = []
            for draft in due[len(entries) : len(entries) + BATCH]:
                if stopped := cancelled():
                    break
                batch.append(_entry(draft, parts, used))
            parts.diary.put(*batch)
            entries += batch
            on_progress(Progress(len(entries), total))
        for talk in seen.conversations:
            if stopped := stopped or cancelled():
                break
            messages += _save_talk(talk, parts, used)
            talks += 1
            on_progress(Progress(len(entries) + talks, total))
    finally:  # a page that is left in the middle keeps what came in, memory included
        _remember([*entries, *messages], parts)
    apart = sum(entry.tier >= Tier.PASSIVE for entry in entries)
    return Imported(len(entries), talks, apart, len(seen.found) - len(due), stopped)


def _entry(draft: EntryDraft, parts: Parts, used: set[ItemId]) -> Entry:
    finding = parts.screen.look(screened(draft.title, draft.text, draft.tags), _lately(draft.at, parts))
    return Entry(
        id=_free_id(draft.id, parts, used),
        at=draft.at or parts.clock(),
        text=draft.text,
        title=draft.title,
        tags=tidy(draft.tags),
        mood=draft.mood,
        written_at=draft.written_at,
        edited_at=draft.edited_at,
        source=draft.source,
        remember=draft.remember,
        tier=finding.tier,
    )


def _save_talk(talk: TalkDraft, parts: Parts, used: set[ItemId]) -> list[Message]:
    """A conversation with its messages at once, the person's words screened again; returns what may come back."""
    conversation = replace(talk.conversation, id=_free_id(talk.conversation.id, parts, used))
    messages = [_message(message, conversation.id, parts, used) for message in talk.messages]
    parts.diary.put(conversation, *messages)
    return [message for message in messages if conversation.remember and message.role is Role.PERSON]


def _message(message: Message, conversation_id: ItemId, parts: Parts, used: set[ItemId]) -> Message:
    at = _lately(message.at, parts)
    tier = parts.screen.look(message.text, at).tier if message.role is Role.PERSON else Tier.NONE
    id = _free_id(message.id, parts, used)
    return replace(message, id=id, conversation_id=conversation_id, tier=tier)


def _lately(at: datetime | None, parts: Parts) -> datetime | None:
    """Now, for words of the last weeks, which are looked at like what is written today; nothing for older ones."""
    now = parts.clock()
    return now if at is None or now - at < LATELY else None


def _free_id(wanted: ItemId | None, parts: Parts, used: set[ItemId]) -> ItemId:
    """The id that it had, unless something here has it: a file must never overwrite what is kept."""
    taken = wanted is None or wanted in used or any(parts.diary.get(cls, wanted) for cls in RECORDS)
    id = parts.new_id() if wanted is None or taken else wanted
    used.add(id)
    return id


def _remember(records: Sequence[Entry | Message], parts: Parts) -> None:
    """Make them recallable; what is not made so now is when the space opens next."""
    kept = [record for record in records if may_be_recalled(record)]
    if parts.later is not None:
        parts.later(kept)
    elif len(kept) <= FEW:
        with suppress(EncoderMissing):
            for record in kept:
                parts.memory.remember(record)
