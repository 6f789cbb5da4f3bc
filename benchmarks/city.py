"""An invented city for cutting: old districts on a grid, newer ones of crescents and dead ends between arterials, a river
and a railway with few bridges, small buildings and towers.

A newer district keeps one way to each of its corners and two fifths of the other streets, which comes to some 2.8 streets
a crossing: what G. Boeing counted in North American cities ("A multi-scale analysis of 27,000 urban street networks", 2018).
Nothing of it is a real place. The same seed gives the same city.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from canvass_app.domain.streets import Segment, StreetClass

ORIGIN = (-75.7, 45.4)
_LOT_M = 12.5
_SET_BACK_M = 12.0
_BRIDGE_EVERY = 5
_DISTRICT = 8
_ARTERIAL = 3


class City(NamedTuple):
    """Streets, and doors as columns; doors of one building follow each other and share their place."""

    segments: list[Segment]
    ids: list[bytes]
    street: list[str]
    number: NDArray[np.int32]
    lon_e6: NDArray[np.int32]
    lat_e6: NDArray[np.int32]


class _Edge(NamedTuple):
    a: tuple[int, int]
    b: tuple[int, int]
    row: bool
    bridge: bool


def city(doors: int, seed: int, *, towers: float = 0.12) -> City:
    """A city of exactly that many doors, about `towers` of them in buildings of 60 to 240."""
    rng = np.random.default_rng(seed)
    across = max(3, round((doors / 17) ** 0.5))
    nodes, edges = _plan(rng, across)
    segments: list[Segment] = []
    homes: list[tuple[str, int, float, float, int]] = []
    for edge in _reached(edges, across):
        points = _line(nodes, edge)
        line = edge.a[1] if edge.row else edge.a[0]
        name = f"{line + 1} {'ST' if edge.row else 'AVE'}"
        key = f"{'ROW' if edge.row else 'COLUMN'} {line + 1}|{'ST' if edge.row else 'AVE'}|"
        kind = StreetClass.ARTERIAL if line % _DISTRICT == _ARTERIAL else StreetClass.STREET
        segments.append(Segment(f"{name} {edge.a}", _e6(points), name.title(), key, kind, bridge=edge.bridge))
        if not edge.bridge:
            block = 100 * ((edge.a[0] if edge.row else edge.a[1]) + 1)
            homes += _homes(rng, points, key, block, edge.row, kind)
    segments += _barriers(nodes, across)
    return _filled(rng, segments, homes, doors, towers)


def _plan(rng: np.random.Generator, across: int) -> tuple[NDArray[np.float64], list[_Edge]]:
    east = np.cumsum(rng.uniform(110, 230, across))
    north = np.cumsum(rng.uniform(80, 130, across))
    x, y = np.meshgrid(east, north, indexing="ij")
    bend = rng.uniform(40, 140, 4)
    nodes = np.stack(
        (
            x + bend[0] * np.sin(y / 900) + bend[1] * np.cos(x / 1700 + y / 1300),
            y + bend[2] * np.sin(x / 1100) + bend[3] * np.cos(y / 1500),
        ),
        axis=2,
    ) + rng.uniform(-8, 8, (across, across, 2))
    river, rail = across // 2, across // 3
    edges: list[_Edge] = []
    kept = _kept(rng, across)
    for i in range(across):
        for j in range(across):
            for row in (True, False):
                b = (i + 1, j) if row else (i, j + 1)
                if max(b) >= across:
                    continue
                # The river runs between two columns, the railway between two rows.
                crosses = (row and i == river) or (not row and j == rail)
                bridge = crosses and (j if row else i) % _BRIDGE_EVERY == 2
                if bridge or (kept[i, j, int(row)] and not crosses):
                    edges.append(_Edge((i, j), b, row, bridge))
    return nodes, edges


def _kept(rng: np.random.Generator, across: int) -> NDArray[np.bool_]:
    """Which streets of the grid there are, [i, j, along the row]."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import minimum_spanning_tree

    i, j, row = (
        axis.reshape(-1) for axis in np.meshgrid(*(np.arange(n) for n in (across, across, 2)), indexing="ij")
    )
    here = i * across + j
    there = here + np.where(row == 1, across, 1)
    inside = np.where(row == 1, i, j) + 1 < across
    arterial = np.where(row == 1, j, i) % _DISTRICT == _ARTERIAL
    districts = -(-across // _DISTRICT) + 1
    newer = rng.random((districts, districts)) < 0.6
    # A street belongs to the district in which it begins.
    suburb = newer[(i - _ARTERIAL) // _DISTRICT, (j - _ARTERIAL) // _DISTRICT] & ~arterial
    weight = np.where(arterial, 0.01, rng.random(len(here)) + 0.02)
    tree = minimum_spanning_tree(
        coo_array((weight[inside], (here[inside], there[inside])), shape=(across**2, across**2)).tocsr()
    ).tocoo()
    in_tree = np.isin(here * 4 + row, tree.row * 4 + (tree.col - tree.row != 1))
    spared = rng.random(len(here)) < np.where(suburb, 0.4, 0.91)
    return (inside & (in_tree | spared)).reshape(across, across, 2)


def _reached(edges: list[_Edge], across: int) -> list[_Edge]:
    """The streets that one can walk to from most others; river and railway leave corners that nobody reaches."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    ends = np.array([(e.a[0] * across + e.a[1], e.b[0] * across + e.b[1]) for e in edges])
    graph = coo_array((np.ones(len(ends)), (ends[:, 0], ends[:, 1])), shape=(across**2, across**2))
    _, part = connected_components(graph.tocsr(), directed=False)
    most = np.argmax(np.bincount(part[ends[:, 0]]))
    return [edge for edge, end in zip(edges, ends, strict=True) if part[end[0]] == most]


def _line(nodes: NDArray[np.float64], edge: _Edge) -> NDArray[np.float64]:
    a, b = nodes[edge.a], nodes[edge.b]
    return np.array([a, (a + b) / 2 + (b - a)[::-1] * np.array([-0.03, 0.03]), b])


def _homes(
    rng: np.random.Generator, points: NDArray[np.float64], key: str, block: int, row: bool, kind: StreetClass
) -> list[tuple[str, int, float, float, int]]:
    """(street, number, east, north, doors) of both sides; avenues have few doors, some blocks are parks or shops."""
    full = rng.random()
    share = (0.92 if full < 0.8 else 0.0) if row else (0.8 if full < 0.25 else 0.0)
    steps = np.hypot(*np.diff(points, axis=0).T)
    along = np.concatenate(([0.0], np.cumsum(steps)))
    found: list[tuple[str, int, float, float, int]] = []
    if not share:
        return found
    for side in (1, -1):
        for lot, at in enumerate(np.arange(16.0, along[-1] - 16.0, _LOT_M)):
            if rng.random() > share:
                continue
            piece = min(int(np.searchsorted(along, at, "right")) - 1, len(steps) - 1)
            ahead = (points[piece + 1] - points[piece]) / steps[piece]
            left = np.array([-ahead[1], ahead[0]]) * side
            spot = points[piece] + ahead * (at - along[piece]) + left * _SET_BACK_M
            number = block + 2 * lot + (0 if side > 0 else 1)
            flats = rng.random()
            doors = 1
            if kind is StreetClass.ARTERIAL and flats < 0.12:
                doors = int(rng.integers(3, 25))
            elif flats < 0.08:
                doors = 2
            found.append((key, number, float(spot[0]), float(spot[1]), doors))
    return found


def _barriers(nodes: NDArray[np.float64], across: int) -> list[Segment]:
    river, rail = across // 2, across // 3
    east, north = np.array([300.0, 0.0]), np.array([0.0, 300.0])
    water = (nodes[river, :] + nodes[river + 1, :]) / 2
    track = (nodes[:, rail] + nodes[:, rail + 1]) / 2
    water = np.concatenate((water[:1] - north, water, water[-1:] + north))
    track = np.concatenate((track[:1] - east, track, track[-1:] + east))
    return [
        Segment("river", _e6(water), "River", "", StreetClass.WATER),
        Segment("rail", _e6(track), "Railway", "", StreetClass.RAIL),
    ]


def _filled(
    rng: np.random.Generator,
    segments: list[Segment],
    homes: list[tuple[str, int, float, float, int]],
    doors: int,
    towers: float,
) -> City:
    """Some houses become towers; houses are dropped from the end of a shuffle until the count is right."""
    high = 0
    order = rng.permutation(len(homes))
    sized: list[tuple[str, int, float, float, int]] = []
    for at in order:
        home = homes[int(at)]
        count = home[4]
        if high < towers * doors:
            count = int(rng.integers(60, 240))
            high += count
        sized.append((*home[:4], count))
    kept: list[tuple[str, int, float, float, int]] = []
    left = doors
    for home in sized:
        if left <= 0:
            break
        kept.append((*home[:4], min(home[4], left)))
        left -= home[4]
    if left > 0:
        raise ValueError(f"the plan has room for {doors - left} doors only")
    kept.sort()
    points = _e6(np.array([home[2:4] for home in kept]))
    rows = [
        (home[0], home[1], *point) for home, point in zip(kept, points, strict=True) for _ in range(home[4])
    ]
    return City(
        segments,
        [int(at).to_bytes(16, "big") for at in range(len(rows))],
        [row[0] for row in rows],
        np.array([row[1] for row in rows], np.int32),
        np.array([row[2] for row in rows], np.int32),
        np.array([row[3] for row in rows], np.int32),
    )


def _e6(metres: NDArray[np.float64]) -> tuple[tuple[int, int], ...]:
    lat = ORIGIN[1] + metres[:, 1] / 111_195.0
    lon = ORIGIN[0] + metres[:, 0] / (111_195.0 * np.cos(np.radians(ORIGIN[1])))
    return tuple(
        zip(np.rint(lon * 1e6).astype(int).tolist(), np.rint(lat * 1e6).astype(int).tolist(), strict=True)
    )
