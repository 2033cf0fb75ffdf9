"""Brings a database to this version's tables, and refuses one that is ahead of them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from between.errors import TooNew

_ONE_AT_A_TIME = 7_381_204_455  # any number that only Between uses


def upgrade(connection: sa.Connection) -> None:
    """Run the steps that are missing, all of them or, when one fails, none."""
    if connection.dialect.name == "postgresql":  # several processes may start together
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_ONE_AT_A_TIME)))
    config = Config()
    config.set_main_option("script_location", "between.store:migrations")
    config.attributes["connection"] = connection
    known = {step.revision for step in ScriptDirectory.from_config(config).walk_revisions()}
    if not set(MigrationContext.configure(connection).get_current_heads()) <= known:
        raise TooNew
    command.upgrade(config, "head")
