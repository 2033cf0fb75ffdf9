"""A reply whose conversation, or whose message, goes away while it is spoken; and a space that is locked then."""

from __future__ import annotations

import pytest

from between.companion import threads
from between.companion.heard import Heard
from between.domain import Conversation, Message, Provenance, RiskState, Role, Tier
from between.errors import Forgotten, Locked, StoreFull
from tests.fakes_companion import DANGER, FakeEngine, FakeMemory, Room

TEXT = "It rains again"


@pytest.fixture
def room() -> Room:
    return Room()


@pytest.fixture
def heard(room: Room) -> Heard:
    return room.companion.hear(room.companion.start().id, TEXT)


def kept(room: Room) -> list[tuple[str, bool]]:
    return [(reply.text, reply.partial) for reply in room.replies()]


def test_a_reply_stops_and_is_not_kept_when_its_conversation_is_deleted(room: Room, heard: Heard) -> None:
    engine = FakeEngine("One. ", "Two. ", "Three.")
    pieces = room.companion.answer(heard, engine)
    assert next(pieces) == "One. "
    room.companion.forget_conversation(heard.message.conversation_id)
    assert list(pieces) == []
    assert engine.drawn == 2
    assert engine.closed
    assert room.diary.all(Message) == []
    assert room.diary.all(Conversation) == []
    assert room.memory.remembered == []


def test_a_stopped_reply_to_a_message_that_is_gone_is_not_kept_either(room: Room, heard: Heard) -> None:
    pieces = room.companion.answer(heard, FakeEngine("One. ", "Two."))
    next(pieces)
    room.diary.forget(heard.message.id)
    pieces.close()
    assert room.diary.all(Message) == []
    assert room.memory.remembered == []


def test_the_last_piece_may_come_before_the_deletion_and_the_keeping_after_it(
    room: Room, heard: Heard
) -> None:
    class Deleting(FakeEngine):
        def _say(self, pieces):  # type: ignore[no-untyped-def]  # as its base
            yield from super()._say(pieces)
            room.companion.forget_conversation(heard.message.conversation_id)

    assert list(room.companion.answer(heard, Deleting("Whole."))) == ["Whole."]
    assert room.diary.all(Message) == []


def test_reviewed_words_to_a_message_that_is_gone_are_said_and_not_kept(room: Room) -> None:
    heard = room.companion.hear(room.companion.start().id, DANGER)
    room.companion.forget_conversation(heard.message.conversation_id)
    assert list(room.companion.answer(heard, FakeEngine()))
    assert room.diary.all(Message) == []


def test_what_is_read_for_memory_while_it_is_deleted_is_forgotten_again(room: Room, heard: Heard) -> None:
    class Slow(FakeMemory):
        def remember(self, record):  # type: ignore[no-untyped-def]  # as its base
            room.diary.forget(record.id)
            super().remember(record)

    memory = Slow(room.log)
    room.companion._parts = _with(room, memory)
    list(room.companion.answer(heard, FakeEngine()))
    assert memory.remembered == [TEXT]
    assert memory.forgotten == [heard.message.id]


def _with(room: Room, memory: FakeMemory):  # type: ignore[no-untyped-def]  # the parts, with another memory
    from dataclasses import replace

    return replace(room.companion._parts, memory=memory)


def test_a_reply_that_is_kept_while_its_conversation_is_being_deleted_goes_too(
    room: Room, heard: Heard
) -> None:
    late = Message(
        room.new_id(), heard.message.conversation_id, heard.message.at, Role.COMPANION, "Late.",
        provenance=Provenance("guide", "1", "p"),
    )  # fmt: skip

    class Slow(FakeMemory):
        def forget(self, *ids):  # type: ignore[no-untyped-def]  # as its base
            super().forget(*ids)
            if room.diary.get(Conversation, late.conversation_id) and late.id not in ids:
                room.diary.put(late)

    threads.forget(room.diary, Slow(room.log), late.conversation_id)
    assert room.diary.all(Message) == []


def test_a_message_into_a_conversation_that_is_just_deleted_never_brings_it_back(room: Room) -> None:
    conversation = room.companion.start()
    room.safety.tier = Tier.PASSIVE
    look = room.safety.look

    def looking(text, past):  # type: ignore[no-untyped-def]  # as the fake's
        room.companion.forget_conversation(conversation.id)
        return look(text, past)

    room.safety.look = looking  # type: ignore[method-assign]  # another tab deletes while the rules look
    with pytest.raises(Forgotten):
        room.companion.hear(conversation.id, TEXT)
    assert room.diary.all(Conversation) == []
    assert room.diary.all(Message) == []
    assert room.diary.one(RiskState).tier is Tier.PASSIVE


def test_feedback_never_brings_a_reply_back(room: Room, heard: Heard) -> None:
    list(room.companion.answer(heard, FakeEngine()))
    [reply] = room.replies()
    get = room.diary.get

    def getting(cls, id):  # type: ignore[no-untyped-def]  # as the fake's
        found = get(cls, id)
        room.diary.forget(id)  # another tab deletes it at this moment
        return found

    room.diary.get = getting
    with pytest.raises(Forgotten):
        room.companion.feedback(reply.id, "report: x")
    assert room.replies() == []


def test_locking_keeps_what_was_said_so_far_and_the_reply_goes_no_further(room: Room, heard: Heard) -> None:
    engine = FakeEngine("One. ", "Two. ", "Three.")
    pieces = room.companion.answer(heard, engine)
    next(pieces)
    room.companion.hush()
    assert kept(room) == [("One. ", True)]
    with pytest.raises(Locked):
        next(pieces)
    assert kept(room) == [("One. ", True)]
    assert engine.closed


def test_after_the_lock_no_reply_begins(room: Room, heard: Heard) -> None:
    room.companion.hush()
    engine = FakeEngine()
    with pytest.raises(Locked):
        list(room.companion.answer(heard, engine))
    assert (engine.drawn, kept(room)) == (0, [])


def test_a_disk_without_room_does_not_keep_anyone_from_locking(room: Room, heard: Heard) -> None:
    pieces = room.companion.answer(heard, FakeEngine("One. ", "Two."))
    next(pieces)
    room.diary.fails = StoreFull()
    room.companion.hush()
    with pytest.raises(Locked):
        next(pieces)


def test_a_reply_that_ended_before_the_lock_is_kept_once_and_whole(room: Room, heard: Heard) -> None:
    list(room.companion.answer(heard, FakeEngine("Whole.")))
    room.companion.hush()
    assert kept(room) == [("Whole.", False)]
