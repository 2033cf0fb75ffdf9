"""Cards shown are counted by year and tier, where somebody runs Between for others, and nowhere else."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from between.bootstrap import House
from between.domain import Tier
from between.settings import KdfProfile, Settings
from between.space import Shared
from between.store import counts

PASSPHRASE = "lantern orbit maple quiet ferry"


@pytest.fixture(scope="module")
def shared() -> Shared:
    return Shared.build()


@pytest.fixture
def house(tmp_path: Path, shared: Shared, request: pytest.FixtureRequest) -> Iterator[House]:
    on = getattr(request, "param", True)
    settings = Settings(data_dir=tmp_path / "data", kdf=KdfProfile.CHEAPEST, count_cards=on)
    built = House(settings, shared=shared)
    yield built
    built.close()


def hard_entry(house: House, token: str) -> None:
    space = house.open(token)
    assert space is not None
    _, card = space.write_entry("I want to kill myself tonight.", at=house.clock())
    assert card is not None


def test_a_card_is_counted_without_saying_whose_or_when(house: House, tmp_path: Path) -> None:
    made = house.create(PASSPHRASE)
    hard_entry(house, made.token)
    hard_entry(house, made.token)
    year = house.clock().year
    assert house.store.card_counts() == [(year, int(Tier.IMMEDIATE), 2)]
    house.close()
    with sqlite3.connect(tmp_path / "data" / "between.db") as raw:
        assert raw.execute("select * from card_count").fetchall() == [(year, 4, 2)]


def test_small_counts_are_not_shown_and_the_file_holds_counts_only(house: House) -> None:
    for _ in range(7):
        house.store.count_card(2026, 4)
    house.store.count_card(2026, 2)
    assert counts.shown_to_all(house.store) == [(2026, 2, "<5"), (2026, 4, "7")]
    told = json.loads(counts.as_json(house.store))
    assert set(told) == {"format", "cards_shown"}
    assert told["cards_shown"][1] == {"year": 2026, "tier": 4, "shown": "7"}
    assert {key for one in told["cards_shown"] for key in one} == {"year", "tier", "shown"}


def test_the_demo_is_not_counted(house: House) -> None:
    hard_entry(house, house.open_demo())
    assert house.store.card_counts() == []


@pytest.mark.parametrize("house", [False], indirect=True)
def test_nothing_is_counted_unless_it_was_switched_on(house: House) -> None:
    hard_entry(house, house.create(PASSPHRASE).token)
    assert house.store.card_counts() == []
    assert Settings().count_cards is False
