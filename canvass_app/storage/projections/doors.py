"""Doors: what files and people say of a place, and what happened there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from canvass_app.domain.codes import BY_CODE, CONTACT_CODES, DoorState
from canvass_app.ledger.events import Event
from canvass_app.ledger.fold import Fields, attempts, counts, fold_subject, is_set, notes
from canvass_app.ledger.kinds import AttemptMade, DoorAdded, DoorArrived, DoorDescribed
from canvass_app.ledger.rosters import DoorEntry, merged
from canvass_app.storage.conflicts import note_conflicts
from canvass_app.storage.database import Connection, query_in
from canvass_app.storage.days import local_day
from canvass_app.storage.log import delete_in, events_of, members, voided_shifts
from canvass_app.storage.roster_store import door_entries

from .groups import off_file

DOOR_COLUMNS = (
    "number", "suffix", "street", "street_type", "street_direction", "street_label", "unit", "floor", "municipality",
    "postal_code", "lon_e6", "lat_e6", "polling_division", "building_use",
)  # fmt: skip
_PLACE_COLUMNS = (*DOOR_COLUMNS, "access", "on_file")
_UPSERT_PLACE = (
    f"INSERT INTO door (riding_id, door_id, {', '.join(_PLACE_COLUMNS)}) VALUES (?,?{',?' * len(_PLACE_COLUMNS)})"
    " ON CONFLICT (riding_id, door_id) DO UPDATE SET "
    + ", ".join(f"{c} = excluded.{c}" for c in _PLACE_COLUMNS)
)
# Codes after which the door itself is finished; "moved" and "deceased" are about one person only.
_ENDS_DOOR = frozenset({"refused", "language_barrier", "vacant", "not_found"})


def write_listed(db: Connection, riding_id: int, entries: Iterable[tuple[DoorEntry, bool]]) -> None:
    """Write doors of which nothing is known but files: (all rows merged, whether a file that counts lists it)."""
    db.run_many(_UPSERT_PLACE, ((riding_id, *entry, "", int(on_file)) for entry, on_file in entries))


def refold_places(db: Connection, riding_id: int, doors: Collection[bytes]) -> set[bytes]:
    """Write the place columns of these doors anew from rosters and events; the doors that came or went with it."""
    if not doors:
        return set()
    groups = members(db, riding_id, doors)
    ids = [one for group in groups.values() for one in group]
    listed = door_entries(db, riding_id, ids)
    events = events_of(db, riding_id, ids)
    voided = voided_shifts(db, riding_id)
    # A door that only withdrawn files list keeps the address it was known by, as long as something happened there.
    kept = off_file(db, riding_id, "door", [one for one in ids if one not in listed])
    once_listed = door_entries(db, riding_id, kept, withdrawn=True)
    before = {
        bytes(row[0])
        for row in query_in(
            db, "SELECT door_id FROM door WHERE riding_id = ? AND door_id IN (??)", (riding_id,), groups
        )
    }
    rows: list[tuple[Any, ...]] = []
    for door, group in groups.items():
        own = [event for one in group for event in events.get(one, ())]
        fields = fold_subject(own, voided)
        entries = [
            entry
            for source in (once_listed, listed)
            for _, entry in sorted(pair for one in group for pair in source.get(one, ()))
        ]
        described = any(
            isinstance(e.body, DoorAdded | DoorDescribed | DoorArrived) and counts(e, voided) for e in own
        )
        if (entries or described) and not is_away(riding_id, fields):
            place = _place(entries, fields)
            access = fields["access"].value if "access" in fields else ""
            on_file = any(one in listed for one in group)
            rows.append((riding_id, door, *(place[c] for c in DOOR_COLUMNS), access, int(on_file)))
    db.run_many(_UPSERT_PLACE, rows)
    here = {row[1] for row in rows}
    delete_in(db, "door", "door_id", riding_id, before - here)
    return before ^ here


def is_away(riding_id: int, fields: Fields) -> bool:
    """Whether a door belongs to another riding now: what happened here stays here, the door does not."""
    return "riding" in fields and fields["riding"].value not in (None, riding_id)


def away(db: Connection, riding_id: int, doors: Collection[bytes]) -> set[bytes]:
    """Those of these doors that belong to another riding now."""
    rows = query_in(
        db, "SELECT door_id FROM door WHERE riding_id = ? AND door_id IN (??)", (riding_id,), doors
    )
    missing = set(doors) - {bytes(row[0]) for row in rows}
    if not missing:
        return missing
    groups = members(db, riding_id, missing)
    events = events_of(db, riding_id, [one for group in groups.values() for one in group])
    voided = voided_shifts(db, riding_id)
    return {
        door
        for door, group in groups.items()
        if is_away(riding_id, fold_subject([e for one in group for e in events.get(one, ())], voided))
    }


def _place(entries: list[DoorEntry], fields: Fields) -> dict[str, Any]:
    place: dict[str, Any] = dict.fromkeys(DOOR_COLUMNS, "")
    place.update(number=0, floor=0, lon_e6=0, lat_e6=0)
    if entries:
        place.update(zip(DOOR_COLUMNS, merged(entries)[1:], strict=True))
    for name, folded in fields.items():
        if name in place:
            place[name] = folded.value
    if "point" in fields and isinstance(fields["point"].value, tuple):
        place["lon_e6"], place["lat_e6"] = fields["point"].value
    return place


@dataclass(frozen=True, slots=True)
class Visited:
    """What happened at a door, before it is known who lives there."""

    codes: list[str]
    barred: bool
    last_code: str
    last_ms: int


def refold_attempts(
    db: Connection, riding_id: int, doors: Collection[bytes], time_zone: str
) -> dict[bytes, Visited]:
    """Write attempts and notes of these doors anew from their events; `write_summaries` does the rest."""
    if not doors:
        return {}
    groups = members(db, riding_id, doors)
    ids = [one for group in groups.values() for one in group]
    events = events_of(db, riding_id, ids)
    voided = voided_shifts(db, riding_id)
    attempt_rows: list[tuple[Any, ...]] = []
    note_rows: list[tuple[Any, ...]] = []
    visited: dict[bytes, Visited] = {}
    folded: dict[bytes, Fields] = {}
    for door, group in groups.items():
        own = [event for one in group for event in events.get(one, ())]
        fields = folded[door] = fold_subject(own, voided)
        made = attempts(own, fields, voided)
        attempt_rows.extend(_attempt_row(riding_id, door, event, code, time_zone) for event, code in made)
        note_rows.extend(note_row(door, event, text) for event, text in notes(own, fields, voided))
        last = max(made, key=lambda item: (item[0].wall_ms, item[0].key), default=None)
        visited[door] = Visited(
            [code for _, code in made],
            is_set(fields, "bar"),
            last[1] if last else "",
            last[0].wall_ms if last else 0,
        )
    note_conflicts(db, riding_id, folded)
    _write_attempts(db, riding_id, ids, attempt_rows)
    delete_in(db, "note", "subject", riding_id, ids)
    if note_rows:
        db.run_many(INSERT_NOTE, note_rows)
    return visited


_ATTEMPT = (
    "riding_id, device_id, device_seq, door_id, person_id, code, contact, channel, wall_ms, day, author, shift, walk_list,"
    " line, turf_id"
)


def _write_attempts(
    db: Connection, riding_id: int, doors: Iterable[bytes], rows: Sequence[tuple[Any, ...]]
) -> None:
    """Make `rows` the attempts of these doors. Rows that stand already are left alone: a door that was visited fifteen
    times costs a commit one row, not fifteen in five indexes each."""
    standing = {
        tuple(row[:3]): tuple(row)
        for row in query_in(
            db, f"SELECT {_ATTEMPT} FROM attempt WHERE riding_id = ? AND door_id IN (??)", (riding_id,), doors
        )
    }
    kept = {row[:3] for row in rows if standing.get(row[:3]) == row}
    db.run_many(
        "DELETE FROM attempt WHERE riding_id = ? AND device_id = ? AND device_seq = ?",
        [key for key in standing if key not in kept],
    )
    db.run_many(
        f"INSERT INTO attempt ({_ATTEMPT}) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
        [row for row in rows if row[:3] not in kept],
    )


def write_summaries(db: Connection, riding_id: int, visited: Mapping[bytes, Visited]) -> None:
    """Write the summary columns of doors, from what happened there and from who lives there."""
    people = _barred_people(db, riding_id, visited)
    db.run_many(
        "UPDATE door SET state = ?, barred = ?, attempts = ?, contacts = ?, last_code = ?, last_ms = ?"
        " WHERE riding_id = ? AND door_id = ?",
        [
            (
                door_state(one.codes, one.barred or people.get(door, False)), int(one.barred), len(one.codes),
                sum(code in CONTACT_CODES for code in one.codes), one.last_code, one.last_ms, riding_id, door,
            )
            for door, one in visited.items()
        ],
    )  # fmt: skip


# Of two notes under one number (a fork) the new one may be folded before the row of the one that stood is gone.
INSERT_NOTE = (
    "INSERT INTO note (riding_id, device_id, device_seq, subject, author, wall_ms, text) VALUES (?,?,?,?,?,?,?)"
    " ON CONFLICT (riding_id, device_id, device_seq) DO UPDATE SET subject = excluded.subject,"
    " author = excluded.author, wall_ms = excluded.wall_ms, text = excluded.text"
)


def note_row(subject: bytes, event: Event, text: str) -> tuple[Any, ...]:
    """A note's row."""
    return (event.riding_id, *event.key, subject, event.author, event.wall_ms, text)


def _attempt_row(riding_id: int, door: bytes, event: Event, code: str, time_zone: str) -> tuple[Any, ...]:
    body = event.body
    assert isinstance(body, AttemptMade)
    return (
        riding_id, *event.key, door, body.person, code, int(code in CONTACT_CODES), body.channel, event.wall_ms,
        local_day(event.wall_ms, time_zone), event.author, event.shift, body.walk_list, body.line, body.turf,
    )  # fmt: skip


def door_state(codes: Collection[str], barred: bool) -> DoorState:
    """The state of a door in this pass from the codes of its attempts, in any order.

    Household rule: one conversation closes the door for the pass; a code about one person
    (moved, deceased) leaves it open for the others.
    """
    if barred:
        return DoorState.BARRED
    if any(code == "canvassed" for code in codes):
        return DoorState.TALKED
    if any(code in _ENDS_DOOR or (code in BY_CODE and BY_CODE[code].bars) for code in codes):
        return DoorState.FINAL
    return DoorState.NOT_HOME if codes else DoorState.NEVER


def _barred_people(db: Connection, riding_id: int, doors: Iterable[bytes]) -> dict[bytes, bool]:
    """Doors at which somebody is known and everybody is barred."""
    # Grouped here and not in SQL: a GROUP BY makes SQLite walk the riding's whole index.
    rows = query_in(
        db,
        "SELECT door_id, barred FROM person WHERE riding_id = ? AND gone = '' AND door_id IN (??)",
        (riding_id,),
        set(doors),
    )
    everybody: dict[bytes, bool] = {}
    for door, barred in rows:
        everybody[bytes(door)] = everybody.get(bytes(door), True) and bool(barred)
    return everybody
