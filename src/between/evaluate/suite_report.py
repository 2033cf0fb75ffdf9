"""The report of the safety suite, ``docs/safety-report.json``: the figures, and of what they are the figures (R11).

``{"date", "safety_version", "hashes": {part: sha256}, "figures": {set: {measure: {"hits", "n", "value", "low",
"high"}}}, "broken": [gate]}``. The version rises by one with each report on other words, rules, heads or lines.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from between.evaluate.sets import OWN, ROOT
from between.evaluate.suite import GATES, Figures, Gate
from between.evaluate.suite_lines import FOLDER
from between.prompts_dir import PROMPTS

REPORT = ROOT / "docs" / "safety-report.json"
SAFETY = ROOT / "SAFETY.md"
PROTOCOL = PROMPTS / "safety" / "protocol.md"
AGAIN = "run make eval again, and commit docs/safety-report.json and SAFETY.md with the change"
PARTS: Mapping[str, tuple[Path, tuple[str, ...]]] = {
    "prompts/safety": (PROMPTS / "safety", ("*",)),
    "prompts/companion": (PROMPTS / "companion", ("*",)),
    "prompts/guide": (PROMPTS / "guide", ("*",)),
    "lexicon": (PROMPTS / "safety" / "lexicon", ("*.toml",)),
    "classifier heads": (OWN / "safety" / "heads", ("*.npz",)),
    "lines": (FOLDER, ("*.txt", "*.toml")),
}
"""What the figures hang on: a folder, and which of its files."""
SETS = {
    "immediate": "Danger in these hours",
    "explicit": "Explicit statements",
    "quiet": "Passive, coded, misspelt and plain ways of saying it",
    "masked": "A loss and a question about means, in one text",
    "single": "All single texts above together",
    "rules alone": "Immediate and explicit ones, by the rules alone",
    "talks": "Conversations over time",
    "everyday": "Everyday texts, all three kinds",
    "everyday short": "Everyday lines",
    "everyday dark words": "Dark words without danger",
    "everyday long": "Longer everyday entries",
    "everyday talks": "Everyday conversations",
    "lanes": "Lines of the lanes",
    "taken back": "Taking it back, or turning help away",
    "about another": "Worry about someone else",
    "displaced": "A “friend” who is oneself",
    "swaps": "The same said by different people",
    "fresh": "Lines that no rule was changed for",
}
_DEGREES = {
    "highest": "tier 4",
    "card": "a card",
    "interrupting": "an interrupting card",
    "reached": "the tier asked for",
    "recognised": "lane and tier",
    "kept": "tier kept",
    "heard": "heard as such",
    "own danger": "taken for the person's own",
    "lane": "lane O",
    "mismatch": "another tier",
}


def hashes() -> dict[str, str]:
    """What each part is today."""
    return {name: _hash(folder, kinds) for name, (folder, kinds) in PARTS.items()}


def stale(report: Mapping[str, Any]) -> list[str]:
    """The parts that are no longer those of the report."""
    now = hashes()
    return [name for name in now if report["hashes"].get(name) != now[name]]


def read() -> dict[str, Any]:
    """The report in the repository; empty when there is none."""
    if not REPORT.is_file():
        return {}
    report: dict[str, Any] = json.loads(REPORT.read_text("utf-8"))
    return report


def write(figures: Figures, at: datetime) -> dict[str, Any]:
    """Write the report and bring SAFETY.md up to it."""
    before, now = read(), hashes()
    version = before.get("safety_version", 0) + (before.get("hashes") != now)
    report = {
        "date": at.date().isoformat(),
        "safety_version": version,
        "hashes": now,
        "figures": figures,
        "broken": [_name(gate) for gate in GATES if not gate.holds(figures)],
        "open": [_name(gate) for gate in GATES if gate.holds(figures) and not gate.kept(figures)],
    }
    REPORT.write_text(json.dumps(report, indent=1, ensure_ascii=False) + "\n", "utf-8")
    SAFETY.write_text(rendered(SAFETY.read_text("utf-8"), report), "utf-8")
    return report


def rendered(page: str, report: Mapping[str, Any]) -> str:
    """SAFETY.md with the figures of the report and the protocol that the app shows, each between its marks."""
    head = f"Suite of {report['date']}, safety version {report['safety_version']}."
    page = between_marks(page, "figures", f"{head}\n\n{table(report['figures'])}")
    return between_marks(page, "protocol", PROTOCOL.read_text("utf-8").strip())


def between_marks(page: str, name: str, content: str) -> str:
    """The page with other content between ``<!-- name -->`` and ``<!-- /name -->``."""
    before, opening, rest = page.partition(f"<!-- {name} -->\n")
    _, closing, after = rest.partition(f"<!-- /{name} -->")
    return f"{before}{opening}\n{content}\n\n{closing}{after}" if closing else page


def table(figures: Figures) -> str:
    """The figures for people: what, how many of how many, the share with its interval, and the gate."""
    gates = {(gate.set, gate.measure): gate for gate in GATES}
    rows = ["| set | measure | of | share (95 % interval) | gate |", "|---|---|---|---|---|"]
    for name, title in SETS.items():
        for measure, found in figures[name].items():
            gate = gates.get((name, measure))
            share = f"{found['value']:.1%} ({found['low']:.1%} to {found['high']:.1%})"
            kept = _bound(gate, figures) if gate else ""
            degree = _DEGREES.get(measure, measure)
            rows.append(f"| {title} | {degree} | {found['hits']} / {found['n']} | {share} | {kept} |")
    return "\n".join(rows)


def _bound(gate: Gate, figures: Figures) -> str:
    bound = f"{'≤' if gate.at_most else '≥'} {gate.bound:.0%}"
    if gate.kept(figures):
        return f"{bound}, kept"
    return f"{bound}, **not kept yet**" if gate.holds(figures) else f"{bound}, **NOT KEPT**"


def _name(gate: Gate) -> str:
    return f"{gate.set}: {gate.measure}"


def _hash(folder: Path, kinds: tuple[str, ...]) -> str:
    files = {path for kind in kinds for path in folder.rglob(kind) if path.is_file()}
    whole = hashlib.sha256()
    for path in sorted(files):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        whole.update(f"{path.relative_to(folder).as_posix()} {content}\n".encode())
    return whole.hexdigest()
