"""Hears a plain yes, no or rather-not to the one question on a card; it picks the next card and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from between.domain import Finding, RiskState, Tier
from between.safety.reviewed import answers, templates

CUE = "answer."
"""Begins the name of the cue; the card that the answer leads to follows."""
_RAISES = {"T3": Tier.ACTIVE, "T4": Tier.IMMEDIATE, "A4": Tier.IMMEDIATE, "V4": Tier.IMMEDIATE}
_LANES = {"A4": "A", "V4": "V"}
_MOST_WORDS = 15
_MARKS = str.maketrans(dict.fromkeys('.,;:!?…"“”()*-–—/\n\r\t', " "))


def heard(finding: Finding, text: str, state: RiskState, at: datetime) -> Finding:
    """The finding with what an answer adds to it; unchanged where no question waits or the text is none."""
    if not waits(state, at):
        return finding
    asked = next((card.answers for card in templates().card if card.id == state.asking), {})
    said = kind(text)
    leads = next((card for answer, card in asked.items() if answer == said), "")
    raised = _RAISES.get(leads, Tier.NONE)
    if not leads or (finding.tier > raised if raised else _says_more(finding)):
        return finding
    lanes = {*finding.lanes, _LANES.get(leads, "")} - {"", "U"}
    return replace(
        finding,
        tier=max(finding.tier, raised),
        lanes=tuple(sorted(lanes)),
        cues=tuple(sorted({*finding.cues, CUE + leads})),
        hard=finding.hard or raised >= Tier.ACTIVE,
    )


def _says_more(finding: Finding) -> bool:
    """Whether a rule saw danger in it: a guess of the second look makes no plain answer into something else."""
    ruled = any(not cue.startswith(("heard.", "hint.", "c5.")) for cue in finding.cues)
    return finding.tier >= Tier.PASSIVE and (finding.hard or ruled)


def led_to(finding: Finding) -> str:
    """The card that an answer leads to; empty when the text was none."""
    return next((cue.removeprefix(CUE) for cue in finding.cues if cue.startswith(CUE)), "")


def waits(state: RiskState, at: datetime) -> bool:
    """Whether the question of a card still waits for its answer."""
    asked = state.asked_at
    return bool(state.asking) and asked is not None and at - asked <= timedelta(hours=answers().within_hours)


def kind(text: str) -> str:
    """``yes``, ``no`` or ``rather``; empty for a text that is no plain answer."""
    words = text.lower().replace("’", "'").replace("'m", " am").replace("'s", " is").replace("'d", " would")
    words = words.replace("can't", "can not").replace("n't", " not").replace("dont", "do not")
    found = words.translate(_MARKS).split()
    if not found or len(found) > _MOST_WORDS:
        return ""
    whole = " ".join(found)
    bare = _bare(whole)
    exact = next((name for name, said in answers().said.items() if whole in said or bare in said), "")
    return exact or _begun(bare.split())


def _bare(said: str) -> str:
    """The answer without the polite words around it."""
    before = ""
    while said != before:
        before = said
        for word in answers().around:
            if said != word:
                said = said.removeprefix(f"{word} ").removesuffix(f" {word}")
    return said


def _begun(words: list[str]) -> str:
    """A longer answer: what its first word says, unless the rest takes it back."""
    for name, first in answers().first.items():
        if words and words[0] in first:
            return "rather" if set(words[1:]) & set(answers().against[name]) else name
    return ""
