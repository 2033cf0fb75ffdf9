"""The store: sealed items, and who may try to open them, in SQLite or PostgreSQL. It never sees plain text."""
