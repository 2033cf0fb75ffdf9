"""What every request passes first: known host, security headers, and the lock for whole pages."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path
from urllib.parse import quote

import streamlit
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.formparsers import MultiPartParser
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from between import bootstrap
from between.ui.door import cookies

PAGES = frozenset({"/", "/chat", "/journal", "/insights", "/memory", "/settings", "/plan", "/help-now"})
"""Addresses that Streamlit serves; a locked browser is sent to the door instead."""

UPLOADS_IN_MEMORY = 64 * 1024 * 1024
"""Bytes; more than the largest upload that the configuration lets in."""
LOCAL_HOSTS = ["localhost", "127.0.0.1"]


def middleware() -> list[Middleware]:
    """The stack, outermost first."""
    # An uploaded diary stays in memory: above this size Starlette would write it to the temporary folder, unsealed.
    MultiPartParser.spool_max_size = UPLOADS_IN_MEMORY
    host = bootstrap.settings().public_host
    hosts = [*LOCAL_HOSTS, host] if host else LOCAL_HOSTS
    if host:
        streamlit.config.set_option("server.allowedHosts", hosts)
        streamlit.config.set_option("browser.serverAddress", host)
    return [
        Middleware(TrustedHostMiddleware, allowed_hosts=hosts),
        Middleware(Headers, policy=content_policy()),
        Middleware(Lock),
    ]


def content_policy() -> str:
    """The page may load and talk to nothing but this server. Streamlit's one inline script goes by its hash."""
    index = Path(streamlit.__file__).parent / "static" / "index.html"
    inline = re.findall(r"<script>(.*?)</script>", index.read_text("utf-8"), re.DOTALL)
    hashes = " ".join(
        f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'" for script in inline
    )
    return (
        "default-src 'none'; "
        f"script-src 'self' {hashes}; "
        "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
        "connect-src 'self'; media-src 'self' blob:; worker-src 'self' blob:; frame-src 'self'; "
        "manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
    )


def still_open(token: str) -> bool:
    """Whether a ticket is good; a question to the database, so never asked in the event loop."""
    return bool(token) and bootstrap.house().peek(token)


class Headers:
    """Adds the security headers to every answer."""

    def __init__(self, app: ASGIApp, policy: str) -> None:
        self.app = app
        self.fixed = {
            "Content-Security-Policy": policy,
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": "DENY",
            # "no-referrer" would make browsers post "Origin: null", which our own check refuses.
            "Referrer-Policy": "same-origin",
            "Cross-Origin-Opener-Policy": "same-origin",
            "Cross-Origin-Resource-Policy": "same-origin",
            "Permissions-Policy": "geolocation=(), camera=(), microphone=(self)",
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self.fixed.items():
                    headers[name] = value
            await send(message)

        await self.app(scope, receive, send_with_headers)


class Lock:
    """Sends a browser without an open space to the door; closes what nobody outside needs."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            path = scope["path"].rstrip("/") or "/"
            if path == "/_stcore/metrics":
                await RedirectResponse("/", status_code=303)(scope, receive, send)
                return
            if path in PAGES and path != "/help-now" and scope["method"] == "GET":
                request = Request(scope)
                token = cookies.token(request)
                good = await run_in_threadpool(still_open, token)
                if not good:
                    known = cookies.space_name(request)
                    door = "/unlock" if known else "/welcome"
                    there = f"{door}?next={quote(path)}" if path != "/" else door
                    await RedirectResponse(there, status_code=303)(scope, receive, send)
                    return
        await self.app(scope, receive, send)
