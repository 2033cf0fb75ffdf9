"""The private Chroma of a space: by itself, in memory only, gone at lock."""

from __future__ import annotations

import gc
import os
import secrets
import threading
from collections.abc import Iterator
from pathlib import Path

import chromadb
import numpy as np
import pytest
from chromadb.api.shared_system_client import SharedSystemClient
from chromadb.config import Settings as ChromaSettings
from chromadb.errors import ChromaError

from between.memory.index import PREFIX, ChromaIndex
from between.memory.nearest import ExactIndex, IndexBroken
from between.memory.ports import Vectors

RNG = np.random.default_rng(11)
DIMENSIONS = 384


def unit_rows(n: int) -> Vectors:
    """Clustered, as texts are."""
    middles = RNG.normal(size=(20, DIMENSIONS))
    rows = middles[RNG.integers(0, 20, n)] + 0.7 * RNG.normal(size=(n, DIMENSIONS))
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def names(n: int) -> list[str]:
    return [f"{secrets.token_hex(16)}:0" for _ in range(n)]


@pytest.fixture
def index() -> Iterator[ChromaIndex]:
    index = ChromaIndex()
    yield index
    index.close()


def systems() -> set[str]:
    return set(SharedSystemClient._identifier_to_system)


def test_it_finds_what_exact_search_finds(index: ChromaIndex) -> None:
    ids, rows, exact = names(2000), unit_rows(2000), ExactIndex(DIMENSIONS)
    index.add(ids, rows)
    exact.add(ids, rows)
    agreed = []
    for row in unit_rows(30):
        want, got = exact.query(row, 10), index.query(row, 10)
        agreed.append(len({name for name, _ in want} & {name for name, _ in got}) / 10)
        assert got[0][1] == pytest.approx(want[0][1], abs=1e-4) or agreed[-1] < 1
    assert np.mean(agreed) > 0.95


def test_among_some_it_finds_only_those(index: ChromaIndex) -> None:
    ids, rows = names(1500), unit_rows(1500)
    index.add(ids, rows)
    few, many = [ids[3], ids[9], "unknown:0"], ids[:1200]  # compared here, and by Chroma
    assert {name for name, _ in index.query(rows[3], 5, few)} == {ids[3], ids[9]}
    assert index.query(rows[3], 1, few)[0] == (ids[3], pytest.approx(1, abs=1e-4))
    assert {name for name, _ in index.query(rows[1400], 20, many)} <= set(many)


def test_removed_vectors_are_never_found_again(index: ChromaIndex) -> None:
    ids, rows = names(50), unit_rows(50)
    index.add(ids, rows)
    index.remove([ids[0], "unknown:0"])
    assert len(index) == 49
    assert ids[0] not in {name for name, _ in index.query(rows[0], 50)}
    assert index.vectors([ids[0]]) == {}


def test_adding_again_replaces(index: ChromaIndex) -> None:
    rows = unit_rows(2)
    index.add(["a:0"], rows[:1])
    index.add(["a:0"], rows[1:])
    assert len(index) == 1
    np.testing.assert_allclose(index.vectors(["a:0"])["a:0"], rows[1], atol=1e-6)


def test_an_empty_index_finds_nothing(index: ChromaIndex) -> None:
    assert index.query(unit_rows(1)[0], 5) == []


def test_two_spaces_cannot_see_one_another(index: ChromaIndex) -> None:
    other = ChromaIndex()
    index.add(["mine:0"], unit_rows(1))
    assert len(other) == 0
    assert other.query(unit_rows(1)[0], 5) == []
    theirs = other._client.list_collections()
    assert [collection.count() for collection in theirs] == [0]
    stolen = chromadb.Collection(other._client._server, index._collection._model, embedding_function=None)
    with pytest.raises(ChromaError):
        stolen.get(include=["embeddings"])  # knowing its bare id does not help
    other.close()


def test_a_shared_client_of_the_process_sees_nothing_of_it(index: ChromaIndex) -> None:
    index.add(["mine:0"], unit_rows(1))
    shared = chromadb.Client(ChromaSettings(anonymized_telemetry=False, is_persistent=False))
    assert "memory" not in {collection.name for collection in shared.list_collections()}


def test_it_holds_ids_and_vectors_and_no_text(index: ChromaIndex) -> None:
    index.add(["a:0"], unit_rows(1))
    everything = index._collection.get(include=["documents", "metadatas"])
    assert everything["documents"] in (None, [None])
    assert everything["metadatas"] in (None, [None])


def test_nothing_is_written_to_a_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    index = ChromaIndex()
    index.add(names(1200), unit_rows(1200))
    index.query(unit_rows(1)[0], 5)
    opened = [os.readlink(f"/proc/self/fd/{fd}") for fd in os.listdir("/proc/self/fd") if _is_open(fd)]
    index.close()
    assert list(tmp_path.iterdir()) == []
    assert not [path for path in opened if PREFIX in path or "chroma" in path.lower()]


def _is_open(fd: str) -> bool:
    return os.path.exists(f"/proc/self/fd/{fd}")


def test_closing_shuts_its_system_and_gives_the_memory_back() -> None:
    if not Path("/proc/self/statm").exists():
        pytest.skip("resident memory is read from /proc")
    ids, rows = names(3000), unit_rows(3000)
    before, sizes = systems(), []
    for _ in range(4):
        index = ChromaIndex()
        index.add(ids, rows)
        index.close()
        gc.collect()
        sizes.append(_resident_mb())
    assert systems() == before
    assert sizes[-1] - sizes[0] < 25  # one such index takes about 20; four would have taken 80


def _resident_mb() -> float:
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def test_without_the_private_interface_there_is_no_index_rather_than_a_shared_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delattr(SharedSystemClient, "_get_identifier_from_settings")
    with pytest.raises(IndexBroken):
        ChromaIndex()


def test_a_client_that_joins_the_shared_system_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def everybody(settings: ChromaSettings) -> str:
        return "ephemeral"

    everybody.tells_spaces_apart = True  # type: ignore[attr-defined]  # as if it had been patched
    monkeypatch.setattr(SharedSystemClient, "_get_identifier_from_settings", staticmethod(everybody))
    with pytest.raises(IndexBroken):
        ChromaIndex()


def test_a_failure_inside_chroma_is_told_in_our_words(index: ChromaIndex) -> None:
    index.add(["a:0"], unit_rows(1))
    index._client.delete_collection("memory")
    with pytest.raises(IndexBroken):
        index.query(unit_rows(1)[0], 1)
    with pytest.raises(IndexBroken):
        index.add(["b:0"], unit_rows(1))


def test_threads_may_share_it(index: ChromaIndex) -> None:
    trouble: list[BaseException] = []

    def work(number: int) -> None:
        try:
            for i in range(20):
                index.add([f"{number}-{i}:0"], unit_rows(1))
                index.query(unit_rows(1)[0], 3)
        except BaseException as error:  # noqa: BLE001  # carried to the main thread
            trouble.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert trouble == []
    assert len(index) == 80
