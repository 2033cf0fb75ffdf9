"""What the product says itself, whichever engine answers: that this is an AI, and goodbye."""

from __future__ import annotations

import hashlib
from functools import lru_cache

from between.domain import Reviewed, RiskState, Role, Turn
from between.safety import farewell, honesty
from between.safety.reviewed import FOLDER, disclosure, honest_use


def own_words(turn: Turn, state: RiskState) -> Reviewed | None:
    """The reviewed reply to a question about what this is, or to a farewell; ``None`` for all else."""
    said = [one.text for one in turn.history if one.role is Role.COMPANION]
    if honesty.asked(turn.text):
        return Reviewed(honesty.answer(turn.text, said), disclosure().version, _hash(), "disclosure")
    if farewell.leaving(turn.text):
        return Reviewed(farewell.goodbye(turn.at, state, said), honest_use().version, _hash(), "goodbye")
    return None


@lru_cache(maxsize=1)
def _hash() -> str:
    names = ("disclosure.toml", "honest_use.toml")
    return hashlib.sha256(b"".join((FOLDER / name).read_bytes() for name in names)).hexdigest()
