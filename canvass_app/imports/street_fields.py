"""What the tags of OpenStreetMap and the columns of street files say about a line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Literal

from canvass_app.domain.address import normalise_street
from canvass_app.domain.errors import InputError
from canvass_app.domain.streets import NumberRange, Parity, StreetClass

_HIGHWAYS = {
    "motorway": StreetClass.MOTORWAY, "motorway_link": StreetClass.MOTORWAY,
    "trunk": StreetClass.ARTERIAL, "trunk_link": StreetClass.ARTERIAL,
    "primary": StreetClass.ARTERIAL, "primary_link": StreetClass.ARTERIAL,
    "secondary": StreetClass.ARTERIAL, "secondary_link": StreetClass.ARTERIAL,
    **dict.fromkeys(
        ("tertiary", "tertiary_link", "unclassified", "residential", "living_street", "pedestrian", "service", "road"),
        StreetClass.STREET,
    ),
    **dict.fromkeys(("footway", "path", "steps", "cycleway", "track", "bridleway"), StreetClass.PATH),
}  # fmt: skip
# Parking aisles and private drives lead to no door of their own.
_LEFT_OUT_SERVICE = ("driveway", "parking_aisle", "drive-through")
_RAILWAYS = ("rail", "light_rail", "narrow_gauge")
_WATERWAYS = ("river", "canal")
_PARKS = ("park", "garden", "golf_course", "nature_reserve", "recreation_ground", "cemetery")
_ALLOWED = ("yes", "designated", "permissive")
_CLOSED = ("private", "no")


def _is_set(value: str) -> bool:
    return value not in ("", "no", "0", "false", "none")


def osm_class(tags: Mapping[str, str]) -> StreetClass | None:
    """What the tags of a way make of it; None for what nobody walks along and nobody stops at.

    Source: the OpenStreetMap wiki's pages of `highway`, `railway`, `waterway` and `access`.
    """
    highway = tags.get("highway", "")
    if highway in _HIGHWAYS:
        kind = StreetClass.MOTORWAY if tags.get("motorroad") == "yes" else _HIGHWAYS[highway]
        foot = tags.get("foot", "")
        closed = foot in _CLOSED or (tags.get("access") in _CLOSED and foot not in _ALLOWED)
        if kind is StreetClass.PATH and closed:
            return None
        if tags.get("service") in _LEFT_OUT_SERVICE or tags.get("area") == "yes":
            return None
        return kind
    if tags.get("railway") in _RAILWAYS:
        return StreetClass.RAIL
    if tags.get("waterway") in _WATERWAYS:
        return StreetClass.WATER
    return None


def osm_bridge(tags: Mapping[str, str]) -> bool:
    """Whether a way lies over or under what it crosses."""
    return any(_is_set(tags.get(name, "")) for name in ("bridge", "tunnel"))


def osm_area(tags: Mapping[str, str]) -> Literal["water", "park"] | None:
    """The base-map area that a closed way or a multipolygon is, or None."""
    if (
        tags.get("natural") == "water"
        or tags.get("waterway") == "riverbank"
        or tags.get("landuse") == "reservoir"
    ):
        return "water"
    if tags.get("leisure") in _PARKS or tags.get("landuse") in _PARKS:
        return "park"
    return None


def street_key(name: str, kind: str = "", direction: str = "") -> str:
    """The name as addresses fold it, so that doors find their street; "" for none."""
    try:
        return normalise_street(name, kind, direction).key if name.strip() else ""
    except InputError:
        return ""


# --- columns of street files --------------------------------------------------------------------

# Ontario Road Network (also as shapefiles cut its names to ten letters), Statistics Canada's Road Network File, the National
# Road Network, and plain names; compared without case and without what is no letter or figure.
_COLUMNS = {
    "id": ("ogfid", "nid", "rbuid", "ngduid", "id", "osmid", "segmentid"),
    "full": ("fullna", "fullname", "fullstreetname", "rstnamee", "lstnamee", "nomcomplet"),
    "name": ("streetname", "name", "nomrue", "rue"),
    "type": ("sttype", "streettype", "type"),
    "direction": ("streetdir", "streetdirection", "dir"),
    "class": ("roadcl", "roadclass", "roadclas", "class", "highway", "kind", "fclass"),
    "bridge": ("bridge", "tunnel", "structtype", "structure", "pont"),
    "left_first": ("lfirst", "leftfirst", "lfirsthousenum", "lhnumf", "aflval", "leftfrom", "lfrom", "lfadd", "fromleft"),
    "left_last": ("llast", "leftlast", "llasthousenum", "lhnuml", "atlval", "leftto", "lto", "ltadd", "toleft"),
    "left_parity": ("lstruc", "leftstruc", "lstructure", "lhnumstr", "leftparity"),
    "right_first": ("rfirst", "rightfirst", "rfirsthousenum", "rhnumf", "afrval", "rightfrom", "rfrom", "rfadd", "fromright"),
    "right_last": ("rlast", "rightlast", "rlasthousenum", "rhnuml", "atrval", "rightto", "rto", "rtadd", "toright"),
    "right_parity": ("rstruc", "rightstruc", "rstructure", "rhnumstr", "rightparity"),
}  # fmt: skip
_NOT_PLAIN = re.compile(r"[^a-z0-9]")
_NUMBER = re.compile(r"\s*(\d{1,6})")
_NO_STRUCTURE = ("", "no", "0", "false", "none", "aucun", "aucune", "unknown", "inconnu", "null", "<na>")
_CLASS_WORDS = (
    (("freeway", "motorway", "expressway", "ramp", "autoroute", "bretelle"), StreetClass.MOTORWAY),
    (
        ("arterial", "major", "primary", "secondary", "trunk", "artere", "artère", "highway"),
        StreetClass.ARTERIAL,
    ),
    (("rail", "chemin de fer"), StreetClass.RAIL),
    (("water", "river", "canal", "cours d"), StreetClass.WATER),
    (("path", "trail", "foot", "cycle", "steps", "track", "sentier", "piste"), StreetClass.PATH),
)
_PARITIES: dict[str, Parity] = {
    "odd": "odd", "impair": "odd", "1": "odd", "even": "even", "pair": "even", "2": "even",
    "mixed": "both", "both": "both", "mixte": "both", "continuous": "both", "irregular": "both", "3": "both",
}  # fmt: skip


def column_roles(properties: Mapping[str, Any]) -> dict[str, str]:
    """Which property plays which part, for features of one file; parts that none plays are left out."""
    plain = {_NOT_PLAIN.sub("", name.lower()): name for name in properties}
    roles: dict[str, str] = {}
    for role, names in _COLUMNS.items():
        found = next((plain[name] for name in names if name in plain), None)
        if found is not None:
            roles[role] = found
    if "full" in roles:
        roles["name"] = roles.pop("full")
        return {role: name for role, name in roles.items() if role not in ("type", "direction")}
    return roles


def words(value: Any) -> str:
    """A property as text; "" for what stands for nothing."""
    text = "" if value is None or isinstance(value, dict | list) else str(value).strip()
    return "" if text in ("<NA>", "null", "None") else text


def column_class(value: str) -> StreetClass:
    """The class that a street file's own word means; a street when it says nothing known."""
    folded = value.lower()
    for starts, kind in _CLASS_WORDS:
        if any(re.search(rf"\b{word}", folded) for word in starts):
            return kind
    return StreetClass.STREET


def column_bridge(value: str) -> bool:
    """Whether a structure column speaks of a bridge or a tunnel."""
    return value.lower() not in _NO_STRUCTURE


def number_range(first: str, last: str, parity: str) -> NumberRange | None:
    """One side's range; None when the file has none (zeros, blanks, "None"). Ends of other parities mean both."""
    ends = [_NUMBER.match(text) for text in (first, last)]
    if ends[0] is None or ends[1] is None:
        return None
    low, high = int(ends[0][1]), int(ends[1][1])
    if low == 0 or high == 0:
        return None
    said = _PARITIES.get(parity.lower())
    if said is None:
        said = ("even", "odd")[low % 2] if low % 2 == high % 2 else "both"
    return NumberRange(low, high, said)
