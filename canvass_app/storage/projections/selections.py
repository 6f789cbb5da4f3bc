"""Saved selections as rows, with who edited each last."""

from __future__ import annotations

from collections.abc import Collection

from canvass_app.ledger.fold import fold_subject, is_set, standing
from canvass_app.ledger.kinds import SelectionSaved
from canvass_app.storage.conflicts import note_conflicts
from canvass_app.storage.database import Connection
from canvass_app.storage.log import delete_in, events_of, voided_shifts


def refold_selections(db: Connection, riding_id: int, selections: Collection[bytes]) -> None:
    """Write these selections anew."""
    if not selections:
        return
    delete_in(db, "selection", "selection_id", riding_id, selections)
    voided = voided_shifts(db, riding_id)
    events = events_of(db, riding_id, selections)
    folded = {one: fold_subject(events.get(one, []), voided) for one in sorted(selections)}
    note_conflicts(db, riding_id, folded)
    for one, fields in folded.items():
        # A decision may have set a field to anything.
        name, query = (fields[field].value if field in fields else None for field in ("name", "query"))
        edits = [e for e in standing(events.get(one, []), voided) if isinstance(e.body, SelectionSaved)]
        if not (isinstance(name, str) and isinstance(query, str) and edits):
            continue
        last = max(edits, key=lambda e: (e.order, e.key))
        db.run(
            "INSERT INTO selection (riding_id, selection_id, name, definition, removed, editor, edited_ms, rank)"
            " VALUES (?,?,?,?,?,?,?,?)",
            (
                riding_id, one, name, query, int(is_set(fields, "removed")), last.author, last.wall_ms,
                min(e.order for e in edits),
            ),
        )  # fmt: skip
