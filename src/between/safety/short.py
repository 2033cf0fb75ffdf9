"""A guard that also keeps a reply short, whatever the engine was told: whole sentences, then no more."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing

from between.domain import Tier
from between.safety.guard import Guard

SHORTEST, SHORT, NO_LIMIT = 60, 90, 10_000
"""Words in a reply while beliefs or danger are remembered, while thoughts of death are, and otherwise."""


class Short(Guard):
    """Watches one reply, and lets no more than so many words through."""

    def __init__(
        self,
        most: int,
        tier: Tier = Tier.NONE,
        seed: int = 0,
        said: Sequence[str] = (),
        lanes: Sequence[str] = (),
    ) -> None:
        super().__init__(tier, seed, said, lanes)
        self._most = most

    def pass_on(self, pieces: Iterable[str]) -> Iterator[str]:
        """The reply, sentence by sentence, until the next one would be too much."""
        left = self._most
        with closing(_sentences(super().pass_on(pieces))) as sentences:
            for sentence in sentences:
                words = sentence.split()
                if len(words) > left:
                    if left == self._most:  # nothing was said yet: a part of it is better than silence
                        yield " ".join(words[:left]) + " …"
                    return
                left -= len(words)
                yield sentence


def _sentences(passed: Iterator[str]) -> Generator[str, None, None]:
    """The pieces as something that can be closed."""
    yield from passed
