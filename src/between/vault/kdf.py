"""What it costs to try one secret: the named profiles, their bounds, and the derivation itself."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field

from argon2.exceptions import HashingError
from argon2.low_level import ARGON2_VERSION, Type, hash_secret_raw

from between.errors import Busy, Damaged, TooNew
from between.settings import KdfProfile
from between.vault.envelope import KEY_BYTES, subkey

ALGORITHM = "argon2id"


@dataclass(frozen=True, slots=True)
class Cost:
    """Parameters of Argon2id: memory in KiB, passes, lanes."""

    m: int
    t: int
    p: int


COSTS = {
    KdfProfile.STRONG: Cost(m=64 * 1024, t=3, p=1),
    KdfProfile.CHEAPEST: Cost(m=8, t=1, p=1),  # Only for testing!
}

# The least that a slot may ask for. Whoever can write to the database must not be able to make a secret
# cheap to try; only a Between that was itself started with the cheapest profile accepts a cheap slot.
FLOORS = {
    KdfProfile.STRONG: Cost(m=19 * 1024, t=1, p=1),
    KdfProfile.CHEAPEST: COSTS[KdfProfile.CHEAPEST],
}
# Nor may they make one unlock take all memory.
CEILING = Cost(m=1024 * 1024, t=10, p=8)


@dataclass(frozen=True, slots=True)
class Stretched:
    """What a secret becomes: the key that wraps, and the value that tells a right secret from a wrong one."""

    wrap: bytes = field(repr=False)
    commit: bytes = field(repr=False)


def written(cost: Cost) -> str:
    """The parameters as a slot keeps them."""
    return json.dumps({"alg": ALGORITHM, "v": ARGON2_VERSION, **asdict(cost)})


def read(kdf: str, profile: KdfProfile) -> Cost:
    """The parameters of a slot, refused before any memory is taken when they are out of bounds."""
    try:
        found = json.loads(kdf)
    except (ValueError, RecursionError):
        raise Damaged from None
    if not isinstance(found, dict):
        raise Damaged
    if found.get("alg") != ALGORITHM or found.get("v") != ARGON2_VERSION:
        raise TooNew
    floor, numbers = FLOORS[profile], {}
    for name in ("m", "t", "p"):
        number = found.get(name)
        if type(number) is not int or not getattr(floor, name) <= number <= getattr(CEILING, name):
            raise Damaged
        numbers[name] = number
    return Cost(**numbers)


def stretch(secret: bytes, salt: bytes, cost: Cost) -> Stretched:
    """Argon2id, then one subkey to wrap with and one to compare."""
    try:
        root = hash_secret_raw(
            secret,
            salt,
            time_cost=cost.t,
            memory_cost=cost.m,
            parallelism=cost.p,
            hash_len=KEY_BYTES,
            type=Type.ID,
        )
    except HashingError:  # no memory left for it
        raise Busy from None
    # "cmp" stands for companion; the labels are part of the format and must never change.
    return Stretched(wrap=subkey(root, "cmp/v1/wrap"), commit=subkey(root, "cmp/v1/commit"))
