"""Devices that hold a part of a riding: what is given to whom, and what each was last told of"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261202_slices"
down_revision = "20261201_pages_handed"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("device", sa.Column("given_to", sa.Text(), server_default="[]", nullable=False))
    op.add_column("enrolment", sa.Column("given_to", sa.Text(), server_default="[]", nullable=False))
    op.create_table(
        "slice",
        sa.Column("riding_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("device_id", sa.LargeBinary(), nullable=False),
        sa.Column("generation", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("subjects", sa.LargeBinary(), nullable=False),
        sa.Column("own_after", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("riding_id", "device_id"),
    )
