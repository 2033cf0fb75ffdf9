"""Tags as a person types them, made comparable."""

from __future__ import annotations

from collections.abc import Iterable


def tidy(tags: Iterable[str]) -> tuple[str, ...]:
    """Without ``#``, trimmed, each once whatever its case; the first spelling stays."""
    kept: dict[str, str] = {}
    for tag in tags:
        name = " ".join(tag.split()).lstrip("#").strip()
        if name:
            kept.setdefault(same(name), name)
    return tuple(kept.values())


def same(tag: str) -> str:
    """The form in which two spellings of one tag are equal."""
    return " ".join(tag.split()).lstrip("#").strip().casefold()
