"""How much memory the house takes, in a process of its own: warmed, with one open space, and after the lock."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from between import bootstrap
from between.bench.diaries import folder
from between.bench.houses import PASSPHRASE, Visitor, opened, settle
from between.bench.measure import Figure, Scale
from between.bench.recipe import Made, Recipe
from between.settings import KdfProfile

STATUS = Path("/proc/self/status")
PATIENCE = 300
"""Seconds before the other process counts as stuck."""
SETTLED, ROUNDS = 3, 5
"""The first few rounds leave room that later ones use again; what still grows afterwards is a leak."""
LEAK = "about 0, or it leaks"


def run(scale: Scale) -> Iterator[Figure]:
    """A thousand and ten thousand entries, each in a fresh process."""
    if not STATUS.is_file():
        yield Figure("memory", "resident", "skipped", note="this system does not say what a process holds")
        return
    for count in (1_000,) if scale.quick else (1_000, 10_000):
        yield from measure(count)


def measure(count: int) -> Iterator[Figure]:
    """Makes the space here, opens it there."""
    with folder() as place:
        with opened(place, KdfProfile.CHEAPEST) as built:
            lived = Recipe(built.shared.encoder).entries(count, bootstrap.now())
            name = settle(built, lived)
        command = [sys.executable, "-m", "between.bench.resident", str(place), name]
        told = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=True)  # noqa: S603 ourselves
    held: dict[str, float] = json.loads(told.stdout.splitlines()[-1])
    case, raw = f"{count:,} entries", bare(lived)
    yield Figure("memory", "no space open", "warmed house", "MB", held["warm"], note="without Streamlit")
    note = f"peak while opening {held['peak'] - held['warm']:.0f} MB"
    grown = held["open"] - held["warm"]
    yield Figure("memory", case, "one open space adds", "MB", grown, {"words and vectors alone": raw}, note)
    yield Figure("memory", case, "still there after the lock", "MB", held["locked"] - held["warm"])
    again = held["at last"] - held["settled"]
    yield Figure(
        "memory", case, f"more after the {ROUNDS}th lock than after the third", "MB", again, note=LEAK
    )


def bare(lived: list[Made]) -> float:
    """Megabytes of the texts and of the vectors, once each."""
    return sum(len(made.entry.text.encode()) + made.vectors.nbytes for made in lived) / 2**20


def resident(what: str = "VmRSS") -> float:
    """Megabytes that this process holds, or ``VmHWM``: held at most."""
    for line in STATUS.read_text("ascii").splitlines():
        if line.startswith(what + ":"):
            return int(line.split()[1]) / 1024
    return 0.0


def main(place: str, name: str) -> int:
    """The other process: one JSON line of megabytes."""
    with opened(Path(place), KdfProfile.CHEAPEST) as built:
        held = {"warm": resident()}
        visitor = Visitor(built)
        use(visitor, name)
        held |= {"open": resident(), "peak": resident("VmHWM")}
        visitor.lock()
        held["locked"] = resident()
        for number in range(2, ROUNDS + 1):
            use(visitor, name)
            visitor.lock()
            held["settled" if number <= SETTLED else "at last"] = resident()
    sys.stdout.write(json.dumps(held) + "\n")
    return 0


def use(visitor: Visitor, name: str) -> None:
    """Unlock, wait until everything is there, and ask once."""
    visitor.ticket = visitor.house.unlock(name, PASSPHRASE)
    visitor.space.memory.wait()
    visitor.space.memory.search("What did I write about the rent?")


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
