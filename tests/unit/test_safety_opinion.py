"""What a second opinion may change: a table of every case, and what holds for any opinion whatever it says."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from between.domain import Finding, ItemId, Opinion, RiskState, Tier
from between.safety import opinion as opinions
from between.safety.choosing import choose, engine_may_speak
from between.safety.opinion import LOWERED, RAISED, UNAVAILABLE, merged, outcome, wanted
from between.safety.rules import Rules
from between.safety.screen import Screen

NOON = datetime(2026, 3, 12, 12, tzinfo=UTC)
SOFT = frozenset({"passive.soft", "quiet.soft"})
SURE = Opinion(Tier.NONE, (), "self", "now", idiom=False, confidence="high")
IDIOM = replace(SURE, idiom=True)
SOFT_HIT = Finding(Tier.PASSIVE, (), ("passive.soft",))
HARD = Finding(Tier.ACTIVE, (), ("active.plain",), hard=True)
LANES = "NVACPESXOBHURZ"

opinion_of_any_kind = st.builds(
    Opinion,
    st.sampled_from(Tier),
    st.lists(st.sampled_from("NVACPESXOBH"), unique=True).map(tuple),
    st.sampled_from(["self", "other", "fiction", "unclear"]),
    st.sampled_from(["now", "day", "week", "month", "past"]),
    st.booleans(),
    st.sampled_from(["low", "medium", "high"]),
)
finding_of_any_kind = st.builds(
    Finding,
    st.sampled_from(Tier),
    st.lists(st.sampled_from(LANES), unique=True).map(lambda found: tuple(sorted(found))),
    st.lists(
        st.sampled_from([*SOFT, "heard.card", "heard.talk", "c1.two", "active.plain", "past"]), unique=True
    ).map(lambda found: tuple(sorted(found))),
    st.booleans(),
)


def said(tier: int, *lanes: str, **more: object) -> Opinion:
    """A sure opinion about the person now."""
    return replace(SURE, tier=Tier(tier), lanes=lanes, **more)  # type: ignore[arg-type]  # fields by name


def after(finding: Finding, opinion: Opinion | None, remembered: Tier = Tier.PASSIVE) -> Finding:
    return merged(finding, opinion, SOFT, remembered)


@pytest.mark.parametrize(
    ("tier", "opinion", "becomes"),
    [
        (0, said(1), 1),
        (0, said(2), 2),
        (0, said(3), 3),
        (1, said(3), 3),
        (0, said(4), 3),  # not by itself
        (1, said(4), 3),
        (2, said(3), 3),
        (2, said(4), 4),
        (3, said(4), 4),
        (0, said(3, confidence="medium"), 3),
        (0, said(3, confidence="low"), 2),
        (0, said(4, subject="fiction"), 2),
        (0, said(4, subject="other"), 2),
        (0, said(4, time="past"), 2),
        (0, said(4, idiom=True), 2),
        (3, said(4, confidence="low"), 3),
        (3, said(4, time="past"), 3),
        (0, said(3, subject="unclear"), 3),
        (3, said(1), 3),
        (4, said(0), 4),
    ],
)
def test_how_far_an_opinion_raises(tier: int, opinion: Opinion, becomes: int) -> None:
    found = after(Finding(Tier(tier), (), ("active.plain",)), opinion)
    assert found.tier == becomes
    assert (RAISED in found.cues) is (becomes > tier)


@pytest.mark.parametrize(
    "excuse",
    [said(0, subject="fiction"), said(1, subject="other"), said(0, idiom=True), said(1, "H", time="past")],
)
@pytest.mark.parametrize(
    "cues", [("passive.soft",), ("heard.card",), ("heard.talk", "quiet.soft"), ("heard.card", "past")]
)
def test_a_soft_hit_is_lowered_for_an_idiom_a_story_somebody_else_or_the_past(
    excuse: Opinion, cues: tuple[str, ...]
) -> None:
    found = after(Finding(Tier.PASSIVE, ("H",), cues), excuse)
    assert found.tier is Tier.DISTRESS
    assert LOWERED in found.cues
    assert set(cues) < set(found.cues)
    assert outcome(found) == "lowered"


@pytest.mark.parametrize(
    "opinion",
    [
        SURE,  # it only says that there is nothing
        replace(IDIOM, confidence="medium"),
        replace(IDIOM, confidence="low"),
        replace(IDIOM, tier=Tier.PASSIVE),  # it contradicts itself
        replace(IDIOM, lanes=("A",)),
        replace(SURE, subject="unclear"),
        replace(SURE, time="month"),
    ],
)
def test_an_opinion_that_is_not_sure_or_names_no_reason_lowers_nothing(opinion: Opinion) -> None:
    assert after(SOFT_HIT, opinion) == SOFT_HIT
    assert outcome(after(SOFT_HIT, opinion)) == "same"


@pytest.mark.parametrize(
    "finding",
    [
        Finding(Tier.PASSIVE, (), ("passive.soft",), hard=True),
        Finding(Tier.ACTIVE, (), ("passive.soft",)),
        Finding(Tier.IMMEDIATE, (), ("passive.soft",)),
        Finding(Tier.PASSIVE, (), ("passive.soft", "c5.low_days")),
        Finding(Tier.PASSIVE, (), ("active.plain",)),
        Finding(Tier.PASSIVE, (), ("passive.soft", "ambivalent")),
        Finding(Tier.PASSIVE, (), ("passive.soft", "heard.unavailable")),
        Finding(Tier.PASSIVE, (), ("passive.soft", "answer.T2")),
        *[Finding(Tier.PASSIVE, (lane,), ("passive.soft",)) for lane in "NVACPESURZ"],
    ],
)
def test_nothing_but_a_soft_hit_about_nothing_else_is_lowered(finding: Finding) -> None:
    assert after(finding, IDIOM) == finding


def test_a_soft_hit_stays_while_something_worse_is_remembered() -> None:
    assert after(SOFT_HIT, IDIOM, Tier.ACTIVE) == SOFT_HIT
    assert after(SOFT_HIT, IDIOM, Tier.IMMEDIATE) == SOFT_HIT


def test_without_an_opinion_the_finding_stays_and_says_so() -> None:
    for finding in (Finding(), SOFT_HIT, HARD):
        found = after(finding, None)
        assert replace(found, cues=finding.cues) == finding
        assert UNAVAILABLE in found.cues
        assert outcome(found) == "unavailable"


@pytest.mark.parametrize(
    ("lanes", "opinion", "become"),
    [
        ((), said(0, "A"), ("A",)),
        ((), said(2, "N", "P"), ("N", "P")),
        (("B",), said(1, "X"), ("B", "X")),
        ((), said(1, "A", confidence="low"), ()),
        ((), said(1, "A", idiom=True), ()),
        ((), said(1, "A", subject="fiction"), ()),
        ((), said(1, "A", time="past"), ()),
        ((), said(1, "A", "C", "O", subject="other"), ("C", "O")),
        (("C",), said(1, "P"), ("C",)),  # the card about a child stays the one that speaks
    ],
)
def test_which_topics_an_opinion_adds(
    lanes: tuple[str, ...], opinion: Opinion, become: tuple[str, ...]
) -> None:
    assert after(Finding(Tier.DISTRESS, lanes), opinion).lanes == become


def test_an_opinion_never_puts_another_topic_before_the_card_about_life() -> None:
    for tier in (Tier.PASSIVE, Tier.ACTIVE):
        finding = Finding(tier, (), ("heard.danger",))
        assert after(finding, said(tier, "V", "N", "P")).lanes == ()


@given(finding_of_any_kind, opinion_of_any_kind, st.sampled_from(Tier))
def test_whatever_it_says_only_a_soft_hit_goes_down_and_only_by_one(
    finding: Finding, opinion: Opinion, remembered: Tier
) -> None:
    found = after(finding, opinion, remembered)
    assert set(found.cues) >= set(finding.cues)
    assert set(found.lanes) >= set(finding.lanes)
    assert found.hard == finding.hard
    if found.tier < finding.tier:
        assert (finding.tier, found.tier, finding.hard) == (Tier.PASSIVE, Tier.DISTRESS, False)
        assert opinion.confidence == "high"
        assert remembered <= Tier.PASSIVE
        assert not {"c1.two", "active.plain"} & set(finding.cues)
    if finding.tier < Tier.PASSIVE:
        assert found.tier <= Tier.ACTIVE


@given(finding_of_any_kind.filter(lambda found: found.hard or found.tier >= Tier.ACTIVE), opinion_of_any_kind)
def test_a_hard_finding_is_never_lowered_whatever_it_says(finding: Finding, opinion: Opinion) -> None:
    assert after(finding, opinion).tier >= finding.tier


@given(finding_of_any_kind, st.sampled_from(Tier))
def test_a_failed_opinion_changes_no_finding(finding: Finding, remembered: Tier) -> None:
    found = after(finding, None, remembered)
    assert (found.tier, found.lanes, found.hard) == (finding.tier, finding.lanes, finding.hard)


@given(finding_of_any_kind.filter(lambda found: found.tier >= Tier.PASSIVE), opinion_of_any_kind)
def test_a_card_of_the_screen_is_never_replaced_by_another_topic(finding: Finding, opinion: Opinion) -> None:
    assert after(finding, opinion).lanes == finding.lanes


# With the real rules -----------------------------------------------------------------------------


def test_the_soft_names_are_rules_that_ask_gently_at_most() -> None:
    screen = Screen()
    assert screen.look("I want to kill myself").hard
    assert not screen.soft & set(screen.look("I want to kill myself").cues)
    assert set(screen.look("Everyone would be better off without me").cues) <= screen.soft


def test_a_lowered_hit_lets_an_engine_answer_with_care_and_keeps_its_card_in_one_line() -> None:
    rules, text = Rules(), "Everyone would be better off without me"
    before = RiskState(ItemId("0" * 32))
    finding = rules.look(text)
    now = rules.step(before, finding, NOON, text)
    assert now.asking == "T2"
    found = rules.weigh(finding, IDIOM, now)
    later = rules.weighed((before, now), found, NOON, text)
    assert engine_may_speak(found, later)
    assert (later.tier, later.asking, later.asked) == (Tier.PASSIVE, "", False)
    shown = rules.shown(rules.card(found, later), "GB", NOON)
    assert shown is not None
    assert (shown.id, shown.folded, shown.question, bool(shown.contacts)) == ("T2", True, "", True)


def test_a_raised_finding_is_remembered_as_if_the_screen_had_found_it() -> None:
    rules, text, quiet = Rules(), "I have given my plants away.", RiskState(ItemId("0" * 32))
    now = rules.step(quiet, Finding(), NOON, text)
    found = rules.weigh(Finding(), said(3), now)
    seen = rules.step(quiet, Finding(Tier.ACTIVE, (), ("opinion.raised",)), NOON, text)
    assert rules.weighed((quiet, now), found, NOON, text) == seen
    assert seen.tier is Tier.ACTIVE
    assert choose(found, seen) is not None
    [line] = rules.explain(seen)
    assert "second opinion" in line


def test_a_raised_finding_can_be_taken_back_as_any_guess_can() -> None:
    rules, text, quiet = Rules(), "I have given my plants away.", RiskState(ItemId("0" * 32))
    found = rules.weigh(Finding(), said(3), quiet)
    now = rules.weighed((quiet, quiet), found, NOON, text)
    assert rules.not_meant(now, text).tier < Tier.PASSIVE


def test_it_is_not_asked_in_the_gravest_tier_nor_about_an_answer_nor_about_someone_young() -> None:
    quiet = RiskState(ItemId("0" * 32))
    top = replace(quiet, tier=Tier.IMMEDIATE, since=NOON, seen=NOON + timedelta(hours=1))
    assert wanted(Finding(), quiet)
    assert wanted(HARD, quiet)
    assert not wanted(Finding(Tier.IMMEDIATE), quiet)
    assert not wanted(Finding(), top)
    assert not wanted(Finding(cues=("answer.T2_no",)), quiet)
    assert not wanted(Finding(cues=("minor",)), quiet)


def test_only_a_question_of_this_turn_is_taken_back() -> None:
    put = RiskState(ItemId("0" * 32), Tier.PASSIVE, asked=True, asking="T2", asked_at=NOON, seen=NOON)
    assert opinions.question_taken_back(put).asking == ""
    older = replace(put, seen=NOON + timedelta(minutes=5))
    assert opinions.question_taken_back(older) == older
