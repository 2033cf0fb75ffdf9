"""Entries in jrnl's text form: ``[2020-06-28 18:22] Title``, then the words."""

from __future__ import annotations

import re

from between.journal.importers.dates import Dates, day_first_in
from between.journal.importers.draft import EntryDraft, Format, ImportOptions, Pieces, Skipped
from between.journal.tags import tidy

_SOURCE = f"import:{Format.JRNL}"
_HEAD = re.compile(r"^\[([^\]\n]{6,40})\][ \t]*(.*)$", re.MULTILINE)
_TAG = re.compile(r"(?<!\S)@(\w[\w-]*)")


def looks_like_jrnl(text: str) -> bool:
    """Whether the first line that is not blank begins with a date in square brackets."""
    hit = _HEAD.match(text.lstrip())
    return bool(hit and Dates().whole(hit[1]))


def read_jrnl(text: str, options: ImportOptions, where: str = "") -> Pieces:
    """One entry a bracketed date at the start of a line."""
    heads = list(_HEAD.finditer(text))
    known, seen = day_first_in(hit[1] for hit in heads)
    day_first = known if known is not None else options.day_first
    dates = Dates(options.zone, day_first)
    found = [(at, hit) for hit in heads if (at := dates.whole(hit[1]))]
    ends = [hit.start() for _, hit in found[1:]] + [len(text)]
    drafts: list[EntryDraft] = []
    skipped: list[Skipped] = []
    for (at, hit), end in zip(found, ends, strict=False):
        title = hit[2].strip().strip("*").strip()
        body = text[hit.end() : end].strip()
        words, title = (body, title) if body else (title, "")
        if words:
            tags = tidy(_TAG.findall(f"{title} {words}"))
            drafts.append(EntryDraft(at=at, text=words, title=title, tags=tags, source=_SOURCE))
        else:
            skipped.append(Skipped("empty", where, text.count("\n", 0, hit.start()) + 1))
    above = text[: found[0][1].start()].strip() if found else text.strip()
    if above:
        drafts.insert(0, EntryDraft(at=None, text=above, source=_SOURCE))
    return Pieces(tuple(drafts), tuple(skipped), ambiguous_dates=seen and day_first is None)
