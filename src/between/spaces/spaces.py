"""The door: a space is made, unlocked, recovered, locked and destroyed here."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from between.domain import ItemId, OwnerId
from between.errors import (
    Damaged,
    Locked,
    StoreFull,
    TooManyTries,
    TooNew,
    WeakPassphrase,
    WrongPassphrase,
    WrongRecoveryCode,
)
from between.settings import KdfProfile
from between.spaces.code_names import new_code_name, read_code_name
from between.spaces.throttle import Gate, Strangers, seconds_to_wait
from between.store.rows import TicketRow
from between.store.store import Store
from between.vault.passphrase import judge, new_recovery_code
from between.vault.seal import Key
from between.vault.slots import Slot, SlotKind, spend, unwrap, wrap
from between.vault.tickets import fingerprint, new_token, unwrap_with, wrap_for

LONGEST_UNLOCKED = timedelta(hours=12)
"""However busy, a ticket ends after this."""
IDLE_MINUTES = range(1, 241)

_TOUCH_EVERY = timedelta(seconds=10)  # each touch is a write to the disk
_CLOCK_SLACK = timedelta(seconds=5)  # clocks are corrected by a little all the time
_LONGEST_TYPED = 1024  # no secret is longer; what is longer costs like any wrong one


@dataclass(frozen=True, slots=True)
class Created:
    """A new way into a space; the recovery code is shown once and kept nowhere."""

    code_name: str
    recovery_code: str = field(repr=False)
    token: str = field(repr=False)


class Spaces:
    """Everything that may be done without, or in order to get, a diary's key. Safe to share between threads."""

    def __init__(
        self,
        store: Store,
        profile: KdfProfile,
        clock: Callable[[], datetime],
        new_id: Callable[[], ItemId],
        idle_minutes: int = 15,
    ) -> None:
        self._store = store
        self._profile = profile
        self._clock = clock
        self._new_id = new_id
        self._idle_minutes = idle_minutes
        self._gate = Gate()
        self._strangers = Strangers()
        self._counting = threading.Lock()

    # With a secret -----------------------------------------------------------------------------------

    def create(self, passphrase: str) -> Created:
        """A new space under a new code name; ``WeakPassphrase``."""
        _insist_on_strength(passphrase)
        owner, key, code = OwnerId(self._new_id()), Key.fresh(), new_recovery_code()
        slots = self._wrapped(owner, key, {"pass": passphrase, "recovery": code})
        for digits in itertools.count(2):  # names that are taken make longer ones
            name = new_code_name(digits)
            if self._store.add_space(owner, name, slots):
                break
        return Created(name, code, self._new_ticket(owner, key))

    def unlock(self, code_name: str, passphrase: str) -> str:
        """A token for the right passphrase; else ``WrongPassphrase``, ``TooManyTries`` or ``Busy``.

        A code name that does not exist cannot be told from a wrong passphrase.
        """
        name = read_code_name(code_name)
        space = self._store.find_space(name)
        if space is None:
            with self._a_try(lambda: self._strangers.count(name), lambda at: self._strangers.note(name, at)):
                spend(_within_reason(passphrase), "pass", self._profile)
            raise WrongPassphrase
        return self._new_ticket(space.owner, self._key_by_passphrase(space.owner, passphrase))

    def recover(self, code_name: str, recovery_code: str, new_passphrase: str) -> Created:
        """Open with the recovery code, which is replaced; every other browser is locked.

        Wrong passphrases never stand in its way: 160 random bits need no throttle.
        """
        name = read_code_name(code_name)
        _insist_on_strength(new_passphrase, name)
        space = self._store.find_space(name)
        if space is None:
            with self._gate.turn():
                spend(_within_reason(recovery_code), "recovery", self._profile)
            raise WrongRecoveryCode
        key = self._unwrapped(space.owner, "recovery", recovery_code)
        code = new_recovery_code()
        slots = self._wrapped(space.owner, key, {"pass": new_passphrase, "recovery": code})
        self._store.drop_tickets(space.owner)
        self._store.put_slots(space.owner, slots)
        self._store.clear_failures(space.owner)
        return Created(name, code, self._new_ticket(space.owner, key))

    def change_passphrase(self, token: str, old: str, new: str) -> None:
        """Wrap the key again; items stay as they are, every other browser is locked."""
        ticket = self._live(token)
        space = self._store.space(ticket.owner) if ticket else None
        if ticket is None or space is None:
            raise Locked
        _insist_on_strength(new, space.code_name)
        key = self._key_by_passphrase(space.owner, old)
        slots = self._wrapped(space.owner, key, {"pass": new})
        self._store.drop_tickets(space.owner, except_fingerprint=ticket.fingerprint)
        self._store.put_slots(space.owner, slots)

    # With a token ------------------------------------------------------------------------------------

    def open(self, token: str) -> tuple[OwnerId, Key] | None:
        """The key behind a live ticket, which counts as use; ``None`` when it is locked."""
        ticket = self._live(token)
        if ticket is None:
            return None
        try:
            key = unwrap_with(token, ticket.wrapped, ticket.owner)
        except (Damaged, TooNew):  # the passphrase makes a new one
            self._store.drop_ticket(ticket.fingerprint)
            return None
        now = self._clock()
        if now - ticket.seen_at >= _TOUCH_EVERY:
            with suppress(StoreFull):  # a full disk must not keep anyone from reading
                self._store.touch_ticket(ticket.fingerprint, now)
        return ticket.owner, key

    def peek(self, token: str) -> bool:
        """Whether a ticket is live, without counting as use."""
        return self._live(token) is not None

    def held(self, owner: OwnerId) -> bool:
        """Whether any browser still holds a live ticket of this owner."""
        now = self._clock()
        return any(_is_live(ticket, now) for ticket in self._store.tickets(owner))

    def set_idle(self, token: str, minutes: int) -> None:
        """How many minutes without use lock this ticket; nothing happens when it is locked already."""
        within = min(max(minutes, IDLE_MINUTES.start), IDLE_MINUTES.stop - 1)
        self._store.set_idle(fingerprint(token), within)

    def lock(self, token: str) -> None:
        """Drop a ticket."""
        self._store.drop_ticket(fingerprint(token))

    def delete(self, token: str) -> None:
        """Destroy the space behind a live ticket, its key first; ``Locked`` when there is none."""
        ticket = self._live(token)
        if ticket is None:
            raise Locked
        self._store.wipe(ticket.owner)

    # Tickets -----------------------------------------------------------------------------------------

    def _new_ticket(self, owner: OwnerId, key: Key) -> str:
        token, now = new_token(), self._clock()
        wrapped = wrap_for(token, key, owner)
        self._store.drop_tickets_before(now - LONGEST_UNLOCKED)
        self._store.add_ticket(TicketRow(fingerprint(token), owner, wrapped, now, now, self._idle_minutes))
        return token

    def _live(self, token: str) -> TicketRow | None:
        ticket = self._store.ticket(fingerprint(token))
        if ticket is None or _is_live(ticket, self._clock()):
            return ticket
        self._store.drop_ticket(ticket.fingerprint)
        return None

    # Keys --------------------------------------------------------------------------------------------

    def _key_by_passphrase(self, owner: OwnerId, passphrase: str) -> Key:
        def count() -> tuple[int, datetime | None]:
            space = self._store.space(owner)
            return (space.failures, space.last_failure_at) if space else (0, None)

        with self._a_try(count, lambda at: self._store.note_failure(owner, at)):
            try:
                key = unwrap(self._slot(owner, "pass"), _within_reason(passphrase), owner, self._profile)
            except (Damaged, TooNew):
                self._store.clear_failures(owner)  # it was no guess
                raise
        self._store.clear_failures(owner)
        return key

    @contextmanager
    def _a_try(
        self, count: Callable[[], tuple[int, datetime | None]], note: Callable[[datetime], None]
    ) -> Iterator[None]:
        """One try at a passphrase, counted as a failure before it is known, so that a crowd gains nothing."""
        self._insist_on_patience(*count())
        with self._gate.turn():
            with self._counting:
                self._insist_on_patience(*count())
                note(self._clock())
            yield

    def _insist_on_patience(self, failures: int, last: datetime | None) -> None:
        seconds = seconds_to_wait(failures, last, self._clock())
        if seconds:
            raise TooManyTries(seconds)

    def _unwrapped(self, owner: OwnerId, kind: SlotKind, secret: str) -> Key:
        with self._gate.turn():
            return unwrap(self._slot(owner, kind), _within_reason(secret), owner, self._profile)

    def _wrapped(self, owner: OwnerId, key: Key, secrets: dict[SlotKind, str]) -> list[Slot]:
        with self._gate.turn():
            return [wrap(secret, key, owner, kind, self._profile) for kind, secret in secrets.items()]

    def _slot(self, owner: OwnerId, kind: SlotKind) -> Slot:
        for slot in self._store.slots(owner):
            if slot.kind == kind:
                return slot
        raise Damaged


def _is_live(ticket: TicketRow, now: datetime) -> bool:
    if now < ticket.seen_at - _CLOCK_SLACK:  # the clock was set back
        return False
    idle = timedelta(minutes=ticket.idle_minutes)
    return now - ticket.seen_at < idle and now - ticket.made_at < LONGEST_UNLOCKED


def _insist_on_strength(passphrase: str, code_name: str = "") -> None:
    if not judge(passphrase, code_name).ok:
        raise WeakPassphrase


def _within_reason(secret: str) -> str:
    return secret if len(secret) <= _LONGEST_TYPED else ""
