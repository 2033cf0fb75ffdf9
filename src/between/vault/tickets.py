"""Tickets: the key of an unlocked diary, wrapped for one browser by a random token that no disk holds."""

# The browser holds the token; the store holds only
#
#     fingerprint = SHA-256(token), hex
#     blob        = 0x01 || nonce (12) || AES-256-GCM(HKDF-SHA256(token, no salt, "cmp/v1/ticket"),
#                                                     nonce, epoch (4 bytes, big-endian) || DEK, AAD) || tag (16)
#     AAD         = lp("ticket", 1, owner)
#
# The token has 256 random bits, so it needs no Argon2id.

from __future__ import annotations

import hashlib
import secrets

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from between.domain import OwnerId
from between.vault.envelope import VERSION, disclose, enclose, lp, subkey
from between.vault.seal import Key

TOKEN_BYTES = 32
EPOCH_BYTES = 4


def new_token() -> str:
    """A fresh token for a cookie."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def fingerprint(token: str) -> str:
    """The name under which a ticket is stored; the token cannot be found from it."""
    return hashlib.sha256(_bytes(token)).hexdigest()


def wrap_for(token: str, key: Key, owner: OwnerId) -> bytes:
    """The key, for whoever holds the token."""
    return enclose(_cipher(token), key.epoch.to_bytes(EPOCH_BYTES, "big") + key.dek, _place(owner))


def unwrap_with(token: str, blob: bytes, owner: OwnerId) -> Key:
    """The key of a ticket, or ``Damaged`` when token, owner and blob do not belong together."""
    plain = disclose(_cipher(token), blob, _place(owner))
    return Key(plain[EPOCH_BYTES:], int.from_bytes(plain[:EPOCH_BYTES], "big"))


def _cipher(token: str) -> AESGCM:
    return AESGCM(subkey(_bytes(token), "cmp/v1/ticket"))


def _place(owner: OwnerId) -> bytes:
    return lp("ticket", VERSION, owner)


def _bytes(token: str) -> bytes:
    return token.encode("utf-8", "surrogatepass")  # a cookie can hold anything
