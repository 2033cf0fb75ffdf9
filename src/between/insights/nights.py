"""How a night was, as the entry says it: in hours, or in words; never guessed from anything else."""

from __future__ import annotations

import re

from between.insights.evidence import sentences
from between.insights.lexis import patterns_in

POOR_HOURS = 5.5
"""A night of at most so many hours is poor …"""
GOOD_HOURS = 7.0
"""… and one of at least so many good."""
POOR, GOOD = "poor_night", "good_night"

_NUMBERS = (
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)
_HOURS = re.compile(
    rf"\b(?P<n>\d{{1,2}}(?:[.,]\d{{1,2}})?|{'|'.join(_NUMBERS[1:])})"
    r"(?P<half>½| and a half)?(?: and a (?:bit|quarter))?[ -]?(?:h|hrs?|hours?)\b(?P<late> and a half)?",
    re.IGNORECASE,
)
_OF_SLEEP = re.compile(
    r"\b(?:sleep|slept|asleep|awake|woke|nap|dreamt|dreamed|dreams?|in bed|last night|nights?)\b",
    re.IGNORECASE,
)
_BARE = re.compile(r"^(?:(?:about|around|only|barely|maybe|nearly|almost|a good|just)\s+)?$", re.IGNORECASE)
_STOPS = re.compile(r"^(?: again| in all| tops| last night| straight| and a bit)?\s*(?:[.,;!?…]|$)")
_OTHER = re.compile(
    r"^\s+(?:of (?!sleep|it)|at |late|ago|later|early|away|from|on the|in (?:the|a) (?:car|train|bus|queue))",
    re.IGNORECASE,
)


_SAID = {POOR: patterns_in(POOR), GOOD: patterns_in(GOOD)}


def night(text: str, kind: str) -> tuple[int, int] | None:
    """Where the text says that the night was of this kind; hours count more than words, and both kinds as neither."""
    hours = _hours(text)
    if hours:
        slept, place = hours
        fits = slept <= POOR_HOURS if kind == POOR else slept >= GOOD_HOURS
        return place if fits else None
    said = {one: hit.span() for one, phrases in _SAID.items() if (hit := phrases.search(text))}
    return said.get(kind) if len(said) == 1 else None


def _hours(text: str) -> tuple[float, tuple[int, int]] | None:
    """Hours slept, the first time that they are said: beside a word for sleep, or all by themselves after one or as the first words."""
    if not _HOURS.search(text):
        return None
    places = sentences(text)
    for number, (start, end) in enumerate(places):
        for hit in _HOURS.finditer(text, start, end):
            before, after = text[start : hit.start()], text[hit.end() : end]
            if _OTHER.match(after):
                continue
            bare = bool(_BARE.match(before)) and (
                number == 0 or _OF_SLEEP.search(text[slice(*places[number - 1])])
            )
            if (bare and _STOPS.match(after)) or _OF_SLEEP.search(text[start:end]):
                slept = _number(hit)
                if 0 < slept <= 14:
                    return slept, hit.span()
    return None


def _number(hit: re.Match[str]) -> float:
    said = hit["n"].lower().replace(",", ".")
    whole = float(_NUMBERS.index(said)) if said in _NUMBERS else float(said)
    return whole + (0.5 if hit["half"] or hit["late"] else 0.0)
