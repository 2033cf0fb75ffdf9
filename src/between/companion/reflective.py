"""Makes the pieces of a reflection: what is given back, one sentence more, one question."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from between.companion.phrases import Phrases
from between.companion.scene import Onlooker, Scene
from between.companion.tokens import sentences, words
from between.companion.voice import Voice

MOST_QUESTIONS = 4
WEIGHTY = 3.2
"""Score of a piece from which a reply may say that it matters."""
SHORTEST, LONGEST, SHORT_TEXT = 15, 90, 40
"""Words of a reply; for a short text at most ``SHORT_TEXT``."""


@dataclass(frozen=True, slots=True)
class Stage:
    """What a reply is made with."""

    scene: Scene
    voice: Voice
    phrases: Phrases
    onlooker: Onlooker
    questions_in_a_row: int = 2
    """How many replies in a row may end in a question."""

    @property
    def room(self) -> int:
        """How many words a reply may have: half as many again as the text, within bounds."""
        return max(SHORT_TEXT, min(LONGEST, len(words(self.scene.turn.text)) * 3 // 2))

    def anew(self) -> Stage:
        """The same with every line free again, for another try."""
        return replace(self, voice=Voice(self.phrases, self.scene))

    @property
    def may_ask(self) -> bool:
        """Not too many questions in a row, and none for one who wants none."""
        return not self.scene.no_questions and self.scene.asked < self.questions_in_a_row


def joined(stage: Stage, *parts: str) -> str:
    """The parts as one reply: the middle goes when there is no room, something is added when it is too short."""
    kept = [part for part in parts if part]
    while len(kept) > 2 and len(words(" ".join(kept))) > stage.room:
        kept.pop(1)
    asks = "?" in kept[-1]
    tone = f"deepen.{stage.scene.tone}"
    for table in (tone, tone if asks else "listen.stay"):
        if len(words(" ".join(kept))) < SHORTEST:
            kept.insert(len(kept) - asks, stage.voice.line(table))
    return " ".join(part for part in kept if part)


# The pieces of a reflection ----------------------------------------------------------------------


def reflect(stage: Stage, kind: str = "quote") -> str:
    """Gives back something of the text: ``quote``, ``mirror`` or ``feeling``, or else what it is about."""
    bank, voice = f"reflect.{stage.scene.bank}", stage.voice
    if kind == "quote" and "quote" in voice.slots:
        tables = [f"{bank}.quote"]
        tables += [f"{bank}.part"] if len(sentences(stage.scene.turn.text)) > 1 else []
        tables += (
            [f"{bank}.weighty"] if stage.scene.pieces[0].score >= WEIGHTY and bank != "reflect.good" else []
        )
        heavy = (
            stage.scene.tone in ("angry", "afraid", "sad", "ashamed")
            and len(words(voice.slots["quote"])) >= 5
        )
        tables += [f"{bank}.heavy"] if heavy and bank == "reflect.hard" else []
        return voice.line(*tables, opening=True)
    plainly = (
        ". " in stage.scene.echo or len(words(stage.scene.turn.text)) <= 6 or voice.chance(5, "echo") < 3
    )
    if kind in ("mirror", "told") and kind in voice.slots and plainly and not _sweeping(stage.scene):
        return voice.line(f"reflect.echo.{kind}", opening=True)
    if kind in ("mirror", "told", "feeling") and kind in voice.slots:
        return voice.line(f"{bank}.{kind}", opening=True)
    return bare(stage)


def _sweeping(scene: Scene) -> bool:
    """What goes too far to be repeated as though it were known."""
    return any(
        key in ("notice.minds", "notice.always", "notice.nobody", "notice.everyone", "notice.dismiss")
        for key, _ in scene.noticed
    )


def bare(stage: Stage) -> str:
    """Names what the text is about, when it is not quoted."""
    if stage.onlooker.mirror.harsh.grave(stage.scene.turn.text):
        return stage.voice.line("reflect.bare.grave", opening=True)
    for kind in ("person", "topic", "word"):
        if stage.voice.slots.get(kind):
            return stage.voice.line(f"reflect.bare.{kind}", opening=True)
    return stage.voice.line("reflect.bare.none", opening=True)


def own_day(scene: Scene) -> bool:
    """Whether the situation is told in this very text and fits its tone."""
    return scene.situation is not None and not scene.carried and _same_tone(scene)


def _same_tone(scene: Scene) -> bool:
    return scene.situation is not None and (scene.situation.tone == "good") == (scene.tone == "good")


def unheard(lines: tuple[str, ...], scene: Scene) -> tuple[str, ...]:
    """The lines that were not said in this talk."""
    return tuple(line for line in lines if not any(line in text for text in scene.said))


def deepen(stage: Stage, *, opening: bool = False) -> str:
    """One more sentence about how it is put or about this kind of day; empty when there is nothing to say."""
    scene, voice = stage.scene, stage.voice
    ready: list[tuple[tuple[str, ...], str, str]] = []
    if own_day(scene) and scene.situation is not None:
        ready.append((unheard(scene.situation.meaning, scene), "", ""))
    if not opening:
        ready += [(stage.phrases.lines(key), key, seen) for key, seen in _telling(scene)]
    start = voice.chance(len(ready), "deepen") if ready else 0
    for lines, key, seen in ready[start:] + ready[:start]:
        said = voice.among(unheard(lines, scene), opening=opening, seen=seen)
        if said:
            voice.noticed.add(key)
            return said
    return ""


def _telling(scene: Scene) -> Iterator[tuple[str, str]]:
    """What was noticed in how it is put, and fits the tone."""
    for key, seen in scene.noticed:
        fits = scene.tone != "good" or key in _GLAD_NOTICES
        if fits and (key != "notice.long" or len(words(scene.turn.text)) > 6):
            yield key, seen


_GLAD_NOTICES = ("notice.relief", "notice.picture", "notice.plan", "notice.wish")


def _open_questions(stage: Stage) -> tuple[str, ...]:
    """Questions that fit most texts; some only where something has happened."""
    bank = f"ask.{stage.scene.bank}"
    told = stage.scene.happened and stage.phrases.has(f"{bank}.past")
    return (*stage.phrases.lines(bank), *(stage.phrases.lines(f"{bank}.past") if told else ()))


def ask(stage: Stage, banks: tuple[str, ...]) -> str:
    """One open question out of the named banks, as far as they have any."""
    scene, voice = stage.scene, stage.voice
    if not stage.may_ask:
        return ""
    if scene.night and voice.chance(3, "night") == 0:
        return voice.line("ask.night")
    found: list[tuple[tuple[str, ...], str]] = []
    if "situation" in banks and scene.situation is not None and _same_tone(scene):
        ready = scene.situation.ask
        if scene.carried:  # the person whom it was about may not be the one named now
            ready = tuple(line for line in ready if "{" not in line)
        fresh = unheard(ready, scene)
        found += [(fresh, "")] * 3 if fresh else []
    for key, seen in _telling(scene):
        if stage.phrases.has(f"{key}.ask") and key not in voice.noticed:
            found += [(unheard(stage.phrases.lines(f"{key}.ask"), scene), seen)] * 2
    apt = scene.tone != "good" and (scene.situation is None or scene.situation.ask_person)
    if "person" in banks and scene.person and apt:
        found.append((stage.phrases.lines("ask.person"), ""))
    if "quote" in banks and len(words(voice.slots.get("quote", ""))) >= 4:
        found.append((stage.phrases.lines("ask.quote"), ""))
    if not found:
        found.append((_open_questions(stage), ""))
    lines, seen = found[voice.chance(len(found), "ask")]
    return voice.among(lines, seen=seen) or voice.line(f"ask.{scene.bank}")
