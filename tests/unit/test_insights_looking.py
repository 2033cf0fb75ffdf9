"""Patterns are looked for beside everything else: once at a time, anew after a change, never beyond the lock."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

import numpy as np
import pytest

from between.domain import Entry, ItemId, Progress
from between.errors import EncoderMissing, Locked
from between.insights import looking
from between.insights.evidence import Pattern
from between.insights.insights import Insights
from between.insights.looking import Looking, find_patterns
from between.insights.ports import Wanted
from tests.fakes_insights import Plant, life

SOON = 20.0
NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


def entry(number: int) -> Entry:
    return Entry(ItemId(f"{number:032x}"), NOON, f"Entry {number}.")


def pattern(entries: Sequence[Entry]) -> Pattern:
    """One whose count says what the search had seen."""
    day = date(2026, 3, 1)
    return Pattern("recurring", "insights.recurring", {}, (), len(entries), len(entries), day, day, ())


@dataclass
class Search:
    """A search that goes on until it is let, asking all the time whether it is wanted; can fail."""

    go: threading.Event = field(default_factory=threading.Event)
    started: threading.Event = field(default_factory=threading.Event)
    error: Exception | None = None
    ran: int = 0
    together: int = 0
    most_together: int = 0
    ended: list[str] = field(default_factory=list)

    def __call__(self, entries: Sequence[Entry], wanted: Wanted) -> tuple[Pattern, ...]:
        self.ran += 1
        self.together += 1
        self.most_together = max(self.most_together, self.together)
        self.started.set()
        ended = "cut short"
        try:
            until = time.monotonic() + SOON
            while not self.go.is_set():
                assert time.monotonic() < until, "nobody ended this search"
                wanted()
                time.sleep(0.001)
            if self.error is not None:
                raise self.error
            ended = "whole"
            return (pattern(entries),)
        finally:
            self.together -= 1
            self.ended.append(ended)


@dataclass
class Diary:
    """Entries that change, and how many of them can be found by meaning."""

    entries: list[Entry] = field(default_factory=lambda: [entry(1), entry(2)])
    ready: Progress = field(default_factory=lambda: Progress(2, 2))

    def all(self) -> list[Entry]:
        return list(self.entries)

    def progress(self) -> Progress:
        return self.ready


@pytest.fixture
def search() -> Search:
    return Search()


@pytest.fixture
def diary() -> Diary:
    return Diary()


@pytest.fixture
def looks(search: Search, diary: Diary) -> Iterator[Looking]:
    made = Looking(diary.all, diary.progress, search)
    yield made
    search.go.set()
    made.close()


def whole(looks: Looking) -> int:
    """How many entries the patterns that came had seen."""
    until = time.monotonic() + SOON
    while (found := looks.patterns()) is None:
        assert time.monotonic() < until, "no patterns came"
        time.sleep(0.005)
    return found[0].in_count


def test_the_first_question_is_answered_at_once_and_the_patterns_follow(
    looks: Looking, search: Search
) -> None:
    assert looks.patterns() is None
    assert looks.is_going_on
    search.go.set()
    assert whole(looks) == 2
    assert not looks.is_going_on
    assert whole(looks) == 2
    assert search.ran == 1


def test_many_questions_make_one_search(looks: Looking, search: Search) -> None:
    asking = [threading.Thread(target=looks.patterns) for _ in range(8)]
    for one in asking:
        one.start()
    for one in asking:
        one.join(SOON)
    looks.look_soon()
    search.go.set()
    whole(looks)
    assert search.most_together == 1


def test_a_change_ends_the_search_and_begins_it_anew(looks: Looking, search: Search, diary: Diary) -> None:
    looks.patterns()
    assert search.started.wait(SOON)
    diary.entries.append(entry(3))
    looks.look_soon()
    until = time.monotonic() + SOON
    while search.ran < 2:
        assert time.monotonic() < until, "the old search went on"
        time.sleep(0.005)
    assert search.ended == ["cut short"]
    search.go.set()
    assert whole(looks) == 3


def test_patterns_of_another_diary_are_never_shown(looks: Looking, search: Search, diary: Diary) -> None:
    search.go.set()
    whole(looks)
    del diary.entries[0]  # nobody said so
    assert looks.patterns() is None
    assert whole(looks) == 1


def test_what_was_let_go_is_held_no_more(looks: Looking, search: Search) -> None:
    search.go.set()
    whole(looks)
    assert not looks.is_empty
    looks.let_go()
    assert looks.is_empty


def test_a_lock_ends_the_search_and_waits_until_it_has_ended(looks: Looking, search: Search) -> None:
    looks.patterns()
    assert search.started.wait(SOON)
    looks.close()
    assert search.ended == ["cut short"]
    assert looks.is_empty
    with pytest.raises(Locked):
        looks.patterns()


def test_a_lock_in_the_quiet_before_a_search_does_not_wait_for_it(looks: Looking, search: Search) -> None:
    looks.look_soon()
    began = time.monotonic()
    looks.close()
    assert time.monotonic() - began < looking.QUIET / 2
    assert search.ran == 0
    looks.look_soon()  # a page that ends late
    assert not looks.is_going_on


def test_nobody_has_to_ask(looks: Looking, search: Search, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking, "QUIET", 0.01)
    search.go.set()
    looks.look_soon()
    until = time.monotonic() + SOON
    while looks.is_empty:
        assert time.monotonic() < until
        time.sleep(0.005)
    assert looks.patterns() is not None


def test_of_searches_that_nobody_waits_for_only_one_runs_in_the_house(
    looks: Looking, search: Search, diary: Diary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looking, "QUIET", 0.01)
    other = Search()
    others = Looking(diary.all, diary.progress, other)
    looks.look_soon()
    assert search.started.wait(SOON)
    others.look_soon()
    assert not other.started.wait(0.2)
    others.patterns()  # now somebody waits
    assert other.started.wait(SOON)
    others.close()
    search.go.set()
    whole(looks)
    assert looking._slot.acquire(blocking=False)
    looking._slot.release()


def test_a_search_that_fails_says_so_to_whoever_asks_and_the_next_one_works(
    looks: Looking, search: Search
) -> None:
    search.error = EncoderMissing()
    search.go.set()
    with pytest.raises(EncoderMissing):
        whole(looks)
    search.error = None
    assert whole(looks) == 2


def test_meanings_that_came_later_are_looked_at_when_all_are_there(
    looks: Looking, search: Search, diary: Diary
) -> None:
    diary.ready = Progress(1, 2)
    search.go.set()
    whole(looks)
    assert not looks.is_going_on
    diary.ready = Progress(2, 2)
    assert whole(looks) == 2
    assert looks.is_going_on


def test_a_search_asks_at_every_entry_and_finds_what_it_found_without_asking() -> None:
    entries = life(3, Plant(sleep=-1.4, loop=True))
    asked = 0

    def wanted() -> None:
        nonlocal asked
        asked += 1

    found = find_patterns(entries, lambda: ([], np.zeros((0, 4), dtype=np.float32)), lambda: NOON, wanted)
    alone = Insights(lambda: entries, lambda: NOON).patterns()
    assert isinstance(alone, tuple)
    kinds = {one.kind for one in found}
    assert {"goes_with", "recurring"} & kinds
    assert [one for one in found if one.kind != "recurring"] == [
        one for one in alone if one.kind != "recurring"
    ]
    assert asked > 10 * len(entries)
