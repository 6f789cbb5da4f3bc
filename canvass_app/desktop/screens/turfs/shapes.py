"""The ground that a turf covers, drawn around its doors. Plain arrays: no Qt."""

from __future__ import annotations

from math import cos, radians

import numpy as np
from numpy.typing import NDArray

from canvass_app.desktop.map.layers import TurfLayer, TurfState
from canvass_app.desktop.screens.turfs.map_state import HUES, Ground
from canvass_app.services.turf_rows import TurfSummary

STATES = {
    "proposed": TurfState.PROPOSED, "ready": TurfState.READY, "out": TurfState.OUT, "in_progress": TurfState.IN_PROGRESS,
    "done": TurfState.DONE,
}  # fmt: skip
# Doors across the street and two lots on belong together; the edge itself stands closer.
_REACH_M, _BACK_M, _SIMPLER_M = 26.0, 14.0, 2.0
_METRES = 111_195e-6  # a micro-degree of latitude

Ring = NDArray[np.int32]


class ShapeMaker:
    """Makes the areas of turfs and keeps those whose doors did not change. For one worker thread at a time."""

    def __init__(self) -> None:
        self._known: dict[bytes, tuple[bytes, list[Ring]]] = {}

    def layer(self, ground: Ground, turfs: list[TurfSummary], turf: NDArray[np.int32]) -> TurfLayer:
        """The areas of these turfs; `turf` says for each door of the ground in which of them it is."""
        order = np.argsort(turf, kind="stable")
        bounds = np.searchsorted(turf[order], np.arange(len(turfs) + 1))
        rings: list[Ring] = []
        hue: list[int] = []
        state: list[int] = []
        names: list[str] = []
        kept: dict[bytes, tuple[bytes, list[Ring]]] = {}
        for place, one in enumerate(turfs):
            doors = order[bounds[place] : bounds[place + 1]]
            if not len(doors):
                continue
            lon, lat = ground.data.lon_e6[doors], ground.data.lat_e6[doors]
            stamp = lon.tobytes() + lat.tobytes()
            known = self._known.get(one.turf_id)
            found = known[1] if known is not None and known[0] == stamp else outlines(lon, lat)
            kept[one.turf_id] = (stamp, found)
            for number, ring in enumerate(found):
                rings.append(ring)
                hue.append(one.color % HUES)
                state.append(STATES[one.state])
                names.append("" if number else one.name)
        self._known = kept
        if not rings:
            return TurfLayer()
        offsets = np.zeros(len(rings) + 1, np.int32)
        offsets[1:] = np.cumsum([len(ring) for ring in rings])
        return TurfLayer(
            np.concatenate(rings), offsets, np.array(hue, np.int32), np.array(state, np.uint8), tuple(names)
        )


def outlines(lon_e6: NDArray[np.int32], lat_e6: NDArray[np.int32]) -> list[Ring]:
    """Rings around these doors, the largest first: one where they lie together, more where they do not."""
    import shapely

    wide = _METRES * cos(radians(float(lat_e6[0]) / 1e6))
    east, north = float(lon_e6[0]), float(lat_e6[0])
    xy = np.column_stack(((lon_e6 - east) * wide, (lat_e6 - north) * _METRES))
    grown = shapely.buffer(shapely.multipoints(xy), _REACH_M, quad_segs=2)
    shape = shapely.simplify(shapely.buffer(grown, -_BACK_M, quad_segs=2), _SIMPLER_M)
    parts = [one for one in shapely.get_parts(shape) if isinstance(one, shapely.Polygon) and not one.is_empty]
    rings: list[Ring] = []
    for part in sorted(parts, key=lambda one: -one.area):
        points = np.array(part.exterior.coords) / (wide, _METRES) + (east, north)
        rings.append(np.rint(points).astype(np.int32))
    return rings
