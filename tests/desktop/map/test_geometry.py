"""Metres, pixels and polygons, against independent answers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from canvass_app.desktop.map import Projection, View, points_in_polygon


def test_metres_agree_with_great_circles_near_the_centre() -> None:
    here = Projection(-75.7, 45.4)
    x, y = here.to_metres([-75_700_000, -75_690_000], [45_400_000, 45_407_000])
    radius = 6_371_008.8
    lat1, lat2, dlon = np.radians(45.4), np.radians(45.407), np.radians(0.01)
    inner = np.sin((lat2 - lat1) / 2) ** 2 + np.cos(lat1) * np.cos(lat2) * np.sin(dlon / 2) ** 2
    assert np.hypot(x[1] - x[0], y[1] - y[0]) == pytest.approx(
        2 * radius * np.arcsin(np.sqrt(inner)), rel=2e-4
    )
    assert x[1] > x[0]
    assert y[1] > y[0]


@given(st.integers(-141_000_000, -52_000_000), st.integers(42_000_000, 83_000_000))
def test_degrees_come_back_from_metres(lon_e6: int, lat_e6: int) -> None:
    here = Projection(-96.0, 62.0)
    x, y = here.to_metres([lon_e6], [lat_e6])
    assert here.to_degrees_e6(float(x[0]), float(y[0])) == (lon_e6, lat_e6)


def test_the_scale_is_true_at_the_centre_and_smaller_to_the_north() -> None:
    here = Projection(-75.7, 45.4)
    assert here.true_scale(0.0) == pytest.approx(1.0)
    assert here.true_scale(100_000.0) < 1.0


pixels = st.floats(-2000, 2000)


@given(pixels, pixels, st.floats(0.01, 5), st.floats(0.2, 5))
def test_zooming_keeps_the_ground_under_the_cursor(px: float, py: float, scale: float, factor: float) -> None:
    before = View(120.0, -80.0, scale, 800, 600)
    after = before.zoomed(factor, px, py, 1e-4, 100)
    assert after.pixel(*before.metres(px, py)) == pytest.approx((px, py), abs=1e-6)


@given(st.integers(0, 2**32 - 1), st.integers(3, 40))
def test_points_in_a_polygon_agree_with_shapely(seed: int, corners: int) -> None:
    import shapely

    rng = np.random.default_rng(seed)
    angles = np.sort(rng.random(corners)) * 2 * np.pi
    polygon = np.column_stack([np.cos(angles), np.sin(angles)]) * rng.uniform(10, 100, (corners, 1))
    x, y = rng.uniform(-100, 100, 400), rng.uniform(-100, 100, 400)
    # Around the origin by angle: a simple polygon unless a gap of more than half a turn folds it.
    shape = shapely.Polygon(polygon)
    if not shape.is_valid:
        return
    np.testing.assert_array_equal(points_in_polygon(x, y, polygon), shapely.contains_xy(shape, x, y))


def test_a_line_that_crosses_itself_leaves_the_twice_enclosed_part_out() -> None:
    star = np.array([[np.cos(a), np.sin(a)] for a in np.pi / 2 + np.arange(5) * 4 * np.pi / 5])
    x, y = np.array([0.0, 0.0, 0.9]), np.array([0.0, 0.8, 0.9])
    assert points_in_polygon(x, y, star).tolist() == [False, True, False]


def test_too_few_corners_or_points_enclose_nothing() -> None:
    none = np.empty(0)
    assert points_in_polygon(none, none, np.zeros((4, 2))).tolist() == []
    assert points_in_polygon(np.zeros(2), np.zeros(2), np.zeros((2, 2))).tolist() == [False, False]
