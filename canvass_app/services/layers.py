"""Street and area layers: GeoJSON in, one compact asset out, drawn under the doors."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Literal, cast

from canvass_app.domain.errors import FileProblem
from canvass_app.domain.geo import E6
from canvass_app.domain.text import Text
from canvass_app.ledger.kinds import LayerAdded

from .act import Act
from .assets import put_asset

Layer = Literal["streets", "areas"]
_AREA_KINDS = {"polling_division": "division"}


def add_layer(
    act: Act, riding_id: int, layer: Layer, collection: Mapping[str, Any], attribution: str = ""
) -> bytes:
    """Keep a GeoJSON collection as a riding's layer. Raises FileProblem when it is none.

    Streets: LineStrings with `kind` and `full_name` (or `name`). Areas: Polygons with `kind` and
    `name`. The asset holds integer micro-degrees, so that every laptop draws the same.
    """
    try:
        features = cast("list[dict[str, Any]]", collection["features"])
        content = {"lines": _lines(features)} if layer == "streets" else {"areas": _areas(features)}
    except (KeyError, TypeError, ValueError) as error:
        raise FileProblem(
            Text(
                "This map file is not GeoJSON with lines or areas. Nothing was changed.",
                "Ce fichier de carte n’est pas un GeoJSON de lignes ou de surfaces. Rien n’a été modifié.",
            ),
            detail=str(error),
        ) from error
    data = json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
    name = put_asset(act.db, riding_id, "layer", data)
    act.add(riding_id, name[:16], LayerAdded(layer=layer, asset=name, attribution=attribution))
    return name


def _says(feature: dict[str, Any]) -> dict[str, Any]:
    return feature.get("properties") or {}


def _point(pair: list[float]) -> list[int]:
    return [round(pair[0] * E6), round(pair[1] * E6)]


def _lines(features: list[dict[str, Any]]) -> list[dict[str, Any]]:
    lines: list[dict[str, Any]] = []
    for feature in features:
        shape, says = feature["geometry"], _says(feature)
        parts = shape["coordinates"] if shape["type"] == "MultiLineString" else [shape["coordinates"]]
        if shape["type"] not in ("LineString", "MultiLineString"):
            continue
        lines.extend(
            {
                "kind": says.get("kind") or "street",
                "name": says.get("full_name") or says.get("name") or "",
                "points": [_point(pair) for pair in part],
            }
            for part in parts
        )
    return lines


def _areas(features: list[dict[str, Any]]) -> list[dict[str, Any]]:
    areas: list[dict[str, Any]] = []
    for feature in features:
        shape, says = feature["geometry"], _says(feature)
        if shape["type"] not in ("Polygon", "MultiPolygon"):
            continue
        parts = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
        kind = str(says.get("kind") or "park")
        areas.extend(
            {
                "kind": _AREA_KINDS.get(kind, kind),
                "name": says.get("name") or "",
                "rings": [[_point(pair) for pair in ring] for ring in part],
            }
            for part in parts
        )
    return areas
