"""Does a question find the memories that answer it? The product's own path over a recall set.

Each line is a life: ``{"user", "now"?, "memories": [{"id", "date", "text"}], "queries": [{"qid", "q",
"evidence_ids"}]}``. Predictions are ``{"qid", "ranked"}`` with up to 100 memory ids, best first.
"""

from __future__ import annotations

import hashlib
import json
import re
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any, TextIO, TypeVar

import numpy as np
from dateparser.date import DateDataParser

from between.domain import Conversation, Entry, ItemId, Message
from between.memory.encoder import Encoder
from between.memory.memory import Memory
from between.memory.ports import Embedder

Line = Mapping[str, Any]  # Any: nested JSON
Kept = TypeVar("Kept", bound=Entry | Message | Conversation)

DEEP = 100
CUTS = (1, 5, 10, 20)
UNDATED = datetime(1970, 1, 1, 12, tzinfo=UTC)


class Life:
    """The entries of one line, in memory only, in the form that memory asks of a diary."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._entries = {entry.id: entry for entry in entries}
        self._blobs: dict[ItemId, bytes] = {}

    def get(self, cls: type[Kept], id: ItemId) -> Kept | None:
        """The entry, or ``None``."""
        found = self._entries.get(id)
        return found if isinstance(found, cls) else None

    def all(self, cls: type[Kept]) -> list[Kept]:
        """All entries, oldest first."""
        found = [entry for entry in self._entries.values() if isinstance(entry, cls)]
        return sorted(found, key=lambda entry: entry.at)

    def put_blobs(self, kind: str, blobs: Mapping[ItemId, bytes]) -> None:
        """Kept as they are: nothing here is anybody's."""
        self._blobs.update(blobs)

    def blobs(self, kind: str) -> Iterator[tuple[ItemId, bytes]]:
        """What was kept."""
        return iter(list(self._blobs.items()))

    def drop_blobs(self, kind: str, ids: Iterable[ItemId]) -> None:
        """Remove them."""
        for id in ids:
            self._blobs.pop(id, None)


@dataclass
class Score:
    """What was measured so far, one number a question."""

    recalls: dict[int, list[float]] = field(default_factory=lambda: {cut: [] for cut in CUTS})
    anys: dict[int, list[float]] = field(default_factory=lambda: {cut: [] for cut in CUTS})
    reciprocals: list[float] = field(default_factory=list)
    milliseconds: list[float] = field(default_factory=list)
    texts: int = 0
    embedding_seconds: float = 0.0

    def add(self, ranked: Sequence[str], evidence: set[str], milliseconds: float) -> None:
        """One answered question."""
        for cut in CUTS:
            found = len(evidence & set(ranked[:cut]))
            self.recalls[cut].append(found / len(evidence))
            self.anys[cut].append(float(found > 0))
        first = next((place for place, id in enumerate(ranked, start=1) if id in evidence), None)
        self.reciprocals.append(1 / first if first else 0.0)
        self.milliseconds.append(milliseconds)

    def metrics(self) -> dict[str, Any]:
        """The figures of the task."""
        if not self.reciprocals:
            return {"n": 0}
        return {
            "n": len(self.reciprocals),
            **{f"recall@{cut}": _mean(self.recalls[cut]) for cut in CUTS},
            **{f"any@{cut}": _mean(self.anys[cut]) for cut in CUTS},
            "mrr": _mean(self.reciprocals),
            "query_ms_p50": round(float(np.percentile(self.milliseconds, 50)), 1),
            "query_ms_p95": round(float(np.percentile(self.milliseconds, 95)), 1),
            "texts": self.texts,
            "texts_per_second": round(self.texts / max(self.embedding_seconds, 1e-9), 1),
        }


def recall(
    lines: Iterable[Line], predictions: TextIO | None, encoder: Embedder | None = None
) -> dict[str, Any]:
    """Runs every question of every life through ``Memory.search``; Chroma is left out, exact search is exact."""
    encoder = encoder or Encoder()
    encoder.embed(["The files are read before the clock starts."])
    score = Score()
    for line in lines:
        _one_life(line, encoder, score, predictions)
    return score.metrics()


def _one_life(line: Line, encoder: Embedder, score: Score, predictions: TextIO | None) -> None:
    names: dict[ItemId, str] = {}
    entries: list[Entry] = []
    for memory in line["memories"]:
        id = ItemId(hashlib.blake2b(str(memory["id"]).encode("utf-8"), digest_size=16).hexdigest())
        names[id] = str(memory["id"])
        entries.append(Entry(id, when(memory.get("date")) or UNDATED, str(memory["text"])))
    latest = max((entry.at for entry in entries), default=UNDATED)
    now = when(line.get("now")) or latest
    asked_at = [now]
    kept = Memory(Life(entries), encoder, lambda: asked_at[0], private_index=None)
    start = time.perf_counter()
    kept.open()
    kept.wait()
    score.embedding_seconds += time.perf_counter() - start
    score.texts += len(entries)
    for query in line["queries"]:
        asked_at[0] = when(query.get("now")) or now
        start = time.perf_counter()
        found = kept.search(str(query["q"]), DEEP)
        milliseconds = (time.perf_counter() - start) * 1000
        ranked = [names[passage.source_id] for passage in found]
        evidence = {str(id) for id in query.get("evidence_ids", ())}
        if evidence:
            score.add(ranked, evidence, milliseconds)
        if predictions is not None:
            predictions.write(json.dumps({"qid": query["qid"], "ranked": ranked}, ensure_ascii=False) + "\n")
    kept.close()


@lru_cache(maxsize=4096)
def _read(said: str) -> datetime | None:
    found = DateDataParser(languages=["en"], settings={"DATE_ORDER": "YMD"}).get_date_data(said)
    return None if found is None else found.date_obj


def when(said: object) -> datetime | None:
    """A date as sets write it: ISO, ``2023/04/27 (Thu) 10:13``, ``1:56 pm on 8 May, 2023``; ``None`` if it is none."""
    if isinstance(said, datetime):
        moment: datetime | None = said
    elif isinstance(said, date):
        moment = datetime(said.year, said.month, said.day, 12, tzinfo=UTC)
    elif isinstance(said, str):
        try:
            moment = datetime.fromisoformat(said.strip())
        except ValueError:
            moment = _read(said.strip()) if re.search(r"\d{4}", said) else None
    else:
        return None
    return moment.replace(tzinfo=UTC) if moment is not None and moment.tzinfo is None else moment


def _mean(values: Sequence[float]) -> float:
    return round(float(np.mean(values)), 4)
