"""How long a person waits for the guide: first word and whole reply, over the real turn, in a passing space."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import closing

from between import bootstrap
from between.bench.diaries import fill
from between.bench.houses import house
from between.bench.measure import Figure, Scale, median, milliseconds, p95
from between.bench.recipe import HOW, Recipe
from between.bootstrap import Space, now
from between.memory.encoder import Encoder
from between.settings import KdfProfile


def run(scale: Scale) -> Iterator[Figure]:
    """Thirty turns with five hundred entries."""
    with house(KdfProfile.CHEAPEST):
        yield from measure(entries=500, turns=30)


def measure(entries: int, turns: int) -> Iterator[Figure]:
    """One conversation from its first to its last turn."""
    encoder = bootstrap.house().shared.encoder
    recipe = Recipe(encoder)
    space = bootstrap.passing_space()
    try:
        fill(space.diary, recipe.entries(entries, now()), encoder.id)
        space.memory.close()
        space.memory.open()  # as at an unlock
        space.memory.wait()
        yield from _told(f"{turns} turns, {entries} entries", talk(space, encoder, recipe.talk(turns)))
    finally:
        space.close()


def talk(space: Space, encoder: Encoder, said: Sequence[str]) -> dict[str, list[float]]:
    """Milliseconds of each part of each turn, and of one embedding of the same text."""
    conversation = space.companion.start()
    taken: dict[str, list[float]] = {name: [] for name in ("embedding", "heard", "first", "whole", "kept")}
    for text in said:
        taken["embedding"].append(milliseconds(lambda text=text: encoder.embed_query(text)))  # type: ignore[misc]  # a bound default
        start = last = time.perf_counter()

        def lap(name: str, since: float = start) -> None:
            taken[name].append(1000 * (time.perf_counter() - since))

        heard = space.companion.hear(conversation.id, text)
        lap("heard")
        with closing(space.companion.answer(heard, space.guide)) as pieces:
            for number, _ in enumerate(pieces):
                last = time.perf_counter()
                if not number:
                    lap("first")
        taken["whole"].append(1000 * (last - start))
        lap("kept")
    return taken


def _told(case: str, taken: dict[str, list[float]]) -> Iterator[Figure]:
    names = {
        "first": "first word",
        "whole": "whole reply",
        "heard": "of that, hearing",
        "kept": "kept and remembered",
    }
    for name, what in names.items():
        for how, of in (("median", median), ("p95", p95)):
            beside = {"one embedding": of(taken["embedding"])}
            yield Figure(
                "guide", case, f"{what}, {how}", "ms", of(taken[name]), beside, HOW if name == "first" else ""
            )
