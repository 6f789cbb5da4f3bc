"""Doors: what files and people say of a place, and what happened there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from hashlib import blake2b
from typing import Any

from canvass_app.domain.codes import BY_CODE, CONTACT_CODES, DoorState
from canvass_app.ledger.events import Event
from canvass_app.ledger.fold import Folded, counts, fold_subject
from canvass_app.ledger.kinds import AttemptMade, NoteWritten
from canvass_app.ledger.rosters import DoorEntry
from canvass_app.storage.conflicts import note_conflicts
from canvass_app.storage.database import Connection, query_in
from canvass_app.storage.days import local_day
from canvass_app.storage.log import delete_in, events_of, members, voided_shifts
from canvass_app.storage.roster_store import door_entries

DOOR_COLUMNS = (
    "number", "suffix", "street", "street_type", "street_direction", "street_label", "unit", "floor", "municipality",
    "postal_code", "lon_e6", "lat_e6", "polling_division", "building_use",
)  # fmt: skip
_PLACE_COLUMNS = (*DOOR_COLUMNS, "match_key", "access", "on_file")
_UPSERT_PLACE = (
    f"INSERT INTO door (riding_id, door_id, {', '.join(_PLACE_COLUMNS)}) VALUES (?,?{',?' * len(_PLACE_COLUMNS)})"
    " ON CONFLICT (riding_id, door_id) DO UPDATE SET "
    + ", ".join(f"{c} = excluded.{c}" for c in _PLACE_COLUMNS)
)
# Codes after which the door itself is finished; "moved" and "deceased" are about one person only.
_ENDS_DOOR = frozenset({"refused", "language_barrier", "vacant", "not_found"})


@lru_cache(maxsize=262_144)
def match_key(street: str, street_type: str, direction: str, number: int, suffix: str, unit: str) -> bytes:
    """Sixteen bytes that two descriptions of one door share: the address without its municipality."""
    text = f"{street}|{street_type}|{direction}|{number}|{suffix}|{unit}"
    return blake2b(text.encode(), digest_size=16).digest()


def entry_match_key(entry: DoorEntry) -> bytes:
    """The match key of a roster's door."""
    return match_key(
        entry.street, entry.street_type, entry.street_direction, entry.number, entry.suffix, entry.unit
    )


def refold_places(db: Connection, riding_id: int, doors: Collection[bytes]) -> None:
    """Write the place columns of these doors anew from rosters and events."""
    if not doors:
        return
    groups = members(db, riding_id, doors)
    ids = [one for group in groups.values() for one in group]
    listed = door_entries(db, riding_id, ids)
    events = events_of(db, riding_id, ids)
    voided = voided_shifts(db, riding_id)
    rows: list[tuple[Any, ...]] = []
    for door, group in groups.items():
        own = [event for one in group for event in events.get(one, ())]
        fields = fold_subject(own, voided)
        entries = [entry for one in sorted(group) for entry in listed.get(one, ())]
        touched = any(counts(event, voided) for event in own)
        if not entries and not touched:
            delete_in(db, "door", "door_id", riding_id, [door])
            continue
        place = _place(entries, fields)
        key = match_key(
            str(place["street"]), str(place["street_type"]), str(place["street_direction"]), int(place["number"]),
            str(place["suffix"]), str(place["unit"]),
        )  # fmt: skip
        access = fields["access"].value if "access" in fields else ""
        rows.append((riding_id, door, *(place[c] for c in DOOR_COLUMNS), key, access, 1 if entries else 0))
        note_conflicts(db, riding_id, door, fields)
    db.run_many(_UPSERT_PLACE, rows)


def _place(entries: Iterable[DoorEntry], fields: Mapping[str, Folded]) -> dict[str, Any]:
    place: dict[str, Any] = dict.fromkeys(DOOR_COLUMNS, "")
    place.update(number=0, floor=0, lon_e6=0, lat_e6=0)
    for entry in entries:
        values = dict(zip(DOOR_COLUMNS, entry[1:], strict=True))
        if not (values["lon_e6"] and values["lat_e6"]):
            del values["lon_e6"], values["lat_e6"]
        # A newer file updates; what it leaves blank says nothing.
        place.update({name: value for name, value in values.items() if value})
    for name, folded in fields.items():
        if name in place:
            place[name] = folded.value
    if "point" in fields and isinstance(fields["point"].value, tuple):
        place["lon_e6"], place["lat_e6"] = fields["point"].value
    return place


def refold_activity(db: Connection, riding_id: int, doors: Collection[bytes], time_zone: str) -> None:
    """Write attempts, notes and the summary columns of these doors anew from their events."""
    if not doors:
        return
    groups = members(db, riding_id, doors)
    ids = [one for group in groups.values() for one in group]
    events = events_of(db, riding_id, ids)
    voided = voided_shifts(db, riding_id)
    people = _barred_people(db, riding_id, groups)
    attempts: list[tuple[Any, ...]] = []
    notes: list[tuple[Any, ...]] = []
    summaries: list[tuple[Any, ...]] = []
    for door, group in groups.items():
        own = [event for one in group for event in events.get(one, ())]
        fields = fold_subject(own, voided)
        made = _attempts(own, fields, voided)
        attempts.extend(_attempt_row(riding_id, door, event, code, time_zone) for event, code in made)
        notes.extend(
            (riding_id, *event.key, door, event.author, event.wall_ms, event.body.text)
            for event in own
            if isinstance(event.body, NoteWritten) and counts(event, voided) and note_stands(event, fields)
        )
        barred = "bar" in fields and fields["bar"].value is True
        all_barred = people.get(door, False)
        note_conflicts(db, riding_id, door, fields)
        last = max(made, key=lambda item: (item[0].wall_ms, item[0].key), default=None)
        summaries.append(
            (
                door_state([code for _, code in made], barred or all_barred),
                int(barred),
                len(made),
                sum(code in CONTACT_CODES for _, code in made),
                last[1] if last else "",
                last[0].wall_ms if last else 0,
                riding_id,
                door,
            )
        )
    for table, column in (("attempt", "door_id"), ("note", "subject")):
        delete_in(db, table, column, riding_id, ids)
    db.run_many(
        "INSERT INTO attempt (riding_id, device_id, device_seq, door_id, person_id, code, contact, channel, wall_ms,"
        " day, author, shift, walk_list, line, turf_id) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
        attempts,
    )
    db.run_many(
        "INSERT INTO note (riding_id, device_id, device_seq, subject, author, wall_ms, text) VALUES (?,?,?,?,?,?,?)",
        notes,
    )
    db.run_many(
        "UPDATE door SET state = ?, barred = ?, attempts = ?, contacts = ?, last_code = ?, last_ms = ?"
        " WHERE riding_id = ? AND door_id = ?",
        summaries,
    )


def _attempts(
    events: Iterable[Event], fields: Mapping[str, Folded], voided: frozenset[bytes]
) -> list[tuple[Event, str]]:
    made: list[tuple[Event, str]] = []
    for event in events:
        if isinstance(event.body, AttemptMade) and counts(event, voided):
            corrected = fields.get(f"attempt:{event.key.device_id.hex()}:{event.key.device_seq}")
            code = str(corrected.value) if corrected else event.body.code
            if code:
                made.append((event, code))
    return made


def _attempt_row(riding_id: int, door: bytes, event: Event, code: str, time_zone: str) -> tuple[Any, ...]:
    body = event.body
    assert isinstance(body, AttemptMade)
    return (
        riding_id, *event.key, door, body.person, code, int(code in CONTACT_CODES), body.channel, event.wall_ms,
        local_day(event.wall_ms, time_zone), event.author, event.shift, body.walk_list, body.line, body.turf,
    )  # fmt: skip


def note_stands(event: Event, fields: Mapping[str, Folded]) -> bool:
    """Whether a note was not withdrawn."""
    withdrawn = fields.get(f"note:{event.key.device_id.hex()}:{event.key.device_seq}")
    return withdrawn is None or withdrawn.value is not True


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
