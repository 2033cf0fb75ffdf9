"""The stopwatch at tiny sizes: sane figures in every line, and nothing left behind."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from between import bootstrap
from between.bench import __main__ as command
from between.bench import (
    diaries,
    guide,
    houses,
    indexing,
    model,
    pages,
    pepys,
    recall,
    recipe,
    resident,
    unlock,
)
from between.bench.measure import Figure, Scale, table, turns
from between.bootstrap import House
from between.errors import BetweenError, StoreFull
from between.memory.encoder import Encoder
from between.settings import KdfProfile

NOW = datetime(2026, 3, 1, 20, tzinfo=UTC)


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder()


@pytest.fixture(scope="module")
def house() -> Iterator[House]:
    with houses.house(KdfProfile.CHEAPEST) as built:
        yield built


def by_what(figures: Iterator[Figure]) -> dict[str, Figure]:
    """The figures, each positive and told as one line of JSON."""
    found = list(figures)
    for figure in found:
        line = json.loads(figure.line())
        assert line["load"] >= 0
        assert figure.ours is not None
        assert figure.ours >= 0
        assert all(other >= 0 for other in figure.beside.values())
    return {figure.what: figure for figure in found}


def test_a_ratio_is_ours_over_the_other() -> None:
    figure = Figure("recall", "10 pieces", "median", "ms", 3.0, {"plain Chroma": 2.0})
    assert json.loads(figure.line())["ratio"] == {"plain Chroma": 1.5}
    assert "x1.5" in table([figure])


def test_a_measurement_that_could_not_be_taken_says_why() -> None:
    figure = Figure("model", "local server", "skipped", note="it is not here")
    assert "ours" not in json.loads(figure.line())
    assert "it is not here" in table([figure])


def test_contestants_begin_in_turns() -> None:
    asked: list[str] = []
    who = {"a": lambda text: asked.append("a"), "b": lambda text: asked.append("b")}
    taken = turns(who, ["one", "two"])
    assert asked == ["a", "b", "b", "a"]
    assert {name: len(laps) for name, laps in taken.items()} == {"a": 2, "b": 2}


def test_the_same_recipe_makes_the_same_life_with_unit_vectors(encoder: Encoder) -> None:
    one, other = (recipe.Recipe(encoder).entries(20, NOW) for _ in range(2))
    assert [made.entry for made in one] == [made.entry for made in other]
    assert len({made.entry.text for made in one}) == 20
    assert all(made.entry.at < NOW for made in one)
    for made in one:
        assert made.vectors.shape == (len(made.spans), encoder.dimensions)
        assert abs(float(made.vectors[0] @ made.vectors[0]) - 1) < 1e-3


def test_recall_stands_beside_exact_search_and_chroma(encoder: Encoder) -> None:
    found = by_what(recall.measure(encoder, count=60, questions=3))
    assert {"exact numpy", "plain Chroma"} <= set(found["recall median"].beside)
    assert found["recall p95"].ours is not None
    assert found["recall median"].ours is not None
    assert found["recall median"].ours <= found["recall p95"].ours


def test_indexing_stands_beside_the_bare_encoder(encoder: Encoder) -> None:
    found = by_what(indexing.measure(encoder, texts=4, rounds=1))
    for figure in found.values():
        assert 0.01 < figure.ratios()["bare encoder"] < 100


def test_the_engine_stands_beside_the_bare_client() -> None:
    found = by_what(model.measure(times=2, pieces=40))
    assert set(found) == {"before the first token", "per further token"}
    assert all("bare OpenAI client" in figure.ratios() for figure in found.values())


def test_unlock_is_split_into_its_steps(house: House) -> None:
    found = by_what(unlock.measure(house, count=12, times=1))
    whole = found["passphrase to first answer"].ours
    assert whole is not None
    assert whole < 30
    assert {"passphrase alone", "load and decrypt", "memory.open", "passphrase to first page"} <= set(found)


def test_the_guide_is_timed_from_the_message_to_the_last_word(house: House) -> None:
    found = by_what(guide.measure(entries=6, turns=2))
    first, whole, kept = (
        found[f"{what}, median"].ours for what in ("first word", "whole reply", "kept and remembered")
    )
    assert first is not None
    assert whole is not None
    assert kept is not None
    assert first <= whole <= kept


def test_every_page_is_timed_and_none_fails(house: House) -> None:
    found = by_what(pages.of_a_long_life(houses.Visitor(house), entries=5, times=1))
    assert len(found) == len(pages.names())
    assert not [figure.what for figure in found.values() if "error" in figure.note]


def test_a_long_diary_tells_when_all_of_it_will_be_found(house: House) -> None:
    if not pepys.DIARY.is_file():
        pytest.skip("shared/data/pepys is not beside the checkout")
    found = by_what(pepys.measure(house, pepys.first(8), patience=0.2))
    assert (
        "of 7" in found["embedding in the background"].note
        or "minutes" in found["embedding in the background"].note
    )


@pytest.mark.skipif(not resident.STATUS.is_file(), reason="this system does not say what a process holds")
def test_memory_is_what_this_process_holds() -> None:
    assert 10 < resident.resident() <= resident.resident("VmHWM") < 100_000


def test_the_persons_own_house_is_never_touched(house: House) -> None:
    assert bootstrap.house() is house
    assert Path(tempfile.gettempdir()) in house.settings.data_dir.parents
    assert house.settings.database_url == ""


def test_nothing_stays_behind() -> None:
    with diaries.folder() as place, diaries.diary(f"sqlite:///{place / 'bench.db'}"):
        assert list(place.iterdir())
    assert not place.exists()


def test_a_name_that_is_none_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["sideways"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("There is no such measurement.")


def test_a_measurement_that_fails_is_told_and_the_command_fails(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(scale: Scale) -> Iterator[Figure]:
        raise StoreFull
        yield

    monkeypatch.setattr(model, "run", full)
    assert command.main(["model", "--quick"]) == 1
    first = capsys.readouterr().out.splitlines()[0]
    assert json.loads(first)["what"] == "failed"
    assert json.loads(first)["note"] == StoreFull.says
    assert issubclass(StoreFull, BetweenError)
