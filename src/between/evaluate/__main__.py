"""``python -m between.evaluate TASK FILE [--out PREDICTIONS.jsonl]``: one JSON line of metrics on standard output.

Tasks read JSON lines: recall, safety, guard, emotions, distortions, converse. ``suite`` needs no file: it measures
the safety suite and writes its report. ``all`` runs each of them on the sets that the project may use and says which
are not on this machine.
"""

from __future__ import annotations

from between import quiet  # isort: skip  # first: switches every library's telemetry off

quiet.hush()

import argparse
import contextlib
import importlib
import importlib.util
import json
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, TextIO

from between.errors import BetweenError
from between.evaluate import sets
from between.evaluate.lines import BadLine, Line, read

Task = Callable[[Iterable[Line], TextIO | None], dict[str, Any]]  # Any: nested JSON

TASKS = {
    "recall": "recall",
    "safety": "safety",
    "guard": "guard",
    "emotions": "reading",
    "distortions": "reading",
    "converse": "converse",
}
"""Each task and the module of this folder that has it, imported when it is asked for."""


def is_here(name: str) -> bool:
    """Whether this copy of the project has the task."""
    return importlib.util.find_spec(f"between.evaluate.{TASKS[name]}") is not None


def run(name: str, lines: Iterable[Line], predictions: TextIO | None) -> dict[str, Any]:
    """One task, timed."""
    task: Task = getattr(importlib.import_module(f"between.evaluate.{TASKS[name]}"), name)
    start = time.perf_counter()
    metrics = task(lines, predictions)
    seconds = round(time.perf_counter() - start, 2)
    return {"task": name, "engine": "guide", **metrics, "seconds": seconds}


def main(arguments: list[str] | None = None) -> int:
    """Parse, run, print."""
    parser = argparse.ArgumentParser(prog="python -m between.evaluate", description=__doc__)
    parser.add_argument("task", choices=["all", "suite", *TASKS])
    parser.add_argument("file", type=Path, nargs="?", help="JSON lines; not needed for all and suite")
    parser.add_argument("--out", type=Path, help="where to write the predictions, one JSON object a line")
    chosen = parser.parse_args(arguments)
    try:
        if chosen.task == "suite":
            return 0 if run_suite() else 1
        return run_all() if chosen.task == "all" else run_one(chosen.task, chosen.file, chosen.out)
    except BetweenError as trouble:
        return refuse(trouble.says)


def run_one(task: str, file: Path | None, out: Path | None) -> int:
    """One task on one file."""
    if not is_here(task):
        return refuse("This task is not part of this copy of the project.")
    if file is None or not file.is_file():
        return refuse("There is no such file.")
    with contextlib.ExitStack() as stack:
        try:
            predictions = stack.enter_context(out.open("w", encoding="utf-8")) if out else None
            metrics = run(task, read(file, task), predictions)
        except BadLine as bad:
            return refuse(str(bad))
        except OSError:
            return refuse("The file cannot be read, or the predictions cannot be written.")
    say(metrics)
    return 0


def run_all() -> int:
    """Every task on the sets that lie in or beside the project."""
    kept = True
    for name, title, lines in sets.available():
        if name == "suite":
            kept = run_suite()
        elif lines is None or not is_here(name):
            sys.stderr.write(f"{name}: {title} is not on this machine, skipped.\n")
        else:
            say({"set": title, **run(name, lines, None)})
    return 0 if kept else 1


def run_suite() -> bool:
    """The safety suite: a JSON line for each set, a table on standard error, the report; whether all gates are kept."""
    from between.bootstrap import now
    from between.evaluate import suite, suite_report
    from between.memory.encoder import Encoder
    from between.safety.rules import Rules

    start = time.perf_counter()
    figures = suite.measure(Rules(Encoder()), Rules())
    for name, measures in figures.items():
        say({"task": "suite", "set": name, **measures})
    report = suite_report.write(figures, now())
    seconds = time.perf_counter() - start
    sys.stderr.write(f"{suite_report.table(figures)}\n{seconds:.0f} s\n")
    for gate in report["broken"]:
        sys.stderr.write(f"A gate is broken: {gate}\n")
    return not report["broken"]


def say(metrics: Mapping[str, Any]) -> None:
    """One JSON line."""
    sys.stdout.write(json.dumps(metrics, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def refuse(sentence: str) -> int:
    """One sentence, and a code that scripts can read."""
    sys.stderr.write(sentence + "\n")
    return 2


if __name__ == "__main__":
    sys.exit(main())
