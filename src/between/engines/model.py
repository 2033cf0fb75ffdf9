"""Lets a language model answer: any OpenAI-compatible endpoint, on this computer or elsewhere."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from between.domain import Asked, Endpoint, Speech, Turn
from between.engines.address import leaves_computer, origin_of
from between.engines.messages import Sent, messages_for, probe_messages
from between.engines.opinion import LIMIT, SecondOpinion
from between.engines.plain import spoken
from between.engines.prompt import Prompts, load
from between.errors import EngineError, NoKey, WrongKey
from between.prompts_dir import PROMPTS

if TYPE_CHECKING:
    from between.engines.wire import Wire


def fresh_boundary() -> str:
    """A mark that no text can guess; new for every request."""
    return secrets.token_hex(8)


class ModelEngine:
    """Answers with a model. Nothing is sent before the first piece of a reply is drawn."""

    def __init__(
        self,
        endpoint: Endpoint,
        timeout: float,
        prompts: Path = PROMPTS / "companion",
        boundary: Callable[[], str] = fresh_boundary,
        limit: float = LIMIT,
    ) -> None:
        """``timeout``: for one piece of a reply; ``limit``: for a whole second opinion. Seconds."""
        self.origin = origin_of(endpoint)
        self.model = endpoint.model
        self._endpoint = endpoint
        self._timeout = timeout
        self._prompts: Prompts = load(prompts)
        self._boundary = boundary
        self._second = SecondOpinion(endpoint, self._prompts, boundary, limit)
        self._made: Wire | None = None
        self._making = threading.Lock()

    def reply(self, turn: Turn) -> Speech:
        """A reply on its way. Errors of the ``EngineError`` family come here or while it is drawn."""
        self._check_key()
        messages = messages_for(turn, self._prompts, self._boundary())
        return Speech(
            pieces=self._spoken(messages),
            engine="model",
            model=self._endpoint.model,
            prompt=self._prompts.content_hash,
            sent=self._wire().body(messages),
            sent_to=self.origin,
        )

    def opinion(self, turn: Turn) -> Asked:
        """A second opinion for the safety screen; whatever goes wrong, it is only not there."""
        try:
            self._check_key()
        except EngineError:
            return Asked()
        return self._second.ask(turn)

    def probe(self) -> None:
        """Try the connection with a request that holds nobody's words; raises what went wrong."""
        self._check_key()
        with closing(self._spoken(probe_messages(self._prompts))) as pieces:
            next(pieces)

    def close(self) -> None:
        """Give the connections back."""
        self._second.close()
        with self._making:
            if self._made is not None:
                self._made.close()
                self._made = None

    @staticmethod
    def import_client() -> None:
        """Load the heavy libraries now, so that the first reply does not wait for them."""
        from between.engines import wire  # noqa: F401

    def _spoken(self, messages: Sequence[Sent]) -> Generator[str, None, None]:
        with closing(spoken(self._wire().pieces(messages))) as pieces:
            yield from pieces

    def _check_key(self) -> None:
        key = self._endpoint.api_key.strip()
        if not key and leaves_computer(self._endpoint):
            raise NoKey
        if not (key.isascii() and key.isprintable()):
            raise WrongKey

    def _wire(self) -> Wire:
        # Imported here: LangChain costs two seconds and 90 MB that a person with the guide never needs.
        from between.engines.wire import Wire

        with self._making:
            if self._made is None:
                temperature = self._prompts["system"].header.temperature
                self._made = Wire(self._endpoint, self._timeout, temperature)
            return self._made
