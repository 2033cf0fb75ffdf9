"""Sets two contrasting views beside the person's own, each marked as only possible (``prompts/lenses``)."""

from __future__ import annotations

from between.companion.phrases import Lens, Phrases
from between.companion.scene import Scene
from between.companion.tokens import words
from between.companion.voice import Voice

LONGEST = 90
GROUPS = ("self", "other", "future")


def views(scene: Scene, voice: Voice, phrases: Phrases, detail: str) -> str:
    """Two views that pull in different directions; asks for the first view when there is none yet."""
    if detail == "after":
        return voice.line("views.after", opening=True) or voice.line("views.after.bare", opening=True)
    if detail:
        return voice.line(f"views.{detail}", opening=True)
    quote = voice.slots.get("quote") or scene.material
    if not quote and scene.situation is None:
        return voice.line("views.none_yet", opening=True)
    pair = _pair(scene, voice, phrases)
    slots: dict[str, str] = {}
    for number, name, (lens, view) in zip(("1", "2"), ("first", "second"), pair, strict=True):
        slots |= {
            name: view,
            f"name{number}": lens.name,
            f"Name{number}": lens.name[0].upper() + lens.name[1:],
        }
    said = voice.line("views.frame", opening=True, **slots)
    lead = voice.line("views.lead", opening=True, quote=quote) if quote else ""
    whole = f"{lead} {said}".strip()
    return whole if len(words(whole)) <= LONGEST else said


def _pair(scene: Scene, voice: Voice, phrases: Phrases) -> list[tuple[Lens, str]]:
    kind = _kind(scene, phrases)
    ready = [lens for lens in phrases.lenses if _suits(lens, scene)]
    heard = " ".join(scene.said)
    # Lenses that speak to this kind of day come first, then those not used before, then as the turn has it.
    ready.sort(key=lambda lens: (lens.name in heard, kind not in lens.views, voice.chance(1000, lens.key)))
    pair: list[tuple[Lens, str]] = []
    for lens in ready:
        if any(lens.pull == other.pull for other, _ in pair):
            continue
        view = voice.among(lens.views.get(kind, ())) or voice.among(lens.views["any"])
        if view:
            pair.append((lens, view))
        if len(pair) == 2:
            break
    return pair


def _kind(scene: Scene, phrases: Phrases) -> str:
    name = scene.situation.name if scene.situation else ""
    return next((group for group in GROUPS if name in phrases.lines(f"views.groups.{group}")), "any")


def _suits(lens: Lens, scene: Scene) -> bool:
    if lens.needs_person and not scene.company:
        return False
    situation = scene.situation.name if scene.situation else ""
    return not (lens.not_lanes & set(scene.turn.finding.lanes)) and situation not in lens.not_situations
