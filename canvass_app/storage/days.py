"""Which calendar day a moment belongs to, where the campaign is."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo


@lru_cache(maxsize=16)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def local_day(wall_ms: int, time_zone: str) -> str:
    """The calendar day (ISO) of a time in milliseconds, in the campaign's time zone."""
    return datetime.fromtimestamp(wall_ms / 1000, _zone(time_zone)).date().isoformat()


def local_clock(wall_ms: int, time_zone: str) -> str:
    """The time of day (19:42) of a time in milliseconds, in the campaign's time zone."""
    return f"{datetime.fromtimestamp(wall_ms / 1000, _zone(time_zone)):%H:%M}"
