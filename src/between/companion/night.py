"""Between midnight and five: replies are short, sleep comes first, and nothing long is begun (clinical R108)."""

from __future__ import annotations

from between.companion.reflective import Stage
from between.companion.tokens import sentences, unquoted, words

MOST_WORDS = 60
_AS_THEY_ARE = frozenset({"steady", "goodbye", "limits", "unclear", "about_companion"})
"""Moves whose words are not changed, whatever the hour."""


def quieter(text: str, move: str, stage: Stage) -> str:
    """The reply as it is said at night; by day, the reply."""
    if not stage.scene.night or move.partition(".")[0] in _AS_THEY_ARE:
        return text
    said = " ".join(stage.scene.said)
    first = not any(line in said for line in stage.phrases.lines("night.first"))
    rest = stage.voice.line("night.first") if first and not move.startswith("night") else ""
    parts = sentences(text)
    if rest:  # no question draws on
        parts = [part for part in parts if "?" not in unquoted(part)][:2]
    while len(parts) > 1 and _long([*parts, rest]):
        parts.pop()
    return rest if rest and _long([*parts, rest]) else " ".join(part for part in [*parts, rest] if part)


def _long(parts: list[str]) -> bool:
    return len(words(" ".join(parts))) > MOST_WORDS
