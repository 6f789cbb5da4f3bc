"""The part of a riding that a device holds: the turfs and open lists of those it is given to, with the people there.

A canvasser's and a caller's device hold nothing else; a lead's does too when it is given to a team. What belongs to the part
is told by ids (its subjects): a page, a digest, a list and an imported file are cut to them. What a device wrote itself
comes back to it; that it wrote about somebody brings it nothing of them.

When somebody or something does not belong to it any more, the device's cursor is not in force any more. It begins again, is told every subject
of its part, and lets go of what is not among them (sync/slices.py).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import msgspec
import zstandard

from canvass_app.domain.address import fold
from canvass_app.domain.campaign import LIST_DAYS, load_campaign
from canvass_app.domain.ids import phone_subject
from canvass_app.domain.phones import phone_number
from canvass_app.domain.roles import Role
from canvass_app.domain.walk_list import WalkListDocument
from canvass_app.ledger.events import open_event, redacted
from canvass_app.ledger.kinds import PersonAdded, PersonDescribed
from canvass_app.ledger.rosters import DoorEntry, PersonEntry, build_roster, door_rows, person_rows
from canvass_app.storage.database import Connection, query_in
from canvass_app.storage.log import members, resolve
from canvass_app.storage.roster_store import door_entries, load_chunks, person_entries, roster_id_of
from canvass_app.sync.messages import RosterChunk, RosterCut

from .devices import Device
from .office import Office

ID_BYTES = 16
_DAY_MS = 86_400_000
_PERSON_WORDS = ("person.added", "person.described")
_EVERYWHERE = ("roster.added", "roster.withdrawn", "roster.restored", "layer.added")
"""What is of the riding and of nobody in it."""
FIELDS_KEPT_BACK: dict[Role, tuple[str, ...]] = {
    Role.CANVASSER: ("phone", "email"),
    Role.CALLER: ("email",),
}
"""What a role's task does not need of a person."""


class Slice(NamedTuple):
    """What a device holds of a riding at this moment."""

    subjects: frozenset[bytes]
    assets: frozenset[bytes]
    """The frozen lists."""
    doors: int
    people: int
    lists: tuple[int, ...]
    """The numbers of its lists."""


class Told(NamedTuple):
    """What the device was last told."""

    generation: int
    subjects: frozenset[bytes]
    own_after: int


def names_of(text: str) -> tuple[str, ...]:
    """The names that a device's row keeps."""
    return tuple(str(one) for one in json.loads(text))


# --- what belongs to it -------------------------------------------------------------------------------


def slice_of(office: Office, device: Device, riding_id: int) -> Slice:
    """What a device's part of a riding is, by what is folded here."""
    db = office.read()
    names = {fold(one) for one in device.given_to}
    turfs = {
        bytes(turf)
        for turf, assigned in db.query(
            "SELECT turf_id, assigned FROM turf WHERE riding_id = ? AND retired = 0", (riding_id,)
        )
        if fold(assigned) in names
    }
    lists = _lists(db, riding_id, names, turfs, _oldest(office))
    documents = [
        one for one in (_document(db, riding_id, asset) for _, _, asset, _ in lists) if one is not None
    ]
    doors = {bytes(row[0]) for row in query_in(
        db, "SELECT door_id FROM turf_door WHERE riding_id = ? AND turf_id IN (??)", (riding_id,), turfs
    )}  # fmt: skip
    doors |= {line.door_id for document in documents for line in document.lines}
    walked = {turf for _, turf, _, _ in lists}
    list_ids = {list_id for list_id, _, _, _ in lists}
    homes = set(resolve(db, riding_id, doors).values())
    listed = {one for document in documents for one in document.person_ids}
    people = _people(db, riding_id, device, homes, listed)
    ids = _every_id(db, riding_id, homes) | _every_id(db, riding_id, people)
    subjects = {*doors, *ids, *turfs, *walked, *list_ids}
    subjects |= _numbers(db, riding_id, people, device.role)
    subjects |= _shifts(db, riding_id, device, ids)
    subjects |= _everywhere(db, riding_id)
    if device.role is Role.LEAD:
        subjects |= _teams(db, riding_id, names)
    return Slice(
        frozenset(subjects), frozenset(asset for _, _, asset, _ in lists), len(homes), len(people),
        tuple(sorted(number for _, _, _, number in lists)),
    )  # fmt: skip


def _oldest(office: Office) -> int:
    """Lists that were issued before this moment are not out any more."""
    text, _ = office.campaign()
    days = load_campaign(json.loads(text)).list_days if text else LIST_DAYS
    return office.now_ms() - days * _DAY_MS if days else 0


def _lists(
    db: Connection, riding_id: int, names: set[str], turfs: set[bytes], since_ms: int
) -> list[tuple[bytes, bytes, bytes, int]]:
    """(list, turf, asset, number) of the open lists."""
    return [
        (bytes(list_id), bytes(turf), bytes(asset), int(number))
        for list_id, turf, asset, number, canvasser in db.query(
            "SELECT list_id, turf_id, asset, number, canvasser FROM walk_list WHERE riding_id = ? AND returned = 0"
            " AND issued_ms >= ?",
            (riding_id, since_ms),
        )
        if fold(canvasser) in names or bytes(turf) in turfs
    ]


def _document(db: Connection, riding_id: int, asset: bytes) -> WalkListDocument | None:
    rows = db.query("SELECT size, data FROM asset WHERE riding_id = ? AND hash = ?", (riding_id, asset))
    if not rows:
        # Whoever issued it has not sent it yet.
        return None
    plain = zstandard.ZstdDecompressor().stream_reader(bytes(rows[0][1])).read(int(rows[0][0]))
    try:
        return msgspec.msgpack.decode(plain, type=WalkListDocument)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None


def _people(
    db: Connection, riding_id: int, device: Device, homes: set[bytes], listed: set[bytes]
) -> set[bytes]:
    """Those who are known at these doors, and those on the lists; not those whom only this device says to live there."""
    there = {
        bytes(row[0])
        for row in query_in(
            db, "SELECT person_id FROM person WHERE riding_id = ? AND door_id IN (??)", (riding_id,), homes
        )
    }
    known = set(resolve(db, riding_id, listed).values())
    return known | (there - _brought_there(db, riding_id, device, there - known))


def _brought_there(db: Connection, riding_id: int, device: Device, people: set[bytes]) -> set[bytes]:
    """Of these people, those who are at their door by this device's own word and whom others know from elsewhere.

    A canvasser may write whom they met. Whoever writes that a stranger moved to a door of theirs is told nothing of the
    stranger; a lead may move anybody.
    """
    if device.role is Role.LEAD or not people:
        return set()
    groups = members(db, riding_id, people)
    every = {one for ids in groups.values() for one in ids}
    moved: set[bytes] = set()
    of_others: set[bytes] = set()
    for subject, writer, kind in query_in(
        db,
        "SELECT subject, device_id, kind FROM event WHERE riding_id = ? AND kind IN ('residence.began', 'person.added')"
        " AND subject IN (??)",
        (riding_id,),
        every,
    ):
        if bytes(writer) != device.device_id:
            of_others.add(bytes(subject))
        elif kind == "residence.began":
            moved.add(bytes(subject))
    suspects = {one for one, ids in groups.items() if moved & {*ids}}
    if not suspects:
        return set()
    listed = person_entries(db, riding_id, {one for who in suspects for one in groups[who]})
    return {one for one in suspects if of_others & {*groups[one]} or listed.keys() & {*groups[one]}}


def _every_id(db: Connection, riding_id: int, subjects: set[bytes]) -> set[bytes]:
    return {one for ids in members(db, riding_id, subjects).values() for one in ids}


def _numbers(db: Connection, riding_id: int, people: set[bytes], role: Role) -> set[bytes]:
    """Under which keys bars on these people's numbers stand."""
    if "phone" in FIELDS_KEPT_BACK.get(role, ()):
        return set()
    rows = query_in(
        db, "SELECT phone FROM person WHERE riding_id = ? AND phone <> '' AND person_id IN (??)", (riding_id,), people
    )  # fmt: skip
    numbers = {phone_number(str(row[0])) for row in rows}
    return {phone_subject(riding_id, one) for one in numbers if one}


def _shifts(db: Connection, riding_id: int, device: Device, ids: set[bytes]) -> set[bytes]:
    """The shifts of what happened there, and the device's own that are open."""
    rows = query_in(
        db, "SELECT DISTINCT shift FROM event WHERE riding_id = ? AND shift <> x'' AND subject IN (??)"
        if db.dialect == "sqlite"
        else "SELECT DISTINCT shift FROM event WHERE riding_id = ? AND shift <> ''::bytea AND subject IN (??)",
        (riding_id,), ids,
    )  # fmt: skip
    own = db.query(
        "SELECT shift_id FROM shift WHERE riding_id = ? AND device_id = ? AND closed = 0",
        (riding_id, device.device_id),
    )
    return {bytes(row[0]) for row in (*rows, *own)}


def _everywhere(db: Connection, riding_id: int) -> set[bytes]:
    rows = db.query(
        "SELECT roster_id FROM roster WHERE riding_id = ? UNION SELECT subject FROM layer WHERE riding_id = ?",
        (riding_id, riding_id),
    )
    return {bytes(row[0]) for row in rows}


def _teams(db: Connection, riding_id: int, names: set[str]) -> set[bytes]:
    """The teams of these names, their events and their members."""
    teams = {
        bytes(team)
        for team, name in db.query("SELECT team_id, name FROM team WHERE riding_id = ?", (riding_id,))
        if fold(name) in names
    }
    found = set(teams)
    for table, column in (("gathering", "gathering_id"), ("team_member", "member_id")):
        rows = query_in(
            db, f"SELECT {column} FROM {table} WHERE riding_id = ? AND team_id IN (??)", (riding_id,), teams
        )
        found |= {bytes(row[0]) for row in rows}
    return found


# --- what a device was told ---------------------------------------------------------------------------


def told(db: Connection, riding_id: int, device_id: bytes) -> Told | None:
    """What a device was last told of its part; None before it asked."""
    rows = db.query(
        "SELECT generation, subjects, own_after FROM slice WHERE riding_id = ? AND device_id = ?",
        (riding_id, device_id),
    )
    if not rows:
        return None
    generation, subjects, own_after = rows[0]
    return Told(int(generation), frozenset(split(bytes(subjects))), int(own_after))


def with_erased(db: Connection, riding_id: int, found: Slice, before: Told | None) -> Slice:
    """The part, with those who were of it and were erased since: the device must hear of that to forget them."""
    gone = before.subjects - found.subjects if before is not None else frozenset[bytes]()
    rows = query_in(
        db, "SELECT subject FROM event WHERE riding_id = ? AND kind = 'person.erased' AND subject IN (??)",
        (riding_id,), gone,
    )  # fmt: skip
    return found._replace(subjects=found.subjects | {bytes(row[0]) for row in rows})


def begin(office: Office, device: Device, riding_id: int, found: Slice) -> Told:
    """The device begins again: from now on it holds this, and what it writes from now on."""
    before = told(office.read(), riding_id, device.device_id)
    generation = before.generation + 1 if before else 1

    def work(db: Connection) -> int:
        rows = db.query(
            "SELECT last_seq FROM device_log WHERE riding_id = ? AND device_id = ?",
            (riding_id, device.device_id),
        )
        own = int(rows[0][0]) if rows else 0
        db.run(
            "INSERT INTO slice (riding_id, device_id, generation, subjects, own_after) VALUES (?,?,?,?,?)"
            " ON CONFLICT (riding_id, device_id) DO UPDATE SET generation = excluded.generation,"
            " subjects = excluded.subjects, own_after = excluded.own_after",
            (riding_id, device.device_id, generation, joined(found.subjects), own),
        )
        return own

    return Told(generation, found.subjects, office.write(work))


def widen(office: Office, device: Device, riding_id: int, before: Told, new: frozenset[bytes]) -> Told:
    """More subjects belong to what the device was told of."""
    subjects = before.subjects | new

    def work(db: Connection) -> None:
        db.run(
            "UPDATE slice SET subjects = ? WHERE riding_id = ? AND device_id = ? AND generation = ?",
            (joined(subjects), riding_id, device.device_id, before.generation),
        )

    office.write(work)
    return before._replace(subjects=subjects)


def are_listed(db: Connection, riding_id: int, ids: Iterable[bytes]) -> bool:
    """Whether imported files say something of one of these ids: then a device that lacks it must fetch it."""
    wanted = set(ids)
    return bool(door_entries(db, riding_id, wanted) or person_entries(db, riding_id, wanted))


def joined(ids: Iterable[bytes]) -> bytes:
    """Ids in order, one after the other."""
    return b"".join(sorted(ids))


def split(data: bytes) -> list[bytes]:
    """Ids that were joined."""
    return [data[at : at + ID_BYTES] for at in range(0, len(data), ID_BYTES)]


# --- cutting ------------------------------------------------------------------------------------------


_FEW = 2_000


def rows_between(
    db: Connection, riding_id: int, device: Device, held: Told, after: int, through: int, skip: int = 0
) -> list[tuple[int, bytes, int, bytes, int, str]]:
    """(number, device, device_seq, hash, stamp, kind) of the part's events numbered after+1 .. through, in order."""
    columns = "riding_sequence, device_id, device_seq, hash, stamp, kind"
    spread = "riding_id = ? AND riding_sequence > ? AND riding_sequence <= ?"
    head = (riding_id, after, through)
    own = device.device_id
    if through - after <= _FEW:
        found = [
            row[:-1]
            for row in db.query(f"SELECT {columns}, subject FROM event WHERE {spread}", head)
            if bytes(row[-1]) in held.subjects or (bytes(row[1]) == own and int(row[2]) > held.own_after)
        ]
    else:
        found = query_in(
            db, f"SELECT {columns} FROM event WHERE {spread} AND subject IN (??)", head, held.subjects
        )
        seen = {int(row[0]) for row in found}
        mine = db.query(
            f"SELECT {columns} FROM event WHERE {spread} AND device_id = ? AND device_seq > ?",
            (*head, own, held.own_after),
        )
        found = [*found, *(row for row in mine if int(row[0]) not in seen)]
    rows = [
        (int(number), bytes(writer), int(seq), bytes(digest), int(stamp), str(kind))
        for number, writer, seq, digest, stamp, kind in found
        if not (bytes(writer) == own and int(seq) <= skip)
    ]
    return sorted(rows)


def events_at(
    db: Connection, riding_id: int, numbers: Sequence[int], role: Role
) -> list[tuple[int, int, bytes]]:
    """(number, stamp, bytes) of events by number, without what the role's task does not need."""
    found = query_in(
        db, "SELECT riding_sequence, stamp, raw, kind FROM event WHERE riding_id = ? AND riding_sequence IN (??)",
        (riding_id,), numbers,
    )  # fmt: skip
    kept_back = FIELDS_KEPT_BACK.get(role, ())
    return sorted(
        (int(number), int(stamp), _without(bytes(raw), kept_back) if kind in _PERSON_WORDS else bytes(raw))
        for number, stamp, raw, kind in found
    )


def _without(raw: bytes, fields: tuple[str, ...]) -> bytes:
    event = open_event(raw)
    body = event.body
    if not isinstance(body, PersonAdded | PersonDescribed):
        return raw
    given = {one: None for one in fields if getattr(body, one) is not None}
    return redacted(event, msgspec.structs.replace(body, **given)).raw if given else raw


def cut_roster(
    db: Connection, riding_id: int, name: bytes, subjects: frozenset[bytes], role: Role
) -> RosterCut | None:
    """What an imported file says of the part; None when it is not here whole.

    It is a roster by itself, named by what it holds, and stands at the device for the one that it was cut from.
    """
    doors: list[DoorEntry] = []
    people: list[PersonEntry] = []
    kept_back = dict.fromkeys(FIELDS_KEPT_BACK.get(role, ()), "")
    chunks = load_chunks(db, riding_id, roster_id_of(name))
    if not chunks:
        return None
    for chunk in chunks:
        if chunk.rows[1] == 0:
            doors += (row for row in door_rows(chunk) if row is not None and row.door_id in subjects)
        else:
            people += (
                row._replace(**kept_back)
                for row in person_rows(chunk)
                if row is not None and row.person_id in subjects
            )
    cut = build_roster(riding_id, doors, people)
    return RosterCut(
        cut=cut.name,
        chunks=[
            RosterChunk(number=number, first_key=one.first_key, leaves=one.leaves, rows=one.rows)
            for number, one in enumerate(cut.chunks)
        ],
    )
