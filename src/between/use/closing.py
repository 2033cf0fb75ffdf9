"""A way to close a long sitting: a look back in the person's own words, for the page to show."""

from __future__ import annotations

import re
from collections.abc import Sequence

from between.safety.reviewed import honest_use

LONGEST = 90
"""Characters of one piece of a person's words."""
_SENTENCE = re.compile(r"[^.!?\n]+[.!?…]*")


def look_back(texts: Sequence[str], seed: int = 0) -> str:
    """Two sentences around the first and the last thing that was written, oldest first; empty for nothing."""
    pieces = [piece for piece in map(_piece, texts) if piece]
    if not pieces:
        return ""
    words = honest_use().look_back
    two = len(set(pieces)) > 1
    options = words["two" if two else "one"]
    return options[seed % len(options)].format(first=pieces[0], last=pieces[-1])


def _piece(text: str) -> str:
    """The first sentence as it stands, cut at a word."""
    found = _SENTENCE.search(text.strip())
    said = found[0].strip().rstrip(".!?") if found else ""
    return said if len(said) <= LONGEST else said[:LONGEST].rsplit(" ", 1)[0] + " …"
