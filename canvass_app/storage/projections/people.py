"""People: what files and conversations say of a person."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from canvass_app.domain.address import fold
from canvass_app.ledger.events import Event
from canvass_app.ledger.fold import Fields, fold_subject, gone, is_set, notes
from canvass_app.ledger.rosters import PersonEntry, merged
from canvass_app.storage.conflicts import note_conflicts
from canvass_app.storage.database import Connection, query_in
from canvass_app.storage.log import delete_in, events_of, members, resolve, voided_shifts
from canvass_app.storage.roster_store import person_entries

from .doors import INSERT_NOTE, away, note_row
from .groups import known_of, off_file
from .numbers import any_barred, barred_phones

PERSON_COLUMNS = (
    "door_id", "last", "first", "middle", "birth_year", "phone", "email", "language", "sex", "listed_support",
    "source", "external_id",
)  # fmt: skip
_COLUMNS = (*PERSON_COLUMNS, "search", "support", "gone", "barred", "on_file", "no_call")
_UPSERT_PERSON = (
    f"INSERT INTO person (riding_id, person_id, {', '.join(_COLUMNS)}) VALUES (?,?{',?' * len(_COLUMNS)})"
    " ON CONFLICT (riding_id, person_id) DO UPDATE SET " + ", ".join(f"{c} = excluded.{c}" for c in _COLUMNS)
)
AWAY = "away"
"""`gone` of somebody whose door belongs to another riding now."""


def search_text(last: str, first: str) -> str:
    """What a name is found by, from its folded parts: last name first, each word after a blank."""
    return f" {last} {first}"


def write_listed(
    db: Connection,
    riding_id: int,
    entries: Iterable[tuple[PersonEntry, bool]],
    names: Mapping[bytes, tuple[str, str]],
    home: Callable[[bytes], bytes],
) -> None:
    """Write people of whom nothing is known but files: (all rows merged, whether a file that counts lists them).

    `names`: last and first name of each, folded.
    """
    silent: set[str] = set()
    if any_barred(db, riding_id):
        entries = list(entries)
        silent = barred_phones(db, riding_id, {entry.phone for entry, _ in entries})
    db.run_many(
        _UPSERT_PERSON,
        (
            # A roster's row has the columns' order, from the name on.
            (
                riding_id,
                e[0],
                home(e[1]),
                *e[2:],
                search_text(*names[e[0]]),
                "",
                "",
                0,
                int(on_file),
                int(e.phone in silent),
            )
            for e, on_file in entries
        ),
    )


def refold_people(db: Connection, riding_id: int, people: Collection[bytes]) -> set[bytes]:
    """Write these people anew from rosters and events; the doors whose summary may change with them."""
    if not people:
        return set()
    groups = members(db, riding_id, people)
    ids = [one for group in groups.values() for one in group]
    listed = person_entries(db, riding_id, ids)
    # Somebody whom only withdrawn files list keeps the name they were known by, if they were ever met.
    kept = off_file(db, riding_id, "person", [one for one in ids if one not in listed])
    once_listed = person_entries(db, riding_id, kept, withdrawn=True)
    events = events_of(db, riding_id, ids)
    voided = voided_shifts(db, riding_id)
    before = homes_of(db, riding_id, groups)
    folded: dict[bytes, Fields] = {}
    values: dict[bytes, dict[str, Any]] = {}
    for person, group in groups.items():
        own = [event for one in group for event in events.get(one, ())]
        folded[person] = fold_subject(own, voided)
        entries = [
            entry
            for source in (once_listed, listed)
            for _, entry in sorted(pair for one in group for pair in source.get(one, ()))
        ]
        if entries or known_of(own, voided):
            values[person] = _values(entries, folded[person])
    homes = resolve(db, riding_id, [one["door_id"] for one in values.values()])
    left = away(db, riding_id, set(homes.values()))
    rows: list[tuple[Any, ...]] = []
    silent = barred_phones(db, riding_id, {one["phone"] for one in values.values()})
    for person, one in values.items():
        home, fields = homes[one["door_id"]], folded[person]
        one["door_id"] = home
        on_file = any(member in listed for member in groups[person])
        rows.append(
            (
                riding_id, person, *(one[c] for c in PERSON_COLUMNS), search_text(fold(one["last"]), fold(one["first"])),
                _text(fields, "support"), gone(fields) or (AWAY if home in left else ""), int(is_set(fields, "bar")),
                int(on_file), int(one["phone"] in silent),
            )
        )  # fmt: skip
    db.run_many(_UPSERT_PERSON, rows)
    delete_in(db, "person", "person_id", riding_id, groups.keys() - values.keys())
    shown: dict[bytes, Fields] = {person: folded[person] if person in values else {} for person in groups}
    _write_said(db, riding_id, ids, groups, events, shown, voided)
    return before | set(homes.values())


def homes_of(db: Connection, riding_id: int, people: Iterable[bytes]) -> set[bytes]:
    """The doors at which these people's rows say that they live."""
    rows = query_in(
        db, "SELECT door_id FROM person WHERE riding_id = ? AND person_id IN (??)", (riding_id,), people
    )
    return {bytes(row[0]) for row in rows}


def residents(db: Connection, riding_id: int, doors: Collection[bytes]) -> set[bytes]:
    """The people whose rows say that they live at one of these doors."""
    rows = query_in(
        db, "SELECT person_id FROM person WHERE riding_id = ? AND door_id IN (??)", (riding_id,), doors
    )
    return {bytes(row[0]) for row in rows}


def refold_answers(db: Connection, riding_id: int, people: Collection[bytes]) -> set[bytes]:
    """Like refold_people, for people of whom only conversations changed: no file is read again.

    Returns the doors whose summary may change; people whose row may come or go with it are left to refold_people.
    """
    if not people:
        return set()
    rows = query_in(
        db,
        f"SELECT person_id, door_id FROM person WHERE riding_id = ? AND on_file = 1 AND gone <> '{AWAY}'"
        " AND person_id IN (??)",
        (riding_id,),
        people,
    )
    homes = {bytes(person): bytes(door) for person, door in rows}
    groups = members(db, riding_id, homes)
    ids = [one for group in groups.values() for one in group]
    events = events_of(db, riding_id, ids)
    voided = voided_shifts(db, riding_id)
    folded: dict[bytes, Fields] = {
        person: fold_subject([event for one in group for event in events.get(one, ())], voided)
        for person, group in groups.items()
    }
    db.run_many(
        "UPDATE person SET support = ?, gone = ?, barred = ? WHERE riding_id = ? AND person_id = ?",
        [
            (_text(fields, "support"), gone(fields), int(is_set(fields, "bar")), riding_id, person)
            for person, fields in folded.items()
        ],
    )
    _write_said(db, riding_id, ids, groups, events, folded, voided)
    return {*homes.values(), *refold_people(db, riding_id, [one for one in people if one not in homes])}


def _write_said(
    db: Connection,
    riding_id: int,
    ids: Collection[bytes],
    groups: dict[bytes, list[bytes]],
    events: dict[bytes, list[Event]],
    folded: dict[bytes, Fields],
    voided: frozenset[bytes],
) -> None:
    answers: list[tuple[Any, ...]] = []
    said: list[tuple[Any, ...]] = []
    for person, fields in folded.items():
        answers.extend(
            (riding_id, person, name[7:], " ".join(str(a) for a in state.value))
            for name, state in fields.items()
            if name.startswith("answer:") and isinstance(state.value, tuple) and state.value
        )
        if fields or any(one in events for one in groups[person]):
            own = [event for one in groups[person] for event in events.get(one, ())]
            said.extend(note_row(person, event, text) for event, text in notes(own, fields, voided))
    note_conflicts(db, riding_id, folded)
    delete_in(db, "answer", "person_id", riding_id, ids)
    delete_in(db, "note", "subject", riding_id, ids)
    if answers:
        db.run_many("INSERT INTO answer (riding_id, person_id, question, answer) VALUES (?,?,?,?)", answers)
    if said:
        db.run_many(INSERT_NOTE, said)


def _text(fields: Fields, name: str) -> str:
    return str(fields[name].value or "") if name in fields else ""


def _values(entries: list[PersonEntry], fields: Fields) -> dict[str, Any]:
    values: dict[str, Any] = dict.fromkeys(PERSON_COLUMNS, "")
    values.update(birth_year=0, door_id=b"")
    if entries:
        e = merged(entries)
        values.update(
            door_id=e.door_id, last=e.last, first=e.first, middle=e.middle, birth_year=e.birth_year, phone=e.phone,
            email=e.email, language=e.language, sex=e.sex, listed_support=e.support, source=e.source,
            external_id=e.external_id,
        )  # fmt: skip
    for name, state in fields.items():
        if name in values and state.value is not None:
            values[name] = state.value
    if "home" in fields and isinstance(fields["home"].value, bytes):
        values["door_id"] = fields["home"].value
    return values
