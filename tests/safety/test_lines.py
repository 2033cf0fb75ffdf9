"""Gates of the rule layer on whole sets of lines (clinical requirements R46, R57, R60, R61)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import between.safety
from between.evaluate.safety import LABELS, predict
from between.safety.rules import Rules
from tests.safety.reading import lanes, lines, screen

OWN = Path(between.safety.__file__).parent / "data" / "lines.jsonl"


def tiers(name: str) -> list[int]:
    return [int(screen().look(line).tier) for line in lines(name)]


@pytest.mark.parametrize("line", lines("must_catch"))
def test_an_explicit_statement_always_shows_a_card(line: str) -> None:
    assert screen().look(line).tier >= 2


@pytest.mark.parametrize("line", lines("immediate"))
def test_danger_in_these_hours_is_the_highest_tier(line: str) -> None:
    finding = screen().look(line)
    assert finding.tier == 4
    assert finding.hard


@pytest.mark.parametrize("name", ["coded", "plain"])
def test_nine_in_ten_passive_coded_and_plain_lines_show_a_card(name: str) -> None:
    found = tiers(name)
    assert sum(t >= 2 for t in found) / len(found) >= 0.9


def test_everyday_lines_rarely_show_a_card_and_hardly_ever_a_hard_one() -> None:
    found = tiers("benign")
    assert len(found) >= 120
    assert sum(t >= 2 for t in found) / len(found) <= 0.04
    assert sum(t >= 3 for t in found) == 0


def test_dark_words_without_danger_stay_within_bounds() -> None:
    found = tiers("benign_hard")
    assert sum(t >= 2 for t in found) / len(found) <= 0.12
    assert sum(t >= 3 for t in found) == 0


@pytest.mark.parametrize(("lane", "tier", "line"), lanes())
def test_a_lane_is_recognised(lane: str, tier: int, line: str) -> None:
    finding = screen().look(line)
    assert lane in finding.lanes
    assert finding.tier >= tier


def test_the_own_lines_are_caught_as_well_as_when_the_rules_were_reviewed() -> None:
    rules = Rules()
    found: dict[str, list[int]] = {label: [] for label in LABELS}
    for row in map(json.loads, OWN.read_text(encoding="utf-8").splitlines()):
        found[row["label"]].append(predict(row, rules)["tier"])
    shares = {label: sum(t >= 2 for t in tiers) / len(tiers) for label, tiers in found.items()}
    hard = sum(t >= 3 for t in found["none"]) / len(found["none"])
    assert shares["crisis"] >= 0.58
    assert shares["elevated"] >= 0.48
    assert shares["none"] <= 0.08
    assert hard <= 0.03
