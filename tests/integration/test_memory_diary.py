"""Memory on the real diary: what lies on the disk, and what a second unlock finds there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from between.domain import Entry, OwnerId
from between.memory.archive import KIND
from between.memory.encoder import Encoder
from between.memory.memory import Memory
from between.memory.packed import unpack
from between.store.diary import Diary
from between.store.store import Store
from between.vault.seal import Key
from tests.fakes_memory import at_now, entry, item, message

OWNER = OwnerId("0" * 31 + "1")
HERON = entry("heron", "A heron stood on the weir and did not move for half an hour.", 3, title="Zugvogel")
ACCORDION = entry("accordion", "My sister has sold the accordion from the attic.", 30)
CHORD = message("chord", "I keep thinking of the accordion and of our grandfather.", 5)


class Counting(Encoder):
    """The real encoder, that also counts."""

    texts = 0

    def embed(self, texts, progress=None):  # type: ignore[no-untyped-def]  # as in Encoder
        self.texts += len(texts)
        return super().embed(texts, progress)


class Space:
    """A store in a folder, unlocked again and again with the same key."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.key = folder, Key.fresh()
        self.store = Store(f"sqlite:///{folder / 'between.db'}")
        self.store.migrate()

    def unlocked(self) -> tuple[Diary, Memory, Counting]:
        diary, encoder = Diary(self.store, self.key, OWNER), Counting()
        diary.load()
        memory = Memory(diary, encoder, at_now)
        memory.open()
        assert memory.wait(60)
        return diary, memory, encoder

    def bytes(self) -> bytes:
        return b"".join(path.read_bytes() for path in self.folder.iterdir() if path.is_file())


@pytest.fixture
def space(tmp_path: Path) -> Iterator[Space]:
    space = Space(tmp_path)
    diary = Diary(space.store, space.key, OWNER)
    diary.load()
    diary.put(HERON, ACCORDION, CHORD)
    yield space
    space.store.close()


def test_the_first_unlock_embeds_and_the_second_reads(space: Space) -> None:
    _, memory, encoder = space.unlocked()
    assert encoder.texts == 3
    assert memory.search("the musical instrument")[0].source_id in {ACCORDION.id, CHORD.id}
    memory.close()
    _, memory, encoder = space.unlocked()
    assert encoder.texts == 0
    assert memory.search("a bird by the water")[0].source_id == HERON.id
    memory.close()


def test_neither_words_nor_vectors_lie_open_on_the_disk(space: Space) -> None:
    diary, memory, _ = space.unlocked()
    memory.search("heron")
    blob = dict(diary.blobs(KIND))[HERON.id]
    row = unpack(blob).vectors[0]
    memory.close()
    on_disk = space.bytes()
    for word in (b"heron", b"accordion", b"Zugvogel", b"BTV1", b"bge-small"):
        assert word not in on_disk
    assert row.astype("<f2").tobytes()[:16] not in on_disk
    assert row.astype("<f4").tobytes()[:16] not in on_disk


def test_a_forgotten_entry_leaves_nothing_behind(space: Space) -> None:
    diary, memory, _ = space.unlocked()
    memory.forget(HERON.id)
    diary.forget(HERON.id)
    assert HERON.id not in dict(diary.blobs(KIND))
    assert HERON.id.encode() not in space.bytes()
    assert HERON.id not in {one.source_id for one in memory.search("heron on the weir")}
    memory.close()
    _, memory, _ = space.unlocked()
    assert HERON.id not in {one.source_id for one in memory.search("heron on the weir")}
    memory.close()


def test_an_edit_is_found_after_the_next_unlock_without_embedding(space: Space) -> None:
    diary, memory, _ = space.unlocked()
    edited = replace(HERON, text="A kingfisher, at last, below the bridge.")
    diary.put(edited)
    memory.remember(edited)
    memory.close()
    _, memory, encoder = space.unlocked()
    assert encoder.texts == 0
    assert memory.search("kingfisher")[0].text == edited.text
    memory.close()


def test_vectors_survive_their_sealing(space: Space) -> None:
    _diary, memory, encoder = space.unlocked()
    pieces, rows = memory.pieces()
    fresh = encoder.embed([text for _, text in pieces])
    assert {id for id, _ in pieces} == {HERON.id, ACCORDION.id}
    assert all(
        float(a @ b) > 0.8 for a, b in zip(rows, fresh, strict=True)
    )  # title and day stand before the text
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-2)
    memory.close()


def test_a_hundred_new_entries_are_found_after_an_import(space: Space) -> None:
    diary, memory, _ = space.unlocked()
    memory.close()
    new = [entry(f"n{i}", f"Swimming lesson number {i}: the water was cold.", i) for i in range(100)]
    diary.put(*new)
    diary, memory, encoder = space.unlocked()
    assert encoder.texts == 100
    assert memory.ready.done == memory.ready.total == 103
    assert all(
        isinstance(diary.get(Entry, one.source_id), Entry) for one in memory.search("cold water lesson")
    )
    memory.close()


def test_other_derived_things_are_left_alone(space: Space) -> None:
    diary, memory, _ = space.unlocked()
    diary.put_blobs("reading", {HERON.id: b"of another room", item("else"): b"and more"})
    memory.close()
    diary, memory, _ = space.unlocked()
    assert dict(diary.blobs("reading")) == {HERON.id: b"of another room", item("else"): b"and more"}
    memory.close()
