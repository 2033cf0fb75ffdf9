"""The store: what is kept, by owner, and the doors to it. One class, one short transaction for each call."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from dataclasses import asdict
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from between.domain import ItemId, OwnerId, Sealed
from between.errors import BetweenError, Forgotten, StoreFull, StoreUnreachable
from between.store.erasure import erase
from between.store.migrate import upgrade
from between.store.place import Place
from between.store.rows import SealedItem, SpaceRow, TicketRow
from between.store.tables import card_count, item, slot, space, ticket
from between.store.trouble import translated
from between.vault.slots import Slot

PAGE = 2_000
"""Rows read at once, so that a large diary is never in memory twice."""

# The values of columns, as SQLAlchemy takes them.
Values = dict[str, Any]


class Store:
    """Sealed items and doors in the database at an SQLAlchemy address.

    Opening takes the lock on an SQLite file (``StoreInUse``); ``migrate`` comes next, once. Safe to share
    between threads.
    """

    def __init__(self, url: str) -> None:
        self._place = Place(url)
        self._engine = self._place.engine
        # SQLite has one writer, and a reader would hold up an erasure; PostgreSQL sorts this out itself.
        self._turn: AbstractContextManager[object] = (
            threading.RLock() if self._place.is_sqlite else nullcontext()
        )
        self._closed = False

    def migrate(self) -> None:
        """Bring the tables to this version and finish what was cut short.

        ``TooNew``, ``Damaged`` and the like leave the file as it is and let go of it.
        """
        try:
            with self._work() as connection:
                upgrade(connection)
                leaving = connection.scalars(sa.select(space.c.owner).where(space.c.leaving)).all()
            for owner in leaving:
                self._remove(OwnerId(owner))
            erase(self._place)
        except BetweenError:
            self.close()  # or the next attempt would meet this one's lock
            raise

    def close(self) -> None:
        """Let go of the database and of the lock on it."""
        with self._turn:
            if not self._closed:
                self._closed = True
                self._place.close()

    @contextmanager
    def _work(self) -> Iterator[sa.Connection]:
        with self._turn:
            if self._closed:
                raise StoreUnreachable
            with translated(), self._engine.begin() as connection:
                yield connection

    @contextmanager
    def _erasing(self) -> Iterator[sa.Connection]:
        with self._turn:
            with self._work() as connection:
                yield connection
            erase(self._place)

    # Items -------------------------------------------------------------------------------------------

    def put(self, owner: OwnerId, items: Sequence[SealedItem]) -> None:
        """Save all of them or none; one with the id and kind of a kept one takes its place in the order."""
        if not items:
            return
        with self._work() as connection:
            last = {kind: self._last(connection, owner, kind) for kind in {one.kind for one in items}}
            rows = []
            for one in items:
                last[one.kind] += 1
                rows.append({"owner": owner, "seq": last[one.kind], **asdict(one)})
            connection.execute(self._upsert(item, keep=("seq",)), rows)

    def items(self, owner: OwnerId, kind: str | None = None) -> Iterator[SealedItem]:
        """What is kept, of one kind or of all, each kind in the order of first writing."""
        mine = item.c.owner == owner
        if kind is None:
            with self._work() as connection:
                kinds = connection.scalars(sa.select(item.c.kind).where(mine).distinct()).all()
            for each in sorted(kinds):
                yield from self.items(owner, each)
            return
        wanted = sa.select(item).where(mine, item.c.kind == kind).order_by(item.c.seq, item.c.id).limit(PAGE)
        page = wanted
        while True:
            with self._work() as connection:
                rows = connection.execute(page).all()
            for row in rows:
                yield SealedItem(ItemId(row.id), kind, Sealed(row.sealed), row.epoch)
            if len(rows) < PAGE:
                return
            page = wanted.where(sa.tuple_(item.c.seq, item.c.id) > (rows[-1].seq, rows[-1].id))

    def forget(self, owner: OwnerId, ids: Sequence[ItemId], kind: str | None = None) -> None:
        """Delete these, of one kind or of all. When it returns, an SQLite file no longer holds their bytes."""
        if not ids:
            return
        which = sa.and_(item.c.owner == owner, item.c.id == sa.bindparam("each"))
        if kind is not None:
            which = sa.and_(which, item.c.kind == kind)
        with self._erasing() as connection:
            connection.execute(sa.delete(item).where(which), [{"each": each} for each in ids])

    def wipe(self, owner: OwnerId) -> None:
        """Destroy everything of an owner: the wrapped keys first, then the rest; then rewrite the file."""
        with self._turn:
            with self._erasing() as connection:
                for row in connection.execute(sa.select(slot).where(slot.c.owner == owner)).mappings().all():
                    noise = {
                        name: secrets.token_bytes(len(row[name])) for name in ("salt", "commit", "wrapped")
                    }
                    here = sa.and_(slot.c.owner == owner, slot.c.kind == row["kind"])
                    connection.execute(sa.update(slot).where(here).values(noise))
                connection.execute(sa.delete(ticket).where(ticket.c.owner == owner))
                connection.execute(sa.update(space).where(space.c.owner == owner).values(leaving=True))
            self._remove(owner)

    def _remove(self, owner: OwnerId) -> None:
        with self._turn:
            with self._work() as connection:
                for table in (item, ticket, slot, space):
                    connection.execute(sa.delete(table).where(table.c.owner == owner))
            with suppress(StoreFull):  # the key is gone and the rows are zeroed; rewriting needs room
                erase(self._place, rewrite=True)

    def _last(self, connection: sa.Connection, owner: OwnerId, kind: str) -> int:
        so_far = sa.select(sa.func.max(item.c.seq)).where(item.c.owner == owner, item.c.kind == kind)
        return connection.scalar(so_far) or 0

    def _upsert(self, table: sa.Table, keep: Sequence[str] = ()) -> sa.Insert:
        new = sqlite.insert(table) if self._place.is_sqlite else postgresql.insert(table)
        fixed = {column.name for column in table.primary_key} | set(keep)
        rest = {column.name: new.excluded[column.name] for column in table.c if column.name not in fixed}
        return new.on_conflict_do_update(index_elements=list(table.primary_key), set_=rest)

    # Spaces ------------------------------------------------------------------------------------------

    def add_space(self, owner: OwnerId, code_name: str, slots: Sequence[Slot]) -> bool:
        """Make a space with its slots; false, and nothing made, when the code name is taken."""
        try:
            with self._work() as connection:
                connection.execute(sa.insert(space).values(owner=owner, code_name=code_name))
                if slots:
                    connection.execute(sa.insert(slot), [{"owner": owner, **asdict(one)} for one in slots])
        except sa.exc.IntegrityError:
            return False
        return True

    def is_empty(self) -> bool:
        """Whether nobody has made a space yet."""
        with self._work() as connection:
            return connection.execute(sa.select(space.c.owner).limit(1)).first() is None

    def find_space(self, code_name: str) -> SpaceRow | None:
        """The space of this code name."""
        return self._one_space(space.c.code_name == code_name)

    def space(self, owner: OwnerId) -> SpaceRow | None:
        """The space of this owner."""
        return self._one_space(space.c.owner == owner)

    def code_name(self, owner: OwnerId) -> str:
        """What this owner's space is called; empty when there is none."""
        found = self.space(owner)
        return found.code_name if found else ""

    def _one_space(self, which: sa.ColumnElement[bool]) -> SpaceRow | None:
        names = (space.c.owner, space.c.code_name, space.c.failures, space.c.last_failure_at)
        with self._work() as connection:
            row = connection.execute(sa.select(*names).where(which, ~space.c.leaving)).one_or_none()
        return SpaceRow(*row) if row else None

    def slots(self, owner: OwnerId) -> list[Slot]:
        """The ways in."""
        names = (slot.c.kind, slot.c.epoch, slot.c.kdf, slot.c.salt, slot.c.commit, slot.c.wrapped)
        with self._work() as connection:
            return [Slot(*row) for row in connection.execute(sa.select(*names).where(slot.c.owner == owner))]

    def put_slots(self, owner: OwnerId, slots: Sequence[Slot]) -> None:
        """Replace slots of the same kinds, all or none; what they held before leaves the disk."""
        with self._of_a_space(), self._erasing() as connection:
            connection.execute(self._upsert(slot), [{"owner": owner, **asdict(one)} for one in slots])

    def note_failure(self, owner: OwnerId, at: datetime) -> None:
        """Count one more wrong try."""
        self._set(space, space.c.owner == owner, {"failures": space.c.failures + 1, "last_failure_at": at})

    def clear_failures(self, owner: OwnerId) -> None:
        """Start counting anew."""
        self._set(space, space.c.owner == owner, {"failures": 0, "last_failure_at": None})

    # Tickets -----------------------------------------------------------------------------------------

    def add_ticket(self, new: TicketRow) -> None:
        """Keep one browser's way in; ``Forgotten`` when the space is gone."""
        with self._of_a_space(), self._work() as connection:
            connection.execute(sa.insert(ticket).values(asdict(new)))

    def ticket(self, fingerprint: str) -> TicketRow | None:
        """The ticket of this fingerprint."""
        with self._work() as connection:
            row = connection.execute(
                sa.select(ticket).where(ticket.c.fingerprint == fingerprint)
            ).one_or_none()
        return TicketRow(*row) if row else None

    def tickets(self, owner: OwnerId) -> list[TicketRow]:
        """All tickets of an owner."""
        with self._work() as connection:
            return [
                TicketRow(*row)
                for row in connection.execute(sa.select(ticket).where(ticket.c.owner == owner))
            ]

    def touch_ticket(self, fingerprint: str, at: datetime) -> None:
        """Note that it was used."""
        self._set(ticket, ticket.c.fingerprint == fingerprint, {"seen_at": at})

    def set_idle(self, fingerprint: str, minutes: int) -> None:
        """How long it lives without use."""
        self._set(ticket, ticket.c.fingerprint == fingerprint, {"idle_minutes": minutes})

    def drop_ticket(self, fingerprint: str) -> None:
        """Forget a ticket; its wrapped key leaves the disk."""
        self._drop(ticket.c.fingerprint == fingerprint)

    def drop_tickets(self, owner: OwnerId, except_fingerprint: str | None = None) -> None:
        """Forget all tickets of an owner, or all but one."""
        self._drop(sa.and_(ticket.c.owner == owner, ticket.c.fingerprint != (except_fingerprint or "")))

    def drop_tickets_before(self, moment: datetime) -> None:
        """Forget tickets that were made earlier than this, whoever's they are."""
        self._drop(ticket.c.made_at < moment)

    # Counts ------------------------------------------------------------------------------------------

    def count_card(self, year: int, tier: int) -> None:
        """One more card of this tier was shown in this year."""
        new = sqlite.insert(card_count) if self._place.is_sqlite else postgresql.insert(card_count)
        more = {"shown": card_count.c.shown + 1}
        counted = new.on_conflict_do_update(index_elements=list(card_count.primary_key), set_=more)
        with self._work() as connection:
            connection.execute(counted.values(year=year, tier=tier, shown=1))

    def card_counts(self) -> list[tuple[int, int, int]]:
        """Year, tier, and how often, oldest first."""
        rows = sa.select(card_count).order_by(card_count.c.year, card_count.c.tier)
        with self._work() as connection:
            return [(row.year, row.tier, row.shown) for row in connection.execute(rows)]

    def _drop(self, which: sa.ColumnElement[bool]) -> None:
        with self._turn:
            with self._work() as connection:
                gone = connection.execute(sa.delete(ticket).where(which)).rowcount
            if gone:
                erase(self._place)

    def _set(self, table: sa.Table, which: sa.ColumnElement[bool], values: Values) -> None:
        with self._work() as connection:
            connection.execute(sa.update(table).where(which).values(values))

    @contextmanager
    def _of_a_space(self) -> Iterator[None]:
        try:
            yield
        except sa.exc.IntegrityError:  # its owner has no space any more
            raise Forgotten from None
