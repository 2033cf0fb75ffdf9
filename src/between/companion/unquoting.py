"""Takes the words of a forgotten entry out of the replies that quoted it."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

GONE = "…"
"""Stands where a quote was."""
SHORTEST = 12
"""Characters that reply and passage must share, at least two words, to count as a quote without its marks."""
_QUOTED = re.compile(r"[“\"]([^”\"]+)[”\"]")


def unquoted(reply: str, passage: str) -> str:
    """The reply without what it took from the passage, with or without quotation marks."""
    low = passage.casefold()

    def taken(match: re.Match[str]) -> str:
        return f"“{GONE}”" if match.group(1).strip(" .…").casefold() in low else match.group()

    reply = _QUOTED.sub(taken, reply)
    while True:
        match = SequenceMatcher(None, reply.casefold(), low, autojunk=False).find_longest_match()
        shared = reply[match.a : match.a + match.size]
        if match.size < SHORTEST or len(shared.split()) < 2 or len(reply.casefold()) != len(reply):
            return reply
        reply = reply[: match.a] + GONE + reply[match.a + match.size :]
