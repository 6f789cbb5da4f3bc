"""Open conflicts: fields that two people set differently without knowing of each other."""

from __future__ import annotations

from collections.abc import Mapping

from canvass_app.ledger.clock import milliseconds
from canvass_app.ledger.fold import Folded

from .database import Connection


def note_conflicts(db: Connection, riding_id: int, subject: bytes, fields: Mapping[str, Folded]) -> None:
    """Keep the table of open conflicts equal to the fold."""
    open_now = {name: milliseconds(folded.latest) for name, folded in fields.items() if folded.conflict}
    known = {
        str(field): int(opened)
        for field, opened in db.query(
            "SELECT field, opened_ms FROM conflict WHERE riding_id = ? AND subject = ?", (riding_id, subject)
        )
    }
    if open_now == known:
        return
    db.run("DELETE FROM conflict WHERE riding_id = ? AND subject = ?", (riding_id, subject))
    db.run_many(
        "INSERT INTO conflict (riding_id, subject, field, opened_ms) VALUES (?,?,?,?)",
        [(riding_id, subject, field, opened) for field, opened in open_now.items()],
    )
