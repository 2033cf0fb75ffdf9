"""Columns, keys and front matter under the many names that programs give them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime

from between.domain import Mood
from between.journal.importers.dates import Dates
from between.journal.importers.decode import clean
from between.journal.importers.draft import EntryDraft
from between.journal.tags import tidy

NAMES = {
    "date": (
        "datetime", "date_time", "full_date", "date", "at", "created", "created_at", "date_created",
        "creation_date", "timestamp", "entry_date", "day",
    ),
    "time": ("time",),
    "text": ("content", "text", "note", "notes", "entry", "body", "journal", "journal_entry", "message"),
    "title": ("title", "note_title", "subject", "heading"),
    "mood": ("mood", "feeling"),
    "tags": ("tags", "tag", "activities", "labels"),
}  # fmt: skip
"""Our name of a field, and theirs; the first that has something in it wins."""

MOODS = {
    Mood.VERY_LOW: ("very low", "awful", "terrible", "very bad"),
    Mood.LOW: ("low", "bad", "down"),
    Mood.SO_SO: ("so so", "so-so", "meh", "ok", "okay", "neutral", "fine"),
    Mood.GOOD: ("good", "happy"),
    Mood.VERY_GOOD: ("very good", "great", "rad", "excellent"),
}
_MOOD_OF = {word: mood for mood, words in MOODS.items() for word in words}
_LEVEL = re.compile(r"([1-5])(?:\.0+)?(?:\s*/\s*5)?")


def plain_name(name: object) -> str:
    """A column's name in the form that ``NAMES`` has."""
    return re.sub(r"[\s-]+", "_", str(name).strip().casefold())


def field_of(row: Mapping[str, object], name: str) -> object:
    """The first value under any of the field's names, or ``None``."""
    for key in NAMES[name]:
        value = row.get(key)
        if value is not None and not (isinstance(value, str) and not value.strip()):
            return value
    return None


def scalar(value: object) -> str:
    """A plain value as text; nothing for lists and mappings, which may be built to be endless as text."""
    plain = isinstance(value, (str, int, float, date)) and not isinstance(value, bool)
    return str(value) if plain else ""


def draft_of(row: Mapping[str, object], dates: Dates, source: str, date_key: str = "") -> EntryDraft | None:
    """The entry in a row, ``None`` when it has no words; a date that cannot be read counts as none."""
    text, title = words_of(field_of(row, "text")), words_of(field_of(row, "title"))
    if not text:
        text, title = title, ""
    if not text:
        return None
    when = row.get(date_key) if date_key else field_of(row, "date")
    return EntryDraft(
        at=moment_of(when, field_of(row, "time"), dates),
        text=text,
        title=" ".join(title.split()),
        tags=tags_of(field_of(row, "tags")),
        mood=mood_of(field_of(row, "mood")),
        source=source,
    )


def words_of(value: object) -> str:
    """A person's words in a field; anything but text and numbers is none."""
    return clean(scalar(value)).strip()


def moment_of(value: object, clock: object, dates: Dates) -> datetime | None:
    """When a field says it was; a time of its own field is joined to a date without one."""
    if isinstance(value, datetime):
        value = value.isoformat(sep=" ")
    said = scalar(value)
    if not said:
        return None
    joined = dates.whole(f"{said} {clock}") if isinstance(clock, str) else None
    return joined or dates.whole(said)


def mood_of(value: object) -> Mood | None:
    """The mood that a number from 1 to 5 or a plain word says; ``None`` rather than a guess."""
    said = scalar(value).strip().casefold()
    if level := _LEVEL.fullmatch(said):
        return Mood(int(level[1]))
    return _MOOD_OF.get(said.replace("_", " "))


def tags_of(value: object) -> tuple[str, ...]:
    """Tags from a list, or from text with commas, semicolons, bars or hashes between them."""
    if isinstance(value, (list, tuple)):
        return tidy(clean(item) for item in value if isinstance(item, str))
    if not isinstance(value, str):
        return ()
    parts = re.split(r"[,;|\n]|\s(?=#)", value)
    return tidy(clean(part) for part in parts)
