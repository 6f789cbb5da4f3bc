"""The riding's street network: taken from a file, kept as its street layer, and how its doors fit on it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from canvass_app.domain.address import address_label
from canvass_app.domain.errors import FileProblem, NotFound
from canvass_app.domain.streets import BARRIERS, NumberRange, Points, Segment, Shape, StreetClass
from canvass_app.domain.text import Text
from canvass_app.imports.problems import Problem
from canvass_app.imports.reference import outline
from canvass_app.imports.streets import Box, read_streets
from canvass_app.ledger.kinds import LayerAdded
from canvass_app.storage.changes import ChangeSet
from canvass_app.sync.assets import MAX_ASSET_BYTES
from canvass_app.turf.network import NO_STREET, Int, Lines, Network, build_network
from canvass_app.turf.snapping import Fit, Spots, place_by_number, snap

from .assets import get_asset, put_asset
from .book import Book
from .map_data import riding_outlines
from .ridings import get_riding

MARGIN_E6 = 20_000
"""Streets are read this far beyond the outermost doors: 1.4 to 2.2 km in Canada."""
BADLY_SHOWN = 100
_PARITY = {"odd": 1, "even": 2, "both": 3}
_KINDS = {
    StreetClass.STREET: "street", StreetClass.PATH: "path", StreetClass.ARTERIAL: "major",
    StreetClass.MOTORWAY: "major", StreetClass.RAIL: "rail", StreetClass.WATER: "water",
}  # fmt: skip


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


def import_streets(
    book: Book, riding_id: int, path: Path, *, author: str, attribution: str = ""
) -> StreetsReport:
    """Take the streets around a riding's doors from a file; they replace its street layer.

    Raises NotFound for a riding that is not here, FileProblem for a file that cannot be used: nothing is changed then.
    """
    get_riding(book, riding_id)
    doors = read_doors(book, riding_id)
    box = _box(book, riding_id, doors)
    # Without a box a province would be read whole; lines with numbers can still tell that they are this riding's.
    if box is None and not path.name.lower().endswith((".geojson", ".json")):
        raise FileProblem(_NOWHERE.fill(name=path.name))
    found = read_streets(path, box)
    segments = found.segments
    # Thanks go to whom the data's licence names, whoever else is thanked.
    attribution = " · ".join(dict.fromkeys(part for part in (found.credit, attribution.strip()) if part))
    data = _packed(segments, found.shapes)
    if len(data) > MAX_ASSET_BYTES:
        raise FileProblem(_TOO_MUCH)
    fit = fit_doors(segments, doors)
    if box is None and not fit.count(Fit.NUMBERED):
        raise FileProblem(_NOWHERE.fill(name=path.name))
    before = book.read().query(
        "SELECT asset, attribution FROM layer WHERE riding_id = ? AND layer = 'streets'", (riding_id,)
    )
    with book.act(author) as act:
        name = put_asset(act.db, riding_id, "layer", data)
        same = bool(before) and (bytes(before[0][0]), before[0][1]) == (name, attribution)
        if not same:
            act.add(riding_id, name[:16], LayerAdded(layer="streets", asset=name, attribution=attribution))
            act.changes.layers = True
    count = len(segments)
    return StreetsReport(
        riding_id,
        0 if before else count,
        count if before and not same else 0,
        count if same else 0,
        found.elsewhere,
        {kind: n for kind in StreetClass if (n := sum(one.kind is kind for one in segments))},
        len(found.shapes),
        attribution,
        fit,
        found.problems,
        act.changes,
    )


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


def fit_doors(segments: list[Segment], doors: Doors) -> DoorFit:
    """Put doors on the network of these segments, those without coordinates by their civic number."""
    numbers: dict[str, int] = {}
    lines = lines_of(segments, numbers)
    network = build_network(lines)
    street = streets_of(doors.street, numbers)
    spots = snap(network, doors.lon_e6, doors.lat_e6, street)
    placed = np.zeros((len(doors.ids), 2), np.int32)
    lost = np.flatnonzero((doors.lon_e6 == 0) & (doors.lat_e6 == 0))
    if len(lost):
        numbered, places = place_by_number(network, doors.number[lost], street[lost])
        placed[lost] = places
        for column, values in zip(spots, numbered, strict=True):
            column[lost] = values
    return DoorFit(network, doors, spots, placed)


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


# --- the asset ----------------------------------------------------------------------------------


def _packed(segments: list[Segment], shapes: list[Shape]) -> bytes:
    """The layer's bytes: what the map has always drawn ("kind", "name", "points"), and beside it what the network needs."""
    lines = [
        {
            "kind": _KINDS[one.kind], "name": one.name if one.kind not in BARRIERS else "", "points": one.points,
            "id": one.id, "class": int(one.kind),
            **({"key": one.key} if one.key else {}), **({"bridge": 1} if one.bridge else {}),
            **({"left": one.left} if one.left else {}), **({"right": one.right} if one.right else {}),
        }
        for one in segments
    ]  # fmt: skip
    areas = [{"kind": one.kind, "name": one.name, "rings": one.rings} for one in shapes]
    content = {"lines": lines, "areas": areas}
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def load_segments(book: Book, riding_id: int) -> list[Segment]:
    """The riding's network as it was imported. Raises NotFound where there is none (yet)."""
    rows = book.read().query(
        "SELECT asset FROM layer WHERE riding_id = ? AND layer = 'streets'", (riding_id,)
    )
    if not rows:
        raise NotFound(_NO_STREETS)
    content = json.loads(get_asset(book.read(), riding_id, bytes(rows[0][0])))
    return [_segment(at, line) for at, line in enumerate(content["lines"], 1)]


def _segment(at: int, line: dict[str, Any]) -> Segment:
    from canvass_app.imports.street_fields import column_class, street_key

    points: Points = tuple((int(lon), int(lat)) for lon, lat in line["points"])
    # A layer from before the network has names and kinds only.
    kind = StreetClass(line["class"]) if "class" in line else column_class(line["kind"])
    key = line.get("key", "") if "class" in line else street_key(line["name"])
    bridge = bool(line.get("bridge")) or line["kind"] == "bridge"
    left, right = (NumberRange(*line[side]) if side in line else None for side in ("left", "right"))
    return Segment(line.get("id", str(at)), points, line["name"], key, kind, bridge, left, right)


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
_NO_STREETS = Text(
    "This riding has no streets yet. Import a street file: “canvass-app streets import FILE”.",
    "Cette circonscription n’a pas encore de rues. Importez un fichier de rues : « canvass-app streets import FICHIER ».",
)
