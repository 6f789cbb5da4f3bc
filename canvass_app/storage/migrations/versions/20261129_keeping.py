"""Telephone numbers that are not to be called, and who has one of them"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261129_keeping"
down_revision = "20261128_people_who_log_in"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("person", sa.Column("no_call", sa.SmallInteger(), server_default="0", nullable=False))
    op.create_table(
        "barred_number",
        sa.Column("riding_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("number_key", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("riding_id", "number_key"),
        sqlite_with_rowid=False,
    )
