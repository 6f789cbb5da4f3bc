"""Devices accept the campaign's declaration"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261130_declared"
down_revision = "20261129_keeping"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("device", sa.Column("declared", sa.Text(), server_default="", nullable=False))
    op.add_column("device", sa.Column("declared_by", sa.Text(), server_default="[]", nullable=False))
    op.add_column("device", sa.Column("declared_ms", sa.BigInteger(), server_default="0", nullable=False))
