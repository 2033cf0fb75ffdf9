"""The demo life's questions as a recall set: what must come back is known, because it was planted."""

from __future__ import annotations

import itertools
from datetime import UTC, date
from typing import Any

from between.demo import life
from between.domain import ItemId

DAY = date(2026, 3, 1)
"""The day that the yardstick takes as today, so that its figures do not move with the calendar."""


# Any: the JSON of the recall task.
def as_recall_set() -> dict[str, Any]:
    """One line of the recall task: the entries, and the questions as they were first written."""
    numbers = itertools.count()
    lived = life.load(DAY, UTC, lambda: ItemId(f"{next(numbers):032x}"))
    line_of = {id: line for line, id in lived.ids.items()}
    entries = [
        {"id": line_of[entry.id], "date": entry.at.isoformat(), "text": entry.text} for entry in lived.entries
    ]
    questions = [
        {"qid": f"{pattern.id}-{n}", "q": question.ask, "evidence_ids": list(question.must_return)}
        for pattern in life.truth().patterns
        for n, question in enumerate(pattern.blind_questions)
    ]
    return {"user": "demo", "now": DAY.isoformat(), "memories": entries, "queries": questions}
