"""For tests only: a version after the next, which writes a table anew."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20270201_third"
down_revision = "20270101_second"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("meta") as batch:
        batch.add_column(sa.Column("noted_ms", sa.BigInteger(), server_default="0", nullable=False))
        batch.alter_column("value", existing_type=sa.Text(), nullable=False, server_default="")
