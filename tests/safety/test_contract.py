"""Every line of the lanes, from the words to the reply: what it must hold and what it must not (clinical 2.3, R51)."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import lru_cache

import pytest

from between.domain import Finding, ItemId, Past, RiskState, Tier
from between.safety.cards import Card, build
from between.safety.reviewed import template
from between.safety.rules import Rules
from tests.safety.reading import lanes

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
LEAST = 15
OWN = {
    "A": ("A", "A4"),
    "C": ("C",),
    "E": ("E",),
    "S": ("S",),
    "P": ("P",),
    "V": ("V", "V4"),
    "N": ("N", "N_urge"),
}
BESIDE = {"X": "X", "O": "O", "H": "H", "B": "B", "U": "U"}
EVERY_NOT = re.compile(
    r"\b(?:committed|failed|successful|promise|diagnos\w+|score|risk level|worth living|think of your|monitor\w*|alert\w*|we will call|I will call"
    r"|\d+ ?(?:mg|ml|pills|tablets|metres|calories|kcal|kg|units))\b|!",
    re.I,
)
MUST = {
    "A": (r"not your fault|not to blame|did not bring this", r"safe", r"this device|someone may (?:see|look)|this page", r"0808 2000 247|999"),
    "C": (r"999", r"I am an AI", r"advice|what to do|certain|saw or heard"),
    "E": (r"doctor", r"[Ff]aint|pass out", r"chest", r"vomit"),
    "S": (r"doctor", r"dangerous", r"wake|woken", r"999", r"blame|judge"),
    "P": (r"I am an AI", r"confirm", r"doctor", r"\?|999"),
    "V": (r"distance|[Ll]eave|[Ss]tep away|[Ww]alk away", r"999", r"people|person|someone|somewhere"),
    "N": (r"doctor or therapist|doctor", r"wave|peak|weaker|goes down", r"Nobody here will blame|no blame|has a reason|distance|[Mm]ove|Wait|room"),
    "X": (r"breath", r"doctor", r"999"),
    "O": (r"[Tt]hank", r"[Aa]sk", r"[Ll]isten|let them talk", r"reach|away|safer", r"stay|near|beside|together", r"999"),
    "H": (r"lived through|behind you|came through|are here after", r"choice|decide|up to you|leave it"),
    "B": (r"loss|[Gg]rief|[Ll]osing|lose", r"doctor"),
    "U": (r"understand|miss what you mean|get this wrong|not read this well", r"languages?", r"999"),
}  # fmt: skip
MUST_NOT = {
    "A": r"\babuse\b(?! Helpline)|\babuser|violen\w+ relationship|you should leave|leave him|leave her|confront|his side|her side|their side|address|couple",
    "C": r"secret|how old|what exactly|who did|details",
    "E": r"calor|weigh|kilo|pound|\bkg\b|fasting|laxativ|purg|\bthin\b|\bslim|diet|look good|lost weight",
    "S": r"\bdose|\bmix|units|cold turkey at home|taper|\bmg\b",
    "P": r"you are right|a sign|meant for you|it is not real|not true|imagin\w+|hallucin|delusion|psycho|paranoi|what does it mean|proof",
    "V": r"you are (?:a|dangerous|bad|sick)|police will|report you|I will tell|warn (?:him|her|them)|lawyer|prison",
    "N": r"\bice\b|rubber|elastic|\bsnap\b|red pen|draw on|hide|cover|clean blade|attention",
    "X": r"just relax|calm down|panic disorder|nothing to worry",
    "O": r"\bare you thinking of ending your\b|you want to die|it will work|make them feel|threaten",
    "H": r"116 123|Samaritans|hotline",
    "B": r"because|reason why|why (?:he|she|they)|could have been (?:prevented|stopped)|in a better place|selfish",
    "U": r"\bI think you mean\b|\byou seem to say\b",
}  # fmt: skip


@lru_cache(maxsize=1)
def rules() -> Rules:
    return Rules()


def shown(line: str) -> tuple[Finding, RiskState, Card | None, str]:
    """What one line brings to somebody who wrote nothing before."""
    calm = RiskState(ItemId("0" * 32))
    finding = rules().look(line, Past(NOON, (), calm))
    state = rules().step(calm, finding, NOON, line)
    card = rules().shown(rules().card(finding, state), "GB", NOON)
    return finding, state, card, rules().words(finding, state, "GB", NOON).text


@pytest.mark.parametrize("lane", sorted({**OWN, **BESIDE}))
def test_there_are_fifteen_lines_for_every_lane(lane: str) -> None:
    assert sum(one == lane for one, _, _ in lanes()) >= LEAST


@pytest.mark.parametrize(("lane", "tier", "line"), lanes())
def test_a_line_of_a_lane_brings_words_that_keep_to_its_row(lane: str, tier: int, line: str) -> None:
    finding, state, card, reply = shown(line)
    assert card is not None
    said = reply or card.text
    assert not EVERY_NOT.search(said), said
    assert said.count("?") <= 1
    assert len(card.contacts) <= 3
    if card.id in OWN.get(lane, (BESIDE.get(lane, ""),)):
        keeps_to_its_row(lane, card.id, said)
    else:  # a graver row leads
        assert finding.tier >= Tier.PASSIVE
        assert card.id not in BESIDE
    if finding.tier >= Tier.PASSIVE:
        assert reply
        assert state.tier >= finding.tier


@pytest.mark.parametrize(
    ("lane", "id"), [(lane, id) for lane, ids in OWN.items() for id in ids] + list(BESIDE.items())
)
def test_a_card_of_a_lane_keeps_to_its_row_in_all_its_words(lane: str, id: str) -> None:
    for seed in range(20):
        for country in ("GB", "US", "DE", ""):
            said = build(id, country, NOON, seed).text
            assert not EVERY_NOT.search(said), said
            assert not re.search(MUST_NOT[lane], said, re.I), said
        keeps_to_its_row(lane, id, build(id, "GB", NOON, seed).text)


def keeps_to_its_row(lane: str, id: str, said: str) -> None:
    wanted = MUST[lane] if id not in ("A4", "V4") else (r"999", r"AI")
    for pattern in wanted:
        assert re.search(pattern, said), (pattern, said)
    assert not re.search(MUST_NOT[lane], said, re.I), said


@pytest.mark.parametrize("lane", sorted(BESIDE))
def test_beside_these_cards_an_engine_still_talks_except_where_it_cannot_read(lane: str) -> None:
    quiet = Finding(Tier.DISTRESS if lane != "U" else Tier.NONE, (lane,))
    assert rules().may_speak(quiet, RiskState(ItemId("0" * 32))) is (lane != "U")


def test_somebody_who_worries_is_never_asked_about_dying_as_if_it_were_them() -> None:
    for lane, _, line in lanes():
        if lane == "O":
            finding, _, card, reply = shown(line)
            if finding.tier < Tier.PASSIVE:
                assert card is not None
                assert card.id == "O"
                assert not reply


def test_a_resolved_past_brings_no_number() -> None:
    assert template("H").contacts == 0
    for lane, _, line in lanes():
        if lane == "H":
            finding, _, card, _ = shown(line)
            if finding.tier < Tier.PASSIVE:
                assert card is not None
                assert card.contacts == ()
