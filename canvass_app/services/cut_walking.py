"""What turfs walk, measured while they are cut: without a clock, so that a cut is the same each time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from canvass_app.turf.area import Area
from canvass_app.turf.balance import ROUTE_OVER_TREE
from canvass_app.turf.cutting import Cut
from canvass_app.turf.network import Float, Int
from canvass_app.turf.snapping import Spots
from canvass_app.turf.walking import UNREACHABLE, Sidewalks

from .walks import Point, WalkDoor, WalkGround, meeting_spots

NEAR_MEETING_S = 900
"""Nobody walks farther than that from a meeting point: such a turf starts where it is best to start."""


@dataclass(frozen=True, slots=True)
class Measured:
    """Stops on the network, and how far each unit is from the nearest meeting point."""

    walks: Sidewalks
    area: Area
    spots: Spots
    """One for each stop."""
    stop_unit: Int
    """(stop, unit) pairs, int32[n, 2]: a building may lie in several units."""
    meeting: tuple[Point, ...]
    from_meeting: Float
    """Seconds to each unit, infinite without a meeting point."""
    back: bool

    def walking(self, owner: Int, which: Int) -> Float:
        """Seconds of walking in these turfs: from the shortest tree over their stops."""
        from scipy.sparse.csgraph import minimum_spanning_tree

        turf = owner[self.stop_unit[:, 1]]
        order = np.argsort(turf, kind="stable")
        found = np.zeros(len(which))
        for place, number in enumerate(which.tolist()):
            low, high = np.searchsorted(turf[order], [number, number + 1])
            stops = np.unique(self.stop_unit[order[low:high], 0])
            if len(stops) > 1:
                seconds = self.walks.seconds(self.spots.take(stops)).astype(np.float64)
                seconds[seconds >= UNREACHABLE] = NEAR_MEETING_S
                # A way of no length would be no way at all.
                tree = minimum_spanning_tree(seconds + 1e-3)
                found[place] = ROUTE_OVER_TREE * float(tree.sum())
            found[place] += self._to_meeting(owner, number)
        return found

    def _to_meeting(self, owner: Int, number: int) -> float:
        away = float(self.from_meeting[owner == number].min(initial=np.inf))
        return away * (2 if self.back else 1) if away <= NEAR_MEETING_S else 0.0

    def near(self, number: int, owner: Int) -> Sequence[Point]:
        """The meeting points for a turf, none when they are too far."""
        return self.meeting if self._to_meeting(owner, number) else ()

    def seconds(self, found: Cut) -> float:
        """What the turfs that are to be even take together."""
        even = np.setdiff1d(np.arange(found.turfs), found.apart).astype(np.int32)
        mine = np.isin(found.owner, even)
        return float(self.area.work[mine].sum() + self.walking(found.owner, even).sum())


def measure(
    ground: WalkGround, walks: Sidewalks, doors: Sequence[WalkDoor], area: Area, spots: Spots,
    stop: NDArray[np.int32], meeting: tuple[Point, ...],
) -> Measured:  # fmt: skip
    """Get ready to measure turfs of this area."""
    _, first = np.unique(stop, return_index=True)
    placed = area.unit >= 0
    pairs = np.unique(np.column_stack((stop[placed], area.unit[placed])), axis=0)
    away = np.full(len(area), np.inf)
    points = meeting_spots(ground, meeting)
    if points is not None and len(area):
        _, head = np.unique(area.unit[placed], return_index=True)
        at = spots.take(np.flatnonzero(placed)[head])
        away = walks.seconds_from(points, at)
    return Measured(walks, area, spots.take(first), pairs.astype(np.int32), meeting, away, walks.pace.back)
