"""How long a question takes, its embedding included: memory beside exact search and beside plain Chroma."""

from __future__ import annotations

import gc
import importlib
import importlib.util
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import chromadb
import numpy as np
from chromadb.config import Settings as ChromaSettings

from between.bench.diaries import diary, fill
from between.bench.measure import Figure, Scale, median, milliseconds, p95, turns
from between.bench.recipe import HOW, Made, Recipe
from between.memory.encoder import Encoder
from between.memory.memory import Memory
from between.memory.ports import Embedder, Vectors

K = 20
BATCH = 1000
Ask = Callable[[str], object]


def run(scale: Scale) -> Iterator[Figure]:
    """A thousand, ten thousand and, unless it must be quick, a hundred thousand pieces."""
    encoder = Encoder()
    for count in (1_000, 10_000) if scale.quick else (1_000, 10_000, 100_000):
        yield from measure(encoder, count, questions=24 if scale.quick else 60)
    if importlib.util.find_spec("langchain_chroma") is None:
        yield Figure("recall", "langchain_chroma", "skipped", note="the package is not installed")


def measure(encoder: Embedder, count: int, questions: int) -> Iterator[Figure]:
    """One life of ``count`` pieces: while the private index fills, and when it is full."""
    recipe = Recipe(encoder)
    now = datetime(2026, 3, 1, 20).astimezone()
    lived = recipe.entries(count, now)
    asked = recipe.questions(questions)
    case = f"{count:,} pieces"
    with diary() as kept:
        fill(kept, lived, encoder.id)
        kept.load()
        memory = Memory(kept, encoder, lambda: now)
        try:
            memory.open()
            early = [milliseconds(lambda text=text: memory.recall(text, now)) for text in asked[:8]]  # type: ignore[misc]  # a bound default
            memory.wait()
            with contestants(encoder, lived) as peers:
                ours: dict[str, Ask] = {
                    "recall": lambda text: memory.recall(text, now),
                    "search": lambda text: memory.search(text, K),
                }
                everyone = ours | peers
                turns(everyone, asked[:2])  # first touches are not what is asked about
                taken = turns(everyone, asked)
        finally:
            memory.close()
    yield from told(case, taken, list(peers))
    yield Figure("recall", case, "recall while the index fills, median", "ms", median(early))
    gc.collect()


def told(case: str, taken: dict[str, list[float]], peers: Sequence[str]) -> Iterator[Figure]:
    """Median and slowest twentieth, beside the same of the peers."""
    for what, of in (("median", median), ("p95", p95)):
        beside = {name: of(taken[name]) for name in peers}
        yield Figure("recall", case, f"recall {what}", "ms", of(taken["recall"]), beside, HOW)
        yield Figure("recall", case, f"search {what}", "ms", of(taken["search"]), beside)


@contextmanager
def contestants(encoder: Embedder, lived: Sequence[Made]) -> Iterator[dict[str, Ask]]:
    """The peers, each with all vectors, embedding the question with the same encoder."""
    names = [made.entry.id for made in lived]
    matrix: Vectors = np.array([made.vectors[0] for made in lived])
    # The default of the library: every in-memory client of a process shares one system.
    client = chromadb.EphemeralClient(ChromaSettings(anonymized_telemetry=False))
    plain = client.create_collection("bench", embedding_function=None)
    for start in range(0, len(names), BATCH):
        plain.add(ids=list(names[start : start + BATCH]), embeddings=matrix[start : start + BATCH])

    def by_numpy(text: str) -> object:
        cosines = matrix @ encoder.embed_query(text)
        best = np.argpartition(-cosines, min(K, len(names)) - 1)[:K]
        return [names[n] for n in best[np.argsort(-cosines[best])]]

    def by_chroma(text: str) -> object:
        question = encoder.embed_query(text)[np.newaxis]
        return plain.query(query_embeddings=question, n_results=min(K, len(names)), include=["distances"])

    peers: dict[str, Ask] = {"exact numpy": by_numpy, "plain Chroma": by_chroma}
    if importlib.util.find_spec("langchain_chroma") is not None:
        peers["langchain_chroma"] = by_langchain(client, encoder, lived, matrix)
    try:
        yield peers
    finally:
        for collection in client.list_collections():
            client.delete_collection(collection.name)


def by_langchain(
    client: Any, encoder: Embedder, lived: Sequence[Made], matrix: Vectors
) -> Ask:  # Any: no types
    """LangChain's wrapper with its defaults, which keeps the texts as well."""
    rows = dict(zip((made.entry.text for made in lived), matrix, strict=True))

    class Known:
        """Hands the vectors out that are there already."""

        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            return [rows[text].tolist() for text in texts]

        def embed_query(self, text: str) -> list[float]:
            numbers: list[float] = encoder.embed_query(text).tolist()
            return numbers

    kind = importlib.import_module("langchain_chroma").Chroma
    kept = kind(collection_name="bench-langchain", embedding_function=Known(), client=client)
    for start in range(0, len(lived), BATCH):
        some = lived[start : start + BATCH]
        kept.add_texts([made.entry.text for made in some], ids=[str(made.entry.id) for made in some])
    return lambda text: kept.similarity_search(text, k=K)
