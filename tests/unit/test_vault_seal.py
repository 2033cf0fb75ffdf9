"""A seal holds exactly what was put in, for exactly the place it was made for."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from between.domain import ItemId, OwnerId, Sealed
from between.errors import BetweenError, Damaged, TooNew
from between.vault.envelope import NONCE_BYTES, lp
from between.vault.seal import Key
from between.vault.tickets import fingerprint, new_token, unwrap_with, wrap_for

KEY = Key(bytes(range(32)))
OWNER = OwnerId("0" * 31 + "1")
OTHER = OwnerId("0" * 31 + "2")
ID = ItemId("a" * 32)

texts = st.text(st.characters(exclude_categories=["Cs"]))


@given(st.binary(max_size=3000), texts, texts, texts)
@settings(max_examples=300)
def test_whatever_is_sealed_comes_back(data: bytes, owner: str, kind: str, id: str) -> None:
    place = (OwnerId(owner), kind, ItemId(id))
    assert KEY.open(*place, KEY.seal(*place, data)) == data


@given(st.lists(texts), st.lists(texts))
@settings(max_examples=1000)
def test_no_two_lists_of_parts_look_alike(one: list[str], other: list[str]) -> None:
    assert (lp(*one) == lp(*other)) == (one == other)


@given(st.lists(texts, min_size=1), st.data())
def test_moving_a_boundary_between_parts_changes_the_bytes(parts: list[str], data: st.DataObject) -> None:
    joined = "".join(parts)
    cut = data.draw(st.integers(0, len(joined)))
    again = [joined[:cut], joined[cut:]]
    assert (lp(*parts) == lp(*again)) == (parts == again)


def test_every_flipped_bit_is_noticed() -> None:
    sealed = KEY.seal(OWNER, "entry", ID, b"a short note")
    for at in range(len(sealed) * 8):
        changed = bytearray(sealed)
        changed[at // 8] ^= 1 << at % 8
        with pytest.raises((Damaged, TooNew)):
            KEY.open(OWNER, "entry", ID, Sealed(bytes(changed)))


def test_every_cut_is_noticed() -> None:
    sealed = KEY.seal(OWNER, "entry", ID, b"a short note")
    for length in range(len(sealed)):
        with pytest.raises(Damaged):
            KEY.open(OWNER, "entry", ID, Sealed(sealed[:length]))
    with pytest.raises(Damaged):
        KEY.open(OWNER, "entry", ID, Sealed(sealed + b"\0"))


@given(st.binary(max_size=200))
def test_junk_is_refused_in_our_own_words(junk: bytes) -> None:
    with pytest.raises((Damaged, TooNew)):
        KEY.open(OWNER, "entry", ID, Sealed(junk))


@pytest.mark.parametrize(
    "place",
    [
        (OTHER, "entry", ID, 1),
        (OWNER, "message", ID, 1),
        (OWNER, "entry", ItemId("b" * 32), 1),
        (OWNER, "entry", ID, 2),
    ],
    ids=["owner", "kind", "id", "epoch"],
)
def test_a_seal_that_was_moved_does_not_open(place: tuple[OwnerId, str, ItemId, int]) -> None:
    owner, kind, id, epoch = place
    with pytest.raises(Damaged):
        Key(KEY.dek, epoch).open(owner, kind, id, KEY.seal(OWNER, "entry", ID, b"words"))


def test_another_key_does_not_open_it() -> None:
    with pytest.raises(Damaged):
        Key.fresh().open(OWNER, "entry", ID, KEY.seal(OWNER, "entry", ID, b"words"))


def test_a_later_version_is_not_called_damaged() -> None:
    sealed = KEY.seal(OWNER, "entry", ID, b"words")
    with pytest.raises(TooNew):
        KEY.open(OWNER, "entry", ID, Sealed(b"\x02" + sealed[1:]))
    with pytest.raises(Damaged):
        KEY.open(OWNER, "entry", ID, Sealed(b"\x00" + sealed[1:]))


def test_short_notes_are_all_of_one_size() -> None:
    sizes = {len(KEY.seal(OWNER, "entry", ID, b"x" * length)) for length in range(253)}
    assert sizes == {1 + 12 + 256 + 16}
    assert len(KEY.seal(OWNER, "entry", ID, b"x" * 253)) == 1 + 12 + 512 + 16


def test_nonces_never_repeat() -> None:
    sealed = [KEY.seal(OWNER, "entry", ID, b"the same words") for _ in range(20_000)]
    assert len({one[1 : 1 + NONCE_BYTES] for one in sealed}) == len(sealed)
    assert len(set(sealed)) == len(sealed)


def test_the_words_do_not_stand_in_the_seal() -> None:
    assert b"a short note" not in KEY.seal(OWNER, "entry", ID, b"a short note")


def test_a_key_does_not_show_itself() -> None:
    assert repr(KEY) == str(KEY) == "Key()"


def test_a_key_of_the_wrong_length_is_refused() -> None:
    with pytest.raises(Damaged):
        Key(b"short")


# Tickets


def test_a_ticket_opens_with_its_token_only() -> None:
    token = new_token()
    blob = wrap_for(token, Key(KEY.dek, epoch=3), OWNER)
    opened = unwrap_with(token, blob, OWNER)
    assert (opened.dek, opened.epoch) == (KEY.dek, 3)
    for wrong_token, wrong_owner in [(new_token(), OWNER), (token, OTHER), ("", OWNER), ("\ud800", OWNER)]:
        with pytest.raises(Damaged):
            unwrap_with(wrong_token, blob, wrong_owner)


def test_a_changed_ticket_does_not_open() -> None:
    token = new_token()
    blob = wrap_for(token, KEY, OWNER)
    for at in range(len(blob)):
        with pytest.raises(BetweenError):
            unwrap_with(token, blob[:at] + bytes([blob[at] ^ 1]) + blob[at + 1 :], OWNER)


def test_tokens_are_long_random_and_not_to_be_found_from_their_fingerprints() -> None:
    tokens = {new_token() for _ in range(1000)}
    assert len(tokens) == 1000
    assert min(map(len, tokens)) >= 43  # 256 bits
    assert all(token not in fingerprint(token) for token in tokens)
    assert len(fingerprint("\ud800")) == 64
