"""Says where a model stands: which origin the words go to, and whether that is this computer."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

from between.domain import Endpoint
from between.errors import ModelUnreachable

_PORTS = {"http": 80, "https": 443}


def origin_of(endpoint: Endpoint) -> str:
    """Scheme, host and port that the words go to, as one address; ``ModelUnreachable`` for what is none."""
    host = host_of(endpoint)
    parts = urlsplit(endpoint.base_url.strip())
    return origin(parts.scheme, host, parts.port)


def origin(scheme: str, host: str, port: int | None) -> str:
    """One spelling for one origin: the port that a scheme has anyway is left out."""
    shown = f"[{host}]" if ":" in host else host
    return f"{scheme}://{shown}" if port in (None, _PORTS.get(scheme)) else f"{scheme}://{shown}:{port}"


def host_of(endpoint: Endpoint) -> str:
    """The host that the words go to, in lower case; ``ModelUnreachable`` for what is no web address."""
    try:
        parts = urlsplit(endpoint.base_url.strip())
        parts.port  # noqa: B018  # reading it is how urlsplit checks it
        host = (parts.hostname or "").rstrip(".")
    except ValueError:
        host = ""
    if not host or parts.scheme not in ("http", "https"):
        raise ModelUnreachable from None
    return host


def leaves_computer(endpoint: Endpoint) -> bool:
    """False only when the address is certainly this computer; any doubt counts as leaving."""
    return not is_this_computer(host_of(endpoint))


def stayed_here(sent_to: str) -> bool:
    """Whether what was sent there stayed on this computer; older replies name the host alone."""
    return is_this_computer(urlsplit(sent_to).hostname or "" if "://" in sent_to else sent_to)


def is_this_computer(host: str) -> bool:
    """Whether a host is certainly this computer: a loopback address or ``localhost``."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
