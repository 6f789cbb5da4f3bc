"""Files of an invented city, as a lead would import them."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np

from benchmarks.city import City
from canvass_app.domain.streets import StreetClass

_CLASS = {
    StreetClass.ARTERIAL: "arterial", StreetClass.RAIL: "rail", StreetClass.WATER: "water",
    StreetClass.STREET: "residential",
}  # fmt: skip


def write_streets(town: City, path: Path) -> Path:
    """The city's streets, river and railway as GeoJSON lines."""
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "LineString", "coordinates": [[lon / 1e6, lat / 1e6] for lon, lat in one.points]},
            "properties": {
                "name": one.name if one.key else "", "class": _CLASS[one.kind], "bridge": "yes" if one.bridge else "no",
            },
        }
        for one in town.segments
    ]  # fmt: skip
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
    return path


def write_doors(town: City, path: Path, *, shuffled: int = 0, placed: bool = True) -> Path:
    """The city's doors as a table; `shuffled` a seed for the order of its rows."""
    order = np.arange(len(town.ids))
    if shuffled:
        order = np.random.default_rng(shuffled).permutation(len(order))
    rows: list[list[object]] = []
    seen: dict[tuple[str, int], int] = {}
    size: dict[tuple[str, int], int] = {}
    for key in zip(town.street, town.number.tolist(), strict=True):
        size[key] = size.get(key, 0) + 1
    for at, key in enumerate(zip(town.street, town.number.tolist(), strict=True)):
        nth = seen[key] = seen.get(key, 0) + 1
        name = key[0].replace("|", " ").strip().title()
        unit = f"{(nth - 1) // 8 + 1}{(nth - 1) % 8 + 1:02}" if size[key] > 1 else ""
        place = [town.lon_e6[at] / 1e6, town.lat_e6[at] / 1e6] if placed else ["", ""]
        rows.append([key[1], name, unit, "Birch River", *place])
    with path.open("w", newline="", encoding="utf-8") as file:
        write = csv.writer(file)
        write.writerow(["number", "street", "unit", "municipality", "longitude", "latitude"])
        write.writerows(rows[int(at)] for at in order)
    return path
