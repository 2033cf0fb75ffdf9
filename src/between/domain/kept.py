"""What a person keeps: entries, conversations, choices, and what the safety rules remember."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import NewType

ItemId = NewType("ItemId", str)
"""128 random bits as 32 hex digits; says nothing about what it names."""

OwnerId = NewType("OwnerId", str)
"""The vault that an item belongs to, in the same form as an item id."""

Sealed = NewType("Sealed", bytes)
"""Authenticated ciphertext. Only ``vault`` makes it; the store accepts nothing else."""


class Role(StrEnum):
    """Who wrote a message."""

    PERSON = "person"
    COMPANION = "companion"


class Mood(IntEnum):
    """How a day felt, as the person says it; never inferred."""

    VERY_LOW = 1
    LOW = 2
    SO_SO = 3
    GOOD = 4
    VERY_GOOD = 5


class Tier(IntEnum):
    """How acute a text may be (docs: clinical requirements 2.2). A routing aid, never a score to show."""

    NONE = 0
    DISTRESS = 1
    PASSIVE = 2
    ACTIVE = 3
    IMMEDIATE = 4


class Stance(StrEnum):
    """What the person asks the companion to do."""

    LISTEN = "listen"
    EXPLORE = "explore"
    CHALLENGE = "challenge"
    PRACTICAL = "practical"


class Intent(StrEnum):
    """What a text seems to want."""

    VENT = "vent"
    HEARD = "heard"
    THINK = "think"
    ANOTHER_VIEW = "another_view"
    DECIDE = "decide"
    PRACTISE = "practise"
    LEARN = "learn"
    ASK_PAST = "ask_past"
    SMALL_TALK = "small_talk"
    GREETING = "greeting"
    THANKS = "thanks"
    GOODBYE = "goodbye"
    ABOUT_COMPANION = "about_companion"


# What a person keeps ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Entry:
    """One journal entry. Entries and messages are the only truth; all else is derived from them."""

    id: ItemId
    at: datetime
    """When it happened, as the person says: aware, in the person's own offset, may be back-dated."""
    text: str = field(repr=False)
    title: str = field(default="", repr=False)
    tags: tuple[str, ...] = field(default=(), repr=False)
    mood: Mood | None = field(default=None, repr=False)
    written_at: datetime | None = None
    """When it was first saved; ``None`` for imports that do not say."""
    edited_at: datetime | None = None
    source: str = "written"
    """``written``, ``conversation``, ``exercise``, or ``import:<format>``."""
    remember: bool = True
    """False: never recalled, never in insights."""
    tier: Tier = Tier.NONE
    """What the screen said when it was saved; crisis entries stay out of insights and recall."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """A thread of messages."""

    id: ItemId
    at: datetime
    title: str = field(default="", repr=False)
    remember: bool = True


@dataclass(frozen=True, slots=True)
class Recalled:
    """A past passage that came back, with the reason that the person is shown."""

    source_id: ItemId
    """The entry or message that it stands in."""
    source: str
    """``entry`` or ``message``."""
    at: datetime
    text: str = field(repr=False)
    """An exact piece of the source."""
    why: str = field(repr=False)
    """One short clause, as words or as a key of the wording: why this passage came."""
    score: float
    """0 to 1, comparable within one recall only."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a reply came from, kept sealed with it."""

    engine: str
    """``guide``, ``model``, ``safety``, or ``product`` for what it says itself, whoever answers."""
    model: str
    """The model's name, or the guide's content version."""
    prompt: str
    """Content hash of the prompt or guide files used."""
    passages: tuple[Recalled, ...] = field(default=(), repr=False)
    sent: str = field(default="", repr=False)
    """Exactly what left this computer; empty when nothing did."""
    sent_to: str = ""
    """Origin that it was sent to, in older replies the host alone; empty when nothing was sent."""
    move: str = ""
    """What the reply does: ``reflect``, ``ask``, ``recall`` …"""
    held_back: tuple[str, ...] = ()
    """Reasons for which the guard replaced a sentence."""
    opinion: str = ""
    """What a second opinion did: ``raised``, ``lowered``, ``same`` or ``unavailable``; empty when none was asked for."""


@dataclass(frozen=True, slots=True)
class Message:
    """One thing said in a conversation."""

    id: ItemId
    conversation_id: ItemId
    at: datetime
    role: Role
    text: str = field(repr=False)
    partial: bool = False
    """The reply was cut: stopped, tab closed, connection lost."""
    provenance: Provenance | None = field(default=None, repr=False)
    tier: Tier = Tier.NONE
    remember: bool = True
    card: str = ""
    """Id of the safety card shown with it; empty for none."""
    feedback: str = field(default="", repr=False)
    """The person's reaction: empty, ``not_what_i_meant`` or ``report``, with a comment after a colon."""


@dataclass(frozen=True, slots=True)
class Draft:
    """Unsaved words, kept so that a closed tab loses nothing."""

    id: ItemId
    place: str
    """``journal`` or ``chat:<conversation id>``."""
    at: datetime
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An OpenAI-compatible model that the person set up."""

    base_url: str
    model: str
    api_key: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Profile:
    """What the person chose for their space; sealed like everything else."""

    id: ItemId
    country: str = ""
    """ISO 3166-1 alpha-2, or empty when not chosen."""
    stance: Stance = Stance.EXPLORE
    memory_on: bool = True
    engine: str = "guide"
    """``guide`` or ``model``."""
    endpoint: Endpoint | None = None
    idle_minutes: int = 15
    streaming: bool = True
    """False shows each reply whole, which screen readers read once."""
    pauses: bool = True
    """A line after half an hour, a way to close after an hour, and so on."""
    follow_up: bool = True
    """The first page after a hard time asks once how it is now."""


@dataclass(frozen=True, slots=True)
class Consent:
    """A yes that can be taken back."""

    id: ItemId
    purpose: str
    """``model:<origin> <name>`` and the like."""
    text_version: str
    """Hash of the exact words that were agreed to."""
    at: datetime
    withdrawn_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class RiskState:
    """What the safety rules remember across chats, explained to the person in plain text."""

    id: ItemId
    tier: Tier = Tier.NONE
    lanes: tuple[str, ...] = ()
    since: datetime | None = None
    turns_since: int = 0
    """Person's turns since the tier last rose."""
    asked: bool = False
    """The one safety question of this escalation has been asked."""
    causes: tuple[str, ...] = field(default=(), repr=False)
    """What raised it, in plain words with the date."""
    lane_times: tuple[tuple[str, datetime], ...] = ()
    """When each lane was last seen, so that it can end."""
    lows: tuple[datetime, ...] = ()
    """When texts of the last days sounded low, none of them acute by itself."""
    refusals: int = 0
    """How often help was refused since the tier last rose."""
    asking: str = ""
    """The card whose question waits for a plain answer, in the very next text; empty for none."""
    asked_at: datetime | None = None
    """When it was put."""
    seen: datetime | None = None
    """When the person wrote last."""
    adult_at: datetime | None = None
    """When the person last said that they are 18 or older, against a text that sounded younger."""
    firm: bool = False
    """A hard rule stands behind the tier, so that no “not what I meant” takes it back."""


@dataclass(frozen=True, slots=True)
class SafetyPlan:
    """What helps this person when it gets hard, in their own words; kept only when they save it.

    Never recalled, never in insights, never sent to a model.
    """

    id: ItemId
    at: datetime
    """When it was saved last."""
    signs: str = field(default="", repr=False)
    myself: str = field(default="", repr=False)
    places: str = field(default="", repr=False)
    helpers: str = field(default="", repr=False)
    professionals: str = field(default="", repr=False)
    safer: str = field(default="", repr=False)
    holding: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Trusted:
    """Someone this person could reach in a hard hour. The software never writes to them."""

    id: ItemId
    at: datetime
    name: str = field(repr=False)
    reach: str = field(default="", repr=False)
    """A telephone number, an e-mail address, or how else to find them."""
    note: str = field(default="", repr=False)
