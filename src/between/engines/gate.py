"""The last look at a request before it leaves, and the bounds on what may come back."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import httpx2

from between.engines.address import origin
from between.errors import BadReply, WouldLeak

PATIENCE = 5
"""A whole reply may take this many times as long as the wait for one piece of it."""
MOST_BYTES = 16_000_000
"""More than any reply needs, thinking aloud included; guards against a line that never ends."""

_BODY = {"model", "messages", "temperature", "store", "stream"}
# Every other header names this computer or its owner: system, Python version, organisation, project.
_HEADERS = ("host", "content-type", "content-length", "transfer-encoding", "authorization")
_FIXED = {"accept": "text/event-stream", "accept-encoding": "identity", "user-agent": "Between"}


@dataclass(frozen=True, slots=True)
class Agreed:
    """Where words may go, and to which model there."""

    origin: str
    model: str
    shape: Mapping[str, object] = field(default_factory=dict)
    """``response_format``, the only one that may go along; empty for none."""


def gated_client(agreed: Agreed, timeout: float, *, local: bool, keyless: bool) -> httpx2.Client:
    """A client that lets only the agreed body pass, to the agreed origin and model, and follows no redirect.

    A local address never uses a proxy from the environment: that would carry words off this computer.
    """

    def before(request: httpx2.Request) -> None:
        _inspect(request, agreed)
        kept = {name: request.headers[name] for name in _HEADERS if name in request.headers}
        if keyless:
            kept.pop("authorization", None)
        request.headers = httpx2.Headers(kept | _FIXED)

    def after(response: httpx2.Response) -> None:
        if isinstance(response.stream, httpx2.SyncByteStream):
            response.stream = _Bounded(response.stream, response.request, timeout * PATIENCE)

    return httpx2.Client(
        timeout=timeout,
        trust_env=not local,
        follow_redirects=False,
        event_hooks={"request": [before], "response": [after]},
    )


def _inspect(request: httpx2.Request, agreed: Agreed) -> None:
    """Refuse, whatever a library update may add: identifiers, tools, storage, another address or model."""
    try:
        body = json.loads(request.read())
    except ValueError:
        raise WouldLeak from None
    plain = isinstance(body, dict) and set(body) <= _BODY | set(agreed.shape) and body.get("store") is False
    # A shape could carry anything, so only the one that was agreed passes, letter by letter.
    if not plain or any(body.get(name, shape) != shape for name, shape in agreed.shape.items()):
        raise WouldLeak
    if body.get("model") != agreed.model:
        raise WouldLeak
    url = request.url
    if origin(url.scheme, url.host.rstrip("."), url.port) != agreed.origin:
        raise WouldLeak


class _Bounded(httpx2.SyncByteStream):
    """A body that ends in an error instead of going on for ever."""

    def __init__(self, inner: httpx2.SyncByteStream, request: httpx2.Request, seconds: float) -> None:
        self._inner = inner
        self._request = request
        self._until = time.monotonic() + seconds

    def __iter__(self) -> Iterator[bytes]:
        left = MOST_BYTES
        for part in self._inner:
            left -= len(part)
            if left < 0:
                raise BadReply
            if time.monotonic() > self._until:
                raise httpx2.ReadTimeout("", request=self._request)
            yield part

    def close(self) -> None:
        self._inner.close()
