"""What the app's engine adds to a model's answer: beside the bare OpenAI client, on the same server, in turns."""

from __future__ import annotations

import importlib.util
import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

from openai import OpenAI

from between.bench.measure import Figure, Scale, median
from between.domain import Endpoint, Finding, Intent, ItemId, Reading, Recalled, Stance, Turn
from between.engines.model import ModelEngine

SERVER = Path(__file__).resolve().parents[3] / "tests" / "openai_server.py"
MODEL = "bench"
PIECES = 300
TURN = Turn(
    text="I said yes to the night shift again and now I am cross with myself.",
    at=datetime(2026, 3, 1, 20, tzinfo=UTC),
    reading=Reading(Intent.VENT),
    finding=Finding(),
    stance=Stance.EXPLORE,
    recalled=tuple(
        Recalled(
            ItemId(f"{n:032x}"), "entry", datetime(2026, 2, n, 20, tzinfo=UTC), "I said yes again.", "", 1
        )
        for n in (1, 2, 3)
    ),
)


def run(scale: Scale) -> Iterator[Figure]:
    """Some answers of each; skipped where the server that the tests use is not beside the source."""
    if not SERVER.is_file():
        yield Figure("model", "local server", "skipped", note="tests/openai_server.py is not here")
        return
    yield from measure(times=10 if scale.quick else 40)


def measure(times: int, pieces: int = PIECES) -> Iterator[Figure]:
    """First piece, and every further piece, of a server that never waits."""
    with server_module().OpenAIServer() as server:
        server.will("letters", text="word " * (pieces // 5))
        engine = ModelEngine(Endpoint(server.base_url, MODEL, "bench-key"), timeout=30)
        bare = OpenAI(base_url=server.base_url, api_key="bench-key", timeout=30, max_retries=0)
        body = json.loads(engine.reply(TURN).sent)
        try:
            contestants: dict[str, Callable[[], Iterable[str]]] = {
                "ours": lambda: engine.reply(TURN).pieces,
                "bare": lambda: spoken(bare, body),
            }
            for listen in contestants.values():
                heard(listen)  # the first one of each connects
            yield from told(taken(contestants, times), pieces)
        finally:
            engine.close()
            bare.close()


def taken(
    contestants: Mapping[str, Callable[[], Iterable[str]]], times: int
) -> dict[str, list[tuple[float, float]]]:
    """First piece and per further piece of each answer, in turns."""
    laps: dict[str, list[tuple[float, float]]] = {name: [] for name in contestants}
    for number in range(times):
        for name in sorted(contestants, reverse=bool(number % 2)):
            laps[name].append(heard(contestants[name]))
    return laps


def heard(listen: Callable[[], Iterable[str]]) -> tuple[float, float]:
    """Milliseconds to the first words, and from there per character."""
    start = first = time.perf_counter()
    letters = before = 0
    for piece in listen():
        if not letters:
            first, before = time.perf_counter(), len(piece)
        letters += len(piece)
    end = time.perf_counter()
    return 1000 * (first - start), 1000 * (end - first) / max(1, letters - before)


def spoken(bare: OpenAI, body: Mapping[str, Any]) -> Iterator[str]:  # Any: the body of a request
    """The same request by hand."""
    with closing(bare.chat.completions.create(**body)) as stream:
        for chunk in stream:
            if chunk.choices and chunk.choices[0].delta.content:
                yield chunk.choices[0].delta.content


def told(laps: Mapping[str, list[tuple[float, float]]], pieces: int) -> Iterator[Figure]:
    """Medians; the server sends one character at a time."""
    case = f"local server, {pieces} tokens of one letter"
    for place, what in enumerate(("before the first token", "per further token")):
        ours, bare = (median(lap[place] for lap in laps[name]) for name in ("ours", "bare"))
        note = f"adds {ours - bare:.2f} ms"
        yield Figure("model", case, what, "ms", ours, {"bare OpenAI client": bare}, note)


def server_module() -> ModuleType:
    """The tests' server, read from its file: tests are no part of the installed package."""
    name = "between_bench_openai_server"
    spec = importlib.util.spec_from_file_location(name, SERVER)
    if spec is None or spec.loader is None:
        raise ImportError(name)
    module = sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
