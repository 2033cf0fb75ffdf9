"""Makes a card out of the reviewed words; its numbers come from the registry only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from between.safety.helplines import EMERGENCY, Helpline, closedness, registry
from between.safety.reviewed import Template, template, templates

_CLOSED = 2


@dataclass(frozen=True, slots=True)
class Card:
    """What is shown: reviewed words and real numbers, nothing of the person's."""

    id: str
    title: str
    lines: tuple[str, ...]
    """Paragraphs in order."""
    question: str = ""
    contacts: tuple[Helpline, ...] = field(default=())
    """At most three, where to start first."""
    urgent: bool = False
    safety_only: bool = False
    """The engine does not speak; the card is the reply."""
    offers: tuple[str, ...] = ()
    """What stands under it: the person's own ``plan``, a way to ``leave`` quickly, an offer to ``unsave``."""
    buttons: bool = False
    """The three answers stand under the question."""
    folded: bool = False
    """Shown in one line."""

    @property
    def text(self) -> str:
        """The whole card as one text."""
        return "\n\n".join([*self.lines, self.question]).strip()


def card_ids() -> frozenset[str]:
    """The cards that there are; an import may name one that there never was."""
    return frozenset(t.id for t in templates().card)


def build(
    card_id: str,
    country: str,
    at: datetime,
    seed: int,
    *,
    asks: bool = True,
    folded: bool = False,
    swapped: bool = False,
) -> Card:
    """The card of this id, with one choice among its paraphrases and the lines that are open at this moment.

    ``asks``: with its question. ``swapped``: the line that would be first was refused, so another one is.
    """
    made = template(card_id)
    contacts = _contacts(made, country, at, swapped)
    fills = _fills(made, country, at, contacts)
    lines = []
    for place, slot in enumerate(made.slots):
        options = [text for option in slot if (text := _filled(option, fills))]
        if options:
            lines.append(options[(seed + place) % len(options)])
    question = made.question[seed % len(made.question)] if asks and made.question else ""
    return Card(
        card_id,
        made.title,
        tuple(lines),
        question=question,
        contacts=contacts,
        urgent=made.urgent,
        safety_only=made.safety_only,
        offers=made.offers,
        buttons=made.buttons and bool(question),
        folded=folded,
    )


def _filled(option: str, fills: dict[str, str]) -> str:
    """The paragraph with its places filled, or nothing when one cannot be."""
    text = option
    for name, value in fills.items():
        if f"{{{name}}}" in text:
            if not value:
                return ""
            text = text.replace(f"{{{name}}}", value)
    return text


def _contacts(template: Template, country: str, at: datetime, swapped: bool) -> tuple[Helpline, ...]:
    """Emergency first where it is called for; then the topic's own lines, but none that is closed before an open one."""
    lines = registry()
    topical = [h for h in lines.for_country(country, at, template.topic) if _is_for(h, template.topic)]
    general = [h for h in lines.for_country(country, at) if h not in topical and h.audience == "anyone"]
    paired = [h for h in lines.helplines if topical and h.id in topical[0].paired_with]
    people = list(dict.fromkeys([*topical[:1], *paired, *topical[1:], *general]))
    if swapped:  # to be written to comes before to be called, and what was first comes last
        people = sorted(people[1:], key=lambda h: not (h.sms or h.chat_url)) + people[:1]
        topical = []
    people.sort(key=lambda h: closedness(h, at))
    nobody_answers = bool(people) and closedness(people[0], at) == _CLOSED
    urgent = lines.emergency(country)[:1] if template.emergency_first or nobody_answers else ()
    room = template.contacts - len(urgent)
    chosen = people[: max(room, 0)]
    if topical and room > 1 and topical[0] not in chosen:
        chosen[-1] = topical[0]
    return (*urgent, *chosen)[: template.contacts]


def _is_for(line: Helpline, topic: str) -> bool:
    """Whether a line is for whoever reads the card: some are for men, for veterans, for one part of a country."""
    return topic == "child" or (line.audience == "anyone" and not line.region)


def _fills(template: Template, country: str, at: datetime, contacts: tuple[Helpline, ...]) -> dict[str, str]:
    words = templates().contact
    lines = registry()
    emergency = lines.emergency(country)
    people = [c for c in contacts if EMERGENCY not in c.topics] or lines.for_country(country, at)[:1]
    short = "_short" if template.brief else ""
    poison = lines.for_country(country, at, "poison")
    return {
        "contact": _start_here(template, people, at) or words[f"nobody{short}"],
        "emergency": words["emergency"].format(number=emergency[0].dial)
        if emergency
        else words[f"emergency_unknown{short}"],
        "poison": _named(poison[0]) if poison else "",
        "text_option": _in_writing(lines.for_country(country, at)),
    }


def _start_here(template: Template, people: Sequence[Helpline], at: datetime) -> str:
    """The line to start with; where the topic's own one may not be open now, both are named; empty for none."""
    if not people:
        return ""
    words, first = templates().contact, _named(people[0])
    if closedness(people[0], at) == _CLOSED:
        return "" if template.brief else words["closed_now"].format(line=first)
    own = next((h for h in people if template.topic in h.topics), None)
    if template.brief or own is None or own is people[0]:
        return first
    return words["own_later"].format(first=first, own=_named(own))


def _in_writing(lines: Sequence[Helpline]) -> str:
    """A line that answers in writing; empty where there is none."""
    written = next((h for h in lines if h.sms), None)
    if written:
        return _named(written, by_text=True)
    chat = next((h for h in lines if h.chat_url), None)
    return templates().contact["by_chat"].format(name=chat.name, chat=chat.chat_url) if chat else ""


def _named(line: Helpline, *, by_text: bool = False) -> str:
    words = templates().contact
    if line.sms and (by_text or not line.dial):
        key = "by_text" if line.sms.body else "by_text_plain"
        return words[key].format(name=line.name, body=line.sms.body, to=line.sms.to)
    if line.dial:
        return words["one"].format(name=line.name, dial=line.dial)
    return words["by_chat"].format(name=line.name, chat=line.chat_url)
