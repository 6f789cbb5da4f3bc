"""The one schema, for laptops and headquarters, on SQLite and PostgreSQL.

Every primary or unique key of the log and its projections begins with `riding_id`, so that
headquarters can be spread by riding. Only types and constraints that both databases (and
distributed ones) have: no serials, triggers or deferrable constraints. Flags are integers 0 or 1,
ids 16 bytes, times milliseconds UTC, points micro-degrees. Imported only to create or migrate a
database: the running program speaks SQL in tuples, and starts without SQLAlchemy.
"""

from __future__ import annotations

from sqlmodel import SQLModel

from . import audit, local, log, projections

__all__ = ["audit", "local", "log", "metadata", "projections"]

metadata = SQLModel.metadata
