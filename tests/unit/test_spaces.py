"""A space is made without a name, opened with a secret, and never says more than it must."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

import between.spaces.code_names as code_names
from between.domain import ItemId
from between.errors import (
    BetweenError,
    Damaged,
    Forgotten,
    Locked,
    WeakPassphrase,
    WrongPassphrase,
    WrongRecoveryCode,
)
from between.spaces.code_names import new_code_name, read_code_name
from between.store.rows import SealedItem
from tests.fakes_spaces import OTHER, PASSPHRASE, WRONG, Door


@pytest.fixture
def door() -> Door:
    return Door()


def test_a_new_space_is_open_and_its_passphrase_opens_it_again(door: Door) -> None:
    made = door.spaces.create(PASSPHRASE)
    owner, key = door.spaces.open(made.token) or pytest.fail("it is locked")
    token = door.spaces.unlock(made.code_name, PASSPHRASE)
    assert token != made.token
    again_owner, again_key = door.spaces.open(token) or pytest.fail("it is locked")
    assert (again_owner, again_key.dek) == (owner, key.dek)


def test_two_spaces_share_neither_name_nor_owner_nor_key(door: Door) -> None:
    one, other = door.spaces.create(PASSPHRASE), door.spaces.create(PASSPHRASE)
    assert one.code_name != other.code_name
    opened = [door.spaces.open(made.token) or pytest.fail("it is locked") for made in (one, other)]
    assert opened[0][0] != opened[1][0]
    assert opened[0][1].dek != opened[1][1].dek


def test_a_weak_passphrase_makes_no_space(door: Door) -> None:
    with pytest.raises(WeakPassphrase):
        door.spaces.create("password12345678")
    made = door.spaces.create(PASSPHRASE)
    owner, _ = door.spaces.open(made.token) or pytest.fail("it is locked")
    assert int(owner, 16) == 1  # ids are counted here, and nothing took the first


def test_what_is_made_does_not_show_its_secrets(door: Door) -> None:
    made = door.spaces.create(PASSPHRASE)
    assert made.token not in repr(made)
    assert made.recovery_code not in repr(made)


def test_a_wrong_passphrase_and_an_unknown_name_are_told_alike(door: Door) -> None:
    made = door.spaces.create(PASSPHRASE)
    said = []
    for name in (made.code_name, "calm-pond-10", "", "x" * 10_000, "\ud800\0'; --"):
        with pytest.raises(WrongPassphrase) as refusal:
            door.spaces.unlock(name, WRONG)
        said.append(str(refusal.value))
    assert len(set(said)) == 1


def test_the_code_name_may_be_typed_with_capitals_and_spaces(door: Door) -> None:
    made = door.spaces.create(PASSPHRASE)
    assert door.spaces.unlock(f"  {made.code_name.replace('-', ' ').title()} ", PASSPHRASE)
    assert door.spaces.unlock(made.code_name.upper(), PASSPHRASE)


def test_no_length_of_wrong_passphrase_is_trouble(door: Door) -> None:
    made = door.spaces.create(PASSPHRASE)
    for typed in ("", PASSPHRASE + " " * 2000, "\ud800", "x" * 1_000_000):
        door.clock.turn(hours=1)
        with pytest.raises(WrongPassphrase):
            door.spaces.unlock(made.code_name, typed)


# Recovery


def test_the_recovery_code_opens_the_space_once_and_sets_a_new_passphrase(door: Door) -> None:
    made = door.spaces.create(PASSPHRASE)
    _, key = door.spaces.open(made.token) or pytest.fail("it is locked")
    again = door.spaces.recover(made.code_name, made.recovery_code.lower().replace("-", " "), OTHER)

    assert again.code_name == made.code_name
    assert again.recovery_code != made.recovery_code
    _, same_key = door.spaces.open(again.token) or pytest.fail("it is locked")
    assert same_key.dek == key.dek
    assert door.spaces.unlock(made.code_name, OTHER)
    with pytest.raises(WrongPassphrase):
        door.spaces.unlock(made.code_name, PASSPHRASE)
    with pytest.raises(WrongRecoveryCode):
        door.spaces.recover(made.code_name, made.recovery_code, PASSPHRASE)
    assert door.spaces.recover(made.code_name, again.recovery_code, PASSPHRASE)


def test_recovery_locks_every_other_browser(door: Door) -> None:
    made = door.spaces.create(PASSPHRASE)
    elsewhere = door.spaces.unlock(made.code_name, PASSPHRASE)
    again = door.spaces.recover(made.code_name, made.recovery_code, OTHER)
    assert door.spaces.open(made.token) is None
    assert door.spaces.open(elsewhere) is None
    assert door.spaces.open(again.token)


def test_a_wrong_code_or_a_weak_new_passphrase_changes_nothing(door: Door) -> None:
    made = door.spaces.create(PASSPHRASE)
    for name, code, new, refusal in [
        (made.code_name, "0000-" * 7 + "0000", OTHER, WrongRecoveryCode),
        (made.code_name, PASSPHRASE, OTHER, WrongRecoveryCode),
        ("calm-pond-10", made.recovery_code, OTHER, WrongRecoveryCode),
        (made.code_name, made.recovery_code, "too short", WeakPassphrase),
        (made.code_name, made.recovery_code, f"{made.code_name}!", WeakPassphrase),
    ]:
        with pytest.raises(refusal):
            door.spaces.recover(name, code, new)
    assert door.spaces.open(made.token)
    assert door.spaces.unlock(made.code_name, PASSPHRASE)
    assert door.spaces.recover(made.code_name, made.recovery_code, OTHER)


# A new passphrase


def test_a_new_passphrase_leaves_every_item_as_it_is(door: Door) -> None:
    made = door.spaces.create(PASSPHRASE)
    owner, key = door.spaces.open(made.token) or pytest.fail("it is locked")
    id = ItemId("f" * 32)
    door.store.put(owner, [SealedItem(id, "entry", key.seal(owner, "entry", id, b"words"))])
    before, recovery = (
        list(door.store.items(owner)),
        [s for s in door.store.slots(owner) if s.kind == "recovery"],
    )

    door.spaces.change_passphrase(made.token, PASSPHRASE, OTHER)

    assert list(door.store.items(owner)) == before
    assert [s for s in door.store.slots(owner) if s.kind == "recovery"] == recovery
    with pytest.raises(WrongPassphrase):
        door.spaces.unlock(made.code_name, PASSPHRASE)
    token = door.spaces.unlock(made.code_name, OTHER)
    _, same_key = door.spaces.open(token) or pytest.fail("it is locked")
    assert same_key.dek == key.dek


def test_a_new_passphrase_locks_every_browser_but_this_one(door: Door) -> None:
    made = door.spaces.create(PASSPHRASE)
    elsewhere = door.spaces.unlock(made.code_name, PASSPHRASE)
    door.spaces.change_passphrase(made.token, PASSPHRASE, OTHER)
    assert door.spaces.open(made.token)
    assert door.spaces.open(elsewhere) is None


def test_the_old_passphrase_must_be_known_even_at_an_open_screen(door: Door) -> None:
    made = door.spaces.create(PASSPHRASE)
    with pytest.raises(WrongPassphrase):
        door.spaces.change_passphrase(made.token, WRONG, OTHER)
    with pytest.raises(WeakPassphrase):
        door.spaces.change_passphrase(made.token, PASSPHRASE, "weak")
    with pytest.raises(Locked):
        door.spaces.change_passphrase("no token", PASSPHRASE, OTHER)
    assert door.spaces.unlock(made.code_name, PASSPHRASE)


# The end


def test_a_deleted_space_is_unknown_and_holds_nothing(door: Door) -> None:
    made, neighbour = door.spaces.create(PASSPHRASE), door.spaces.create(PASSPHRASE)
    owner, key = door.spaces.open(made.token) or pytest.fail("it is locked")
    id = ItemId("f" * 32)
    door.store.put(owner, [SealedItem(id, "entry", key.seal(owner, "entry", id, b"words"))])

    door.spaces.delete(made.token)

    assert list(door.store.items(owner)) == []
    assert door.store.slots(owner) == []
    assert door.store.tickets(owner) == []
    assert door.spaces.open(made.token) is None
    with pytest.raises(WrongPassphrase):
        door.spaces.unlock(made.code_name, PASSPHRASE)
    with pytest.raises(WrongRecoveryCode):
        door.spaces.recover(made.code_name, made.recovery_code, OTHER)
    assert door.spaces.unlock(neighbour.code_name, PASSPHRASE)


def test_only_an_open_space_can_be_deleted(door: Door) -> None:
    made = door.spaces.create(PASSPHRASE)
    door.spaces.lock(made.token)
    with pytest.raises(Locked):
        door.spaces.delete(made.token)
    assert door.spaces.unlock(made.code_name, PASSPHRASE)


def test_a_ticket_cannot_be_made_for_a_space_that_has_just_gone(door: Door) -> None:
    made = door.spaces.create(PASSPHRASE)
    owner, key = door.spaces.open(made.token) or pytest.fail("it is locked")
    door.store.wipe(owner)
    with pytest.raises(Forgotten):
        door.spaces._new_ticket(owner, key)


def test_a_missing_slot_is_damage_not_a_wrong_passphrase(door: Door) -> None:
    made = door.spaces.create(PASSPHRASE)
    owner, _ = door.spaces.open(made.token) or pytest.fail("it is locked")
    [slot] = [one for one in door.store.slots(owner) if one.kind == "pass"]
    for _ in range(8):  # and it is never counted as a guess
        door.store.put_slots(owner, [type(slot)("pass", 1, "not json", slot.salt, slot.commit, slot.wrapped)])
        with pytest.raises(Damaged):
            door.spaces.unlock(made.code_name, PASSPHRASE)
    door.store.put_slots(owner, [slot])
    assert door.spaces.unlock(made.code_name, PASSPHRASE)


# Code names


def test_code_names_are_two_words_and_a_number(door: Door) -> None:
    names = {new_code_name() for _ in range(500)}
    assert len(names) > 490
    for name in names:
        adjective, noun, number = name.split("-")
        assert adjective.isalpha()
        assert noun.isalpha()
        assert 10 <= int(number) <= 99
        assert read_code_name(name) == name


def test_the_words_of_code_names_are_each_listed_once_and_plain() -> None:
    words = tomllib.loads((Path(code_names.__file__).parent / "code_names.toml").read_text("utf-8"))
    for part in ("adjectives", "nouns"):
        assert words[part] == sorted(set(words[part]))
        assert all(word.isascii() and word.isalpha() and word.islower() for word in words[part])


def test_a_taken_name_is_never_given_twice(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(code_names, "_lists", lambda: (("calm",), ("pond",)))
    names = [door.spaces.create(PASSPHRASE).code_name for _ in range(5)]
    assert len(set(names)) == 5


@pytest.mark.parametrize("typed", ["", "   ", "—", "x" * 65, "ruhig-fluß-é", "\ud800", "\0"])
def test_what_is_no_code_name_is_read_as_none(typed: str) -> None:
    assert read_code_name(typed) == ""


def test_every_refusal_is_one_of_ours() -> None:
    assert issubclass(Locked, BetweenError)
    assert str(Locked()) == "This space is locked."
