"""For tests only: a next version that adds a column, fills a table from the events and drops an index."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20270101_second"
down_revision = "20261126_audit"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("event", sa.Column("sort", sa.Text(), server_default="", nullable=False))
    op.create_table(
        "kind_count",
        sa.Column("riding_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("events", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("riding_id", "kind"),
    )
    op.execute("UPDATE event SET sort = substr(kind, 1, instr(kind, '.') - 1)")
    op.execute("INSERT INTO kind_count SELECT riding_id, kind, COUNT(*) FROM event GROUP BY riding_id, kind")
    op.drop_index("event_shift", table_name="event")
    op.create_index("event_shift", "event", ["riding_id", "shift", "sort"])
