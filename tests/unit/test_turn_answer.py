"""A reply can stop at any point: what was said is there, marked for what it is."""

from __future__ import annotations

import contextlib

import pytest

from between.companion.consent import model_purpose
from between.companion.heard import Heard
from between.domain import Message, Reviewed, Role
from between.errors import BadReply, EncoderMissing, ModelUnreachable, NotAgreed, StreamCut
from tests.fakes_companion import DANGER, SAFE_WORDS, FakeEngine, Room

TEXT = "It rains again"


@pytest.fixture
def room() -> Room:
    return Room()


@pytest.fixture
def heard(room: Room) -> Heard:
    return room.companion.hear(room.companion.start().id, TEXT)


def kept(room: Room) -> list[tuple[str, bool]]:
    return [(reply.text, reply.partial) for reply in room.replies()]


def test_a_whole_reply_is_kept_with_where_it_came_from(room: Room, heard: Heard) -> None:
    list(room.companion.answer(heard, FakeEngine()))
    [reply] = room.replies()
    source = reply.provenance
    assert source is not None
    assert (reply.role, reply.text, reply.partial) == (Role.COMPANION, "You wrote about rain.", False)
    assert (source.engine, source.model, source.prompt, source.move) == ("fake", "m1", "p1", "ask")


def test_a_stopped_page_keeps_what_was_said_so_far(room: Room, heard: Heard) -> None:
    engine = FakeEngine("You wrote ", "about ", "rain.")
    with contextlib.closing(room.companion.answer(heard, engine)) as pieces:
        assert [next(pieces), next(pieces)] == ["You wrote ", "about "]
    assert kept(room) == [("You wrote about ", True)]
    assert engine.closed
    assert engine.drawn == 2
    assert room.memory.remembered == [TEXT]


class PageStopped(BaseException):
    """How a page framework ends a script."""


def show_one_piece(room: Room, heard: Heard) -> None:
    with contextlib.closing(room.companion.answer(heard, FakeEngine("One. ", "Two."))) as pieces:
        for _ in pieces:
            raise PageStopped


def test_an_exception_of_the_page_itself_keeps_what_was_said_so_far(room: Room, heard: Heard) -> None:
    with pytest.raises(PageStopped):
        show_one_piece(room, heard)
    assert kept(room) == [("One. ", True)]


def test_an_answer_that_is_never_drawn_leaves_no_trace_and_asks_no_engine(room: Room, heard: Heard) -> None:
    engine = FakeEngine()
    room.companion.answer(heard, engine).close()
    assert engine.turns == []
    assert kept(room) == []


def test_an_engine_that_fails_before_it_speaks_loses_nothing_and_another_can_answer(
    room: Room, heard: Heard
) -> None:
    with pytest.raises(ModelUnreachable):
        list(room.companion.answer(heard, FakeEngine(ModelUnreachable())))
    assert [(one.role, one.text) for one in room.diary.all(Message)] == [(Role.PERSON, TEXT)]
    list(room.companion.answer(heard, FakeEngine("The guide speaks.")))
    assert kept(room) == [("The guide speaks.", False)]


def test_an_engine_that_fails_midway_leaves_a_partial_reply_and_says_why(room: Room, heard: Heard) -> None:
    with pytest.raises(StreamCut):
        list(room.companion.answer(heard, FakeEngine("You wrote ", StreamCut())))
    assert kept(room) == [("You wrote ", True)]


def test_an_engine_that_says_nothing_at_all_is_a_bad_reply(room: Room, heard: Heard) -> None:
    with pytest.raises(BadReply):
        list(room.companion.answer(heard, FakeEngine(" ", "\n")))
    assert kept(room) == []


def test_what_is_kept_is_what_the_guard_let_pass_with_the_reason(room: Room, heard: Heard) -> None:
    shown = "".join(room.companion.answer(heard, FakeEngine("You wrote. ", "forbidden thing. ")))
    [reply] = room.replies()
    assert reply.text == shown == "You wrote. …"
    assert reply.provenance is not None
    assert reply.provenance.held_back == ("method",)


def test_memory_that_fails_after_the_reply_does_not_spoil_it(room: Room, heard: Heard) -> None:
    room.memory.fails = EncoderMissing()
    assert "".join(room.companion.answer(heard, FakeEngine())) == "You wrote about rain."
    assert kept(room) == [("You wrote about rain.", False)]


def test_nothing_is_drawn_from_a_model_before_the_person_agreed_to_it(room: Room, heard: Heard) -> None:
    engine = FakeEngine(sent_to="https://model.example")
    with pytest.raises(NotAgreed):
        list(room.companion.answer(heard, engine))
    assert engine.drawn == 0
    room.companion.consents.agree(model_purpose("https://model.example", "m1"), "v1")
    assert list(room.companion.answer(heard, engine))
    room.companion.consents.withdraw(model_purpose("https://model.example", "m1"))
    with pytest.raises(NotAgreed):
        list(room.companion.answer(heard, engine))


@pytest.mark.parametrize(
    "purpose",
    [
        model_purpose("https://other.example", "m1"),
        model_purpose("http://model.example", "m1"),
        model_purpose("https://model.example:8443", "m1"),
        model_purpose("https://model.example", "m2"),
        "model:model.example",  # as it was kept before the origin and the model were part of it
    ],
)
def test_agreeing_to_one_model_is_not_agreeing_to_another(room: Room, heard: Heard, purpose: str) -> None:
    room.companion.consents.agree(purpose, "v1")
    engine = FakeEngine(sent_to="https://model.example")
    with pytest.raises(NotAgreed):
        list(room.companion.answer(heard, engine))
    assert engine.drawn == 0


def test_another_reply_takes_the_place_of_the_old_one_when_it_is_whole(room: Room, heard: Heard) -> None:
    list(room.companion.answer(heard, FakeEngine("Old.")))
    list(room.companion.regenerate(heard.message.conversation_id, FakeEngine("New.")))
    assert kept(room) == [("New.", False)]


def test_another_reply_that_breaks_never_costs_the_old_one(room: Room, heard: Heard) -> None:
    list(room.companion.answer(heard, FakeEngine("Old.")))
    with pytest.raises(StreamCut):
        list(room.companion.regenerate(heard.message.conversation_id, FakeEngine("Ne", StreamCut())))
    assert kept(room) == [("Old.", False), ("Ne", True)]


def test_another_reply_is_made_from_what_stood_before_it_and_raises_no_alarm_twice(
    room: Room, heard: Heard
) -> None:
    state = room.diary.one(type(heard.state))
    list(room.companion.answer(heard, FakeEngine("Old.")))
    [old] = room.replies()
    again = room.companion.hear_again(old.id)
    assert again.message == heard.message
    assert again.turn.history == ()
    assert again.replaces == (old.id,)
    assert room.diary.one(type(heard.state)) == state


def test_a_message_that_was_left_without_a_reply_can_be_answered_later(room: Room, heard: Heard) -> None:
    again = room.companion.hear_again(heard.message.id)
    assert "".join(room.companion.answer(again, FakeEngine("Late."))) == "Late."
    assert [one.text for one in room.companion.messages(heard.message.conversation_id)] == [TEXT, "Late."]


def test_what_the_product_says_itself_is_not_asked_of_the_engine(room: Room) -> None:
    room.safety.own = Reviewed("Goodbye.", "1", "h", "goodbye")
    engine = FakeEngine(sent_to="https://model.example")
    assert room.say("Good night", engine) == "Goodbye."
    assert engine.turns == []
    [reply] = room.replies()
    assert reply.provenance is not None
    assert (reply.provenance.engine, reply.provenance.move) == ("product", "goodbye")


def test_who_asks_what_this_is_hears_it_in_danger_too(room: Room) -> None:
    room.safety.own = Reviewed("This is an AI.", "1", "h", "disclosure")
    said = room.say(f"{DANGER}, are you real?")
    assert said == f"{SAFE_WORDS}\n\nThis is an AI."
    room.safety.own = Reviewed("Goodbye.", "1", "h", "goodbye")
    assert room.say(f"{DANGER}, bye") == SAFE_WORDS
