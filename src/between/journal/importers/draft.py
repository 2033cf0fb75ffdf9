"""What an importer finds in a file, before anything is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, tzinfo
from enum import StrEnum

from between.domain import Conversation, ItemId, Message, Mood
from between.journal.importers.dates import aware


class Format(StrEnum):
    """The kinds of file that can be read."""

    BETWEEN = "between"
    MARKDOWN = "markdown"
    JRNL = "jrnl"
    CSV = "csv"
    JSONL = "jsonl"


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What the file cannot say by itself."""

    zone: tzinfo = UTC
    """Where the person was, for times without an offset."""
    today: date | None = None
    """Entries after it are left out; ``None`` leaves out none."""
    day_first: bool | None = None
    """How to read 03/04/2021 when nothing in the file tells."""
    shifted: bool = False
    """Read ``date_shifted`` in place of ``date``, for old diaries moved to our years."""


@dataclass(frozen=True, slots=True)
class EntryDraft:
    """One entry as the file has it."""

    at: datetime | None
    """Aware; noon for a date without a time; ``None`` for no date, which is never made up."""
    text: str = field(repr=False)
    title: str = field(default="", repr=False)
    tags: tuple[str, ...] = field(default=(), repr=False)
    mood: Mood | None = field(default=None, repr=False)
    source: str = ""
    id: ItemId | None = None
    """Only from our own export."""
    written_at: datetime | None = None
    edited_at: datetime | None = None
    remember: bool = True


@dataclass(frozen=True, slots=True)
class TalkDraft:
    """One conversation of our own export."""

    conversation: Conversation
    messages: tuple[Message, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Skipped:
    """A piece that could not be read: why, as a key of the wording, and where."""

    reason_key: str
    """``empty``, ``future``, ``unreadable``, ``not_text``, ``nested``, ``not_an_entry`` or ``missing``."""
    where: str = field(default="", repr=False)
    """Name of the file inside an archive; empty for the file itself."""
    row: int = 0
    """Row or line, counted from 1; 0 when it does not apply."""


@dataclass(frozen=True, slots=True)
class Pieces:
    """What one reader found in one file."""

    drafts: tuple[EntryDraft, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    talks: tuple[TalkDraft, ...] = ()
    ambiguous_dates: bool = False
    changed: int = 0


@dataclass(frozen=True, slots=True)
class Preview:
    """What would be brought in; nothing is saved yet."""

    format: Format
    found: tuple[EntryDraft, ...]
    skipped: tuple[Skipped, ...] = ()
    duplicates: int = 0
    """Entries and conversations that are here already."""
    undated: tuple[EntryDraft, ...] = ()
    """Offered apart: they come in only with a date that the person gives."""
    conversations: tuple[TalkDraft, ...] = ()
    ambiguous_dates: bool = False
    """Some dates read as 03/04/2021 could be two days; they were read month first."""
    changed: int = 0
    """Files of our own export that were edited since; they are read as they are now."""

    def give_dates(self, dates: Mapping[int, date], zone: tzinfo) -> Preview:
        """The same preview, with the undated entries at these positions dated by the person."""
        dated = [
            replace(self.undated[i], at=aware(datetime.combine(day, time(12)), zone))
            for i, day in dates.items()
        ]
        left = tuple(draft for i, draft in enumerate(self.undated) if i not in dates)
        return replace(self, found=(*self.found, *dated), undated=left)
