"""One class of a diary's records in memory, always in order."""

from __future__ import annotations

from bisect import bisect_left, insort
from typing import Generic

from between.domain import ItemId
from between.store.records import R


class Shelf(Generic[R]):
    """Records by id and by time: oldest first, and for the same moment in the order of first writing."""

    def __init__(self) -> None:
        self._by_id: dict[ItemId, R] = {}
        self._places: dict[ItemId, tuple[float, int]] = {}
        # Two lists side by side, so that a place is found by halving and the records copy at once.
        self._order: list[tuple[float, int]] = []
        self._records: list[R] = []
        self._written = 0

    def __len__(self) -> int:
        return len(self._records)

    def put(self, record: R) -> None:
        """Add a record, or replace the one with its id."""
        _, number = self._places.get(record.id, (0.0, self._written))
        self._written = max(self._written, number + 1)
        self.drop(record.id)
        place = (_moment(record), number)
        insort(self._order, place)
        self._records.insert(bisect_left(self._order, place), record)
        self._by_id[record.id], self._places[record.id] = record, place

    def drop(self, id: ItemId) -> None:
        """Take a record away, if it is there."""
        if id in self._by_id:
            at = bisect_left(self._order, self._places.pop(id))
            del self._order[at], self._records[at], self._by_id[id]

    def get(self, id: ItemId) -> R | None:
        """The record with this id."""
        return self._by_id.get(id)

    def all(self) -> list[R]:
        """Every record, oldest first."""
        return self._records.copy()

    def newest(self) -> R | None:
        """The last of them."""
        return self._records[-1] if self._records else None


def _moment(record: R) -> float:
    at = getattr(record, "at", None)  # a profile and a risk state have none
    return at.timestamp() if at else 0.0
