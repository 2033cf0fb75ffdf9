"""The safety rules as the rooms use them: look, remember, choose the card, say the reviewed words, guard a reply."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime

from between.domain import Finding, Opinion, Past, Reviewed, RiskState, Role, Tier, Turn
from between.prompts_dir import PROMPTS
from between.safety import answers, cards, choosing, opinion, state
from between.safety.cards import Card
from between.safety.classifier import Classifier, Embedder
from between.safety.detector import Detector
from between.safety.guard import Guard
from between.safety.markdown import safe_markdown
from between.safety.own_words import own_words
from between.safety.reviewed import template
from between.safety.screen import Screen
from between.safety.short import NO_LIMIT, SHORT, SHORTEST, Short
from between.safety.youth import unless_adult

_FILES = ("cards.toml", "answers.toml", "helplines.json")
_RECENT = 20
"""How many earlier messages of the person the guard knows: as many as matter for what a reply may take up."""


class Rules:
    """Read-only; shared by all spaces of a process."""

    def __init__(self, encoder: Embedder | None = None) -> None:
        """Without an encoder the rules stand alone."""
        self._screen = Screen()
        self._soft = self._screen.soft
        self._detector = Detector(self._screen, Classifier(encoder) if encoder is not None else None)
        words = b"".join((PROMPTS / "safety" / name).read_bytes() for name in _FILES)
        self._hash = hashlib.sha256(words).hexdigest()

    @property
    def words_hash(self) -> str:
        """Content hash of the reviewed words."""
        return self._hash

    def look(self, text: str, past: Past | None = None) -> Finding:
        """What is found in a text, given what was written lately and what is remembered."""
        finding = unless_adult(self._detector.look(text, past), past)
        if past is None or past.state is None:
            return finding
        return answers.heard(finding, text, past.state, past.at)

    def look_back(self, text: str) -> Finding:
        """What the rules alone find in a text of long ago: a whole diary is looked through in seconds."""
        return unless_adult(self._screen.look(text), None)

    def step(self, before: RiskState, finding: Finding, at: datetime, text: str) -> RiskState:
        """What the rules now remember, with the question that is put in this turn and waits for its answer."""
        if not text.strip():
            return before
        now = replace(state.step(before, finding, at, text), seen=at)
        answered = answers.led_to(finding)
        if answered == "T3":
            now = replace(now, asked=False)
        elif state.question_due(before) and now.tier == before.tier:
            now = replace(now, asked=True)
        if answered and finding.tier < Tier.PASSIVE:
            return now  # a no can still become a yes in the next words
        return self._asking(before, finding, now, at)

    def card(self, finding: Finding, now: RiskState) -> str:
        """Id of the card to show with a text, with the choice among its paraphrases; empty for none."""
        chosen = opinion.collapsed(finding) or choosing.choose(finding, now)
        return f"{chosen.id}:{_seed(now)}:{chosen.marks}".removesuffix(":") if chosen else ""

    def shown(self, card_id: str, country: str, at: datetime) -> Card | None:
        """The card behind such an id, with the lines that are open at this moment in the country chosen now."""
        name, _, rest = card_id.partition(":")
        seed, _, marks = rest.partition(":")
        known = name in cards.card_ids() and (seed.isdecimal() or not seed)
        return choosing.Chosen.read(name, marks).made(country, at, int(seed or 0)) if known else None

    def waits(self, now: RiskState, at: datetime) -> bool:
        """Whether the question of a card still waits for its answer."""
        return answers.waits(now, at)

    def may_speak(self, finding: Finding, now: RiskState) -> bool:
        """Whether an engine may answer at all."""
        return choosing.engine_may_speak(finding, now)

    def wants_opinion(self, finding: Finding, now: RiskState) -> bool:
        """Whether a second opinion could add anything."""
        return opinion.wanted(finding, now)

    def may_lower(self, finding: Finding, now: RiskState) -> bool:
        """Whether a second opinion could let an engine answer after all."""
        return opinion.may_lower(finding, self._soft, now.tier)

    def weigh(self, finding: Finding, said: Opinion | None, now: RiskState) -> Finding:
        """The finding after a second opinion; as it was when none came."""
        return opinion.merged(finding, said, self._soft, now.tier)

    def weighed(
        self, states: tuple[RiskState, RiskState], finding: Finding, at: datetime, text: str
    ) -> RiskState:
        """What is remembered of a finding that an opinion changed: after it, given the state before it and now."""
        before, now = states
        if opinion.LOWERED in finding.cues:
            return opinion.question_taken_back(now)
        return self.step(before, finding, at, text)

    def words(self, finding: Finding, now: RiskState, country: str, at: datetime) -> Reviewed:
        """The reviewed reply when it may not, with the lines that are open at this moment."""
        return Reviewed(choosing.say(finding, now, country, at, _seed(now)), "reviewed", self._hash)

    def _asking(self, before: RiskState, finding: Finding, now: RiskState, at: datetime) -> RiskState:
        now = replace(now, asking="", asked_at=None)
        chosen = choosing.choose(finding, now)
        if chosen is None or not template(chosen.id).answers:
            return now
        first = chosen.asks or (finding.tier < Tier.PASSIVE and chosen.id not in before.lanes)
        return replace(now, asking=chosen.id, asked_at=at) if first else now

    def own_words(self, turn: Turn, now: RiskState) -> Reviewed | None:
        """What the product says itself, whichever engine answers: that this is an AI, and goodbye."""
        return own_words(turn, now)

    def not_meant(self, now: RiskState, text: str) -> RiskState:
        """After “that's not what I meant”: a soft tier goes back, unless a hard rule had fired (clinical R46)."""
        if any(cause.endswith(f" {answers.CUE[:-1]}") for cause in now.causes):
            return now  # the person was asked, and answered
        before = replace(now, tier=min(now.tier, Tier.DISTRESS), lanes=(), lane_times=(), asked=True)
        return state.not_meant(before, self.look(text), now)

    def explain(self, now: RiskState) -> tuple[str, ...]:
        """What is remembered, in plain sentences for the person."""
        return state.explain(now)

    def forgotten(self, now: RiskState) -> RiskState:
        """After the person forgot everything: as alert as before, without the reasons."""
        return state.forgotten(now)

    def guard(self, turn: Turn) -> Guard:
        """A fresh guard for one reply."""
        earlier = [said.text for said in turn.history if said.role is Role.PERSON]
        said = (*(passage.text for passage in turn.recalled), *earlier[-_RECENT:], turn.text)
        told = turn.finding
        return Short(_most_words(told), told.tier, len(turn.history), said, told.lanes)

    def safe_markdown(self, text: str) -> str:
        """A reply as Markdown that can load nothing and link nowhere."""
        return safe_markdown(text)


def _most_words(told: Finding) -> int:
    """How long a reply may be (clinical 2.3 and R82)."""
    if choosing.BELIEFS in told.lanes or told.tier >= Tier.IMMEDIATE:
        return SHORTEST
    return SHORT if told.tier >= Tier.ACTIVE else NO_LIMIT


def _seed(now: RiskState) -> int:
    """Another paraphrase at each turn, the same one when the page is drawn again."""
    since = int(now.since.timestamp()) // 60 if now.since else 0
    return since + now.turns_since + len(now.causes)
