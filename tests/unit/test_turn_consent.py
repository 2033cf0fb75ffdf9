"""A yes holds for exact words and one purpose, and can be taken back."""

from __future__ import annotations

import pytest

from between.companion.consent import Consents, model_purpose, version_of
from between.domain import Consent
from tests.fakes_companion import FakeDiary, Log, clock, ids

MODEL = model_purpose("https://model.example", "m1")


@pytest.fixture
def diary() -> FakeDiary:
    return FakeDiary(Log())


@pytest.fixture
def consents(diary: FakeDiary) -> Consents:
    return Consents(diary, clock(), ids())


def test_nothing_is_agreed_to_begin_with(consents: Consents) -> None:
    assert not consents.agreed(MODEL)


def test_a_yes_holds_for_the_words_that_were_shown(consents: Consents) -> None:
    consents.agree(MODEL, version_of("Your words go to model.example."))
    assert consents.agreed(MODEL, version_of("Your words go to model.example."))
    assert not consents.agreed(MODEL, version_of("Your words go to model.example!"))
    assert not consents.agreed(model_purpose("https://other.example", "m1"))
    assert not consents.agreed(model_purpose("https://model.example", "m2"))


def test_a_yes_to_new_words_ends_the_yes_to_the_old_ones(consents: Consents) -> None:
    consents.agree(MODEL, "v1")
    consents.agree(MODEL, "v2")
    assert not consents.agreed(MODEL, "v1")
    assert consents.agreed(MODEL, "v2")


def test_agreeing_twice_to_the_same_words_keeps_the_first_day(consents: Consents) -> None:
    assert consents.agree(MODEL, "v1") == consents.agree(MODEL, "v1")


def test_a_withdrawn_yes_holds_no_more_and_stays_on_record(consents: Consents, diary: FakeDiary) -> None:
    consents.agree(MODEL, "v1")
    consents.withdraw(MODEL)
    consents.withdraw(MODEL)
    assert not consents.agreed(MODEL)
    [record] = diary.all(Consent)
    assert record.withdrawn_at is not None
    assert record.withdrawn_at > record.at
