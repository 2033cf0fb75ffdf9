"""Chooses the reviewed card for what was found, and says it; numbers come from the registry only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from between.domain import Finding, RiskState, Tier
from between.safety.helplines import EMERGENCY, Helpline, closedness, registry
from between.safety.reviewed import Template, templates
from between.safety.state import question_due

_MAY_TALK = frozenset({"O", "H", "B", "X", "R", "Z"})
"""Lanes in which an engine may still answer in its own words, beside a card."""
_STICKY = frozenset({"P"})
_CLOSED = 2
# Which lane speaks when several are found: bodies and children first.
_ORDER = ("V", "P", "C", "A", "N", "E", "S", "O", "H", "B", "X", "U")


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
    """What stands under it: the person's own ``plan``, or a way to ``leave`` quickly."""

    @property
    def text(self) -> str:
        """The whole card as one text."""
        return "\n\n".join([*self.lines, self.question]).strip()


def card_for(found: Finding | RiskState, country: str, at: datetime, seed: int = 0) -> Card | None:
    """The card for a finding or a remembered state, or ``None`` where none is called for."""
    card_id = id_for(found)
    return build(card_id, country, at, seed) if card_id else None


def say(finding: Finding, state: RiskState, country: str, at: datetime, seed: int = 0) -> str:
    """The companion's reviewed reply when the engine must not speak freely; empty when it may."""
    if engine_may_speak(finding, state):
        return ""
    card = build(_spoken_id(finding, state), country, at, seed)
    ask = card.safety_only or card.id not in ("T2", "T3", "T3m") or question_due(state)
    return card.text if ask else "\n\n".join(card.lines)


def engine_may_speak(finding: Finding, state: RiskState) -> bool:
    """Whether an engine may answer in its own words; if not, ``say`` has the reply."""
    if finding.tier >= Tier.PASSIVE or state.tier == Tier.IMMEDIATE:
        return False
    if "minor" in finding.cues or _STICKY.intersection(state.lanes):
        return False
    if state.tier >= Tier.PASSIVE and {"R", "Z"}.intersection(finding.lanes):
        return False
    return set(finding.lanes) - {"V"} <= _MAY_TALK


def _spoken_id(finding: Finding, state: RiskState) -> str:
    if state.tier == Tier.IMMEDIATE and finding.tier < Tier.IMMEDIATE:
        return "Z" if "Z" in finding.lanes else "T4_stay"
    if finding.tier < Tier.PASSIVE and state.tier >= Tier.PASSIVE:
        for lane in ("Z", "R"):
            if lane in finding.lanes:
                return lane
    return id_for(finding) or id_for(state) or "T2"


def id_for(found: Finding | RiskState) -> str:
    """Which card a finding or a remembered state calls for; empty for none."""
    lanes = set(found.lanes)
    cues = set(found.cues) if isinstance(found, Finding) else set()
    if "minor" in cues:
        return "minor"
    match found.tier:
        case Tier.IMMEDIATE:
            if "now.taken_something" in cues or "substance.overdose_signs" in cues:
                return "T4_act"
            return "V4" if "V" in lanes and "N" not in lanes else "A4" if "abuse.danger_now" in cues else "T4"
        case Tier.ACTIVE:
            if "masked_means" in cues or "third.displaced" in cues:
                return "T3m"
            return next((lane for lane in ("V", "P", "N") if lane in lanes and _leads(lane, cues)), "T3")
        case Tier.PASSIVE:
            lane = next((x for x in _ORDER if x in lanes and x not in "OHBXU"), "")
            return "N_urge" if lane == "N" else lane or "T2"
    return next((x for x in _ORDER if x in lanes and x != "V"), "")


def _leads(lane: str, cues: set[str]) -> bool:
    """At tier 3 a lane's own card leads unless the text also speaks of ending one's life."""
    about_life = {c for c in cues if c.startswith(("active.", "now.", "c1.", "c3."))}
    return lane == "V" or not about_life


def card_ids() -> frozenset[str]:
    """The cards that there are; an import may name one that there never was."""
    return frozenset(t.id for t in templates().card)


def build(card_id: str, country: str, at: datetime, seed: int) -> Card:
    """The card of this id, with one choice among its paraphrases and the lines that are open at this moment."""
    template = next(t for t in templates().card if t.id == card_id)
    contacts = _contacts(template, country, at)
    fills = _fills(template, country, at, contacts)
    lines = []
    for place, slot in enumerate(template.slots):
        options = [text for option in slot if (text := _filled(option, fills))]
        if options:
            lines.append(options[(seed + place) % len(options)])
    return Card(
        card_id,
        template.title,
        tuple(lines),
        question=template.question[seed % len(template.question)] if template.question else "",
        contacts=contacts,
        urgent=template.urgent,
        safety_only=template.safety_only,
        offers=template.offers,
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


def _contacts(template: Template, country: str, at: datetime) -> tuple[Helpline, ...]:
    """Emergency first where it is called for; then the topic's own lines, but none that is closed before an open one."""
    lines = registry()
    topical = [h for h in lines.for_country(country, at, template.topic) if _is_for(h, template.topic)]
    general = [h for h in lines.for_country(country, at) if h not in topical and h.audience == "anyone"]
    paired = [h for h in lines.helplines if topical and h.id in topical[0].paired_with]
    people = list(dict.fromkeys([*topical[:1], *paired, *topical[1:], *general]))
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
        "poison": words["poison"].format(line=_named(poison[0])) if poison else "",
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
    """A line that answers in writing, in a sentence; empty where there is none."""
    words = templates().contact
    written = next((h for h in lines if h.sms), None)
    if written:
        return words["text_option"].format(line=_named(written, by_text=True))
    chat = next((h for h in lines if h.chat_url), None)
    if chat:
        return words["chat_option"].format(line=words["by_chat"].format(name=chat.name, chat=chat.chat_url))
    return ""


def _named(line: Helpline, *, by_text: bool = False) -> str:
    words = templates().contact
    if line.sms and (by_text or not line.dial):
        key = "by_text" if line.sms.body else "by_text_plain"
        return words[key].format(name=line.name, body=line.sms.body, to=line.sms.to)
    if line.dial:
        return words["one"].format(name=line.name, dial=line.dial)
    return words["by_chat"].format(name=line.name, chat=line.chat_url)
