"""Entries as JSON: one object a line, one array, or an object with ``entries``; also gzipped."""

from __future__ import annotations

import json
from collections.abc import Iterator

from between.errors import UnreadableImport
from between.journal.importers.dates import Dates, day_first_in
from between.journal.importers.draft import EntryDraft, Format, ImportOptions, Pieces, Skipped
from between.journal.importers.fields import draft_of, field_of, plain_name, scalar

_SOURCE = f"import:{Format.JSONL}"
_SHIFTED = "date_shifted"


def looks_like_json(text: str) -> bool:
    """Whether the text begins as an object or as an array of objects."""
    start = text.lstrip()[:200]
    return start.startswith("{") or (start.startswith("[") and start[1:].lstrip()[:1] in {"{", "]"})


def read_json(text: str, options: ImportOptions, where: str = "") -> Pieces:
    """One entry an object."""
    rows: list[tuple[int, dict[str, object]]] = []
    skipped: list[Skipped] = []
    for number, item in _items(text):
        if isinstance(item, dict):
            rows.append((number, {plain_name(key): value for key, value in item.items()}))
        else:
            skipped.append(Skipped("unreadable" if item is _BROKEN else "not_an_entry", where, number))
    if not rows:
        raise UnreadableImport
    date_key = _SHIFTED if options.shifted else ""
    said = (scalar(row.get(date_key) if date_key else field_of(row, "date")) for _, row in rows)
    known, seen = day_first_in(said)
    day_first = known if known is not None else options.day_first
    dates = Dates(options.zone, day_first)
    drafts: list[EntryDraft] = []
    for number, row in rows:
        draft = draft_of(row, dates, _SOURCE, date_key)
        if draft:
            drafts.append(draft)
        else:
            skipped.append(Skipped("empty", where, number))
    return Pieces(tuple(drafts), tuple(skipped), ambiguous_dates=seen and day_first is None)


_BROKEN = object()


def _items(text: str) -> Iterator[tuple[int, object]]:
    """Every item with its number; ``_BROKEN`` for a line that is not JSON."""
    whole = _parsed(text)
    if isinstance(whole, dict) and isinstance(whole.get("entries"), list):
        whole = whole["entries"]
    if isinstance(whole, list):
        yield from enumerate(whole, start=1)
        return
    # Not str.splitlines: it would also split at the separators that JSON allows inside a string.
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield number, _parsed(line)


def _parsed(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return _BROKEN
