"""Turfs, walk lists and map layers."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from canvass_app.ledger.events import Event, open_event
from canvass_app.ledger.fold import Fields, fold_subject, is_set, standing
from canvass_app.ledger.kinds import LayerAdded, TurfCut, WalkListIssued
from canvass_app.storage.conflicts import note_conflicts
from canvass_app.storage.database import Connection, query_in
from canvass_app.storage.log import delete_in, events_of, resolve, voided_shifts


def turfs_with(db: Connection, riding_id: int, doors: Collection[bytes]) -> set[bytes]:
    """The turfs that hold one of these doors."""
    rows = query_in(
        db,
        "SELECT DISTINCT turf_id FROM turf_door WHERE riding_id = ? AND door_id IN (??)",
        (riding_id,),
        doors,
    )
    return {bytes(row[0]) for row in rows}


def _folded(
    db: Connection, riding_id: int, subjects: Collection[bytes]
) -> list[tuple[bytes, list[Event], Fields]]:
    voided = voided_shifts(db, riding_id)
    events = events_of(db, riding_id, subjects)
    found = [
        (one, events.get(one, []), fold_subject(events.get(one, []), voided)) for one in sorted(subjects)
    ]
    note_conflicts(db, riding_id, {one: fields for one, _, fields in found})
    return [(one, standing(own, voided), fields) for one, own, fields in found]


def refold_turfs(db: Connection, riding_id: int, turfs: Collection[bytes]) -> None:
    """Write these turfs and their doors anew."""
    if not turfs:
        return
    delete_in(db, "turf", "turf_id", riding_id, turfs)
    delete_in(db, "turf_door", "turf_id", riding_id, turfs)
    for turf, events, fields in _folded(db, riding_id, turfs):
        if "doors" not in fields:
            continue
        values: dict[str, Any] = {name: folded.value for name, folded in fields.items()}
        db.run(
            "INSERT INTO turf (riding_id, turf_id, name, assigned, color, seconds, metres, retired, rank)"
            " VALUES (?,?,?,?,?,?,?,?,?)",
            (
                riding_id, turf, values.get("name") or "", values.get("assigned") or "", values.get("color") or 0,
                values.get("seconds") or 0, values.get("metres") or 0, int(bool(values.get("retired"))),
                _first_order(events),
            ),
        )  # fmt: skip
        doors: tuple[bytes, ...] = values["doors"] or ()
        known = resolve(db, riding_id, doors)
        db.run_many(
            "INSERT INTO turf_door (riding_id, turf_id, position, door_id) VALUES (?,?,?,?)",
            [(riding_id, turf, place, known[door]) for place, door in enumerate(doors)],
        )


def _first_order(events: list[Event]) -> int:
    return min((event.order for event in events if isinstance(event.body, TurfCut)), default=0)


def refold_lists(db: Connection, riding_id: int, lists: Collection[bytes]) -> None:
    """Write these walk lists anew."""
    if not lists:
        return
    delete_in(db, "walk_list", "list_id", riding_id, lists)
    for one, events, fields in _folded(db, riding_id, lists):
        issued = min(
            (e for e in events if isinstance(e.body, WalkListIssued)), key=lambda e: e.key, default=None
        )
        if issued is None or not isinstance(issued.body, WalkListIssued):
            continue
        body = issued.body
        db.run(
            "INSERT INTO walk_list (riding_id, list_id, number, turf_id, asset, canvasser, lines, pages, doors, language,"
            " issued_ms, returned) VALUES (?,?,?,?,?,?,?,?,?,?,?,?)",
            (
                riding_id, one, body.number, body.turf, body.asset, body.canvasser, body.lines, body.pages, body.doors,
                body.language, issued.wall_ms, int(is_set(fields, "returned")),
            ),
        )  # fmt: skip


def refold_layers(db: Connection, riding_id: int) -> None:
    """Write the riding's map layers anew: of each sort the one that was added last."""
    db.run("DELETE FROM layer WHERE riding_id = ?", (riding_id,))
    voided = voided_shifts(db, riding_id)
    rows = db.query(
        "SELECT raw, stamp FROM event WHERE riding_id = ? AND kind = ?", (riding_id, LayerAdded.KIND)
    )
    events = standing((open_event(bytes(raw), stamp) for raw, stamp in rows), voided)
    latest = {
        e.body.layer: (riding_id, e.body.layer, e.subject, e.body.asset, e.body.attribution)
        for e in sorted(events, key=lambda e: (e.order, e.key))
        if isinstance(e.body, LayerAdded)
    }
    db.run_many(
        "INSERT INTO layer (riding_id, layer, subject, asset, attribution) VALUES (?,?,?,?,?)",
        latest.values(),
    )
