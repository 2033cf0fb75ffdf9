"""The one envelope around everything that the vault encrypts, and the binding of an envelope to its place."""

# An envelope is
#
#     0x01 || nonce (12 random bytes) || AES-256-GCM(subkey, nonce, plaintext, AAD) || tag (16 bytes)
#
# 0x01 is the version of the format. A higher byte means "written by a newer version", never "damaged".
# Random 96-bit nonces are safe below 2^32 envelopes for one subkey; a diary stays far under it.
#
# AAD = lp(part, part, ...): each part as UTF-8 (a number in decimal digits) behind its length as four
# big-endian bytes. So no two different lists of parts give the same bytes, and an envelope that is moved
# to another owner, kind, id or epoch does not open.
#
# A subkey is HKDF-SHA256(key, no salt, info, 32 bytes).

from __future__ import annotations

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from between.errors import Damaged, TooNew

VERSION = 1
NONCE_BYTES = 12
TAG_BYTES = 16
KEY_BYTES = 32
OVERHEAD = 1 + NONCE_BYTES + TAG_BYTES


def lp(*parts: str | int) -> bytes:
    """The parts behind their lengths, so that no two lists of parts look alike."""
    encoded = [str(part).encode() for part in parts]
    return b"".join(len(part).to_bytes(4, "big") + part for part in encoded)


def subkey(key: bytes, info: str) -> bytes:
    """A key for one purpose, from which neither the key nor its other subkeys can be found."""
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=info.encode()).derive(key)


def enclose(cipher: AESGCM, plaintext: bytes, bound_to: bytes) -> bytes:
    """Encrypt under a fresh nonce, bound to its place."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return bytes([VERSION]) + nonce + cipher.encrypt(nonce, plaintext, bound_to)


def disclose(cipher: AESGCM, envelope: bytes, bound_to: bytes) -> bytes:
    """Decrypt, or say why not: ``TooNew`` for a later format, ``Damaged`` for everything else."""
    if envelope and envelope[0] > VERSION:
        raise TooNew
    if len(envelope) < OVERHEAD or envelope[0] != VERSION:
        raise Damaged
    nonce, rest = envelope[1 : 1 + NONCE_BYTES], envelope[1 + NONCE_BYTES :]
    try:
        return cipher.decrypt(nonce, rest, bound_to)
    except InvalidTag:
        raise Damaged from None
