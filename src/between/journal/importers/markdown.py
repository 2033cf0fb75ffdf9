"""Entries in Markdown: one file a day (Obsidian, Logseq, ours) or one file with a heading for each day."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import PurePosixPath

import yaml  # type: ignore[import-untyped]  # ships no types; here only for the error of front matter
from frontmatter.default_handlers import YAMLHandler

from between.journal.importers.dates import Dates, day_first_in
from between.journal.importers.draft import EntryDraft, Format, ImportOptions, Pieces, Skipped
from between.journal.importers.fields import (
    field_of,
    moment_of,
    mood_of,
    plain_name,
    scalar,
    tags_of,
    words_of,
)
from between.journal.tags import tidy

_SOURCE = f"import:{Format.MARKDOWN}"
_HEADING = re.compile(r"^(#{1,6})[ \t]+(.+?)[ \t]*#*$", re.MULTILINE)
_FRONT = re.compile(r"\A---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_MAX_FRONT = 64 * 1024
_INLINE_TAG = re.compile(r"(?<!\S)#([^\W\d_][\w/-]*)")
_PROPERTY = re.compile(r"^\s*(?:-\s+)?([A-Za-z][\w-]*)::[ \t]*(.*)$")
_MACHINE = {"id", "collapsed", "logseq.order-list-type"}


@dataclass(frozen=True, slots=True)
class _Note:
    """One file, with what stands above its words."""

    body: str
    says: dict[str, object]
    at: datetime | None
    title: str


@dataclass(frozen=True, slots=True)
class _Section:
    """The part of a file under one date heading; ``start`` is where the heading stands."""

    at: datetime
    title: str
    start: int
    end: int


def read_markdown(text: str, options: ImportOptions, name: str = "", where: str = "") -> Pieces:
    """The entries of one file; where nothing gives a date, the entry has none."""
    front, body = _front_matter(text)
    heads = [hit[2] for hit in _HEADING.finditer(body)]
    known, seen = day_first_in([*heads, scalar(field_of(front, "date"))])
    day_first = known if known is not None else options.day_first
    dates = Dates(options.zone, day_first)
    note = _note(front, body, dates, PurePosixPath(name).stem)
    sections = _sections(body, dates)
    days = {section.at.date() for section in sections}
    if len(days) > 1 or (note.at is None and sections):
        drafts = _split(note, sections)
    else:
        drafts = [_draft(note.body if not sections else _without_own_heading(note, sections[0]), note)]
    kept = tuple(draft for draft in drafts if draft.text)
    skipped = () if kept else (Skipped("empty", where),)
    return Pieces(kept, skipped, ambiguous_dates=seen and day_first is None)


def _front_matter(text: str) -> tuple[dict[str, object], str]:
    """Front matter under plain names, and the rest; broken front matter stays part of the words."""
    hit = _FRONT.match(text)
    if not hit or len(hit[1]) > _MAX_FRONT:
        return {}, text
    try:
        said = YAMLHandler().load(hit[1])
    except (yaml.YAMLError, ValueError, RecursionError):
        return {}, text
    if not isinstance(said, Mapping):
        return {}, text
    return {plain_name(key): value for key, value in said.items()}, text[hit.end() :]


def _note(front: dict[str, object], body: str, dates: Dates, stem: str) -> _Note:
    properties, body = _logseq(body)
    says = {**properties, **front}
    in_name = dates.leading(stem)
    at = moment_of(field_of(says, "date"), field_of(says, "time"), dates) or (in_name.at if in_name else None)
    named = in_name.rest.replace("_", " ") if in_name else ""
    return _Note(body, says, at, words_of(field_of(says, "title")) or named)


def _logseq(body: str) -> tuple[dict[str, object], str]:
    """``key:: value`` lines as fields; those that only the program reads are dropped."""
    found: dict[str, object] = {}
    kept: list[str] = []
    for line in body.split("\n"):
        hit = _PROPERTY.match(line)
        name = plain_name(hit[1]) if hit else ""
        if hit and name in {"date", "title", "mood", "tags"} and name not in found:
            found[name] = hit[2].replace("[[", "").replace("]]", "")
        elif name not in _MACHINE:
            kept.append(line)
    return found, "\n".join(kept)


def _sections(body: str, dates: Dates) -> list[_Section]:
    """The parts of the text that begin with a heading that begins with a date."""
    found: list[tuple[datetime, str, int, int]] = []
    for hit in _HEADING.finditer(body):
        head = dates.leading(hit[2].strip("[]* "))
        if head:
            found.append((head.at, head.rest, hit.start(), hit.end()))
    starts = [start for _, _, start, _ in found]
    ends = [*starts[1:], len(body)]
    return [_Section(at, title, start, end) for (at, title, start, _), end in zip(found, ends, strict=False)]


def _split(note: _Note, sections: list[_Section]) -> list[EntryDraft]:
    """One entry a section; what stands above the first belongs to the file."""
    above = note.body[: sections[0].start].strip()
    drafts = [_draft(above, note)] if above else []
    for section in sections:
        words = _below_heading(note.body, section)
        drafts.append(
            replace(_draft(words or section.title, note), at=section.at, title=section.title if words else "")
        )
    return drafts


def _without_own_heading(note: _Note, section: _Section) -> str:
    """The words without a heading that only repeats the file's date."""
    own = not section.title and note.at is not None and section.at.date() == note.at.date()
    return note.body[: section.start] + _below_heading(note.body, section) if own else note.body


def _below_heading(body: str, section: _Section) -> str:
    _, _, below = body[section.start : section.end].partition("\n")
    return below.strip()


def _draft(words: str, note: _Note) -> EntryDraft:
    words = words.strip()
    inline = _INLINE_TAG.findall(words)
    return EntryDraft(
        at=note.at,
        text=words,
        title=" ".join(note.title.split()),
        tags=tidy((*tags_of(field_of(note.says, "tags")), *inline)),
        mood=mood_of(field_of(note.says, "mood")),
        source=_SOURCE,
    )
