"""Guessing is slow, counted across restarts, and tells nobody which spaces exist."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from between.errors import Busy, TooManyTries, WrongPassphrase
from between.spaces.throttle import Gate, Strangers, seconds_to_wait
from tests.fakes_spaces import OTHER, PASSPHRASE, WRONG, Door

NOW = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.fixture
def door() -> Door:
    return Door()


def fail(door: Door, name: str) -> int:
    """Seconds to wait, or 0 for a try that was heard and wrong."""
    try:
        door.spaces.unlock(name, WRONG)
    except TooManyTries as refusal:
        return refusal.wait_seconds
    except WrongPassphrase:
        return 0
    raise AssertionError("it opened")


def test_four_failures_are_free_and_then_the_wait_doubles() -> None:
    waits = [seconds_to_wait(failures, NOW, NOW) for failures in range(17)]
    assert waits == [0, 0, 0, 0, 0, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900]
    assert seconds_to_wait(10_000, NOW, NOW) == 900
    assert seconds_to_wait(6, NOW, NOW + timedelta(seconds=1.5)) == 3
    assert seconds_to_wait(6, NOW, NOW + timedelta(seconds=4)) == 0


def test_a_clock_that_was_set_back_does_not_keep_anyone_out_for_good() -> None:
    assert seconds_to_wait(14, NOW, NOW - timedelta(days=1)) == 0
    assert seconds_to_wait(14, NOW, NOW - timedelta(seconds=10)) == 890


@pytest.mark.parametrize("exists", [True, False])
def test_known_and_unknown_spaces_slow_a_guesser_alike(door: Door, exists: bool) -> None:
    made = door.spaces.create(PASSPHRASE)
    name = made.code_name if exists else "calm-pond-10"
    heard = 0
    seen = []
    for _ in range(600):  # ten minutes, one try a second
        wait = fail(door, name)
        heard += wait == 0
        seen.append(wait)
        door.clock.turn(seconds=1)
    assert seen[:8] == [0, 0, 0, 0, 0, 1, 0, 3]
    assert heard == 13


def test_failures_are_remembered_over_a_restart(door: Door) -> None:
    made = door.spaces.create(PASSPHRASE)
    assert [fail(door, made.code_name) for _ in range(6)] == [0, 0, 0, 0, 0, 2]
    door.restart()
    assert fail(door, made.code_name) == 2
    with pytest.raises(TooManyTries):
        door.spaces.unlock(made.code_name, PASSPHRASE)
    door.clock.turn(seconds=2)
    assert door.spaces.unlock(made.code_name, PASSPHRASE)
    assert [fail(door, made.code_name) for _ in range(5)] == [0] * 5, "the right one starts the count anew"


def test_guessing_at_an_open_screen_is_counted_too(door: Door) -> None:
    made = door.spaces.create(PASSPHRASE)
    for _ in range(5):
        with pytest.raises(WrongPassphrase):
            door.spaces.change_passphrase(made.token, WRONG, OTHER)
    with pytest.raises(TooManyTries):
        door.spaces.change_passphrase(made.token, PASSPHRASE, OTHER)


def test_whom_an_attacker_locked_out_the_recovery_code_lets_in(door: Door) -> None:
    made = door.spaces.create(PASSPHRASE)
    for _ in range(30):
        fail(door, made.code_name)
        door.clock.turn(minutes=15)
    fail(door, made.code_name)
    with pytest.raises(TooManyTries):
        door.spaces.unlock(made.code_name, PASSPHRASE)
    again = door.spaces.recover(made.code_name, made.recovery_code, OTHER)
    assert door.spaces.open(again.token)
    assert door.spaces.unlock(made.code_name, OTHER)


def test_a_crowd_of_guessers_is_counted_one_by_one(door: Door) -> None:
    made = door.spaces.create(PASSPHRASE)

    def guess(_: int) -> bool:
        try:
            door.spaces.unlock(made.code_name, WRONG)
        except WrongPassphrase:
            return True
        except (TooManyTries, Busy):
            return False
        raise AssertionError("it opened")

    with ThreadPoolExecutor(20) as crowd:
        heard = sum(crowd.map(guess, range(100)))
    assert heard == 5


def test_only_the_latest_strangers_are_remembered() -> None:
    strangers = Strangers(remembered=3)
    for name in "abcd":
        strangers.note(name, NOW)
    strangers.note("c", NOW)
    assert [strangers.count(name)[0] for name in "abcd"] == [0, 1, 2, 1]


def test_two_derive_at_once_twenty_wait_and_the_rest_are_told_busy() -> None:
    gate, release = Gate(), threading.Event()
    inside = threading.Semaphore(0)
    most = 0
    running = 0
    lock = threading.Lock()

    def derive(_: int) -> bool:
        nonlocal most, running
        try:
            with gate.turn():
                with lock:
                    running += 1
                    most = max(most, running)
                inside.release()
                release.wait(10)
                with lock:
                    running -= 1
        except Busy:
            inside.release()
            return False
        return True

    with ThreadPoolExecutor(64) as crowd:
        results = [crowd.submit(derive, number) for number in range(64)]
        for _ in range(2 + 42):  # two are in, 42 were sent away, 20 wait
            assert inside.acquire(timeout=10)
        release.set()
        passed = sum(result.result() for result in results)
    assert (passed, most) == (22, 2)
    with gate.turn():
        pass


def test_a_derivation_that_fails_frees_its_place() -> None:
    gate = Gate(at_once=1, waiting=0)
    for _ in range(5):
        with pytest.raises(KeyError), gate.turn():
            raise KeyError
    with gate.turn(), pytest.raises(Busy), gate.turn():
        pass
