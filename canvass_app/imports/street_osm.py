"""OpenStreetMap extracts: streamed, a province as well as a town, in memory that follows the box and not the file."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from canvass_app.domain.errors import FileProblem
from canvass_app.domain.geo import E6
from canvass_app.domain.streets import Segment, Shape
from canvass_app.domain.text import Text

from .street_blobs import Steps, pieces
from .street_fields import osm_area, osm_bridge, osm_class, street_key
from .streets import OSM_CREDIT, Box, StreetFile, damaged

if TYPE_CHECKING:
    import shapely
    from osmium.osm import Way

LARGE_BYTES = 32 << 20
"""From this size on the places of nodes lie in a temporary file (16 bytes a node) and not in memory."""
# A way is looked at when it begins in the box or within about 25 km of it: few are longer, and most of a province falls away here.
_REACH_E6 = 250_000
_ASK_EVERY = 4096
_MOST_OF_IT = 0.5
_KEYS = ("highway", "railway", "waterway", "natural", "leisure", "landuse")

Line = tuple[tuple[int, int], ...]
AreaKind = Literal["water", "park"]


def read_osm(
    path: Path,
    box: Box | None,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> StreetFile:
    """Read streets, paths, barriers, water and parks that meet `box`; `progress(done, total)` counts bytes, of which each
    is read twice. Raises FileProblem, Cancelled."""
    import osmium

    engine: Any = osmium  # its stubs know the half of it
    try:
        steps = Steps(path.stat().st_size, 2, progress, cancelled)
        members, areas = _relations(path, steps)
        with tempfile.TemporaryDirectory(prefix="canvass-streets-") as folder:
            large = path.stat().st_size >= LARGE_BYTES
            store = f"sparse_file_array,{Path(folder, 'nodes')}" if large else "sparse_mem_array"
            reader = _Reader(box, members)
            # One for all pieces: it knows whether the nodes came in order, and a way may need those of every piece before.
            places = engine.NodeLocationsForWays(engine.index.create_map(store))
            places.ignore_errors()
            only_ways = osmium.filter.EntityFilter(osmium.osm.WAY)
            for piece in pieces(path, steps):
                with engine.io.Reader(piece, osmium.osm.NODE | osmium.osm.WAY) as file:
                    for number, way in enumerate(engine.OsmFileIterator(file, places, only_ways)):
                        if number % _ASK_EVERY == 0:
                            steps.check()
                        if isinstance(way, osmium.osm.Way):
                            reader.take(way)
    except (RuntimeError, ValueError, UnicodeDecodeError) as error:
        raise damaged(path, type(error).__name__) from error
    except OSError as error:
        raise FileProblem(_NO_ROOM.fill(name=path.name), detail=str(error)) from error
    steps.check()
    return StreetFile(reader.segments, reader.finished(areas), OSM_CREDIT, reader.elsewhere, [])


def _relations(path: Path, steps: Steps) -> tuple[dict[int, int], list[tuple[AreaKind, str]]]:
    """Which multipolygon of water or park each member way is of, and what those are."""
    import osmium

    engine: Any = osmium
    members: dict[int, int] = {}
    areas: list[tuple[AreaKind, str]] = []
    multipolygons = osmium.filter.TagFilter(("type", "multipolygon"))
    for piece in pieces(path, steps):
        with engine.io.Reader(piece, osmium.osm.RELATION) as file:
            for relation in engine.OsmFileIterator(file, multipolygons):
                if not isinstance(relation, osmium.osm.Relation):
                    continue
                tags = dict(relation.tags)
                kind = osm_area(tags)
                if kind is not None:
                    members.update((one.ref, len(areas)) for one in relation.members if one.type == "w")
                    areas.append((kind, tags.get("name", "")))
    return members, areas


class _Reader:
    """The ways of one file being read."""

    def __init__(self, box: Box | None, members: dict[int, int]) -> None:
        self._box, self._members = box, members
        self._near = box and Box(
            box.west - _REACH_E6, box.south - _REACH_E6, box.east + _REACH_E6, box.north + _REACH_E6
        )
        self._parts: dict[int, list[Line]] = {}
        self._closed: list[tuple[AreaKind, str, Line]] = []
        self.segments: list[Segment] = []
        self.elsewhere = 0

    def take(self, way: Way) -> None:
        tags = way.tags
        member = self._members.get(way.id)
        if member is None and not any(key in tags for key in _KEYS):
            return
        if not self._may_meet(way):
            self.elsewhere += "highway" in tags
            return
        said = dict(tags)
        kind, area = osm_class(said), osm_area(said)
        if kind is None and area is None and member is None:
            return
        line = self._line(way)
        if len(line) < 2 or (self._box is not None and not self._box.meets(list(line))):
            self.elsewhere += kind is not None
            return
        if member is not None:
            self._parts.setdefault(member, []).append(line)
        if kind is not None:
            name = said.get("name", "")
            self.segments.append(Segment(f"w{way.id}", line, name, street_key(name), kind, osm_bridge(said)))
        elif area is not None and len(line) > 3 and line[0] == line[-1]:
            self._closed.append((area, said.get("name", ""), line))

    def _may_meet(self, way: Way) -> bool:
        """Whether the first of its nodes that the extract has lies near enough: the cheapest question to most of a province."""
        if self._near is None:
            return True
        for node in way.nodes:
            place = node.location
            if place.valid():
                return self._near.holds(
                    round(place.lon_without_check() * E6), round(place.lat_without_check() * E6)
                )
        return False

    def _line(self, way: Way) -> Line:
        """The way's points. Nodes that the extract lacks are left out."""
        line: list[tuple[int, int]] = []
        for node in way.nodes:
            place = node.location
            if not place.valid():
                continue
            point = (round(place.lon_without_check() * E6), round(place.lat_without_check() * E6))
            if not line or line[-1] != point:
                line.append(point)
        return tuple(line)

    def finished(self, areas: list[tuple[AreaKind, str]]) -> list[Shape]:
        """Water and parks, cut to the box, those of one kind merged: the map fills overlaps by the even-odd rule.

        A multipolygon of which too little lies near the box to close its rings is left out.
        """
        import shapely

        polygons: dict[AreaKind, list[tuple[str, shapely.Geometry]]] = {"water": [], "park": []}
        for kind, name, line in self._closed:
            polygons[kind].append((name, shapely.make_valid(shapely.Polygon(line))))
        for index, lines in self._parts.items():
            kind, name = areas[index]
            polygons[kind].append((name, shapely.build_area(shapely.MultiLineString(lines))))
        shapes: list[Shape] = []
        for kind, found in polygons.items():
            merged = shapely.union_all([shape for _, shape in found])
            if self._box is not None:
                merged = shapely.clip_by_rect(merged, *self._box)
            parts = [
                one
                for one in shapely.get_parts(merged)
                if isinstance(one, shapely.Polygon) and not one.is_empty
            ]
            shapes += [
                Shape(kind, name, _rings(one)) for one, name in zip(parts, _names(parts, found), strict=True)
            ]
        return shapes


def _names(parts: list[shapely.Polygon], found: list[tuple[str, shapely.Geometry]]) -> list[str]:
    """The name of each merged piece: of the largest area in it that has one and is most of it."""
    import shapely

    named = [(name, shape) for name, shape in found if name and not shapely.is_empty(shape)]
    tree = shapely.STRtree([shape for _, shape in named])
    names: list[str] = []
    for part in parts:
        largest, name = part.area * _MOST_OF_IT, ""
        for place in sorted(int(one) for one in tree.query(part)):
            shared = part.intersection(named[place][1]).area
            if shared > largest:
                largest, name = shared, named[place][0]
        names.append(name)
    return names


def _rings(one: shapely.Polygon) -> tuple[Line, ...]:
    return tuple(
        tuple((round(x), round(y)) for x, y in ring.coords) for ring in (one.exterior, *one.interiors)
    )


_NO_ROOM = Text(
    "The street file “{name}” could not be worked on: the disk is full, or the file went away. Nothing was changed. Free some "
    "gigabytes, then import it again.",
    "Le fichier de rues « {name} » n’a pas pu être traité : le disque est plein, ou le fichier a disparu. Rien n’a été "
    "modifié. Libérez quelques gigaoctets, puis importez-le de nouveau.",
)
