"""Decides what the guide does in a turn. What it then says is composed elsewhere.

The order is the policy: danger first, then what is wrong with the talk, then what the person asked for,
then what the talk needs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from between.companion import pages
from between.companion.caution import bars_views
from between.companion.phrases import Phrases
from between.companion.scene import GRAVE, Onlooker, Scene
from between.companion.tokens import EMPTY_WORDS, content_stems, content_words, words
from between.domain import Intent, Stance, Tier

STEADY_LANES = ("P", "A", "C", "V", "E", "N", "S", "B", "U")
"""Lanes of the safety rules that have words of their own, the gravest first."""
_AFTER = "ACVENSB"
"""Those with words for later messages, apart from beliefs."""
SUMMARY_EVERY = 6
"""Messages of the person after which a summary is due; at most two more until it fits."""
CIRCLE = 4
"""Messages in a row that say nothing new before the guide says so."""
SAME = 0.6
"""Share of words in common from which two messages say the same."""
_ENGLISH = frozenset(
    {
        "are",
        "is",
        "was",
        "were",
        "am",
        "had",
        "did",
        "does",
        "yes",
        "how",
        "when",
        "where",
        "who",
        "why",
        "us",
        "him",
        "them",
        "will",
        "here",
        "all",
    }
)
_VIEW = re.compile(
    r"\b(?:view|perspective|angle|side|overreact\w*|unfair|harsh|hard on|paranoid|sensitive|see it)\b"
)

Rule = Callable[[Scene], str]


class Policy:
    """The moves in the order in which they are considered."""

    def __init__(self, phrases: Phrases, onlooker: Onlooker) -> None:
        self._phrases = phrases
        self._onlooker = onlooker
        lists = ("weight", "feelings", "fillers", "glad", "topics.named", "topics.mass")
        known = [phrases.words(name if "." in name else f"{name}.words") for name in lists]
        self._english = EMPTY_WORDS.union(_ENGLISH, *known)

    def choose(self, scene: Scene) -> str:
        """The move for a scene, such as ``listen``, ``recall`` or ``short.yes``."""
        return next(move for move in self._considered(scene) if move)

    def _considered(self, scene: Scene) -> Iterator[str]:
        for rule in (
            self._danger, self._belief, self._unclear, self._summary_answer, self._short, self._repair, self._limit, self._social,
            self._asked_for, self._question, self._talk,
        ):  # fmt: skip
            yield rule(scene)
        yield self._stance(scene)

    def _danger(self, scene: Scene) -> str:
        if scene.steadied:
            return ""
        finding = scene.turn.finding
        lane = next((lane for lane in STEADY_LANES if lane in finding.lanes), "")
        if lane and (finding.tier >= Tier.DISTRESS or lane in GRAVE):
            return f"steady.{lane}"
        if self._phrases.matches("steady.P", scene.low):
            return "steady.P"
        return "steady.any" if finding.tier >= Tier.PASSIVE else ""

    def _belief(self, scene: Scene) -> str:
        """A belief is not given back, and a remembered topic not weighed, however long ago the level words were said."""
        intent, asked = scene.turn.reading.intent, self._phrases.matches("questions.opinion", scene.low)
        if (
            intent is Intent.GOODBYE
            or self._thanked(scene)
            or (intent is Intent.ABOUT_COMPANION and not asked)
        ):
            return ""
        lanes = scene.turn.finding.lanes
        if "P" in lanes or self._phrases.matches("steady.P", scene.low):
            return "steady.after_P"
        topics = (f"steady.after_{lane}" for lane in STEADY_LANES if lane in lanes)
        found = next((move for move in topics if self._phrases.matches(move, scene.low)), "")
        return found or ("steady.after_label" if scene.label and self._no_views(scene) else "")

    def _thanked(self, scene: Scene) -> bool:
        """In words; where it is serious, "that helps" is no thanks."""
        finding = scene.turn.finding
        serious = finding.tier >= Tier.PASSIVE or bool(finding.lanes)
        said = self._phrases.matches("social.thanks", scene.low) or not serious
        return scene.turn.reading.intent is Intent.THANKS and said

    def _no_views(self, scene: Scene) -> bool:
        return scene.careful or bars_views(scene.turn.finding)

    def _unclear(self, scene: Scene) -> str:
        found = [word.lower().replace("’", "'") for word in words(scene.turn.text)]
        if len(found) >= 6 and sum(word in self._english for word in found) < len(found) / 5:
            return "unclear.language"
        letters = re.findall(r"[^\W\d_]", scene.turn.text)
        strange = len(letters) - len(re.findall(r"[a-zA-ZÀ-ÿ]", scene.turn.text))
        if letters and strange > len(letters) / 2:
            return "unclear.language"
        mashed = len(found) <= 2 and re.search(r"[bcdfghjklmnpqrstvwxz]{6}", "".join(found))
        return "unclear.noise" if mashed else ""

    def _summary_answer(self, scene: Scene) -> str:
        if scene.last_move != "summary" or len(scene.low.split()) > 6:
            return ""
        if self._phrases.matches("short.yes", scene.low) or re.match(
            r"(yes|yeah|yep|right|exactly|sure)\b", scene.low
        ):
            return "summary.yes"
        if self._phrases.matches("short.no", scene.low) or re.match(r"(no|nope|not)\b", scene.low):
            return "summary.no"
        return ""

    def _short(self, scene: Scene) -> str:
        kind = self._phrases.first("short", scene.low)
        greeted = scene.turn.reading.intent in (Intent.GREETING, Intent.GOODBYE, Intent.THANKS)
        if kind in ("yes", "no", "laugh") and scene.careful:  # it answers a card, and is no answer to go by
            return next(
                (f"steady.after_{lane}" for lane in _AFTER if lane in scene.turn.finding.lanes), "listen"
            )
        return f"short.{kind}" if kind and not greeted else ""

    def _repair(self, scene: Scene) -> str:
        kind = self._phrases.first("repair", scene.low) if len(scene.low.split()) <= 25 else None
        early = not scene.said and kind not in ("too_long", "no_questions")
        return f"repair.{kind}" if kind and not early else ""

    def _limit(self, scene: Scene) -> str:
        kind = self._phrases.first("limits", scene.low)
        if kind and (
            "?" in scene.low
            or re.match(
                r"(can|should|could|do|is|am|what|how|will|would|may|promise|please|pretend|act|imagine)\b",
                scene.low,
            )
        ):
            return f"limits.{kind}"
        if self._phrases.matches("limits.changing", scene.low):
            return "limits.changing"
        return "learn.task" if self._phrases.matches("learn.task", scene.low) else ""

    def _social(self, scene: Scene) -> str:
        intent = scene.turn.reading.intent
        if intent is Intent.ABOUT_COMPANION and self._phrases.matches("questions.opinion", scene.low):
            return "questions.opinion"
        if intent in (Intent.GOODBYE, Intent.GREETING, Intent.ABOUT_COMPANION):
            return intent.value
        if self._thanked(scene):
            return intent.value
        return "small_talk" if intent is Intent.SMALL_TALK and scene.tone in ("plain", "good") else ""

    def _asked_for(self, scene: Scene) -> str:
        intent = scene.turn.reading.intent
        if intent is Intent.ASK_PAST:
            return "past"
        if intent is Intent.LEARN and not self._phrases.matches("questions.normal", scene.low):
            return "learn.facts"
        if intent is Intent.PRACTISE:
            exercise = re.search(
                r"\b(?:exercise|breath|ground|thought record|meditat|technique|calm)", scene.low
            )
            long = "night.exercise" if scene.night else "practise.exercise"
            if self._no_views(scene):
                long = "practise.steadying"
            return long if exercise else "practise.conversation"
        answers_views = scene.last_move == "views" and "?" not in scene.low
        if answers_views and not re.search(r"\b(another|different|more|give|show)\b", scene.low):
            return "views.after"
        judged = self._phrases.matches("questions.verdict", scene.low) and not _VIEW.search(scene.low)
        if intent is Intent.ANOTHER_VIEW and not judged:
            by_hour = "night.views" if scene.night else "views"
            return "views.not_now" if self._no_views(scene) else by_hour
        practising = scene.last_move in ("practise.conversation", "practise.next")
        return "practise.next" if practising and "?" not in scene.low and scene.pieces else ""

    def _question(self, scene: Scene) -> str:
        intent = scene.turn.reading.intent
        if self._phrases.matches("questions.harmful_choice", scene.low) and intent is Intent.DECIDE:
            return "questions.harmful_choice"
        if pages.two_ways(scene.turn.text)[0]:
            return "decide"
        if "?" not in scene.low and not re.match(r"(what should|tell me what|help me|any advice)", scene.low):
            return "decide" if intent is Intent.DECIDE else ""
        if intent is Intent.DECIDE and not self._phrases.matches("questions.advice", scene.low):
            return "decide"
        last = re.split(r"(?<=[.!?])\s+", scene.low)[-1]
        kind = self._phrases.first("questions", last)
        told_more = intent in (Intent.VENT, Intent.HEARD) or len(scene.low.split()) > 30
        if told_more and kind in ("other", "why_me"):
            return ""  # in the middle of a story, most questions are not meant to be answered
        return f"questions.{kind}" if kind and kind != "harmful_choice" else ""

    def _talk(self, scene: Scene) -> str:
        if scene.label:
            return "label"
        if scene.careful:
            return ""
        if self._turning(scene):
            return "circle"
        if self._summary_due(scene):
            return "summary"
        if self._may_recall(scene):
            return "recall"
        if (
            "returning" not in scene.moves[-6:]
            and not scene.no_questions
            and self._onlooker.returning(scene)[0]
        ):
            return "returning"
        return ""

    def _stance(self, scene: Scene) -> str:
        intent, stance = scene.turn.reading.intent, scene.turn.stance
        if intent is Intent.HEARD and not scene.pieces and "ready" not in scene.moves:
            return "ready"
        if scene.careful or scene.no_questions or stance is Stance.LISTEN or intent is Intent.HEARD:
            return "listen"
        if scene.tone == "good":
            return "good"
        if intent is Intent.VENT and stance is Stance.EXPLORE:
            return "listen"
        if scene.night and stance is not Stance.EXPLORE:
            return "listen"
        if stance is Stance.CHALLENGE:
            return "challenge"
        if stance is Stance.PRACTICAL:
            return "practical"
        two = [piece for piece in scene.pieces if piece.after_but]
        return "two_sides" if two and "two_sides" not in scene.moves[-3:] else "explore"

    def _turning(self, scene: Scene) -> bool:
        """The same thing has come round several times with little that is new."""
        if len(scene.theirs) < CIRCLE or "circle" in scene.moves[-8:] or scene.turn.stance is Stance.LISTEN:
            return False
        now = content_stems(scene.turn.text)
        lately = [content_stems(text) for text in scene.theirs[-CIRCLE + 1 :]]
        shared = [len(now & before) / max(1, min(len(now), len(before))) for before in lately]
        return len(now) >= 2 and min(shared) >= SAME

    def _summary_due(self, scene: Scene) -> bool:
        since = next(
            (n for n, move in enumerate(reversed(scene.moves)) if move == "summary"), len(scene.moves)
        )
        told = [text for text in scene.theirs[-since:] if len(content_words(text)) >= 2] if since else []
        return since >= SUMMARY_EVERY - 1 and len(told) >= 3 and len(scene.pieces) > 0

    def _may_recall(self, scene: Scene) -> bool:
        return bool(scene.turn.recalled) and scene.last_move not in ("recall", "past", "summary")
