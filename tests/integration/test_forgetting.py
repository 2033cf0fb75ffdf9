"""What is forgotten is gone from everything that was made of it: every record is opened and searched."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path

import pytest

from between import bootstrap
from between.bootstrap import House
from between.domain import (
    Conversation,
    Draft,
    Entry,
    ItemId,
    Message,
    Profile,
    Provenance,
    Recalled,
    RiskState,
    Role,
    Sealed,
    Speech,
    Tier,
    Turn,
)
from between.errors import Forgotten
from between.journal.drafts import JOURNAL, NEW_CHAT, Post, entry_place
from between.settings import KdfProfile, Settings
from between.space import Shared, Space
from between.store.records import KINDS
from between.store.rows import SealedItem

PASSPHRASE = "lantern orbit maple quiet ferry"
CANARY = "quokkabread"
WORDS = f"I cried over the {CANARY} at lunch and said it was fine"


class Repeating:
    """Stands in for a model: it is sent all that was said before, and repeats the last two things of it."""

    def reply(self, turn: Turn) -> Speech:
        said = [one.text for one in turn.history]
        recalled = [passage.text for passage in turn.recalled]
        text = " ".join(f"You wrote “{words}”." for words in [*recalled, *said[-2:], turn.text])
        sent = json.dumps([*said, *recalled, turn.text])
        return Speech(iter([text]), "model", "m1", "p1", sent=sent)


@pytest.fixture(scope="module")
def shared() -> Shared:
    return Shared.build()


class Home:
    """A house with one open space."""

    def __init__(self, folder: Path, shared: Shared) -> None:
        self.folder = folder
        self.house = House(Settings(data_dir=folder, kdf=KdfProfile.CHEAPEST), shared=shared)
        self.token = self.house.create(PASSPHRASE, "GB").token

    @property
    def me(self) -> Space:
        found = self.house.open(self.token)
        assert found is not None
        return found

    def say(self, text: str, talk: ItemId | None = None) -> ItemId:
        """A message and its reply; the conversation."""
        companion = self.me.companion
        talk = talk or companion.start().id
        list(companion.answer(companion.hear(talk, text), Repeating()))
        return talk

    def kept(self) -> bytes:
        """Everything in the store of this person, opened; and every byte on the disk."""
        found = self.house.spaces.open(self.token)
        assert found is not None
        owner, key = found
        opened = [key.open(owner, one.kind, one.id, one.sealed) for one in self.house.store.items(owner)]
        on_disk = [path.read_bytes() for path in self.folder.rglob("*") if path.is_file()]
        return b"\n".join([*opened, *on_disk])

    def in_memory(self) -> str:
        """Every record of the open diary, with the fields that their reprs hide."""
        return repr([asdict(one) for cls in KINDS for one in self.me.diary.all(cls)])

    def assert_gone(self, canary: str = CANARY) -> None:
        assert canary.encode() not in self.kept()
        assert canary not in self.in_memory()
        assert all(canary not in passage.text for passage in self.me.memory.search(canary))


@pytest.fixture
def home(tmp_path: Path, shared: Shared) -> Iterator[Home]:
    built = Home(tmp_path / "data", shared)
    bootstrap.use(built.house)
    yield built
    built.house.close()
    bootstrap.use(None)


def replies(home: Home) -> list[Message]:
    return [one for one in home.me.diary.all(Message) if one.role is Role.COMPANION]


def recalled_by(home: Home, source: ItemId, text: str, kind: str = "entry") -> Message:
    """A reply in a conversation of its own that quoted a source, and one after it that was sent the first."""
    me = home.me
    talk = me.companion.start().id
    heard = me.companion.hear(talk, "What did I write about bread?")
    at = home.house.clock()
    passage = Recalled(source, kind, at, text, "meaning", 0.9)
    origin = Provenance("model", "m1", "p1", passages=(passage,), sent=json.dumps([text]), sent_to="x")
    first = Message(bootstrap.new_id(), talk, at, Role.COMPANION, f"You wrote “{text}”.", provenance=origin)
    me.diary.put(first)
    assert heard.message.conversation_id == talk
    home.say("And what else?", talk)
    return first


def test_a_forgotten_message_takes_its_reply_its_title_and_its_words_in_all_later_ones(home: Home) -> None:
    talk = home.say(WORDS)
    home.say("The weather turned later.", talk)
    assert CANARY in home.me.diary.get(Conversation, talk).title  # type: ignore[union-attr]  # it is there
    later = replies(home)[-1]
    assert CANARY in later.text
    assert CANARY in later.provenance.sent  # type: ignore[union-attr]  # of an engine
    [message] = [one for one in home.me.diary.all(Message) if one.text == WORDS]
    home.me.forget(message.id)
    home.assert_gone()
    assert home.me.diary.get(Conversation, talk).title == "The weather turned later."  # type: ignore[union-attr]
    assert [one.id for one in replies(home)] == [later.id]
    assert replies(home)[0].text.endswith("“The weather turned later.”.")


def test_a_forgotten_entry_is_gone_from_the_replies_that_followed_the_one_that_quoted_it(home: Home) -> None:
    entry = home.me.write_entry(WORDS, at=home.house.clock())[0].entry
    first = recalled_by(home, entry.id, WORDS)
    assert sum(CANARY in one.text for one in replies(home)) == 2
    home.me.forget(entry.id)
    home.assert_gone()
    quoted = home.me.diary.get(Message, first.id)
    assert quoted is not None
    assert quoted.text == "You wrote “…”."
    assert quoted.provenance is not None
    assert (quoted.provenance.passages, quoted.provenance.sent) == ((), "")


def test_words_that_an_edit_takes_out_are_gone_from_the_replies_that_quoted_them(home: Home) -> None:
    entry = home.me.write_entry(WORDS, at=home.house.clock())[0].entry
    recalled_by(home, entry.id, WORDS)
    home.me.drafts.keep(entry_place(entry.id), "Lunch was fine", Post("a" * 32, 1))
    home.me.edit_entry(entry.id, text="Lunch was fine.")
    home.assert_gone()
    assert home.me.journal.entry(entry.id).text == "Lunch was fine."  # type: ignore[union-attr]  # it is there


def test_an_edit_that_leaves_the_words_alone_leaves_the_replies_alone(home: Home) -> None:
    entry = home.me.write_entry(WORDS, at=home.house.clock())[0].entry
    recalled_by(home, entry.id, WORDS)
    before = replies(home)
    home.me.edit_entry(entry.id, text=WORDS, tags=("lunch",))
    assert replies(home) == before


def test_a_forgotten_conversation_is_gone_from_what_was_said_in_others(home: Home) -> None:
    talk = home.say(WORDS)
    [message] = [one for one in home.me.diary.all(Message) if one.text == WORDS]
    recalled_by(home, message.id, WORDS, "message")
    home.me.companion.forget_conversation(talk)
    home.assert_gone()
    assert len(home.me.companion.conversations()) == 1


def test_an_entry_that_is_forgotten_takes_its_unsaved_changes_along(home: Home) -> None:
    entry = home.me.write_entry("Lunch.", at=home.house.clock())[0].entry
    home.me.drafts.keep(entry_place(entry.id), WORDS, Post("a" * 32, 1))
    home.me.forget(entry.id)
    home.assert_gone()


def a_full_life(home: Home) -> ItemId:
    """Words in every place that can hold some, patterns drawn from them, and an alarm that the rules remember."""
    now = home.house.clock()
    for day in range(25):
        text = f"{WORDS}, once more. Day {day} by the canal."
        home.me.write_entry(text, at=now - timedelta(days=day), tags=(CANARY,), title=CANARY)
    talk = home.say(WORDS)
    home.say("Sometimes I wish I could just disappear and not wake up.", talk)
    home.me.companion.feedback(replies(home)[0].id, f"report: {CANARY}")
    for number, place in enumerate((JOURNAL, NEW_CHAT, entry_place(home.me.diary.all(Entry)[0].id))):
        home.me.drafts.keep(place, WORDS, Post(f"{number:032x}", 1))
    assert home.me.patterns()
    return talk


def test_forgetting_everything_leaves_no_word_anywhere(home: Home) -> None:
    talk = a_full_life(home)
    owner, key = home.house.spaces.open(home.token) or pytest.fail("locked")
    torn = Sealed(bytes(key.seal(owner, "entry", ItemId("d" * 32), WORDS.encode()))[:-1] + b"x")
    home.house.store.put(owner, [SealedItem(ItemId("d" * 32), "entry", torn, key.epoch)])
    home.me.diary.load()
    assert home.me.diary.damaged == 1
    home.me.forget_everything()
    home.assert_gone()
    kinds = {one.kind for one in home.house.store.items(owner)}
    assert kinds <= {KINDS[Profile], KINDS[RiskState]}
    assert home.me.diary.damaged == 0
    assert home.me.profile().country == "GB"
    assert home.me.looking.is_empty
    assert home.me.insights._made == {}
    assert home.me.insights._seen == ()
    assert home.me.memory.pieces()[0] == []
    with pytest.raises(Forgotten):
        home.me.companion.hear(talk, "late")


def test_a_page_that_is_still_open_cannot_bring_back_what_was_forgotten(home: Home) -> None:
    a_full_life(home)
    home.me.forget_everything()
    for page in (f"{0:032x}", "e" * 32):
        with pytest.raises(Forgotten):
            home.me.drafts.keep(JOURNAL, WORDS, Post(page, 2))
    assert home.me.diary.all(Draft) == []


def test_forgetting_everything_makes_the_safety_rules_no_less_alert(home: Home) -> None:
    a_full_life(home)
    before = home.me.diary.one(RiskState)
    assert before is not None
    assert before.tier is Tier.PASSIVE
    assert any("passive" in cause for cause in before.causes)
    home.me.forget_everything()
    after = home.me.diary.one(RiskState)
    assert after is not None
    assert (after.tier, after.lanes, after.lane_times) == (before.tier, before.lanes, before.lane_times)
    assert (after.since, after.turns_since, after.asked) == (before.since, before.turns_since, before.asked)
    assert [cause.partition(" ")[2] for cause in after.causes] == ["other"]
    assert b"passive" not in home.kept()
    home.me.diary.load()
    assert home.me.diary.one(RiskState) == after


def test_keeping_a_message_out_never_brings_it_back(home: Home) -> None:
    home.say(WORDS)
    diary = home.me.diary
    [message] = [one for one in diary.all(Message) if one.text == WORDS]
    get = diary.get

    def getting(cls, id):  # type: ignore[no-untyped-def]  # as the diary's
        found = get(cls, id)
        if cls is Message:
            diary.forget(id)  # another tab deletes it at this moment
        return found

    diary.get = getting  # type: ignore[method-assign]
    with pytest.raises(Forgotten):
        home.me.keep_out(message.id)
    diary.get = get  # type: ignore[method-assign]
    assert diary.get(Message, message.id) is None
