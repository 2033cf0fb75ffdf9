"""The safety plan and the people to reach: kept only when saved, looked at by the rules, sent to nobody."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace

import pytest

from between.domain import ItemId, SafetyPlan, Trusted
from between.errors import EmptyEntry, Forgotten, StoreFull
from between.safety.cards import Card
from between.safety.plan import PARTS, Plan, Ways, as_markdown, drafted, plan_words, ways
from tests.fakes_journal import NOW, FakeDiary

CARD = Card("T3", "Talk to a person today", ("words",))


class OneOfEach(FakeDiary):
    """The fake diary with ``one``."""

    def one(self, cls: type[SafetyPlan]) -> SafetyPlan | None:
        found = self.all(cls)
        return found[-1] if found else None


class Rules:
    """Sees danger in one word, and notes everything that it was shown."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    def hear(self, text: str) -> Card | None:
        self.heard.append(text)
        return CARD if "danger" in text else None


@pytest.fixture
def diary() -> OneOfEach:
    return OneOfEach()


@pytest.fixture
def rules() -> Rules:
    return Rules()


@pytest.fixture
def plan(diary: OneOfEach, rules: Rules) -> Plan:
    numbers = itertools.count(1)
    return Plan(diary, rules.hear, lambda: NOW, lambda: ItemId(f"{next(numbers):032x}"))


def test_every_heading_has_its_field_and_none_is_that_of_a_published_form() -> None:
    assert tuple(part.id for part in plan_words().part) == PARTS
    titles = " ".join(part.title for part in plan_words().part)
    assert not re.search(r"warning signs|coping strateg|means|environment", titles, re.IGNORECASE)


def test_a_plan_is_kept_when_it_is_saved_and_changed_in_place(plan: Plan, diary: OneOfEach) -> None:
    assert plan.kept() is None
    plan.save({"signs": "  I stop answering. ", "safer": ""})
    first = plan.kept()
    assert first is not None
    assert (first.signs, first.safer) == ("I stop answering.", "")
    plan.save({"signs": "I stop answering.", "myself": "Tea."})
    assert plan.kept() == replace(first, myself="Tea.")
    assert len(diary.kept) == 1


def test_only_new_words_are_looked_at_so_that_an_old_sentence_raises_nothing_twice(
    plan: Plan, rules: Rules
) -> None:
    assert plan.save({"signs": "danger", "myself": "Tea."}) == CARD
    assert plan.save({"signs": "danger", "myself": "Tea and toast."}) is None
    assert rules.heard == ["danger\n\nTea.", "Tea and toast."]


def test_an_emptied_plan_is_gone(plan: Plan, diary: OneOfEach) -> None:
    plan.save({"signs": "x"})
    plan.save({"signs": " "})
    assert diary.kept == {}
    plan.save({"signs": "x"})
    plan.remove()
    assert diary.kept == {}


def test_what_could_not_be_kept_is_said(plan: Plan, diary: OneOfEach) -> None:
    diary.fails = StoreFull()
    with pytest.raises(StoreFull):
        plan.save({"signs": "x"})


def test_a_person_is_added_changed_and_removed(plan: Plan, rules: Rules) -> None:
    assert plan.add("  Ana\nMaria ", " 020 7946 0000 ", "danger at night") == CARD
    (ana,) = plan.people()
    assert (ana.name, ana.reach) == ("Ana Maria", "020 7946 0000")
    assert plan.change(ana.id, "Ana", "ana@example.org", "") is None
    assert plan.person(ana.id) == replace(ana, name="Ana", reach="ana@example.org", note="")
    heard = len(rules.heard)
    plan.change(ana.id, "Ana", "ana@example.org", "")
    assert len(rules.heard) == heard
    plan.remove_person(ana.id)
    assert plan.people() == []
    with pytest.raises(Forgotten):
        plan.change(ana.id, "Ana", "", "")


def test_somebody_without_a_name_is_not_kept(plan: Plan, diary: OneOfEach) -> None:
    with pytest.raises(EmptyEntry):
        plan.add("  ", "020 7946 0000")
    assert diary.kept == {}


@pytest.mark.parametrize(
    ("reach", "found"),
    [
        ("+44 7700 900123", Ways(number="+447700900123")),
        ("(020) 7946-0000", Ways(number="02079460000")),
        ("112", Ways(number="112")),
        (" ana@example.org ", Ways(mail="ana@example.org")),
        ("next door", Ways()),
        ("flat 12", Ways()),
        ("ana@example.org?cc=other@example.org", Ways()),
        ("ana@example.org, other@example.org", Ways()),
        ("javascript:alert(1)", Ways()),
        ("12", Ways()),
        ("1" * 16, Ways()),
        ("+44+7700900123", Ways()),
        ("", Ways()),
    ],
)
def test_a_contact_gives_a_link_only_where_it_can_be_used(reach: str, found: Ways) -> None:
    assert ways(reach) == found


@pytest.mark.parametrize("message", [one.id for one in plan_words().message])
def test_a_drafted_message_is_short_plain_and_promises_nothing(message: str) -> None:
    text = drafted(message, "Ana {braces} \n Maria")
    assert text.startswith("Hi Ana {braces} Maria, ")
    assert len(text) <= 240
    assert not re.search(r"!|promise|sorry|burden|committed|last time|goodbye|\d", text, re.IGNORECASE)


def test_there_are_several_messages_to_choose_from() -> None:
    assert len({one.text for one in plan_words().message}) >= 5
    assert all(one.text.count("{name}") == 1 for one in plan_words().message)


def test_no_field_with_a_person_s_words_shows_in_a_log_line() -> None:
    said = repr(
        (
            SafetyPlan(ItemId("1" * 32), NOW, *["quokkabread"] * len(PARTS)),
            Trusted(ItemId("2" * 32), NOW, "quokkabread", "quokkabread", "quokkabread"),
            Ways("quokkabread", "quokkabread"),
        )
    )
    assert "quokkabread" not in said


def test_the_page_to_take_along_has_what_was_written_and_no_empty_heading() -> None:
    kept = SafetyPlan(ItemId("1" * 32), NOW, signs="I stop answering.")
    people = [Trusted(ItemId("2" * 32), NOW, "Ana", "020 7946 0000", "at night")]
    page = as_markdown(kept, people)
    assert page.count("##") == 2
    assert "I stop answering." in page
    assert "- Ana · 020 7946 0000 · at night" in page
    assert as_markdown(None, []) == ""
