"""Slots: the diary's key, wrapped by a passphrase and again by a recovery code."""

# A slot, version 1. Stored in clear: owner, kind ("pass" or "recovery"), epoch, and
#
#     kdf     = {"alg": "argon2id", "v": 19, "m": KiB, "t": passes, "p": lanes}     (JSON)
#     salt    = 16 random bytes
#     secret  = the passphrase in Unicode form NFKC, or the recovery code as 32 capitals without dashes, UTF-8
#     K0      = Argon2id(secret, salt, m, t, p, 32 bytes)
#     wrap    = HKDF-SHA256(K0, no salt, info = "cmp/v1/wrap", 32 bytes)
#     commit  = HKDF-SHA256(K0, no salt, info = "cmp/v1/commit", 32 bytes)          (stored)
#     wrapped = 0x01 || nonce (12) || AES-256-GCM(wrap, nonce, DEK, AAD) || tag (16)
#     AAD     = lp("slot", 1, owner, kind, epoch)
#
# GCM alone does not commit to its key, so the secret is judged by ``commit``, in constant time: a wrong
# secret and a damaged slot are two different things. A new passphrase re-wraps DEK; no item changes.

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass, field
from typing import Literal

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from between.domain import OwnerId
from between.errors import BetweenError, Damaged, TooNew, WrongPassphrase, WrongRecoveryCode
from between.settings import KdfProfile
from between.vault.envelope import KEY_BYTES, OVERHEAD, VERSION, disclose, enclose, lp
from between.vault.kdf import COSTS, read, stretch, written
from between.vault.passphrase import normal, normal_code
from between.vault.seal import Key

SALT_BYTES = 16

SlotKind = Literal["pass", "recovery"]

_WRONG: dict[SlotKind, type[BetweenError]] = {"pass": WrongPassphrase, "recovery": WrongRecoveryCode}


@dataclass(frozen=True, slots=True)
class Slot:
    """One way to open a diary, as it is stored."""

    kind: SlotKind
    epoch: int
    kdf: str
    salt: bytes = field(repr=False)
    commit: bytes = field(repr=False)
    wrapped: bytes = field(repr=False)


def wrap(secret: str, key: Key, owner: OwnerId, kind: SlotKind, profile: KdfProfile) -> Slot:
    """A fresh slot for this secret; costs one derivation."""
    cost, salt = COSTS[profile], secrets.token_bytes(SALT_BYTES)
    stretched = stretch(_bytes(kind, secret), salt, cost)
    wrapped = enclose(AESGCM(stretched.wrap), key.dek, _place(owner, kind, key.epoch))
    return Slot(kind, key.epoch, written(cost), salt, stretched.commit, wrapped)


def unwrap(slot: Slot, secret: str, owner: OwnerId, profile: KdfProfile = KdfProfile.STRONG) -> Key:
    """The key behind a slot: a wrong secret, a damaged slot and a newer format are three different refusals.

    ``profile`` is the one that this Between runs with; it says how cheap a slot may be.
    """
    if slot.kind not in _WRONG:
        raise TooNew
    if slot.wrapped and slot.wrapped[0] > VERSION:
        raise TooNew
    cost = read(slot.kdf, profile)
    if (len(slot.salt), len(slot.wrapped)) != (SALT_BYTES, OVERHEAD + KEY_BYTES):
        raise Damaged
    stretched = stretch(_bytes(slot.kind, secret), slot.salt, cost)
    if not hmac.compare_digest(stretched.commit, slot.commit):
        raise _WRONG[slot.kind]
    dek = disclose(AESGCM(stretched.wrap), slot.wrapped, _place(owner, slot.kind, slot.epoch))
    return Key(dek, slot.epoch)


def spend(secret: str, kind: SlotKind, profile: KdfProfile) -> None:
    """Take as long as a wrong secret does, so that an unknown space cannot be told from a known one."""
    stretch(_bytes(kind, secret), secrets.token_bytes(SALT_BYTES), COSTS[profile])


def _place(owner: OwnerId, kind: SlotKind, epoch: int) -> bytes:
    return lp("slot", VERSION, owner, kind, epoch)


def _bytes(kind: SlotKind, secret: str) -> bytes:
    # A lone surrogate is no text, and no space has such a secret; it must be refused like any wrong one.
    plain = normal(secret) if kind == "pass" else normal_code(secret)
    return plain.encode("utf-8", "surrogatepass")
