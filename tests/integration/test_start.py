"""Starting the app: what is in the way is said in one plain sentence, with a code that scripts can read."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.browser.app import free_port, running

ROOT = Path(__file__).resolve().parents[2]


def start(folder: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    clean = {key: value for key, value in os.environ.items() if not key.startswith("BETWEEN_")}
    environment = {
        **clean,
        "HOME": str(folder),
        "BETWEEN_DATA_DIR": str(folder / "data"),
        "BETWEEN_PORT": str(free_port()),
        **settings,
    }
    return subprocess.run(
        [sys.executable, "-m", "between"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def refused(done: subprocess.CompletedProcess[str], words: str) -> None:
    assert done.returncode != 0
    assert words in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    assert "Traceback" not in done.stderr


def test_a_taken_port_is_named(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        refused(start(tmp_path, BETWEEN_PORT=str(other.getsockname()[1])), "is in use by another program")


def test_a_data_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    refused(start(tmp_path, BETWEEN_DATA_DIR=str(tmp_path / "file" / "inside")), "cannot be written to")


def test_a_misspelt_setting_is_refused_rather_than_ignored(tmp_path: Path) -> None:
    refused(start(tmp_path, BETWEEN_PROT="1"), "There is no such setting: BETWEEN_PROT")


def test_a_setting_out_of_range_is_named(tmp_path: Path) -> None:
    refused(start(tmp_path, BETWEEN_PORT="99999"), "BETWEEN_PORT is not valid")


def test_a_file_that_is_no_database_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    database = tmp_path / "data" / "between.db"
    database.write_bytes(b"these are not the pages of a database, but of something else" * 50)
    before = database.read_bytes()
    refused(start(tmp_path), "could not be read")
    assert database.read_bytes() == before


def test_an_older_python_is_told_so(tmp_path: Path) -> None:
    old = tmp_path / "python3"
    old.write_text('#!/bin/sh\ncase "$1" in -c) exit 1;; esac\nexit 0\n')
    old.chmod(0o755)
    done = subprocess.run(
        ["make", "run", f"PYTHON={old}", f"VENV={tmp_path / 'venv'}"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode != 0
    assert "Between needs Python 3.11 or newer." in done.stderr


def test_a_failed_installation_is_told_so(tmp_path: Path) -> None:
    broken = tmp_path / "python3"
    broken.write_text(
        '#!/bin/sh\ncase "$*" in *venv*) mkdir -p "$3/bin"; cp "$0" "$3/bin/python";; *pip*) exit 1;; esac\n'
    )
    broken.chmod(0o755)
    done = subprocess.run(
        ["make", "run", f"PYTHON={broken}", f"VENV={tmp_path / 'venv'}"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode != 0
    assert "The installation failed" in done.stderr


HEAVY = {
    *("chromadb", "onnxruntime", "numpy", "dateparser"),
    *("langchain_core", "langchain_openai", "openai"),
    *("altair", "pandas", "pyarrow", "sklearn"),
    *("between.space", "between.demo.life"),
}
UP_TO_THE_SERVER = """
import sys
from between import __main__ as entry, bootstrap
bootstrap.use(bootstrap.House(bootstrap.settings()))
import app
from streamlit.web import cli
"""
WARM = """
import gc
from between.ui.door import warm
warm._import_heavy_parts()
assert gc.get_freeze_count() > 100_000
"""
TELL = "print(*sys.modules)"


def imported(folder: Path, script: str) -> set[str]:
    """Which of the heavy modules a process has after this script."""
    settings = {"HOME": str(folder), "BETWEEN_DATA_DIR": str(folder), "BETWEEN_KDF": "cheapest"}
    done = subprocess.run(
        [sys.executable, "-c", script + TELL],
        cwd=ROOT,
        env={**os.environ, **settings},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return HEAVY & set(done.stdout.split())


def test_nothing_heavy_is_imported_before_the_server_answers(tmp_path: Path) -> None:
    assert imported(tmp_path, UP_TO_THE_SERVER) == set()


def test_the_warm_up_brings_in_what_the_first_conversation_needs_and_freezes_it(tmp_path: Path) -> None:
    assert imported(tmp_path, UP_TO_THE_SERVER + WARM) >= HEAVY - {"pandas", "pyarrow", "sklearn"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("started")


def test_a_second_process_on_the_same_folder_is_refused(folder: Path) -> None:
    with running(folder):
        refused(start(folder), "Another Between is already using this data folder.")


def test_a_second_start_is_quick_and_leaves_no_trace_at_home(folder: Path) -> None:
    with running(folder):
        pass
    begun = time.monotonic()
    with running(folder):
        took = time.monotonic() - begun
    # Three seconds is the aim on a quiet machine (`make bench` prints it); here only a gross slowdown fails.
    assert took < 12
    left = {path.relative_to(folder).parts[0] for path in folder.rglob("*") if path.is_file()}
    assert left <= {"data", "server.log", ".streamlit", ".cache", ".config"}
    assert not list(folder.rglob("deviceid"))
