"""Latitude and longitude columns as integer micro-degrees, judged for the file as a whole."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from canvass_app.domain.geo import CANADA_LAT, CANADA_LON, E6
from canvass_app.domain.text import Text

from .problems import Problem

Int32 = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float64]
_MOSTLY = 0.9
"""A file is taken as swapped when no row is right and this share is right the other way round."""

SWAPPED_FILE = Text(
    "Latitude and longitude are swapped in this file (all rows); they were put right for every row.",
    "La latitude et la longitude sont inversées dans ce fichier (toutes les lignes); elles ont été rétablies partout.",
)
SWAPPED_ROW = Text(
    "Latitude and longitude look swapped in this row; it was taken without coordinates. Correct the row to have it on the map.",
    "La latitude et la longitude semblent inversées à cette ligne; elle a été reprise sans coordonnées. "
    "Corrigez-la pour la voir sur la carte.",
)
OUTSIDE = Text(
    "The coordinates are outside Canada; the row was taken without them.",
    "Les coordonnées sont hors du Canada; la ligne a été reprise sans elles.",
)
UNREADABLE = Text(
    "The coordinates are incomplete or not numbers; the row was taken without them.",
    "Les coordonnées sont incomplètes ou ne sont pas des nombres; la ligne a été reprise sans elles.",
)


def _degrees(text: str) -> float:
    text = text.strip().strip("°").replace("−", "-")
    if "," in text and "." not in text:
        text = text.replace(",", ".")
    try:
        return float(text)
    except ValueError:
        return float("nan")


def read_degrees(cells: Sequence[str]) -> Floats:
    """Decimal degrees, with a point or a comma; NaN where blank or not a number."""
    try:
        values = np.fromiter(map(float, cells), dtype=np.float64, count=len(cells))
    except ValueError:
        values = np.fromiter(map(_degrees, cells), dtype=np.float64, count=len(cells))
    values[~np.isfinite(values)] = np.nan
    return values


def _inside(lon: Floats, lat: Floats) -> npt.NDArray[np.bool_]:
    return (
        (lon * E6 >= CANADA_LON[0])
        & (lon * E6 <= CANADA_LON[1])
        & (lat * E6 >= CANADA_LAT[0])
        & (lat * E6 <= CANADA_LAT[1])
    )


def judge(
    lon: Floats,
    lat: Floats,
    lines: Sequence[int],
    header_line: int,
    columns: str,
    blank: npt.NDArray[np.bool_],
) -> tuple[Int32, Int32, list[Problem]]:
    """Micro-degrees (0, 0 where unknown) and remarks, from degrees with NaN where there is none.

    `blank` marks rows whose two cells are empty: they need no remark. A file in which no row is
    right but nearly all are right when swapped is corrected as a whole, with one remark.
    """
    with np.errstate(invalid="ignore"):
        given = ~(np.isnan(lon) | np.isnan(lat)) & ~((lon == 0) & (lat == 0))
        right, turned = given & _inside(lon, lat), given & _inside(lat, lon)
    problems: list[Problem] = []
    known = int(given.sum())
    if known and not right.any() and int(turned.sum()) >= _MOSTLY * known:
        lon, lat, right, turned = lat, lon, turned, right
        problems.append(Problem(header_line, "changed", SWAPPED_FILE, columns, "", "swapped_file"))
    out_lon, out_lat = np.zeros(len(lon), np.int32), np.zeros(len(lat), np.int32)
    out_lon[right] = np.rint(lon[right] * E6).astype(np.int32)
    out_lat[right] = np.rint(lat[right] * E6).astype(np.int32)
    zero = (lon == 0) & (lat == 0)
    for mask, reason, code in (
        (turned & ~right, SWAPPED_ROW, "swapped_row"),
        (given & ~right & ~turned, OUTSIDE, "outside_canada"),
        (~given & ~blank & ~zero, UNREADABLE, "coordinates"),
    ):
        rows: list[int] = np.flatnonzero(mask).tolist()
        problems += [
            Problem(
                lines[row],
                "changed",
                reason,
                columns,
                f"{_shown(float(lat[row]))}, {_shown(float(lon[row]))}",
                code,
            )
            for row in rows
        ]
    return out_lon, out_lat, problems


def _shown(value: float) -> str:
    return "?" if np.isnan(value) else f"{value:g}"
