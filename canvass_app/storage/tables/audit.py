# SQLModel reads the table name and arguments from plain class attributes, which its declared types deny.
# pyright: reportAssignmentType=false
"""The log of who saw whom (ledger/trail.py): records in chains, what finds them, and how far each chain has come."""

from __future__ import annotations

from sqlalchemy import BigInteger, Index
from sqlmodel import SQLModel

from .columns import big_column, flag_column, int_column, key_column, text_column


class AuditRow(SQLModel, table=True):
    """A record, verbatim in `raw`."""

    __tablename__ = "audit"
    riding_id: int = key_column(BigInteger)
    chain: bytes = key_column()
    number: int = key_column(BigInteger)
    wall_ms: int = big_column()
    hash: bytes
    raw: bytes


class AuditRefRow(SQLModel, table=True):
    """By what a record is found: a person's reference, a set's, a chunk of a file; a span of the log where it is no page."""

    __tablename__ = "audit_ref"
    __table_args__ = {"sqlite_with_rowid": False}
    riding_id: int = key_column(BigInteger)
    ref: bytes = key_column()
    chain: bytes = key_column()
    number: int = key_column(BigInteger)


class AuditPageRow(SQLModel, table=True):
    """By what it is found that a page of the log was handed out, from number `low` through `high`: in place of `audit_ref`,
    with what an answer tells of a page, so that a thousand pages are counted without opening their records."""

    __tablename__ = "audit_page"
    __table_args__ = {"sqlite_with_rowid": False}
    riding_id: int = key_column(BigInteger)
    ref: bytes = key_column()
    device: bytes = key_column()
    wall_ms: int = key_column(BigInteger)
    chain: bytes = key_column()
    number: int = key_column(BigInteger)
    low: int = big_column()
    high: int = big_column()


class AuditSetRow(SQLModel, table=True):
    """A part of a set of references, from `low` to `high`. `sent`, on a laptop: headquarters has it."""

    __tablename__ = "audit_set"
    __table_args__ = (Index("audit_set_range", "riding_id", "low", "high"),)
    riding_id: int = key_column(BigInteger)
    name: bytes = key_column()
    part: int = key_column()
    low: bytes
    high: bytes
    data: bytes
    sent: int = flag_column()


class AuditHeadRow(SQLModel, table=True):
    """How far a chain has come. `own`: 1 the chain that this database writes, 2 one that it wrote before, 0 another's.

    `acked`, on a laptop: through which record headquarters has it. `broken`: the first record found altered, cut or
    doubled (0: none), `trouble` in which way.
    """

    __tablename__ = "audit_head"
    riding_id: int = key_column(BigInteger)
    chain: bytes = key_column()
    device_id: bytes
    own: int = int_column()
    number: int = big_column()
    hash: bytes
    acked: int = big_column()
    taken_ms: int = big_column()
    broken: int = big_column()
    trouble: str = text_column()


class AuditAnchorRow(SQLModel, table=True):
    """On a laptop: the last head of headquarters' own chain that headquarters signed for it."""

    __tablename__ = "audit_anchor"
    riding_id: int = key_column(BigInteger)
    chain: bytes = key_column()
    number: int = big_column()
    hash: bytes
    payload: bytes
    signature: bytes
