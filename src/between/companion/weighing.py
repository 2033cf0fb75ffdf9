"""Asks for a second opinion on a message that the safety rules have looked at, and keeps what it changes."""

from __future__ import annotations

from dataclasses import replace

from between.companion import threads
from between.companion.heard import Heard
from between.companion.ports import Engine, Parts
from between.domain import Asked, Finding, Message, Provenance, RiskState, Tier
from between.errors import Forgotten
from between.safety.opinion import outcome


def comes_first(parts: Parts, heard: Heard) -> bool:
    """Whether the reply depends on it. Where reviewed words answer in any case, they never wait for a model."""
    found = (heard.finding, heard.state)
    return parts.safety.may_speak(*found) or parts.safety.may_lower(*found)


def ask(parts: Parts, heard: Heard, engine: Engine) -> tuple[Finding, Asked] | None:
    """The finding after it, and what was asked; ``None`` where nobody is to be asked.

    ``Forgotten`` when the message was deleted meanwhile.
    """
    adviser = parts.adviser(engine)
    if adviser is None or not parts.safety.wants_opinion(heard.finding, heard.state):
        return None
    asked = adviser.opinion(heard.turn)
    if not threads.awaited(parts.diary, heard.message):
        raise Forgotten
    return parts.safety.weigh(heard.finding, asked.opinion, heard.state), asked


def as_kept(looked: Finding, message: Message) -> Finding:
    """Another look at a message never sees less in it than was once seen, by an answer of its time or by an opinion."""
    if message.tier < Tier.PASSIVE or message.tier <= looked.tier:
        return looked
    return replace(looked, tier=message.tier)


def changes(before: Finding, after: Finding) -> bool:
    """Whether anything but the record of it is new."""
    return (before.tier, before.lanes) != (after.tier, after.lanes)


def keep(parts: Parts, heard: Heard, finding: Finding, now: RiskState) -> tuple[Message, RiskState]:
    """The message with its new tier and card, and what is remembered, as if the screen had found it at once."""
    text, diary = heard.message.text, parts.diary
    # Unless another page wrote meanwhile, the text is counted once, from the state before it; the first has no record.
    before = replace(heard.before, id=now.id) if heard.before and now == heard.state else now
    state = parts.safety.weighed((before, now), finding, parts.clock(), text)
    card = parts.safety.card(finding, state)
    kept = threads.message(diary, heard.message.id)
    message = replace(kept, tier=finding.tier, card=card)
    conversation = threads.conversation(diary, message.conversation_id)
    if finding.tier >= Tier.PASSIVE and conversation.title == threads.title_of(text, Tier.NONE):
        conversation = replace(conversation, title="")
    try:
        diary.put_beside((message.id, conversation.id), state, message, conversation)
    except Forgotten:  # deleted just now: what was seen is kept all the same
        diary.put(state)
        raise
    if card and finding.tier > heard.finding.tier:
        parts.count(finding.tier)
    return message, state


def noted(source: Provenance, heard: Heard) -> Provenance:
    """Where a reply came from, with what a second opinion was sent and what it did."""
    asked = heard.asked
    if asked is None:
        return source
    sent = "\n\n".join(one for one in (asked.sent, source.sent) if one)
    return replace(source, sent=sent, sent_to=source.sent_to or asked.sent_to, opinion=outcome(heard.finding))
