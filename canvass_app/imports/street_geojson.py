"""GeoJSON lines of streets, with or without civic numbers along them."""

from __future__ import annotations

import json
from collections.abc import Callable
from math import isfinite
from pathlib import Path
from typing import Any, cast

from canvass_app.domain.errors import FileProblem
from canvass_app.domain.geo import E6
from canvass_app.domain.streets import Segment, Shape, StreetClass
from canvass_app.domain.text import Text

from .problems import Problem
from .street_blobs import PIECE_BYTES, Steps
from .street_fields import (
    column_bridge,
    column_class,
    column_roles,
    number_range,
    street_key,
    words,
)
from .streets import Box, StreetFile, damaged

MAX_BYTES = 256 << 20
"""JSON is read whole: a larger file would need several gigabytes of memory."""
_ASK_EVERY = 2048
_WGS84 = ("crs84", "4326", "4269", "wgs84", "wgs 84")  # NAD83 lies within two metres of WGS84

Line = list[tuple[int, int]]


def read_lines(
    path: Path,
    box: Box | None,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> StreetFile:
    """Read LineStrings and MultiLineStrings; polygons called water or park become shapes. `progress(done, total)` counts
    bytes. Raises FileProblem, Cancelled."""
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise FileProblem(_TOO_LARGE.fill(name=path.name, most=MAX_BYTES >> 20))
    # Bytes count twice, as they are read and as they are understood.
    steps = Steps(size, 2, progress, cancelled)
    try:
        content = json.loads(_read(path, steps))
        features = cast("list[dict[str, Any]]", content["features"])
        if not isinstance(features, list):  # pyright: ignore[reportUnnecessaryIsInstance] - it comes from a file
            raise TypeError("features is not a list")
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise damaged(path, type(error).__name__) from error
    if not features:
        raise FileProblem(_NOTHING.fill(name=path.name))
    _check_reference(path, content)
    reader = _Reader(path, box)
    for place, feature in enumerate(features, 1):
        if place % _ASK_EVERY == 0:
            steps.read(size * _ASK_EVERY // len(features))
        reader.take(place, feature)
    if reader.turned and not reader.kept():
        raise FileProblem(_TURNED.fill(name=path.name))
    return StreetFile(reader.finished(), reader.shapes, "", reader.elsewhere, reader.problems)


def _read(path: Path, steps: Steps) -> bytes:
    parts: list[bytes] = []
    with path.open("rb") as file:
        while part := file.read(PIECE_BYTES):
            parts.append(part)
            steps.read(len(part))
    return b"".join(parts)


def _check_reference(path: Path, content: dict[str, Any]) -> None:
    named = str(content.get("crs") or "").lower()
    if named and not any(one in named for one in _WGS84):
        raise FileProblem(_NOT_WGS84.fill(name=path.name))


class _Reader:
    """One file being read."""

    def __init__(self, path: Path, box: Box | None) -> None:
        self._path, self._box = path, box
        self._segments: list[Segment] = []
        self._roles: dict[tuple[str, ...], dict[str, str]] = {}
        self._structures = False
        self.shapes: list[Shape] = []
        self.problems: list[Problem] = []
        self.elsewhere = 0
        self.turned = False

    def take(self, place: int, feature: Any) -> None:
        try:
            shape, says = feature["geometry"], cast("dict[str, Any]", feature.get("properties") or {})
            kind, parts = str(shape["type"]), shape["coordinates"]
            if kind in ("LineString", "MultiLineString"):
                lines = [self._line(part) for part in (parts if kind[0] == "M" else [parts])]
                if any(len(line) < 2 for line in lines):
                    raise ValueError
                self._take_lines(place, says, lines)
            elif kind in ("Polygon", "MultiPolygon"):
                self._take_area(says, parts if kind[0] == "M" else [parts])
            else:
                self.problems.append(Problem(place, "left_out", _NO_LINE, code="no_line"))
        except (KeyError, TypeError, ValueError, AttributeError):
            self.problems.append(Problem(place, "left_out", _NO_SHAPE, code="no_shape"))

    def kept(self) -> bool:
        """Whether any line lies where the doors are."""
        return bool(self._segments)

    def finished(self) -> list[Segment]:
        """The segments. Where no column tells of bridges, a motorway lies over or under every street by its nature."""
        if self._structures:
            return self._segments
        return [
            one._replace(bridge=True) if one.kind is StreetClass.MOTORWAY else one for one in self._segments
        ]

    def _line(self, pairs: list[list[float]]) -> Line:
        line: Line = []
        for pair in pairs:
            lon, lat = float(pair[0]), float(pair[1])
            if not (isfinite(lon) and isfinite(lat)):
                raise ValueError("no number")
            if abs(lon) > 180 or abs(lat) > 90:
                raise FileProblem(_NOT_WGS84.fill(name=self._path.name))
            point = (round(lon * E6), round(lat * E6))
            if not line or line[-1] != point:
                line.append(point)
        return line

    def _take_lines(self, place: int, says: dict[str, Any], lines: list[Line]) -> None:
        names = tuple(says)
        if names not in self._roles:
            self._roles[names] = column_roles(says)
        roles = self._roles[names]

        def value(role: str) -> str:
            return words(says.get(roles[role])) if role in roles else ""

        left = number_range(value("left_first"), value("left_last"), value("left_parity"))
        right = number_range(value("right_first"), value("right_last"), value("right_parity"))
        bridge = column_bridge(value("bridge")) or value("class").lower() == "bridge"
        self._structures |= "bridge" in roles or bridge
        name = " ".join(part for part in (value("name"), value("type"), value("direction")) if part)
        for number, line in enumerate(lines):
            if self._box is not None and not self._box.meets(line):
                self.elsewhere += 1
                self.turned = self.turned or self._box.meets([(lat, lon) for lon, lat in line])
                continue
            one = value("id").removesuffix(".0") or str(place)
            self._segments.append(
                Segment(
                    f"{one}.{number}" if len(lines) > 1 else one,
                    tuple(line),
                    name,
                    street_key(value("name"), value("type"), value("direction")),
                    column_class(value("class")),
                    bridge,
                    # A range belongs to the whole of a line; in parts nobody knows which part it speaks of.
                    left if len(lines) == 1 else None,
                    right if len(lines) == 1 else None,
                )
            )

    def _take_area(self, says: dict[str, Any], parts: list[Any]) -> None:
        said = str(says.get("kind") or says.get("natural") or says.get("leisure") or "")
        if said not in ("water", "park"):
            return
        for part in parts:
            rings = [self._line(ring) for ring in part]
            if rings and (self._box is None or self._box.meets(rings[0])):
                kind = "water" if said == "water" else "park"
                self.shapes.append(Shape(kind, words(says.get("name")), tuple(tuple(ring) for ring in rings)))


_TOO_LARGE = Text(
    "“{name}” is larger than {most} MB. Nothing was changed. Use an OpenStreetMap extract (.osm.pbf) of any size, or cut the "
    "file to your area first.",
    "« {name} » dépasse {most} Mo. Rien n’a été modifié. Prenez un extrait d’OpenStreetMap (.osm.pbf), de n’importe quelle "
    "taille, ou découpez d’abord le fichier à votre région.",
)
_NOT_WGS84 = Text(
    "The coordinates in “{name}” are not longitudes and latitudes (WGS84). Nothing was changed. Export the file again as "
    "EPSG:4326.",
    "Les coordonnées de « {name} » ne sont pas des longitudes et des latitudes (WGS84). Rien n’a été modifié. Exportez le "
    "fichier de nouveau en EPSG:4326.",
)
_TURNED = Text(
    "Latitude and longitude are the wrong way round in “{name}”. Nothing was changed. Export the file again with the longitude "
    "first, as GeoJSON asks.",
    "La latitude et la longitude sont inversées dans « {name} ». Rien n’a été modifié. Exportez le fichier de nouveau avec la "
    "longitude en premier, comme le veut le GeoJSON.",
)
_NOTHING = Text(
    "“{name}” is GeoJSON without a single feature. Nothing was changed. Export it again, and check that the layer is not empty "
    "or filtered.",
    "« {name} » est un GeoJSON sans aucun élément. Rien n’a été modifié. Exportez-le de nouveau, en vérifiant que la couche "
    "n’est ni vide ni filtrée.",
)
_NO_LINE = Text("Not a line.", "Ce n’est pas une ligne.")
_NO_SHAPE = Text("Its shape cannot be read.", "Sa forme est illisible.")
