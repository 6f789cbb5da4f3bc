"""People log in to headquarters' pages; what the browser shows is kept as a hash"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261128_people_who_log_in"
down_revision = "20261126_audit"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "account",
        sa.Column("login", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("ridings", sa.Text(), nullable=False),
        sa.Column("password", sa.Text(), nullable=False),
        sa.Column("disabled", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("added_ms", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("login"),
    )
    op.create_table(
        "web_session",
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("login", sa.Text(), nullable=False),
        sa.Column("began_ms", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("seen_ms", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("hash"),
    )
    op.create_table(
        "account_past",
        sa.Column("login", sa.Text(), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("nonce", sa.LargeBinary(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("login", "at_ms", "nonce"),
    )
