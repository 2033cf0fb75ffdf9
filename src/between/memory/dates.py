"""Finds the stretch of time that a question names, and what is left of the question without it.

A grammar of its own marks where a phrase about time stands, because general date search sees dates in
"may", "march on", "sun" and "second"; what the phrase means is worked out in ``spans``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from between.domain import Period
from between.memory import spans
from between.memory.spans import Span

_LONG = "january|february|march|april|may|june|july|august|september|october|november|december"
_MONTH = rf"(?:(?:{_LONG})\b|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?)"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?\b"
_YEAR = r"(?:19[5-9]\d|20\d\d)\b(?![-/.]\d)"
_DATE = (
    r"(?:\d{4}[-/]\d{1,2}[-/]\d{1,2}\b|\d{1,2}[./]\d{1,2}[./]\d{4}\b"
    rf"|(?:the\s+)?{_DAY}\s+(?:of\s+)?{_MONTH}(?:,?\s+{_YEAR})?|{_MONTH}\s+(?:the\s+)?{_DAY}(?:,?\s+{_YEAR})?)"
)
_MONTH_YEAR = rf"(?:{_MONTH},?\s+(?:of\s+)?{_YEAR}|\d{{4}}-(?:0[1-9]|1[0-2])\b(?!-))"
_WEEKDAY = r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b"
_ENDS = rf"(?:{_DATE}|{_MONTH_YEAR}|(?:{_LONG})\b|{_YEAR}|{_WEEKDAY})"
_TO = r"\s*(?:\band\b|\bto\b|\buntil\b|\btill\b|\bthrough\b|[-–])\s*"
_TENS = (
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty)"
)
_VAGUE = r"(?:a\s+)?couple(?:\s+of)?|(?:a\s+)?few|several|some"
_COUNT = rf"(?P<count>{_VAGUE}|half\s+an?|an?|\d{{1,4}}|{_TENS}(?:[\s-]{_TENS})?)"
_UNIT = r"(?P<unit>day|night|week|fortnight|month|year|decade)"
_SEASON = r"(?P<season>spring|summer|autumn|fall|winter)\b"
_FEAST = r"(?P<feast>christmas|new\s+year|halloween|valentine)(?:['’]?s)?(?:\s+(?:eve|day))?\b"
_PART = r"(?:(?P<part>early|mid|late|(?:start|beginning|middle|end)\s+of)[\s-]+(?:the\s+)?)?"
_WHICH = r"(?:(?P<which>last|this)\s+(?:past\s+)?)"
_LEAD = (
    r"(?<![\w-])(?P<lead>(?:(?:back|ever)\s+)?"
    r"(?:in|during|throughout|since|over|around|at|on|from|of|for|within)\s+(?:the\s+)?)?(?:the\s+)?"
)
_AMOUNT = r"\s+(?:words?|people|steps|met(?:er|re)s?|miles?|km|calories|pieces|dollars|pounds|euros|times|minutes)\b"

Reading = Callable[["_Said", date], Span | None]


@dataclass(frozen=True, slots=True)
class _Said:
    """A marked phrase: its named groups in small letters, and the phrase as it was written."""

    match: re.Match[str]

    def __getitem__(self, group: str) -> str:
        found = self.match.groupdict().get(group) or ""
        return re.sub(r"\s+", " ", found.lower()).strip()

    def led_by(self, *words: str) -> bool:
        return bool(set(words) & set(self["lead"].split()))

    def of_year(self, today: date) -> int:
        return int(self["year"]) if self["year"] else today.year


def _between(said: _Said, today: date) -> Span | None:
    first, last = _bare(said["first"]), _bare(said["last"])
    begin, end = spans.of_date(first, today), spans.of_date(last, today)
    if begin is None or end is None:
        return None
    if not re.search(_YEAR, first) and re.search(_YEAR, last):
        begin = spans.of_date(f"{first} {end[1].year}", today) or begin
    if begin[0] > end[1]:
        begin = spans.of_date(first, end[1]) or begin
    return (begin[0], end[1]) if begin[0] <= end[1] else None


def _days(said: _Said, today: date) -> Span | None:
    """ "3-10 May", "May 3 to 10"."""
    rest = f"{said['month']} {said['year']}".strip()
    begin, end = (
        spans.of_date(f"{said['from']} {rest}", today),
        spans.of_date(f"{said['till']} {rest}", today),
    )
    return (begin[0], end[1]) if begin and end and begin[0] <= end[1] else None


def _date(said: _Said, today: date) -> Span | None:
    as_written = said.match["date"]
    verb = re.search(
        r"\b(?:may|march|mar)\b", as_written
    )  # small letters: "those 3 may come", "march 3 miles"
    sure = said.led_by("on", "since", "from") or re.search(r"\d(?:st|nd|rd|th)\b|\d{4}", as_written)
    if (verb and not sure) or re.match(_AMOUNT, said.match.string[said.match.end() :]):
        return None
    return spans.of_date(_bare(said["date"]), today)


def _bare(phrase: str) -> str:
    return re.sub(r"\b(?:the|of) |,", "", phrase)


def _month(said: _Said, today: date) -> Span | None:
    dated = re.search(r"\d", said["month"])
    if not (dated or said["part"] or said["which"] or said.led_by("in", "during", "throughout", "since")):
        return None
    span = spans.of_date(_bare(said["month"]), today)
    if span and said["which"] == "last" and span[1] >= today:
        span = spans.of_date(said["month"], span[0] - timedelta(1))
    return _part(said, span)


def _part(said: _Said, span: Span | None) -> Span | None:
    return spans.part_of(span, said["part"].split()[0]) if span and said["part"] else span


def _year(said: _Said, today: date) -> Span | None:
    led = said["part"] or said.led_by("in", "during", "throughout", "since", "of", "over")
    if not led or int(said["year"]) > today.year:
        return None
    return _part(said, spans.of_date(said["year"], today))


def _ago(said: _Said, today: date) -> Span | None:
    return spans.ago(said["count"].replace("-", " "), said["unit"], today)


def _lately(said: _Said, today: date) -> Span | None:
    return spans.lately(said["count"].replace("-", " ") or "one", said["unit"], today)


def _unit(said: _Said, today: date) -> Span | None:
    return spans.unit_of("before" if said["before"] else said["which"], said["unit"], today)


def _weekday(said: _Said, today: date) -> Span | None:
    alone = re.match(r"\s*(?:[?.!,;:]|$)", said.match.string[said.match.end() :])
    if not (said.led_by("on", "since") or said["which"] or said["hour"] or said["week"] or alone):
        return None
    return spans.weekday(said["weekday"], said["week"], today)


def _season(said: _Said, today: date) -> Span | None:
    led = said.led_by("in", "during", "over", "since") and said.led_by("the")
    if not (said["year"] or said["which"] or led):
        return None
    found = spans.season(said["season"], said.of_year(today))
    return found if said["year"] else spans.latest(found, today, over=said["which"] == "last")


def _feast(said: _Said, today: date) -> Span | None:
    if not (said["year"] or said["which"] or said.led_by("at", "on", "over", "since", "around")):
        return None
    found = spans.holiday(said["feast"], said.of_year(today))
    return found if said["year"] else spans.latest(found, today)


def _days_back(start: int, end: int) -> Reading:
    return lambda _said, today: (today - timedelta(start), today - timedelta(end))


_GRAMMAR: tuple[tuple[str, Reading], ...] = (  # the surest first: the first that reads a phrase decides
    (rf"(?:between|from)\s+(?P<first>{_ENDS}){_TO}(?P<last>{_ENDS})", _between),
    (rf"(?P<first>{_DATE}|{_MONTH_YEAR}){_TO}(?P<last>{_DATE}|{_MONTH_YEAR})", _between),
    (
        rf"(?P<from>{_DAY}){_TO}(?P<till>{_DAY})\s+(?:of\s+)?(?P<month>{_MONTH})(?:,?\s+(?P<year>{_YEAR}))?",
        _days,
    ),
    (rf"(?P<month>{_MONTH})\s+(?P<from>{_DAY}){_TO}(?P<till>{_DAY})(?!\w)(?:,?\s+(?P<year>{_YEAR}))?", _days),
    (rf"(?P<date>{_DATE})", _date),
    (rf"{_PART}(?P<month>{_MONTH_YEAR})", _month),
    (rf"{_PART}{_WHICH}?(?P<month>{_MONTH})(?!\s+(?:of\s+)?\d)", _month),
    (rf"{_WHICH}?{_SEASON}(?:\s+(?:of\s+)?(?P<year>{_YEAR}))?", _season),
    (rf"{_WHICH}?{_FEAST}(?:\s+(?:of\s+)?(?P<year>{_YEAR}))?", _feast),
    (rf"{_PART}(?P<year>{_YEAR})(?!{_AMOUNT})", _year),
    (rf"{_COUNT}\s+{_UNIT}s?\s+ago\b", _ago),
    (r"day\s+before\s+yesterday\b", _days_back(2, 2)),
    (r"night\s+before\s+last\b", _days_back(2, 2)),
    (r"this\s+time\s+last\s+year\b", _days_back(380, 350)),
    (r"(?P<unit>week|weekend|month|year)\s+(?P<before>before)\s+last\b", _unit),
    (
        rf"(?<!every )(?<!each )(?<!next )(?<!\ba ){_WHICH}?(?P<weekday>{_WEEKDAY})"
        r"(?:\s+(?P<hour>morning|afternoon|evening|night)\b)?(?:\s+(?:of\s+)?(?P<week>last|this)\s+week\b)?"
        r"(?!\s+(?:of\s+)?(?:next|mornings|afternoons|evenings|nights)\b)",
        _weekday,
    ),
    (rf"{_WHICH}(?P<unit>week|weekend|month|year)\b(?!\s+(?:of|before|in)\b)", _unit),
    (rf"(?:last|past)\s+{_COUNT}\s+{_UNIT}s?\b", _lately),
    (rf"past\s+{_UNIT}\b", _lately),
    (r"last\s+night\b|yesterday\b", _days_back(1, 1)),
    (r"other\s+(?:day|night|evening|morning)\b", _days_back(14, 1)),
    (r"today\b|tonight\b|this\s+(?:morning|afternoon|evening)\b", _days_back(0, 0)),
)
_RULES = tuple((re.compile(_LEAD + pattern, re.IGNORECASE), reading) for pattern, reading in _GRAMMAR)


def period(text: str, at: datetime) -> Period | None:
    """The stretch of days that a text names, seen from ``at`` and in the past where it can be; or ``None``."""
    today = at.date()
    for pattern, reading in _RULES:
        for match in pattern.finditer(text):
            said = _Said(match)
            span = reading(said, today)
            if span is None:
                continue
            end = max(span[0], today) if said.led_by("since") else span[1]
            return Period(span[0], end, match[0].strip())
    return None


def without(text: str, named: Period | None) -> str:
    """The question without its words about time: what to search for."""
    if named is None or not named.said:
        return text
    before, _, after = text.partition(named.said)
    return re.sub(r"\s+", " ", f"{before.rstrip()} {after.lstrip()}").strip()
