"""The protocol in plain words, as the app shows it and SAFETY.md repeats it (clinical R8)."""

from __future__ import annotations

from functools import lru_cache

from between.errors import UnreadableRule
from between.prompts_dir import PROMPTS


@lru_cache(maxsize=1)
def protocol() -> str:
    """What Between does in a hard moment, tier by tier and topic by topic, as Markdown."""
    try:
        return (PROMPTS / "safety" / "protocol.md").read_text("utf-8")
    except OSError:
        raise UnreadableRule from None
