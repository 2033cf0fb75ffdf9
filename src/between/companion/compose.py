"""Makes the words of a reply for the move that was chosen. All of them come from the files of the guide."""

from __future__ import annotations

from collections.abc import Callable

from between.companion import pages, views
from between.companion.reflective import Stage, joined, reflect
from between.companion.scene import NUMBERS
from between.companion.tokens import unquoted, words
from between.companion.ways import EXPLORING, LISTENING, best
from between.reading.distortion import LABELS

OFFER_EVERY = 4
"""Replies between two in which a thinking pattern is offered by its name."""


def compose(move: str, stage: Stage) -> tuple[str, str]:
    """The reply for a move, and the move that it became: exploring, where there was nothing to make it of."""
    kind, _, detail = move.partition(".")
    made = _MOVES[kind](stage, detail)
    return (made, move) if made else (_explore(stage, ""), "explore")


# Moves ------------------------------------------------------------------------------------------


def _explore(stage: Stage, _: str) -> str:
    return best(stage, EXPLORING)


def _listen(stage: Stage, _: str) -> str:
    """Reflects and stays; a light question now and then, and never for one who only wants to be heard."""
    return best(stage, LISTENING)


def _given_back(stage: Stage) -> str:
    """A reflection in the shape that was not used last."""
    quoted_last = bool(stage.scene.said) and stage.scene.said[-1].startswith("“")
    kind = next((kind for kind in ("mirror", "told") if kind in stage.voice.slots), "quote")
    return reflect(stage, kind if quoted_last or stage.voice.chance(3, "given back") else "quote")


def _challenge(stage: Stage, _: str) -> str:
    """Reflects, then asks for the other side; a thinking pattern is offered once in a while, with a way out."""
    scene, voice = stage.scene, stage.voice
    if scene.asked >= 2:
        return _explore(stage, "")
    patterns = [
        label for label, _ in scene.turn.reading.distortions if stage.phrases.has(f"challenge.{label}.ask")
    ]
    accurate = scene.situation is not None and scene.situation.name in _ACCURATE
    if patterns and not accurate:
        offers = [line for label in LABELS for line in stage.phrases.lines(f"challenge.{label}.offer")]
        lately = " ".join(scene.said[-OFFER_EVERY:])
        fresh = not any(line in lately for line in offers)
        table = "offer" if fresh and voice.chance(2, "name") == 0 else "ask"
        return joined(stage, _given_back(stage), "", voice.line(f"challenge.{patterns[0]}.{table}"))
    return joined(stage, _given_back(stage), "", voice.line("ask.challenge"))


_ACCURATE = frozenset({"loss", "illness", "caring", "discrimination", "money", "betrayal", "rejection"})
"""Kinds of day in which a dark reading is likely to be true; no pattern is offered there."""


def _practical(stage: Stage, _: str) -> str:
    scene, voice = stage.scene, stage.voice
    if scene.asked >= 2:
        return _explore(stage, "")
    planned = any(key == "notice.plan" for key, _ in scene.noticed)
    if planned:
        return joined(stage, _given_back(stage), voice.line("notice.plan"), voice.line("notice.plan.ask"))
    if voice.chance(3, "step") == 0 and scene.turns > 1:
        own = voice.among(scene.situation.step) if scene.situation is not None else ""
        step = own if own and not any(own in text for text in scene.said) else voice.line("practical.step")
        return f"{_given_back(stage)} {step} {voice.line('practical.step.fit')}"
    return joined(stage, _given_back(stage), "", voice.line("ask.practical"))


def _label(stage: Stage, _: str) -> str:
    """A harsh name for oneself comes back as a thought."""
    begun = stage.voice.line("reflect.label.name", opening=True, quote=stage.scene.label)
    quiet = stage.scene.no_questions or stage.scene.asked >= 2
    return joined(stage, begun, "", stage.voice.line("reflect.label.stay" if quiet else "reflect.label.ask"))


def _two_sides(stage: Stage, _: str) -> str:
    pieces = stage.scene.pieces
    second = next(piece for piece in pieces if piece.after_but)
    others = [
        p for p in pieces if p.sentence == second.sentence and not p.after_but and second.text not in p.text
    ]
    if not others:
        return _explore(stage, "")
    begun = stage.voice.line("reflect.two_sides", opening=True, quote=others[0].text, other=second.text)
    if stage.scene.asked >= 2 or stage.scene.no_questions:
        return joined(stage, begun, stage.voice.line("listen.stay"))
    return joined(stage, begun, stage.voice.line("reflect.two_sides.ask"))


def _returning(stage: Stage, _: str) -> str:
    word, times = stage.onlooker.returning(stage.scene)
    begun = stage.voice.line("reflect.returning", opening=True, word=word, count=NUMBERS[times])
    last = (
        stage.voice.line("listen.stay")
        if stage.scene.asked >= 2
        else stage.voice.line("reflect.returning.ask")
    )
    return joined(stage, begun, last)


def _summary(stage: Stage, detail: str) -> str:
    """Three exact lines of the talk, oldest first; or what follows when the person said yes or no to them."""
    scene, voice = stage.scene, stage.voice
    if detail:
        return voice.line(f"summary.{detail}", opening=True, quote=scene.earlier or "")
    found: list[str] = []
    for text in (*scene.theirs[-7:], scene.turn.text):
        told = [p for p in stage.onlooker.mirror.pieces(text) if not p.asked and len(words(p.text)) >= 3]
        piece = told[0].text if told and not stage.onlooker.about_us(text) else ""
        if piece and piece not in found and not piece.endswith("…"):
            found.append(piece)
    if len(found) < 2:
        return _explore(stage, "")
    picked = [found[0], found[len(found) // 2], found[-1]]
    if len(set(picked)) < 3:
        return voice.line("summary.three.two", opening=True, first=picked[0], second=picked[-1])
    slots = dict(zip(("first", "second", "third"), picked, strict=True))
    return voice.line("summary.three.quiet" if scene.no_questions else "summary.three", opening=True, **slots)


def _circle(stage: Stage, _: str) -> str:
    return stage.voice.line("circle.round", opening=True)


def _short(stage: Stage, kind: str) -> str:
    scene = stage.scene
    earlier = scene.earlier and (kind != "fine" or stage.voice.chance(2) == 0)
    table = "with_earlier" if earlier else "bare"
    made = stage.voice.line(f"short.{kind}.{table}", opening=True) or stage.voice.line(
        f"short.{kind}.bare", opening=True
    )
    return _without_question(made, stage) if scene.no_questions else made


def _without_question(text: str, stage: Stage) -> str:
    """The same without its question, for one who asked not to be asked."""
    kept = [part for part in text.split(". ") if "?" not in unquoted(part)]
    said = ". ".join(kept).rstrip(".") + "."
    return joined(stage, said, stage.voice.line("listen.invite")) if kept else text


def _from(table: str) -> Callable[[Stage, str], str]:
    """A move that is one whole reply out of a table, with a plainer one when nothing can be quoted."""

    def made(stage: Stage, kind: str) -> str:
        key = f"{table}.{kind}" if kind else table
        said = stage.voice.line(key, opening=True, quote=_told(stage))
        if not said and stage.phrases.has(f"{key}.bare"):
            said = stage.voice.line(f"{key}.bare", opening=True)
        return _without_question(said, stage) if stage.scene.no_questions and table not in _AS_IS else said

    return made


_AS_IS = frozenset({"listen.ready", "limits", "views", "thanks", "goodbye", "repair"})


def _told(stage: Stage) -> str:
    """What was told, rather than the question that was asked about it."""
    now = next((piece.text for piece in stage.scene.pieces if not piece.asked), "")
    return now or stage.scene.material or stage.voice.slots.get("quote", "")


def _decide(stage: Stage, _: str) -> str:
    left, right = pages.two_ways(stage.scene.turn.text)
    if left:
        made = stage.voice.line("decide.between", opening=True, left=left, right=right)
        if made:
            return made
    return stage.voice.line("decide.one", opening=True, quote=_told(stage)) or stage.voice.line(
        "decide.bare", opening=True
    )


def _practise(stage: Stage, kind: str) -> str:
    key = f"practise.{kind}"
    if kind == "conversation" and not stage.scene.person:
        key = "practise.conversation.bare"
    return stage.voice.line(key, opening=True)


def _about(stage: Stage, _: str) -> str:
    kind = stage.phrases.first("about", stage.scene.low) or "human"
    return stage.voice.line(f"about.{kind}", opening=True)


def _greeting(stage: Stage, _: str) -> str:
    hour = stage.scene.turn.at.hour
    part = "night" if hour < 5 else "morning" if hour < 12 else "afternoon" if hour < 18 else "evening"
    if "how" in stage.scene.low or "what's up" in stage.scene.low:
        return stage.voice.line("social.greeting.asked", opening=True)
    return stage.voice.line("social.greeting.any", f"social.greeting.{part}", opening=True)


def _goodbye(stage: Stage, _: str) -> str:
    hour = stage.scene.turn.at.hour
    late = hour >= 21 or hour < 5 or any(word in stage.scene.low for word in ("night", "bed", "sleep"))
    return stage.voice.line("social.goodbye.night" if late else "social.goodbye.any", opening=True)


def _small_talk(stage: Stage, _: str) -> str:
    kind = stage.phrases.first("small_talk", stage.scene.low) or "any"
    made = stage.voice.line(f"small_talk.{kind}", opening=True)
    return _without_question(made, stage) if stage.scene.no_questions and made else made


_MOVES: dict[str, Callable[[Stage, str], str]] = {
    "steady": _from("steady"), "unclear": _from("unclear"), "repair": _from("repair"), "limits": _from("limits"),
    "learn": _from("learn"), "night": _from("night"), "ready": lambda stage, _: _from("listen.ready")(stage, ""), "questions": _from("questions"), "thanks": lambda stage, _: _from("social.thanks")(stage, ""),
    "summary": _summary, "short": _short, "about_companion": _about, "greeting": _greeting, "goodbye": _goodbye,
    "small_talk": _small_talk, "practise": _practise, "decide": _decide, "circle": _circle, "label": _label,
    "returning": _returning, "two_sides": _two_sides, "listen": _listen, "good": _explore, "challenge": _challenge,
    "practical": _practical, "explore": _explore,
    "past": lambda stage, _: pages.past(stage.scene, stage.voice, stage.onlooker.mirror),
    "recall": lambda stage, _: pages.link(stage.scene, stage.voice, stage.onlooker.mirror),
    "views": lambda stage, detail: views.views(stage.scene, stage.voice, stage.phrases, detail),
}  # fmt: skip
