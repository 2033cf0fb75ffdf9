"""Reads the JSON lines of a task, and says which line is not one; never what stands in it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

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


_SHAPES: dict[str, type[_Shape]] = {"recall": _Life, "converse": _Dialogue}
"""What a line of a task must hold; of all others a text."""


def read(path: Path, task: str) -> Iterator[Line]:
    """The lines of a file, one JSON object each; ``BadLine`` at the first that is none of this task."""
    shape = TypeAdapter(_SHAPES.get(task, _Text))
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
                shape.validate_python(line)
            except ValidationError as wrong:
                place = ".".join(str(part) for part in wrong.errors(include_input=False)[0]["loc"])
                raise BadLine(f"Line {number} has no usable {place}.") from None
            yield line
