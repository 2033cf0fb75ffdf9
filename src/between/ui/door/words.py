"""Small turns of phrase for the door."""

from __future__ import annotations

from collections.abc import Sequence

from between.ui import wording


def advice(keys: Sequence[str]) -> list[str]:
    """What would make a passphrase better, in words, without repeats."""
    return [wording.STRENGTH_ADVICE[key] for key in dict.fromkeys(keys)]


def waiting(seconds: int) -> str:
    """A wait in the unit that a person would use."""
    if seconds < 90:
        return f"{max(1, seconds)} seconds"
    return f"{-(-seconds // 60)} minutes"
