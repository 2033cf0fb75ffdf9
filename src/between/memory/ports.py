"""What memory needs from the rest of the house, and nothing more."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Protocol, TypeVar

import numpy as np
import numpy.typing as npt

from between.domain import Conversation, Entry, ItemId, Message, Progress

Vector = npt.NDArray[np.float32]
"""One row of unit length."""
Vectors = npt.NDArray[np.float32]
"""Rows of unit length."""
Source = Entry | Message
"""What can be remembered."""
Kept = TypeVar("Kept", bound=Entry | Message | Conversation)


class Diary(Protocol):
    """The unlocked diary: the records themselves, and sealed bytes derived from them."""

    def get(self, cls: type[Kept], id: ItemId) -> Kept | None:
        """The record, or ``None``."""

    def all(self, cls: type[Kept]) -> list[Kept]:
        """Every record of the class, oldest first."""

    def put_blobs(self, kind: str, blobs: Mapping[ItemId, bytes]) -> None:
        """Seal and keep derived bytes under the id of the record that they come from."""

    def blobs(self, kind: str) -> Iterator[tuple[ItemId, bytes]]:
        """All derived bytes of a kind; what cannot be opened is left out."""

    def drop_blobs(self, kind: str, ids: Sequence[ItemId]) -> None:
        """Remove them; unknown ids are ignored."""


class Embedder(Protocol):
    """Texts to unit vectors; ``EncoderMissing`` when it cannot."""

    @property
    def id(self) -> str:
        """Changes whenever the numbers would."""

    @property
    def dimensions(self) -> int:
        """Length of a vector."""

    def embed(self, texts: Sequence[str], progress: Callable[[Progress], None] | None = None) -> Vectors:
        """Rows for what is to be found."""

    def embed_query(self, text: str) -> Vector:
        """The row for what somebody is looking for."""
