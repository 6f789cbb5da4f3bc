"""The riding's street network: taken from a file, kept as its street layer, and how its doors fit on it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from canvass_app.domain.address import address_label
from canvass_app.domain.errors import Cancelled, FileProblem
from canvass_app.domain.streets import NumberRange, Segment, Shape, StreetClass
from canvass_app.domain.text import Text
from canvass_app.imports.problems import Problem
from canvass_app.imports.reference import outline
from canvass_app.imports.streets import OSM_CREDIT, Box, read_streets
from canvass_app.ledger.kinds import LayerAdded
from canvass_app.storage.changes import ChangeSet
from canvass_app.sync.assets import MAX_ASSET_BYTES
from canvass_app.turf.network import NO_STREET, Int, Lines, Network, build_network
from canvass_app.turf.snapping import Fit, Spots, place_by_number, snap

from .assets import put_asset
from .book import Book
from .map_data import riding_outlines
from .ridings import get_riding
from .steps import Progress, Stop, steps
from .street_layer import load_segments, packed

MARGIN_E6 = 20_000
"""Streets are read this far beyond the outermost doors: 1.4 to 2.2 km in Canada."""
BADLY_SHOWN = 100
DOORS_AT_ONCE = 8_192
__all__ = [
    "DoorFit", "Doors", "StreetsPlan", "StreetsReport", "badly", "fit_doors", "import_streets", "lines_of", "load_segments",
    "put_back_streets", "read_doors", "read_street_plan", "take_streets",
]  # fmt: skip
_PARITY = {"odd": 1, "even": 2, "both": 3}


class Doors(NamedTuple):
    """The doors of a riding as columns; `street` is their street's key."""

    ids: list[bytes]
    labels: list[str]
    street: list[str]
    number: Int
    lon_e6: Int
    lat_e6: Int


class DoorFit(NamedTuple):
    """How a riding's doors stand on its network. `doors` and `spots` run parallel."""

    network: Network
    doors: Doors
    spots: Spots
    placed: Int
    """int32[n, 2] of (lon_e6, lat_e6): for doors without coordinates the place of their number, zeros where none is known."""

    def count(self, fit: Fit) -> int:
        """How many doors fit that way."""
        return int((self.spots.fit == fit).sum())

    def cut_off(self) -> int:
        """Doors on parts that no walk joins to the largest part."""
        edge = self.network.edge_at(self.spots.segment, self.spots.offset)
        on = edge[edge >= 0]
        return int((self.network.part[self.network.tail[on]] > 0).sum())


class StreetsReport(NamedTuple):
    """What an import of streets did."""

    riding_id: int
    added: int
    changed: int
    unchanged: int
    elsewhere: int
    segments: dict[StreetClass, int]
    shapes: int
    attribution: str
    fit: DoorFit
    problems: list[Problem]
    changes: ChangeSet
    before: tuple[bytes, str] | None = None
    """Asset and thanks of the streets that these replaced, for `put_back_streets`."""

    def as_dict(self, language: str) -> dict[str, Any]:
        """The shape that reports of commands share, with the doors' fit."""
        fit = self.fit
        return {
            "added": self.added, "changed": self.changed, "unchanged": self.unchanged,
            "left_out": [{"line": p.line, "reason": p.reason.say(language)} for p in self.problems],
            "riding": self.riding_id, "segments": sum(self.segments.values()), "elsewhere": self.elsewhere,
            "by_class": {kind.name.lower(): count for kind, count in self.segments.items()},
            "shapes": self.shapes, "parts": fit.network.parts, "attribution": self.attribution,
            "doors": {
                "all": len(fit.doors.ids), "well": fit.count(Fit.NAMED), "nearest": fit.count(Fit.NEAREST),
                "far": fit.count(Fit.FAR), "interpolated": fit.count(Fit.NUMBERED), "no_place": fit.count(Fit.NONE),
                "cut_off": fit.cut_off(),
            },
            "badly": badly(fit),
        }  # fmt: skip


def badly(fit: DoorFit) -> list[dict[str, Any]]:
    """The doors that fit badly, the worst first, at most 100: address, metres to the street, how they were put there."""
    found: list[dict[str, Any]] = []
    where = np.flatnonzero(np.isin(fit.spots.fit, (Fit.NONE, Fit.NEAREST, Fit.FAR)))
    away = fit.spots.distance[where]
    for place in where[np.lexsort((where, -away))][:BADLY_SHOWN]:
        at = int(place)
        metres = float(fit.spots.distance[at])
        found.append(
            {
                "door": fit.doors.ids[at].hex(), "address": fit.doors.labels[at],
                "metres": round(metres) if np.isfinite(metres) else None,
                "fit": Fit(int(fit.spots.fit[at])).name.lower(),
            }
        )  # fmt: skip
    return found


class StreetsPlan(NamedTuple):
    """A street file read and the doors put on it; nothing is written yet."""

    riding_id: int
    riding: Text
    source: str
    segments: list[Segment]
    shapes: list[Shape]
    credit: str
    """Whom the data's licence wants thanked, "" where the file does not tell."""
    elsewhere: int
    fit: DoorFit
    problems: list[Problem]
    data: bytes
    replaces: bool
    """Whether the riding has streets already."""
    thanked: str
    """Whom the map thanks now, without those whom a file's own licence names: the same supplier's next file is likely."""

    @property
    def by_class(self) -> dict[StreetClass, int]:
        """How many segments there are of each class."""
        return {kind: n for kind in StreetClass if (n := sum(one.kind is kind for one in self.segments))}


def import_streets(
    book: Book, riding_id: int, path: Path, *, author: str, attribution: str = "",
    progress: Progress | None = None, cancelled: Stop | None = None,
) -> StreetsReport:  # fmt: skip
    """Take the streets around a riding's doors from a file; they replace its street layer.

    Raises NotFound for a riding that is not here, FileProblem for a file that cannot be used, Cancelled: nothing is changed then.
    """
    plan = read_street_plan(book, riding_id, path, progress=progress, cancelled=cancelled)
    return take_streets(book, plan, author=author, attribution=attribution)


def read_street_plan(
    book: Book, riding_id: int, path: Path, *, progress: Progress | None = None, cancelled: Stop | None = None
) -> StreetsPlan:
    """Read a street file and see how the riding's doors fit on it. Writes nothing. Raises as `import_streets` does."""
    riding = get_riding(book, riding_id)
    doors = read_doors(book, riding_id)
    box = _box(book, riding_id, doors)
    # Without a box a province would be read whole; lines with numbers can still tell that they are this riding's.
    if box is None and not path.name.lower().endswith((".geojson", ".json")):
        raise FileProblem(_NOWHERE.fill(name=path.name))
    found = read_streets(path, box, progress=steps(progress, _READING), cancelled=cancelled)
    data = packed(found.segments, found.shapes)
    if len(data) > MAX_ASSET_BYTES:
        raise FileProblem(_TOO_MUCH)
    fit = fit_doors(found.segments, doors, progress=steps(progress, _PLACING), cancelled=cancelled)
    if box is None and not fit.count(Fit.NUMBERED):
        raise FileProblem(_NOWHERE.fill(name=path.name))
    if cancelled is not None and cancelled():
        raise Cancelled
    before = _layer(book, riding_id)
    return StreetsPlan(
        riding_id, riding.name, path.name, found.segments, found.shapes, found.credit, found.elsewhere, fit,
        found.problems, data, before is not None, _thanked(before),
    )  # fmt: skip


def take_streets(book: Book, plan: StreetsPlan, *, author: str, attribution: str = "") -> StreetsReport:
    """Make the streets of a plan the riding's, in one transaction."""
    riding_id = plan.riding_id
    # Thanks go to whom the data's licence names, whoever else is thanked.
    attribution = " · ".join(dict.fromkeys(part for part in (plan.credit, attribution.strip()) if part))
    before = _layer(book, riding_id)
    with book.act(author) as act:
        name = put_asset(act.db, riding_id, "layer", plan.data)
        same = before == (name, attribution)
        if not same:
            act.add(riding_id, name[:16], LayerAdded(layer="streets", asset=name, attribution=attribution))
            act.changes.layers = True
    count = len(plan.segments)
    return StreetsReport(
        riding_id,
        0 if before else count,
        count if before and not same else 0,
        count if same else 0,
        plan.elsewhere,
        plan.by_class,
        len(plan.shapes),
        attribution,
        plan.fit,
        plan.problems,
        act.changes,
        None if same else before,
    )


def put_back_streets(book: Book, riding_id: int, before: tuple[bytes, str], *, author: str) -> ChangeSet:
    """Undo: the streets that `StreetsReport.before` names are the riding's again."""
    asset, attribution = before
    with book.act(author) as act:
        act.add(riding_id, asset[:16], LayerAdded(layer="streets", asset=asset, attribution=attribution))
        act.changes.layers = True
    return act.changes


def _thanked(before: tuple[bytes, str] | None) -> str:
    parts = before[1].split(" · ") if before is not None else []
    return " · ".join(part for part in parts if part != OSM_CREDIT)


def _layer(book: Book, riding_id: int) -> tuple[bytes, str] | None:
    rows = book.read().query(
        "SELECT asset, attribution FROM layer WHERE riding_id = ? AND layer = 'streets'", (riding_id,)
    )
    return (bytes(rows[0][0]), str(rows[0][1])) if rows else None


def _box(book: Book, riding_id: int, doors: Doors) -> Box | None:
    """Around the doors; around the riding's outline where no door has a place yet; None where there is no outline either."""
    located = (doors.lon_e6 != 0) | (doors.lat_e6 != 0)
    if located.any():
        points = np.column_stack((doors.lon_e6, doors.lat_e6))[located]
    else:
        rings = riding_outlines(book).get(riding_id) or outline(riding_id)
        if not rings:
            return None
        points = np.concatenate(rings)
    (west, south), (east, north) = points.min(axis=0).tolist(), points.max(axis=0).tolist()
    return Box(west - MARGIN_E6, south - MARGIN_E6, east + MARGIN_E6, north + MARGIN_E6)


def read_doors(book: Book, riding_id: int) -> Doors:
    """The riding's doors, by id."""
    rows = book.read().query(
        "SELECT door_id, number, suffix, street, street_type, street_direction, street_label, unit, lon_e6, lat_e6"
        " FROM door WHERE riding_id = ? ORDER BY door_id",
        (riding_id,),
    )
    return Doors(
        [bytes(row[0]) for row in rows],
        [address_label(int(row[1]), row[2], row[6], row[7]) for row in rows],
        [f"{row[3]}|{row[4]}|{row[5]}" for row in rows],
        np.array([row[1] for row in rows], np.int32),
        np.array([row[8] for row in rows], np.int32),
        np.array([row[9] for row in rows], np.int32),
    )


def fit_doors(
    segments: list[Segment], doors: Doors, *, progress: Callable[[int, int], None] | None = None,
    cancelled: Stop | None = None,
) -> DoorFit:  # fmt: skip
    """Put doors on the network of these segments, those without coordinates by their civic number. `progress(done, total)`
    counts doors. Raises Cancelled."""
    numbers: dict[str, int] = {}
    lines = lines_of(segments, numbers)
    network = build_network(lines)
    street = streets_of(doors.street, numbers)
    spots = _snapped(network, doors, street, progress, cancelled)
    placed = np.zeros((len(doors.ids), 2), np.int32)
    lost = np.flatnonzero((doors.lon_e6 == 0) & (doors.lat_e6 == 0))
    if len(lost):
        numbered, places = place_by_number(network, doors.number[lost], street[lost])
        placed[lost] = places
        for column, values in zip(spots, numbered, strict=True):
            column[lost] = values
    return DoorFit(network, doors, spots, placed)


def _snapped(
    network: Network,
    doors: Doors,
    street: Int,
    progress: Callable[[int, int], None] | None,
    cancelled: Stop | None,
) -> Spots:
    """All doors on the network, so many at a time that one can see how far it is and stop it."""
    total = len(doors.ids)
    parts: list[Spots] = []
    for start in range(0, max(1, total), DOORS_AT_ONCE):
        if cancelled is not None and cancelled():
            raise Cancelled
        if progress is not None:
            progress(start, total)
        some = slice(start, start + DOORS_AT_ONCE)
        parts.append(snap(network, doors.lon_e6[some], doors.lat_e6[some], street[some]))
    if progress is not None:
        progress(total, total)
    if len(parts) == 1:
        return parts[0]
    return Spots(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def streets_of(keys: list[str], numbers: dict[str, int]) -> Int:
    """The number of each door's street. A direction that one side leaves out is no other street if only one fits."""
    short: dict[str, set[int]] = {}
    for key, number in numbers.items():
        short.setdefault(key.rpartition("|")[0], set()).add(number)
    known: dict[str, int] = {}
    for key in set(keys):
        name, _, direction = key.rpartition("|")
        alike = short.get(name, set())
        if key in numbers:
            known[key] = numbers[key]
        elif not direction or f"{name}|" in numbers:
            known[key] = next(iter(alike)) if len(alike) == 1 else NO_STREET
        else:
            known[key] = NO_STREET
    return np.array([known[key] for key in keys], np.int32)


def lines_of(segments: list[Segment], numbers: dict[str, int]) -> Lines:
    """Segments as numbers; `numbers` learns which number each street's key got."""
    offsets = np.zeros(len(segments) + 1, np.int32)
    offsets[1:] = np.cumsum([len(one.points) for one in segments])
    return Lines(
        np.array([point for one in segments for point in one.points], np.int32).reshape(-1, 2),
        offsets,
        np.array(
            [numbers.setdefault(one.key, len(numbers)) if one.key else NO_STREET for one in segments],
            np.int32,
        ),
        np.array([int(one.kind) for one in segments], np.uint8),
        np.array([one.bridge for one in segments], bool),
        np.array([[_numbers(one.left), _numbers(one.right)] for one in segments], np.int32).reshape(-1, 2, 3),
    )


def _numbers(side: NumberRange | None) -> tuple[int, int, int]:
    return (side.first, side.last, _PARITY[side.parity]) if side else (0, 0, 0)


_READING = Text("Reading the streets", "Lecture des rues")
_PLACING = Text("Putting doors on their streets", "Mise en place des portes dans leurs rues")
_NOWHERE = Text(
    "Nothing says which streets in “{name}” are this riding’s: no door has coordinates, none finds its number there, and the "
    "riding’s outline is not known. Nothing was changed. Import addresses with coordinates, then the streets again.",
    "Rien n’indique quelles rues de « {name} » sont de cette circonscription : aucune porte n’a de coordonnées, aucune n’y "
    "trouve son numéro, et le contour de la circonscription est inconnu. Rien n’a été modifié. Importez des adresses avec "
    "leurs coordonnées, puis les rues de nouveau.",
)
_TOO_MUCH = Text(
    "The streets around this riding’s doors are too many to send to laptops. Nothing was changed. Check that no door has "
    "coordinates far away.",
    "Les rues autour des portes de cette circonscription sont trop nombreuses pour être envoyées aux ordinateurs. Rien n’a "
    "été modifié. Vérifiez qu’aucune porte n’a de coordonnées très éloignées.",
)
