"""Renders the door's pages from templates; every word comes from ``wording``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import streamlit
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse

from between import bootstrap
from between.safety.plan import plan_words
from between.ui import wording
from between.ui.leave import leave_html
from between.ui.lines import contact_html, elsewhere_html, numbers_html


def fonts_folder() -> Path:
    """Streamlit's own bundled letters, so that the door and the rooms look alike."""
    return Path(streamlit.__file__).parent / "static" / "static" / "media"


def _font(start: str) -> str:
    found = sorted(fonts_folder().glob(f"{start}*.woff2"))
    return f"/letters/{found[0].name}" if found else ""


_paper = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True, undefined=StrictUndefined
)
_paper.globals.update(
    w=wording,
    sans=_font("SourceSansVF-Upright"),
    serif=_font("SourceSerifVariable-Roman"),
    plan_words=plan_words,
    # Made of reviewed words only, and escaped where they are made.
    contact=lambda *said, **more: Markup(contact_html(*said, **more)),  # noqa: S704
    elsewhere=lambda hosts: Markup(elsewhere_html(hosts)),  # noqa: S704
    numbers=lambda numbers: Markup(numbers_html(numbers)),  # noqa: S704
    leave=lambda: Markup(leave_html()),  # noqa: S704
)


# Any: a template takes whatever its page shows.
def page(template: str, request: Request, status: int = 200, **shown: Any) -> HTMLResponse:
    """One page of the door. ``problem`` and ``tips`` may be given; nothing is ever cached."""
    countries = bootstrap.house().helplines.countries()
    shown = {"problem": "", "tips": [], "countries": countries, "path": request.url.path, **shown}
    html = _paper.get_template(template).render(**shown)
    return HTMLResponse(html, status_code=status, headers={"Cache-Control": "no-store"})
