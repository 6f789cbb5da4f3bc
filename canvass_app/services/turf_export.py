"""Turfs as files that maps and tables read: addresses in walk order, and no person."""

from __future__ import annotations

import csv
import io
import json
import os
from pathlib import Path
from typing import Any, NamedTuple

from canvass_app.domain.errors import FileProblem
from canvass_app.domain.geo import E6
from canvass_app.domain.text import Text

from .book import Book
from .placing import placed_by_number
from .turf_rows import TurfSummary, list_turfs, turf_door_ids
from .walks import turf_line

FORMATS = ("geojson", "csv")
COLUMNS = (
    "turf", "position", "number", "suffix", "street", "unit", "municipality", "postal_code", "longitude",
    "latitude", "minutes", "state", "assigned",
)  # fmt: skip
_NOT_WRITTEN = Text(
    "“{name}” could not be written. Nothing is lost: the turfs are as they were. Check the folder and try again.",
    "« {name} » n’a pas pu être écrit. Rien n’est perdu : les secteurs sont inchangés. Vérifiez le dossier et réessayez.",
)


class ExportedDoor(NamedTuple):
    """A door of a turf; `position` counts from 1 in walk order."""

    position: int
    number: int
    suffix: str
    street: str
    unit: str
    municipality: str
    postal_code: str
    lon_e6: int
    lat_e6: int


def export_turfs(book: Book, riding_id: int, form: str, path: Path) -> tuple[int, int]:
    """Write the riding's turfs; (turfs, doors). The file is whole or not there. Raises FileProblem."""
    turfs = list_turfs(book, riding_id)
    doors = [_doors(book, riding_id, turf) for turf in turfs]
    text = _table(turfs, doors) if form == "csv" else _map(book, riding_id, turfs, doors)
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_text(text, encoding="utf-8", newline="")
        os.replace(part, path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise FileProblem(_NOT_WRITTEN.fill(name=path.name)) from error
    return len(turfs), sum(map(len, doors))


def _doors(book: Book, riding_id: int, turf: TurfSummary) -> list[ExportedDoor]:
    rows = book.read().query(
        "SELECT td.door_id, d.number, d.suffix, d.street_label, d.unit, d.municipality, d.postal_code, d.lon_e6, d.lat_e6"
        " FROM turf_door td JOIN door d ON d.riding_id = td.riding_id AND d.door_id = td.door_id"
        " WHERE td.riding_id = ? AND td.turf_id = ? ORDER BY td.position",
        (riding_id, turf.turf_id),
    )
    placed = placed_by_number(book, riding_id) if any(not (row[7] or row[8]) for row in rows) else {}
    return [
        ExportedDoor(at, *row[1:7], *(row[7:9] if row[7] or row[8] else placed.get(bytes(row[0]), (0, 0))))
        for at, row in enumerate(rows, 1)
    ]


def _table(turfs: list[TurfSummary], doors: list[list[ExportedDoor]]) -> str:
    out = io.StringIO()
    write = csv.writer(out, lineterminator="\r\n")
    write.writerow(COLUMNS)
    for turf, held in zip(turfs, doors, strict=True):
        for door in held:
            place = (door.lon_e6 / E6, door.lat_e6 / E6) if door.lon_e6 or door.lat_e6 else ("", "")
            write.writerow(
                [
                    _safe(turf.name), door.position, door.number, door.suffix, _safe(door.street), _safe(door.unit),
                    _safe(door.municipality), door.postal_code, *place, turf.minutes, turf.state, _safe(turf.assigned),
                ]
            )  # fmt: skip
    # Spreadsheets take a file for UTF-8 only when it says so.
    return "\ufeff" + out.getvalue()


def _safe(text: str) -> str:
    """Spreadsheets must not take a name for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def _map(book: Book, riding_id: int, turfs: list[TurfSummary], doors: list[list[ExportedDoor]]) -> str:
    features: list[dict[str, Any]] = []
    for turf, held in zip(turfs, doors, strict=True):
        path = turf_line(book, riding_id, turf_door_ids(book, riding_id, turf.turf_id)).path
        points = [[lon / E6, lat / E6] for lon, lat in path.tolist()]
        features.append(
            {
                "type": "Feature",
                "geometry": {"type": "LineString", "coordinates": points} if len(points) > 1 else None,
                "properties": {
                    "kind": "turf", "name": turf.name, "doors": turf.doors, "people": turf.people, "minutes": turf.minutes,
                    "metres": turf.metres, "state": turf.state, "assigned": turf.assigned,
                },
            }
        )  # fmt: skip
        for door in held:
            placed = bool(door.lon_e6 or door.lat_e6)
            features.append(
                {
                    "type": "Feature",
                    "geometry": {"type": "Point", "coordinates": [door.lon_e6 / E6, door.lat_e6 / E6]} if placed else None,
                    "properties": {
                        "kind": "door", "turf": turf.name, "position": door.position, "number": f"{door.number}{door.suffix}",
                        "street": door.street, "unit": door.unit, "municipality": door.municipality,
                    },
                }
            )  # fmt: skip
    return (
        json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False, indent=1) + "\n"
    )
