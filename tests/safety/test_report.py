"""What is said in a hard moment changes only together with a new report of the safety suite (R11)."""

from __future__ import annotations

from pathlib import Path

import pytest

from between.evaluate import suite_report


def test_words_rules_heads_and_lines_are_those_of_the_report() -> None:
    report = suite_report.read()
    assert report, f"There is no report: {suite_report.AGAIN}"
    changed = suite_report.stale(report)
    assert changed == [], f"Changed since the last report: {', '.join(changed)}. Please {suite_report.AGAIN}."


def test_no_gate_was_broken_when_the_report_was_written() -> None:
    assert suite_report.read()["broken"] == []


@pytest.mark.parametrize("part", list(suite_report.PARTS))
def test_a_part_that_was_changed_is_named(part: str) -> None:
    report = {"hashes": suite_report.hashes() | {part: "another"}}
    assert suite_report.stale(report) == [part]


def test_a_changed_word_changes_the_hash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.toml").write_text("one", "utf-8")
    monkeypatch.setattr(suite_report, "PARTS", {"here": (tmp_path, ("*.toml",))})
    before = suite_report.hashes()
    (tmp_path / "a.txt").write_text("not a part", "utf-8")
    assert suite_report.hashes() == before
    (tmp_path / "a.toml").write_text("two", "utf-8")
    assert suite_report.hashes() != before
