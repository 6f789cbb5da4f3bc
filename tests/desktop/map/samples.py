"""A small invented town for the map's tests: a grid of doors some 20 m apart near Ottawa."""

import numpy as np

from canvass_app.desktop.map import AreaKind, AreaLayer, DoorLayer, LineKind, LineLayer, MapLayers, WalkLayer

LON, LAT = -75_700_000, 45_400_000
STEP = 250  # micro-degrees, some 20 m


def doors(columns: int = 20, rows: int = 15) -> DoorLayer:
    """A grid of doors, west to east and south to north."""
    lon, lat = np.meshgrid(np.arange(columns) * STEP + LON, np.arange(rows) * STEP + LAT)
    return DoorLayer(lon.reshape(-1).astype(np.int32), lat.reshape(-1).astype(np.int32))


def random_doors(count: int, seed: int = 3) -> DoorLayer:
    """Doors anywhere within some 4 km."""
    rng = np.random.default_rng(seed)
    return DoorLayer(
        (LON + rng.integers(0, 50_000, count)).astype(np.int32),
        (LAT + rng.integers(0, 36_000, count)).astype(np.int32),
        rng.integers(0, 5, count).astype(np.uint8),
        rng.integers(-1, 14, count).astype(np.int32),
    )


def town() -> MapLayers:
    """The grid with two named streets, a river, an outline and a walk."""
    wide, tall = 20 * STEP, 15 * STEP
    middle = LAT + tall // 2
    lines = LineLayer(
        np.array(
            [[LON - STEP, middle], [LON + wide // 2, middle], [LON + wide, middle],
             [LON + wide // 2, LAT - STEP], [LON + wide // 2, LAT + tall]],
            np.int32,
        ),
        np.array([0, 3, 5], np.int32),
        np.array([LineKind.MAJOR_STREET, LineKind.STREET], np.uint8),
        ["Birch Street", "Rue du Quai"],
    )  # fmt: skip
    ring = np.array(
        [[LON - wide, LAT - tall], [LON + 2 * wide, LAT - tall], [LON + 2 * wide, LAT + 2 * tall],
         [LON - wide, LAT + 2 * tall]],
        np.int32,
    )  # fmt: skip
    areas = AreaLayer(ring, np.array([0, 4], np.int32), np.array([AreaKind.RIDING], np.uint8))
    grid = doors()
    walk = WalkLayer(np.column_stack([grid.lon_e6[:5], grid.lat_e6[:5]]))
    return MapLayers(grid, lines, areas, (walk,), "Invented for tests")
