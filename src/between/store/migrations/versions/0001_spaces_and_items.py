"""Spaces, the slots and tickets that open them, and the sealed items in them."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "space",
        sa.Column("owner", sa.String, primary_key=True),
        sa.Column("code_name", sa.String, nullable=False, unique=True),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("last_failure_at", sa.BigInteger),
        sa.Column("leaving", sa.Boolean, nullable=False),
    )
    op.create_table(
        "slot",
        sa.Column("owner", sa.String, sa.ForeignKey("space.owner", ondelete="CASCADE"), primary_key=True),
        sa.Column("kind", sa.String, primary_key=True),
        sa.Column("epoch", sa.Integer, nullable=False),
        sa.Column("kdf", sa.String, nullable=False),
        sa.Column("salt", sa.LargeBinary, nullable=False),
        sa.Column("commit", sa.LargeBinary, nullable=False),
        sa.Column("wrapped", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "ticket",
        sa.Column("fingerprint", sa.String, primary_key=True),
        sa.Column("owner", sa.String, sa.ForeignKey("space.owner", ondelete="CASCADE"), nullable=False),
        sa.Column("wrapped", sa.LargeBinary, nullable=False),
        sa.Column("made_at", sa.BigInteger, nullable=False),
        sa.Column("seen_at", sa.BigInteger, nullable=False),
        sa.Column("idle_minutes", sa.Integer, nullable=False),
    )
    op.create_index("ticket_by_owner", "ticket", ["owner"])
    op.create_table(
        "item",
        sa.Column("owner", sa.String, primary_key=True),
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("kind", sa.String, primary_key=True),
        sa.Column("epoch", sa.Integer, nullable=False),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
    )
    op.create_index("item_in_order", "item", ["owner", "kind", "seq", "id"])
    if op.get_bind().dialect.name == "sqlite":
        _note_what_goes()


def _note_what_goes() -> None:
    # ``erasure.py`` looks in the file for every envelope that was deleted or replaced. Its nonce (bytes 2 to
    # 13) is noted in the same transaction, so that not even a crash makes it forget to look.
    op.create_table("trace", sa.Column("nonce", sa.String, nullable=False))
    for table, column in (("item", "sealed"), ("slot", "wrapped"), ("ticket", "wrapped")):
        for event in ("DELETE", f"UPDATE OF {column}"):
            name = f"{table}_{event.split()[0].lower()}"
            note = f"INSERT INTO trace VALUES (hex(substr(old.{column}, 2, 12)))"  # noqa: S608  # our own names
            op.execute(f"CREATE TRIGGER {name} AFTER {event} ON {table} BEGIN {note}; END")


def downgrade() -> None:
    """Drop them all."""
    op.execute("DROP TABLE IF EXISTS trace")
    for table in ("item", "ticket", "slot", "space"):
        op.drop_table(table)
