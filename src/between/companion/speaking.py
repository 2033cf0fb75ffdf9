"""Replies while they are spoken: each is kept once, by whoever ends it first, and none after the lock."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import suppress
from types import TracebackType

from between.domain import Provenance, Recalled, Speech
from between.errors import BetweenError, Locked

Keep = Callable[[str, bool], None]
"""Keeps what was said, whole or (True) as partial."""


class Speaking:
    """One reply. Left without trouble it is kept whole; left by any exception, or hushed, as partial."""

    def __init__(self, keep: Keep) -> None:
        self._keep = keep
        self._turn = threading.Lock()
        self._said: list[str] = []
        self._over = False

    def __enter__(self) -> Speaking:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _problem: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.end(partial=kind is not None)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was said yet."""
        return not "".join(self._said).strip()

    def say(self, piece: str) -> None:
        """One more piece; ``Locked`` once the reply was ended from outside."""
        with self._turn:
            if self._over:
                raise Locked
            self._said.append(piece)

    def end(self, partial: bool) -> None:
        """Keep what was said; a second end does nothing."""
        with self._turn:
            if not self._over:
                self._over = True
                self._keep("".join(self._said), partial)

    def drop(self) -> None:
        """Keep nothing of it: the person no longer wants it."""
        with self._turn:
            self._over = True


class Voices:
    """All replies of one space that are spoken now."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._speaking: list[Speaking] = []
        self._hushed = False

    def begin(self, keep: Keep) -> Speaking:
        """A reply that starts; ``Locked`` after ``hush``."""
        with self._turn:
            if self._hushed:
                raise Locked
            self._speaking = [one for one in self._speaking if not one._over]
            self._speaking.append(Speaking(keep))
            return self._speaking[-1]

    def hush(self) -> None:
        """End every reply with what was said so far, now and for good."""
        with self._turn:
            self._hushed = True
            running, self._speaking = self._speaking, []
        for one in running:
            with suppress(BetweenError):  # a full disk must not keep anyone from locking
                one.end(partial=True)


def drawn(pieces: Iterator[str]) -> Generator[str, None, None]:
    """The pieces as something that can be closed."""
    yield from pieces


def origin(recalled: tuple[Recalled, ...], speech: Speech, held_back: Sequence[str]) -> Provenance:
    """Where a reply came from."""
    return Provenance(
        engine=speech.engine,
        model=speech.model,
        prompt=speech.prompt,
        passages=recalled,
        sent=speech.sent,
        sent_to=speech.sent_to,
        move=speech.move,
        held_back=tuple(held_back),
    )
