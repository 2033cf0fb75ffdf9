"""The yardstick for the output guard: which replies pass, and what is shown where one does not."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from time import perf_counter
from typing import Any, TextIO

from between.domain import Tier
from between.safety.guard import Guard
from between.safety.screen import Screen

Line = Mapping[str, Any]  # Any: nested JSON


def guard(lines: Iterable[Line], predictions: TextIO | None) -> dict[str, Any]:
    """Pass every reply through the guard.

    Lines ``{"id", "reply", "person"?, "tier"?, "label"?}``, the label ``pass`` or ``replace``; predictions
    ``{"id", "action": "pass" | "replace", "reasons", "shown"}``.
    """
    screen = Screen()
    actions: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    right: list[bool] = []
    started = perf_counter()
    for number, line in enumerate(lines):
        row = judge(line, screen)
        actions[row["action"]] += 1
        reasons.update(row["reasons"])
        if line.get("label") in ("pass", "replace"):
            right.append(line["label"] == row["action"])
        if predictions is not None:
            predictions.write(
                json.dumps({"id": line.get("id", str(number)), **row}, ensure_ascii=False) + "\n"
            )
    n = actions.total()
    spent = (perf_counter() - started) * 1000
    report: dict[str, Any] = {"n": n, **actions, "reasons": dict(reasons), "ms": spent / n if n else 0.0}
    return report | ({"right": sum(right) / len(right)} if right else {})


def judge(line: Line, screen: Screen) -> dict[str, Any]:
    """What the guard makes of one reply, given what the person wrote."""
    tier = Tier(int(line.get("tier", 0)))
    if line.get("person"):
        tier = max(tier, screen.look(line["person"]).tier)
    keeper = Guard(tier)
    shown = "".join(keeper.pass_on([line["reply"]]))
    return {
        "action": "replace" if keeper.held_back else "pass",
        "reasons": list(keeper.held_back),
        "shown": shown,
    }
