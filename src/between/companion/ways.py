"""Ways to answer: several are tried, and the one that suits the talk best is taken.

What suits: something of the person's own words in it, a sentence about this kind of day rather than any
day, a length that fits theirs, and not the same shape as the replies before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from between.companion.reflective import MOST_QUESTIONS, Stage, ask, bare, deepen, joined, own_day, reflect
from between.companion.scene import Scene
from between.companion.tokens import content_stems, sentences, words
from between.domain import Stance

Way = Callable[[Stage], str]
_ABOUT = ("situation", "person")


def _quote_ask(stage: Stage) -> str:
    return joined(stage, reflect(stage), ask(stage, _ABOUT))


def _quote_deepen_ask(stage: Stage) -> str:
    return joined(stage, reflect(stage), deepen(stage), ask(stage, _ABOUT))


def _said_back(stage: Stage) -> str:
    """The text turned round, where that is safe."""
    kind = next((kind for kind in ("mirror", "told") if kind in stage.voice.slots), "")
    return reflect(stage, kind) if kind else ""


def _mirror_ask(stage: Stage) -> str:
    begun = _said_back(stage)
    return joined(stage, begun, ask(stage, _ABOUT)) if begun else ""


def _mirror_deepen_ask(stage: Stage) -> str:
    begun = _said_back(stage)
    return joined(stage, begun, deepen(stage), ask(stage, _ABOUT)) if begun else ""


def _feeling_ask(stage: Stage) -> str:
    if "feeling" not in stage.voice.slots:
        return ""
    return joined(stage, reflect(stage, "feeling"), deepen(stage), ask(stage, ("situation", "person")))


def _deepen_ask(stage: Stage) -> str:
    if not own_day(stage.scene):
        return ""
    return joined(stage, deepen(stage, opening=True), ask(stage, ("person", "quote")))


def _deepen_quote_ask(stage: Stage) -> str:
    if not own_day(stage.scene) or "quote" not in stage.voice.slots:
        return ""
    after = stage.voice.line(f"reflect.{stage.scene.bank}.after")
    return joined(stage, f"{deepen(stage, opening=True)} {after}", "", ask(stage, ("situation", "person")))


def _bare_ask(stage: Stage) -> str:
    if {"quote", "mirror"} & stage.voice.slots.keys():
        return ""
    return joined(stage, bare(stage), deepen(stage), ask(stage, ("situation", "quote")))


EXPLORING: tuple[Way, ...] = (
    _quote_ask, _quote_deepen_ask, _mirror_ask, _mirror_deepen_ask, _feeling_ask, _deepen_ask, _deepen_quote_ask,
    _bare_ask,
)  # fmt: skip


def _stay(stage: Stage) -> str:
    return stage.voice.line("listen.invite" if stage.voice.chance(3, "stay") == 0 else "listen.stay")


def _quote_stay(stage: Stage) -> str:
    return joined(stage, reflect(stage), deepen(stage), _stay(stage))


def _quote_only(stage: Stage) -> str:
    return joined(stage, reflect(stage), deepen(stage))


def _mirror_stay(stage: Stage) -> str:
    begun = _said_back(stage)
    return joined(stage, begun, deepen(stage), _stay(stage)) if begun else ""


def _mirror_only(stage: Stage) -> str:
    begun = _said_back(stage)
    return joined(stage, begun, deepen(stage)) if begun else ""


def _feeling_stay(stage: Stage) -> str:
    return (
        joined(stage, reflect(stage, "feeling"), deepen(stage), _stay(stage))
        if "feeling" in stage.voice.slots
        else ""
    )


def _deepen_quote_stay(stage: Stage) -> str:
    if not own_day(stage.scene) or "quote" not in stage.voice.slots:
        return ""
    after = stage.voice.line(f"reflect.{stage.scene.bank}.after")
    return joined(stage, f"{deepen(stage, opening=True)} {after}", "", _stay(stage))


def _bare_stay(stage: Stage) -> str:
    if {"quote", "mirror"} & stage.voice.slots.keys():
        return ""
    return joined(stage, bare(stage), deepen(stage), _stay(stage))


def _light_question(stage: Stage) -> str:
    scene = stage.scene
    silent = scene.careful or not stage.may_ask or scene.turn.stance is Stance.LISTEN or scene.asked > 0
    return (
        ""
        if silent or scene.turns % 3
        else joined(stage, reflect(stage), "", stage.voice.line("listen.light"))
    )


LISTENING: tuple[Way, ...] = (
    _quote_stay, _quote_only, _mirror_stay, _mirror_only, _feeling_stay, _deepen_quote_stay, _bare_stay, _light_question,
)  # fmt: skip


def best(stage: Stage, ways: tuple[Way, ...]) -> str:
    """The way to answer that suits the talk best."""
    made = [(way.__name__, way(stage.anew())) for way in ways]
    text = max(((name, text) for name, text in made if text), key=lambda one: _suits(stage, *one))[1]
    filled = len(sentences(text)) < 2 or any(line in text for line in _fillers(stage))
    if filled and ways is EXPLORING and not stage.may_ask and stage.questions_in_a_row < MOST_QUESTIONS:
        return best(
            replace(stage, questions_in_a_row=MOST_QUESTIONS), ways
        )  # better to ask than to say nothing
    return text


def _fillers(stage: Stage) -> tuple[str, ...]:
    """Lines that would fit anything."""
    return (*stage.phrases.lines(f"deepen.{stage.scene.tone}"), *stage.phrases.lines("listen.stay"))


def _suits(stage: Stage, name: str, text: str) -> float:
    scene = stage.scene
    score = stage.voice.chance(100, name) / 60
    score -= 4.0 if len(words(text)) > stage.room + 4 or text in scene.said else 0.0
    score += 1.5 if content_stems(text) & content_stems(scene.turn.text) else -3.0
    score += 1.1 if any(line in text for line in _day_lines(scene)) else 0.0
    score -= 0.7 if "?" in text and any(line in text for line in _fillers(stage)) else 0.0
    begun = [reply.startswith("“") for reply in scene.said[-2:]]
    quoted = ["“" in reply for reply in scene.said[-2:]]
    score -= 1.2 * sum(begun) if text.startswith("“") else 0.0
    score -= 0.7 * sum(quoted) if "“" in text else 0.0
    # A short message is not read out to the one who wrote it.
    score -= 1.2 if text.startswith("“") and len(words(scene.turn.text)) <= 8 else 0.0
    score -= 1.5 if _echoes(text, scene) and "“" in text and len(words(scene.turn.text)) <= 8 else 0.0
    return score


def _day_lines(scene: Scene) -> Iterator[str]:
    if scene.situation is not None and not scene.carried:
        yield from (*scene.situation.meaning, *scene.situation.ask)
    elif scene.situation is not None:
        yield from scene.situation.ask


def _echoes(text: str, scene: Scene) -> bool:
    said = scene.turn.text.strip().strip(".!?… ")
    return bool(said) and said in text
