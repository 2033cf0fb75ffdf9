"""How quickly texts become findable: memory beside the bare encoder on the same strings, in turns. The aim is 0.8."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from between.bench.diaries import diary, folder
from between.bench.measure import Figure, Scale, median, seconds
from between.bench.recipe import Recipe
from between.domain import Entry
from between.memory.encoder import Encoder
from between.memory.memory import Memory
from between.memory.ports import Embedder
from between.memory.shelf import context

AIM = "aim: ratio of 0.8 or more"


def run(scale: Scale) -> Iterator[Figure]:
    """All at once, and one by one as they are written."""
    encoder = Encoder()
    yield from measure(encoder, texts=48 if scale.quick else 160, rounds=2 if scale.quick else 5)


def measure(encoder: Embedder, texts: int, rounds: int) -> Iterator[Figure]:
    """Each round embeds the same texts bare and through memory, in a sealed SQLite diary on the disk."""
    recipe = Recipe(encoder)
    now = datetime(2026, 3, 1, 20).astimezone()
    entries = [made.entry for made in recipe.entries(texts, now)]
    bare = [context(entry) + entry.text for entry in entries]
    with folder() as place, diary(f"sqlite:///{place / 'bench.db'}") as kept:
        kept.put(*entries)
        memory = Memory(kept, encoder, lambda: now)
        memory.open()
        memory.wait()
        try:
            yield _told("rebuild", texts, *_rebuilt(memory, encoder, bare, rounds))
            few = slice(0, max(4, texts // 4))
            yield _told(
                "remember, one by one", texts // 4, *_one_by_one(memory, encoder, entries[few], bare[few])
            )
        finally:
            memory.close()


def _rebuilt(memory: Memory, encoder: Embedder, bare: Sequence[str], rounds: int) -> tuple[float, float]:
    ours: list[float] = []
    theirs: list[float] = []
    for number in range(rounds):
        for which in ("ours", "theirs") if number % 2 else ("theirs", "ours"):
            if which == "ours":
                ours.append(len(bare) / seconds(memory.rebuild))
                memory.wait()  # the index that fills afterwards must not slow the other down
            else:
                theirs.append(len(bare) / seconds(lambda: encoder.embed(bare)))
    return median(ours), median(theirs)


def _one_by_one(
    memory: Memory, encoder: Embedder, entries: Sequence[Entry], bare: Sequence[str]
) -> tuple[float, float]:
    ours: list[float] = []
    theirs: list[float] = []
    for number, (entry, text) in enumerate(zip(entries, bare, strict=True)):
        memory.forget(entry.id)
        for which in ("ours", "theirs") if number % 2 else ("theirs", "ours"):
            if which == "ours":
                ours.append(seconds(lambda entry=entry: memory.remember(entry)))  # type: ignore[misc]  # a bound default
            else:
                theirs.append(seconds(lambda text=text: encoder.embed([text])))  # type: ignore[misc]
    return 1 / median(ours), 1 / median(theirs)


def _told(what: str, texts: int, ours: float, theirs: float) -> Figure:
    case = f"{texts} texts of 75 words"
    return Figure("indexing", case, what, "texts/s", ours, {"bare encoder": theirs}, AIM)
