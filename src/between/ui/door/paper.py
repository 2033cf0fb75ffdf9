"""Renders the door's pages from templates; every word comes from ``wording``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import streamlit
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from between import bootstrap
from between.ui import wording


def fonts_folder() -> Path:
    """Streamlit's own bundled letters, so that the door and the rooms look alike."""
    return Path(streamlit.__file__).parent / "static" / "static" / "media"


def _font(start: str) -> str:
    found = sorted(fonts_folder().glob(f"{start}*.woff2"))
    return f"/letters/{found[0].name}" if found else ""


_paper = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True, undefined=StrictUndefined
)
_paper.globals.update(w=wording, sans=_font("SourceSansVF-Upright"), serif=_font("SourceSerifVariable-Roman"))


# Any: a template takes whatever its page shows.
def page(template: str, request: Request, status: int = 200, **shown: Any) -> HTMLResponse:
    """One page of the door. ``problem`` and ``tips`` may be given; nothing is ever cached."""
    countries = bootstrap.house().helplines.countries()
    shown = {"problem": "", "tips": [], "countries": countries, "path": request.url.path, **shown}
    html = _paper.get_template(template).render(**shown)
    return HTMLResponse(html, status_code=status, headers={"Cache-Control": "no-store"})
