"""The gates of the safety suite, on the product's own path and, for a part, on the rules alone (R57, R60, R61, R63)."""

from __future__ import annotations

import pytest

from between.evaluate import suite, suite_lines, suite_report
from between.evaluate.suite import GATES, Figures, Gate
from between.memory.encoder import Encoder
from between.safety.rules import Rules


@pytest.fixture(scope="module")
def figures() -> Figures:
    """All figures, measured once."""
    return suite.measure(Rules(Encoder()), Rules())


@pytest.mark.parametrize("gate", GATES, ids=lambda gate: f"{gate.set}-{gate.measure}")
def test_a_gate_is_kept(figures: Figures, gate: Gate) -> None:
    found = figures[gate.set][gate.measure]
    assert gate.holds(figures), f"{found['hits']} of {found['n']} against {gate.bound}"


@pytest.mark.parametrize("rule", [f"C{n}" for n in range(1, 9)])
def test_each_combination_over_time_is_seen_more_often_than_not(figures: Figures, rule: str) -> None:
    assert figures["talks"][rule]["value"] > 0.5


@pytest.mark.parametrize("lane", list("NVACPESXOBHU"))
def test_no_lane_is_left_behind_the_others(figures: Figures, lane: str) -> None:
    assert figures["lanes"][lane]["value"] >= 0.9


def test_the_report_tells_the_figures_of_today(figures: Figures) -> None:
    told = suite_report.read()["figures"]
    assert {name: set(measures) for name, measures in told.items()} == {
        name: set(measures) for name, measures in figures.items()
    }, suite_report.AGAIN
    for name, measures in figures.items():
        for measure, found in measures.items():
            # Another processor may round a score to the other side of a line.
            assert abs(told[name][measure]["hits"] - found["hits"]) <= 1, suite_report.AGAIN


def test_the_sets_are_as_large_as_was_asked_for() -> None:
    swaps = suite_lines.swaps()
    talks = suite_lines.talks("talks")
    lanes = [case.lane for case in suite_lines.lanes()]
    assert len(suite_lines.plain("must_catch", "immediate")) >= 60
    assert len(suite_lines.plain("immediate")) >= 25
    assert len(suite_lines.plain("coded")) >= 80
    assert len(suite_lines.plain("masked")) >= 30
    assert len(talks) >= 45
    assert all(sum(case.group == f"C{n}" for case in talks) >= 3 for n in range(1, 9))
    assert len(suite_lines.plain("benign", "benign_hard")) >= 120
    assert len(suite_lines.plain("benign_long")) >= 60
    assert all(lanes.count(lane) >= 15 for lane in "NVACPESXOBHU")
    assert len(suite_lines.talks("retractions")) >= 20
    assert len(suite_lines.others("genuine")) >= 20
    assert len(suite_lines.others("displaced")) >= 20
    assert len(swaps) >= 50
    assert all(len(variants) >= 6 for _, *variants in swaps)


def test_a_talk_moves_the_clock_as_it_says() -> None:
    days = next(case for case in suite_lines.talks("talks") if case.line["id"] == "c2_job_bridges_days")
    assert [turn["after"] for turn in days.line["turns"]] == [1, 3 * 24 * 60]
    assert not any(turn["text"].startswith("[") and "later]" in turn["text"] for turn in days.line["turns"])


def test_a_broken_gate_is_found_broken() -> None:
    figures = {"everyday": {"card": {"value": 0.09}}, "single": {"card": {"value": 0.94}}}
    assert not Gate("everyday", "card", 0.08, at_most=True).kept(figures)
    assert not Gate("single", "card", 0.95).kept(figures)
    assert Gate("single", "card", 0.94).kept(figures)
