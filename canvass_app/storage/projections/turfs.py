"""Turfs, walk lists and map layers."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from canvass_app.ledger.events import Event
from canvass_app.ledger.fold import counts, fold_subject
from canvass_app.ledger.kinds import LayerAdded, TurfCut, WalkListIssued
from canvass_app.storage.conflicts import note_conflicts
from canvass_app.storage.database import Connection
from canvass_app.storage.log import delete_in, events_of, resolve, voided_shifts


def refold_turfs(db: Connection, riding_id: int, turfs: Collection[bytes]) -> None:
    """Write these turfs and their doors anew."""
    voided = voided_shifts(db, riding_id)
    delete_in(db, "turf", "turf_id", riding_id, turfs)
    delete_in(db, "turf_door", "turf_id", riding_id, turfs)
    for turf, events in events_of(db, riding_id, turfs).items():
        fields = fold_subject(events, voided)
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
        note_conflicts(db, riding_id, turf, fields)


def _first_order(events: list[Event]) -> int:
    return min((event.order for event in events if isinstance(event.body, TurfCut)), default=0)


def refold_lists(db: Connection, riding_id: int, lists: Collection[bytes]) -> None:
    """Write these walk lists anew."""
    voided = voided_shifts(db, riding_id)
    delete_in(db, "walk_list", "list_id", riding_id, lists)
    for one, events in events_of(db, riding_id, lists).items():
        fields = fold_subject(events, voided)
        issued = next((e for e in events if isinstance(e.body, WalkListIssued) and counts(e, voided)), None)
        if issued is None or not isinstance(issued.body, WalkListIssued):
            continue
        body = issued.body
        returned = "returned" in fields and fields["returned"].value is True
        db.run(
            "INSERT INTO walk_list (riding_id, list_id, number, turf_id, asset, canvasser, lines, pages, doors, language,"
            " issued_ms, returned) VALUES (?,?,?,?,?,?,?,?,?,?,?,?)",
            (
                riding_id, one, body.number, body.turf, body.asset, body.canvasser, body.lines, body.pages, body.doors,
                body.language, issued.wall_ms, int(returned),
            ),
        )  # fmt: skip


def refold_layers(db: Connection, riding_id: int, layers: Collection[bytes]) -> None:
    """Write these map layers anew."""
    voided = voided_shifts(db, riding_id)
    for subject, events in events_of(db, riding_id, layers).items():
        fields = fold_subject(events, voided)
        kinds = {e.body.layer for e in events if isinstance(e.body, LayerAdded)}
        for kind in kinds:
            db.run("DELETE FROM layer WHERE riding_id = ? AND layer = ?", (riding_id, kind))
        asset = fields.get("asset")
        if asset and isinstance(asset.value, tuple):
            layer, name, attribution = asset.value
            db.run(
                "INSERT INTO layer (riding_id, layer, subject, asset, attribution) VALUES (?,?,?,?,?)",
                (riding_id, layer, subject, name, attribution),
            )
