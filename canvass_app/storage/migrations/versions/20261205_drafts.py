"""A cut in the hand, kept after every edit"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261205_drafts"
down_revision = "20261203_selections"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "draft",
        sa.Column("riding_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.Integer(), server_default="0", nullable=False),
        sa.Column("base", sa.LargeBinary(), nullable=False),
        sa.Column("begun_ms", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("riding_id"),
    )
    op.create_table(
        "draft_edit",
        sa.Column("riding_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("riding_id", "seq"),
    )
