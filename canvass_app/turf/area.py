"""Doors gathered into units that are cut, and which units lie beside which. Numbers in, numbers out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Int = NDArray[np.int32]
Float = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Area:
    """Doors to be cut, gathered into units: pieces of a block face that one walks at one go.

    `unit` int32[doors]: the unit of each door, -1 for a door without a place on the network or the map; `doors`,
    `work`, `walk` int32[units]: its doors, the seconds at them, the seconds of walking within it; `xy` float64[units, 2]
    its middle in metres; neighbours of unit u are `near[starts[u]:starts[u + 1]]` (symmetric, ascending), `gap` the
    walking seconds to each; `part` the connected part of the walking network.
    """

    unit: Int
    doors: Int
    work: Int
    walk: Int
    xy: Float
    starts: Int
    near: Int
    gap: Int
    part: Int
