"""Chooses among the lines of the guide: never one that was heard lately, in an order that the turn decides."""

from __future__ import annotations

import hashlib
import re

from between.companion.phrases import SLOT, Phrases
from between.companion.scene import WINDOW, Scene
from between.companion.tokens import openers

_ONE_PERSON = re.compile(
    r"\b(?:does|is|was|has|isn't|doesn't)\s+\{[pP]erson\}|\{[pP]erson\}\s+(?:is|was|has|isn't|does|sees|comes|plays)\b"
)


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


class Voice:
    """The lines that fit one scene. The same scene always gives the same words."""

    def __init__(self, phrases: Phrases, scene: Scene) -> None:
        self._phrases = phrases
        self._scene = scene
        self._seed = f"{scene.turns}\0{len(scene.said)}\0{scene.turn.text}"
        self._lately = scene.said[-WINDOW:]
        self._openers = {opener for text in self._lately for opener in openers(text)}
        self._taken: list[str] = []
        self.noticed: set[str] = set()
        """Tables of ``notice`` that this reply has used."""
        self.slots = self._own_slots()

    def _own_slots(self) -> dict[str, str]:
        scene = self._scene
        best = scene.pieces[0] if scene.pieces else None
        turned = next((piece.turned for piece in scene.pieces[:3] if piece.turned and not scene.learner), "")
        echoed = scene.echo.startswith(("you", "your"))
        turned = scene.echo if echoed else "" if scene.echo else turned
        told = scene.echo if scene.echo and not echoed else ""
        found = {
            "told": told,
            "Told": _upper(told),
            "quote": best.text if best else "",
            "mirror": turned,
            "Mirror": _upper(turned),
            "person": scene.person,
            "Person": _upper(scene.person),
            "topic": scene.topic,
            "Topic": _upper(scene.topic),
            "feeling": scene.feeling,
            "word": scene.word,
            "earlier": scene.earlier,
            "said": scene.turn.text.strip().strip(".!?… ").lower(),
        }
        return {slot: value for slot, value in found.items() if value}

    def chance(self, of: int, what: str = "") -> int:
        """A number below ``of`` that only the turn decides."""
        return int(hashlib.sha256(f"{self._seed}\0{what}".encode()).hexdigest()[:8], 16) % of

    def line(self, *keys: str, opening: bool = False, **slots: str) -> str:
        """A line from the tables, with its slots filled; empty when none can be filled.

        ``opening`` marks the beginning of a reply, which must not begin as another one did lately.
        """
        lines = [line for key in keys for line in self._phrases.lines(key)]
        return self.among(lines, opening=opening, **slots)

    def among(self, lines: list[str] | tuple[str, ...], *, opening: bool = False, **slots: str) -> str:
        """The same for lines that are at hand."""
        values = {**self.slots, **slots}
        ready = [line for line in lines if self._fits(line, values)]
        if not ready:
            return ""
        ranked = sorted(ready, key=lambda line: (self._worn(line, values, opening), self._order(line)))
        self._taken.append(ranked[0])
        return self._filled(ranked[0], values)

    def _fits(self, line: str, values: dict[str, str]) -> bool:
        if line in self._taken or not all(values.get(slot) for slot in SLOT.findall(line)):
            return False
        return not (self._scene.person_is_many and _ONE_PERSON.search(line))

    def _worn(self, line: str, values: dict[str, str], opening: bool) -> int:
        """0 for a line not heard before; more for one heard, and heard late."""
        fragment = max(SLOT.split(line)[::2], key=len).strip()
        telling = len(fragment) > 3  # "{Mirror}." has no words of its own that could be heard twice
        heard = max(
            (n for n, text in enumerate(self._scene.said, 1) if telling and fragment in text), default=0
        )
        clash = opening and bool(openers(self._filled(line, values)) & self._openers)
        late = heard > len(self._scene.said) - WINDOW
        return heard + (1000 if late and heard else 0) + (2000 if clash else 0)

    def _filled(self, line: str, values: dict[str, str]) -> str:
        return SLOT.sub(lambda match: values[match[1]], line)

    def _order(self, line: str) -> str:
        return hashlib.sha256(f"{self._seed}\0{line}".encode()).hexdigest()
