"""What a second opinion from a consented model may change: it may raise; it may lower a soft hit, and nothing else."""

# Why these bounds. The screen on this computer is tested and explained; a model can be wrong, and its server can lie.
# - It raises to tier 3 by itself, and no further: tier 4 silences engines for a day, and a liar could lock every
#   conversation with one answer. Where the screen itself sees 2 or more, the model may complete it to 4.
# - A doubtful opinion (low confidence, or one that says itself: a story, somebody else, an idiom, over) asks the gentle
#   question of tier 2 and no more.
# - It adds topics only where none of the screen's own cards leads, for a topic can take the place of a card.
# - It lowers one kind of finding: tier 2 that rests on soft rules or on the trained second look alone, about nothing
#   else, with nothing worse remembered. It then says so with high confidence and for one of four reasons (R27).
# - What is remembered is never lowered: the state falls by the person's own words only (R56).

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import replace

from between.domain import Finding, Opinion, RiskState, Tier
from between.safety.answers import led_to
from between.safety.choosing import BESIDE, Chosen
from between.safety.state import at_top

UNAVAILABLE, RAISED, LOWERED = "opinion.unavailable", "opinion.raised", "opinion.lowered"
"""Cues: none came; the finding was raised or lowered by it."""
_HEARD = frozenset({"heard.card", "heard.talk", "heard.low"})
_AROUND = frozenset({"denied", "other_person", "past"})
_OF_OTHERS = frozenset({"O", "C", "V", "B"})
"""Topics that fit a text about somebody else."""
_NO_CARD = BESIDE | {"U", "R", "Z", "V"}


def wanted(finding: Finding, state: RiskState) -> bool:
    """Whether an opinion could add anything: not in the gravest tier, and not to an answer to our own question."""
    told = led_to(finding) or "minor" in finding.cues
    return finding.tier < Tier.IMMEDIATE and not at_top(state) and not told


def may_lower(finding: Finding, soft: Set[str], remembered: Tier) -> bool:
    """Whether a finding is of the one kind that an opinion may lower; ``soft`` are the names of the soft rules."""
    by_soft = set(finding.cues) <= soft | _HEARD | _AROUND
    alone = set(finding.lanes) <= BESIDE
    return (
        finding.tier is Tier.PASSIVE and not finding.hard and by_soft and alone and remembered <= Tier.PASSIVE
    )


def merged(finding: Finding, opinion: Opinion | None, soft: Set[str], remembered: Tier) -> Finding:
    """The finding after the opinion; without one it stays as it was."""
    if opinion is None:
        return _with(finding, UNAVAILABLE)
    tier = max(finding.tier, min(opinion.tier, _most(finding, opinion)))
    lanes = {*finding.lanes, *_added(finding, opinion)}
    if tier > finding.tier or lanes != set(finding.lanes):
        raised = replace(finding, tier=tier, lanes=tuple(sorted(lanes)))
        return _with(raised, RAISED)
    if may_lower(finding, soft, remembered) and _excuses(opinion):
        return _with(replace(finding, tier=Tier.DISTRESS), LOWERED)
    return finding


def outcome(finding: Finding) -> str:
    """What an opinion did, in one word for the record: ``raised``, ``lowered``, ``unavailable`` or ``same``."""
    named = {cue: cue.partition(".")[2] for cue in (UNAVAILABLE, RAISED, LOWERED)}
    return next((word for cue, word in named.items() if cue in finding.cues), "same")


def collapsed(finding: Finding) -> Chosen | None:
    """The card of a lowered finding: still there, in one line, without its question."""
    return Chosen("T2", folded=True) if LOWERED in finding.cues else None


def question_taken_back(state: RiskState) -> RiskState:
    """The state after a soft hit was lowered: as alert as before, but the question of its card no longer waits."""
    if not state.asking or state.asked_at != state.seen:
        return state
    return replace(state, asking="", asked_at=None, asked=False)


def _most(finding: Finding, opinion: Opinion) -> Tier:
    """How far an opinion may raise."""
    if opinion.confidence == "low" or _reasons(opinion):
        return Tier.PASSIVE
    return Tier.IMMEDIATE if finding.tier >= Tier.PASSIVE else Tier.ACTIVE


def _added(finding: Finding, opinion: Opinion) -> Iterable[str]:
    """The topics that it may add."""
    leads = finding.tier >= Tier.PASSIVE or not set(finding.lanes) <= _NO_CARD
    reasons = set(_reasons(opinion))
    if leads or opinion.confidence == "low" or not reasons <= {"other"}:
        return ()
    return _OF_OTHERS.intersection(opinion.lanes) if reasons else opinion.lanes


def _excuses(opinion: Opinion) -> bool:
    """Whether it says, sure and without contradicting itself, that the words are not what they look like."""
    harmless = opinion.tier <= Tier.DISTRESS and set(opinion.lanes) <= BESIDE
    return harmless and opinion.confidence == "high" and bool(_reasons(opinion))


def _reasons(opinion: Opinion) -> tuple[str, ...]:
    """Why words may be no danger to the one who writes them."""
    found = {
        "fiction": opinion.subject == "fiction",
        "other": opinion.subject == "other",
        "idiom": opinion.idiom,
        "past": opinion.time == "past",
    }
    return tuple(name for name, is_so in found.items() if is_so)


def _with(finding: Finding, cue: str) -> Finding:
    return replace(finding, cues=tuple(sorted({*finding.cues, cue})))
