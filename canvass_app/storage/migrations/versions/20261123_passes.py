"""Devices have a role and hold passes that turn; headquarters keeps no token of theirs"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261123_passes"
down_revision = "20261122_first"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_column("device", "token_hash")
    for table in ("device", "enrolment"):
        op.add_column(table, sa.Column("role", sa.Text(), server_default="lead", nullable=False))
    op.add_column("device", sa.Column("family", sa.Text(), server_default="", nullable=False))
    op.add_column("device", sa.Column("turn", sa.Integer(), server_default="0", nullable=False))
    op.add_column("device", sa.Column("turned_ms", sa.BigInteger(), server_default="0", nullable=False))
    op.add_column("device", sa.Column("shown", sa.Integer(), server_default="0", nullable=False))
