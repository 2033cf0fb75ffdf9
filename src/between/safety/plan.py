"""A safety plan in the person's own words, and people they could reach: kept when they save, sent to nobody.

Neither is ever recalled, counted in insights or put before an engine: memory, insights and companion do not know
these records. What is typed here passes the same rules as every other text of the person.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache
from typing import Protocol, TypeVar

from between.domain import ItemId, SafetyPlan, Trusted
from between.errors import EmptyEntry, Forgotten
from between.safety.cards import Card
from between.safety.reviewed import FOLDER, Strict, read

PARTS = ("signs", "myself", "places", "helpers", "professionals", "safer", "holding")
LONGEST = 4_000
"""Characters in one part of the plan, or in a message."""
_MAIL = re.compile(r"[^\s@<>?&\"']+@[^\s@<>?&\"']+\.[^\s@<>?&\"'.]+")
_PHONE = re.compile(r"[+(]?\d[\d\s().\-/]*\d")
_DIGITS = range(3, 16)

Kept = TypeVar("Kept", bound=SafetyPlan | Trusted)


class Part(Strict):
    """One heading of the plan."""

    id: str
    title: str
    hint: str


class Drafted(Strict):
    """A short message that the person may change and send by themselves."""

    id: str
    label: str
    text: str


class PlanWords(Strict):
    """``plan.toml``."""

    version: str
    reviewed_by: str
    reviewed_on: str
    title: str
    people: str
    """Headline of the list of people."""
    part: tuple[Part, ...]
    message: tuple[Drafted, ...]


@lru_cache(maxsize=1)
def plan_words() -> PlanWords:
    """The reviewed headings, hints and messages."""
    return read(FOLDER / "plan.toml", PlanWords)


@dataclass(frozen=True, slots=True)
class Ways:
    """How someone can be reached from this device; empty where what was written allows none."""

    number: str = field(default="", repr=False)
    """Digits as they are dialled."""
    mail: str = field(default="", repr=False)


def ways(reach: str) -> Ways:
    """What a contact, as the person wrote it, can be used for."""
    written = reach.strip()
    if _MAIL.fullmatch(written):
        return Ways(mail=written)
    digits = re.sub(r"[^\d+]", "", written)
    if _PHONE.fullmatch(written) and len(digits.lstrip("+")) in _DIGITS:
        return Ways(number=digits)
    return Ways()


def drafted(message_id: str, name: str) -> str:
    """A message to someone, with their name in it."""
    found = next(one for one in plan_words().message if one.id == message_id)
    return found.text.replace("{name}", " ".join(name.split()))


class Diary(Protocol):
    """What is needed of the unlocked diary."""

    def put(self, *records: SafetyPlan | Trusted) -> None:
        """Save all of them or none; an id that is there is replaced."""

    def put_beside(self, needed: tuple[ItemId, ...], *records: SafetyPlan | Trusted) -> None:
        """The same if all these are still there; else ``Forgotten``."""

    def get(self, cls: type[Kept], id: ItemId) -> Kept | None:
        """The record, or ``None``."""

    def all(self, cls: type[Kept]) -> list[Kept]:
        """Every record of the class, oldest first."""

    def one(self, cls: type[Kept]) -> Kept | None:
        """The newest record of the class, or ``None``."""

    def forget(self, *ids: ItemId) -> None:
        """Remove records for good."""


class Plan:
    """The plan and the people of one space."""

    def __init__(
        self,
        diary: Diary,
        hear: Callable[[str], Card | None],
        clock: Callable[[], datetime],
        new_id: Callable[[], ItemId],
    ) -> None:
        """``hear`` is the safety rules' look at words that were typed now."""
        self._diary, self._hear = diary, hear
        self._clock, self._new_id = clock, new_id

    # The plan ---------------------------------------------------------------------------------------

    def kept(self) -> SafetyPlan | None:
        """What was saved last."""
        return self._diary.one(SafetyPlan)

    def save(self, parts: Mapping[str, str]) -> Card | None:
        """Keep these words; the card that the new ones among them call for, if any."""
        before = self.kept()
        clean = {name: parts.get(name, "").strip() for name in PARTS}
        new = [text for name, text in clean.items() if text and text != getattr(before, name, "")]
        if any(clean.values()):
            id = before.id if before else self._new_id()
            self._diary.put(SafetyPlan(id=id, at=self._clock(), **clean))
        elif before:
            self._diary.forget(before.id)
        return self._hear("\n\n".join(new))

    def remove(self) -> None:
        """Delete the plan."""
        self._diary.forget(*(one.id for one in self._diary.all(SafetyPlan)))

    # People -----------------------------------------------------------------------------------------

    def people(self) -> list[Trusted]:
        """Who could be reached, in the order in which they were added."""
        return self._diary.all(Trusted)

    def person(self, id: ItemId) -> Trusted | None:
        """One of them."""
        return self._diary.get(Trusted, id)

    def add(self, name: str, reach: str = "", note: str = "") -> Card | None:
        """Keep someone; the card that these words call for, if any. ``EmptyEntry`` without a name."""
        added = _named(Trusted(self._new_id(), self._clock(), name, reach, note))
        self._diary.put(added)
        return self._hear(_said(added))

    def change(self, id: ItemId, name: str, reach: str, note: str) -> Card | None:
        """Change what is kept about someone; ``Forgotten`` when they were removed meanwhile."""
        before = self.person(id)
        if before is None:
            raise Forgotten
        after = _named(replace(before, name=name, reach=reach, note=note))
        self._diary.put_beside((id,), after)
        return self._hear(_said(after)) if _said(after) != _said(before) else None

    def remove_person(self, id: ItemId) -> None:
        """Delete someone from the list."""
        self._diary.forget(id)

    def typed(self, message: str) -> Card | None:
        """A message that the person wrote to somebody: looked at like all else, and not kept."""
        return self._hear(message)


def as_markdown(plan: SafetyPlan | None, people: Sequence[Trusted]) -> str:
    """Plan and people as a page to take along; empty when there is neither."""
    words = plan_words()
    pieces = [
        f"## {part.title}\n\n{getattr(plan, part.id)}"
        for part in words.part
        if plan is not None and getattr(plan, part.id)
    ]
    lines = [" · ".join(filter(None, (one.name, one.reach, one.note))) for one in people]
    if lines:
        pieces.append(f"## {words.people}\n\n" + "\n".join(f"- {line}" for line in lines))
    return "\n\n".join([f"# {words.title}", *pieces]) + "\n" if pieces else ""


def _named(person: Trusted) -> Trusted:
    clean = replace(
        person,
        name=" ".join(person.name.split()),
        reach=" ".join(person.reach.split()),
        note=person.note.strip(),
    )
    if not clean.name:
        raise EmptyEntry
    return clean


def _said(person: Trusted) -> str:
    return "\n".join(filter(None, (person.name, person.reach, person.note)))
