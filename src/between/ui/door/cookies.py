"""The cookies: the ticket that opens a space, its code name, the chosen country, and that one is of age."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

YEAR = 365 * 24 * 3600


def names(secure: bool) -> str:
    """The ticket's name; browsers accept ``__Host-`` only over TLS."""
    return "__Host-between_ticket" if secure else "between_ticket"


def secure(request: Request) -> bool:
    """Whether the person came over TLS (the proxy says so)."""
    return request.url.scheme == "https"


def token(request: Request) -> str:
    """The ticket that came with the request, or an empty string."""
    return request.cookies.get(names(secure(request)), "")


def token_among(cookies: dict[str, str]) -> str:
    """The ticket among the cookies of a websocket."""
    return cookies.get(names(True)) or cookies.get(names(False), "")


def set_token(response: Response, request: Request, value: str) -> None:
    """Hand the ticket to the browser, out of reach of its scripts; it ends with the browser session."""
    tls = secure(request)
    response.set_cookie(names(tls), value, httponly=True, samesite="strict", secure=tls, path="/")


def drop_token(response: Response, request: Request) -> None:
    """Take the ticket back."""
    tls = secure(request)
    response.delete_cookie(names(tls), httponly=True, samesite="strict", secure=tls, path="/")


def space_name(request: Request) -> str:
    """The code name that this browser used last."""
    return request.cookies.get("between_space", "")


def country(request: Request) -> str:
    """The country that this browser chose for help."""
    return request.cookies.get("between_country", "")


def adult(request: Request) -> bool:
    """Whether somebody said in this browser that they are 18 or older."""
    return request.cookies.get("between_adult", "") == "yes"


def keep(response: Response, request: Request, name: str, value: str) -> None:
    """Remember the code name (``space``), the ``country``, or being ``adult`` for a year."""
    response.set_cookie(
        f"between_{name}",
        value,
        max_age=YEAR,
        httponly=True,
        samesite="lax",
        secure=secure(request),
        path="/",
    )


def drop_space_name(response: Response) -> None:
    """Forget the code name, after the space was deleted."""
    response.delete_cookie("between_space", path="/")
