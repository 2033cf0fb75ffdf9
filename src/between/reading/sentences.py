"""Cuts a text into the pieces that are read one by one."""

from __future__ import annotations

import re

_END = re.compile(r"(?<=[.!?…])[\"”’)]*\s+|\n+")
SHORTEST = 4
"""Words below which a sentence joins the one before it."""
MOST = 6
"""Pieces that are read of one text: the reading must stay quick."""
LONGEST = 40
"""Words that are read of one piece."""


def sentences(text: str) -> list[str]:
    """The sentences of a text, as written."""
    return [piece.strip() for piece in _END.split(text) if piece.strip()]


def pieces(text: str) -> list[str]:
    """A few stretches of a text, at most ``MOST``; of a long text the first ones and the last ones."""
    joined: list[str] = []
    for sentence in sentences(text):
        if joined and (len(sentence.split()) < SHORTEST or len(joined[-1].split()) < SHORTEST):
            joined[-1] = f"{joined[-1]} {sentence}"
        else:
            joined.append(sentence)
    while len(joined) > 2 * MOST:
        joined = [" ".join(joined[i : i + 2]) for i in range(0, len(joined), 2)]
    if len(joined) > MOST:
        joined = joined[: MOST // 2] + joined[-(MOST - MOST // 2) :]
    return [" ".join(piece.split()[:LONGEST]) for piece in joined]
