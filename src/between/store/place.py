"""Where the database is: opened with the right settings, private to its owner, and held by one process."""

from __future__ import annotations

import os
import re
import sqlite3
from pathlib import Path

import sqlalchemy as sa
from filelock import FileLock, Timeout
from sqlalchemy.pool import StaticPool

from between.errors import StoreInUse
from between.store.trouble import translated

_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "secure_delete=ON",
    "temp_store=MEMORY",
    "busy_timeout=5000",
)
_CONNECT_SECONDS = 5
_LOOK_BYTES = 1024 * 1024


class Place:
    """An open database: an engine, and for SQLite in a file the lock on it and a look at its bytes."""

    def __init__(self, url: str) -> None:
        address = sa.make_url(url)
        self.is_sqlite = address.get_backend_name() == "sqlite"
        in_memory = address.database in (None, "", ":memory:")
        self.path = Path(str(address.database)) if self.is_sqlite and not in_memory else None
        if self.path:
            with translated():
                self._claim(self.path)
        self.engine = self._engine(address)

    def _engine(self, address: sa.URL) -> sa.Engine:
        if not self.is_sqlite:
            patience = {} if "connect_timeout" in address.query else {"connect_timeout": _CONNECT_SECONDS}
            return sa.create_engine(address, hide_parameters=True, pool_pre_ping=True, connect_args=patience)
        several_threads = {"check_same_thread": False}
        if self.path:
            engine = sa.create_engine(address, hide_parameters=True, connect_args=several_threads)
        else:  # one connection, or each would see its own empty memory
            engine = sa.create_engine(
                address, hide_parameters=True, connect_args=several_threads, poolclass=StaticPool
            )
        sa.event.listen(engine, "connect", _settle_in)
        sa.event.listen(engine, "begin", _begin)
        return engine

    def _claim(self, path: Path) -> None:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Not a singleton and not thread-bound: whoever closes the store lets go, whichever thread that is.
        self._lock = FileLock(f"{path}.lock", mode=0o600, thread_local=False)
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            raise StoreInUse from None
        try:
            # Kept open to look at the bytes. It must not be closed before SQLite is done: closing any
            # descriptor of the file drops SQLite's own locks on it.
            self._bytes = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
            os.fchmod(self._bytes, 0o600)
        except OSError:
            self._lock.release()
            raise

    def holds(self, pattern: re.Pattern[bytes], longest: int) -> bool:
        """Whether the database's file holds such bytes anywhere, of at most this length."""
        at = 0
        while self.path and (piece := os.pread(self._bytes, _LOOK_BYTES + longest, at)):
            if pattern.search(piece):
                return True
            at += _LOOK_BYTES
        return False

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()
        if self.path:
            os.close(self._bytes)
            self._lock.release()


def _settle_in(connection: sqlite3.Connection, _: object) -> None:
    # The driver would begin transactions late and not at all around DDL; SQLAlchemy does it below.
    connection.isolation_level = None
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: sa.Connection) -> None:
    connection.exec_driver_sql("BEGIN")
