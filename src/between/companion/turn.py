"""One turn, end to end: what a person writes is looked at, kept, read, answered, and the answer kept."""

from __future__ import annotations

import threading
from collections.abc import Generator, Iterator
from contextlib import closing, suppress
from dataclasses import replace
from datetime import datetime

from between.companion import threads, weighing
from between.companion.caution import overtaken
from between.companion.consent import Consents, model_purpose
from between.companion.heard import Heard
from between.companion.ports import Engine, Parts
from between.companion.settled import settled
from between.companion.speaking import Voices, drawn, origin
from between.companion.understanding import understand
from between.domain import (
    Conversation,
    Draft,
    Finding,
    ItemId,
    Message,
    Past,
    Profile,
    Provenance,
    RiskState,
    Role,
    Tier,
)
from between.errors import BadReply, BetweenError, EmptyEntry, Forgotten, NotAgreed, TooLong
from between.safety import youth

LONGEST_MESSAGE = 20_000
"""Characters in one message."""


class Companion:
    """Everything that can happen in a conversation."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._hearing = threading.Lock()
        self._voices = Voices()
        self.consents = Consents(parts.diary, parts.clock, parts.new_id)

    # Conversations -------------------------------------------------------------------------------

    def start(self, remember: bool = True) -> Conversation:
        """A new conversation; one that is not to be remembered is kept but never recalled elsewhere."""
        made = Conversation(self._parts.new_id(), self._parts.clock(), remember=remember)
        self._parts.diary.put(made)
        return made

    def exists(self, conversation_id: ItemId) -> bool:
        """Whether a conversation is still there."""
        return self._parts.diary.get(Conversation, conversation_id) is not None

    def conversations(self) -> list[Conversation]:
        """Conversations in which something was said, the one that was used last first."""
        return threads.begun(self._parts.diary)

    def messages(self, conversation_id: ItemId) -> list[Message]:
        """What was said, oldest first."""
        return threads.messages(self._parts.diary, conversation_id)

    def forget_conversation(self, conversation_id: ItemId) -> None:
        """Remove it with everything derived from it."""
        threads.forget(self._parts.diary, self._parts.memory, conversation_id)

    def unquote(self, *sources: ItemId) -> None:
        """To be called when entries are forgotten: replies no longer keep pieces of them."""
        threads.unquote(self._parts.diary, sources)

    def feedback(self, message_id: ItemId, text: str) -> None:
        """Keep what the person thinks of a reply, with the reply."""
        told = replace(threads.message(self._parts.diary, message_id), feedback=text)
        self._parts.diary.put_beside((message_id,), told)

    def answers(self, message_id: ItemId) -> tuple[ItemId, ...]:
        """The replies to a message, which mean nothing without it; none for anything else."""
        asked = self._parts.diary.get(Message, message_id)
        return threads.answers(self._parts.diary, asked) if asked else ()

    def hush(self) -> None:
        """To be called before the diary closes: what is being said is kept as far as it came, then no more."""
        self._voices.hush()

    # Hearing -------------------------------------------------------------------------------------

    def hear(self, conversation_id: ItemId, text: str) -> Heard:
        """Look for danger, keep the message, then understand it; only in this order.

        ``EmptyEntry`` for no words; ``TooLong`` after the words were kept as the conversation's draft.
        """
        conversation = threads.conversation(self._parts.diary, conversation_id)
        if not text.strip():
            raise EmptyEntry
        with self._hearing:
            at = self._parts.clock()
            before = self._state()
            finding, state, card = self._look(text, at)
            youth.refuse(finding)
            if len(text) > LONGEST_MESSAGE:
                self._put_in(conversation, state, threads.draft(self._parts, conversation_id, text, at))
                raise TooLong(card)
            message = Message(
                id=self._parts.new_id(),
                conversation_id=conversation_id,
                at=at,
                role=Role.PERSON,
                text=text,
                tier=finding.tier,
                remember=conversation.remember and self._profile().memory_on,
                card=card,
            )
            title = conversation.title or threads.title_of(text, finding.tier)
            self._put_in(conversation, state, message, replace(conversation, title=title))
            self._parts.diary.forget(*(one.id for one in threads.drafts(self._parts.diary, conversation_id)))
        return replace(understand(self._parts, message, finding, state), before=before)

    def hear_again(self, message_id: ItemId) -> Heard:
        """The same message once more, for another reply; given a reply, the message that it answers."""
        asked = threads.message(self._parts.diary, message_id)
        talk = self.messages(asked.conversation_id)
        before = [said for said in talk[: talk.index(asked) + 1] if said.role is Role.PERSON]
        if not before:
            raise Forgotten
        message = before[-1]
        replies = threads.answers(self._parts.diary, message)
        looked = self._parts.safety.look(message.text, self._past(message.at, message.at))
        finding = weighing.as_kept(looked, message)
        return replace(understand(self._parts, message, finding, self._state()), replaces=replies)

    def _look(self, text: str, at: datetime) -> tuple[Finding, RiskState, str]:
        safety = self._parts.safety
        past = self._past(at)
        finding = safety.look(text, past)
        state = safety.step(past.state or self._state(), finding, at, text)
        return finding, state, safety.card(finding, state)

    # Answering -----------------------------------------------------------------------------------

    def answer(self, heard: Heard, engine: Engine) -> Generator[str, None, None]:
        """The reply, piece by piece, kept when it ends; cut short, what was said so far is kept as partial.

        Wrap it in ``contextlib.closing``: so a stopped page is noticed. An ``EngineError`` before the first
        piece leaves no reply, and the same ``heard`` can be answered by another engine.
        """
        first = weighing.comes_first(self._parts, heard)
        try:
            if first:
                heard = self._weighed(heard, engine)
            said = self._settled(heard)
            if said is None:
                yield from self._speak(heard, engine)
            else:
                kept = self._keep(heard, *said)
                yield said[0]
                if not first:
                    yield from self._more(heard, engine, kept)
        except Forgotten:  # deleted while a second opinion was asked for, so nobody waits
            return
        finally:
            self._remember(heard.message)

    def regenerate(self, conversation_id: ItemId, engine: Engine) -> Generator[str, None, None]:
        """Another reply to the last message; the old one goes when the new one is whole."""
        said = [one for one in self.messages(conversation_id) if one.role is Role.PERSON]
        if not said:
            raise Forgotten
        yield from self.answer(self.hear_again(said[-1].id), engine)

    def _weighed(self, heard: Heard, engine: Engine) -> Heard:
        """The same after a second opinion, where the person wants one."""
        found = weighing.ask(self._parts, heard, engine)
        if found is None:
            return heard
        finding, asked = found
        if not weighing.changes(heard.finding, finding):
            return replace(heard, finding=finding, asked=asked)
        with self._hearing:
            message, state = weighing.keep(self._parts, heard, finding, self._state())
        return replace(understand(self._parts, message, finding, state), replaces=heard.replaces, asked=asked)

    def _more(self, heard: Heard, engine: Engine, kept: Message | None) -> Iterator[str]:
        """What is to be added to reviewed words, where a second opinion raised what they answered."""
        weighed = self._weighed(heard, engine)
        if kept is not None and kept.provenance is not None and weighed.asked is not None:
            noted = replace(kept, provenance=weighing.noted(kept.provenance, weighed))
            self._parts.diary.put_beside((kept.id,), noted)
        if weighed.finding.tier > heard.finding.tier:
            yield from self._safety_instead(replace(weighed, replaces=()))

    def _speak(self, heard: Heard, engine: Engine) -> Generator[str, None, None]:
        speech = engine.reply(heard.turn)
        if speech.sent_to and not self.consents.agreed(model_purpose(speech.sent_to, speech.model)):
            raise NotAgreed
        guard = self._parts.guard(heard.turn)

        def keep(text: str, partial: bool) -> None:
            self._keep(heard, text, origin(heard.turn.recalled, speech, guard.held_back), partial)

        with self._voices.begin(keep) as reply:
            with closing(drawn(speech.pieces)) as pieces:
                passed = guard.pass_reviewed if speech.reviewed else guard.pass_on
                for piece in passed(pieces):
                    if not threads.awaited(self._parts.diary, heard.message):
                        reply.drop()
                        return
                    if overtaken(heard.state, self._state()):
                        reply.end(partial=True)
                        yield from self._safety_instead(heard)
                        return
                    reply.say(piece)
                    yield piece
            if reply.is_empty:
                raise BadReply

    def _safety_instead(self, heard: Heard) -> Iterator[str]:
        """What the safety rules say where danger was seen elsewhere while this reply was spoken (clinical R31)."""
        heard = replace(heard, state=self._state(), asked=None)
        said = self._settled(heard)
        if said is not None:
            self._keep(heard, *said)
            yield f"\n\n{said[0]}"

    def _settled(self, heard: Heard) -> tuple[str, Provenance] | None:
        found, country = (heard.finding, heard.state), self._profile().country
        return settled(self._parts.safety, heard.turn, found, country, self._parts.clock())

    def _keep(self, heard: Heard, text: str, source: Provenance, partial: bool = False) -> Message | None:
        if not text.strip():
            return None
        reply = Message(
            id=self._parts.new_id(),
            conversation_id=heard.message.conversation_id,
            at=self._parts.clock(),
            role=Role.COMPANION,
            text=text,
            partial=partial,
            provenance=weighing.noted(source, heard),
            remember=False,  # what software said is never recalled as if the person had written it
        )
        try:
            self._parts.diary.put_beside((heard.message.id, heard.message.conversation_id), reply)
        except Forgotten:  # what it answers was deleted meanwhile, so nobody waits for it
            return None
        if heard.replaces and not partial:
            self._parts.diary.forget(*heard.replaces)
        return reply

    def _remember(self, message: Message) -> None:
        """After the reply, so that nobody waits for it; crisis messages are never recalled."""
        diary, memory = self._parts.diary, self._parts.memory
        with suppress(BetweenError):  # the words are safe, and memory makes up for it when it opens
            kept = diary.get(Message, message.id)
            if kept is not None and kept.remember and kept.tier < Tier.PASSIVE:
                memory.remember(kept)
                if diary.get(Message, message.id) is None:  # deleted while it was read for memory
                    memory.forget(message.id)

    # What is known -------------------------------------------------------------------------------

    def _past(self, at: datetime, until: datetime | None = None) -> Past:
        return Past(at, threads.lately(self._parts.diary, at, until), self._state())

    def _profile(self) -> Profile:
        return self._parts.diary.one(Profile) or Profile(self._parts.new_id())

    def _state(self) -> RiskState:
        return self._parts.diary.one(RiskState) or RiskState(self._parts.new_id())

    def _put_in(
        self, conversation: Conversation, state: RiskState, *records: Conversation | Draft | Message
    ) -> None:
        """Keep them unless the conversation was deleted meanwhile; what the rules saw is kept all the same."""
        try:
            self._parts.diary.put_beside((conversation.id,), state, *records)
        except Forgotten:
            self._parts.diary.put(state)
            raise
