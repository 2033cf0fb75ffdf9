"""The yardstick for the output guard: which replies pass, and what is shown where one does not."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from time import perf_counter
from typing import Any, TextIO

from between.domain import Tier
from between.evaluate.safety import share
from between.safety.guard import Guard
from between.safety.screen import Screen

Line = Mapping[str, Any]  # Any: nested JSON
ACTIONS = ("pass", "replace")


def guard(lines: Iterable[Line], predictions: TextIO | None) -> dict[str, Any]:
    """Pass every reply through the guard.

    Lines ``{"id", "reply", "person"?, "tier"?, "label"?}``: what the person wrote (one text, or several, oldest
    first), the tier as a number or ``T2``, the label ``pass`` or ``replace``. Without a tier the screen says it.
    Predictions ``{"id", "action": "pass" | "replace", "reasons", "shown"}``. Where lines have labels: how often the
    action is right, in all and for each label, with 95 % Wilson intervals.
    """
    screen = Screen()
    actions: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    right: dict[str, list[bool]] = {action: [] for action in ACTIONS}
    started = perf_counter()
    for number, line in enumerate(lines):
        row = judge(line, screen)
        actions[row["action"]] += 1
        reasons.update(row["reasons"])
        if line.get("label") in right:
            right[line["label"]].append(line["label"] == row["action"])
        if predictions is not None:
            named = {"id": line.get("id", str(number)), **row}
            predictions.write(json.dumps(named, ensure_ascii=False) + "\n")
    n = actions.total()
    spent = (perf_counter() - started) * 1000
    report = {
        "n": n,
        **{a: actions[a] for a in ACTIONS},
        "reasons": dict(reasons),
        "ms": spent / n if n else 0.0,
    }
    return report | _accuracy(right)


def judge(line: Line, screen: Screen) -> dict[str, Any]:
    """What the guard makes of one reply, given what the person wrote."""
    said = _texts(line.get("person"))
    seen = screen.look(said[-1], said[:-1]) if said else None
    tier = tier_of(line["tier"]) if line.get("tier") is not None else seen.tier if seen else Tier.NONE
    keeper = Guard(tier, said=said, lanes=seen.lanes if seen else ())
    shown = "".join(keeper.pass_on([line["reply"]]))
    return {
        "action": "replace" if keeper.held_back else "pass",
        "reasons": list(keeper.held_back),
        "shown": shown,
    }


def tier_of(written: int | str) -> Tier:
    """A tier as it stands in a line: 2, "2" or "T2"."""
    return Tier(int(str(written).strip().upper().removeprefix("T")))


def _texts(person: str | Sequence[str] | None) -> tuple[str, ...]:
    if not person:
        return ()
    return (person,) if isinstance(person, str) else tuple(person)


def _accuracy(right: Mapping[str, Sequence[bool]]) -> dict[str, Any]:
    every = [one for some in right.values() for one in some]
    if not every:
        return {}
    of_label = {f"right_{label}": share(sum(some), len(some)) for label, some in right.items() if some}
    return {"accuracy": share(sum(every), len(every)), **of_label}
