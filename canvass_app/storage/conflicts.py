"""Open conflicts: fields that two people set differently without knowing of each other."""

from __future__ import annotations

from collections.abc import Mapping

from canvass_app.ledger.clock import milliseconds
from canvass_app.ledger.events import Event
from canvass_app.ledger.fold import Folded, heads_of
from canvass_app.ledger.kinds import Value

from .database import Connection, query_in
from .log import events_of, members, resolve, voided_shifts


def note_conflicts(db: Connection, riding_id: int, folded: Mapping[bytes, Mapping[str, Folded]]) -> None:
    """Keep the table of open conflicts equal to the fold of these subjects."""
    known = {
        (bytes(subject), str(field)): int(opened)
        for subject, field, opened in query_in(
            db,
            "SELECT subject, field, opened_ms FROM conflict WHERE riding_id = ? AND subject IN (??)",
            (riding_id,),
            folded,
        )
    }
    now = {
        (subject, field): milliseconds(state.latest)
        for subject, fields in folded.items()
        for field, state in fields.items()
        if state.conflict
    }
    if known == now:
        return
    db.run_many(
        "DELETE FROM conflict WHERE riding_id = ? AND subject = ? AND field = ?",
        [(riding_id, *one) for one in known.keys() - now.keys()],
    )
    db.run_many(
        "INSERT INTO conflict (riding_id, subject, field, opened_ms) VALUES (?,?,?,?)"
        " ON CONFLICT (riding_id, subject, field) DO UPDATE SET opened_ms = excluded.opened_ms",
        [(riding_id, *one, opened) for one, opened in now.items() if known.get(one) != opened],
    )


def sides_of(db: Connection, riding_id: int, subject: bytes, field: str) -> list[tuple[Event, Value]]:
    """Every head of a subject's field, the event with the value it sets; the winner first."""
    groups = members(db, riding_id, resolve(db, riding_id, [subject]).values())
    ids = {one for group in groups.values() for one in group}
    events = [event for found in events_of(db, riding_id, ids).values() for event in found]
    return heads_of(events, field, voided_shifts(db, riding_id))
