"""Saved selections, and what finds doors by the support or the language of somebody there"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261203_selections"
down_revision = "20261202_slices"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "selection",
        sa.Column("riding_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("selection_id", sa.LargeBinary(), nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("definition", sa.Text(), server_default="", nullable=False),
        sa.Column("removed", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("editor", sa.Text(), server_default="", nullable=False),
        sa.Column("edited_ms", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("rank", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("riding_id", "selection_id"),
    )
    for column in ("support", "language"):
        said = sa.text(f"{column} <> ''")
        op.create_index(
            f"person_{column}",
            "person",
            ["riding_id", column, "gone", "barred", "door_id"],
            unique=False,
            sqlite_where=said,
            postgresql_where=said,
        )
