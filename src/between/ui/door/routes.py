"""The door's own pages: first run, unlock, recover, help, export, and the few calls that pages make to them."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from datetime import date
from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from between import bootstrap
from between.errors import (
    BetweenError,
    Busy,
    Damaged,
    TooManyTries,
    TooNew,
    WeakPassphrase,
    WrongPassphrase,
    WrongRecoveryCode,
)
from between.ui import dates, wording
from between.ui.door import cookies, exports
from between.ui.door.drafts import draft
from between.ui.door.first_run import suggested_country, welcome
from between.ui.door.paper import fonts_folder, page
from between.ui.door.words import advice, waiting
from between.ui.leave import BLANK
from between.vault import passphrase as passphrases

Handler = Callable[[Request], Awaitable[Response]]
INSIDE = re.compile(r"/(?!export)[a-z-]*(\?step=[1-5])?")
"""Where a form may lead: a page of ours."""


def all_routes() -> list[BaseRoute]:
    """Everything that answers without Streamlit."""
    here = Path(__file__).parent
    return [
        Route("/welcome", welcome),
        Route("/create", guarded(create), methods=["GET", "POST"]),
        Route("/unlock", guarded(unlock), methods=["GET", "POST"]),
        Route("/recover", guarded(recover), methods=["GET", "POST"]),
        Route("/demo", guarded(demo), methods=["POST"]),
        Route("/lock", guarded(lock), methods=["POST"]),
        Route("/help", guarded(help_now), methods=["GET", "POST"]),
        Route("/leave", guarded(leave), methods=["POST"]),
        Route("/blank", blank),
        Route("/plan-to-print", plan_to_print),
        Route("/country", guarded(country), methods=["POST"]),
        Route("/strength", guarded(strength), methods=["POST"]),
        Route("/draft", guarded(draft), methods=["POST"]),
        Route("/export", export),
        *exports.routes(),
        Mount("/door", StaticFiles(directory=here / "static")),
        Mount("/letters", StaticFiles(directory=fonts_folder())),
    ]


def guarded(handler: Handler) -> Handler:
    """Refuse a form that another site posted."""

    async def checked(request: Request) -> Response:
        if request.method == "POST":
            host = request.headers.get("host", "")
            origin = request.headers.get("origin", "")
            if origin not in {f"http://{host}", f"https://{host}"}:
                return page("error.html", request, status=403, message=wording.BAD_ORIGIN)
        return await handler(request)

    return checked


def going_to(request: Request, form: FormData | None = None) -> str:
    """Where the person wanted to go: a path of ours, never another site."""
    asked = form.get("next") if form is not None else None
    wanted = str(asked or request.query_params.get("next") or "/")
    return wanted if INSIDE.fullmatch(wanted) else "/"


async def country(request: Request) -> Response:
    """Remember the country, for the door and for a space to come."""
    form = await request.form()
    code = str(form.get("country", ""))
    known = {c for c, _ in bootstrap.house().helplines.countries()}
    response = RedirectResponse(going_to(request, form), status_code=303)
    cookies.keep(response, request, "country", code if code in known else "")
    return response


async def strength(request: Request) -> Response:
    """Tell how hard a passphrase is to guess, while it is typed. Nothing of it is kept."""
    form = await request.form()
    verdict = await run_in_threadpool(passphrases.judge, str(form.get("passphrase", ""))[:300])
    said = wording.STRENGTH["good"] if verdict.ok else wording.STRENGTH["weak"]
    return JSONResponse(
        {"ok": verdict.ok, "said": said, "advice": [] if verdict.ok else advice(verdict.advice)},
        headers={"Cache-Control": "no-store"},
    )


async def create(request: Request) -> Response:
    """Make a space for an adult: a passphrase in, a code name and a recovery code out, shown once."""
    suggestion, adult = passphrases.suggest(), cookies.adult(request)
    if request.method == "GET":
        return page("create.html", request, suggestion=suggestion, adult=adult)

    def refused(problem: str, tips: list[str] | None = None) -> Response:
        shown = {"suggestion": suggestion, "adult": adult, "problem": problem, "tips": tips or []}
        return page("create.html", request, status=400, **shown)

    form = await request.form()
    chosen, again = str(form.get("passphrase", "")), str(form.get("again", ""))
    if not adult and form.get("adult") != "yes":
        return refused(wording.DOOR_ADULT_NEEDED)
    if chosen != again:
        return refused(wording.CREATE_DIFFERENT)
    try:
        made = await run_in_threadpool(bootstrap.house().create, chosen, cookies.country(request))
    except WeakPassphrase:
        return refused(wording.STRENGTH["weak"], advice(passphrases.judge(chosen).advice))
    return opened(request, made)


def opened(request: Request, made: Any) -> Response:  # Any: spaces.Created, named in bootstrap only
    """The page that shows the code name and the recovery code, with the ticket in its cookie."""
    response = page("created.html", request, name=made.code_name, code=made.recovery_code)
    cookies.set_token(response, request, made.token)
    cookies.keep(response, request, "space", made.code_name)
    return response


async def unlock(request: Request) -> Response:
    """Open a space with its passphrase."""
    name = cookies.space_name(request)
    if request.method == "GET":
        return page("unlock.html", request, name=name, next=going_to(request))
    form = await request.form()
    name = str(form.get("space", name)).strip().lower()[:80]
    there = going_to(request, form)
    try:
        token = await run_in_threadpool(
            bootstrap.house().unlock, name, str(form.get("passphrase", "")), cookies.token(request)
        )
    except (WrongPassphrase, Damaged, TooNew, TooManyTries, Busy) as refused:
        return page("unlock.html", request, status=403, name=name, next=there, problem=said(refused))
    response = RedirectResponse(there, status_code=303)
    cookies.set_token(response, request, token)
    cookies.keep(response, request, "space", name)
    return response


def said(refused: BetweenError) -> str:
    """A refusal in words."""
    if isinstance(refused, TooManyTries):
        return wording.UNLOCK_WAIT.format(wait=waiting(refused.wait_seconds))
    return refused.says


async def recover(request: Request) -> Response:
    """Open a space with its recovery code and a new passphrase."""
    name = cookies.space_name(request)
    if request.method == "GET":
        return page("recover.html", request, name=name)
    form = await request.form()
    name = str(form.get("space", name)).strip().lower()[:80]
    code, new, again = (str(form.get(field, "")) for field in ("code", "passphrase", "again"))
    problem, tips = "", []
    if new != again:
        problem = wording.CREATE_DIFFERENT
    else:
        try:
            made = await run_in_threadpool(bootstrap.house().recover, name, code, new)
            return opened(request, made)
        except WeakPassphrase:
            problem, tips = wording.STRENGTH["weak"], advice(passphrases.judge(new).advice)
        except (WrongRecoveryCode, WrongPassphrase, Damaged, TooNew, TooManyTries, Busy) as refused:
            problem = said(refused)
    return page("recover.html", request, status=403, name=name, problem=problem, tips=tips)


async def demo(request: Request) -> Response:
    """Open the demo life, in memory only."""
    token = await run_in_threadpool(bootstrap.house().open_demo, cookies.country(request))
    response = RedirectResponse("/", status_code=303)
    cookies.set_token(response, request, token)
    return response


async def lock(request: Request) -> Response:
    """Lock the space of this browser, in all its tabs."""
    await run_in_threadpool(bootstrap.house().lock, cookies.token(request))
    known = cookies.space_name(request)
    response = RedirectResponse("/unlock" if known else "/welcome", status_code=303)
    cookies.drop_token(response, request)
    return response


async def leave(request: Request) -> Response:
    """Lock, and show nothing: for someone who is looked over the shoulder."""
    await run_in_threadpool(bootstrap.house().lock, cookies.token(request))
    response = RedirectResponse(BLANK, status_code=303)
    cookies.drop_token(response, request)
    return response


async def blank(request: Request) -> Response:
    """An empty page that says nothing, not even whose it is."""
    return page("blank.html", request)


async def help_now(request: Request) -> Response:
    """Helplines and what to do in the next minutes; needs no key, no network and no script.

    What it is about comes in the body of a form, never in an address that the browser remembers.
    """
    form = await request.form() if request.method == "POST" else None
    lines, asked = bootstrap.house().helplines, form or request.query_params
    code = str(asked.get("country") or ("" if form else suggested_country(request))).upper()
    code = code if code in dict(lines.countries()) else ""
    topic = str(form.get("topic", "")) if form else ""
    topic = topic if topic in wording.HELP_TOPICS else ""
    now = bootstrap.house().clock()
    own = lines.for_help(code, now, topic) if topic else []
    return page(
        "help.html",
        request,
        code=code,
        topic=topic,
        now=now,
        emergency=lines.emergency(code),
        anywhere=lines.fallback,
        own=own,
        lines=[line for line in lines.for_help(code, now) if line not in own],
        back=going_to(request, form),
    )


async def plan_to_print(request: Request) -> Response:
    """The person's plan and people on clean paper, for the holder of the ticket only."""
    space = await run_in_threadpool(bootstrap.house().open, cookies.token(request))
    if space is None:
        return RedirectResponse("/unlock?next=/plan", status_code=303)
    day = dates.heading(bootstrap.house().clock().date(), date.min)
    return page("plan.html", request, plan=space.plan.kept(), people=space.plan.people(), day=day)


async def export(request: Request) -> Response:
    """Everything in one zip, for the holder of the ticket only."""
    space = await run_in_threadpool(bootstrap.house().open, cookies.token(request))
    if space is None:
        return RedirectResponse("/unlock?next=/settings", status_code=303)
    data = await run_in_threadpool(space.export)
    day = bootstrap.now().date().isoformat()
    return Response(
        data,
        media_type="application/zip",
        headers={
            "Content-Disposition": f'attachment; filename="between-{day}.zip"',
            "Cache-Control": "no-store",
        },
    )
