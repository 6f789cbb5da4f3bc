# SQLModel reads the table name and arguments from plain class attributes, which its declared types deny.
# pyright: reportAssignmentType=false
"""The log and what travels with it: events, devices, rosters, assets."""

from __future__ import annotations

from sqlalchemy import BigInteger, Index, text
from sqlmodel import SQLModel

from .columns import big_column, flag_column, key_column, text_column


class EventRow(SQLModel, table=True):
    """An event, verbatim in `raw`; the other columns only find it."""

    __tablename__ = "event"
    __table_args__ = (
        Index("event_subject", "riding_id", "subject"),
        Index("event_shift", "riding_id", "shift"),
        Index(
            "event_sequence",
            "riding_id",
            "riding_sequence",
            sqlite_where=text("riding_sequence IS NOT NULL"),
            postgresql_where=text("riding_sequence IS NOT NULL"),
        ),
        {"sqlite_with_rowid": True},
    )
    riding_id: int = key_column(BigInteger)
    device_id: bytes = key_column()
    device_seq: int = key_column(BigInteger)
    kind: str
    subject: bytes
    shift: bytes
    hlc: int = big_column()
    wall_ms: int = big_column()
    stamp: int | None = big_column(null=True)
    riding_sequence: int | None = big_column(null=True)
    hash: bytes
    raw: bytes


class DeviceLogRow(SQLModel, table=True):
    """How far each device's numbering has come in a riding, and through where HQ has acknowledged it.

    At HQ this row is the device's watermark, locked first in a push.
    """

    __tablename__ = "device_log"
    riding_id: int = key_column(BigInteger)
    device_id: bytes = key_column()
    last_seq: int = big_column()
    acked_through: int = big_column()


class ForkRow(SQLModel, table=True):
    """The same key with another hash: kept aside, never folded."""

    __tablename__ = "fork"
    riding_id: int = key_column(BigInteger)
    device_id: bytes = key_column()
    device_seq: int = key_column(BigInteger)
    hash: bytes = key_column()
    raw: bytes


class QuarantineRow(SQLModel, table=True):
    """An event that could not be taken, with the reason. `raw` empty, at HQ: a number whose event only its writer has."""

    __tablename__ = "quarantine"
    riding_id: int = key_column(BigInteger)
    device_id: bytes = key_column()
    device_seq: int = key_column(BigInteger)
    reason: str
    raw: bytes


class RidingCounterRow(SQLModel, table=True):
    """HQ's order: the counter row of ledger-and-sync. A push holds it from its bump to its commit."""

    __tablename__ = "riding_counter"
    riding_id: int = key_column(BigInteger)
    last_sequence: int = big_column()


class ProjectorRow(SQLModel, table=True):
    """How far HQ's projector has folded a riding, with the digest and count of the events up to there.

    Apart from the counter row, because a projector holds its row while it folds, and a push must not wait.
    """

    __tablename__ = "projector"
    riding_id: int = key_column(BigInteger)
    through: int = big_column()
    events: int = big_column()
    digest: str = text_column()


class ReceiptRow(SQLModel, table=True):
    """On a laptop: a receipt that moved its watermark on. It stands for all own events through `through_seq`."""

    __tablename__ = "receipt"
    riding_id: int = key_column(BigInteger)
    device_id: bytes = key_column()
    through_seq: int = key_column(BigInteger)
    name: str
    received_ms: int = big_column()


class RelayedRow(SQLModel, table=True):
    """At HQ after a restore: which device's events another one, `carrier`, brought back, and when."""

    __tablename__ = "relayed"
    riding_id: int = key_column(BigInteger)
    device_id: bytes = key_column()
    from_seq: int = key_column(BigInteger)
    carrier: bytes = key_column()
    received_ms: int = key_column(BigInteger)
    to_seq: int = big_column()
    events: int = big_column()


class SyncStateRow(SQLModel, table=True):
    """What a laptop knows of HQ, per riding. `events` and `digest` are of the events up to `pulled_through`.

    `verified_ms`: when the riding's slice was found to be here and whole; 0 until then.
    """

    __tablename__ = "sync_state"
    riding_id: int = key_column(BigInteger)
    cursor: str = text_column()
    pulled_through: int = big_column()
    events: int = big_column()
    digest: str = text_column()
    last_contact_ms: int = big_column()
    last_receipt: str = text_column()
    verified_ms: int = big_column()


class AssetRow(SQLModel, table=True):
    """Immutable bytes named by their SHA-256 (before compression): frozen lists, layers.

    `redacted`: an erasure took somebody off the list, so its bytes no longer make its name.
    """

    __tablename__ = "asset"
    riding_id: int = key_column(BigInteger)
    hash: bytes = key_column()
    kind: str
    size: int = big_column()
    data: bytes
    redacted: int = flag_column()


class RosterRow(SQLModel, table=True):
    """An imported file. `complete` is 0 until every chunk is here and verified."""

    __tablename__ = "roster"
    riding_id: int = key_column(BigInteger)
    roster_id: bytes = key_column()
    name: bytes
    source: str
    doors: int
    people: int
    rank: int = big_column()
    added_ms: int = big_column()
    author: str = text_column()
    withdrawn: int = flag_column()
    complete: int = flag_column()


class RosterChunkRow(SQLModel, table=True):
    """A chunk of a roster: compressed rows and their leaf hashes."""

    __tablename__ = "roster_chunk"
    riding_id: int = key_column(BigInteger)
    roster_id: bytes = key_column()
    chunk: int = key_column()
    kind: str
    first_key: bytes
    leaves: bytes
    data: bytes
