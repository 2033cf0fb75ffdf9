"""Code names: what a space is called instead of a person's name or address."""

from __future__ import annotations

import re
import secrets
import tomllib
from functools import cache
from pathlib import Path

_WORDS = Path(__file__).parent / "code_names.toml"
_LONGEST = 64


def new_code_name(digits: int = 2) -> str:
    """Two calm words and a number of so many digits."""
    adjectives, nouns = _lists()
    least = 10 ** (digits - 1)
    number = least + secrets.randbelow(9 * least)
    return f"{secrets.choice(adjectives)}-{secrets.choice(nouns)}-{number}"


def read_code_name(typed: str) -> str:
    """A code name as it was meant: case, and spaces in place of dashes, do not matter; empty for no code name."""
    if len(typed) > _LONGEST:
        return ""
    plain = "-".join(re.findall(r"[^\W_]+", typed.casefold()))
    return plain if plain.isascii() else ""


@cache
def _lists() -> tuple[tuple[str, ...], tuple[str, ...]]:
    words = tomllib.loads(_WORDS.read_text("utf-8"))
    return tuple(words["adjectives"]), tuple(words["nouns"])
