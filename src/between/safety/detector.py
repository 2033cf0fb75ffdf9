"""The whole look at a text: the rules, the trained second look, and what both mean after what was said before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from between.domain import Finding, Past, Said, Tier
from between.errors import EncoderMissing
from between.safety import state
from between.safety.classifier import Classifier, Scores
from between.safety.screen import Screen

SOFT_CUE, HARD_CUE, TALK_CUE = "heard.card", "heard.danger", "heard.talk"
SOFTER_CUE, ORDINARY_CUE = "heard.softer", "heard.ordinary"
"""A soft rule had fired, and the second look took a step of it back."""
UNAVAILABLE = "heard.unavailable"
"""The second look could not be taken: the rules stood alone (clinical R26)."""
ONE_SITTING = timedelta(hours=2)
_OWN_LIFE = frozenset({"H", "O", "B", "U", "R", "Z"})
"""Beside these lanes a soft hit is about the person's own life, and may be taken back; topics such as A or P never."""
_FIRM = re.compile(r"(?:c\d|together|third|means)\.|quiet\.place_calls|passive\.(?!cannot_go_on|hopeless)")
"""Cues of what means more together than a single text shows, and of plain passive wishes: never taken back."""
_ELSEWHERE = frozenset({"O", "B", "H"})
"""The rules saw somebody else's danger, a loss or the past: more is asked before it is taken for the person's own."""
_FEW_WORDS = 3
"""A yes or a thank-you says too little to guess from; the rules know the short things that matter."""
TALK_TEXTS, TALK_WORDS = 6, 150
"""How much of a sitting is read as one text."""


class Detector:
    """Read-only and keeps nothing; any thread may use it.

    The second look may raise whatever the rules found. It may take back one step of a *soft* hit about the person's
    own life where the text, to everything that it has learnt, is an idiom, a story, the past, somebody else or ordinary
    misery (clinical R27): never a hard rule, a topic, tier 4, a combination over time, or while something is remembered.
    """

    def __init__(self, screen: Screen, classifier: Classifier | None) -> None:
        self._screen = screen
        self._classifier = classifier

    def look(self, text: str, past: Past | None = None) -> Finding:
        """What is found in a text, given what was said and remembered before it."""
        said = past.said if past else ()
        finding = self._screen.look(text, [one.text for one in said])
        if self._classifier is not None and text.strip():
            try:
                finding = self._heard(self._classifier, finding, text, past)
            except EncoderMissing:
                finding = replace(finding, cues=_with(finding.cues, UNAVAILABLE))
        return state.add_up(finding, past) if past else finding

    def _heard(self, classifier: Classifier, ruled: Finding, text: str, past: Past | None) -> Finding:
        """The finding, with what the classifier makes of the text alone and at the end of its sitting."""
        settled = ruled.tier is Tier.IMMEDIATE or (ruled.tier is Tier.ACTIVE and ruled.hard)
        if settled or len(text.split()) < _FEW_WORDS:
            return ruled
        alone = classifier.score(text, whole=ruled.tier >= Tier.PASSIVE)
        elsewhere = ruled.tier < Tier.PASSIVE and _is_elsewhere(ruled)
        if ruled.tier < Tier.ACTIVE and classifier.is_hard(alone) and not elsewhere:
            return _raised(ruled, Tier.ACTIVE, HARD_CUE)
        if ruled.tier >= Tier.PASSIVE:
            ordinary = classifier.is_calm(alone) and _may_be_taken_back(ruled, past)
            return _taken_back(ruled) if ordinary else ruled
        if classifier.is_sure(alone) if elsewhere else classifier.is_soft(alone):
            return _raised(ruled, Tier.PASSIVE, SOFT_CUE)
        if self._turned(classifier, text, past.said if past else ()):
            return _raised(ruled, Tier.PASSIVE, TALK_CUE)
        return _raised(ruled, Tier.DISTRESS, state.LOW_CUE) if classifier.is_low(alone) else ruled

    def _turned(self, classifier: Classifier, text: str, said: Sequence[Said]) -> bool:
        """Whether this text is what brought the sitting as a whole over the line."""
        before = _sitting(said)
        if not before:
            return False
        whole = classifier.score("\n".join([*before, text]))
        return classifier.is_turning(whole) and not classifier.is_turning(_of(classifier, before))


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


def _is_elsewhere(ruled: Finding) -> bool:
    """Whether the rules saw a denial, a word of safety, the past, a loss or somebody else's danger."""
    safe = any(cue.split()[0] in ("denied", state.SAFE_CUE) for cue in ruled.cues)
    return safe or bool(_ELSEWHERE.intersection(ruled.lanes))


def _may_be_taken_back(ruled: Finding, past: Past | None) -> bool:
    """Whether a finding is only a soft hit about the person's own life, and nothing is remembered."""
    remembered = past is not None and past.state is not None and past.state.tier >= Tier.PASSIVE
    firm = any(_FIRM.match(f"{cue} ") for cue in ruled.cues)
    return not (ruled.hard or remembered or firm) and set(ruled.lanes) <= _OWN_LIFE


def _taken_back(ruled: Finding) -> Finding:
    cue = SOFTER_CUE if ruled.tier is Tier.ACTIVE else ORDINARY_CUE
    return replace(ruled, tier=Tier(ruled.tier - 1), cues=_with(ruled.cues, cue))


def _raised(finding: Finding, tier: Tier, cue: str) -> Finding:
    return replace(finding, tier=max(finding.tier, tier), cues=_with(finding.cues, cue))


def _with(cues: Sequence[str], cue: str) -> tuple[str, ...]:
    return tuple(sorted({*cues, cue}))
