"""The tables as the code reads them. The migrations make them; a test holds the two together."""

# What stands in clear: random ids, kinds, epochs, the order of writing, padded sizes, code names, and for a
# space the count and time of failed tries. Everything that a person wrote or chose is inside ``sealed``.

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

_START = datetime(1970, 1, 1, tzinfo=UTC)
_UNIT = timedelta(microseconds=1)


class Instant(sa.TypeDecorator[datetime]):
    """A moment as microseconds since 1970, so that SQLite and PostgreSQL agree on it; comes back in UTC."""

    impl = sa.BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> int | None:
        """The number that is stored."""
        return None if value is None else (value - _START) // _UNIT

    def process_result_value(self, value: int | None, dialect: sa.Dialect) -> datetime | None:
        """The moment that was meant."""
        return None if value is None else _START + value * _UNIT


metadata = sa.MetaData()

space = sa.Table(
    "space",
    metadata,
    sa.Column("owner", sa.String, primary_key=True),
    sa.Column("code_name", sa.String, nullable=False, unique=True),
    sa.Column("failures", sa.Integer, nullable=False, default=0),
    sa.Column("last_failure_at", Instant),
    # Its key is destroyed and the rest is about to go; finished at the next start when cut short.
    sa.Column("leaving", sa.Boolean, nullable=False, default=False),
)

slot = sa.Table(
    "slot",
    metadata,
    sa.Column("owner", sa.String, sa.ForeignKey("space.owner", ondelete="CASCADE"), primary_key=True),
    sa.Column("kind", sa.String, primary_key=True),
    sa.Column("epoch", sa.Integer, nullable=False),
    sa.Column("kdf", sa.String, nullable=False),
    sa.Column("salt", sa.LargeBinary, nullable=False),
    sa.Column("commit", sa.LargeBinary, nullable=False),
    sa.Column("wrapped", sa.LargeBinary, nullable=False),
)

ticket = sa.Table(
    "ticket",
    metadata,
    sa.Column("fingerprint", sa.String, primary_key=True),
    sa.Column("owner", sa.String, sa.ForeignKey("space.owner", ondelete="CASCADE"), nullable=False),
    sa.Column("wrapped", sa.LargeBinary, nullable=False),
    sa.Column("made_at", Instant, nullable=False),
    sa.Column("seen_at", Instant, nullable=False),
    sa.Column("idle_minutes", sa.Integer, nullable=False),
    sa.Index("ticket_by_owner", "owner"),
)

# No foreign key to ``space``: a diary may be kept without one. The same id may stand under several kinds,
# so that what is derived from an entry carries the entry's id and is forgotten with it.
item = sa.Table(
    "item",
    metadata,
    sa.Column("owner", sa.String, primary_key=True),
    sa.Column("id", sa.String, primary_key=True),
    sa.Column("kind", sa.String, primary_key=True),
    sa.Column("epoch", sa.Integer, nullable=False),
    sa.Column("seq", sa.BigInteger, nullable=False),
    sa.Column("sealed", sa.LargeBinary, nullable=False),
    sa.Index("item_in_order", "owner", "kind", "seq", "id"),
)

# Counts for whoever runs Between for others: how often a safety card was shown, by year and tier.
card_count = sa.Table(
    "card_count",
    metadata,
    sa.Column("year", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("tier", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("shown", sa.BigInteger, nullable=False),
)
