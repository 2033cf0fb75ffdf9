"""The five short screens of a first run: what this is, where words live, what to know, where you are, and beginning."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from between.safety.country import guess_country
from between.ui import wording
from between.ui.door import cookies
from between.ui.door.paper import page

SCREENS = {
    "1": "welcome1.html",
    "2": "welcome2.html",
    "3": "know.html",
    "4": "country.html",
    "5": "begin.html",
}


async def welcome(request: Request) -> Response:
    """One of the screens; that somebody is of age is noted in this browser when they say so."""
    asked = request.query_params
    step = asked.get("step", "1")
    step = step if step in SCREENS else "1"
    shown: dict[str, Any] = {"step": int(step)}  # Any: a template takes whatever its page shows
    if step == "3":
        shown["answers"] = answers(request)
    if step == "4":
        shown["suggested"] = suggested_country(request)
    response = page(SCREENS[step], request, **shown)
    if asked.get("adult") == "yes":
        cookies.keep(response, request, "adult", "yes")
    return response


def answers(request: Request) -> dict[str, str]:
    """What was answered, for each question that was: ``right`` or ``wrong``. It is kept nowhere."""
    given = {key: request.query_params.get(key, "") for key in wording.KNOW_QUESTIONS}
    return {
        key: "right" if said == wording.KNOW_QUESTIONS[key][2] else "wrong"
        for key, said in given.items()
        if said in wording.KNOW_QUESTIONS[key][1]
    }


def suggested_country(request: Request) -> str:
    """The country chosen before, or a guess from the browser's language; never from its address."""
    chosen = cookies.country(request)
    if chosen:
        return chosen
    language = request.headers.get("accept-language", "").split(",")[0].strip()
    return guess_country(language, "")
