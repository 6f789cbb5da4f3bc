"""Telephone numbers that are not to be called, and who has one of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from canvass_app.domain.ids import phone_subject
from canvass_app.domain.phones import phone_number
from canvass_app.ledger.fold import fold_subject, is_set
from canvass_app.storage.conflicts import note_conflicts
from canvass_app.storage.database import Connection, query_in
from canvass_app.storage.log import delete_in, events_of


def refold_numbers(db: Connection, riding_id: int, numbers: Collection[bytes]) -> set[bytes]:
    """Write these numbers anew from their events; the people who may be called, or may not, since then."""
    if not numbers:
        return set()
    found = events_of(db, riding_id, numbers)
    folded = {one: fold_subject(found.get(one, ())) for one in sorted(numbers)}
    note_conflicts(db, riding_id, folded)
    barred = {one for one, fields in folded.items() if is_set(fields, "bar")}
    delete_in(db, "barred_number", "number_key", riding_id, numbers)
    db.run_many(
        "INSERT INTO barred_number (riding_id, number_key) VALUES (?,?)",
        [(riding_id, one) for one in sorted(barred)],
    )
    # No index finds people by a hash of their number: bars are rare, and their numbers are read once.
    rows = db.query(
        "SELECT person_id, phone, no_call FROM person WHERE riding_id = ? AND phone <> ''", (riding_id,)
    )
    changed = [
        (int(number in barred), riding_id, bytes(person))
        for person, phone, no_call in rows
        if (number := number_key(riding_id, str(phone))) in folded and int(no_call) != int(number in barred)
    ]
    db.run_many("UPDATE person SET no_call = ? WHERE riding_id = ? AND person_id = ?", changed)
    return {person for _, _, person in changed}


def number_key(riding_id: int, phone: str) -> bytes:
    """The key under which a bar on this number stands; b"" for what is no number."""
    number = phone_number(phone) if phone else ""
    return phone_subject(riding_id, number) if number else b""


def barred_phones(db: Connection, riding_id: int, phones: Iterable[str]) -> set[str]:
    """Those of these telephones, as they are spelled, that are not to be called."""
    keys = {phone: key for phone in set(phones) if (key := number_key(riding_id, phone))}
    rows = query_in(
        db,
        "SELECT number_key FROM barred_number WHERE riding_id = ? AND number_key IN (??)",
        (riding_id,),
        set(keys.values()),
    )
    barred = {bytes(row[0]) for row in rows}
    return {phone for phone, key in keys.items() if key in barred}


def any_barred(db: Connection, riding_id: int) -> bool:
    """Whether any number of the riding is barred: a file of a hundred thousand people asks before it looks at each."""
    return bool(db.query("SELECT 1 FROM barred_number WHERE riding_id = ? LIMIT 1", (riding_id,)))
