"""The safety rules as the rooms use them: look, remember, choose the card, say the reviewed words, guard a reply."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime

from between.domain import Finding, Past, Reviewed, RiskState, Tier, Turn
from between.prompts_dir import PROMPTS
from between.safety import cards, state
from between.safety.cards import Card
from between.safety.classifier import Embedder
from between.safety.detector import Detector
from between.safety.guard import Guard
from between.safety.markdown import safe_markdown
from between.safety.own_words import own_words
from between.safety.screen import Screen
from between.safety.youth import unless_adult

_FILES = ("cards.toml", "helplines.json")


class Rules:
    """Read-only; shared by all spaces of a process."""

    def __init__(self, encoder: Embedder | None = None) -> None:
        """Without an encoder the rules stand alone."""
        self._detector = Detector(Screen(), None)  # the second look comes with its next training
        words = b"".join((PROMPTS / "safety" / name).read_bytes() for name in _FILES)
        self._hash = hashlib.sha256(words).hexdigest()

    def look(self, text: str, past: Past | None = None) -> Finding:
        """What is found in a text, given what was written lately and what is remembered."""
        return unless_adult(self._detector.look(text, past), past)

    def step(self, before: RiskState, finding: Finding, at: datetime, text: str) -> RiskState:
        """What the rules now remember. The one question of an escalation was asked in the turn that raised it."""
        now = state.step(before, finding, at, text)
        asked = state.question_due(before) and now.tier == before.tier
        return replace(now, asked=True) if asked else now

    def card(self, finding: Finding, now: RiskState) -> str:
        """Id of the card to show with a text, with the choice among its paraphrases; empty for none."""
        found = cards.id_for(finding)
        return f"{found}:{_seed(now)}" if found else ""

    def shown(self, card_id: str, country: str, at: datetime) -> Card | None:
        """The card behind such an id, with the lines that are open at this moment in the country chosen now."""
        name, _, seed = card_id.partition(":")
        known = name in cards.card_ids() and (seed.isdecimal() or not seed)
        return cards.build(name, country, at, int(seed or 0)) if known else None

    def may_speak(self, finding: Finding, now: RiskState) -> bool:
        """Whether an engine may answer at all."""
        return cards.engine_may_speak(finding, now)

    def words(self, finding: Finding, now: RiskState, country: str, at: datetime) -> Reviewed:
        """The reviewed reply when it may not, with the lines that are open at this moment."""
        return Reviewed(cards.say(finding, now, country, at, _seed(now)), "reviewed", self._hash)

    def own_words(self, turn: Turn, now: RiskState) -> Reviewed | None:
        """What the product says itself, whichever engine answers: that this is an AI, and goodbye."""
        return own_words(turn, now)

    def not_meant(self, now: RiskState, text: str) -> RiskState:
        """After “that's not what I meant”: a soft tier goes back, unless a hard rule had fired (clinical R46)."""
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
        return Guard(turn.finding.tier, seed=len(turn.history))

    def safe_markdown(self, text: str) -> str:
        """A reply as Markdown that can load nothing and link nowhere."""
        return safe_markdown(text)


def _seed(now: RiskState) -> int:
    """Another paraphrase at each turn, the same one when the page is drawn again."""
    since = int(now.since.timestamp()) // 60 if now.since else 0
    return since + now.turns_since + len(now.causes)
