"""A space that is locked or deleted while a reply is spoken: the old run neither reads nor writes any more."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from between import bootstrap
from between.bootstrap import House
from between.domain import Conversation, Draft, Entry, ItemId, Message, OwnerId, Profile
from between.errors import Locked
from between.journal.drafts import JOURNAL, Post
from between.settings import KdfProfile, Settings
from between.space import Shared, Space
from tests.fakes_companion import FakeEngine

PASSPHRASE = "lantern orbit maple quiet ferry"
TEXT = "I cried over the quokkabread."


@pytest.fixture(scope="module")
def shared() -> Shared:
    return Shared.build()


@pytest.fixture
def house(tmp_path: Path, shared: Shared) -> Iterator[House]:
    built = House(Settings(data_dir=tmp_path / "data", kdf=KdfProfile.CHEAPEST), shared=shared)
    bootstrap.use(built)
    yield built
    built.close()
    bootstrap.use(None)


def opened(house: House, token: str) -> Space:
    found = house.open(token)
    assert found is not None
    return found


def items(house: House, owner: OwnerId) -> set[tuple[str, ItemId, bytes]]:
    return {(one.kind, one.id, bytes(one.sealed)) for one in house.store.items(owner)}


def test_what_was_said_until_the_lock_is_kept_and_nothing_after_it(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    made = house.create(PASSPHRASE)
    me = opened(house, made.token)
    heard = me.companion.hear(me.companion.start().id, TEXT)
    engine = FakeEngine("You wrote about bread. ", "It sounds sad. ", "What else?")
    pieces = me.companion.answer(heard, engine)
    next(pieces)
    house.lock(made.token)
    on_disk = items(house, me.owner)
    with pytest.raises(Locked) as refused:
        next(pieces)
    assert "quokkabread" not in str(refused.value)
    assert items(house, me.owner) == on_disk
    assert engine.closed
    assert "quokkabread" not in caplog.text
    again = opened(house, house.unlock(made.code_name, PASSPHRASE))
    assert again is not me
    said = [(one.text, one.partial) for one in again.diary.all(Message)]
    assert said == [(TEXT, False), ("You wrote about bread. ", True)]


def test_nothing_can_be_read_or_written_through_a_space_that_was_locked(house: House) -> None:
    made = house.create(PASSPHRASE)
    me = opened(house, made.token)
    entry = me.write_entry(TEXT, at=house.clock())[0].entry
    talk = me.companion.start().id
    house.lock(made.token)
    on_disk = items(house, me.owner)
    for attempt in (
        lambda: me.write_entry("more", at=house.clock()),
        lambda: me.companion.hear(talk, "more"),
        lambda: me.companion.start(),
        lambda: me.drafts.keep(JOURNAL, "more", Post("a" * 32, 1)),
        lambda: me.forget(entry.id),
        lambda: me.forget_everything(),
        lambda: me.save_profile(memory_on=False),
        lambda: me.export(),
        lambda: me.diary.get(Entry, entry.id),
        lambda: me.diary.all(Draft),
        lambda: me.diary.one(Profile),
        lambda: me.diary.load(),
        lambda: me.diary.put_beside((), Conversation(bootstrap.new_id(), house.clock())),
        lambda: me.diary.put_blobs("vectors", {entry.id: b"x"}),
        lambda: list(me.diary.blobs("vectors")),
        lambda: me.diary.drop_blobs("vectors", [entry.id]),
    ):
        with pytest.raises(Locked):
            attempt()
    assert items(house, me.owner) == on_disk


def test_a_space_that_is_deleted_while_a_reply_is_spoken_leaves_nothing(house: House) -> None:
    made = house.create(PASSPHRASE)
    me = opened(house, made.token)
    heard = me.companion.hear(me.companion.start().id, TEXT)
    pieces = me.companion.answer(heard, FakeEngine("You wrote about bread. ", "It sounds sad."))
    next(pieces)
    house.delete(made.token)
    with pytest.raises(Locked):
        next(pieces)
    assert items(house, me.owner) == set()
