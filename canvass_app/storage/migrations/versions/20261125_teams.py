"""Teams, their members and their events"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "20261125_teams"
down_revision = "20261124_wards"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "team",
        _riding(),
        sa.Column("team_id", sa.LargeBinary(), nullable=False),
        _text("name"),
        _text("place"),
        _text("remark"),
        sa.Column("shut", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("rank", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("riding_id", "team_id"),
    )
    op.create_table(
        "member",
        _riding(),
        sa.Column("member_id", sa.LargeBinary(), nullable=False),
        *map(_text, ("name", "search", "phone", "email", "languages", "needs", "pin")),
        sa.PrimaryKeyConstraint("riding_id", "member_id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "team_member",
        _riding(),
        sa.Column("team_id", sa.LargeBinary(), nullable=False),
        sa.Column("member_id", sa.LargeBinary(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("riding_id", "team_id", "member_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("team_member_member", "team_member", ["riding_id", "member_id"], unique=False)
    op.create_table(
        "gathering",
        _riding(),
        sa.Column("gathering_id", sa.LargeBinary(), nullable=False),
        sa.Column("team_id", sa.LargeBinary(), nullable=False),
        _text("sort"),
        sa.Column("start_ms", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("end_ms", sa.BigInteger(), server_default="0", nullable=False),
        _text("place"),
        sa.Column("places", sa.Integer(), server_default="0", nullable=False),
        _text("remark"),
        sa.Column("cancelled", sa.SmallInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("riding_id", "gathering_id"),
    )
    op.create_index("gathering_start", "gathering", ["riding_id", "start_ms"], unique=False)
    op.create_table(
        "sign_up",
        _riding(),
        sa.Column("gathering_id", sa.LargeBinary(), nullable=False),
        sa.Column("member_id", sa.LargeBinary(), nullable=False),
        _text("answer"),
        _text("came"),
        sa.PrimaryKeyConstraint("riding_id", "gathering_id", "member_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("sign_up_member", "sign_up", ["riding_id", "member_id"], unique=False)


def _riding() -> sa.Column[Any]:
    return sa.Column("riding_id", sa.BigInteger(), autoincrement=False, nullable=False)


def _text(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Text(), server_default="", nullable=False)
