"""``python -m between.evaluate.helplines``: whether every helpline was looked at lately enough to be released.

Ends with 1 when a record is older than a year, and names those that are older than half a year (clinical R70).
"""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, date, datetime

from between.safety.helplines import AGEING, OLDEST, Helplines, registry


def report(lines: Helplines, today: date) -> tuple[bool, list[str]]:
    """Whether the registry may be released on this day, and what to say about it."""
    stale = lines.stale(today)
    ageing = [one for one in lines.stale(today, AGEING) if one not in stale]
    said = [f"TOO OLD, look at it before the release: {one}" for one in stale]
    said += [f"older than {AGEING} days, look at it soon: {one}" for one in ageing]
    said.append(
        f"{len(lines.helplines)} helplines: {len(stale)} older than {OLDEST} days, {len(ageing)} ageing."
    )
    return not stale, said


def main(arguments: list[str] | None = None) -> int:
    """Parse, look, say."""
    parser = argparse.ArgumentParser(prog="python -m between.evaluate.helplines", description=__doc__)
    parser.add_argument("--on", type=date.fromisoformat, default=datetime.now(UTC).date(), help="another day")
    fresh, said = report(registry(), parser.parse_args(arguments).on)
    sys.stdout.write("\n".join(said) + "\n")
    return 0 if fresh else 1


if __name__ == "__main__":
    sys.exit(main())
