"""What the safety rules still remember, as an engine is told and as memory must heed."""

from __future__ import annotations

from dataclasses import replace

from between.domain import Finding, RiskState, Tier
from between.safety.guard import AFTER_SOFT

NO_RECALL_LANES = frozenset({"P", "A", "C"})
"""Lanes in which the past is not brought up (clinical 2.3)."""

NO_VIEW_LANES = frozenset({AFTER_SOFT, "P", "A", "C", "V", "N", "B"})
"""What must not be seen in another light while it is remembered (clinical 2.3, R87)."""


def known(finding: Finding, state: RiskState) -> Finding:
    """What an engine is told: this one text, and what the rules still remember.

    A remembered soft tier keeps other views away, but does not stop an ordinary question from being answered:
    it lasts ten turns, and many of those that raised it were no danger.
    """
    soft = state.tier == Tier.PASSIVE
    lanes = dict.fromkeys((*finding.lanes, *state.lanes, *((AFTER_SOFT,) if soft else ())))
    remembered = Tier.DISTRESS if soft else state.tier
    return replace(finding, tier=max(finding.tier, remembered), lanes=tuple(lanes))


def bars_recall(told: Finding) -> bool:
    """Whether the past must not be brought up now."""
    return told.tier >= Tier.PASSIVE or bool(NO_RECALL_LANES & set(told.lanes))


def bars_views(told: Finding) -> bool:
    """Whether no other view may be offered and no thought be weighed now (clinical 2.3, R87)."""
    return told.tier >= Tier.PASSIVE or bool(NO_VIEW_LANES & set(told.lanes))


def overtaken(before: RiskState, now: RiskState) -> bool:
    """Whether danger in these hours was seen since, so that a reply that is being spoken must end (clinical R31)."""
    return now.tier is Tier.IMMEDIATE and now.since != before.since
