"""What a kept message says and what belongs to it: read and recalled, as far as the safety rules let an engine answer."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from between.companion import threads
from between.companion.caution import bars_recall, known
from between.companion.heard import Heard
from between.companion.ports import Parts
from between.domain import Finding, Intent, Message, Profile, Reading, Recalled, RiskState, Turn
from between.errors import BetweenError


def understand(parts: Parts, message: Message, finding: Finding, state: RiskState) -> Heard:
    """The message, ready to be answered; ``Forgotten`` when it is gone."""
    message = threads.message(parts.diary, message.id)  # as kept: half characters are mended
    talk = threads.messages(parts.diary, message.conversation_id)
    history = tuple(takewhile(lambda said: said.id != message.id, talk))
    told = known(finding, state)
    reading, trouble = Reading(Intent.VENT), None
    recalled: tuple[Recalled, ...] = ()
    profile = parts.diary.one(Profile) or Profile(parts.new_id())
    if parts.safety.may_speak(finding, state):
        try:
            reading = parts.reader.read(message.text, message.at)
            if not bars_recall(told) and message.remember and profile.memory_on:
                recalled = _recall(parts, message, history)
        except BetweenError as problem:  # an answer that knows less is better than none
            trouble = problem
    turn = Turn(
        message.text,
        message.at,
        reading,
        told,
        profile.stance,
        history=history,
        recalled=recalled,
    )
    return Heard(message, turn, state, finding, trouble=trouble)


def _recall(parts: Parts, message: Message, history: Sequence[Message]) -> tuple[Recalled, ...]:
    here = {said.id for said in (*history, message)}
    found = parts.memory.recall(message.text, message.at, history)
    return tuple(passage for passage in found if passage.source_id not in here)
