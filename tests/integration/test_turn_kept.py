"""A turn on the real sealed store: whatever happens to the reply, a fresh unlock finds what was said."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from between.domain import Message, OwnerId, RiskState, Tier
from between.errors import StreamCut
from between.store.diary import Diary
from between.store.store import Store
from between.vault.seal import Key
from tests.fakes_companion import DANGER, FakeEngine, Room

OWNER = OwnerId("e" * 32)
WORDS = "Marigold and I are not talking"


class Space:
    """One person's store on a disk, which can be unlocked again and again."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "between.db"
        self.store = Store(f"sqlite:///{self.file}")
        self.store.migrate()
        self.key = Key.fresh()

    def unlock(self) -> Diary:
        diary = Diary(self.store, self.key, OWNER)
        diary.load()
        return diary


@pytest.fixture
def space(tmp_path: Path) -> Iterator[Space]:
    made = Space(tmp_path)
    yield made
    made.store.close()


def found(space: Space) -> list[tuple[str, bool]]:
    return [(one.text, one.partial) for one in space.unlock().all(Message)]


def test_the_message_is_on_the_disk_when_the_engine_is_asked(space: Space) -> None:
    room = Room(space.unlock())
    seen: list[list[tuple[str, bool]]] = []

    class Watching(FakeEngine):
        def reply(self, turn):  # type: ignore[no-untyped-def]  # as its base
            seen.append(found(space))
            return super().reply(turn)

    room.say(WORDS, Watching())
    assert seen == [[(WORDS, False)]]


def test_a_cut_reply_is_found_as_partial_after_a_fresh_unlock(space: Space) -> None:
    room = Room(space.unlock())
    with pytest.raises(StreamCut):
        room.say(WORDS, FakeEngine("You wrote ", StreamCut()))
    assert found(space) == [(WORDS, False), ("You wrote ", True)]


def test_a_stopped_reply_is_found_as_partial_after_a_fresh_unlock(space: Space) -> None:
    room = Room(space.unlock())
    heard = room.companion.hear(room.companion.start().id, WORDS)
    with contextlib.closing(room.companion.answer(heard, FakeEngine("You wrote ", "more."))) as pieces:
        next(pieces)
    assert found(space) == [(WORDS, False), ("You wrote ", True)]


def test_the_safety_rules_remember_across_an_unlock(space: Space) -> None:
    Room(space.unlock()).say(f"I am in {DANGER}")
    state = space.unlock().one(RiskState)
    assert state is not None
    assert state.tier is Tier.IMMEDIATE


def test_a_text_with_half_a_character_is_heard_and_answered(space: Space) -> None:
    room = Room(space.unlock())
    engine = FakeEngine()
    room.say("broken \ud83d here", engine)
    assert engine.turns[0].text == found(space)[0][0]
    engine.turns[0].text.encode()


def test_no_word_of_a_turn_stands_on_the_disk(space: Space) -> None:
    Room(space.unlock()).say(WORDS)
    space.store.close()
    written = b"".join(path.read_bytes() for path in space.file.parent.rglob("*") if path.is_file())
    assert len(written) > 1000
    for word in (b"Marigold", b"You wrote", b"fake"):
        assert word not in written
