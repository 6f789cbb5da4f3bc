"""The one schema, for laptops and headquarters, on SQLite and PostgreSQL.

Every primary or unique key of the log and its projections begins with `riding_id`, so that
headquarters can be spread by riding. Only types and constraints that both databases (and
distributed ones) have: no serials, triggers or deferrable constraints. Flags are integers 0 or 1,
ids 16 bytes, times milliseconds UTC, points micro-degrees. Imported only to create or migrate a
database: the running program speaks SQL in tuples, and starts without SQLAlchemy.
"""

# SQLModel reads the table name and arguments from plain class attributes, which its declared types deny.
# pyright: reportAssignmentType=false
from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Index, SmallInteger
from sqlmodel import Field, SQLModel


def _key(kind: Any = None) -> Any:
    if kind is None:
        return Field(primary_key=True)
    return Field(primary_key=True, sa_type=kind, sa_column_kwargs={"autoincrement": False})


def _big(*, null: bool = False) -> Any:
    return Field(
        default=None if null else 0, sa_type=BigInteger, nullable=null, sa_column_kwargs=_default(null, "0")
    )


def _flag() -> Any:
    return Field(default=0, sa_type=SmallInteger, sa_column_kwargs={"server_default": "0"})


def _int() -> Any:
    return Field(default=0, sa_column_kwargs={"server_default": "0"})


def _text() -> Any:
    return Field(default="", sa_column_kwargs={"server_default": ""})


def _default(null: bool, value: str) -> dict[str, Any]:
    return {} if null else {"server_default": value}


# --- the log ------------------------------------------------------------------------------------


class EventRow(SQLModel, table=True):
    """An event, verbatim in `raw`; the other columns only find it."""

    __tablename__ = "event"
    __table_args__ = (
        Index("event_subject", "riding_id", "subject"),
        Index("event_shift", "riding_id", "shift"),
        Index("event_sequence", "riding_id", "riding_sequence"),
        {"sqlite_with_rowid": True},
    )
    riding_id: int = _key(BigInteger)
    device_id: bytes = _key()
    device_seq: int = _key(BigInteger)
    kind: str
    subject: bytes
    shift: bytes
    hlc: int = _big()
    wall_ms: int = _big()
    stamp: int | None = _big(null=True)
    riding_sequence: int | None = _big(null=True)
    hash: bytes
    raw: bytes


class DeviceLogRow(SQLModel, table=True):
    """How far each device's numbering has come in a riding, and through where HQ has acknowledged it.

    At HQ this row is the device's watermark, locked first in a push.
    """

    __tablename__ = "device_log"
    riding_id: int = _key(BigInteger)
    device_id: bytes = _key()
    last_seq: int = _big()
    acked_through: int = _big()


class ForkRow(SQLModel, table=True):
    """The same key with another hash: kept aside, never folded."""

    __tablename__ = "fork"
    riding_id: int = _key(BigInteger)
    device_id: bytes = _key()
    device_seq: int = _key(BigInteger)
    hash: bytes = _key()
    raw: bytes


class QuarantineRow(SQLModel, table=True):
    """An event that could not be taken, with the reason."""

    __tablename__ = "quarantine"
    riding_id: int = _key(BigInteger)
    device_id: bytes = _key()
    device_seq: int = _key(BigInteger)
    reason: str
    raw: bytes


class RidingCounterRow(SQLModel, table=True):
    """HQ's order: the counter row of ledger-and-sync. A push holds it from its bump to its commit."""

    __tablename__ = "riding_counter"
    riding_id: int = _key(BigInteger)
    last_sequence: int = _big()


class ProjectorRow(SQLModel, table=True):
    """How far HQ's projector has folded a riding, with the digest and count of the events up to there.

    Apart from the counter row, because a projector holds its row while it folds, and a push must not wait.
    """

    __tablename__ = "projector"
    riding_id: int = _key(BigInteger)
    through: int = _big()
    events: int = _big()
    digest: str = _text()


class SyncStateRow(SQLModel, table=True):
    """What a laptop knows of HQ, per riding. `events` and `digest` are of the events up to `pulled_through`."""

    __tablename__ = "sync_state"
    riding_id: int = _key(BigInteger)
    cursor: str = _text()
    pulled_through: int = _big()
    events: int = _big()
    digest: str = _text()
    last_contact_ms: int = _big()
    last_receipt: str = _text()


class AssetRow(SQLModel, table=True):
    """Immutable bytes named by their SHA-256 (before compression): frozen lists, layers."""

    __tablename__ = "asset"
    riding_id: int = _key(BigInteger)
    hash: bytes = _key()
    kind: str
    size: int = _big()
    data: bytes


class RosterRow(SQLModel, table=True):
    """An imported file. `complete` is 0 until every chunk is here and verified."""

    __tablename__ = "roster"
    riding_id: int = _key(BigInteger)
    roster_id: bytes = _key()
    name: bytes
    source: str
    doors: int
    people: int
    rank: int = _big()
    added_ms: int = _big()
    author: str = _text()
    withdrawn: int = _flag()
    complete: int = _flag()


class RosterChunkRow(SQLModel, table=True):
    """A chunk of a roster: compressed rows and their leaf hashes."""

    __tablename__ = "roster_chunk"
    riding_id: int = _key(BigInteger)
    roster_id: bytes = _key()
    chunk: int = _key()
    kind: str
    first_key: bytes
    leaves: bytes
    data: bytes


# --- projections --------------------------------------------------------------------------------


class RidingRow(SQLModel, table=True):
    """A riding that this database holds something of."""

    __tablename__ = "riding"
    riding_id: int = _key(BigInteger)
    name_en: str = _text()
    name_fr: str = _text()
    province: str = _text()


class DoorRow(SQLModel, table=True):
    """A door, folded."""

    __tablename__ = "door"
    __table_args__ = (Index("door_match", "riding_id", "match_key"), {"sqlite_with_rowid": False})
    riding_id: int = _key(BigInteger)
    door_id: bytes = _key()
    match_key: bytes
    number: int = _int()
    suffix: str = _text()
    street: str = _text()
    street_type: str = _text()
    street_direction: str = _text()
    street_label: str = _text()
    unit: str = _text()
    floor: int = _int()
    municipality: str = _text()
    postal_code: str = _text()
    lon_e6: int = _int()
    lat_e6: int = _int()
    polling_division: str = _text()
    building_use: str = _text()
    access: str = _text()
    on_file: int = _flag()
    state: int = _flag()
    barred: int = _flag()
    attempts: int = _int()
    contacts: int = _int()
    last_code: str = _text()
    last_ms: int = _big()


class AliasRow(SQLModel, table=True):
    """Ids that mean one door or one person, because files describe them alike: a row a member, the
    subject itself among them. `match_key` and `detail` are what the grouping rule compares."""

    __tablename__ = "alias"
    __table_args__ = (
        Index("alias_subject", "riding_id", "subject"),
        Index("alias_match", "riding_id", "match_key"),
        {"sqlite_with_rowid": False},
    )
    riding_id: int = _key(BigInteger)
    alias_id: bytes = _key()
    subject: bytes
    match_key: bytes
    detail: str = _text()


class PersonRow(SQLModel, table=True):
    """A person, folded."""

    __tablename__ = "person"
    __table_args__ = (
        Index("person_door", "riding_id", "door_id"),
        Index("person_match", "riding_id", "match_key"),
        {"sqlite_with_rowid": False},
    )
    riding_id: int = _key(BigInteger)
    person_id: bytes = _key()
    door_id: bytes
    last: str = _text()
    first: str = _text()
    middle: str = _text()
    birth_year: int = _int()
    phone: str = _text()
    email: str = _text()
    language: str = _text()
    sex: str = _text()
    source: str = _text()
    external_id: str = _text()
    match_key: bytes
    search: str = _text()
    support: str = _text()
    listed_support: str = _text()
    gone: str = _text()
    barred: int = _flag()
    on_file: int = _flag()


class AttemptRow(SQLModel, table=True):
    """An attempt that counts, with its code as corrected."""

    __tablename__ = "attempt"
    __table_args__ = (
        Index("attempt_door", "riding_id", "door_id"),
        Index("attempt_day", "riding_id", "day", "turf_id", "code"),
        Index("attempt_list", "riding_id", "walk_list", "line"),
        {"sqlite_with_rowid": False},
    )
    riding_id: int = _key(BigInteger)
    device_id: bytes = _key()
    device_seq: int = _key(BigInteger)
    door_id: bytes
    person_id: bytes
    code: str
    contact: int = _flag()
    channel: str = _text()
    wall_ms: int = _big()
    day: str = _text()
    author: str = _text()
    shift: bytes
    walk_list: int = _big()
    line: int = _int()
    turf_id: bytes


class AnswerRow(SQLModel, table=True):
    """A person's answer to a question; several answers are separated by a blank."""

    __tablename__ = "answer"
    __table_args__ = (
        Index("answer_question", "riding_id", "question", "answer"),
        {"sqlite_with_rowid": False},
    )
    riding_id: int = _key(BigInteger)
    person_id: bytes = _key()
    question: str = _key()
    answer: str


class NoteRow(SQLModel, table=True):
    """Plain words about a door or a person."""

    __tablename__ = "note"
    __table_args__ = (Index("note_subject", "riding_id", "subject"), {"sqlite_with_rowid": False})
    riding_id: int = _key(BigInteger)
    device_id: bytes = _key()
    device_seq: int = _key(BigInteger)
    subject: bytes
    author: str
    wall_ms: int = _big()
    text: str


class TurfRow(SQLModel, table=True):
    """A turf, folded."""

    __tablename__ = "turf"
    riding_id: int = _key(BigInteger)
    turf_id: bytes = _key()
    name: str = _text()
    assigned: str = _text()
    color: int = _int()
    seconds: int = _int()
    metres: int = _int()
    retired: int = _flag()
    rank: int = _big()


class TurfDoorRow(SQLModel, table=True):
    """A door of a turf at its place in the walk. Two leads may cut one door offline: both rows stand,
    the later turf holds it and both leads are told."""

    __tablename__ = "turf_door"
    __table_args__ = (Index("turf_door_door", "riding_id", "door_id"), {"sqlite_with_rowid": False})
    riding_id: int = _key(BigInteger)
    turf_id: bytes = _key()
    position: int = _key()
    door_id: bytes


class WalkListRow(SQLModel, table=True):
    """An issued walk list; its frozen document is an asset."""

    __tablename__ = "walk_list"
    __table_args__ = (Index("walk_list_number", "riding_id", "number"),)
    riding_id: int = _key(BigInteger)
    list_id: bytes = _key()
    number: int = _big()
    turf_id: bytes
    asset: bytes
    canvasser: str = _text()
    lines: int = _int()
    pages: int = _int()
    doors: int = _int()
    language: str = _text()
    issued_ms: int = _big()
    returned: int = _flag()


class ShiftRow(SQLModel, table=True):
    """A shift, folded."""

    __tablename__ = "shift"
    riding_id: int = _key(BigInteger)
    shift_id: bytes = _key()
    device_id: bytes
    volunteer: str = _text()
    walk_list: int = _big()
    opened_ms: int = _big()
    closed: int = _flag()
    voided: int = _flag()


class LayerRow(SQLModel, table=True):
    """The streets or areas drawn on a riding's map; the bytes are an asset."""

    __tablename__ = "layer"
    riding_id: int = _key(BigInteger)
    layer: str = _key()
    subject: bytes
    asset: bytes
    attribution: str = _text()


class ConflictRow(SQLModel, table=True):
    """A field with several heads of different values; it blocks nothing and a person closes it."""

    __tablename__ = "conflict"
    riding_id: int = _key(BigInteger)
    subject: bytes = _key()
    field: str = _key()
    opened_ms: int = _big()


# --- this database's own facts --------------------------------------------------------------------


class MetaRow(SQLModel, table=True):
    """Facts of this database: device, clock, campaign, number block. Not part of the record."""

    __tablename__ = "meta"
    name: str = _key()
    value: str


class DeviceRow(SQLModel, table=True):
    """At HQ: an enrolled device. The token is kept as a hash; `ridings` is JSON: riding ids, or "*" for all.

    `scope_generation` grows when `ridings` changes: cursors of an older scope start over.
    """

    __tablename__ = "device"
    device_id: bytes = _key()
    name: str
    token_hash: bytes
    public_key: bytes
    ridings: str
    scope_generation: int = _big()
    enrolled_ms: int = _big()
    seen_ms: int = _big()
    revoked: int = _flag()


class EnrolmentRow(SQLModel, table=True):
    """At HQ: a one-time enrolment code, as a hash. `selector` is its first half, which finds it.

    `tries` counts wrong second halves; `used_by` is the device that it enrolled.
    """

    __tablename__ = "enrolment"
    selector: str = _key()
    code_hash: bytes
    ridings: str
    label: str = _text()
    expires_ms: int = _big()
    tries: int = _int()
    used_by: bytes


class NumberBlockRow(SQLModel, table=True):
    """At HQ: blocks of walk-list numbers leased to devices."""

    __tablename__ = "number_block"
    first: int = _key(BigInteger)
    device_id: bytes
    leased_ms: int = _big()


metadata = SQLModel.metadata
