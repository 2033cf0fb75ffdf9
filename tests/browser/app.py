"""Starts the real app for a browser test, as ``make run`` does, on a free port and an own data folder."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass
class App:
    """A running app."""

    url: str
    data: Path
    log: Path
    process: subprocess.Popen[bytes]


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


def healthy(url: str) -> bool:
    try:
        with urllib.request.urlopen(url + "/_stcore/health", timeout=2) as answer:  # noqa: S310 loopback
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


@contextmanager
def running(folder: Path, port: int = 0, **settings: str) -> Iterator[App]:
    """The app with the cheap key derivation of the tests; stopped at the end, whatever happens."""
    port = port or free_port()
    data, log = folder / "data", folder / "server.log"
    mine = {key: value for key, value in os.environ.items() if not re.match(r"BETWEEN_|STREAMLIT_", key)}
    environment = {
        **mine,
        "HOME": str(folder),
        "BETWEEN_PORT": str(port),
        "BETWEEN_DATA_DIR": str(data),
        "BETWEEN_KDF": "cheapest",
        **settings,
    }
    with log.open("ab") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "between"], cwd=ROOT, env=environment, stdout=output, stderr=output
        )
    url = f"http://localhost:{port}"
    try:
        deadline = time.monotonic() + 60
        while not healthy(url):
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(log.read_text("utf-8", "replace")[-2000:])
            time.sleep(0.1)
        yield App(url, data, log, process)
    finally:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(5)
