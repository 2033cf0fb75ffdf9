"""A real PostgreSQL for the tests that need one: in a temporary folder, reached by a Unix socket only."""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

INSTALLED = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
USER = "nobody"  # PostgreSQL refuses to run as root


@dataclass(frozen=True)
class Server:
    """A running server, which can be asked for fresh databases and stopped."""

    folder: Path
    programs: Path

    def new_database(self) -> str:
        """The address of an empty database."""
        name = f"t{secrets.token_hex(6)}"
        with psycopg.connect(
            host=str(self.folder), user="app", dbname="postgres", autocommit=True
        ) as connection:
            connection.execute(f"CREATE DATABASE {name}")  # type: ignore[arg-type]  # a name of our own
        return f"postgresql+psycopg://app@/{name}?host={self.folder}"

    def start(self) -> None:
        # No fsync: these tests end with their server.
        options = f"-c listen_addresses= -c unix_socket_directories={self.folder} -c fsync=off"
        log = self.folder / "log"
        self._run("pg_ctl", "-D", self.folder / "data", "-o", options, "-l", log, "-w", "start")

    def stop(self) -> None:
        self._run("pg_ctl", "-D", self.folder / "data", "-m", "immediate", "-w", "stop")

    def make(self) -> None:
        self._run("initdb", "-D", self.folder / "data", "-A", "trust", "-U", "app", "--no-sync", "-E", "UTF8")

    def bytes_on_disk(self) -> bytes:
        """Every byte of every file, its write-ahead log included."""
        return b"".join(path.read_bytes() for path in (self.folder / "data").rglob("*") if path.is_file())

    def _run(self, program: str, *arguments: str | Path) -> None:
        become = ["runuser", "-u", USER, "--"] if os.geteuid() == 0 else []
        command = [*become, str(self.programs / program), *map(str, arguments)]
        subprocess.run(command, check=True, capture_output=True, cwd="/")


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A server for the whole run; ask it for a database of one's own."""
    if not INSTALLED:
        pytest.skip("NO POSTGRESQL ON THIS MACHINE: the tests on PostgreSQL were skipped")
    folder = Path(tempfile.mkdtemp(prefix="between-pg-", dir="/tmp"))  # a socket's path must be short
    if os.geteuid() == 0:
        shutil.chown(folder, USER)
    server = Server(folder, INSTALLED[-1].parent)
    try:
        server.make()
        server.start()
        yield server
        server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
