"""What the safety rules make of words that were changed, dated, taken back or written on a clock that went wrong."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from between.bootstrap import new_id, passing_diary
from between.domain import ItemId, Message, Role, Tier
from between.space import Shared, Space

PLAIN = "I want to kill myself. I have a plan."
WISH, BURDEN = "I wish I was dead.", "I am a burden to all of them."


class Clock:
    """Goes on by a second each time it is read."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 20, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


class Person:
    """Someone with an open space and a clock of their own."""

    def __init__(self, shared: Shared) -> None:
        self.clock = Clock()
        self.space = Space(passing_diary(), shared, self.clock, new_id)

    def say(self, text: str, talk: ItemId | None = None) -> Message:
        """A message in a conversation of its own or in this one; the reply to it."""
        companion = self.space.companion
        talk = talk or companion.start().id
        list(companion.answer(companion.hear(talk, text), self.space.guide))
        return [one for one in companion.messages(talk) if one.role is Role.COMPANION][-1]

    @property
    def tier(self) -> Tier:
        """What is remembered."""
        return self.space.lookout.state().tier


@pytest.fixture(scope="module")
def shared() -> Shared:
    return Shared.build()


@pytest.fixture
def person(shared: Shared) -> Person:
    return Person(shared)


def test_not_what_i_meant_on_a_later_reply_leaves_a_plain_statement_standing(person: Person) -> None:
    talk = person.say(PLAIN).conversation_id
    later = person.say("No more helplines please", talk)
    assert later.provenance is not None
    assert later.provenance.engine == "safety"
    person.space.not_meant(later)
    assert person.tier == Tier.ACTIVE


def test_forgetting_everything_does_not_make_a_plain_statement_a_misreading(person: Person) -> None:
    person.say(PLAIN)
    person.space.forget_everything()
    person.space.not_meant(person.say("Stop showing me numbers"))
    assert person.tier == Tier.ACTIVE


def test_a_soft_card_can_still_be_taken_back(person: Person) -> None:
    reply = person.say(BURDEN)
    assert person.tier == Tier.PASSIVE
    person.space.not_meant(reply)
    assert person.tier < Tier.PASSIVE


def test_a_corrected_entry_is_not_added_to_its_own_old_words(person: Person) -> None:
    text = "I wish I was dead. I cleaned the flat and said goodbye to the cat."
    written, _ = person.space.write_entry(text, at=person.clock())
    assert person.tier == Tier.PASSIVE
    person.space.edit_entry(written.entry.id, text=text.replace("and said", "and I said"))
    assert person.tier == Tier.PASSIVE


def test_new_words_in_an_old_entry_are_looked_at(person: Person) -> None:
    written, _ = person.space.write_entry("We had pizza.", at=person.clock())
    _, card = person.space.edit_entry(written.entry.id, text=f"We had pizza. {PLAIN}")
    assert person.tier >= Tier.ACTIVE
    assert card is not None


def test_another_mood_or_day_of_an_old_entry_says_nothing_new(person: Person) -> None:
    written, _ = person.space.write_entry(BURDEN, at=person.clock() - timedelta(days=3))
    since = person.space.lookout.state().since
    _, card = person.space.edit_entry(written.entry.id, at=person.clock() - timedelta(days=4))
    assert card is None
    assert person.space.lookout.state().since == since


def test_what_stands_in_a_tag_is_seen(person: Person) -> None:
    _, card = person.space.write_entry("A fine day.", at=person.clock(), tags=("I want to kill myself",))
    assert card is not None
    assert person.tier >= Tier.ACTIVE


def test_two_signs_add_up_when_the_clock_was_set_back_between_them(person: Person) -> None:
    person.say(WISH)
    person.clock.now -= timedelta(days=2)
    person.say(BURDEN)
    assert person.tier == Tier.ACTIVE


def test_an_entry_for_later_today_counts_beside_what_is_said_now(person: Person) -> None:
    person.space.write_entry(WISH, at=person.clock() + timedelta(hours=8))
    person.say(BURDEN)
    assert person.tier == Tier.ACTIVE


def test_another_reply_to_an_old_message_is_not_given_by_what_came_after_it(person: Person) -> None:
    asked = person.say(BURDEN)
    person.say("I have no hope left, none.")
    again = person.space.companion.hear_again(asked.id)
    assert not any(cue.startswith("c1.") for cue in again.finding.cues)


def test_who_says_that_the_wish_is_over_is_believed_after_ten_messages(person: Person) -> None:
    person.say(PLAIN)
    for number in range(9):
        person.say(f"We had soup for lunch, number {number}.")
    assert person.tier == Tier.ACTIVE
    person.say("I don't want to kill myself any more, and I am safe now with my sister.")
    assert person.tier == Tier.PASSIVE


def test_who_cannot_keep_safe_says_no_word_of_safety(person: Person) -> None:
    person.say(PLAIN)
    for number in range(12):
        person.say(f"We had soup for lunch, number {number}.")
    person.say("I can't keep myself safe.")
    assert person.tier == Tier.ACTIVE
