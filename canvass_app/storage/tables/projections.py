# SQLModel reads the table name and arguments from plain class attributes, which its declared types deny.
# pyright: reportAssignmentType=false
"""Projections: what the folded events show."""

from __future__ import annotations

from sqlalchemy import BigInteger, Index, text
from sqlmodel import SQLModel

from .columns import big_column, flag_column, int_column, key_column, text_column


class RidingRow(SQLModel, table=True):
    """A riding that this database holds something of."""

    __tablename__ = "riding"
    riding_id: int = key_column(BigInteger)
    name_en: str = text_column()
    name_fr: str = text_column()
    province: str = text_column()


class DoorRow(SQLModel, table=True):
    """A door, folded."""

    __tablename__ = "door"
    __table_args__ = {"sqlite_with_rowid": False}
    riding_id: int = key_column(BigInteger)
    door_id: bytes = key_column()
    number: int = int_column()
    suffix: str = text_column()
    street: str = text_column()
    street_type: str = text_column()
    street_direction: str = text_column()
    street_label: str = text_column()
    unit: str = text_column()
    floor: int = int_column()
    municipality: str = text_column()
    postal_code: str = text_column()
    lon_e6: int = int_column()
    lat_e6: int = int_column()
    polling_division: str = text_column()
    building_use: str = text_column()
    access: str = text_column()
    on_file: int = flag_column()
    state: int = flag_column()
    barred: int = flag_column()
    attempts: int = int_column()
    contacts: int = int_column()
    last_code: str = text_column()
    last_ms: int = big_column()


class AliasRow(SQLModel, table=True):
    """Ids that mean one door or one person (ledger/grouping.py): a row a member, the subject itself among them."""

    __tablename__ = "alias"
    __table_args__ = (Index("alias_subject", "riding_id", "subject"), {"sqlite_with_rowid": False})
    riding_id: int = key_column(BigInteger)
    alias_id: bytes = key_column()
    subject: bytes
    entity: str


class SameAsRow(SQLModel, table=True):
    """What people said of two ids: one thing (joined = 1) or two. `low` is the smaller id."""

    __tablename__ = "same_as"
    riding_id: int = key_column(BigInteger)
    entity: str = key_column()
    low: bytes = key_column()
    high: bytes = key_column()
    joined: int = flag_column()


class OffFileRow(SQLModel, table=True):
    """Ids that only withdrawn files list and that stay, because something happened there or somebody met them."""

    __tablename__ = "off_file"
    riding_id: int = key_column(BigInteger)
    entity: str = key_column()
    id: bytes = key_column()


class PersonRow(SQLModel, table=True):
    """A person, folded."""

    __tablename__ = "person"
    __table_args__ = (
        Index("person_door", "riding_id", "door_id"),
        Index(
            "person_support",
            "riding_id",
            "support",
            "gone",
            "barred",
            "door_id",
            sqlite_where=text("support <> ''"),
            postgresql_where=text("support <> ''"),
        ),
        Index(
            "person_language",
            "riding_id",
            "language",
            "gone",
            "barred",
            "door_id",
            sqlite_where=text("language <> ''"),
            postgresql_where=text("language <> ''"),
        ),
        {"sqlite_with_rowid": False},
    )
    riding_id: int = key_column(BigInteger)
    person_id: bytes = key_column()
    door_id: bytes
    last: str = text_column()
    first: str = text_column()
    middle: str = text_column()
    birth_year: int = int_column()
    phone: str = text_column()
    email: str = text_column()
    language: str = text_column()
    sex: str = text_column()
    source: str = text_column()
    external_id: str = text_column()
    search: str = text_column()
    support: str = text_column()
    listed_support: str = text_column()
    gone: str = text_column()
    barred: int = flag_column()
    on_file: int = flag_column()
    no_call: int = flag_column()


class BarredNumberRow(SQLModel, table=True):
    """A telephone number that is not to be called, by its keyed hash (`domain.ids.phone_subject`): no number in clear.

    `person.no_call` follows it."""

    __tablename__ = "barred_number"
    __table_args__ = {"sqlite_with_rowid": False}
    riding_id: int = key_column(BigInteger)
    number_key: bytes = key_column()


class AttemptRow(SQLModel, table=True):
    """An attempt that counts, with its code as corrected."""

    __tablename__ = "attempt"
    __table_args__ = (
        Index("attempt_door", "riding_id", "door_id"),
        Index("attempt_day", "riding_id", "day", "turf_id", "code"),
        Index("attempt_list", "riding_id", "walk_list", "line"),
        Index("attempt_person", "riding_id", "person_id"),
        {"sqlite_with_rowid": False},
    )
    riding_id: int = key_column(BigInteger)
    device_id: bytes = key_column()
    device_seq: int = key_column(BigInteger)
    door_id: bytes
    person_id: bytes
    code: str
    contact: int = flag_column()
    channel: str = text_column()
    wall_ms: int = big_column()
    day: str = text_column()
    author: str = text_column()
    shift: bytes
    walk_list: int = big_column()
    line: int = int_column()
    turf_id: bytes


class AnswerRow(SQLModel, table=True):
    """A person's answer to a question; several answers are separated by a blank."""

    __tablename__ = "answer"
    __table_args__ = (
        Index("answer_question", "riding_id", "question", "answer"),
        {"sqlite_with_rowid": False},
    )
    riding_id: int = key_column(BigInteger)
    person_id: bytes = key_column()
    question: str = key_column()
    answer: str


class NoteRow(SQLModel, table=True):
    """Plain words about a door or a person."""

    __tablename__ = "note"
    __table_args__ = (Index("note_subject", "riding_id", "subject"), {"sqlite_with_rowid": False})
    riding_id: int = key_column(BigInteger)
    device_id: bytes = key_column()
    device_seq: int = key_column(BigInteger)
    subject: bytes
    author: str
    wall_ms: int = big_column()
    text: str


class TurfRow(SQLModel, table=True):
    """A turf, folded."""

    __tablename__ = "turf"
    riding_id: int = key_column(BigInteger)
    turf_id: bytes = key_column()
    name: str = text_column()
    assigned: str = text_column()
    color: int = int_column()
    seconds: int = int_column()
    metres: int = int_column()
    retired: int = flag_column()
    rank: int = big_column()


class TurfDoorRow(SQLModel, table=True):
    """A door of a turf at its place in the walk. Two leads may cut one door offline: both rows stand,
    the later turf holds it and both leads are told."""

    __tablename__ = "turf_door"
    __table_args__ = (Index("turf_door_door", "riding_id", "door_id"), {"sqlite_with_rowid": False})
    riding_id: int = key_column(BigInteger)
    turf_id: bytes = key_column()
    position: int = key_column()
    door_id: bytes


class WalkListRow(SQLModel, table=True):
    """An issued walk list; its frozen document is an asset."""

    __tablename__ = "walk_list"
    __table_args__ = (Index("walk_list_number", "riding_id", "number"),)
    riding_id: int = key_column(BigInteger)
    list_id: bytes = key_column()
    number: int = big_column()
    turf_id: bytes
    asset: bytes
    canvasser: str = text_column()
    lines: int = int_column()
    pages: int = int_column()
    doors: int = int_column()
    language: str = text_column()
    issued_ms: int = big_column()
    returned: int = flag_column()


class ShiftRow(SQLModel, table=True):
    """A shift, folded."""

    __tablename__ = "shift"
    riding_id: int = key_column(BigInteger)
    shift_id: bytes = key_column()
    device_id: bytes
    volunteer: str = text_column()
    walk_list: int = big_column()
    opened_ms: int = big_column()
    closed: int = flag_column()
    voided: int = flag_column()


class LayerRow(SQLModel, table=True):
    """The streets or areas drawn on a riding's map; the bytes are an asset."""

    __tablename__ = "layer"
    riding_id: int = key_column(BigInteger)
    layer: str = key_column()
    subject: bytes
    asset: bytes
    attribution: str = text_column()


class TeamRow(SQLModel, table=True):
    """The people of one place who canvass or call together."""

    __tablename__ = "team"
    riding_id: int = key_column(BigInteger)
    team_id: bytes = key_column()
    name: str = text_column()
    place: str = text_column()
    remark: str = text_column()
    shut: int = flag_column()
    rank: int = big_column()


class MemberRow(SQLModel, table=True):
    """A volunteer. `languages` stand with commas between; `pin` is a hash, "" without one."""

    __tablename__ = "member"
    __table_args__ = ({"sqlite_with_rowid": False},)
    riding_id: int = key_column(BigInteger)
    member_id: bytes = key_column()
    name: str = text_column()
    search: str = text_column()
    phone: str = text_column()
    email: str = text_column()
    languages: str = text_column()
    needs: str = text_column()
    pin: str = text_column()


class TeamMemberRow(SQLModel, table=True):
    """Which teams a volunteer is in, and as what ("lead" or "member")."""

    __tablename__ = "team_member"
    __table_args__ = (Index("team_member_member", "riding_id", "member_id"), {"sqlite_with_rowid": False})
    riding_id: int = key_column(BigInteger)
    team_id: bytes = key_column()
    member_id: bytes = key_column()
    role: str


class GatheringRow(SQLModel, table=True):
    """A team's event. `places` is 0 where as many can come as want to."""

    __tablename__ = "gathering"
    __table_args__ = (Index("gathering_start", "riding_id", "start_ms"),)
    riding_id: int = key_column(BigInteger)
    gathering_id: bytes = key_column()
    team_id: bytes
    sort: str = text_column()
    start_ms: int = big_column()
    end_ms: int = big_column()
    place: str = text_column()
    places: int = int_column()
    remark: str = text_column()
    cancelled: int = flag_column()


class SignUpRow(SQLModel, table=True):
    """What a volunteer answered to a team's event ("coming", "maybe", "no", "") and whether they came ("came", "absent", "")."""

    __tablename__ = "sign_up"
    __table_args__ = (Index("sign_up_member", "riding_id", "member_id"), {"sqlite_with_rowid": False})
    riding_id: int = key_column(BigInteger)
    gathering_id: bytes = key_column()
    member_id: bytes = key_column()
    answer: str = text_column()
    came: str = text_column()


class SelectionRow(SQLModel, table=True):
    """A saved selection, folded; `definition` is as `domain.selections` writes it. A removed one stays, and can come back."""

    __tablename__ = "selection"
    riding_id: int = key_column(BigInteger)
    selection_id: bytes = key_column()
    name: str = text_column()
    definition: str = text_column()
    removed: int = flag_column()
    editor: str = text_column()
    edited_ms: int = big_column()
    rank: int = big_column()


class ConflictRow(SQLModel, table=True):
    """A field with several heads of different values; it blocks nothing and a person closes it."""

    __tablename__ = "conflict"
    riding_id: int = key_column(BigInteger)
    subject: bytes = key_column()
    field: str = key_column()
    opened_ms: int = big_column()


class ErasedRow(SQLModel, table=True):
    """A salted key by which an erased person, or words that named them, are known again. It is kept for ever."""

    __tablename__ = "erased"
    __table_args__ = (Index("erased_match", "riding_id", "match_key"), {"sqlite_with_rowid": False})
    riding_id: int = key_column(BigInteger)
    salt: bytes = key_column()
    match_key: bytes = key_column()
