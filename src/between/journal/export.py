"""Taking everything out: one zip that a person can read in ten years and Between can bring in again.

Format, schema 1. All text is UTF-8.

    manifest.json        format "between", schema, made_at, counts, files: path -> sha256 and bytes
    entries/<day>_<time>_<id>.md
                         "---", YAML (id, date, title, mood 1 to 5, tags, written, edited, source, remember),
                         "---", an empty line, the text exactly as written, one line end
    conversations.jsonl  one conversation a line with its messages; every message that the companion made
                         has ai_generated true, with engine, model and date
    moods.csv            date, time, mood, title, tags, entry
    consents.json        what was agreed to and taken back, for the record; it is never brought in again
    safety_plan.md       the safety plan and the people to reach, where there are any; never brought in again
    after_use.json       how using this left the person, where they said so; never brought in again
    README.txt           the same in plain words

Vectors, readings and how acute a text may be are derived from the words, so they are not in it.
"""

from __future__ import annotations

import csv
import json
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime
from hashlib import sha256
from io import BytesIO, StringIO

from frontmatter.default_handlers import YAMLHandler

from between.domain import AfterUse, Consent, Conversation, Entry, Message, Role, SafetyPlan, Trusted
from between.journal.ports import Diary
from between.prompts_dir import PROMPTS
from between.safety.plan import as_markdown

FORMAT = "between"
SCHEMA = 1
MANIFEST = "manifest.json"
ENTRIES = "entries/"
CONVERSATIONS = "conversations.jsonl"
MOODS = "moods.csv"
CONSENTS = "consents.json"
PLAN = "safety_plan.md"
AFTERS = "after_use.json"
README = "README.txt"

_RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")
"""A spreadsheet would run a cell that begins with one of these."""


def export_all(diary: Diary, at: datetime) -> bytes:
    """The zip, as it is at this moment."""
    entries, conversations = diary.all(Entry), diary.all(Conversation)
    consents = diary.all(Consent)
    messages: defaultdict[str, list[Message]] = defaultdict(list)
    for message in diary.all(Message):
        messages[message.conversation_id].append(message)
    files: dict[str, bytes] = {README: (PROMPTS / "export" / "readme.txt").read_bytes()}
    for entry in entries:
        files[_path(entry, files)] = _markdown(entry)
    files[CONVERSATIONS] = _lines(_conversation(talk, messages[talk.id]) for talk in conversations)
    files[MOODS] = _moods(entries)
    files[CONSENTS] = _json([asdict(consent) for consent in consents])
    plans, people = diary.all(SafetyPlan), diary.all(Trusted)
    plan = as_markdown(plans[-1] if plans else None, people)
    if plan:
        files[PLAN] = plan.encode("utf-8", "replace")
    afters = diary.all(AfterUse)
    if afters:
        files[AFTERS] = _json([asdict(one) for one in afters])
    counts = {
        "entries": len(entries),
        "moods": sum(entry.mood is not None for entry in entries),
        "conversations": len(conversations),
        "messages": sum(map(len, messages.values())),
        "consents": len(consents),
        "safety_plans": len(plans),
        "people": len(people),
    }
    return _zip({MANIFEST: _manifest(files, counts, at), **files}, at)


def _path(entry: Entry, taken: Iterable[str]) -> str:
    stamp = f"{entry.at.date().isoformat()}_{entry.at.strftime('%H%M')}"
    short = f"{ENTRIES}{stamp}_{entry.id[:8]}.md"
    return short if short not in taken else f"{ENTRIES}{stamp}_{entry.id}.md"


def _markdown(entry: Entry) -> bytes:
    front: dict[str, object] = {"id": str(entry.id), "date": entry.at.isoformat()}
    if entry.title:
        front["title"] = entry.title
    if entry.mood is not None:
        front["mood"] = int(entry.mood)
    if entry.tags:
        front["tags"] = list(entry.tags)
    if entry.written_at:
        front["written"] = entry.written_at.isoformat()
    if entry.edited_at:
        front["edited"] = entry.edited_at.isoformat()
    front |= {"source": entry.source, "remember": entry.remember}
    said = YAMLHandler().export(front, sort_keys=False)
    return f"---\n{said}\n---\n\n{entry.text}\n".encode("utf-8", "replace")


def _conversation(talk: Conversation, messages: Sequence[Message]) -> dict[str, object]:
    return {**asdict(talk), "messages": [_message(message) for message in messages]}


def _message(message: Message) -> dict[str, object]:
    """A message; the companion's words say in themselves that they are a machine's."""
    said = asdict(message)
    said.pop("tier")
    made = message.role is Role.COMPANION
    said["ai_generated"] = made
    if made:
        told = message.provenance
        said |= {
            "engine": told.engine if told else "",
            "model": told.model if told else "",
            "generated_at": message.at,
        }
    return said


def _moods(entries: Sequence[Entry]) -> bytes:
    """Moods as the person gave them, one row each."""
    table = StringIO(newline="")
    rows = csv.writer(table, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    rows.writerow(("date", "time", "mood", "title", "tags", "entry"))
    for entry in entries:
        if entry.mood is not None:
            at = entry.at
            cells = (at.date().isoformat(), at.strftime("%H:%M"), str(int(entry.mood)), entry.title)
            rows.writerow(map(_cell, (*cells, ", ".join(entry.tags), entry.id)))
    return table.getvalue().encode("utf-8-sig", "replace")


def _cell(text: str) -> str:
    return f"'{text}" if text.startswith(_RISKY) else text


def _manifest(files: dict[str, bytes], counts: dict[str, int], at: datetime) -> bytes:
    listed = {path: {"sha256": sha256(data).hexdigest(), "bytes": len(data)} for path, data in files.items()}
    return _json(
        {"format": FORMAT, "schema": SCHEMA, "made_at": at.isoformat(), "counts": counts, "files": listed}
    )


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1, default=_plain).encode("utf-8", "replace")


def _lines(values: Iterable[dict[str, object]]) -> bytes:
    return b"".join(_line(value) for value in values)


def _line(value: dict[str, object]) -> bytes:
    return json.dumps(value, ensure_ascii=False, default=_plain).encode("utf-8", "replace") + b"\n"


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError


def _zip(files: dict[str, bytes], at: datetime) -> bytes:
    """All files with one date, so that the same diary gives the same bytes."""
    packed = BytesIO()
    stamp = (max(1980, at.year), at.month, at.day, at.hour, at.minute, 0)
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for path, data in files.items():
            info = zipfile.ZipInfo(path, stamp)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            archive.writestr(info, data)
    return packed.getvalue()
