"""The host of a space, against a clock that the test sets: what this is, pauses, nights, a hard time, and leaving."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest

from between.bootstrap import passing_diary
from between.domain import AfterUse, ItemId, Message, Profile, Provenance, RiskState, Role, Tier, Use
from between.safety.reviewed import disclosure, honest_use
from between.store.diary import Diary
from between.use import pace
from between.use.host import Host

NOON = datetime(2026, 3, 12, 12, tzinfo=UTC)


@dataclass
class Day:
    """A person with an open space; time goes only when the test says so."""

    diary: Diary
    ids: Iterator[int]
    at: datetime = NOON
    visit: str = "one"

    def __post_init__(self) -> None:
        self.host = self.opened()

    def opened(self) -> Host:
        return Host(self.diary, self.state, lambda: ItemId(f"{next(self.ids):032x}"))

    def state(self) -> RiskState:
        return self.diary.one(RiskState) or RiskState(ItemId("f" * 32))

    def alert(self, tier: Tier) -> None:
        self.diary.put(RiskState(ItemId("f" * 32), tier=tier, since=self.at))

    def here(self, minutes: float = 0, step: float = 10) -> None:
        """Use the pages for so long, without a pause."""
        self.host.arrive(self.visit, self.at)
        until = self.at + timedelta(minutes=minutes)
        while self.at < until:
            self.at = min(until, self.at + timedelta(minutes=step))
            self.host.arrive(self.visit, self.at)

    def write(self, times: int = 1) -> None:
        for _ in range(times):
            self.host.wrote(self.visit, self.at)
            self.host.arrive(self.visit, self.at)

    def unlock(self, after: timedelta) -> None:
        """Another session, later."""
        self.at += after
        self.visit = f"{self.visit}+"
        self.host = self.opened()
        self.host.arrive(self.visit, self.at)

    @property
    def line(self) -> str:
        return self.host.line(self.visit)

    @property
    def pause(self) -> str:
        return self.host.pause(self.visit)[0]


@pytest.fixture
def day() -> Day:
    return Day(passing_diary(), itertools.count(1))


# What this is ------------------------------------------------------------------------------------------


def test_the_first_thing_of_a_session_is_what_this_is_and_it_goes_once_something_was_written(
    day: Day,
) -> None:
    day.here()
    assert day.line in disclosure().start
    day.here(2)
    assert day.line in disclosure().start
    day.write()
    assert day.line == ""


def test_it_is_said_again_after_three_hours_of_continuing_use_and_not_a_minute_before(day: Day) -> None:
    day.here()
    day.write()
    day.here(179)
    assert day.line == ""
    day.here(1)
    assert day.line in disclosure().again
    day.write()
    day.here(179)
    assert day.line == ""
    day.here(1)
    assert day.line in disclosure().again


def test_it_is_said_again_when_a_tab_was_left_open_for_more_than_seven_days(day: Day) -> None:
    day.here()
    day.write()
    used = day.diary.one(Use)
    assert used is not None
    day.at += timedelta(days=7, minutes=1)
    day.host.arrive(day.visit, day.at)
    assert day.line in disclosure().again


def test_every_session_and_every_browser_hears_it(day: Day) -> None:
    day.here()
    day.write()
    day.unlock(timedelta(minutes=5))
    assert day.line in disclosure().start
    day.host.arrive("phone", day.at)
    assert day.host.line("phone") in disclosure().start


def test_what_is_kept_of_it_is_one_small_record_and_no_log(day: Day) -> None:
    for _ in range(5):
        day.here(45)
        day.write(3)
        day.unlock(timedelta(hours=20))
    [kept] = day.diary.all(Use)
    assert kept.disclosed_at == kept.seen_at == day.at
    assert day.diary.all(Use) == [replace(kept)]
    assert len(kept.nights) <= 7


# Pauses ------------------------------------------------------------------------------------------------


def test_after_half_an_hour_a_soft_line_and_once_only(day: Day) -> None:
    day.here(29)
    assert day.pause == ""
    day.here(1)
    assert day.pause == "soft"
    assert day.host.pause(day.visit)[1] in honest_use().pause["soft"]
    day.write()
    day.here(20)
    assert day.pause == ""


def test_after_thirty_messages_too(day: Day) -> None:
    day.here(1)
    day.write(29)
    assert day.pause == ""
    day.write()
    assert day.pause == "soft"


def test_after_an_hour_a_way_to_close_and_after_an_hour_and_a_half_in_a_day_the_rest_of_the_day(
    day: Day,
) -> None:
    day.here(45)
    day.write()
    day.here(14)
    assert day.pause == ""
    day.here(1)
    assert day.pause == "closing"
    day.host.dismiss(day.visit)
    day.unlock(timedelta(hours=2))
    day.here(29)
    assert day.pause == ""
    day.here(1)
    assert day.pause == "day"
    day.write()
    day.here(40)
    assert day.pause != "day"


def test_another_day_counts_from_nothing(day: Day) -> None:
    day.here(25)
    day.unlock(timedelta(hours=24))
    day.here(25)
    assert day.pause == ""
    kept = day.diary.one(Use)
    assert kept is not None
    assert kept.day_seconds <= 25 * 60


def test_half_an_hour_away_ends_a_stretch_and_five_minutes_do_not(day: Day) -> None:
    day.here(25)
    day.unlock(timedelta(minutes=5))
    assert day.pause == "soft"
    day.unlock(timedelta(minutes=31))
    day.here(25)
    assert day.pause == ""


def test_in_a_hard_time_there_is_no_pause_and_a_standing_one_goes(day: Day) -> None:
    day.here(30)
    assert day.pause == "soft"
    day.alert(Tier.ACTIVE)
    assert day.pause == ""
    day.write()
    day.here(60)
    assert day.pause == ""
    day.alert(Tier.NONE)
    day.here(1)
    assert day.pause == "closing"  # it was not used up meanwhile


def test_who_switched_pauses_off_gets_none(day: Day) -> None:
    day.diary.put(Profile(ItemId("e" * 32), pauses=False))
    day.here(120)
    assert day.pause == ""


def test_a_pause_that_was_waved_away_does_not_come_back(day: Day) -> None:
    day.here(30)
    day.host.dismiss(day.visit)
    day.here(20)
    assert day.pause == ""


@pytest.mark.parametrize(("hour", "expected"), [(2, "nights"), (5, "")])
def test_three_nights_of_seven_bring_a_question_about_support_once(
    day: Day, hour: int, expected: str
) -> None:
    day.at = NOON.replace(hour=hour)
    day.here(1)
    day.write()
    for gap in (48, 72):
        assert day.pause == ""
        day.unlock(timedelta(hours=gap))
        day.write()
    assert day.pause == expected
    day.write()
    day.unlock(timedelta(hours=24))
    day.write()
    assert day.pause == ""


def test_nights_a_week_apart_do_not_add_up(day: Day) -> None:
    day.at = NOON.replace(hour=2)
    day.here()
    for _ in range(3):
        day.write()
        assert day.pause == ""
        day.unlock(timedelta(days=4))


# After a hard time -------------------------------------------------------------------------------------


def hard_time(day: Day, tier: Tier = Tier.IMMEDIATE) -> None:
    day.here()
    day.alert(tier)
    day.write()


def test_the_next_session_after_a_hard_time_asks_once_and_then_moves_on(day: Day) -> None:
    hard_time(day)
    assert day.host.follow_up(day.visit) == ""
    day.unlock(timedelta(hours=9))
    assert day.host.follow_up(day.visit) in honest_use().follow_up["lines"]
    day.write()
    assert day.host.follow_up(day.visit) == ""
    day.unlock(timedelta(hours=9))
    assert day.host.follow_up(day.visit) == ""


def test_it_asks_although_the_state_fell_meanwhile_and_again_after_another_hard_time(day: Day) -> None:
    hard_time(day)
    day.alert(Tier.NONE)
    day.unlock(timedelta(days=2))
    assert day.host.follow_up(day.visit)
    hard_time(day, Tier.ACTIVE)
    day.unlock(timedelta(days=2))
    assert day.host.follow_up(day.visit)


def test_it_does_not_ask_after_a_soft_moment_nor_minutes_later_nor_when_switched_off(day: Day) -> None:
    hard_time(day, Tier.PASSIVE)
    day.unlock(timedelta(hours=9))
    assert day.host.follow_up(day.visit) == ""
    hard_time(day)
    day.unlock(timedelta(minutes=10))
    assert day.host.follow_up(day.visit) == ""
    day.diary.put(Profile(ItemId("e" * 32), follow_up=False))
    day.unlock(timedelta(hours=9))
    day.diary.put(Profile(ItemId("e" * 32), follow_up=True))
    day.unlock(timedelta(hours=9))
    assert day.host.follow_up(day.visit) == ""


# Leaving -----------------------------------------------------------------------------------------------


def talk(day: Day, move: str = "goodbye", theirs: int = 2) -> list[Message]:
    def one(n: int, role: Role, source: Provenance | None = None) -> Message:
        return Message(ItemId(f"{n:032x}"), ItemId("c" * 32), day.at, role, "x", provenance=source)

    said = [one(n, Role.PERSON) for n in range(theirs)]
    return [*said, one(99, Role.COMPANION, Provenance("product", "1", "h", move=move))]


def test_a_goodbye_asks_once_how_it_left_them(day: Day) -> None:
    day.here()
    assert day.host.asks_after(day.visit, talk(day))
    day.host.keep_after(day.visit, "heavier", " the thing with Ana ", day.at)
    assert not day.host.asks_after(day.visit, talk(day))
    [kept] = day.diary.all(AfterUse)
    assert (kept.left, kept.bring) == ("heavier", "the thing with Ana")
    assert "Ana" not in repr(kept)
    day.host.forget_afters()
    assert day.host.afters() == []


def test_it_does_not_ask_in_a_hard_time_without_a_goodbye_or_before_a_real_talk(day: Day) -> None:
    day.here()
    assert not day.host.asks_after(day.visit, talk(day, move="reflect"))
    assert not day.host.asks_after(day.visit, talk(day, theirs=1))
    assert not day.host.asks_after(day.visit, [])
    old = talk(day)
    day.unlock(timedelta(hours=3))
    assert not day.host.asks_after(day.visit, old)
    day.alert(Tier.ACTIVE)
    assert not day.host.asks_after(day.visit, talk(day))


@pytest.mark.parametrize(
    ("tier", "expected"), [(Tier.PASSIVE, "closing"), (Tier.ACTIVE, ""), (Tier.IMMEDIATE, "")]
)
def test_no_pause_is_due_in_a_hard_time(tier: Tier, expected: str) -> None:
    use = Use(ItemId("a" * 32), since=NOON, seen_at=NOON)
    assert pace.due(use, NOON + timedelta(hours=1), tier) == expected
