"""Open conflicts: fields that two people set differently without knowing of each other."""

from __future__ import annotations

from collections.abc import Mapping

from canvass_app.ledger.clock import milliseconds
from canvass_app.ledger.fold import Folded

from .database import Connection


def note_conflicts(db: Connection, riding_id: int, subject: bytes, fields: Mapping[str, Folded]) -> None:
    """Keep the table of open conflicts equal to the fold."""
    open_now = {field for field, folded in fields.items() if folded.conflict}
    known = {
        str(row[0])
        for row in db.query(
            "SELECT field FROM conflict WHERE riding_id = ? AND subject = ?", (riding_id, subject)
        )
    }
    for field in known - open_now:
        db.run(
            "DELETE FROM conflict WHERE riding_id = ? AND subject = ? AND field = ?",
            (riding_id, subject, field),
        )
    for field in open_now - known:
        db.run(
            "INSERT INTO conflict (riding_id, subject, field, opened_ms) VALUES (?,?,?,?)",
            (riding_id, subject, field, milliseconds(fields[field].latest)),
        )
