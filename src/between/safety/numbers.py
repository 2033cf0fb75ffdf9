"""Finds telephone numbers in a model's text, however they are written, that do not stand in the reviewed registry."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

_UNITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_SPOKEN = {
    **{word: str(n) for n, word in enumerate(_UNITS)},
    "oh": "0", "o": "0", "nought": "0", "null": "0", "hundred": "00",
    "ten": "10", "eleven": "11", "twelve": "12", "thirteen": "13", "fourteen": "14", "fifteen": "15",
    "sixteen": "16", "seventeen": "17", "eighteen": "18", "nineteen": "19",
    "twenty": "2", "thirty": "3", "forty": "4", "fifty": "5", "sixty": "6", "seventy": "7", "eighty": "8",
    "ninety": "9",
}  # fmt: skip
_TENS = frozenset({"twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"})
_REPEATED = {"double": 2, "triple": 3, "treble": 3}
_FILLERS = frozenset({"then", "and", "dash", "hyphen", "space", "dot", "plus", "again", "next"})
_TOKEN = re.compile(r"\d+|[a-z]+|[^\da-z]+", re.IGNORECASE)
_MISTAKEN = re.compile(r"(?<![A-Za-z0-9])(?=[OoIl\d]*\d)(?=[OoIl\d]*[OoIl])[OoIl\d]{3,}(?![A-Za-z0-9])")
_LETTERS = str.maketrans("OoIl", "0011")
_VANITY = re.compile(r"(?<![\w.])\+?(?:\d{1,4}[-. ]){1,3}[A-Z]{4,9}(?![a-z])")
_CALLED = re.compile(
    r"\b(?:call|dial|ring|phone|text|number|line|helpline|hotline|sms|whatsapp|telephone|tel|sos|(?:send|write) \w{2,9} to)"
    r"(?:\W+(?:on|at|to|the|us|me|them|just|now|is|number|[A-Z]{3,8})\b){0,3}\W{0,4}$",
    re.IGNORECASE,
)
_SHARED = re.compile(r"\b(?:call|dial|ring|text|line|number|sms|whatsapp)\b[^.?!]{0,40}$", re.IGNORECASE)
_EVERYDAY = re.compile(
    r"""
    (?:19|20)\d\d(?:\s?[-–/ ]\s?(?:(?:19|20)?\d\d))*            # years
    | (?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}                     # 2024-05-04
    | \d{1,2}\s?[./-]\s?\d{1,2}\s?[./-]\s?(?:(?:19|20)?\d\d)?   # 4.5.2024
    | \d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:\s?[-–]\s?\d{1,2}[:.]\d\d)?  # 10:30-11:45
    | (?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}[T ]\d{1,2}:\d\d     # 2024-05-04 10:30
    | \d{1,3}(?:\s?[-–/]\s?\d{1,3}){1,2}                        # 5-7, 24/7, 120/80
    | \d{1,3}(?:[ .,]\d{3})*[.,]\d{1,2}                         # 1,250.00
    """,
    re.VERBOSE,
)
_MONEY = re.compile(r"[£$€¥₹]\s?$")
_COUNTED = re.compile(
    r"\s?(?:euros?|pounds?|dollars?|francs?|crowns|kronor|kroner|kr|yen|rupees|usd|eur|gbp|percent|%|[£$€¥₹]|steps?|words?"
    r"|people|km|kilomet\w+|miles?|met\w+|hours?|minutes?|days?|years?|times|entries|pages?|characters|letters|views"
    r"|followers|square|grams?|kg|litres?|k)\b",
    re.IGNORECASE,
)
_AMOUNT = re.compile(r"[1-9]\d{0,2}(?:[ .,']\d{3})+(?:[.,]\d{1,2})?|[1-9]\d{0,8}(?:[.,]\d{1,2})?")


@dataclass(frozen=True, slots=True)
class _Run:
    printed: str = field(repr=False)
    digits: str = field(repr=False)
    groups: tuple[str, ...] = field(repr=False)
    start: int
    end: int


def plain_digits(text: str) -> str:
    """The text with every kind of digit as an ordinary one: full width, circled, raised, of other scripts."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text.replace("\ufe0f", "").replace("\u20e3", ""))
        text = "".join(
            str(unicodedata.digit(c)) if unicodedata.digit(c, None) is not None else c for c in text
        )
    return _MISTAKEN.sub(lambda m: m[0].translate(_LETTERS), text)


def strange(text: str, known: frozenset[str]) -> bool:
    """Whether a number to call stands in the text that is not among the ``known`` ones (digits only)."""
    text = plain_digits(text)
    if _VANITY.search(text):
        return True
    return any(not _harmless(run, text, known) for run in _runs(text))


def _harmless(run: _Run, text: str, known: frozenset[str]) -> bool:
    before, after = text[: run.start], text[run.end :]
    if _registered(run.digits, known) or all(_registered(g, known) for g in run.groups):
        return True
    called = bool(_CALLED.search(before))
    if called:
        return len(run.digits) < 3 or bool(re.fullmatch(r"\d{1,2}[:.]\d\d", run.printed))
    if _EVERYDAY.fullmatch(run.printed) or _counting(run.groups):
        return True
    amount = bool(_AMOUNT.fullmatch(run.printed))
    if amount and (_MONEY.search(before) or _COUNTED.match(after)):
        return True
    if amount and len(run.digits) <= 6 and not _SHARED.search(before):
        return True
    return len(run.digits) < 5


def _registered(digits: str, known: frozenset[str]) -> bool:
    """As printed, or with the code of the country in front."""
    return digits in known or any(
        len(n) > 6 and digits.endswith(n.lstrip("0")) and len(digits) - len(n.lstrip("0")) <= 4 for n in known
    )


def _counting(groups: tuple[str, ...]) -> bool:
    """One, two, three … or five, four, three …: a count, as in an exercise."""
    numbers = [int(g) for g in groups]
    steps = {b - a for a, b in pairwise(numbers)}
    return len(numbers) > 2 and steps in ({1}, {-1})


def _runs(text: str) -> Iterator[_Run]:
    """Digits and spoken digits that follow one another with nothing but marks and small words between."""
    groups: list[str] = []
    start = end = 0
    gap = ""
    times = 1
    tens = False
    for match in _TOKEN.finditer(text):
        word = match[0].lower()
        digits = word if word.isdigit() else _SPOKEN.get(word, "")
        if digits:
            if groups and _apart(gap, groups[-1], digits):
                yield from _whole(text, groups, start, end)
                groups = []
            joined = bool(groups) and tens and gap in ("-", " ") and word in _UNITS[1:]
            start = start if groups else match.start()
            groups = [*groups[:-1], groups[-1] + digits] if joined else [*groups, digits * times]
            end, gap, times, tens = match.end(), "", 1, word in _TENS
        elif word in _REPEATED:
            times = _REPEATED[word]
        elif word in _FILLERS or not word[0].isalpha():
            gap += word
        else:
            yield from _whole(text, groups, start, end)
            groups, gap, times = [], "", 1
    yield from _whole(text, groups, start, end)


def _apart(gap: str, before: str, after: str) -> bool:
    """Whether two groups of digits belong to different numbers: 40, 55 and 60 do, 0, 8, 0 do not."""
    listed = "," in gap or "and" in gap
    return len("".join(gap.split())) > 6 or (listed and len(before + after) > 2)


def _whole(text: str, groups: list[str], start: int, end: int) -> Iterator[_Run]:
    if groups:
        yield _Run(text[start:end], "".join(groups), tuple(groups), start, end)
