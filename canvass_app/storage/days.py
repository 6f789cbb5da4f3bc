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


def moment_of(day: str, clock: str, time_zone: str) -> int | None:
    """The milliseconds UTC of a time of day (19:30) on a calendar day (ISO), in the campaign's time zone.

    Of an hour that the clocks go through twice in autumn, the first; None for what is no time there, such as
    the hour that they leave out in spring.
    """
    try:
        wanted = datetime.fromisoformat(f"{day}T{clock}")
    except ValueError:
        return None
    if wanted.tzinfo is not None or not 2000 <= wanted.year < 2200:
        return None
    moment = round(wanted.replace(tzinfo=_zone(time_zone)).timestamp() * 1000)
    return moment if local_clock(moment, time_zone) == f"{wanted:%H:%M}" else None
