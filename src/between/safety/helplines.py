"""Telephone numbers of people who help: the only source of any number that the product shows.

File format: ``prompts/safety/helplines.json`` with ``version``, ``fallback``, ``countries`` (ISO code ->
name and emergency numbers) and ``helplines`` (one record each, fields below). Short codes are kept as they
are dialled inside the country and never get a ``+``.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from between.errors import UnreadableRule
from between.prompts_dir import PROMPTS
from between.safety.hours import ALWAYS, Opening, are_readable, opening

FILE = PROMPTS / "safety" / "helplines.json"
CRISIS = "suicide"
EMERGENCY = "emergency"
TOPICS = {
    "hurt": ("domestic_violence", "sexual_violence", "trafficking"),
    "child": ("child",),
    "eating": ("eating",),
    "substance": ("substance",),
    "loss": ("bereavement",),
    "lgbtq": ("lgbtq",),
    "veterans": ("veterans",),
    "poison": ("poison",),
    "perinatal": ("perinatal",),
}
"""What a person can choose on the help pages, and the topics of the records that belong to it."""
OLDEST, AGEING = 365, 180
"""Days since a record was last looked at: too old to ship, and time to look again (clinical R70)."""
_TEL = re.compile(r"tel:(?:\*?\d{2,6}|\+?\d{7,15})")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Sms(_Strict):
    """Where to send a text message, and the word that opens it."""

    to: str = Field(pattern=r"^\d{3,15}$")
    body: str


class Helpline(_Strict):
    """One line, as it is printed and dialled."""

    id: str
    country: str = Field(pattern=r"^[A-Z]{2}$")
    region: str = ""
    name: str
    local_name: str = ""
    topics: tuple[str, ...] = Field(min_length=1)
    audience: str = "anyone"
    dial: str
    """As printed; empty for a line that only takes texts."""
    tel_uri: str = ""
    sms: Sms | None = None
    chat_url: str = ""
    whatsapp: str = ""
    hours: str = "24/7"
    """In ``tz``, in the format that ``safety/hours.py`` explains; empty when it varies."""
    tz: str = "UTC"
    languages: tuple[str, ...] = ()
    free: bool = True
    operator: str = ""
    source_url: str = ""
    confidence: str = Field(default="B", pattern="^[AB]$")
    verified_on: date | None = None
    verified_by: str = ""
    review_by: date | None = None
    paired_with: tuple[str, ...] = ()
    """Lines that must be shown together with this one."""
    notes: str = ""

    @model_validator(mode="after")
    def _can_be_reached(self) -> Self:
        if self.tel_uri and not _TEL.fullmatch(self.tel_uri):
            raise ValueError("not a number that can be dialled")
        if not (self.tel_uri or self.sms or self.chat_url):
            raise ValueError("no way to reach it")
        if self.chat_url and not self.chat_url.startswith("https://"):
            raise ValueError("not a page that can be opened safely")
        if not are_readable(self.hours):
            raise ValueError("hours that nobody can read")
        try:
            ZoneInfo(self.tz)
        except (ZoneInfoNotFoundError, ValueError):
            raise ValueError("a zone that there is not") from None
        return self

    def opening(self, at: datetime) -> Opening:
        """Whether someone answers at that time, and when that changes."""
        return opening(self.hours, self.tz, at)

    def age(self, today: date) -> int:
        """Days since it was last looked at; a record that never was is older than any."""
        return (today - self.verified_on).days if self.verified_on else OLDEST + 1


class _Country(_Strict):
    name: str
    emergency: tuple[str, ...] = Field(min_length=1)


class _Fallback(_Strict):
    emergency: tuple[str, ...]
    links: tuple[str, ...]


class Helplines(_Strict):
    """The registry."""

    version: str
    about: str
    emergency_name: str
    fallback: _Fallback
    """What to say where no line is known."""
    country_table: dict[str, _Country] = Field(alias="countries")
    helplines: tuple[Helpline, ...]

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        ids = [h.id for h in self.helplines]
        if len(set(ids)) != len(ids):
            raise ValueError("an id is used twice")
        for line in self.helplines:
            if line.country not in self.country_table or not set(line.paired_with) <= set(ids):
                raise ValueError("points at nothing")
        return self

    @classmethod
    def load(cls, path: Path = FILE) -> Helplines:
        """Read the registry; raises ``UnreadableRule`` when a record is malformed."""
        try:
            return cls.model_validate_json(path.read_bytes())
        except (ValidationError, OSError):
            raise UnreadableRule from None

    def for_country(self, code: str, at: datetime, topic: str = CRISIS) -> list[Helpline]:
        """Lines of one country for a topic, those that are open at this moment first; never another country's."""
        return self._sorted([h for h in self._of(code) if topic in h.topics], at)

    def for_help(self, code: str, at: datetime, chosen: str = "") -> list[Helpline]:
        """Lines for what was chosen among ``TOPICS``; those for anyone in distress when nothing was."""
        wanted = set(TOPICS.get(chosen, (CRISIS,)))
        return self._sorted([h for h in self._of(code) if wanted.intersection(h.topics)], at)

    def _of(self, code: str) -> list[Helpline]:
        return [h for h in self.helplines if h.country == code.upper()]

    def _sorted(self, lines: list[Helpline], at: datetime) -> list[Helpline]:
        return sorted(
            lines,
            key=lambda h: (
                closedness(h, at),
                h.hours != ALWAYS,
                h.audience != "anyone",
                not h.dial,
                h.region,
            ),
        )

    def stale(self, today: date, days: int = OLDEST) -> list[str]:
        """Ids of the records that nobody has looked at for longer than this."""
        return [h.id for h in self.helplines if h.age(today) > days]

    def emergency(self, code: str) -> tuple[Helpline, ...]:
        """The emergency numbers of a country, the one for an ambulance first; empty when unknown."""
        country = self.country_table.get(code.upper())
        if country is None:
            return ()
        return tuple(
            Helpline(
                id=f"{code.lower()}-emergency-{number}",
                country=code.upper(),
                name=self.emergency_name,
                topics=(EMERGENCY,),
                dial=number,
                tel_uri=f"tel:{number}",
                confidence="A",
            )
            for number in country.emergency
        )

    def countries(self) -> list[tuple[str, str]]:
        """Code and English name of every country that has lines, by name."""
        return sorted(((code, c.name) for code, c in self.country_table.items()), key=lambda pair: pair[1])

    def numbers(self) -> frozenset[str]:
        """Every number in the registry as digits only: what the guard lets pass."""
        printed = [h.dial for h in self.helplines] + [h.whatsapp for h in self.helplines]
        printed += [h.sms.to for h in self.helplines if h.sms]
        printed += [n for c in self.country_table.values() for n in c.emergency] + list(
            self.fallback.emergency
        )
        return frozenset(digits for p in printed if (digits := re.sub(r"\D", "", p)))


def closedness(line: Helpline, at: datetime) -> int:
    """0 for a line that is open, 1 where nobody knows, 2 for one that is closed."""
    return {True: 0, None: 1, False: 2}[line.opening(at).is_open]


@lru_cache(maxsize=1)
def registry() -> Helplines:
    """The packaged registry, read once: it holds nothing of any person."""
    return Helplines.load()
