"""The whole look at a text: the rules, the trained second look, and what both mean after what was said before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from between.domain import Finding, Past, Said, Tier
from between.errors import EncoderMissing
from between.safety import state
from between.safety.classifier import Classifier, Scores
from between.safety.screen import Screen

SOFT_CUE, HARD_CUE, TALK_CUE = "heard.card", "heard.danger", "heard.talk"
UNAVAILABLE = "heard.unavailable"
"""The second look could not be taken: the rules stood alone (clinical R26)."""
ONE_SITTING = timedelta(hours=2)
TALK_TEXTS, TALK_WORDS = 6, 150
"""How much of a sitting is read as one text."""


class Detector:
    """Read-only and keeps nothing; any thread may use it. The second look may raise, never lower (clinical R27)."""

    def __init__(self, screen: Screen, classifier: Classifier | None) -> None:
        self._screen = screen
        self._classifier = classifier

    def look(self, text: str, past: Past | None = None) -> Finding:
        """What is found in a text, given what was said and remembered before it."""
        said = past.said if past else ()
        finding = self._screen.look(text, [one.text for one in said])
        if self._classifier is not None and text.strip():
            try:
                finding = self._heard(self._classifier, finding, text, said)
            except EncoderMissing:
                finding = replace(finding, cues=_with(finding.cues, UNAVAILABLE))
        return state.add_up(finding, past) if past else finding

    def _heard(self, classifier: Classifier, ruled: Finding, text: str, said: Sequence[Said]) -> Finding:
        """The finding, raised by what the classifier makes of the text alone and at the end of its sitting."""
        if ruled.tier >= Tier.ACTIVE:
            return ruled
        alone = classifier.score(text)
        if classifier.is_hard(alone):
            return _raised(ruled, Tier.ACTIVE, HARD_CUE)
        if ruled.tier >= Tier.PASSIVE:
            return ruled
        if classifier.is_soft(alone):
            return _raised(ruled, Tier.PASSIVE, SOFT_CUE)
        if self._turned(classifier, text, said):
            return _raised(ruled, Tier.PASSIVE, TALK_CUE)
        return _raised(ruled, Tier.DISTRESS, state.LOW_CUE) if classifier.is_low(alone) else ruled

    def _turned(self, classifier: Classifier, text: str, said: Sequence[Said]) -> bool:
        """Whether this text is what brought the sitting as a whole over the line."""
        before = _sitting(said)
        if not before:
            return False
        whole = classifier.score("\n".join([*before, text]))
        return classifier.is_soft(whole) and not classifier.is_soft(_of(classifier, before))


def _of(classifier: Classifier, before: Sequence[str]) -> Scores:
    return classifier.score("\n".join(before))


def _sitting(said: Sequence[Said]) -> list[str]:
    """The last chat texts without a long pause between them, oldest first; none when they are already acute."""
    texts: list[str] = []
    words = 0
    later = None
    for one in reversed(said):
        words += len(one.text.split())
        paused = later is not None and later - one.at > ONE_SITTING
        if not one.in_chat or paused or words > TALK_WORDS or len(texts) == TALK_TEXTS - 1:
            break
        if one.tier >= Tier.PASSIVE:
            return []
        texts.insert(0, one.text)
        later = one.at
    return texts


def _raised(finding: Finding, tier: Tier, cue: str) -> Finding:
    return replace(finding, tier=max(finding.tier, tier), cues=_with(finding.cues, cue))


def _with(cues: Sequence[str], cue: str) -> tuple[str, ...]:
    return tuple(sorted({*cues, cue}))
