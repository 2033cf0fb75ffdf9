"""Lets Alembic work on the connection, and inside the transaction, that ``Store.migrate`` hands it."""

from alembic import context

context.configure(connection=context.config.attributes["connection"], transactional_ddl=True)
with context.begin_transaction():
    context.run_migrations()
