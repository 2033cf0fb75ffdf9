"""Reads the JSON lines of a task, and says which line is not one; never what stands in it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

Line = Mapping[str, Any]  # Any: the file formats are nested JSON


class BadLine(ValueError):
    """A line that a task cannot read; carries its number, not its text."""


class _Shape(BaseModel):
    model_config = ConfigDict(extra="allow", strict=True)


class _Text(_Shape):
    text: str


class _Memory(_Shape):
    id: str | int
    text: str
    date: str | None = None


class _Query(_Shape):
    qid: str | int
    q: str
    evidence_ids: list[str | int] = Field(default_factory=list)


class _Life(_Shape):
    memories: list[_Memory]
    queries: list[_Query]


class _Dialogue(_Shape):
    turns: list[str]
    memories: list[_Memory] | None = None
    stance: Literal["listen", "explore", "challenge", "practical"] | None = None


class _Said(_Shape):
    text: str
    role: str = "person"


class _Turns(_Shape):
    turns: list[str | _Said]


class _Reply(_Shape):
    reply: str
    person: str | list[str] | None = None
    tier: Annotated[int, Field(ge=0, le=4)] | Annotated[str, Field(pattern="^[Tt]?[0-4]$")] | None = None


def _shape(task: str, line: Line) -> type[_Shape]:
    """What a line of a task must hold; of most a text."""
    if task == "safety" and "text" not in line:
        return _Turns
    shapes: dict[str, type[_Shape]] = {"recall": _Life, "converse": _Dialogue, "guard": _Reply}
    return shapes.get(task, _Text)


def read(path: Path, task: str) -> Iterator[Line]:
    """The lines of a file, one JSON object each; ``BadLine`` at the first that is none of this task."""
    with path.open("rb") as file:
        for number, content in enumerate(file, start=1):
            if not content.strip():
                continue
            try:
                line = json.loads(content.decode("utf-8-sig" if number == 1 else "utf-8"))
            except (ValueError, RecursionError):
                raise BadLine(f"Line {number} is not JSON.") from None
            if not isinstance(line, dict):
                raise BadLine(f"Line {number} is not an object.")
            try:
                _shape(task, line).model_validate(line)
            except ValidationError as wrong:
                place = ".".join(str(part) for part in wrong.errors(include_input=False)[0]["loc"])
                raise BadLine(f"Line {number} has no usable {place}.") from None
            yield line
