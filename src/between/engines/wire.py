"""The conversation with a model's server through LangChain, with every failure given its own name.

Heavy to import (LangChain and OpenAI); ``model`` does so only when somebody uses a model.
"""

from __future__ import annotations

import json
import re
import time
import warnings
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import closing

import httpx2
import openai
from langchain_core.callbacks import CallbackManager
from langchain_core.globals import set_llm_cache
from langchain_openai import ChatOpenAI
from langsmith.utils import tracing_is_enabled
from pydantic import SecretStr

from between.domain import Endpoint
from between.engines.address import leaves_computer, origin_of
from between.engines.gate import Agreed, gated_client
from between.errors import (
    BadReply,
    EngineError,
    ModelFailed,
    ModelTimeout,
    ModelUnreachable,
    NoSuchModel,
    RateLimited,
    RequestRefused,
    StreamCut,
    WouldLeak,
    WrongKey,
)

PAUSE = 0.3
"""Seconds before the one second try."""
LONGEST_WAIT = 86_400
"""A server may ask for a day of patience at most; more is nonsense."""

# What a broken answer may raise: the client's errors, and what a malformed chunk does to LangChain.
_BROKEN = (
    EngineError,
    openai.OpenAIError,
    httpx2.HTTPError,
    httpx2.InvalidURL,
    httpx2.StreamError,
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    RuntimeError,
    OSError,
)


# The library prints what it finds in a malformed chunk, and a server may have put the prompt there.
warnings.filterwarnings("ignore", message="Pydantic serializer warnings", category=UserWarning)


class Wire:
    """One model behind one address."""

    def __init__(
        self,
        endpoint: Endpoint,
        timeout: float,
        temperature: float | None,
        shape: Mapping[str, object] | None = None,
    ) -> None:
        """``shape``: ``response_format`` for an answer in a form of its own."""
        set_llm_cache(None)
        key = endpoint.api_key.strip()
        self._shape = dict(shape or {})
        agreed = Agreed(origin_of(endpoint), endpoint.model, self._shape)
        self._client = gated_client(agreed, timeout, local=not leaves_computer(endpoint), keyless=not key)
        self._chat = ChatOpenAI(
            model=endpoint.model,
            base_url=endpoint.base_url.strip(),
            # Never empty, or the library would look for one in the environment; the gate drops it again.
            api_key=SecretStr(key or "none"),
            temperature=temperature,
            timeout=timeout,
            # The library would also try again after a time-out, and sleep up to a minute when it is told
            # to wait; a person sits in front of it. The one second try is in ``pieces``.
            max_retries=0,
            store=False,
            cache=False,
            stream_usage=False,
            use_responses_api=False,
            http_client=self._client,
            extra_body=self._shape or None,
        )

    def body(self, messages: Sequence[dict[str, str]]) -> str:
        """Exactly what one request sends, as JSON to read."""
        body: dict[str, object] = {"model": self._chat.model_name, "store": False, "stream": True}
        body |= self._shape
        if self._chat.temperature is not None:
            body["temperature"] = self._chat.temperature
        body["messages"] = list(self._named(messages))
        return json.dumps(body, ensure_ascii=False, indent=1)

    def pieces(self, messages: Sequence[dict[str, str]], tries: int = 2) -> Generator[str, None, None]:
        """The reply as it comes. One second try when the server fails before it has said anything."""
        for last in (False, True)[-tries:]:
            spoke = False
            problem: EngineError | None = None
            try:
                with closing(self._once(messages)) as heard:
                    for piece in heard:
                        spoke = True
                        yield piece
            except _BROKEN as error:
                problem = _name(error, spoke=spoke)
            # Raised out here, so that the library's error, which may quote the person, does not hang on it.
            if problem is None:
                return
            if spoke or last or not isinstance(problem, ModelUnreachable | ModelFailed):
                raise problem
            time.sleep(PAUSE)

    def close(self) -> None:
        """Give the connections back."""
        self._client.close()

    def _once(self, messages: Sequence[dict[str, str]]) -> Generator[str, None, None]:
        _refuse_listeners()
        finished = spoke = False
        for chunk in self._chat.stream(list(self._named(messages))):
            finished = finished or bool(chunk.response_metadata.get("finish_reason"))
            if chunk.text:
                spoke = True
                yield str(chunk.text)
        if not finished:
            raise StreamCut if spoke else BadReply

    def _named(self, messages: Sequence[dict[str, str]]) -> Iterator[dict[str, str]]:
        """LangChain renames the system role for one family of models; what we record must say so too."""
        renamed = re.match(r"o\d", self._chat.model_name)
        for message in messages:
            yield message | {"role": "developer"} if renamed and message["role"] == "system" else message


def _refuse_listeners() -> None:
    """``WouldLeak`` when a tracer or debug printer would be handed the words as well."""
    if tracing_is_enabled():
        raise WouldLeak
    try:
        heard = bool(CallbackManager.configure().handlers)
    except RuntimeError:  # an outdated tracer is asked for
        heard = True
    if heard:
        raise WouldLeak


def _name(error: BaseException, *, spoke: bool) -> EngineError:
    """The one of our errors that this is; built from constants, nothing of the foreign text goes along."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, EngineError):
            return cause
        cause = cause.__cause__
    if isinstance(error, openai.APITimeoutError | httpx2.TimeoutException):
        return ModelTimeout()
    if isinstance(error, openai.APIStatusError):
        return _name_status(error)
    if isinstance(error, openai.APIResponseValidationError):
        return BadReply()
    if isinstance(error, openai.APIConnectionError | httpx2.HTTPError | OSError):
        return StreamCut() if spoke else ModelUnreachable()
    if isinstance(error, openai.APIError):  # an error event inside the stream
        return ModelFailed()
    return BadReply()


def _name_status(error: openai.APIStatusError) -> EngineError:
    status = error.status_code
    named: dict[int, type[EngineError]] = {401: WrongKey, 403: WrongKey, 404: NoSuchModel, 408: ModelTimeout}
    if status in named:
        return named[status]()
    if status in (402, 429):
        wait = error.response.headers.get("retry-after", "")
        return RateLimited(min(int(wait), LONGEST_WAIT) if wait.isascii() and wait.isdigit() else 0)
    if status >= 500:
        return ModelFailed()
    return RequestRefused() if status >= 400 else BadReply()
