"""A secret opens its slot; a wrong secret, a damaged slot and a newer format are three different refusals."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from between.domain import OwnerId
from between.errors import Damaged, TooNew, WrongPassphrase, WrongRecoveryCode
from between.settings import KdfProfile, Settings
from between.vault import kdf
from between.vault.passphrase import new_recovery_code
from between.vault.seal import Key
from between.vault.slots import Slot, spend, unwrap, wrap

OWNER = OwnerId("0" * 31 + "1")
KEY = Key(bytes(range(32)))
SECRET = "five calm words in a row"
CHEAPEST, STRONG = KdfProfile.CHEAPEST, KdfProfile.STRONG


def slot(secret: str = SECRET) -> Slot:
    return wrap(secret, KEY, OWNER, "pass", CHEAPEST)


def opened(one: Slot, secret: str = SECRET, owner: OwnerId = OWNER) -> bytes:
    return unwrap(one, secret, owner, CHEAPEST).dek


def with_kdf(**changes: Any) -> Slot:
    found = json.loads(slot().kdf)
    found.update(changes)
    return replace(
        slot(), kdf=json.dumps({name: value for name, value in found.items() if value is not None})
    )


def test_the_default_cost_is_the_strong_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BETWEEN_KDF", raising=False)
    assert Settings().kdf is STRONG
    assert kdf.COSTS[STRONG] == kdf.Cost(m=64 * 1024, t=3, p=1)


def test_the_strong_profile_opens_what_it_wrapped_and_says_so_in_the_slot() -> None:
    strong = wrap(SECRET, KEY, OWNER, "pass", STRONG)
    assert json.loads(strong.kdf) == {"alg": "argon2id", "v": 19, "m": 65536, "t": 3, "p": 1}
    assert unwrap(strong, SECRET, OWNER).dek == KEY.dek


def test_the_right_secret_opens_it_and_a_wrong_one_does_not() -> None:
    assert opened(slot()) == KEY.dek
    with pytest.raises(WrongPassphrase):
        opened(slot(), SECRET + " ")


@pytest.mark.parametrize(
    "typed", ["", "x" * 10_000, "a\0b", "\u202eabc", "\ud800", "🙂" * 20, SECRET.upper()]
)
def test_anything_that_can_be_typed_is_just_a_wrong_passphrase(typed: str) -> None:
    with pytest.raises(WrongPassphrase):
        opened(slot(), typed)


def test_a_composed_and_a_decomposed_letter_are_the_same_passphrase() -> None:
    assert opened(slot("cafe\u0301 au lait every day"), "caf\u00e9 au lait every day") == KEY.dek


def test_a_recovery_code_opens_its_slot_however_it_is_typed() -> None:
    code = new_recovery_code()
    recovery = wrap(code, KEY, OWNER, "recovery", CHEAPEST)
    sloppy = code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert opened(recovery, sloppy) == KEY.dek
    with pytest.raises(WrongRecoveryCode):
        opened(recovery, new_recovery_code())


def test_two_slots_of_one_secret_have_nothing_in_common() -> None:
    one, other = slot(), slot()
    assert one.salt != other.salt
    assert one.commit != other.commit
    assert one.wrapped != other.wrapped


def test_a_slot_of_another_owner_kind_or_epoch_does_not_open() -> None:
    with pytest.raises(Damaged):
        opened(slot(), owner=OwnerId("somebody else"))
    with pytest.raises(Damaged):
        opened(replace(slot(), epoch=2))
    code = new_recovery_code()
    with pytest.raises(Damaged):
        opened(replace(wrap(code, KEY, OWNER, "recovery", CHEAPEST), kind="pass"), code.replace("-", ""))


def test_a_damaged_slot_is_not_called_a_wrong_passphrase() -> None:
    whole = slot()
    for at in range(1, len(whole.wrapped)):
        changed = whole.wrapped[:at] + bytes([whole.wrapped[at] ^ 1]) + whole.wrapped[at + 1 :]
        with pytest.raises(Damaged):
            opened(replace(whole, wrapped=changed))
    for broken in (
        replace(whole, wrapped=whole.wrapped[:-1]),
        replace(whole, wrapped=b""),
        replace(whole, salt=b""),
    ):
        with pytest.raises(Damaged):
            opened(broken)


def test_a_slot_of_a_later_version_says_so() -> None:
    whole = slot()
    with pytest.raises(TooNew):
        opened(replace(whole, wrapped=b"\x02" + whole.wrapped[1:]))
    with pytest.raises(TooNew):
        opened(with_kdf(alg="argon3"))
    with pytest.raises(TooNew):
        opened(replace(whole, kind="device"))  # type: ignore[arg-type]  # what a later version might write


@pytest.mark.parametrize(
    "changes",
    [
        {"m": 2**31},
        {"m": 1024 * 1024 + 1},
        {"m": 7},
        {"m": -1},
        {"t": 0},
        {"t": 11},
        {"p": 0},
        {"p": 9},
        {"m": None},
        {"t": None},
        {"m": "65536"},
        {"m": 65536.0},
        {"t": True},
    ],
    ids=str,
)
def test_costs_out_of_bounds_are_refused_before_any_memory_is_taken(changes: dict[str, Any]) -> None:
    with pytest.raises(Damaged):
        opened(with_kdf(**changes))


@pytest.mark.parametrize("written", ["", "[]", "null", "{", "[" * 100_000, "1", '{"alg": "argon2id"'])
def test_costs_that_are_no_costs_are_refused(written: str) -> None:
    with pytest.raises((Damaged, TooNew)):
        opened(replace(slot(), kdf=written))


def test_a_strong_between_does_not_accept_a_slot_that_was_made_cheap() -> None:
    with pytest.raises(Damaged):
        unwrap(slot(), SECRET, OWNER, STRONG)
    with pytest.raises(Damaged):
        unwrap(slot(), SECRET, OWNER)
    with pytest.raises(Damaged):
        unwrap(with_kdf(m=19 * 1024 - 1), SECRET, OWNER, STRONG)


def test_spending_a_try_needs_no_slot() -> None:
    for typed in ("", "\ud800", SECRET):
        spend(typed, "pass", CHEAPEST)
        spend(typed, "recovery", CHEAPEST)


def test_a_slot_does_not_show_its_bytes() -> None:
    assert "wrapped" not in repr(slot())
    assert "salt" not in repr(slot())
