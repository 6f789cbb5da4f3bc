"""Street files: OpenStreetMap extracts and GeoJSON lines, read into one plain structure.

Nothing is written here. What is wrong with a file is said in both languages, and then none of it is taken.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from canvass_app.domain.errors import FileProblem
from canvass_app.domain.streets import BARRIERS, Segment, Shape
from canvass_app.domain.text import Text

from .problems import Problem

OSM_CREDIT = "© OpenStreetMap contributors (ODbL)"


class Box(NamedTuple):
    """A rectangle in micro-degrees; what lies wholly outside is not read."""

    west: int
    south: int
    east: int
    north: int

    def holds(self, lon_e6: int, lat_e6: int) -> bool:
        """Whether a point lies in it."""
        return self.west <= lon_e6 <= self.east and self.south <= lat_e6 <= self.north

    def meets(self, points: list[tuple[int, int]]) -> bool:
        """Whether the rectangle around these points touches it."""
        lons, lats = [p[0] for p in points], [p[1] for p in points]
        return (
            min(lons) <= self.east
            and max(lons) >= self.west
            and min(lats) <= self.north
            and max(lats) >= self.south
        )


class StreetFile(NamedTuple):
    """What a street file says of the ground in a box."""

    segments: list[Segment]
    shapes: list[Shape]
    credit: str
    """Whom the licence of the data wants thanked, "" when the file does not tell."""
    elsewhere: int
    """Lines of the file that lie outside the box."""
    problems: list[Problem]
    """Features left out, by their place in the file (1-based)."""


def read_streets(
    path: Path,
    box: Box | None = None,
    *,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> StreetFile:
    """Read a street file (.osm, .osm.pbf, .osm.gz, .osm.bz2, .geojson, .json), clipped to whole lines that meet `box`.
    `progress(done, total)` counts bytes; what is read twice counts twice.

    Raises FileProblem: unreadable, empty, of another kind, coordinates that are no WGS84, of another place. Raises Cancelled.
    """
    name = path.name.lower()
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            begins = file.read(4)
    except OSError as error:
        raise FileProblem(_UNREADABLE.fill(name=path.name), detail=str(error)) from error
    if size == 0:
        raise FileProblem(_EMPTY.fill(name=path.name))
    if begins == b"PK\x03\x04":
        raise FileProblem(_PACKED.fill(name=path.name))
    if name.endswith((".pbf", ".osm", ".osm.gz", ".osm.bz2")):
        from .street_osm import read_osm

        found = read_osm(path, box, progress, cancelled)
    elif name.endswith((".geojson", ".json")):
        from .street_geojson import read_lines

        found = read_lines(path, box, progress, cancelled)
    else:
        raise FileProblem(_OTHER_KIND.fill(name=path.name))
    if not any(one.kind not in BARRIERS for one in found.segments):
        raise FileProblem((_ELSEWHERE if found.elsewhere else _NO_LINES).fill(name=path.name))
    return found


def damaged(path: Path, detail: str) -> FileProblem:
    """The error for a file that breaks off or is not what its name says."""
    return FileProblem(_DAMAGED.fill(name=path.name), detail=detail)


_UNREADABLE = Text(
    "The street file “{name}” cannot be read. Nothing was changed. Check that it is there and that you may open it.",
    "Le fichier de rues « {name} » est illisible. Rien n’a été modifié. Vérifiez qu’il existe et que vous pouvez l’ouvrir.",
)
_EMPTY = Text(
    "The street file “{name}” is empty. Nothing was changed. Download it again.",
    "Le fichier de rues « {name} » est vide. Rien n’a été modifié. Téléchargez-le de nouveau.",
)
_OTHER_KIND = Text(
    "“{name}” is no street file that Canvass reads. Nothing was changed. Use an OpenStreetMap extract (.osm.pbf, .osm) or "
    "GeoJSON lines (.geojson).",
    "« {name} » n’est pas un fichier de rues que Canvass sait lire. Rien n’a été modifié. Prenez un extrait d’OpenStreetMap "
    "(.osm.pbf, .osm) ou des lignes GeoJSON (.geojson).",
)
_PACKED = Text(
    "“{name}” is a packed file (zip). Nothing was changed. Unpack it, then choose the street file in it (.osm.pbf, .osm or "
    ".geojson).",
    "« {name} » est un fichier compressé (zip). Rien n’a été modifié. Décompressez-le, puis choisissez le fichier de rues "
    "qu’il contient (.osm.pbf, .osm ou .geojson).",
)
_DAMAGED = Text(
    "The street file “{name}” is damaged, breaks off, or is not what its name says. Nothing was changed. Download it again.",
    "Le fichier de rues « {name} » est endommagé, incomplet, ou n’est pas ce que dit son nom. Rien n’a été modifié. "
    "Téléchargez-le de nouveau.",
)
_NO_LINES = Text(
    "There are no streets in “{name}” (points or areas only). Nothing was changed. Choose a file of street lines.",
    "Il n’y a aucune rue dans « {name} » (seulement des points ou des surfaces). Rien n’a été modifié. Choisissez un fichier "
    "de lignes de rues.",
)
_ELSEWHERE = Text(
    "The streets in “{name}” are of another place: none is near the doors of this riding. Nothing was changed. Choose the "
    "file of your area, or another riding.",
    "Les rues de « {name} » sont d’un autre endroit : aucune n’est près des portes de cette circonscription. Rien n’a été "
    "modifié. Choisissez le fichier de votre région, ou une autre circonscription.",
)
