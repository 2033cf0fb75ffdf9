"""What makes deleted bytes leave an SQLite file for good, and looks whether they did."""

# Three places keep deleted bytes. The write-ahead log: a TRUNCATE checkpoint empties it. Freed pages and
# cells: ``secure_delete`` zeroes them. The gaps inside pages that SQLite filled anew when it balanced its
# tree: nothing zeroes those (measured: one row in a thousand leaves a copy). So triggers note the nonce of
# every envelope that is deleted or replaced, the file is searched for them, and VACUUM rewrites it when one
# is found. Without its nonce nobody can decrypt an envelope, whatever key they hold.
#
# PostgreSQL keeps deleted rows in its own log; there only the destroyed key makes them unreadable.

from __future__ import annotations

import re
import sqlite3

from between.errors import StoreInUse
from between.store.place import Place
from between.store.trouble import translated

_LOOK_FOR_AT_MOST = 500  # rewriting the file costs less than looking for more
_BUSY = 1


def erase(place: Place, rewrite: bool = False) -> None:
    """Return when nothing that was deleted or replaced so far is left on the disk."""
    if not place.is_sqlite:
        return
    with translated():
        connection = place.engine.raw_connection()
        try:
            driver: sqlite3.Connection = connection.driver_connection  # type: ignore[assignment]  # is_sqlite
            _empty_log(driver)
            gone = [nonce for (nonce,) in driver.execute("SELECT nonce FROM trace")]
            if rewrite or _are_there(gone, place):
                driver.execute("VACUUM")
                _empty_log(driver)
            if gone:
                driver.execute("DELETE FROM trace")
                _empty_log(driver)
        finally:
            connection.close()


def _are_there(nonces: list[str], place: Place) -> bool:
    if len(nonces) > _LOOK_FOR_AT_MOST:
        return True
    # Every envelope begins with its version, which makes the search for many as fast as for one.
    heads = b"|".join(re.escape(bytes.fromhex(nonce)) for nonce in nonces if nonce)
    return bool(heads) and place.holds(re.compile(b"\x01(?:%b)" % heads, re.DOTALL), longest=13)


def _empty_log(driver: sqlite3.Connection) -> None:
    busy, *_ = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if busy == _BUSY:  # some other program reads the file
        raise StoreInUse
