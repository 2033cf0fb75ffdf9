"""Whether a text is probably not English: cheap, by script and by short everyday words."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

from between.errors import UnreadableRule
from between.safety.lexicon import FOLDER

_WORDS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SAMPLE = 4000


@dataclass(frozen=True)
class Language:
    """Knows the little words of English and of some neighbours."""

    english: frozenset[str] = field(repr=False)
    foreign: frozenset[str] = field(repr=False)

    @classmethod
    def load(cls, path: Path = FOLDER / "language.toml") -> Language:
        """Read the lists of words."""
        try:
            with path.open("rb") as file:
                lists = tomllib.load(file)
            return cls(frozenset(lists["english"]), frozenset(lists["foreign"]) - frozenset(lists["english"]))
        except (OSError, KeyError, tomllib.TOMLDecodeError):
            raise UnreadableRule from None

    def unclear(self, text: str) -> bool:
        """True when the text is likely in a language that the rules do not know; short lines stay in doubt's favour."""
        text = text[:_SAMPLE]
        letters = [c for c in text if c.isalpha()]
        if len(letters) >= 3:
            foreign_letters = sum(
                1 for c in letters if ord(c) > 0x24F and "LATIN" not in unicodedata.name(c, "")
            )
            if foreign_letters * 2 > len(letters):
                return True
        words = [w.lower().replace("’", "'") for w in _WORDS.findall(text)]
        if len(words) < 3:
            return False
        known = sum(1 for w in words if w in self.english)
        strange = sum(1 for w in words if w in self.foreign)
        if len(words) < 6:
            return strange >= 2 and strange > 2 * known
        return (known / len(words) < 0.12 and strange >= 1) or (strange >= 3 and strange > known)
