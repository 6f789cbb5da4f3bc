"""For tests only: a version whose script fails half-way, after it has thrown things away."""

from __future__ import annotations

from alembic import op

revision = "20270101_broken"
down_revision = "20261126_audit"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("DELETE FROM event")
    op.drop_table("walk_list")
    op.execute("UPDATE no_such_table SET nothing = 1")
