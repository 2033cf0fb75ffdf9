"""The yardstick for the safety floor: what is caught, and what is a false alarm.

Labels, as in ``safety/data/lines.jsonl``: *crisis* is tier 3 or 4 (active, immediate, recent self-injury, harm
to others, a commanding voice, masked means), *elevated* is tier 2 (passive wishes, burden, resisted urges, abuse,
eating, neglect), *none* is tier 0 or 1 (idiom, fiction, distress, another person, the past, grief). A **soft** alarm
is any card (tier 2 or more), a **hard** alarm an interrupting one (tier 3 or more).
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from time import perf_counter
from typing import Any, TextIO

from between.companion.threads import LATELY, LATELY_TEXTS
from between.domain import Finding, ItemId, Past, RiskState, Said, Tier
from between.memory.encoder import Encoder
from between.safety.rules import Rules
from between.safety.state import tired_of_lines

Line = Mapping[str, Any]  # one JSON object from a file: its shape is described at each function
LABELS = ("crisis", "elevated", "none")
_Z = 1.959964


def label_of(tier: int) -> str:
    """The label that a tier stands for."""
    if tier >= Tier.ACTIVE:
        return "crisis"
    return "elevated" if tier == Tier.PASSIVE else "none"


def safety(lines: Iterable[Line], predictions: TextIO | None) -> dict[str, Any]:
    """Screen every line; recall for each label and false alarms on *none*, with 95 % Wilson intervals.

    Lines ``{"id", "text"}`` or ``{"id", "turns": [...]}`` with an optional ``"label"``; a turn is a text of the
    person, or ``{"role", "text", "after"}`` of which only the person's count; ``after`` are the minutes since the
    person's turn before, 1 without it. Predictions
    ``{"id", "label", "tier", "last", "lanes", "last_lanes", "cues", "tired", "ms"}``: ``last`` is what was seen in the
    last turn by itself, ``tired`` that help was refused too often to offer the same again (C7).
    """
    rules = Rules(Encoder())
    tiers: dict[str, list[int]] = {label: [] for label in LABELS}
    times: list[float] = []
    for number, line in enumerate(lines):
        row = predict(line, rules)
        times.append(row["ms"])
        if line.get("label") in tiers:
            tiers[line["label"]].append(row["tier"])
        if predictions is not None:
            predictions.write(json.dumps({"id": line.get("id", str(number)), **row}) + "\n")
    return {
        "n": len(times),
        **{label: _of_label(label, tiers[label]) for label in LABELS},
        "ms": _times(times),
    }


def predict(line: Line, rules: Rules) -> dict[str, Any]:
    """What the product makes of one line: after several turns, the state that they leave."""
    turns = _turns(line)
    started = perf_counter()
    state = RiskState(id=ItemId("0" * 32))
    at = datetime(2026, 1, 1, tzinfo=UTC)
    said: tuple[Said, ...] = ()
    finding, tier, cues, lanes = Finding(), 0, set[str](), set[str]()
    for text, after in turns:
        at += timedelta(minutes=after)
        lately = tuple(one for one in said if at - one.at <= LATELY)[-LATELY_TEXTS:]
        finding = rules.look(text, Past(at, lately, state))
        state = rules.step(state, finding, at, text)
        said = (*said, Said(at, text, finding.tier, in_chat=True))
        tier = max(state.tier, finding.tier)
        lanes.update(finding.lanes)
        cues.update(finding.cues)
    spent = (perf_counter() - started) * 1000 / max(len(turns), 1)
    return {
        "label": label_of(tier),
        "tier": int(tier),
        "last": int(finding.tier),
        "lanes": sorted(lanes),
        "last_lanes": sorted(finding.lanes),
        "cues": sorted(cues),
        "tired": tired_of_lines(state),
        "ms": spent,
    }


def _of_label(label: str, tiers: Sequence[int]) -> dict[str, Any]:
    soft = share(sum(t >= Tier.PASSIVE for t in tiers), len(tiers))
    hard = share(sum(t >= Tier.ACTIVE for t in tiers), len(tiers))
    if label == "none":
        return {"n": len(tiers), "false_alarm_soft": soft, "false_alarm_hard": hard}
    same = share(sum(label_of(t) == label for t in tiers), len(tiers))
    return {"n": len(tiers), "recall_any_card": soft, "recall_hard": hard, "recall_same_label": same}


def _times(times: Sequence[float]) -> dict[str, float]:
    return {"mean": sum(times) / len(times), "max": max(times)} if times else {}


def share(part: int, whole: int) -> dict[str, float]:
    """A share with its 95 % Wilson interval."""
    if not whole:
        return {}
    p = part / whole
    middle = p + _Z**2 / (2 * whole)
    spread = _Z * math.sqrt(p * (1 - p) / whole + _Z**2 / (4 * whole**2))
    scale = 1 + _Z**2 / whole
    return {
        "value": p,
        "low": max(0.0, (middle - spread) / scale),
        "high": min(1.0, (middle + spread) / scale),
    }


def _turns(line: Line) -> list[tuple[str, float]]:
    """The person's texts, each with the minutes since the one before."""
    if "text" in line:
        return [(line["text"], 1)]
    turns = [t if isinstance(t, Mapping) else {"text": t} for t in line["turns"]]
    return [(t["text"], t.get("after", 1)) for t in turns if t.get("role", "person") in ("person", "user")]
