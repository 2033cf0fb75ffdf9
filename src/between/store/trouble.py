"""What a database or a disk complains about, in the house's own errors."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from sqlalchemy import exc

from between.errors import (
    BetweenError,
    Damaged,
    StoreFull,
    StoreInUse,
    StoreUnreachable,
    StoreUnwritable,
)

_SQLITE: dict[int, type[BetweenError]] = {
    sqlite3.SQLITE_FULL: StoreFull,
    sqlite3.SQLITE_BUSY: StoreInUse,
    sqlite3.SQLITE_LOCKED: StoreInUse,
    sqlite3.SQLITE_READONLY: StoreUnwritable,
    sqlite3.SQLITE_CANTOPEN: StoreUnwritable,
    sqlite3.SQLITE_PERM: StoreUnwritable,
    sqlite3.SQLITE_IOERR: StoreUnwritable,
    sqlite3.SQLITE_CORRUPT: Damaged,
    sqlite3.SQLITE_NOTADB: Damaged,
}
_PRIMARY_CODE = 0xFF  # the rest of SQLite's code says where it happened

_NO_ROOM = {errno.ENOSPC, errno.EDQUOT}


@contextmanager
def translated() -> Iterator[None]:
    """Raise what the inner block meets as one of ours; what only a mistake in this code can raise stays."""
    try:
        yield
    except (exc.DBAPIError, exc.TimeoutError, sqlite3.Error, psycopg.Error) as met:
        ours = _ours(met)
        if ours is None:
            raise
        raise ours from None
    except OSError as met:
        raise _of_disk(met) from None


def _ours(met: Exception) -> BetweenError | None:
    if isinstance(met, exc.TimeoutError):  # no connection came free
        return StoreUnreachable()
    cause = met.orig if isinstance(met, exc.DBAPIError) else met
    if isinstance(cause, sqlite3.Error):
        code = getattr(cause, "sqlite_errorcode", 0) & _PRIMARY_CODE
        return _SQLITE[code]() if code in _SQLITE else None
    if isinstance(cause, psycopg.errors.DiskFull):
        return StoreFull()
    if isinstance(cause, psycopg.errors.InsufficientPrivilege | psycopg.errors.ReadOnlySqlTransaction):
        return StoreUnwritable()
    if isinstance(cause, psycopg.errors.DataCorrupted | psycopg.errors.IndexCorrupted):
        return Damaged()
    if isinstance(cause, psycopg.OperationalError | psycopg.InterfaceError):
        return StoreUnreachable()
    return None


def _of_disk(met: OSError) -> BetweenError:
    return StoreFull() if met.errno in _NO_ROOM else StoreUnwritable()
