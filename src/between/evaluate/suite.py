"""The safety suite: what the product makes of every set of lines, as shares with intervals, and the gates they must pass.

Each set is one mapping of measures; a measure is ``{"hits", "n", "value", "low", "high"}``, a share with its 95 %
Wilson interval. A *card* is tier 2 or more, an *interrupting* card tier 3 or more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from between.domain import Tier
from between.evaluate import suite_lines
from between.evaluate.safety import predict, share
from between.evaluate.suite_lines import Case
from between.safety.rules import Rules

Row = dict[str, Any]  # Any: what ``predict`` gives
Measures = dict[str, dict[str, float]]
Figures = dict[str, Measures]


@dataclass(frozen=True, slots=True)
class Gate:
    """A bound that one figure must keep (clinical R60, R61, R63)."""

    set: str
    measure: str
    bound: float
    at_most: bool = False
    open: float | None = None
    """For a gate that is not kept yet: the value that it must not get worse than until it is."""

    def kept(self, figures: Figures) -> bool:
        """Whether it does."""
        return self._within(figures, self.bound)

    def holds(self, figures: Figures) -> bool:
        """Whether it is kept or, being open, has not become worse."""
        return self.kept(figures) or (self.open is not None and self._within(figures, self.open))

    def _within(self, figures: Figures, bound: float) -> bool:
        value = figures[self.set][self.measure]["value"]
        return bool(value <= bound if self.at_most else value >= bound)


GATES = (
    Gate("immediate", "highest", 1.0),
    Gate("explicit", "card", 0.95),
    Gate("single", "card", 0.95),
    Gate("masked", "interrupting", 0.95),
    Gate("rules alone", "card", 0.9),
    Gate("rules alone", "highest", 1.0),
    Gate("talks", "reached", 0.9),
    Gate("everyday", "interrupting", 0.01, at_most=True),
    Gate("everyday", "card", 0.08, at_most=True),
    Gate("everyday talks", "interrupting", 0.01, at_most=True),
    Gate("everyday talks", "card", 0.08, at_most=True, open=0.134),
    Gate("lanes", "recognised", 0.95),
    Gate("taken back", "kept", 1.0),
    Gate("taken back", "heard", 0.95),
    Gate("about another", "own danger", 0.1, at_most=True),
    Gate("displaced", "card", 0.9),
    Gate("swaps", "mismatch", 0.01, at_most=True, open=0.015),
)


OVER_TIME = {f"C{n}": f"c{n}." for n in (1, 2, 3, 4, 5, 6, 8)}
"""The combinations over time and how their cues begin; C7 counts refusals and raises no tier."""


def measure(rules: Rules, alone: Rules) -> Figures:
    """All figures; ``rules`` are the product's, ``alone`` those of a copy without the trained second look."""
    immediate, explicit = suite_lines.plain("immediate"), suite_lines.plain("must_catch")
    quiet, masked = suite_lines.plain("coded", "plain"), suite_lines.plain("masked")
    seen = {
        name: _seen(cases, rules)
        for name, cases in (
            ("immediate", immediate), ("explicit", explicit), ("quiet", quiet), ("masked", masked),
        )
    }  # fmt: skip
    by_rules = [_seen(cases, alone) for cases in (immediate, explicit)]
    return {
        "immediate": {"highest": _reach(seen["immediate"], Tier.IMMEDIATE)},
        "explicit": _cards(seen["explicit"]),
        "quiet": _cards(seen["quiet"]),
        "masked": _cards(seen["masked"]),
        "single": {"card": _reach([row for rows in seen.values() for row in rows], Tier.PASSIVE)},
        "rules alone": {
            "highest": _reach(by_rules[0], Tier.IMMEDIATE),
            "card": _reach([*by_rules[0], *by_rules[1]], Tier.PASSIVE),
        },
        "talks": _talks(rules, alone),
        **_everyday(rules),
        "lanes": _grouped("recognised", suite_lines.lanes(), rules),
        "taken back": _taken_back(rules),
        "about another": {
            "own danger": _reach(_seen(suite_lines.others("genuine"), rules), Tier.PASSIVE),
            "lane": _yes("O" in row["lanes"] for row in _seen(suite_lines.others("genuine"), rules)),
        },
        "displaced": _cards(_seen(suite_lines.others("displaced"), rules)),
        "swaps": _swapped(rules),
        "fresh": _fresh(rules),
    }


def missed(case: Case, row: Row) -> bool:
    """Whether what was seen is less than what the case asks for."""
    return (
        row["tier"] < case.least
        or row["last"] < case.last
        or (case.lane != "" and case.lane not in row["lanes"])
        or (case.tired and not row["tired"])
        or (case.group in OVER_TIME and not any(cue.startswith(OVER_TIME[case.group]) for cue in row["cues"]))
    )


def _talks(rules: Rules, alone: Rules) -> Measures:
    """The tier on the product's path; that a combination fires by its name, on the rules alone.

    With the second look a single text may already show the card that a combination would have brought.
    """
    cases = suite_lines.talks("talks")
    named = _grouped("reached", cases, alone)
    return named | {"reached": _grouped("reached", cases, rules)["reached"]}


def _everyday(rules: Rules) -> Figures:
    """False alarms on lines that only look dark, or do not even look so."""
    parts = {
        "everyday short": _seen(suite_lines.plain("benign"), rules),
        "everyday dark words": _seen(suite_lines.plain("benign_hard"), rules),
        "everyday long": _seen(suite_lines.plain("benign_long"), rules),
    }
    talks = _seen(suite_lines.talks("talks_ordinary"), rules)
    together = {"everyday": _cards([row for rows in parts.values() for row in rows])}
    return together | {name: _cards(rows) for name, rows in parts.items()} | {"everyday talks": _cards(talks)}


def _taken_back(rules: Rules) -> Measures:
    cases = suite_lines.talks("retractions")
    rows = _seen(cases, rules)
    pairs = list(zip(cases, rows, strict=True))
    return {
        "kept": _yes(row["tier"] >= case.least for case, row in pairs),
        "heard": _yes(case.lane in row["lanes"] for case, row in pairs),
    }


def _swapped(rules: Rules) -> Measures:
    """How often a variant has another tier than the text that it varies, in all and for each thing swapped."""
    other: Counter[str] = Counter()
    all_of: Counter[str] = Counter()
    for base, *variants in suite_lines.swaps():
        tier = predict(base.line, rules)["tier"]
        for case in variants:
            all_of[case.group] += 1
            other[case.group] += predict(case.line, rules)["tier"] != tier
    return {
        "mismatch": share(other.total(), all_of.total()) | {"hits": other.total(), "n": all_of.total()},
        **{name: share(other[name], n) | {"hits": other[name], "n": n} for name, n in sorted(all_of.items())},
    }


def _fresh(rules: Rules) -> Measures:
    """Lines that no rule was changed for: how far the rules carry."""
    least = {
        "immediate": Tier.IMMEDIATE, "crisis": Tier.PASSIVE, "masked": Tier.ACTIVE, "displaced": Tier.PASSIVE,
    }  # fmt: skip
    caught = {kind: _reach(_seen(suite_lines.fresh(kind), rules), tier) for kind, tier in least.items()}
    alarms = {
        f"{kind}, false card": _reach(_seen(suite_lines.fresh(kind), rules), Tier.PASSIVE)
        for kind in ("other_person", "everyday")
    }
    soft = {"immediate, a card": _reach(_seen(suite_lines.fresh("immediate"), rules), Tier.PASSIVE)}
    return {**caught, **soft, **alarms}


def _grouped(name: str, cases: Sequence[Case], rules: Rules) -> Measures:
    """How many cases came to what they ask for, in all and in each group."""
    good = [(case.group, not missed(case, predict(case.line, rules))) for case in cases]
    groups = sorted({group for group, _ in good})
    return {name: _yes(fine for _, fine in good)} | {
        group: _yes(fine for one, fine in good if one == group) for group in groups
    }


def _seen(cases: Iterable[Case], rules: Rules) -> list[Row]:
    return [predict(case.line, rules) for case in cases]


def _cards(rows: Sequence[Row]) -> Measures:
    return {"card": _reach(rows, Tier.PASSIVE), "interrupting": _reach(rows, Tier.ACTIVE)}


def _reach(rows: Sequence[Row], tier: Tier) -> dict[str, float]:
    return _yes(row["tier"] >= tier for row in rows)


def _yes(answers: Iterable[bool]) -> dict[str, float]:
    found = list(answers)
    return {"hits": sum(found), "n": len(found), **share(sum(found), len(found))}
