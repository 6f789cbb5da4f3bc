"""The reference data that the product ships: the federal ridings of the 2013 map, their names and outlines.

`python -m canvass_app.imports.reference DATA_DIR [--out FOLDER]` builds the files from public originals (see
`reference_build`, which also documents the format). Riding numbers are reused between maps, so everything here
speaks in riding ids, which carry the map's year.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray

from canvass_app.resource_path import resource

Int32 = NDArray[np.int32]

MAP_YEARS = (2013,)


@dataclass(frozen=True, slots=True)
class ReferenceRiding:
    """A riding of the shipped table: people counted in 2011, electors on the lists of 2015."""

    riding_id: int
    number: int
    name_en: str
    name_fr: str
    province: str
    population: int
    electors: int


@dataclass(frozen=True, slots=True)
class _Area:
    """A riding's rings with the box around them: (west, south, east, north) in micro-degrees."""

    riding_id: int
    rings: list[Int32]
    box: tuple[int, int, int, int]


@lru_cache(maxsize=1)
def ridings() -> tuple[ReferenceRiding, ...]:
    """All 338 ridings of the shipped map, by number."""
    rows: list[ReferenceRiding] = []
    for year in MAP_YEARS:
        text = resource("reference", f"ridings-{year}.csv").read_text("utf-8")
        for row in csv.DictReader(text.splitlines()):
            number = int(row["number"])
            rows.append(ReferenceRiding(
                year * 100_000 + number, number, row["name_en"], row["name_fr"], row["province"],
                int(row["population"]), int(row["electors"]),
            ))  # fmt: skip
    return tuple(rows)


def outline(riding_id: int) -> list[Int32]:
    """A riding's rings, each int32 [n, 2] of (lon_e6, lat_e6), closed; a point inside an odd number of them is inside.

    Empty for a riding that the shipped maps do not have.
    """
    found = _areas().get(riding_id)
    return [ring.copy() for ring in found.rings] if found else []


class RidingFinder:
    """Finds the riding in whose outline points lie.

    `extra` adds a campaign's own outlines by riding id, as `outline` gives them; they win over the shipped ones.
    Outlines are simplified, so an address within some tens of metres of an edge may be given to the neighbour.
    """

    def __init__(self, extra: Mapping[int, Sequence[Int32]] | None = None) -> None:
        """Takes the outlines; nothing is prepared before the first question."""
        own = {riding: _area(riding, list(rings)) for riding, rings in (extra or {}).items() if rings}
        shipped = [area for riding, area in _areas().items() if riding not in own]
        self._areas = [*own.values(), *shipped]
        self._shapes: dict[int, Any] = {}

    def find(self, lon_e6: Int32, lat_e6: Int32) -> Int32:
        """The riding id of each point (WGS 84 micro-degrees), 0 where it lies in none. Points on an edge count."""
        import shapely

        found = np.zeros(len(lon_e6), dtype=np.int32)
        order = np.argsort(lon_e6, kind="stable")
        lon, lat = np.asarray(lon_e6)[order], np.asarray(lat_e6)[order]
        for area in self._areas:
            west, south, east, north = area.box
            first, last = np.searchsorted(lon, west, "left"), np.searchsorted(lon, east, "right")
            if first == last:
                continue
            inside_box = (lat[first:last] >= south) & (lat[first:last] <= north)
            rows = order[first:last][inside_box]
            rows = rows[found[rows] == 0]
            if len(rows):
                x, y = np.asarray(lon_e6)[rows].astype(float), np.asarray(lat_e6)[rows].astype(float)
                hit = shapely.intersects_xy(self._shape(area), x, y)
                found[rows[hit]] = area.riding_id
        return found

    def _shape(self, area: _Area) -> Any:
        import shapely

        if area.riding_id not in self._shapes:
            rings = [shapely.Polygon(ring) for ring in area.rings if len(ring) >= 4]
            shape = (
                rings[0]
                if len(rings) == 1
                else reduce(shapely.symmetric_difference, map(shapely.make_valid, rings))
            )
            shapely.prepare(shape)
            self._shapes[area.riding_id] = shape
        return self._shapes[area.riding_id]


def _area(riding_id: int, rings: list[Int32]) -> _Area:
    points = np.concatenate(rings)
    west, south = (int(v) for v in points.min(axis=0))
    east, north = (int(v) for v in points.max(axis=0))
    return _Area(riding_id, rings, (west, south, east, north))


@lru_cache(maxsize=1)
def _areas() -> dict[int, _Area]:
    from .reference_build import unpack_outlines

    areas: dict[int, _Area] = {}
    for year in MAP_YEARS:
        packed = resource("reference", f"outlines-{year}.bin").read_bytes()
        for number, rings in unpack_outlines(packed).items():
            areas[year * 100_000 + number] = _area(year * 100_000 + number, rings)
    return areas


if __name__ == "__main__":
    import sys

    from .reference_build import main

    sys.exit(main())
