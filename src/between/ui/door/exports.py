"""Files that a page offers beside the whole export; each goes to the holder of the ticket only."""

from __future__ import annotations

from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from between import bootstrap
from between.store import counts
from between.ui.door import cookies
from between.use import reports


def routes() -> list[Route]:
    """Their addresses."""
    return [Route("/export/reports", reported), Route("/export/counts", cards_shown)]


async def reported(request: Request) -> Response:
    """Replies that the person reported."""

    def made() -> bytes:
        space, house = bootstrap.house().open(cookies.token(request)), bootstrap.house()
        return reports.as_json(reports.reports(space.diary), house.clock()) if space else b""

    return await _file(made, "between-reports.json")


async def cards_shown(request: Request) -> Response:
    """How often help was shown here, where that is counted."""

    def made() -> bytes:
        house = bootstrap.house()
        return counts.as_json(house.store) if house.open(cookies.token(request)) else b""

    return await _file(made, "between-cards-shown.json")


async def _file(made: Callable[[], bytes], name: str) -> Response:
    data = await run_in_threadpool(made)
    if not data:
        return RedirectResponse("/unlock?next=/settings", status_code=303)
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(data, media_type="application/json", headers=headers)
