"""Pages of the log that were handed out are found and counted without opening their records"""

from __future__ import annotations

import struct
from hashlib import sha256

import msgspec
import sqlalchemy as sa
from alembic import op

revision = "20261201_pages_handed"
down_revision = "20261130_declared"
branch_labels = None
depends_on = None

# As the records of that time were written; a later program may write others.
_SPAN, _ROWS = 256, 5_000
_DEVICE, _ACT, _COUNT, _SET, _WHAT, _NUMBERS, _LINK = 5, 7, 8, 10, 11, 12, 14
_PLACE = "riding_id = :riding_id AND ref = :ref AND chain = :chain AND number = :number"


def upgrade() -> None:
    op.create_table(
        "audit_page",
        sa.Column("riding_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("ref", sa.LargeBinary(), nullable=False),
        sa.Column("device", sa.LargeBinary(), nullable=False),
        sa.Column("wall_ms", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("chain", sa.LargeBinary(), nullable=False),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("low", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("high", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("riding_id", "ref", "device", "wall_ms", "chain", "number"),
        sqlite_with_rowid=False,
    )
    connection = op.get_bind()
    last: tuple[int, bytes, int] = (-1, b"", 0)
    while True:
        rows = connection.execute(
            sa.text(
                "SELECT riding_id, chain, number, wall_ms, raw FROM audit"
                " WHERE (riding_id, chain, number) > (:riding_id, :chain, :number)"
                " ORDER BY riding_id, chain, number LIMIT :most"
            ),
            {"riding_id": last[0], "chain": last[1], "number": last[2], "most": _ROWS},
        ).fetchall()
        if not rows:
            return
        last = int(rows[-1][0]), bytes(rows[-1][1]), int(rows[-1][2])
        pages = [
            {
                "riding_id": int(riding_id), "ref": ref, "device": device, "wall_ms": int(wall_ms), "chain": bytes(chain),
                "number": int(number), "low": low, "high": high,
            }
            for riding_id, chain, number, wall_ms, raw in rows
            for device, low, high, refs in _page(bytes(raw))
            for ref in refs
        ]  # fmt: skip
        if pages:
            connection.execute(
                sa.text(
                    "INSERT INTO audit_page (riding_id, ref, device, wall_ms, chain, number, low, high) VALUES"
                    " (:riding_id, :ref, :device, :wall_ms, :chain, :number, :low, :high)"
                ),
                pages,
            )
            connection.execute(sa.text(f"DELETE FROM audit_ref WHERE {_PLACE}"), pages)


def _page(raw: bytes) -> list[tuple[bytes, int, int, list[bytes]]]:
    """A record of a page that was handed out, with what finds it; nothing for any other, and for one that was altered."""
    try:
        said = msgspec.msgpack.decode(raw)
        if said[_ACT] != "handed" or said[_WHAT] != "log" or said[_COUNT] or said[_SET] or said[_LINK]:
            return []
        low, high, *spans = said[_NUMBERS]
        refs = {sha256(b"canvass audit log 1\0" + struct.pack(">q", span)).digest()[:8] for span in spans}
        return [(bytes(said[_DEVICE]), int(low), int(high), sorted(refs))]
    except (msgspec.DecodeError, ValueError, LookupError, TypeError, struct.error):
        return []
