"""A ticket lives while it is used, never for ever, and dies with a clock that is turned back."""

from __future__ import annotations

import pytest

from between.domain import OwnerId
from between.errors import StoreFull
from between.spaces.spaces import LONGEST_UNLOCKED
from between.store.store import Store
from tests.fakes_spaces import OTHER, PASSPHRASE, Door


@pytest.fixture
def door() -> Door:
    return Door()


@pytest.fixture
def token(door: Door) -> str:
    return door.spaces.create(PASSPHRASE).token


def test_a_space_locks_after_the_idle_time(door: Door, token: str) -> None:
    door.clock.turn(minutes=14, seconds=59)
    assert door.spaces.open(token)
    door.clock.turn(minutes=14, seconds=59)
    assert door.spaces.open(token)
    door.clock.turn(minutes=15)
    assert door.spaces.open(token) is None
    door.clock.turn(minutes=-10)
    assert door.spaces.open(token) is None, "a locked ticket does not come back"


def test_looking_does_not_keep_a_space_open(door: Door, token: str) -> None:
    for _ in range(14):
        door.clock.turn(minutes=1)
        assert door.spaces.peek(token)
    door.clock.turn(minutes=1)
    assert not door.spaces.peek(token)
    assert door.spaces.open(token) is None


def test_each_person_chooses_the_idle_time(door: Door, token: str) -> None:
    door.spaces.set_idle(token, 60)
    door.clock.turn(minutes=59)
    assert door.spaces.peek(token)
    door.spaces.set_idle(token, 1)
    assert not door.spaces.peek(token)


@pytest.mark.parametrize(("asked", "kept"), [(0, 1), (-5, 1), (241, 240), (10**9, 240)])
def test_the_idle_time_stays_within_reason(door: Door, token: str, asked: int, kept: int) -> None:
    door.spaces.set_idle(token, asked)
    door.clock.turn(minutes=kept, seconds=-1)
    assert door.spaces.peek(token)
    door.clock.turn(seconds=1)
    assert not door.spaces.peek(token)


def test_setting_the_idle_time_of_a_locked_space_does_nothing(door: Door) -> None:
    door.spaces.set_idle("no such token", 30)
    assert not door.spaces.peek("no such token")


def test_no_use_keeps_a_space_open_longer_than_half_a_day(door: Door, token: str) -> None:
    door.spaces.set_idle(token, 240)
    for _ in range(71):
        door.clock.turn(minutes=10)
        assert door.spaces.open(token)
    door.clock.turn(minutes=10)
    assert door.spaces.open(token) is None


def test_a_clock_that_was_set_back_locks(door: Door, token: str) -> None:
    door.clock.turn(seconds=-3)  # a correction
    assert door.spaces.open(token)
    door.clock.turn(hours=-1)
    assert door.spaces.open(token) is None


def test_locking_drops_this_browser_only(door: Door) -> None:
    made = door.spaces.create(PASSPHRASE)
    owner, _ = door.spaces.open(made.token) or pytest.fail("it is locked")
    other = door.spaces.unlock(made.code_name, PASSPHRASE)
    door.spaces.lock(made.token)
    assert door.spaces.open(made.token) is None
    assert door.spaces.open(other)
    assert door.spaces.held(owner)
    door.spaces.lock(other)
    assert not door.spaces.held(owner)
    door.spaces.lock(other)


def test_an_expired_ticket_does_not_hold_a_space(door: Door, token: str) -> None:
    owner, _ = door.spaces.open(token) or pytest.fail("it is locked")
    door.clock.turn(hours=1)
    assert not door.spaces.held(owner)
    assert not door.spaces.held(OwnerId("nobody"))


@pytest.mark.parametrize("token", ["", "nonsense", "\ud800", "x" * 100_000, "\0"])
def test_a_made_up_token_opens_nothing(door: Door, token: str) -> None:
    assert door.spaces.open(token) is None
    assert not door.spaces.peek(token)


def test_a_restart_keeps_tickets_but_they_open_nothing_without_their_token(door: Door, token: str) -> None:
    owner, key = door.spaces.open(token) or pytest.fail("it is locked")
    door.restart()
    again = door.spaces.open(token) or pytest.fail("it is locked")
    assert again[1].dek == key.dek
    [ticket] = door.store.tickets(owner)
    assert token.encode() not in ticket.wrapped
    assert key.dek not in ticket.wrapped
    assert door.spaces.open(ticket.fingerprint) is None


def test_tickets_of_closed_browsers_are_swept(door: Door) -> None:
    made = door.spaces.create(PASSPHRASE)
    owner, _ = door.spaces.open(made.token) or pytest.fail("it is locked")
    door.clock.turn(seconds=LONGEST_UNLOCKED.total_seconds() + 1)
    door.spaces.create(OTHER)
    assert door.store.tickets(owner) == []


def test_a_ticket_whose_wrapped_key_was_changed_is_locked(door: Door, token: str) -> None:
    owner, _ = door.spaces.open(token) or pytest.fail("it is locked")
    [ticket] = door.store.tickets(owner)
    door.store.drop_ticket(ticket.fingerprint)
    broken = ticket.wrapped[:-1] + bytes([ticket.wrapped[-1] ^ 1])
    door.store.add_ticket(type(ticket)(**{**_fields(ticket), "wrapped": broken}))
    assert door.spaces.open(token) is None
    assert door.store.tickets(owner) == []


class FullStore(Store):
    """Has no room for the note that a ticket was used."""

    def touch_ticket(self, fingerprint: str, at: object) -> None:
        raise StoreFull


def test_a_full_disk_keeps_nobody_from_reading() -> None:
    full = FullStore("sqlite://")
    full.migrate()
    door = Door(store=full)
    token = door.spaces.create(PASSPHRASE).token
    door.clock.turn(minutes=1)
    assert door.spaces.open(token)


def _fields(row: object) -> dict[str, object]:
    return {name: getattr(row, name) for name in row.__dataclass_fields__}  # type: ignore[attr-defined]
