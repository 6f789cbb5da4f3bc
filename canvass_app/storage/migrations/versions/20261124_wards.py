"""Devices are told to hold nothing more, and hand in what they may not push"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261124_wards"
down_revision = "20261123_passes"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("device", sa.Column("had", sa.Text(), server_default="[]", nullable=False))
    op.execute("UPDATE device SET had = ridings")
    op.add_column("device", sa.Column("wipe", sa.SmallInteger(), server_default="0", nullable=False))
    for name in ("revoked_ms", "told_ms", "emptied_ms"):
        op.add_column("device", sa.Column(name, sa.BigInteger(), server_default="0", nullable=False))
    op.create_table(
        "handed_in",
        sa.Column("device_id", sa.LargeBinary(), nullable=False),
        sa.Column("seal", sa.LargeBinary(), nullable=False),
        sa.Column("parts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("received_ms", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("state", sa.Text(), server_default="coming", nullable=False),
        sa.Column("decided_ms", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("device_id", "seal"),
    )
    op.create_table(
        "handed_in_part",
        sa.Column("device_id", sa.LargeBinary(), nullable=False),
        sa.Column("seal", sa.LargeBinary(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("device_id", "seal", "part"),
    )
