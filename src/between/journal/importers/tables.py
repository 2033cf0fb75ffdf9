"""Entries in a table: CSV with any usual delimiter and column names, or just ``date,content``."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO

from between.errors import UnreadableImport
from between.journal.importers.dates import Dates, day_first_in
from between.journal.importers.draft import EntryDraft, Format, ImportOptions, Pieces, Skipped
from between.journal.importers.fields import NAMES, draft_of, plain_name
from between.journal.importers.limits import MAX_UNPACKED

DELIMITERS = ",;\t|"
_SOURCE = f"import:{Format.CSV}"


def looks_like_table(text: str) -> bool:
    """Whether the first row names a date and a text, or is one."""
    return _shape(text) is not None


def read_table(text: str, options: ImportOptions, where: str = "") -> Pieces:
    """One entry a row."""
    shape = _shape(text)
    if shape is None:
        raise UnreadableImport
    delimiter, columns, has_names = shape
    try:
        rows = list(_rows(text, delimiter))[1 if has_names else 0 :]
    except csv.Error:
        raise UnreadableImport from None
    known, seen = day_first_in(cell for row in rows for cell in _under(row, columns, NAMES["date"]))
    day_first = known if known is not None else options.day_first
    dates = Dates(options.zone, day_first)
    drafts: list[EntryDraft] = []
    skipped: list[Skipped] = []
    for number, row in enumerate(rows, start=2 if has_names else 1):
        if not any(cell.strip() for cell in row):
            continue
        draft = draft_of(dict(zip(columns, row, strict=False)), dates, _SOURCE)
        if draft:
            drafts.append(draft)
        else:
            skipped.append(Skipped("empty", where, number))
    return Pieces(tuple(drafts), tuple(skipped), ambiguous_dates=seen and day_first is None)


def _shape(text: str) -> tuple[str, list[str], bool] | None:
    """Delimiter, column names, and whether the first row holds them."""
    for delimiter in DELIMITERS:
        try:
            first = next(_rows(text, delimiter), [])
        except csv.Error:
            continue
        columns = [plain_name(cell) for cell in first]
        if _has(columns, "date") and (_has(columns, "text") or _has(columns, "title")):
            return delimiter, columns, True
        if len(first) == 2 and Dates().whole(first[0]) and first[1].strip():
            return delimiter, ["date", "text"], False
    return None


def _rows(text: str, delimiter: str) -> Iterator[list[str]]:
    csv.field_size_limit(MAX_UNPACKED)  # one long entry may exceed the library's 128 KB
    return csv.reader(StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True)


def _has(columns: list[str], name: str) -> bool:
    return any(key in columns for key in NAMES[name])


def _under(row: list[str], columns: list[str], names: tuple[str, ...]) -> Iterator[str]:
    return (cell for column, cell in zip(columns, row, strict=False) if column in names)
