"""``python -m between.bench [NAME …] [--quick | --full]``: one JSON line a figure, then all of them as a table.

Everything is synthetic, lies in folders that go away, and stands beside a peer or a bare part that was
measured in the same run: on a busy computer trust the ratios.
"""

from __future__ import annotations

from between import quiet  # isort: skip  # first: switches every library's telemetry off

quiet.hush()

import argparse
import importlib
import logging
import sys
import time
import warnings
from collections.abc import Callable, Iterator, Sequence

from between.bench.measure import Figure, Scale, load, table
from between.errors import BetweenError

NAMES = {
    "unlock": "unlock",
    "recall": "recall",
    "indexing": "indexing",
    "guide": "guide",
    "model": "model",
    "pages": "pages",
    "memory": "resident",
    "pepys": "pepys",
}
"""What can be measured, and the module that does."""


def measured(name: str, scale: Scale) -> Iterator[Figure]:
    """The figures of one module; imported only now, so that ``--help`` is quick."""
    run: Callable[[Scale], Iterator[Figure]] = importlib.import_module(f"between.bench.{NAMES[name]}").run
    try:
        yield from run(scale)
    except BetweenError as refused:
        yield Figure(name, "all", "failed", note=refused.says)


def main(arguments: Sequence[str] | None = None) -> int:
    """Parse, measure, tell."""
    parser = argparse.ArgumentParser(prog="python -m between.bench", description=__doc__)
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help=f"one or more of {', '.join(NAMES)}; all if none"
    )
    parser.add_argument("--quick", action="store_true", help="smaller lives, about two minutes")
    parser.add_argument(
        "--full", action="store_true", help="wait until the long diary is embedded, half an hour or so"
    )
    chosen = parser.parse_args(arguments)
    unknown = [name for name in chosen.names if name not in NAMES]
    if unknown:
        sys.stderr.write(f"There is no such measurement. Choose from {', '.join(NAMES)}.\n")
        return 2
    start, figures = time.perf_counter(), []
    for name in chosen.names or NAMES:
        for figure in measured(name, Scale(chosen.quick, chosen.full)):
            figures.append(figure)
            sys.stdout.write(figure.line() + "\n")
            sys.stdout.flush()
    sys.stdout.write(f"\n{table(figures)}\n\n")
    sys.stdout.write(f"{time.perf_counter() - start:.0f} s in all; load average {load():.1f}\n")
    return int(any(figure.what == "failed" for figure in figures))


if __name__ == "__main__":
    warnings.simplefilter("ignore")  # only figures on the screen
    logging.disable(logging.WARNING)
    sys.exit(main())
