"""Shifts."""

from __future__ import annotations

from collections.abc import Collection

from canvass_app.ledger.fold import fold_subject, is_set, standing
from canvass_app.ledger.kinds import ShiftOpened
from canvass_app.storage.conflicts import note_conflicts
from canvass_app.storage.database import Connection
from canvass_app.storage.log import delete_in, events_of


def refold_shifts(db: Connection, riding_id: int, shifts: Collection[bytes]) -> None:
    """Write these shifts anew. One that is voided before its events are here has a row already."""
    if not shifts:
        return
    delete_in(db, "shift", "shift_id", riding_id, shifts)
    found = events_of(db, riding_id, shifts)
    folded = {shift: fold_subject(found.get(shift, [])) for shift in sorted(shifts)}
    note_conflicts(db, riding_id, folded)
    for shift, fields in folded.items():
        if shift not in found:
            continue
        known = sorted(standing(found[shift], frozenset()), key=lambda e: e.key)
        opened = next((e for e in known if isinstance(e.body, ShiftOpened)), None)
        body = opened.body if opened else None
        db.run(
            "INSERT INTO shift (riding_id, shift_id, device_id, volunteer, walk_list, opened_ms, closed, voided)"
            " VALUES (?,?,?,?,?,?,?,?)",
            (
                riding_id, shift, opened.key.device_id if opened else b"",
                body.volunteer if isinstance(body, ShiftOpened) else "",
                body.walk_list if isinstance(body, ShiftOpened) else 0,
                opened.wall_ms if opened else 0, int("closed" in fields), int(is_set(fields, "voided")),
            ),
        )  # fmt: skip
