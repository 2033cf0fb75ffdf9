"""Speaks of the person's own pages: only exact pieces, each with its day, and nothing that was not found."""

from __future__ import annotations

import re

from between.companion import dates
from between.companion.mirror import Mirror
from between.companion.scene import Scene
from between.companion.tokens import content_stems, words
from between.companion.voice import Voice
from between.domain import Intent, Recalled, Stance

MOST = 3
SHORT_PASSAGE = 16
"""Words up to which a passage is quoted whole."""
_COUNTED = ("", "one", "two", "three")
_TWO_WAYS = re.compile(
    r"\b(?:whether(?: i should| to)?|should i(?: really| just)?|do i|torn between|between|either|shall i|if i should)\s+"
    r"(?P<left>[^,.;:?!]{3,45}?)\s+(?:or|and)\s+(?:should i |do i |to |just )*(?P<right>[^,.;:?!]{3,45}?)\s*(?:[,.;:?!]|$)",
    re.IGNORECASE,
)


def two_ways(text: str) -> tuple[str, str]:
    """The two ways between which somebody chooses, in their words; empty when they name none."""
    match = _TWO_WAYS.search(text)
    if not match or match["right"].lower() in ("not", "no", "something", "whatever", "wait and see"):
        return "", ""
    either = re.search(r"\bbetween\b", match[0], re.IGNORECASE)
    if (" and " in match[0] and not either) or max(len(match[g].split()) for g in ("left", "right")) > 7:
        return "", ""
    return match["left"].strip(), match["right"].strip()


def piece_of(passage: Recalled, scene: Scene, mirror: Mirror) -> str:
    """The exact piece of a passage that stands nearest to what is written now; empty when none may be quoted."""
    whole = " ".join(passage.text.split())
    if passage.text == whole and len(words(whole)) <= SHORT_PASSAGE and mirror.may_stand(whole):
        return whole.rstrip(" .")
    now = content_stems(scene.turn.text)
    pieces = [piece for piece in mirror.pieces(passage.text) if not piece.text.endswith("…")]
    if not pieces:
        return ""
    best = max(pieces, key=lambda piece: 4.0 * len(now & content_stems(piece.text)) + piece.score)
    return best.text if best.text.lower() not in scene.low else ""


def past(scene: Scene, voice: Voice, mirror: Mirror) -> str:
    """Answers a question about the past from what was recalled, or says plainly that nothing was found."""
    found = [(passage, piece_of(passage, scene, mirror)) for passage in scene.turn.recalled]
    quoted = sorted(((passage.at, text) for passage, text in found if text), key=lambda one: one[0])[:MOST]
    period = scene.turn.reading.period
    if not quoted:
        if period is not None:
            return voice.line("recall.none_period", opening=True, period=dates.stretch(period, scene.turn.at))
        return voice.line("recall.none", opening=True)
    slots: dict[str, str] = {}
    for (at, text), number, name in zip(quoted, ("", "2", "3"), ("first", "second", "third"), strict=False):
        when = dates.day(at, scene.turn.at)
        slots |= {name: text, f"When{number}": when, f"when{number}": when[0].lower() + when[1:]}
    said = voice.line(f"recall.found_{_COUNTED[len(quoted)]}", opening=True, **slots)
    ask = scene.asked < 2 and not scene.no_questions and voice.chance(2, "past") == 0
    return f"{said} {voice.line('recall.found_ask' if ask else 'recall.found_after')}"


def link(scene: Scene, voice: Voice, mirror: Mirror) -> str:
    """Lays one earlier passage beside what is written now; empty when none may be quoted or all were."""
    for passage in scene.turn.recalled:
        text = piece_of(passage, scene, mirror)
        if not text or any(f"“{text}”" in said for said in scene.said):
            continue
        begun = voice.line(f"reflect.{scene.bank}.quote", opening=True)
        when = dates.day(passage.at, scene.turn.at)
        laid = voice.line("recall.link", opening=not begun, When=when, past=text)
        calm = scene.turn.reading.intent in (Intent.VENT, Intent.HEARD) or scene.turn.stance is Stance.LISTEN
        quiet = calm or scene.no_questions or scene.asked >= 2
        return " ".join(
            part
            for part in (begun, laid, voice.line("recall.link.quiet" if quiet else "recall.link.ask"))
            if part
        )
    return ""
