"""The key of a diary, and the seal that it puts on each item."""

# A sealed item, version 1:
#
#     subkey = HKDF-SHA256(DEK, no salt, info = "items/v1/<kind>", 32 bytes)
#     AAD    = lp("item", 1, owner, kind, id, epoch)
#     plain  = length of data (4 bytes, big-endian) || data || zero bytes up to a multiple of 256
#     sealed = 0x01 || nonce (12) || AES-256-GCM(subkey, nonce, plain, AAD) || tag (16)
#
# DEK is 32 random bytes; ``slots.py`` says how a passphrase wraps it and ``envelope.py`` what lp is.
# The padding hides the length of short notes. Owner, kind, id and epoch stand in clear beside the item
# and are authenticated with it: a row that is moved, renamed or given to another owner does not open.

from __future__ import annotations

import secrets

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from between.domain import ItemId, OwnerId, Sealed
from between.errors import Damaged
from between.vault.envelope import KEY_BYTES, VERSION, disclose, enclose, lp, subkey

PAD_TO = 256
LENGTH_BYTES = 4


class Key:
    """What opens one diary. Lives in memory only; on a disk it is always wrapped."""

    __slots__ = ("_ciphers", "dek", "epoch")

    def __init__(self, dek: bytes, epoch: int = 1) -> None:
        if len(dek) != KEY_BYTES:
            raise Damaged
        self.dek = dek
        self.epoch = epoch
        self._ciphers: dict[str, AESGCM] = {}

    @classmethod
    def fresh(cls) -> Key:
        """A new random key."""
        return cls(secrets.token_bytes(KEY_BYTES))

    def __repr__(self) -> str:
        return "Key()"

    def seal(self, owner: OwnerId, kind: str, id: ItemId, data: bytes) -> Sealed:
        """Encrypt data for exactly this owner, kind and id."""
        plain = len(data).to_bytes(LENGTH_BYTES, "big") + data
        plain += bytes(-len(plain) % PAD_TO)
        return Sealed(enclose(self._cipher(kind), plain, self._place(owner, kind, id)))

    def open(self, owner: OwnerId, kind: str, id: ItemId, sealed: Sealed) -> bytes:
        """The data of an item, or ``Damaged`` when it was changed, cut or moved, or ``TooNew``."""
        plain = disclose(self._cipher(kind), sealed, self._place(owner, kind, id))
        length = int.from_bytes(plain[:LENGTH_BYTES], "big")
        if len(plain) < LENGTH_BYTES + length:
            raise Damaged
        return plain[LENGTH_BYTES : LENGTH_BYTES + length]

    def _place(self, owner: OwnerId, kind: str, id: ItemId) -> bytes:
        return lp("item", VERSION, owner, kind, id, self.epoch)

    def _cipher(self, kind: str) -> AESGCM:
        cipher = self._ciphers.get(kind)
        if cipher is None:
            cipher = self._ciphers[kind] = AESGCM(subkey(self.dek, f"items/v1/{kind}"))
        return cipher
