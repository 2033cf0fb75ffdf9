"""The index that answers: exact, replaced by another while in use, and back again."""

from __future__ import annotations

import threading

import numpy as np
import pytest

from between.memory.nearest import ExactIndex
from between.memory.ports import Vectors
from between.memory.serving import Halted, ServingIndex
from tests.fakes_memory import BrittleIndex

RNG = np.random.default_rng(7)
DIMENSIONS = 16


def unit_rows(n: int) -> Vectors:
    rows = RNG.normal(size=(n, DIMENSIONS)).astype(np.float32)
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def names(n: int) -> list[str]:
    return [f"{i}:0" for i in range(n)]


def never() -> bool:
    return False


def test_exact_search_finds_the_nearest_in_order() -> None:
    rows, index = unit_rows(50), ExactIndex(DIMENSIONS)
    index.add(names(50), rows)
    found = index.query(rows[3], 5)
    assert [name for name, _ in found] == [f"{i}:0" for i in np.argsort(-(rows @ rows[3]))[:5]]
    assert found[0] == ("3:0", pytest.approx(1))


def test_exact_search_among_some_leaves_the_unknown_out() -> None:
    rows, index = unit_rows(10), ExactIndex(DIMENSIONS)
    index.add(names(10), rows)
    assert {name for name, _ in index.query(rows[0], 5, ["1:0", "2:0", "2:0", "77:0"])} == {"1:0", "2:0"}


def test_removed_vectors_are_gone_and_the_others_stay_right() -> None:
    rows, index = unit_rows(20), ExactIndex(DIMENSIONS)
    index.add(names(20), rows)
    index.remove(["0:0", "7:0", "19:0", "unknown"])
    assert len(index) == 17
    for i in (1, 8, 18):
        assert index.query(rows[i], 1)[0][0] == f"{i}:0"
    assert not {"0:0", "7:0", "19:0"} & {name for name, _ in index.query(rows[0], 99)}


def test_adding_again_replaces() -> None:
    rows, index = unit_rows(2), ExactIndex(DIMENSIONS)
    index.add(["a"], rows[:1])
    index.add(["a"], rows[1:])
    assert len(index) == 1
    np.testing.assert_array_equal(index.vectors(["a", "b"])["a"], rows[1])


def test_an_empty_index_finds_nothing() -> None:
    assert ExactIndex(DIMENSIONS).query(unit_rows(1)[0], 5) == []


def test_another_index_takes_over_with_all_vectors() -> None:
    rows = unit_rows(250)
    serving, other = ServingIndex(DIMENSIONS, list), BrittleIndex(DIMENSIONS)
    serving.add(names(250), rows)
    serving.hand_over_to(other, never)
    assert not serving.is_exact
    assert len(other) == 250
    assert serving.query(rows[9], 1)[0][0] == "9:0"


def test_what_changes_while_the_other_fills_is_right_afterwards() -> None:
    rows = unit_rows(300)
    serving, other = ServingIndex(DIMENSIONS, list), BrittleIndex(DIMENSIONS)
    serving.add(names(300), rows)
    seen = threading.Event()

    def halt() -> bool:  # asked before every step: a good moment to interfere
        if not seen.is_set():
            seen.set()
            serving.remove(["299:0", "0:0"])
            serving.add(["new:0", "5:0"], rows[[0, 1]])
        return False

    serving.hand_over_to(other, halt)
    assert not serving.is_exact
    assert len(serving) == 299
    assert serving.query(rows[0], 1)[0][0] == "new:0"
    np.testing.assert_array_equal(serving.vectors(["5:0"])["5:0"], rows[1])


def test_a_halted_handover_leaves_exact_search_in_place() -> None:
    serving, other = ServingIndex(DIMENSIONS, list), BrittleIndex(DIMENSIONS)
    serving.add(names(5), unit_rows(5))
    with pytest.raises(Halted):
        serving.hand_over_to(other, lambda: True)
    assert serving.is_exact
    assert other.closed


def test_one_that_breaks_while_it_fills_is_given_up() -> None:
    rows = unit_rows(5)
    serving, other = ServingIndex(DIMENSIONS, list), BrittleIndex(DIMENSIONS)
    serving.add(names(5), rows)
    other.broken = True
    serving.hand_over_to(other, never)
    assert serving.is_exact
    assert other.closed
    assert serving.query(rows[2], 1)[0][0] == "2:0"


def test_one_that_breaks_in_use_is_replaced_and_no_question_fails() -> None:
    rows = unit_rows(5)
    serving, other = ServingIndex(DIMENSIONS, lambda: [(names(5), rows)]), BrittleIndex(DIMENSIONS)
    serving.add(names(5), rows)
    serving.hand_over_to(other, never)
    other.broken = True
    assert serving.query(rows[2], 1)[0][0] == "2:0"
    assert serving.is_exact
    assert other.closed


def test_a_closed_index_is_empty() -> None:
    rows = unit_rows(5)
    serving = ServingIndex(DIMENSIONS, list)
    serving.add(names(5), rows)
    serving.close()
    assert len(serving) == 0
    assert serving.query(rows[0], 3) == []
