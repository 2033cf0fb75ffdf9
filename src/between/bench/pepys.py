"""A real long diary, nine years of Samuel Pepys: import, the wait until all of it can be found, search, first reply."""

from __future__ import annotations

import gzip
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC
from pathlib import Path

from between.bench.houses import COUNTRY, PASSPHRASE, Visitor, house
from between.bench.measure import Figure, Scale, median, milliseconds, p95, seconds
from between.bootstrap import House, Space
from between.journal.importers.draft import ImportOptions
from between.settings import KdfProfile

DIARY = Path(__file__).resolve().parents[4] / "shared" / "data" / "pepys" / "pepys.jsonl.gz"
FEW = 300
PATIENCE, LITTLE = 60.0, 15.0
"""Seconds that are waited for the vectors, unless nothing is to be cut short."""
ASKED = (
    "What did I write about my wife and the maid?",
    "When was I at the play with friends?",
    "What did I say about money and my accounts?",
    "The fire in the city",
    "How was my old pain?",
    "What happened with my Lord and the fleet?",
)
FIRST = "I lay long in bed today, and was troubled about money and quarrelled with my wife."


def run(scale: Scale) -> Iterator[Figure]:
    """All of it in the background for a minute; its first three hundred days when it must be quick."""
    if not DIARY.is_file():
        yield Figure("pepys", "diary", "skipped", note="shared/data/pepys is not beside the checkout")
        return
    data = first(FEW) if scale.quick else DIARY.read_bytes()
    with house(KdfProfile.CHEAPEST) as built:
        yield from measure(built, data, None if scale.full else LITTLE if scale.quick else PATIENCE)


def first(count: int) -> bytes:
    """The diary cut after so many entries."""
    lines = gzip.decompress(DIARY.read_bytes()).splitlines(keepends=True)
    return gzip.compress(b"".join(lines[:count]), mtime=0)


def measure(built: House, data: bytes, patience: float | None) -> Iterator[Figure]:
    """One import into an empty space; ``patience`` of ``None`` waits to the end."""
    visitor = Visitor(built, built.create(PASSPHRASE, COUNTRY).token)
    space = visitor.space
    options = ImportOptions(zone=UTC, today=built.clock().date(), shifted=True)
    start = time.perf_counter()
    seen = space.journal.preview(DIARY.name, data, options)
    previewed = time.perf_counter() - start
    start = time.perf_counter()
    done = space.journal.bring_in(seen)
    saved = time.perf_counter() - start
    case = f"{done.count:,} entries"
    yield Figure(
        "pepys", case, "preview", "s", previewed, note=f"{len(seen.undated)} without a date stay out"
    )
    note = f"{done.count / saved:.0f} entries/s, screened and sealed; {done.kept_apart} kept out of recall"
    yield Figure("pepys", case, "bring in", "s", saved, note=note)
    yield from _until_found(space, case, patience)
    yield from _used(space, case)
    visitor.lock()


def _until_found(space: Space, case: str, patience: float | None) -> Iterator[Figure]:
    """Opens memory as the next unlock does, which embeds whatever has no vectors yet."""
    space.memory.close()
    opened = seconds(space.memory.open)
    before = space.memory.ready
    yield Figure(
        "pepys", case, "memory.open, nothing embedded yet", "s", opened, note="found by words from here on"
    )
    waited = seconds(lambda: space.memory.wait(patience))
    ready = space.memory.ready
    pace = (ready.done - before.done) / max(waited, 1e-9)
    left = (ready.total - ready.done) / pace if pace else float("inf")
    whole = f"all {ready.total:,} in the end" if not left else f"{left / 60:.1f} minutes more for all"
    note = f"{ready.done:,} of {ready.total:,} after {waited:.0f} s; {whole}"
    yield Figure("pepys", case, "embedding in the background", "entries/s", pace, note=note)


def _used(space: Space, case: str) -> Iterator[Figure]:
    progress = space.memory.ready
    busy = progress.done < progress.total
    note = "while it embeds in the background" if busy else "when all is embedded"
    taken = [milliseconds(lambda text=text: space.memory.search(text)) for text in ASKED * 2]  # type: ignore[misc]  # a bound default
    yield Figure("pepys", case, "search, median", "ms", median(taken), note=note)
    yield Figure("pepys", case, "search, p95", "ms", p95(taken), note=note)
    yield Figure("pepys", case, "first word of the first reply", "ms", _first_word(space), note=note)


def _first_word(space: Space) -> float:
    conversation = space.companion.start()
    start = time.perf_counter()
    heard = space.companion.hear(conversation.id, FIRST)
    with closing(space.companion.answer(heard, space.guide)) as pieces:
        next(pieces, "")
        waited = 1000 * (time.perf_counter() - start)
        for _ in pieces:
            pass
    return waited
