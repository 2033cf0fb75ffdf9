"""Takes out of a text what nobody can see but a program would obey, and bounds what a model may say."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from contextlib import closing

from between.errors import BadReply

LONGEST_REPLY = 4000
"""Characters after which a reply is cut; the prompt asks for far less."""

# Controls but tab and newline; soft hyphen; zero width; direction marks, embeddings and isolates;
# invisible operators; half characters, which cannot be sent; the tag block U+E0000 to U+E007F, which can
# spell hidden instructions.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164"
    "\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
_THINKING, _THOUGHT = "<think>", "</think>"


def plain(text: str) -> str:
    """The text as a person would see it, without characters that hide or reorder anything."""
    return _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def spoken(pieces: Iterator[str]) -> Generator[str, None, None]:
    """The reply that a person gets: plain, without a local model's thinking aloud, of bounded length.

    ``BadReply`` when nothing visible is left.
    """
    said = 0
    with closing(_after_thinking(pieces)) as heard:
        for piece in heard:
            seen = plain(piece)
            if not said:
                seen = seen.lstrip()
            seen = seen[: LONGEST_REPLY - said]
            said += len(seen)
            if seen:
                yield seen
            if said >= LONGEST_REPLY:
                return
    if not said:
        raise BadReply


def _after_thinking(pieces: Iterator[str]) -> Generator[str, None, None]:
    """Skip one ``<think>`` block at the very start, which small local models send as if it were the reply."""
    held = ""
    for piece in pieces:
        held += piece
        start = held.lstrip()
        if start.startswith(_THINKING):
            _, ended, held = start.partition(_THOUGHT)
            if ended:
                break
            held = _THINKING + start[-len(_THOUGHT) :]  # enough to notice the end; the rest is dropped
        elif not _THINKING.startswith(start):
            break
    else:
        held = "" if held.lstrip().startswith(_THINKING) else held
    if held:
        yield held
    yield from pieces
