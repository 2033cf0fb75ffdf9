"""One turn: what is kept, in which order, and what an engine is told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from between.companion.turn import LONGEST_MESSAGE
from between.domain import Conversation, Draft, Message, Profile, RiskState, Role, Stance, Tier
from between.errors import BetweenError, EmptyEntry, EncoderMissing, Forgotten, StoreFull, TooLong
from tests.fakes_companion import DANGER, SAFE_WORDS, FakeEngine, Room, passage


@pytest.fixture
def room() -> Room:
    return Room()


def test_safety_looks_first_then_the_message_is_kept_then_it_is_read_recalled_and_answered(
    room: Room,
) -> None:
    room.say("It rains again")
    after_start = room.log[1:]
    assert after_start == [
        "looked",
        "kept RiskState Message Conversation",
        "read",
        "recalled",
        "asked the engine",
        "kept Message",
        "remembered",
    ]


def test_the_safety_rules_see_the_raw_text_and_what_was_written_lately_in_every_conversation(
    room: Room,
) -> None:
    room.say("first thing")
    room.say("second thing")
    room.say("third thing")
    assert room.safety.recent == ["first thing", "second thing"]


@pytest.mark.parametrize("part", ["reader", "memory"])
def test_a_part_that_fails_costs_nothing_but_its_own_work(room: Room, part: str) -> None:
    problem = EncoderMissing()
    getattr(room, part).fails = problem
    conversation = room.companion.start()
    heard = room.companion.hear(conversation.id, "It rains again")
    assert heard.trouble is problem
    assert room.companion.messages(conversation.id) == [heard.message]
    assert "".join(room.companion.answer(heard, FakeEngine())) == "You wrote about rain."


def test_a_message_that_cannot_be_kept_is_never_shown_to_an_engine(room: Room) -> None:
    conversation = room.companion.start()
    room.diary.fails = StoreFull()
    with pytest.raises(StoreFull):
        room.companion.hear(conversation.id, "It rains again")
    assert "read" not in room.log
    assert "asked the engine" not in room.log


def test_in_an_emergency_the_reviewed_words_answer_and_nothing_else_takes_part(room: Room) -> None:
    engine = FakeEngine(log=room.log)
    assert room.say(f"I am in {DANGER}", engine) == SAFE_WORDS
    assert engine.turns == []
    assert not {"read", "recalled", "asked the engine", "remembered"} & set(room.log)
    [reply] = room.replies()
    assert reply.provenance is not None
    assert (reply.provenance.engine, reply.provenance.sent, reply.text) == ("safety", "", SAFE_WORDS)
    [said] = [one for one in room.diary.all(Message) if one.role is Role.PERSON]
    assert (said.tier, said.card) == (Tier.IMMEDIATE, "card-4")
    assert room.diary.one(RiskState).tier is Tier.IMMEDIATE


def test_the_reviewed_words_are_kept_even_if_the_page_stops_at_once(room: Room) -> None:
    heard = room.companion.hear(room.companion.start().id, DANGER)
    answer = room.companion.answer(heard, FakeEngine())
    next(answer)
    answer.close()
    assert [(reply.text, reply.partial) for reply in room.replies()] == [(SAFE_WORDS, False)]


def test_what_the_rules_remember_reaches_the_engine_in_a_later_conversation(room: Room) -> None:
    room.safety.tier = Tier.ACTIVE
    room.say("It is hard")
    room.safety.tier = Tier.NONE
    engine = FakeEngine()
    room.say("It rains again", engine)
    assert engine.turns[0].finding.tier is Tier.ACTIVE
    assert engine.turns[0].recalled == ()


@pytest.mark.parametrize("lane", ["P", "A", "C"])
def test_the_past_is_not_brought_up_in_some_lanes(room: Room, lane: str) -> None:
    room.memory.recalls = (passage(),)
    room.safety.lanes = ("S", lane)
    engine = FakeEngine()
    room.say("They are outside", engine)
    assert room.memory.asked == 0
    assert engine.turns[0].recalled == ()


def test_recalled_passages_reach_the_engine_and_the_record_of_the_reply(room: Room) -> None:
    room.memory.recalls = (passage(),)
    engine = FakeEngine()
    room.say("It rains again", engine)
    assert engine.turns[0].recalled == (passage(),)
    assert room.replies()[0].provenance.passages == (passage(),)  # type: ignore[union-attr]  # kept with one


def test_nothing_of_this_conversation_comes_back_as_a_memory(room: Room) -> None:
    conversation = room.companion.start()
    first = room.companion.hear(conversation.id, "It rains again").message
    room.memory.recalls = (passage(first.id), passage())
    heard = room.companion.hear(conversation.id, "And again")
    assert heard.turn.recalled == (passage(),)
    assert heard.turn.history == (first,)


def test_with_memory_off_nothing_is_recalled_or_remembered(room: Room) -> None:
    room.diary.put(Profile(room.new_id(), memory_on=False))
    room.say("It rains again")
    assert room.memory.asked == 0
    assert room.memory.remembered == []


def test_a_conversation_that_is_not_remembered_is_never_recalled_or_remembered(room: Room) -> None:
    conversation = room.companion.start(remember=False)
    heard = room.companion.hear(conversation.id, "It rains again")
    list(room.companion.answer(heard, FakeEngine()))
    assert room.memory.asked == 0
    assert room.memory.remembered == []
    assert heard.message.remember is False


def test_replies_are_never_remembered_as_if_the_person_had_written_them(room: Room) -> None:
    room.say("It rains again")
    assert room.memory.remembered == ["It rains again"]
    assert [reply.remember for reply in room.replies()] == [False]


def test_the_chosen_stance_reaches_the_engine(room: Room) -> None:
    room.diary.put(Profile(room.new_id(), stance=Stance.LISTEN))
    engine = FakeEngine()
    room.say("It rains again", engine)
    assert engine.turns[0].stance is Stance.LISTEN


@pytest.mark.parametrize("text", ["", "  \n "])
def test_an_empty_message_is_refused(room: Room, text: str) -> None:
    conversation = room.companion.start()
    with pytest.raises(EmptyEntry):
        room.companion.hear(conversation.id, text)
    assert room.companion.messages(conversation.id) == []


def test_a_text_that_is_too_long_is_looked_at_and_kept_as_a_draft_until_a_shorter_one_is_sent(
    room: Room,
) -> None:
    conversation = room.companion.start()
    long = DANGER + "x" * LONGEST_MESSAGE
    for _ in range(2):
        with pytest.raises(TooLong) as refused:
            room.companion.hear(conversation.id, long)
    assert refused.value.card == "card-4"
    assert [draft.text for draft in room.diary.all(Draft)] == [long]
    assert room.diary.one(RiskState).tier is Tier.IMMEDIATE
    room.companion.hear(conversation.id, "shorter")
    assert room.diary.all(Draft) == []


def test_a_message_to_a_forgotten_conversation_is_refused(room: Room) -> None:
    conversation = room.companion.start()
    room.companion.forget_conversation(conversation.id)
    with pytest.raises(Forgotten):
        room.companion.hear(conversation.id, "It rains again")


def test_a_conversation_is_called_by_the_first_words_written_in_it(room: Room) -> None:
    conversation = room.companion.start()
    for text in ("I keep thinking about the move to Hull", "Something else"):
        room.companion.hear(conversation.id, text)
    assert room.diary.get(Conversation, conversation.id).title == "I keep thinking about the move…"


def test_words_of_a_crisis_never_stand_in_the_list_of_conversations(room: Room) -> None:
    conversation = room.companion.start()
    room.companion.hear(conversation.id, f"I am in {DANGER}")
    assert room.diary.get(Conversation, conversation.id).title == ""


def test_only_conversations_in_which_something_was_said_are_listed_the_last_used_first(room: Room) -> None:
    old, new, _empty = (room.companion.start() for _ in range(3))
    room.companion.hear(new.id, "new")
    room.companion.hear(old.id, "old")
    assert [one.id for one in room.companion.conversations()] == [old.id, new.id]


def test_forgetting_a_conversation_removes_all_of_it_from_every_place(room: Room) -> None:
    conversation = room.companion.start()
    said = room.companion.hear(conversation.id, "It rains again").message
    other = room.companion.start()
    room.memory.recalls = (passage(said.id, "It rains again"),)
    heard = room.companion.hear(other.id, "What did I write about rain?")
    list(room.companion.answer(heard, FakeEngine()))
    room.companion.forget_conversation(conversation.id)
    assert room.memory.forgotten == [said.id]
    assert "It rains again" not in repr([vars_of(record) for record in room.diary.kept.values()])


def vars_of(record: object) -> dict[str, object]:
    """Every field of a record, also those that its repr hides."""
    found = {name: getattr(record, name) for name in getattr(record, "__slots__", ())}
    source = found.get("provenance")
    if source is not None:
        found["passages"] = [passage.text for passage in source.passages]  # type: ignore[attr-defined]
    return found


def test_what_memory_cannot_forget_stays_whole_so_that_it_can_be_tried_again(room: Room) -> None:
    conversation = room.companion.start()
    heard = room.companion.hear(conversation.id, "It rains again")
    room.memory.fails = EncoderMissing()
    with pytest.raises(BetweenError):
        room.companion.forget_conversation(conversation.id)
    assert room.companion.messages(conversation.id) == [heard.message]


def test_a_reply_no_longer_keeps_pieces_of_an_entry_that_was_forgotten(room: Room) -> None:
    room.memory.recalls = (passage("a" * 32), passage("b" * 32))
    room.say("It rains again")
    room.companion.unquote("a" * 32)  # type: ignore[arg-type]  # an id
    source = room.replies()[0].provenance
    assert source is not None
    assert [kept.source_id for kept in source.passages] == ["b" * 32]
    assert source.sent == ""


def test_what_a_person_thinks_of_a_reply_is_kept_with_it(room: Room) -> None:
    room.say("It rains again")
    [reply] = room.replies()
    room.companion.feedback(reply.id, "report: too long")
    assert room.replies() == [replace(reply, feedback="report: too long")]
