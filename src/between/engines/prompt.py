"""Reads the model's prompts: reviewed files with a small typed header, checked when they are loaded."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import Literal

import frontmatter
from frontmatter.default_handlers import YAMLHandler
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from yaml import YAMLError  # type: ignore[import-untyped]  # ships no types

from between.errors import BrokenPrompt

# A prompt file:
#     ---
#     purpose: one sentence, for the person who reviews it
#     role: system | user | section     (a section becomes an input of another prompt)
#     temperature: 0.5                   (only where a model is asked)
#     inputs: [boundary, text]           (exactly the $names in the text below)
#     returns: what comes of it
#     ---
#     the text; "$name" is an input, "$$" is a dollar sign


class Header(BaseModel):
    """What a prompt file says about itself."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    purpose: str = Field(min_length=1)
    role: Literal["system", "user", "section"]
    inputs: tuple[str, ...]
    returns: str = Field(min_length=1)
    temperature: float | None = Field(default=None, ge=0, le=2)


@dataclass(frozen=True, slots=True)
class Prompt:
    """One prompt file, checked."""

    name: str
    header: Header
    body: str

    def fill(self, **values: str) -> str:
        """The text with its inputs in place; a value is never read as a template."""
        if set(values) != set(self.header.inputs):
            raise BrokenPrompt(self.name)
        return Template(self.body).substitute(values)


@dataclass(frozen=True, slots=True)
class Prompts:
    """The prompts of one folder by name, and the hash of everything that they say."""

    by_name: Mapping[str, Prompt]
    content_hash: str

    def __getitem__(self, name: str) -> Prompt:
        if name not in self.by_name:
            raise BrokenPrompt(name)
        return self.by_name[name]


def load(folder: Path) -> Prompts:
    """Read and check every ``*.md`` in ``folder``; ``BrokenPrompt`` names the first that does not fit."""
    paths = sorted(folder.glob("*.md"))
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return Prompts({path.stem: _read(path) for path in paths}, digest.hexdigest()[:16])


def _read(path: Path) -> Prompt:
    try:
        meta, body = frontmatter.parse(path.read_text(encoding="utf-8"), handler=YAMLHandler())
        header = Header.model_validate(meta)
    except (ValidationError, YAMLError, UnicodeDecodeError):
        raise BrokenPrompt(path.stem) from None
    text = Template(body.strip())
    if not text.is_valid() or set(text.get_identifiers()) != set(header.inputs):
        raise BrokenPrompt(path.stem)
    return Prompt(path.stem, header, text.template)
