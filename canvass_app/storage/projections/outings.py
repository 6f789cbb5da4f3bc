"""Shifts."""

from __future__ import annotations

from collections.abc import Collection

from canvass_app.ledger.fold import fold_subject
from canvass_app.ledger.kinds import ShiftOpened
from canvass_app.storage.database import Connection
from canvass_app.storage.log import delete_in, events_of


def refold_shifts(db: Connection, riding_id: int, shifts: Collection[bytes]) -> None:
    """Write these shifts anew."""
    delete_in(db, "shift", "shift_id", riding_id, shifts)
    for shift, events in events_of(db, riding_id, shifts).items():
        fields = fold_subject(events)
        opened = next((e for e in events if isinstance(e.body, ShiftOpened)), None)
        body = opened.body if opened else None
        db.run(
            "INSERT INTO shift (riding_id, shift_id, device_id, volunteer, walk_list, opened_ms, closed, voided)"
            " VALUES (?,?,?,?,?,?,?,?)",
            (
                riding_id, shift, opened.key.device_id if opened else b"",
                body.volunteer if isinstance(body, ShiftOpened) else "",
                body.walk_list if isinstance(body, ShiftOpened) else 0,
                opened.wall_ms if opened else 0,
                int("closed" in fields), int("voided" in fields and fields["voided"].value is True),
            ),
        )  # fmt: skip
