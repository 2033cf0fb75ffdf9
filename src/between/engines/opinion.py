"""Asks the model that answers for a second opinion on the newest message: once, for seconds, in one strict form."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooLate
from contextlib import closing
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from between.domain import Asked, Endpoint, Message, Opinion, Role, Tier, Turn
from between.engines.address import origin_of
from between.engines.messages import BUDGET, HISTORY, Sent
from between.engines.plain import plain, spoken
from between.engines.prompt import Prompts
from between.errors import EngineError, RequestRefused

if TYPE_CHECKING:
    from between.engines.wire import Wire

LIMIT = 6.0
"""Seconds from the question to the last letter of the answer; after that there is no opinion."""
_LANES = Literal["N", "V", "A", "C", "P", "E", "S", "X", "O", "B", "H"]


class _Form(BaseModel):
    """The one form in which an opinion counts."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    tier: Annotated[int, Field(ge=0, le=4)]
    lanes: Annotated[tuple[_LANES, ...], Field(max_length=11)]
    subject: Literal["self", "other", "fiction", "unclear"]
    time: Literal["now", "day", "week", "month", "past"]
    sarcasm_or_idiom: bool
    confidence: Literal["low", "medium", "high"]


def _listed(kind: str, *values: object) -> dict[str, object]:
    return {"type": kind, "enum": list(values)}


_FIELDS: dict[str, object] = {
    "tier": _listed("integer", 0, 1, 2, 3, 4),
    "lanes": {"type": "array", "items": _listed("string", *"NVACPESXOBH")},
    "subject": _listed("string", "self", "other", "fiction", "unclear"),
    "time": _listed("string", "now", "day", "week", "month", "past"),
    "sarcasm_or_idiom": {"type": "boolean"},
    "confidence": _listed("string", "low", "medium", "high"),
}
_SCHEMA = {"type": "object", "properties": _FIELDS, "required": list(_FIELDS), "additionalProperties": False}
SHAPE: dict[str, object] = {
    "response_format": {
        "type": "json_schema",
        "json_schema": {"name": "opinion", "strict": True, "schema": _SCHEMA},
    }
}
"""The same form for servers that can hold a model to it; it holds nobody's words."""


def read(answer: str) -> Opinion | None:
    """The opinion in an answer, or ``None`` when anything in it is not as it was asked for."""
    try:
        said = _Form.model_validate_json(answer.strip())
    except ValidationError:
        return None  # it quotes the answer, and the answer may quote the person
    tier, lanes = Tier(said.tier), tuple(sorted(set(said.lanes)))
    return Opinion(tier, lanes, said.subject, said.time, said.sarcasm_or_idiom, said.confidence)


class SecondOpinion:
    """One model behind one address. Nothing is sent before ``ask``."""

    def __init__(
        self, endpoint: Endpoint, prompts: Prompts, boundary: Callable[[], str], limit: float = LIMIT
    ) -> None:
        self.origin = origin_of(endpoint)
        self._endpoint = endpoint
        self._prompts = prompts
        self._boundary = boundary
        self._limit = limit
        self._shape = SHAPE
        self._made: Wire | None = None
        self._making = threading.Lock()

    def ask(self, turn: Turn) -> Asked:
        """What the model makes of the newest message; the person's raw words and the whole prompt each time."""
        messages = messages_for(turn, self._prompts, self._boundary())
        wire = self._wire()
        asked = Asked(None, wire.body(messages), self.origin)
        worker = ThreadPoolExecutor(1, thread_name_prefix="opinion")
        try:
            answer = worker.submit(_whole, wire, messages).result(self._limit)
        except RequestRefused:
            self._shape = {}  # some servers know no such form: the next time without, never twice for one message
            self.close()
        except TooLate:
            self.close()
        except EngineError:
            pass
        else:
            return Asked(read(answer), asked.sent, asked.sent_to)
        finally:
            worker.shutdown(wait=False)
        return asked

    def close(self) -> None:
        """Give the connections back; an answer that is still on its way is left."""
        with self._making:
            if self._made is not None:
                self._made.close()
                self._made = None

    def _wire(self) -> Wire:
        from between.engines.wire import Wire  # heavy, see ``model``

        with self._making:
            if self._made is None:
                temperature = self._prompts["second-opinion"].header.temperature
                self._made = Wire(self._endpoint, self._limit, temperature, self._shape)
            return self._made


def messages_for(turn: Turn, prompts: Prompts, boundary: str) -> list[Sent]:
    """The person's own last messages as quoted data, under the whole of the instructions."""
    words = prompts["words"]
    texts = [*_lately(turn.history), turn.text]
    told = "\n\n".join(words.fill(boundary=boundary, text=plain(text)) for text in texts)
    rules = prompts["second-opinion"].fill(boundary=boundary)
    return [{"role": "system", "content": rules}, {"role": "user", "content": told}]


def _lately(history: tuple[Message, ...]) -> list[str]:
    """What the person wrote before in this conversation; a reply could only lend its words to theirs."""
    kept: list[str] = []
    left = BUDGET
    for text in [one.text for one in reversed(history) if one.role is Role.PERSON][: HISTORY - 1]:
        left -= len(text) // 4 + 1
        if left < 0:
            break
        kept.append(text)
    return kept[::-1]


def _whole(wire: Wire, messages: list[Sent]) -> str:
    with closing(spoken(wire.pieces(messages, tries=1))) as pieces:
        return "".join(pieces)
