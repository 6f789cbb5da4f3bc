"""The street layer as it is kept: one asset, which the map draws and which the network is built from."""

from __future__ import annotations

import json
from typing import Any

from canvass_app.domain.errors import NotFound
from canvass_app.domain.streets import NumberRange, Points, Segment, Shape, StreetClass
from canvass_app.domain.text import Text

from .assets import get_asset
from .book import Book

# A railway has a name in many files, and nobody says it of a street beside it.
_NAMELESS = (StreetClass.RAIL,)
_KINDS = {
    StreetClass.STREET: "street", StreetClass.PATH: "path", StreetClass.ARTERIAL: "major",
    StreetClass.MOTORWAY: "major", StreetClass.RAIL: "rail", StreetClass.WATER: "water",
}  # fmt: skip


def packed(segments: list[Segment], shapes: list[Shape]) -> bytes:
    """The layer's bytes: what the map has always drawn ("kind", "name", "points"), and beside it what the network needs."""
    lines = [
        {
            "kind": _KINDS[one.kind], "name": one.name if one.kind not in _NAMELESS else "", "points": one.points,
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


_NO_STREETS = Text(
    "This riding has no streets yet. Import a street file: “canvass-app streets import FILE”.",
    "Cette circonscription n’a pas encore de rues. Importez un fichier de rues : « canvass-app streets import FICHIER ».",
)
