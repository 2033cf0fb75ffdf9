"""The guide: the engine that needs no model, no key and no network.

It answers with reviewed lines joined to the person's exact words. The same turn always gives the same
reply; nothing is heard twice within twelve replies; it makes up no facts, because it has none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from between.companion.compose import compose
from between.companion.moves import Policy
from between.companion.night import quieter
from between.companion.phrases import Phrases
from between.companion.reflective import Stage
from between.companion.scene import Onlooker
from between.companion.voice import Voice
from between.domain import Speech, Turn
from between.prompts_dir import PROMPTS

NAME = "guide"


class Guide:
    """An engine out of the files in ``folder``, with the lenses in the folder beside it."""

    def __init__(self, folder: Path = PROMPTS / "guide") -> None:
        self._phrases = Phrases(folder)
        self._onlooker = Onlooker(self._phrases)
        self._policy = Policy(self._phrases, self._onlooker)

    @property
    def version(self) -> str:
        """Short name of the content: changes whenever a line of it does."""
        return f"{NAME} {self._phrases.hash[:8]}"

    def reply(self, turn: Turn) -> Speech:
        """A reply in small pieces, so that a screen can show it as it comes."""
        scene = self._onlooker.look(turn)
        stage = Stage(scene, Voice(self._phrases, scene), self._phrases, self._onlooker)
        text, move = compose(self._policy.choose(scene), stage)
        text = quieter(text, move, stage)
        made = Speech(_words(text), engine=NAME, model=self.version, prompt=self._phrases.hash, move=move)
        return replace(made, reviewed=True)


def _words(text: str) -> Iterator[str]:
    yield from re.findall(r"\S+\s*", text)
