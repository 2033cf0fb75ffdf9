"""From the passphrase to the first answer and to the first page, and where the time goes."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterator

from argon2.low_level import Type, hash_secret_raw

from between.bench.houses import PASSPHRASE, Visitor, house, settle
from between.bench.measure import Figure, Scale, median, seconds
from between.bench.pages import front
from between.bench.recipe import HOW, Recipe
from between.bootstrap import House, now
from between.domain import OwnerId
from between.errors import Locked
from between.memory.archive import KIND
from between.memory.memory import Memory
from between.settings import KdfProfile
from between.store.diary import Diary
from between.store.records import KINDS
from between.vault.kdf import COSTS
from between.vault.seal import Key

QUESTION = "What did I write about the rent?"
Laps = dict[str, list[float]]


def run(scale: Scale) -> Iterator[Figure]:
    """A thousand and ten thousand entries."""
    with house() as built:
        for count in (1_000, 10_000):
            yield from measure(built, count, times=2 if scale.quick else 5)


def measure(built: House, count: int, times: int) -> Iterator[Figure]:
    """One space, unlocked and locked again some times, on a server that has warmed up."""
    lived = Recipe(built.shared.encoder).entries(count, now())
    name = settle(built, lived)
    visitor = Visitor(built)
    front().run()  # the first page of a process also imports; the server does that at its start
    laps: Laps = defaultdict(list)
    for _ in range(times):
        laps["bare Argon2id"].append(seconds(lambda: bare_argon2(built.settings.kdf)))
        in_steps(built, name, laps)
        to_the_answer(visitor, name, laps)
        to_the_page(visitor, name, laps)
    yield from told(f"{count:,} entries", laps)


def bare_argon2(profile: KdfProfile) -> bytes:
    """The derivation alone, with the parameters of the profile."""
    cost = COSTS[profile]
    return hash_secret_raw(PASSPHRASE.encode(), bytes(16), cost.t, cost.m, cost.p, 32, Type.ID)


def in_steps(built: House, name: str, laps: Laps) -> None:
    """What ``House.unlock`` and ``House.open`` do, one after the other."""
    start = time.perf_counter()
    token = built.spaces.unlock(name, PASSPHRASE)
    laps["passphrase"].append(time.perf_counter() - start)
    found = built.spaces.open(token)
    if found is None:
        raise Locked
    owner, key = found
    laps["bare decrypt"].append(seconds(lambda: decrypt(built, owner, key)))
    diary = Diary(built.store, key, owner)
    laps["load and decrypt"].append(seconds(diary.load))
    laps["bare decrypt of vectors"].append(seconds(lambda: sum(1 for _ in diary.blobs(KIND))))
    memory = Memory(diary, built.shared.encoder, now)
    laps["memory.open"].append(seconds(memory.open))
    memory.close()
    built.lock(token)


def decrypt(built: House, owner: OwnerId, key: Key) -> None:
    """Fetch and open every record, and make nothing of it."""
    for kind in KINDS.values():
        for kept in built.store.items(owner, kind):
            key.open(owner, kept.kind, kept.id, kept.sealed)


def to_the_answer(visitor: Visitor, name: str, laps: Laps) -> None:
    """The whole way to what is recalled."""
    start = time.perf_counter()
    visitor.ticket = visitor.house.unlock(name, PASSPHRASE)
    visitor.space.memory.recall(QUESTION, now())
    laps["answer"].append(time.perf_counter() - start)
    start = time.perf_counter()
    visitor.space.memory.wait()
    laps["ready"].append(time.perf_counter() - start)
    visitor.lock()


def to_the_page(visitor: Visitor, name: str, laps: Laps) -> None:
    """The whole way to the first page, drawn."""
    start = time.perf_counter()
    visitor.ticket = visitor.house.unlock(name, PASSPHRASE)
    front().run()
    laps["page"].append(time.perf_counter() - start)
    visitor.lock()


def told(case: str, laps: Laps) -> Iterator[Figure]:
    """Medians, each step beside the least that it could take."""

    def one(what: str, lap: str, *beside: str, note: str = "") -> Figure:
        peers = {name: median(laps[name]) for name in beside}
        return Figure("unlock", case, what, "s", median(laps[lap]), peers, note)

    yield one("passphrase to first answer", "answer", "bare Argon2id", note=HOW)
    yield one("passphrase to first page", "page", "bare Argon2id")
    yield one("passphrase alone", "passphrase", "bare Argon2id")
    yield one("load and decrypt", "load and decrypt", "bare decrypt")
    yield one("memory.open", "memory.open", "bare decrypt of vectors")
    yield one("afterwards, until the private index is full", "ready", note="answers come meanwhile")
