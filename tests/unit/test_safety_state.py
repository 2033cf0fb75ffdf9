"""What the safety rules remember: rises at once, falls slowly and only on the person's own word."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from between.domain import Finding, ItemId, RiskState, Tier
from between.safety.state import SAFE_CUE, at_top, explain, mark_asked, not_meant, question_due, step

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
CALM = RiskState(id=ItemId("0" * 32))
QUIET = Finding()
SAFE = Finding(cues=(SAFE_CUE,))


def found(tier: Tier, *cues: str, lanes: tuple[str, ...] = ()) -> Finding:
    return Finding(tier=tier, lanes=lanes, cues=cues)


def after(state: RiskState, finding: Finding, turns: int, at: datetime = NOW) -> RiskState:
    for _ in range(turns):
        state = step(state, finding, at, "words")
    return state


def raised(tier: Tier) -> RiskState:
    return step(CALM, found(tier, "passive.burden"), NOW, "words")


@pytest.mark.parametrize("tier", [Tier.DISTRESS, Tier.PASSIVE, Tier.ACTIVE, Tier.IMMEDIATE])
def test_the_tier_rises_at_once(tier: Tier) -> None:
    state = raised(tier)
    assert state.tier == tier
    assert state.since == NOW
    assert state.turns_since == 0


@pytest.mark.parametrize("tier", [Tier.PASSIVE, Tier.ACTIVE, Tier.IMMEDIATE])
def test_silence_and_other_topics_never_lower_it(tier: Tier) -> None:
    assert after(raised(tier), QUIET, 60, NOW + timedelta(days=9)).tier == tier


def test_a_word_of_safety_too_early_does_not_lower_it() -> None:
    assert after(raised(Tier.ACTIVE), SAFE, 9).tier == Tier.ACTIVE


def test_after_ten_turns_and_a_word_of_safety_it_falls_by_one_step_only() -> None:
    state = after(raised(Tier.ACTIVE), QUIET, 9)
    state = step(state, SAFE, NOW, "words")
    assert state.tier == Tier.PASSIVE
    assert step(state, SAFE, NOW, "words").tier == Tier.PASSIVE


def test_the_highest_tier_holds_for_a_day() -> None:
    state = after(raised(Tier.IMMEDIATE), QUIET, 20)
    assert step(state, SAFE, NOW + timedelta(hours=23), "words").tier == Tier.IMMEDIATE
    assert step(state, SAFE, NOW + timedelta(hours=25), "words").tier == Tier.ACTIVE


def test_distress_passes_without_a_statement() -> None:
    assert after(raised(Tier.DISTRESS), QUIET, 9).tier == Tier.DISTRESS
    assert after(raised(Tier.DISTRESS), QUIET, 10).tier == Tier.NONE


def test_a_turn_without_words_counts_for_nothing() -> None:
    state = raised(Tier.ACTIVE)
    assert step(state, SAFE, NOW, "  \n") == state


def test_a_new_sign_of_the_same_tier_starts_the_count_again() -> None:
    state = after(raised(Tier.PASSIVE), QUIET, 9)
    state = step(state, found(Tier.PASSIVE, "passive.vanish"), NOW, "words")
    assert state.turns_since == 0
    assert step(state, SAFE, NOW, "words").tier == Tier.PASSIVE


def test_the_question_is_due_once_for_each_rise() -> None:
    state = raised(Tier.PASSIVE)
    assert question_due(state)
    state = mark_asked(state)
    assert not question_due(after(state, found(Tier.PASSIVE, "passive.vanish"), 3))
    assert question_due(step(state, found(Tier.ACTIVE, "active.plan"), NOW, "words"))
    assert not question_due(raised(Tier.IMMEDIATE))
    assert not question_due(CALM)


def test_the_lane_of_voices_stays_a_week_and_others_a_day() -> None:
    state = step(CALM, found(Tier.PASSIVE, "psychosis.signals", lanes=("A", "P", "U")), NOW, "words")
    assert state.lanes == ("A", "P")
    assert step(state, QUIET, NOW + timedelta(days=2), "words").lanes == ("P",)
    assert step(state, QUIET, NOW + timedelta(days=6, hours=23), "words").lanes == ("P",)
    assert step(state, QUIET, NOW + timedelta(days=8), "words").lanes == ()


def test_causes_are_told_in_plain_words_with_the_date_and_no_quotes() -> None:
    state = step(CALM, found(Tier.ACTIVE, "active.plan", "passive.burden"), NOW, "secret words")
    told = explain(state)
    assert len(told) == 2
    assert all(line.startswith("2026-11-22: you wrote about") for line in told)
    assert "secret" not in " ".join(told) + repr(state.causes)


def test_causes_do_not_repeat_or_grow_without_end() -> None:
    state = after(raised(Tier.PASSIVE), found(Tier.PASSIVE, "passive.burden"), 40)
    assert len(state.causes) == 1
    for day in range(40):
        state = step(state, found(Tier.PASSIVE, "passive.burden"), NOW + timedelta(days=day), "words")
    assert len(state.causes) <= 12


def test_a_misreading_can_be_taken_back_unless_a_hard_rule_fired() -> None:
    soft = found(Tier.PASSIVE, "quiet.affairs")
    now = step(CALM, soft, NOW, "words")
    assert not_meant(CALM, soft, now) == CALM
    hard = replace(found(Tier.ACTIVE, "active.names_it"), hard=True)
    now = step(CALM, hard, NOW, "words")
    assert not_meant(CALM, hard, now) == now


def test_a_hard_rule_is_remembered_whatever_is_said_afterwards() -> None:
    hard = replace(found(Tier.ACTIVE, "active.names_it"), hard=True)
    now = step(step(CALM, hard, NOW, "words"), QUIET, NOW, "words")
    assert not_meant(CALM, QUIET, now) == now


def test_a_hard_rule_counts_as_long_as_its_tier_is_remembered() -> None:
    hard = replace(found(Tier.ACTIVE, "active.names_it"), hard=True)
    state = step(after(step(CALM, hard, NOW, "words"), QUIET, 9), SAFE, NOW, "words")
    assert state.tier == Tier.PASSIVE
    assert state.firm
    state = step(after(state, QUIET, 9), SAFE, NOW, "words")
    assert state.tier == Tier.DISTRESS
    assert not state.firm


def test_a_word_of_safety_beside_a_wish_to_die_lowers_nothing() -> None:
    both = found(Tier.PASSIVE, "passive.wants_death", SAFE_CUE)
    state = after(raised(Tier.ACTIVE), QUIET, 20)
    assert step(state, both, NOW, "words").tier == Tier.ACTIVE


def test_a_word_of_safety_counts_though_the_second_look_takes_it_for_danger() -> None:
    no_longer = found(Tier.ACTIVE, "denied", "heard.danger", SAFE_CUE)
    state = after(raised(Tier.ACTIVE), QUIET, 9)
    assert step(state, no_longer, NOW, "words").tier == Tier.PASSIVE
    assert step(raised(Tier.ACTIVE), no_longer, NOW, "words").turns_since == 1
    assert step(raised(Tier.PASSIVE), no_longer, NOW, "words").tier == Tier.ACTIVE


def test_a_clock_that_was_set_back_stretches_nothing() -> None:
    ahead = NOW + timedelta(days=300)
    state = step(CALM, found(Tier.IMMEDIATE, "now.tonight", lanes=("P",)), ahead, "words")
    state = step(state, QUIET, NOW, "words")
    assert at_top(replace(state, seen=NOW))
    assert not at_top(replace(state, seen=NOW + timedelta(hours=25)))
    assert step(state, QUIET, NOW + timedelta(days=8), "words").lanes == ()
