"""People: what files and conversations say of a person."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from hashlib import blake2b
from typing import Any

from canvass_app.domain.address import fold
from canvass_app.domain.people import PersonName
from canvass_app.ledger.events import Event
from canvass_app.ledger.fold import Folded, counts, fold_subject
from canvass_app.ledger.kinds import NoteWritten, PersonErased
from canvass_app.ledger.rosters import PersonEntry
from canvass_app.storage.conflicts import note_conflicts
from canvass_app.storage.database import Connection, query_in
from canvass_app.storage.log import delete_in, events_of, members, resolve, voided_shifts
from canvass_app.storage.roster_store import person_entries

from .doors import note_stands

PERSON_COLUMNS = (
    "door_id", "last", "first", "middle", "birth_year", "phone", "email", "language", "sex", "listed_support",
    "source", "external_id",
)  # fmt: skip
_COLUMNS = (*PERSON_COLUMNS, "match_key", "search", "support", "gone", "barred", "on_file")
UPSERT_PERSON = (
    f"INSERT INTO person (riding_id, person_id, {', '.join(_COLUMNS)}) VALUES (?,?{',?' * len(_COLUMNS)})"
    " ON CONFLICT (riding_id, person_id) DO UPDATE SET " + ", ".join(f"{c} = excluded.{c}" for c in _COLUMNS)
)


def person_match_key(door: bytes, last: str, first: str) -> bytes:
    """Sixteen bytes that two listings of one person share: the door and the folded name."""
    return blake2b(door + PersonName(last, first).key.encode(), digest_size=16).digest()


def search_text(last: str, first: str) -> str:
    """What a name is found by: folded, last name first, each word after a blank."""
    return f" {fold(last)} {fold(first)}"


def refold_people(db: Connection, riding_id: int, people: Collection[bytes]) -> set[bytes]:
    """Write these people anew from rosters and events; the doors whose summary may change with them."""
    if not people:
        return set()
    groups = members(db, riding_id, people)
    ids = [one for group in groups.values() for one in group]
    listed = person_entries(db, riding_id, ids)
    events = events_of(db, riding_id, ids)
    voided = voided_shifts(db, riding_id)
    before = query_in(
        db, "SELECT door_id FROM person WHERE riding_id = ? AND person_id IN (??)", (riding_id,), groups
    )
    doors = {bytes(row[0]) for row in before}
    rows: list[tuple[Any, ...]] = []
    answers: list[tuple[Any, ...]] = []
    notes: list[tuple[Any, ...]] = []
    for person, group in groups.items():
        own = [event for one in group for event in events.get(one, ())]
        fields = fold_subject(own, voided)
        entries = [entry for one in sorted(group) for entry in listed.get(one, ())]
        if not entries and not any(counts(event, voided) for event in own if event.kind != PersonErased.KIND):
            delete_in(db, "person", "person_id", riding_id, [person])
            note_conflicts(db, riding_id, person, {})
            continue
        values = _values(entries, fields)
        home = resolve(db, riding_id, [bytes(values["door_id"])])[bytes(values["door_id"])]
        values["door_id"] = home
        doors.add(home)
        rows.append(
            (
                riding_id, person, *(values[c] for c in PERSON_COLUMNS),
                person_match_key(home, values["last"], values["first"]),
                search_text(values["last"], values["first"]),
                _text(fields, "support"), _text(fields, "gone"),
                _barred(fields), 1 if entries else 0,
            )
        )  # fmt: skip
        answers.extend(_answer_rows(riding_id, person, fields))
        notes.extend(_note_rows(riding_id, person, own, fields, voided))
        note_conflicts(db, riding_id, person, fields)
    db.run_many(UPSERT_PERSON, rows)
    _write_answers(db, riding_id, ids, answers, notes)
    return doors


def refold_answers(db: Connection, riding_id: int, people: Collection[bytes]) -> set[bytes]:
    """Like refold_people, for people of whom only conversations changed: no file is read again.

    Returns the doors whose summary may change; people without a row yet are left to refold_people.
    """
    rows = query_in(
        db,
        "SELECT person_id, door_id FROM person WHERE riding_id = ? AND person_id IN (??)",
        (riding_id,),
        people,
    )
    homes = {bytes(person): bytes(door) for person, door in rows}
    groups = members(db, riding_id, homes)
    ids = [one for group in groups.values() for one in group]
    events = events_of(db, riding_id, ids)
    voided = voided_shifts(db, riding_id)
    answers: list[tuple[Any, ...]] = []
    notes: list[tuple[Any, ...]] = []
    marks: list[tuple[Any, ...]] = []
    for person, group in groups.items():
        own = [event for one in group for event in events.get(one, ())]
        fields = fold_subject(own, voided)
        marks.append((_text(fields, "support"), _text(fields, "gone"), _barred(fields), riding_id, person))
        answers.extend(_answer_rows(riding_id, person, fields))
        notes.extend(_note_rows(riding_id, person, own, fields, voided))
        note_conflicts(db, riding_id, person, fields)
    db.run_many(
        "UPDATE person SET support = ?, gone = ?, barred = ? WHERE riding_id = ? AND person_id = ?", marks
    )
    _write_answers(db, riding_id, ids, answers, notes)
    missing = [person for person in people if person not in homes]
    return {*homes.values(), *refold_people(db, riding_id, missing)}


def _barred(fields: Mapping[str, Folded]) -> int:
    return int("bar" in fields and fields["bar"].value is True)


def _answer_rows(riding_id: int, person: bytes, fields: Mapping[str, Folded]) -> list[tuple[Any, ...]]:
    return [
        (riding_id, person, name[7:], " ".join(str(a) for a in folded.value))
        for name, folded in fields.items()
        if name.startswith("answer:") and isinstance(folded.value, tuple) and folded.value
    ]


def _note_rows(
    riding_id: int,
    person: bytes,
    own: Iterable[Event],
    fields: Mapping[str, Folded],
    voided: frozenset[bytes],
) -> list[tuple[Any, ...]]:
    return [
        (riding_id, *event.key, person, event.author, event.wall_ms, event.body.text)
        for event in own
        if isinstance(event.body, NoteWritten) and counts(event, voided) and note_stands(event, fields)
    ]


def _write_answers(
    db: Connection,
    riding_id: int,
    ids: Collection[bytes],
    answers: list[tuple[Any, ...]],
    notes: list[tuple[Any, ...]],
) -> None:
    delete_in(db, "answer", "person_id", riding_id, ids)
    delete_in(db, "note", "subject", riding_id, ids)
    db.run_many("INSERT INTO answer (riding_id, person_id, question, answer) VALUES (?,?,?,?)", answers)
    db.run_many(
        "INSERT INTO note (riding_id, device_id, device_seq, subject, author, wall_ms, text) VALUES (?,?,?,?,?,?,?)",
        notes,
    )


def _text(fields: Mapping[str, Folded], name: str) -> str:
    return str(fields[name].value or "") if name in fields else ""


def _values(entries: Iterable[PersonEntry], fields: Mapping[str, Folded]) -> dict[str, Any]:
    values: dict[str, Any] = dict.fromkeys(PERSON_COLUMNS, "")
    values.update(birth_year=0, door_id=b"")
    for entry in entries:
        values.update({name: value for name, value in _listed(entry).items() if value})
    for name, folded in fields.items():
        if name in values and folded.value is not None:
            values[name] = folded.value
    if "home" in fields and isinstance(fields["home"].value, bytes):
        values["door_id"] = fields["home"].value
    return values


def _listed(entry: PersonEntry) -> dict[str, Any]:
    return {
        "door_id": entry.door_id, "last": entry.last, "first": entry.first, "middle": entry.middle,
        "birth_year": entry.birth_year, "phone": entry.phone, "email": entry.email, "language": entry.language,
        "sex": entry.sex, "listed_support": entry.support, "source": entry.source, "external_id": entry.external_id,
    }  # fmt: skip


def listed_row(riding_id: int, entry: PersonEntry, door: bytes, key: bytes) -> tuple[Any, ...]:
    """The row of a person of whom nothing is known but one roster row."""
    return (
        riding_id, entry.person_id, door, entry.last, entry.first, entry.middle, entry.birth_year, entry.phone,
        entry.email, entry.language, entry.sex, entry.support, entry.source, entry.external_id, key,
        search_text(entry.last, entry.first), "", "", 0, 1,
    )  # fmt: skip
