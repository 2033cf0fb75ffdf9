"""The bytes that are sealed beside each source."""

from __future__ import annotations

import numpy as np
import pytest

from between.errors import Damaged, TooNew
from between.memory.packed import Packed, fingerprint, pack, unpack

ROWS = np.eye(3, 8, dtype=np.float32)
ONE = Packed("fake/1", fingerprint("1", "", "text"), ((0, 4), (2, 9), (9, 70_000)), ROWS)


def test_what_is_packed_comes_back() -> None:
    back = unpack(pack(ONE))
    assert (back.embedder, back.fingerprint, back.spans) == (ONE.embedder, ONE.fingerprint, ONE.spans)
    np.testing.assert_allclose(back.vectors, ROWS, atol=1e-3)


def test_a_source_without_pieces_can_be_packed() -> None:
    empty = Packed("fake/1", fingerprint(""), (), np.empty((0, 8), dtype=np.float32))
    assert unpack(pack(empty)).spans == ()


@pytest.mark.parametrize("length", [0, 3, 10, 30, -1])
def test_bytes_that_were_cut_short_are_damaged(length: int) -> None:
    with pytest.raises(Damaged):
        unpack(pack(ONE)[:length])


def test_other_bytes_are_damaged() -> None:
    with pytest.raises(Damaged):
        unpack(b"something else entirely, and long enough for a head")


def test_a_vector_of_nonsense_is_damaged() -> None:
    rows = ROWS.copy()
    rows[1, 1] = np.nan
    with pytest.raises(Damaged):
        unpack(pack(Packed(ONE.embedder, ONE.fingerprint, ONE.spans, rows)))


def test_a_later_format_is_too_new_and_not_damaged() -> None:
    with pytest.raises(TooNew):
        unpack(b"BTV2" + pack(ONE)[4:])


def test_the_fingerprint_tells_parts_apart() -> None:
    assert fingerprint("ab", "c") != fingerprint("a", "bc")
    assert fingerprint("a\ud800") != fingerprint("a")
