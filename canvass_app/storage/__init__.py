"""Where the record lives: tables, engines, migrations, projections and queries.

Belongs here: SQLModel tables, SQLCipher on laptops, SQLite or PostgreSQL at headquarters, keys and
the instance lock, backups, the projections that turn folded events into rows, and read queries
that return plain typed rows.
Does not belong here: rules of the canvass (domain), what wins in a merge (ledger), use cases (services).
"""
