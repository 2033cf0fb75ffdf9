"""SAFETY.md and HAZARD_LOG.csv say what the code does: every name, file, test and figure in them is there."""

from __future__ import annotations

import ast
import csv
import re
from pathlib import Path

import pytest

from between.evaluate import suite_report
from between.evaluate.sets import ROOT
from between.evaluate.suite import GATES
from between.safety.lexicon import Lexicon
from between.safety.reviewed import templates

PAGE = suite_report.SAFETY.read_text("utf-8")
PROTOCOL = suite_report.PROTOCOL.read_text("utf-8")
with (ROOT / "HAZARD_LOG.csv").open(encoding="utf-8", newline="") as file:
    HAZARDS = list(csv.DictReader(file))
LANES = set("NVACPESXOBHURZ")
READI = (
    "Safety",
    "Privacy and confidentiality",
    "Equity",
    "Effectiveness",
    "Engagement",
    "Implementation",
)


def test_the_page_is_as_the_report_and_the_protocol_render_it() -> None:
    assert suite_report.rendered(PAGE, suite_report.read()) == PAGE, suite_report.AGAIN


def test_another_figure_in_the_report_would_be_another_page() -> None:
    report = suite_report.read()
    report["figures"]["single"]["card"] |= {"hits": 1, "value": 0.0}
    assert suite_report.rendered(PAGE, report) != PAGE


def test_every_gate_stands_in_the_page() -> None:
    open_gates = [gate for gate in GATES if gate.open is not None]
    assert PAGE.count(", kept |") + PAGE.count("**not kept yet**") == len(GATES)
    assert PAGE.count("**not kept yet**") <= len(open_gates)
    assert "NOT KEPT" not in PAGE


def test_the_page_has_the_headings_of_the_safety_case() -> None:
    assert [line for line in READI if f"\n### {line}\n" not in PAGE] == []


@pytest.mark.parametrize(
    "excluded", ["diagnosis", "treatment", "risk assessment", "medication", "emergencies", "minors"]
)
def test_the_intended_purpose_names_what_is_excluded(excluded: str) -> None:
    purpose = PAGE.partition("## Intended purpose")[2].partition("\n## ")[0]
    assert excluded in purpose


def test_the_protocol_names_every_tier_lane_combination_and_card_and_no_other() -> None:
    assert re.findall(r"\*\*Tier (\d)\*\*", PROTOCOL) == list("01234")
    assert set(re.findall(r"\*\*([A-Z])\*\*", PROTOCOL)) == LANES
    assert re.findall(r"\*\*(C\d)\*\*", PROTOCOL) == [f"C{n}" for n in range(1, 9)]
    assert set(re.findall(r"`(\w+)`", PROTOCOL)) == {card.id for card in templates().card}


def test_every_lane_of_the_rules_is_in_the_protocol() -> None:
    lexicon = Lexicon.load()
    used = {rule.lane for rule in (*lexicon.rules.values(), *lexicon.combinations)} - {""}
    assert used <= LANES


def test_the_page_says_what_the_figures_are_not() -> None:
    assert "What these figures are not." in PAGE
    assert "one author's imagination" in PAGE
    assert "No clinician" in PAGE


def test_the_page_says_that_no_clinician_signed() -> None:
    assert "Clinical safety reviewer: **none yet**" in PAGE
    assert "## What awaits a clinician's signature" in PAGE


def test_every_file_that_the_page_names_is_there() -> None:
    named = re.findall(r"`((?:src|prompts|tests|docs)/[\w./-]+)", PAGE)
    assert named
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_the_hazard_log_is_whole() -> None:
    assert [row["id"] for row in HAZARDS] == [f"H{n}" for n in range(1, len(HAZARDS) + 1)]
    assert len(HAZARDS) >= 20
    assert [row["id"] for row in HAZARDS if not all((value or "").strip() for value in row.values())] == []


@pytest.mark.parametrize("row", HAZARDS, ids=lambda row: row["id"])
def test_controls_and_tests_of_a_hazard_exist(row: dict[str, str]) -> None:
    wanted, _, places = row["control"].partition(": ")
    assert all(re.fullmatch(r"R\d{1,3}", number) for number in wanted.split())
    assert [place for place in places.split("; ") if not (ROOT / place).exists()] == []
    for test in row["test"].split("; "):
        path, _, name = test.partition("::")
        assert name in _tests(ROOT / path), test


def test_the_product_asks_no_clinical_questionnaire() -> None:
    words = "\n".join(
        path.read_text("utf-8")
        for folder in ("prompts", "src/between/ui", "pages")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in (".py", ".md", ".toml")
    )
    assert (
        re.search(r"\b(PHQ-?\d|GAD-?7|C-SSRS|BDI|over the last two weeks, how often)\b", words, re.I) is None
    )


def _tests(path: Path) -> set[str]:
    tree = ast.parse(path.read_text("utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
