"""Our own export, read back without loss (the format is described in ``journal/export.py``)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from pathlib import PurePosixPath

import yaml  # type: ignore[import-untyped]  # ships no types; here only for the error of front matter
from frontmatter.default_handlers import YAMLHandler
from pydantic import TypeAdapter, ValidationError

from between.domain import Conversation, ItemId, Message, Tier
from between.errors import TooNew, UnreadableImport
from between.journal.export import CONVERSATIONS, ENTRIES, FORMAT, MANIFEST, SCHEMA
from between.journal.importers.decode import text_of
from between.journal.importers.draft import EntryDraft, Format, ImportOptions, Pieces, Skipped, TalkDraft
from between.journal.importers.fields import mood_of, scalar
from between.journal.importers.limits import Member
from between.journal.importers.markdown import read_markdown
from between.journal.tags import tidy

_MESSAGES = TypeAdapter(list[Message])
_CONVERSATION = TypeAdapter(Conversation)
_ID = 32
_SOURCES = ("written", "conversation", "exercise", "import:")


def is_own(inside: Sequence[Member]) -> bool:
    """Whether an archive is an export of ours."""
    return _manifest(inside) is not None


def read_own(inside: Sequence[Member], options: ImportOptions) -> Pieces:
    """Every entry and conversation; what was edited or is missing since is told."""
    found = _manifest(inside)
    if found is None:
        raise UnreadableImport
    manifest, folder = found
    schema = manifest.get("schema")
    if not isinstance(schema, int):
        raise UnreadableImport
    if schema > SCHEMA:
        raise TooNew
    by_path = {member.path.removeprefix(folder): member for member in inside}
    files = manifest.get("files")
    listed = files if isinstance(files, dict) else {}
    skipped = [Skipped("missing", PurePosixPath(path).name) for path in listed if path not in by_path]
    changed = sum(
        _hash_of(listed[path]) != sha256(member.data).hexdigest()
        for path, member in by_path.items()
        if path in listed
    )
    drafts: list[EntryDraft] = []
    for path, member in by_path.items():
        if path.startswith(ENTRIES) and path.endswith(".md"):
            pieces = _entry(member, options)
            drafts += pieces.drafts
            skipped += pieces.skipped
    talks, unread = _talks(by_path.get(CONVERSATIONS))
    return Pieces(tuple(drafts), (*skipped, *unread), talks, changed=changed)


def _manifest(inside: Sequence[Member]) -> tuple[dict[str, object], str] | None:
    """The manifest and the folder that it stands in."""
    for member in inside:
        if member.name != MANIFEST:
            continue
        try:
            said = json.loads(member.data)
        except (ValueError, RecursionError):
            continue
        if isinstance(said, dict) and said.get("format") == FORMAT:
            return said, member.path.removesuffix(MANIFEST)
    return None


def _hash_of(listed: object) -> object:
    return listed.get("sha256") if isinstance(listed, dict) else None


def _entry(member: Member, options: ImportOptions) -> Pieces:
    """The entry exactly as it was; a file changed by hand is read as any Markdown."""
    draft = _exact(member.data)
    if draft:
        return Pieces((draft,))
    try:
        return read_markdown(text_of(member.data), options, member.name, member.name)
    except UnreadableImport:
        return Pieces(skipped=(Skipped("unreadable", member.name),))


def _exact(data: bytes) -> EntryDraft | None:
    try:
        front, text = data.decode("utf-8").removeprefix("---\n").split("\n---\n\n", 1)
        said = YAMLHandler().load(front)
        at = datetime.fromisoformat(said["date"])
        source = scalar(said.get("source"))
        draft = EntryDraft(
            at=at,
            text=text.removesuffix("\n"),
            title=scalar(said.get("title")),
            tags=tidy(tag for tag in said.get("tags") or () if isinstance(tag, str)),
            mood=mood_of(said.get("mood")),
            source=source if source.startswith(_SOURCES) else f"import:{Format.BETWEEN}",
            id=_id(said.get("id")),
            written_at=_moment(said.get("written")),
            edited_at=_moment(said.get("edited")),
            remember=said.get("remember") is not False,
        )
    except (yaml.YAMLError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    return draft if at.tzinfo and draft.text.strip() else None


def _id(value: object) -> ItemId | None:
    text = scalar(value)
    return ItemId(text) if len(text) == _ID and set(text) <= set("0123456789abcdef") else None


def _moment(value: object) -> datetime | None:
    at = datetime.fromisoformat(scalar(value)) if value else None
    return at if at and at.tzinfo else None


def _talks(member: Member | None) -> tuple[tuple[TalkDraft, ...], list[Skipped]]:
    """The conversations, one a line."""
    talks: list[TalkDraft] = []
    skipped: list[Skipped] = []
    lines = member.data.decode("utf-8", "replace").split("\n") if member else []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            said = json.loads(line)
            conversation = _CONVERSATION.validate_python(said)
            messages = _MESSAGES.validate_python(
                [{**message, "conversation_id": said["id"]} for message in said["messages"]]
            )
        except (ValidationError, ValueError, KeyError, TypeError, RecursionError):
            skipped.append(Skipped("unreadable", CONVERSATIONS, number))
            continue
        # How acute a text is comes from the screen here, never from a file.
        plain = tuple(replace(message, tier=Tier.NONE) for message in messages)
        talks.append(TalkDraft(conversation, plain))
    return tuple(talks), skipped
