"""From micro-degrees to metres to pixels, and which points lie in a polygon."""

from __future__ import annotations

from math import atan, cos, exp, log, pi, radians, tan
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

Float64 = NDArray[np.float64]

EARTH_RADIUS = 6_371_008.8  # metres, mean radius (IUGG)


class Projection(NamedTuple):
    """Mercator scaled to true metres at the centre: shapes stay true (conformal), north is up, and over a riding of
    100 km lengths are right within 1 %. Metres are float64, x to the east and y to the north of the centre."""

    lon: float
    lat: float

    @classmethod
    def around(cls, lon_e6: ArrayLike, lat_e6: ArrayLike) -> Projection:
        """A projection centred on the middle of these points (on 0, 0 when there are none)."""
        lon, lat = np.asarray(lon_e6), np.asarray(lat_e6)
        if lon.size == 0:
            return cls(0.0, 0.0)
        return cls((float(lon.min()) + float(lon.max())) / 2e6, (float(lat.min()) + float(lat.max())) / 2e6)

    @property
    def _metres(self) -> float:
        return EARTH_RADIUS * cos(radians(self.lat))

    def to_metres(self, lon_e6: ArrayLike, lat_e6: ArrayLike) -> tuple[Float64, Float64]:
        """Micro-degrees to metres from the centre."""
        lon = np.radians(np.asarray(lon_e6, np.float64) / 1e6)
        lat = np.radians(np.asarray(lat_e6, np.float64) / 1e6)
        x = self._metres * (lon - radians(self.lon))
        y = self._metres * (np.log(np.tan(pi / 4 + lat / 2)) - log(tan(pi / 4 + radians(self.lat) / 2)))
        return x, y

    def to_degrees_e6(self, x: float, y: float) -> tuple[int, int]:
        """Metres from the centre to (lon_e6, lat_e6)."""
        lon = self.lon + x / self._metres * 180 / pi
        start = log(tan(pi / 4 + radians(self.lat) / 2))
        lat = (2 * atan(exp(y / self._metres + start)) - pi / 2) * 180 / pi
        return round(lon * 1e6), round(lat * 1e6)

    def true_scale(self, y: float) -> float:
        """Ground metres per projected metre at `y`: 1 at the centre, a little off away from it."""
        lat = 2 * atan(exp(y / self._metres + log(tan(pi / 4 + radians(self.lat) / 2)))) - pi / 2
        return cos(lat) / cos(radians(self.lat))


class View(NamedTuple):
    """What of the plane a picture shows: its centre in metres, `scale` in pixels per metre, its size in pixels."""

    x: float = 0.0
    y: float = 0.0
    scale: float = 1.0
    width: float = 1.0
    height: float = 1.0

    def to_pixels(self, x: Float64, y: Float64) -> tuple[Float64, Float64]:
        """Metres to pixels from the top left corner."""
        return (x - self.x) * self.scale + self.width / 2, self.height / 2 - (y - self.y) * self.scale

    def pixel(self, x: float, y: float) -> tuple[float, float]:
        """One point in metres to pixels."""
        return (x - self.x) * self.scale + self.width / 2, self.height / 2 - (y - self.y) * self.scale

    def metres(self, px: float, py: float) -> tuple[float, float]:
        """One pixel to metres."""
        return self.x + (px - self.width / 2) / self.scale, self.y - (py - self.height / 2) / self.scale

    def moved(self, dx: float, dy: float) -> View:
        """The view after dragging what it shows by (dx, dy) pixels."""
        return self._replace(x=self.x - dx / self.scale, y=self.y + dy / self.scale)

    def zoomed(self, factor: float, px: float, py: float, low: float, high: float) -> View:
        """Zoomed by `factor`, keeping the ground under pixel (px, py) where it is; the scale stays in low..high."""
        x, y = self.metres(px, py)
        scale = min(high, max(low, self.scale * factor))
        return self._replace(
            scale=scale, x=x - (px - self.width / 2) / scale, y=y + (py - self.height / 2) / scale
        )  # fmt: skip

    def showing(self, box: tuple[float, float, float, float], margin: float, low: float, high: float) -> View:
        """Centred on a box of metres (x0, y0, x1, y1) with `margin` pixels around it."""
        x0, y0, x1, y1 = box
        room_x, room_y = max(1.0, self.width - 2 * margin), max(1.0, self.height - 2 * margin)
        wide, tall = max(x1 - x0, 1e-9), max(y1 - y0, 1e-9)
        scale = min(high, max(low, min(room_x / wide, room_y / tall)))
        return self._replace(x=(x0 + x1) / 2, y=(y0 + y1) / 2, scale=scale)


def thinned(polygon: Float64, most: int) -> Float64:
    """A polygon float[k, 2] with at most `most` corners, as near to the drawn one as that allows."""
    from shapely.geometry import LineString

    line, slack = LineString(polygon), 0.1
    corners = polygon
    while len(corners) > most:
        corners = np.asarray(line.simplify(slack, preserve_topology=False).coords, np.float64)
        slack *= 1.5
    return corners


def points_in_polygon(x: Float64, y: Float64, polygon: Float64) -> NDArray[np.bool_]:
    """Which points lie inside a polygon float[k, 2] (closed by itself), by the even-odd rule.

    A line that crosses itself, as hand-drawn ones do, leaves the twice enclosed part out. Points are sorted by y
    once, so each edge looks only at the points level with it: O((n + hits) log n) instead of O(n k).
    """
    inside = np.zeros(len(x), bool)
    if len(polygon) < 3 or not len(x):
        return inside
    low, high = polygon.min(axis=0), polygon.max(axis=0)
    near = np.flatnonzero((x >= low[0]) & (x <= high[0]) & (y >= low[1]) & (y <= high[1]))
    near = near[np.argsort(y[near], kind="stable")]
    px, py = x[near], y[near]
    odd = np.zeros(len(near), bool)
    ends = np.roll(polygon, -1, axis=0)
    first = np.searchsorted(py, np.minimum(polygon[:, 1], ends[:, 1]), side="left")
    last = np.searchsorted(py, np.maximum(polygon[:, 1], ends[:, 1]), side="left")
    for (x1, y1), (x2, y2), start, stop in zip(polygon, ends, first, last, strict=True):
        if start < stop:
            crossing = x1 + (py[start:stop] - y1) * (x2 - x1) / (y2 - y1)
            odd[start:stop] ^= px[start:stop] < crossing
    inside[near[odd]] = True
    return inside
