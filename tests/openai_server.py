"""A model's server on this computer that speaks the chat-completions wire protocol, and can misbehave.

In tests: ``with OpenAIServer() as server: server.will("cut")``. By hand, for screenshots and measurements:
``python -m tests.openai_server --port 8090 --delay 0.03``.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import socket
import sys
import threading
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

REPLY = (
    "You wrote that the week felt like walking through wet sand, and in the same breath that you cooked "
    "for a neighbour. It sounds as if both are true at once. What was different about that hour?"
)
LAST_LINE = "{last line}"
"""As the text of an act: the last line that the person wrote."""


@dataclass(frozen=True)
class Act:
    """What the server does with one request."""

    kind: str = "text"
    text: str = REPLY
    status: int = 200
    retry_after: str = ""
    delay: float = 0.0
    """Seconds before each piece."""
    location: str = ""


@dataclass(frozen=True)
class Asked:
    """One request as it arrived."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]


class OpenAIServer:
    """Runs in a thread on a random port of 127.0.0.1 until the ``with`` block ends."""

    def __init__(self, port: int = 0, act: Act | None = None) -> None:
        self.asked: list[Asked] = []
        self.left_early = threading.Event()
        """Set when a client hung up while a reply was being sent."""
        self._acts = [act or Act()]
        self._socket = socket.socket()
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._socket.bind(("127.0.0.1", port))
        self.port: int = self._socket.getsockname()[1]
        self.base_url = f"http://127.0.0.1:{self.port}/v1"
        routes = [
            Route("/v1/chat/completions", self._complete, methods=["POST"]),
            Route("/v1/models", self._models),
            Route("/{anything:path}", self._elsewhere, methods=["GET", "POST"]),
        ]
        config = uvicorn.Config(
            Starlette(routes=routes), log_level="critical", lifespan="off", timeout_graceful_shutdown=1
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, args=([self._socket],), daemon=True)

    def __enter__(self) -> OpenAIServer:
        self._thread.start()
        while not self._server.started:
            time.sleep(0.005)
        return self

    def __exit__(self, *_: object) -> None:
        self._server.should_exit = True
        self._thread.join(timeout=5)
        self._socket.close()

    def will(self, kind: str, **how: Any) -> None:
        """Do this with every request from now on."""
        self._acts = [Act(kind, **how)]

    def will_first(self, kind: str, **how: Any) -> None:
        """Do this with the next request only."""
        self._acts.insert(0, Act(kind, **how))

    @property
    def bodies(self) -> list[dict[str, Any]]:
        """What was asked, oldest first."""
        return [asked.body for asked in self.asked]

    def serve(self) -> None:
        """Run in this thread until interrupted."""
        self._server.run([self._socket])

    async def _models(self, _: Request) -> Response:
        model = {"id": "test-model", "object": "model", "created": 0, "owned_by": "tests"}
        return JSONResponse({"object": "list", "data": [model]})

    async def _elsewhere(self, request: Request) -> Response:
        self.asked.append(Asked(request.url.path, dict(request.headers), {}))
        return _error(404, "Not Found")

    async def _complete(self, request: Request) -> Response:
        body = await request.json()
        self.asked.append(Asked(request.url.path, dict(request.headers), body))
        act = self._acts.pop(0) if len(self._acts) > 1 else self._acts[0]
        if act.kind == "echo":
            act = replace(act, kind="text", text="\n".join(said["content"] for said in body["messages"]))
        if act.text == LAST_LINE:
            act = replace(act, text=body["messages"][-1]["content"].splitlines()[-2:][0])
        if act.kind == "status":
            headers = {"retry-after": act.retry_after} if act.retry_after else {}
            # A careless server repeats the prompt in its error.
            return _error(act.status, json.dumps(body["messages"]), headers)
        if act.kind == "redirect":
            return RedirectResponse(act.location, status_code=307)
        if act.kind == "html":
            return HTMLResponse("<html><body>data: Sign in to the network</body></html>")
        if act.kind == "json" or not body.get("stream"):
            return JSONResponse(_whole(body["model"], act.text))
        if act.kind == "broken_json":
            return Response('{"id": "x", "choi', media_type="application/json")
        pieces = self._watched(request, _STREAMS[act.kind](act, body["model"]))
        return StreamingResponse(pieces, media_type="text/event-stream")

    async def _watched(self, request: Request, pieces: AsyncIterator[str]) -> AsyncIterator[str]:
        done = False
        try:
            async for piece in pieces:
                if self._server.should_exit:
                    break
                yield piece
            done = True
        finally:
            if not done or await request.is_disconnected():
                self.left_early.set()


class _Broken(ConnectionError):
    """Ends a response in the middle, as a lost connection does."""


async def _text(act: Act, model: str) -> AsyncIterator[str]:
    yield _chunk(model, {"role": "assistant", "content": ""})
    step = 1 if act.kind == "letters" else 12
    for start in range(0, len(act.text), step):
        await asyncio.sleep(act.delay)
        yield _chunk(model, {"content": act.text[start : start + step]})
    yield _chunk(model, {}, "stop")
    # The usage chunk has no choices at all.
    yield _event({"id": "c", "object": "chat.completion.chunk", "model": model, "choices": []})
    yield "data: [DONE]\n\n"


async def _half(act: Act, model: str) -> AsyncIterator[str]:
    half = len(act.text) // 2
    async for piece in _text(Act("text", act.text[:half], delay=act.delay), model):
        if '"finish_reason": "stop"' in piece:
            break
        yield piece
    await asyncio.sleep(0.05)  # so that the pieces are on their way before the end


async def _cut(act: Act, model: str) -> AsyncIterator[str]:
    async for piece in _half(act, model):
        yield piece
    raise _Broken


async def _cut_at_once(act: Act, model: str) -> AsyncIterator[str]:
    yield ": ok\n\n"
    raise _Broken


async def _hang(act: Act, model: str) -> AsyncIterator[str]:
    yield ": ok\n\n"
    await asyncio.sleep(30)


async def _hang_midway(act: Act, model: str) -> AsyncIterator[str]:
    async for piece in _half(act, model):
        yield piece
    await asyncio.sleep(30)


async def _drip(act: Act, model: str) -> AsyncIterator[str]:
    while True:
        yield ": still thinking\n\n"
        await asyncio.sleep(act.delay or 0.02)


async def _endless(act: Act, model: str) -> AsyncIterator[str]:
    while True:
        yield _chunk(model, {"content": "and on and on "})
        await asyncio.sleep(0)


async def _endless_line(act: Act, model: str) -> AsyncIterator[str]:
    yield "data: "
    while True:
        yield "x" * 65536
        await asyncio.sleep(0)


async def _broken_event(act: Act, model: str) -> AsyncIterator[str]:
    yield 'data: {"choices": [{"del\n\n'


async def _broken_later(act: Act, model: str) -> AsyncIterator[str]:
    async for piece in _half(act, model):
        yield piece
    yield 'data: {"choices": [{"del\n\n'


async def _wrong_shape(act: Act, model: str) -> AsyncIterator[str]:
    yield _event({"id": act.text, "choices": act.text, "model": model})


async def _nothing(act: Act, model: str) -> AsyncIterator[str]:
    yield _chunk(model, {"role": "assistant", "content": ""})
    yield _chunk(model, {}, "stop")
    yield "data: [DONE]\n\n"


async def _error_event(act: Act, model: str) -> AsyncIterator[str]:
    yield _event({"error": {"message": f"failed on: {act.text}", "type": "server_error"}})


_STREAMS: dict[str, Callable[[Act, str], AsyncIterator[str]]] = {
    "text": _text,
    "letters": _text,
    "half": _half,
    "cut": _cut,
    "cut_at_once": _cut_at_once,
    "hang": _hang,
    "hang_midway": _hang_midway,
    "drip": _drip,
    "endless": _endless,
    "endless_line": _endless_line,
    "broken_event": _broken_event,
    "broken_later": _broken_later,
    "wrong_shape": _wrong_shape,
    "empty": _nothing,
    "error_event": _error_event,
}


def _chunk(model: str, delta: dict[str, Any], finish: str | None = None) -> str:
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    return _event(
        {"id": "c", "object": "chat.completion.chunk", "created": 0, "model": model, "choices": [choice]}
    )


def _event(body: dict[str, Any]) -> str:
    return f"data: {json.dumps(body)}\n\n"


def _whole(model: str, text: str) -> dict[str, Any]:
    choice = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": "stop"}
    return {"id": "c", "object": "chat.completion", "created": 0, "model": model, "choices": [choice]}


def _error(status: int, message: str, headers: dict[str, str] | None = None) -> Response:
    return JSONResponse(
        {"error": {"message": message, "type": "test", "code": None}}, status_code=status, headers=headers
    )


def main() -> None:
    """Serve by hand."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8090)
    parser.add_argument("--do", default="text", help=f"status, echo, html or one of {', '.join(_STREAMS)}")
    parser.add_argument("--text", default=REPLY, help="what to answer")
    parser.add_argument("--status", type=int, default=200, help="with --do status: the HTTP status")
    parser.add_argument("--delay", type=float, default=0.0, help="seconds before each piece")
    said = parser.parse_args()
    act = Act(said.do, said.text, said.status, delay=said.delay)
    server = OpenAIServer(said.port, act)
    sys.stdout.write(f"{server.base_url}\n")
    sys.stdout.flush()
    server.serve()


if __name__ == "__main__":
    main()
