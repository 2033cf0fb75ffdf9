"""Takes the words of forgotten sources out of the replies that quoted them."""

from __future__ import annotations

import re
from collections.abc import Iterator

GONE = "…"
"""Stands where a quote was."""
SHORTEST = 12
"""Characters that reply and source must share, at least two words, to count as a quote without its marks."""
_QUOTED = re.compile(r"[“\"]([^”\"]+)[”\"]")
_SAME = str.maketrans("’‘“”", "''\"\"")


def unquoted(reply: str, *sources: str) -> str:
    """The reply without what it took from any of the sources, with or without quotation marks.

    All sources at once: where two of them share words, a piece of the second must not survive the first.
    """
    low = [_folded(source) for source in sources]

    def taken(match: re.Match[str]) -> str:
        said = _folded(match.group(1)).strip(" .…")
        return f"“{GONE}”" if any(said in source for source in low) else match.group()

    reply = _QUOTED.sub(taken, reply)
    kept, done = [], 0
    for start, end in _shared(_folded(reply), low):
        if len(reply[start:end].split()) >= 2:
            kept += [reply[done:start], GONE]
            done = end
    return "".join([*kept, reply[done:]])


def _shared(reply: str, sources: list[str]) -> Iterator[tuple[int, int]]:
    """Stretches of the reply of which every part stands in a source, each as long as it can be."""
    grams = {source[at : at + SHORTEST] for source in sources for at in range(len(source) - SHORTEST + 1)}
    start = end = 0
    for at in range(len(reply) - SHORTEST + 1):
        if reply[at : at + SHORTEST] not in grams:
            continue
        if at > end:
            if end:
                yield start, end
            start = at
        end = at + SHORTEST
    if end:
        yield start, end


def _folded(text: str) -> str:
    """Without regard to case, quotation marks and line ends, and exactly as long as before."""
    folded = (" " if char.isspace() else char.casefold() for char in text.translate(_SAME))
    return "".join(low if len(low) == 1 else char for low, char in zip(folded, text, strict=True))
