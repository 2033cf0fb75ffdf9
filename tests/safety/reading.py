"""Reads the line files of this suite."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

from between.safety.screen import Screen

LINES = Path(__file__).parent / "lines"


def lines(name: str) -> list[str]:
    """The lines of a text file, without its comments."""
    rows = (LINES / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [row for row in rows if row and not row.startswith("#")]


def lanes() -> list[tuple[str, int, str]]:
    """Lane, least tier and line."""
    table: dict[str, Any] = tomllib.loads((LINES / "lanes.toml").read_text(encoding="utf-8"))
    return [(lane, rows["tier"], line) for lane, rows in table.items() for line in rows["lines"]]


@lru_cache(maxsize=1)
def screen() -> Screen:
    """One screen for the whole suite; it keeps nothing."""
    return Screen()
