"""Diaries to measure with: real ones, sealed with a fresh key, in memory or in a folder that goes away."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from between.bench.recipe import Made
from between.domain import OwnerId
from between.memory import packed
from between.memory.archive import KIND
from between.memory.packed import Packed
from between.memory.shelf import fingerprint
from between.store.diary import Diary
from between.store.store import Store
from between.vault.seal import Key

TOGETHER = 500


@contextmanager
def folder() -> Iterator[Path]:
    """A folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="between-bench-") as made:
        yield Path(made)


@contextmanager
def diary(url: str = "sqlite://") -> Iterator[Diary]:
    """An empty diary; by default one that is never on a disk."""
    store = Store(url)
    try:
        store.migrate()
        yield Diary(store, Key.fresh(), OwnerId("b" * 32))
    finally:
        store.close()


def fill(kept: Diary, lived: Sequence[Made], embedder: str) -> None:
    """Keep the entries, and beside them their vectors as memory seals them."""
    for start in range(0, len(lived), TOGETHER):
        some = lived[start : start + TOGETHER]
        kept.put(*(made.entry for made in some))
        kept.put_blobs(
            KIND,
            {
                made.entry.id: packed.pack(
                    Packed(embedder, fingerprint(made.entry), made.spans, made.vectors)
                )
                for made in some
            },
        )
