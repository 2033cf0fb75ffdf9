"""Where the pages post what is being written, so that a closed tab loses nothing."""

# The body is JSON, so that nothing of it stands in an address:
#     place   "journal", "chat:new", "chat:<id>" or "edit:<id>"
#     page    the drawing of the field that wrote it; posts of one that was saved or let go are refused
#     number  counts up within a page; the newest wins
#     bound   says which ticket the page was drawn with; the browser's cookie may be another one by now
#     text    the words as they stand in the field
# 204 kept (or newer words are), 400 not readable, 403 locked or another space, 409 ended, 503 try again.

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from between import bootstrap
from between.errors import BetweenError, Forgotten, Locked
from between.journal.drafts import Post
from between.ui.door import cookies
from between.vault.tickets import fingerprint

LARGEST = 400_000
"""Bytes of one post; an entry of 60,000 words."""
_BOUND = 16
_NEVER_KEPT = {"Cache-Control": "no-store"}

Place = Annotated[str, StringConstraints(pattern=r"^(journal|chat:new|(chat|edit):[0-9a-f]{32})$")]
Page = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]


class Posted(BaseModel):
    """One post, as the script of the page sends it."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    place: Place
    page: Page
    number: int
    bound: str
    text: str


def bound_to(ticket_fingerprint: str) -> str:
    """What a page is told of the ticket that it was drawn with; a beginning is enough to tell two apart."""
    return ticket_fingerprint[:_BOUND]


async def draft(request: Request) -> Response:
    """Keep what is being written."""
    posted = _read(await request.body())
    if posted is None:
        return Response(status_code=400, headers=_NEVER_KEPT)
    token = cookies.token(request)
    if not token or posted.bound != bound_to(fingerprint(token)):  # a tab of a space that was open before
        return Response(status_code=403, headers=_NEVER_KEPT)
    return Response(status_code=await run_in_threadpool(_keep, posted, token), headers=_NEVER_KEPT)


def _read(body: bytes) -> Posted | None:
    if len(body) > LARGEST:
        return None
    try:
        return Posted.model_validate_json(body)
    except ValidationError:  # it quotes the words: nothing of it may travel on
        return None


def _keep(posted: Posted, token: str) -> int:
    try:
        space = bootstrap.house().open(token)
        if space is None:
            return 403
        space.drafts.keep(posted.place, posted.text, Post(posted.page, posted.number))
    except Forgotten:
        return 409
    except Locked:
        return 403
    except BetweenError:
        return 503
    return 204
