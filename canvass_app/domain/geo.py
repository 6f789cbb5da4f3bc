"""Points on the earth as integers, and distances between them."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

E6 = 1_000_000
LEAST_METRES = 50
"""A walk shorter than this, or of which no place is known, has no length worth telling."""
# Mean radius of the WGS 84 ellipsoid in metres (IUGG R1).
EARTH_RADIUS_M = 6_371_008.8
# Canada's box with a margin: outside it a coordinate is wrong or swapped.
CANADA_LON = (-142_000_000, -52_000_000)
CANADA_LAT = (41_000_000, 84_000_000)


def metres_between(lon1_e6: int, lat1_e6: int, lon2_e6: int, lat2_e6: int) -> float:
    """Great-circle distance in metres between two points in micro-degrees (haversine formula)."""
    lat1, lat2 = radians(lat1_e6 / E6), radians(lat2_e6 / E6)
    half_lat = sin((lat2 - lat1) / 2)
    half_lon = sin(radians((lon2_e6 - lon1_e6) / E6) / 2)
    a = half_lat * half_lat + cos(lat1) * cos(lat2) * half_lon * half_lon
    return 2 * EARTH_RADIUS_M * asin(min(1.0, sqrt(a)))


def in_canada(lon_e6: int, lat_e6: int) -> bool:
    """Whether a point in micro-degrees can be in Canada."""
    return CANADA_LON[0] <= lon_e6 <= CANADA_LON[1] and CANADA_LAT[0] <= lat_e6 <= CANADA_LAT[1]
