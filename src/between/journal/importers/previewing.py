"""Looking into a file before anything is brought in: what it is, what it holds, what is here already."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from between.errors import ImportTooLarge, UnreadableImport
from between.journal.importers.decode import text_of
from between.journal.importers.draft import (
    EntryDraft,
    Format,
    ImportOptions,
    Pieces,
    Preview,
    Skipped,
    TalkDraft,
)
from between.journal.importers.jrnl import looks_like_jrnl, read_jrnl
from between.journal.importers.json_lines import looks_like_json, read_json
from between.journal.importers.known import fingerprint, talk_fingerprint
from between.journal.importers.limits import (
    MAX_ENTRIES,
    Member,
    check_size,
    gunzip,
    is_gzip,
    is_zip,
    members,
)
from between.journal.importers.markdown import read_markdown
from between.journal.importers.own import is_own, read_own
from between.journal.importers.tables import looks_like_table, read_table

_TEXT_ENDINGS = {
    "",
    ".md",
    ".markdown",
    ".mdown",
    ".txt",
    ".text",
    ".csv",
    ".tsv",
    ".json",
    ".jsonl",
    ".ndjson",
}


@dataclass(frozen=True, slots=True)
class _Opened:
    """A file, unpacked once."""

    kind: Format
    inside: tuple[Member, ...] = field(default=(), repr=False)
    text: str = field(default="", repr=False)


def detect(filename: str, data: bytes) -> Format:
    """What kind of file this is, by what is in it more than by its name."""
    return _open(filename, data).kind


def _open(filename: str, data: bytes) -> _Opened:
    check_size(data)
    if is_zip(data):
        inside = tuple(members(data))
        if is_own(inside):
            return _Opened(Format.BETWEEN, inside)
        kinds = Counter(kind for member in inside if (kind := _kind_or_none(member)))
        if not kinds:
            raise UnreadableImport
        return _Opened(kinds.most_common(1)[0][0], inside)
    text = text_of(gunzip(data) if is_gzip(data) else data)
    return _Opened(detect_text(_ending(filename.removesuffix(".gz")), text), text=text)


def detect_text(ending: str, text: str) -> Format:
    """The kind of a text; the ending of its name decides only between what it could be."""
    if not text.strip() or text.lstrip()[:14].lower().startswith(("<!doctype", "<html", "<?xml")):
        raise UnreadableImport
    if looks_like_jrnl(text):
        return Format.JRNL
    if ending in {".json", ".jsonl", ".ndjson"} or (
        ending not in {".md", ".markdown"} and looks_like_json(text)
    ):
        return Format.JSONL
    if ending in {".csv", ".tsv"} or (ending in {"", ".txt"} and looks_like_table(text)):
        return Format.CSV
    return Format.MARKDOWN


def preview(
    filename: str, data: bytes, known: Mapping[str, int] | None = None, options: ImportOptions | None = None
) -> Preview:
    """What the file holds and ``known`` does not: how often each fingerprint is in the diary."""
    options = options or ImportOptions()
    opened = _open(filename, data)
    if opened.kind is Format.BETWEEN:
        pieces = read_own(opened.inside, options)
    elif opened.inside:
        pieces = _archive(opened.inside, options)
    else:
        pieces = _READERS[opened.kind](opened.text, options, PurePosixPath(filename).name, "")
    if len(pieces.drafts) > MAX_ENTRIES:
        raise ImportTooLarge
    return _sorted_out(opened.kind, pieces, known or {}, options)


_READERS: dict[Format, Callable[[str, ImportOptions, str, str], Pieces]] = {
    Format.MARKDOWN: lambda text, options, name, where: read_markdown(text, options, name, where),
    Format.JRNL: lambda text, options, name, where: read_jrnl(text, options, where),
    Format.CSV: lambda text, options, name, where: read_table(text, options, where),
    Format.JSONL: lambda text, options, name, where: read_json(text, options, where),
}


def _archive(inside: Iterable[Member], options: ImportOptions) -> Pieces:
    """The pieces of every file in a zip; files that are not text are told, not read."""
    drafts: list[EntryDraft] = []
    skipped: list[Skipped] = []
    ambiguous = False
    for member in inside:
        if is_zip(member.data) or is_gzip(member.data):
            skipped.append(Skipped("nested", member.name))
            continue
        if _ending(member.name) not in _TEXT_ENDINGS:
            skipped.append(Skipped("not_text", member.name))
            continue
        try:
            text = text_of(member.data)
            kind = detect_text(_ending(member.name), text)
            pieces = _READERS[kind](text, options, member.name, member.name)
        except UnreadableImport:
            reason = "unreadable" if member.data.strip() else "empty"
            skipped.append(Skipped(reason, member.name))
            continue
        drafts += pieces.drafts
        skipped += pieces.skipped
        ambiguous = ambiguous or pieces.ambiguous_dates
    return Pieces(tuple(drafts), tuple(skipped), ambiguous_dates=ambiguous)


def _sorted_out(kind: Format, pieces: Pieces, known: Mapping[str, int], options: ImportOptions) -> Preview:
    """Found, here already, undated and in the future, each apart."""
    left = Counter(known)
    twins: set[tuple[str, str]] = set()
    found: list[EntryDraft] = []
    undated: list[EntryDraft] = []
    skipped = list(pieces.skipped)
    duplicates = 0
    for draft in pieces.drafts:
        mark = fingerprint(draft.at, draft.text)
        twin = (mark, draft.at.isoformat() if draft.at else "")
        if left[mark] > 0 or twin in twins:
            left[mark] -= 1
            duplicates += 1
        elif draft.at and options.today and draft.at.date() > options.today:
            skipped.append(Skipped("future"))
        else:
            (found if draft.at else undated).append(draft)
        twins.add(twin)
    talks: list[TalkDraft] = [
        t for t in pieces.talks if not left[talk_fingerprint(t.conversation, t.messages)]
    ]
    return Preview(
        format=kind,
        found=tuple(found),
        skipped=tuple(skipped),
        duplicates=duplicates + len(pieces.talks) - len(talks),
        undated=tuple(undated),
        conversations=tuple(talks),
        ambiguous_dates=pieces.ambiguous_dates,
        changed=pieces.changed,
    )


def _kind_or_none(member: Member) -> Format | None:
    if _ending(member.name) not in _TEXT_ENDINGS or is_zip(member.data) or is_gzip(member.data):
        return None
    try:
        return detect_text(_ending(member.name), text_of(member.data))
    except UnreadableImport:
        return None


def _ending(filename: str) -> str:
    return PurePosixPath(filename).suffix.lower()
