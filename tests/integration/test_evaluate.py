"""The yardstick's command: what each task reads and writes, and what it says of files that it cannot read."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from between.evaluate import __main__ as command
from between.evaluate import sets

Said = pytest.CaptureFixture[str]
Write = Callable[..., Path]

LIFE = {
    "user": "a",
    "now": "2026-03-01",
    "memories": [
        {
            "id": "m1",
            "date": "2026-01-10",
            "text": "My sister Ana forgot my birthday and I cried in the car.",
        },
        {"id": "m2", "date": "2026-02-02", "text": "The boiler is broken and the flat is cold."},
    ],
    "queries": [{"qid": "q1", "q": "Who forgot my birthday?", "evidence_ids": ["m1"]}],
}
DIALOGUE = {
    "id": "d1",
    "now": "2026-03-01T20:00:00+00:00",
    "memories": LIFE["memories"],
    "turns": ["Hello", "My sister forgot my birthday again and I keep pretending it is fine.", "  "],
}
LINES: dict[str, list[dict[str, Any]]] = {
    "recall": [LIFE],
    "converse": [DIALOGUE],
    "safety": [
        {"id": "s1", "text": "I want to die.", "label": "crisis", "tier": "T2"},
        {"id": "s2", "text": "We planted beans today.", "label": "none", "tier": "T0"},
    ],
    "guard": [{"id": "g1", "reply": "The week was long. What was the hardest hour?", "label": "pass"}],
    "emotions": [{"id": "e1", "text": "I am so angry with him.", "labels": ["anger"]}],
    "distortions": [{"id": "t1", "text": "I always ruin everything.", "labels": ["overgeneralization"]}],
}
"""A few lines for each task."""
IDS = {"recall": ("qid", "q1"), "converse": ("id", "d1"), "guard": ("id", "g1"), "safety": ("id", "s1")}


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def written(*lines: str | dict[str, Any]) -> Path:
        path = tmp_path / "lines.jsonl"
        texts = [line if isinstance(line, str) else json.dumps(line) for line in lines]
        path.write_text("\n".join(texts) + "\n", "utf-8")
        return path

    return written


def run(said: Said, task: str, file: Path, *more: str) -> dict[str, Any]:
    """The one line of metrics."""
    assert command.main([task, str(file), *more]) == 0
    lines = said.readouterr().out.splitlines()
    assert len(lines) == 1
    metrics: dict[str, Any] = json.loads(lines[0])
    return metrics


def refused(said: Said, *arguments: str) -> str:
    """The one sentence with which the command refuses."""
    assert command.main(list(arguments)) == 2
    told = said.readouterr()
    assert told.out == ""
    assert "Traceback" not in told.err
    assert told.err.count("\n") == 1
    return told.err.strip()


@pytest.mark.parametrize("task", list(LINES))
def test_each_task_says_one_line_and_predicts_one_line_for_each(
    task: str, write: Write, tmp_path: Path, capsys: Said
) -> None:
    if not command.is_here(task):
        pytest.skip("this copy of the project does not have the task")
    out = tmp_path / "predictions.jsonl"
    metrics = run(capsys, task, write(*LINES[task]), "--out", str(out))
    assert metrics["task"] == task
    assert metrics["n"] == len(LINES[task])
    assert metrics["seconds"] >= 0
    predicted = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert len(predicted) == len(LINES[task])
    name, value = IDS.get(task, ("id", LINES[task][0].get("id")))
    assert predicted[0][name] == value


def test_recall_ranks_the_memory_that_answers_first(write: Write, tmp_path: Path, capsys: Said) -> None:
    out = tmp_path / "predictions.jsonl"
    metrics = run(capsys, "recall", write(LIFE), "--out", str(out))
    assert metrics["recall@1"] == 1.0
    assert json.loads(out.read_text("utf-8"))["ranked"][0] == "m1"


def test_converse_shows_every_reply_with_its_source_and_its_checks(
    write: Write, tmp_path: Path, capsys: Said
) -> None:
    out = tmp_path / "predictions.jsonl"
    metrics = run(capsys, "converse", write(DIALOGUE), "--out", str(out))
    assert metrics["turns"] == 3
    assert metrics["replies"] == 2
    greeting, told, blank = json.loads(out.read_text("utf-8"))["replies"]
    for reply in (greeting, told):
        assert reply["text"]
        assert reply["engine"] == "guide"
        assert isinstance(reply["checks"], dict)
        assert {passage["id"] for passage in reply["passages"]} <= {"m1", "m2"}
    assert blank["text"] == ""
    assert blank["refused"]


def test_converse_leaves_the_persons_own_space_alone(
    write: Write, tmp_path: Path, capsys: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "own"
    monkeypatch.setenv("BETWEEN_DATA_DIR", str(own))
    run(capsys, "converse", write({"turns": ["Hello"]}))
    assert not own.exists()


def test_a_missing_file_is_one_sentence(tmp_path: Path, capsys: Said) -> None:
    assert refused(capsys, "recall", str(tmp_path / "nowhere.jsonl")) == "There is no such file."
    assert refused(capsys, "recall") == "There is no such file."


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ('{"text": ', "Line 2 is not JSON."),
        ('["secret words"]', "Line 2 is not an object."),
        ('{"memories": "secret words", "queries": []}', "Line 2 has no usable memories."),
        ('{"memories": [{"id": "m1"}], "queries": []}', "Line 2 has no usable memories.0.text."),
        ("[" * 100_000, "Line 2 is not JSON."),
    ],
)
def test_a_bad_line_is_named_by_its_number_and_never_quoted(
    line: str, sentence: str, write: Write, capsys: Said
) -> None:
    assert refused(capsys, "recall", str(write(LIFE, line))) == sentence


def test_safety_reads_whole_dialogues_too(write: Write, capsys: Said) -> None:
    turns = [
        "Hello",
        {"role": "companion", "text": "Hello."},
        {"role": "person", "text": "We planted beans."},
    ]
    assert run(capsys, "safety", write({"turns": turns, "label": "none"}))["n"] == 1
    assert refused(capsys, "safety", str(write({"turns": "secret"}))) == "Line 1 has no usable turns."
    assert refused(capsys, "guard", str(write({"text": "secret"}))) == "Line 1 has no usable reply."


def test_a_file_that_is_no_text_is_refused(tmp_path: Path, capsys: Said) -> None:
    path = tmp_path / "lines.jsonl"
    path.write_bytes(b"\xff\xfe\x00")
    assert refused(capsys, "converse", str(path)) == "Line 1 is not JSON."


def test_a_mark_at_the_start_and_blank_lines_do_no_harm(tmp_path: Path, capsys: Said) -> None:
    path = tmp_path / "lines.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps(LIFE).encode() + b"\r\n\r\n")
    assert run(capsys, "recall", path)["n"] == 1


def test_predictions_that_cannot_be_written_are_one_sentence(
    write: Write, tmp_path: Path, capsys: Said
) -> None:
    out = tmp_path / "no" / "such" / "folder.jsonl"
    assert refused(capsys, "recall", str(write(LIFE)), "--out", str(out)).startswith(
        "The file cannot be read"
    )


def test_all_runs_what_is_here_and_names_what_is_not(capsys: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        sets, "available", lambda: [("recall", "small", [LIFE]), ("guard", "elsewhere", None)]
    )
    assert command.main(["all"]) == 0
    told = capsys.readouterr()
    assert json.loads(told.out)["set"] == "small"
    assert told.err == "guard: elsewhere is not on this machine, skipped.\n"
