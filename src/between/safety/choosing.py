"""Decides what a text calls for: which card, whether its question is asked, and whether an engine may answer at all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from between.domain import Finding, RiskState, Tier
from between.safety.answers import led_to
from between.safety.cards import Card, build
from between.safety.reviewed import template
from between.safety.state import at_top, question_due, tired_of_lines

BESIDE = frozenset({"O", "H", "B", "X"})
"""Cards beside which an engine answers, so that they say their own words."""
_MAY_TALK = BESIDE | {"R", "Z"}
"""Lanes in which an engine may still answer in its own words."""
BELIEFS = "P"
"""Remembered for a week: an engine answers a text that shows nothing of it, with care and in few words."""
GUESSES = frozenset({"heard.card", "heard.talk"})
"""Cues of a tier 2 that only the second look gave."""
_CALM = "c4.sudden_calm"
# Which lane speaks when several are found: bodies and children first.
_ORDER = ("V", "P", "C", "A", "N", "E", "S", "O", "H", "B", "X", "U")
_ASKS, _LINE, _SWAP = "q", "l", "s"


@dataclass(frozen=True, slots=True)
class Chosen:
    """A card and how it is shown."""

    id: str
    asks: bool = False
    """Its question is put."""
    folded: bool = False
    """Only one line of it."""
    swapped: bool = False
    """The line that was refused is not the first again."""

    @property
    def marks(self) -> str:
        """The same in letters, for the id that a message keeps."""
        kept = ((self.asks, _ASKS), (self.folded, _LINE), (self.swapped, _SWAP))
        return "".join(mark for is_so, mark in kept if is_so)

    @classmethod
    def read(cls, id: str, marks: str) -> Chosen:
        """Back from such letters."""
        return cls(id, _ASKS in marks, _LINE in marks, _SWAP in marks)

    def made(self, country: str, at: datetime, seed: int) -> Card:
        """The card itself."""
        return build(self.id, country, at, seed, asks=self.asks, folded=self.folded, swapped=self.swapped)


def choose(finding: Finding, state: RiskState) -> Chosen | None:
    """The card that goes with a text, or ``None`` where none is called for; ``state`` already knows the text."""
    if not engine_may_speak(finding, state):
        id = _spoken(finding, state)
        return Chosen(id, asks(id, finding, state), id == "R", _swapped(id, state))
    id = id_for(finding)
    if id:
        again = finding.tier >= Tier.PASSIVE
        return Chosen(id, not again and asks(id, finding, state), folded=again)
    row = _row(state)
    return Chosen(row, folded=True) if row else None


def say(finding: Finding, state: RiskState, country: str, at: datetime, seed: int = 0) -> str:
    """The companion's reviewed reply when the engine must not speak freely; empty when it may."""
    if engine_may_speak(finding, state):
        return ""
    chosen = choose(finding, state)
    return chosen.made(country, at, seed).text if chosen else ""


def card_for(found: Finding | RiskState, country: str, at: datetime, seed: int = 0) -> Card | None:
    """The card for a finding or a remembered state, or ``None`` where none is called for."""
    card_id = id_for(found)
    return build(card_id, country, at, seed) if card_id else None


def engine_may_speak(finding: Finding, state: RiskState) -> bool:
    """Whether an engine may answer in its own words; if not, ``say`` has the reply."""
    if _guessed_again(finding, state):
        return set(finding.lanes) <= BESIDE
    if finding.tier >= Tier.PASSIVE or at_top(state) or led_to(finding) or "minor" in finding.cues:
        return False
    if state.tier >= Tier.PASSIVE and {"R", "Z"}.intersection(finding.lanes):
        return False
    return set(finding.lanes) - {"V"} <= _MAY_TALK


def _guessed_again(finding: Finding, state: RiskState) -> bool:
    """A soft guess of the second look, after the gentle question was put: asking at each dark line teaches hiding."""
    guessed = finding.tier is Tier.PASSIVE and bool(GUESSES.intersection(finding.cues))
    return guessed and state.tier is Tier.PASSIVE and not question_due(state) and not led_to(finding)


def asks(id: str, finding: Finding, state: RiskState) -> bool:
    """Whether the question of a card is put now: one with scripted answers once for each escalation (R32)."""
    card = template(id)
    if not card.question or not card.answers:
        return bool(card.question)
    if finding.tier >= Tier.PASSIVE:
        return question_due(state)
    return state.asking == id and state.asked_at == state.seen


def _spoken(finding: Finding, state: RiskState) -> str:
    """The card that answers in place of an engine."""
    answered = led_to(finding)
    if answered:
        return answered
    if _CALM in finding.cues and state.tier > finding.tier:
        return id_for(state)
    if (finding.tier < Tier.PASSIVE or GUESSES.intersection(finding.cues)) and state.tier >= Tier.PASSIVE:
        if "Z" in finding.lanes:
            return "Z_person" if tired_of_lines(state) else "Z"
        if "R" in finding.lanes and not at_top(state):
            return "R"
    if at_top(state) and finding.tier < Tier.IMMEDIATE:
        return "T4_stay"
    if "Z" in finding.lanes and finding.tier < Tier.IMMEDIATE and tired_of_lines(state):
        return "Z_person"
    return id_for(finding) or id_for(state) or "T2"


def _row(state: RiskState) -> str:
    """Whose numbers stay in one line while an engine answers again."""
    if state.tier is Tier.IMMEDIATE:
        return "T4"
    return BELIEFS if BELIEFS in state.lanes else ""


def _swapped(id: str, state: RiskState) -> bool:
    return state.refusals > 0 and not template(id).emergency_first


def id_for(found: Finding | RiskState) -> str:
    """Which card a finding or a remembered state calls for; empty for none."""
    lanes = set(found.lanes)
    cues = set(found.cues) if isinstance(found, Finding) else set()
    if "minor" in cues:
        return "minor"
    match found.tier:
        case Tier.IMMEDIATE:
            if "now.taken_something" in cues or "substance.overdose_signs" in cues:
                return "T4_act"
            return "V4" if "V" in lanes and "N" not in lanes else "A4" if "abuse.danger_now" in cues else "T4"
        case Tier.ACTIVE:
            if "masked_means" in cues or "third.displaced" in cues:
                return "T3m"
            return next((lane for lane in ("V", "P", "N") if lane in lanes and _leads(lane, cues)), "T3")
        case Tier.PASSIVE:
            lane = next((x for x in _ORDER if x in lanes and x not in "OHBXU"), "")
            return "N_urge" if lane == "N" else lane or "T2"
    return next((x for x in _ORDER if x in lanes and x != "V"), "")


def _leads(lane: str, cues: set[str]) -> bool:
    """At tier 3 a lane's own card leads unless the text also speaks of ending one's life."""
    about_life = {c for c in cues if c.startswith(("active.", "now.", "c1.", "c3."))}
    return lane == "V" or not about_life
