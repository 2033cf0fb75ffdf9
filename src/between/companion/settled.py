"""Replies that no engine makes: the safety rules' own, and what the product itself says of what it is, and at leaving."""

from __future__ import annotations

from datetime import datetime

from between.companion.ports import Safety
from between.domain import Finding, Provenance, Reviewed, RiskState, Turn


def settled(
    safety: Safety, turn: Turn, found: tuple[Finding, RiskState], country: str, at: datetime
) -> tuple[str, Provenance] | None:
    """The reviewed reply with where it comes from, or ``None`` when an engine may answer."""
    own = safety.own_words(turn, found[1])
    if not safety.may_speak(*found):
        words = safety.words(*found, country, at)
        # Who asks what this is, is told so in danger too.
        text = f"{words.text}\n\n{own.text}" if own and own.move == "disclosure" else words.text
        return text, _source("safety", words)
    return (own.text, _source("product", own)) if own else None


def _source(engine: str, words: Reviewed) -> Provenance:
    return Provenance(engine, words.version, words.content_hash, move=words.move)
