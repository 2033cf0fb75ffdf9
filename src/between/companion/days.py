"""Tells what kind of day a text speaks of, by the patterns in ``prompts/guide/situations``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from between.companion.phrases import Phrases, Situation
from between.companion.tokens import content_words, plain, words

Emotions = tuple[tuple[str, float], ...]
_DARK = ("anger", "fear", "sadness", "shame", "guilt", "disgust")
_DENIALS = frozenset({"not", "never", "without", "no", "isn't", "wasn't", "don't", "didn't", "doesn't"})
LASTING = 3
"""Weight from which a kind of day can be the theme of a talk."""
PASSING = 2
"""Weight from which it is still spoken of in a short answer."""


class Days:
    """The kinds of day, strongest first where several fit."""

    def __init__(self, phrases: Phrases) -> None:
        self._situations = phrases.situations
        self._glad_words = phrases.words("glad.words")

    def of(self, low: str, emotions: Emotions = ()) -> Situation | None:
        """The kind of day of one text, if any."""
        best: tuple[float, Situation] | None = None
        top, sure = emotions[0] if emotions else ("neutral", 0.0)
        glad = self.glad(low)
        for situation in self._situations:
            hits = {
                match[0]
                for pattern in situation.patterns
                for match in pattern.finditer(low)
                if _meant(low, match)
            }
            good = situation.tone == "good"
            taken_back = not glad or (top in _DARK and sure >= 0.85)
            if not hits or (good and taken_back) or (not good and glad and top == "joy" and sure >= 0.95):
                continue
            score = situation.weight + 0.6 * (len(hits) - 1)
            if best is None or score > best[0]:
                best = (score, situation)
        return best[1] if best else None

    def glad(self, low: str) -> bool:
        """Whether a glad word is said and not taken back."""
        found = set(words(low))
        denied = found & {"but", "not", "never", "no", "without", "wish"} or any(
            word.endswith("n't") for word in found
        )
        return bool(found & self._glad_words) and not denied

    def now(self, low: str, theirs: Sequence[str], emotions: Emotions) -> tuple[Situation | None, bool]:
        """The kind of day to answer to, and whether it was carried over from earlier messages."""
        own, theme = self.of(low, emotions), self._theme(theirs)
        if theme is not None and theme.tone == "good":
            dark = bool(emotions) and emotions[0][0] in _DARK and emotions[0][1] >= 0.9
            return (
                (own, False)
                if own is not None and (dark or own.tone == "good")
                else (None if dark else theme, True)
            )
        light = own is not None and own.tone == "good" and bool(emotions) and emotions[0] >= ("joy", 0.9)
        if theme is not None and (own is None or own.weight < LASTING) and not light:
            return theme, True
        return (own, False) if own is not None else (self._just_now(low, theirs), True)

    def _theme(self, theirs: Sequence[str]) -> Situation | None:
        """The gravest kind of day that still lasts; of several that weigh the same, the last."""
        found = [(age, self.of(plain(text))) for age, text in enumerate(reversed(theirs), 1)]
        still = [
            day for age, day in found if day is not None and day.weight >= LASTING and age <= day.lasting
        ]
        return max(still, key=lambda day: day.weight, default=None)

    def _just_now(self, low: str, theirs: Sequence[str]) -> Situation | None:
        """A short answer still speaks of what was spoken of just before."""
        if len(content_words(low)) > 4:
            return None
        for text in reversed(theirs[-2:]):
            found = self.of(plain(text))
            if found is not None and found.weight >= PASSING and len(content_words(text)) >= 3:
                return found
        return None


def _meant(low: str, match: re.Match[str]) -> bool:
    """Whether a pattern is said rather than denied just before."""
    return not _DENIALS & set(words(low[: match.start()])[-3:])
