"""Turns a turn into the messages that a model is sent: rules apart, the person's words as quoted data."""

from __future__ import annotations

from datetime import datetime

from between.domain import Message, Role, Tier, Turn
from between.engines.plain import plain
from between.engines.prompt import Prompts

HISTORY = 12
"""Earlier messages of the conversation that may be sent along."""
BUDGET = 2500
"""Tokens that they may cost together, at roughly four characters each."""
LONGEST, SHORTEST, CAREFUL = 120, 40, 60
"""Words in a reply: at most, at least allowed, and at most where care comes first (clinical R82)."""

MASKED = "T3m"
"""The card of a question about means in a hard hour."""

Sent = dict[str, str]
"""One message as it leaves: ``role`` and ``content``."""


def messages_for(turn: Turn, prompts: Prompts, boundary: str) -> list[Sent]:
    """The messages of one request; ``boundary`` is random, so that no text can close its own quotation."""
    words = prompts["words"]
    talk = [
        _said("user", words.fill(boundary=boundary, text=plain(message.text)))
        if message.role is Role.PERSON
        else _said("assistant", plain(message.text))
        for message in _recent(turn.history)
    ]
    now = [
        prompts["passage"].fill(
            boundary=boundary, when=_day(passage.at), kind=passage.source, text=plain(passage.text)
        )
        for passage in turn.recalled
    ]
    now.append(words.fill(boundary=boundary, text=plain(turn.text)))
    talk.append(_said("user", "\n\n".join(now)))
    return [_said("system", _rules(turn, prompts, boundary)), *_alternating(talk)]


def probe_messages(prompts: Prompts) -> list[Sent]:
    """A request that tries the connection and holds nobody's words."""
    return [_said("user", prompts["probe"].fill())]


def _rules(turn: Turn, prompts: Prompts, boundary: str) -> str:
    care = _care(turn)
    limit = max(SHORTEST, min(LONGEST, len(turn.text.split()) * 3 // 2))
    return prompts["system"].fill(
        boundary=boundary,
        limit=str(min(limit, CAREFUL) if care else limit),
        stance="" if care else prompts[f"stance-{turn.stance.value}"].fill(),
        care="\n\n".join(prompts[name].fill() for name in care or ["care-none"]),
        today=f"{turn.at:%A} {_day(turn.at)}, {turn.at:%H:%M}",
    )


def _care(turn: Turn) -> list[str]:
    """The sections that go above the person's chosen stance."""
    lanes, tier = set(turn.finding.lanes), turn.finding.tier
    beliefs = "P" in lanes
    wanted = {
        # What seems hardest is not given back in the person's words where it may be a belief (clinical R52).
        "care-risk": tier >= Tier.ACTIVE or (not beliefs and (tier >= Tier.PASSIVE or "T2" in lanes)),
        "care-harm": bool(lanes & {"A", "C"}),
        "care-beliefs": beliefs,
    }
    return [name for name, needed in wanted.items() if needed]


def _recent(history: tuple[Message, ...]) -> list[Message]:
    """What was said before, newest kept first; never a question about means, which is not to be answered later either."""
    history = tuple(message for message in history if not message.card.startswith(MASKED))
    kept: list[Message] = []
    left = BUDGET
    for message in reversed(history[-HISTORY:]):
        left -= len(message.text) // 4 + 1
        if left < 0:
            break
        kept.append(message)
    return kept[::-1]


def _alternating(talk: list[Sent]) -> list[Sent]:
    """Begin with the person and take turns: several local models refuse anything else."""
    turns: list[Sent] = []
    for message in talk:
        if turns and turns[-1]["role"] == message["role"]:
            turns[-1] = _said(message["role"], turns[-1]["content"] + "\n\n" + message["content"])
        elif turns or message["role"] == "user":
            turns.append(message)
    return turns


def _said(role: str, content: str) -> Sent:
    return {"role": role, "content": content}


def _day(at: datetime) -> str:
    return f"{at.day} {at:%B %Y}"
