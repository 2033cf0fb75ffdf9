"""A second reader, written from the comments in the vault and sharing none of its code, opens the same vault.

``fixtures/vault_v1.json`` was written by the first version and must open for ever: a later format gets a new
file, and this one stays.
"""

from __future__ import annotations

import hmac
import json
import unicodedata
from base64 import b64decode
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from between.domain import ItemId, OwnerId, Sealed
from between.settings import KdfProfile
from between.vault.passphrase import new_recovery_code
from between.vault.seal import Key
from between.vault.slots import Slot, unwrap, wrap

FIXTURE = Path(__file__).parent / "fixtures" / "vault_v1.json"

# The second reader ------------------------------------------------------------------------------------


def hkdf(key: bytes, info: bytes) -> bytes:
    extracted = hmac.digest(bytes(32), key, "sha256")
    return hmac.digest(extracted, info + b"\x01", "sha256")


def bound(*parts: object) -> bytes:
    return b"".join(len(part).to_bytes(4, "big") + part for part in (str(part).encode() for part in parts))


def decrypt(key: bytes, envelope: bytes, aad: bytes) -> bytes:
    assert envelope[0] == 1
    return AESGCM(key).decrypt(envelope[1:13], envelope[13:], aad)


def open_slot(slot: dict[str, Any], owner: str, secret: str) -> bytes:
    cost = json.loads(slot["kdf"])
    assert (cost["alg"], cost["v"]) == ("argon2id", 19)
    plain = unicodedata.normalize("NFKC", secret) if slot["kind"] == "pass" else secret.replace("-", "")
    k0 = hash_secret_raw(plain.encode(), slot["salt"], cost["t"], cost["m"], cost["p"], 32, Type.ID)
    if hkdf(k0, b"cmp/v1/commit") != slot["commit"]:
        raise PermissionError
    aad = bound("slot", 1, owner, slot["kind"], slot["epoch"])
    return decrypt(hkdf(k0, b"cmp/v1/wrap"), slot["wrapped"], aad)


def open_item(dek: bytes, owner: str, kind: str, id: str, epoch: int, sealed: bytes) -> bytes:
    subkey = hkdf(dek, f"items/v1/{kind}".encode())
    plain = decrypt(subkey, sealed, bound("item", 1, owner, kind, id, epoch))
    assert len(plain) % 256 == 0
    return plain[4 : 4 + int.from_bytes(plain[:4], "big")]


# ------------------------------------------------------------------------------------------------------


def fixture() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(FIXTURE.read_text("utf-8"))
    for slot in found["slots"]:
        slot.update({name: b64decode(slot[name]) for name in ("salt", "commit", "wrapped")})
    for item in found["items"]:
        item["sealed"] = b64decode(item["sealed"])
    return found


@pytest.mark.parametrize("kind", ["pass", "recovery"])
def test_the_second_reader_opens_the_first_versions_vault(kind: str) -> None:
    vault = fixture()
    [slot] = [one for one in vault["slots"] if one["kind"] == kind]
    dek = open_slot(slot, vault["owner"], vault["secrets"][kind])
    for item in vault["items"]:
        opened = open_item(dek, vault["owner"], item["kind"], item["id"], item["epoch"], item["sealed"])
        assert opened.decode() == item["holds"]


@pytest.mark.parametrize("kind", ["pass", "recovery"])
def test_the_product_still_opens_the_first_versions_vault(kind: str) -> None:
    vault, owner = fixture(), OwnerId(fixture()["owner"])
    [slot] = [Slot(**one) for one in vault["slots"] if one["kind"] == kind]
    key = unwrap(slot, vault["secrets"][kind], owner)
    for item in vault["items"]:
        opened = key.open(owner, item["kind"], ItemId(item["id"]), Sealed(item["sealed"]))
        assert opened.decode() == item["holds"]


def test_the_second_reader_opens_what_the_product_seals_today() -> None:
    owner, id, key = OwnerId("1" * 32), ItemId("2" * 32), Key.fresh()
    slot = asdict(wrap("drei süße Äpfel", key, owner, "pass", KdfProfile.CHEAPEST))
    dek = open_slot(slot, owner, "drei su\u0308ße A\u0308pfel")
    for data in (b"", b"x" * 252, b"x" * 253, b"x" * 10_000):
        assert open_item(dek, owner, "entry", id, 1, key.seal(owner, "entry", id, data)) == data
    code = new_recovery_code()
    assert open_slot(asdict(wrap(code, key, owner, "recovery", KdfProfile.CHEAPEST)), owner, code) == key.dek


def test_the_second_reader_refuses_what_the_product_refuses() -> None:
    vault = fixture()
    slot, item = vault["slots"][0], vault["items"][0]
    with pytest.raises(PermissionError):
        open_slot(slot, vault["owner"], "another passphrase")
    dek = open_slot(slot, vault["owner"], vault["secrets"][slot["kind"]])
    with pytest.raises(InvalidTag):
        open_item(dek, vault["owner"], "message", item["id"], 1, item["sealed"])
