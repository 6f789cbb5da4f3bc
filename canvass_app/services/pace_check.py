"""What a team's own results say of its pace: proposed, never applied by itself.

A result holds the moment at which it was recorded. Only of results recorded at the doors does that moment say anything of
walking: sheets typed in the evening come a few seconds apart, or at an hour at which nobody knocks. Shifts are therefore
taken whole or left whole, by their median step. Medians throughout: a coffee on the way is no conversation.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
from math import cos, hypot, radians
from statistics import median
from typing import NamedTuple
from zoneinfo import ZoneInfo

from canvass_app.domain.geo import E6, EARTH_RADIUS_M
from canvass_app.domain.pace import FIGURE, Pace, changed
from canvass_app.turf.order import DETOUR

from .book import Book
from .pace import pace_of

LEAST_NOT_HOME, LEAST_TALKS, LEAST_WALKS = 100, 30, 30
LEAST_STEPS = 10
TYPED_BELOW_S = 30
"""A shift whose results come faster than that was typed in later."""
_LONGEST_S = 900
_HOURS = range(9, 21)
_NEAR_M, _FAR_M = 60.0, 400.0
_ON_FOOT_CM_S = (60.0, 200.0)


class PaceFound(NamedTuple):
    """What the results say. `figures` is empty while too few doors tell; seconds are those of a house with its way in."""

    doors: int
    """Steps from one door to the next that were timed."""
    typed: int
    """Doors whose results were typed later: they say nothing."""
    figures: dict[str, int]
    before_s: int
    after_s: int


class _Visit(NamedTuple):
    wall_ms: int
    door: bytes
    contact: bool
    lon_e6: int
    lat_e6: int


class _Step(NamedTuple):
    seconds: float
    metres: float
    contact: bool


def measured_pace(book: Book, riding_id: int) -> PaceFound:
    """The pace of this riding's results, as far as they were recorded at the doors."""
    pace = pace_of(book)
    zone = ZoneInfo(book.time_zone)
    steps: list[_Step] = []
    typed = 0
    for visits in _shifts(book, riding_id):
        walked = _steps(visits)
        if _at_the_doors(visits, walked, zone):
            steps += [one for one in walked if one.seconds <= _LONGEST_S]
        else:
            typed += len(visits)
    figures = _figures(steps, pace)
    after = changed(pace, figures).stop_seconds(1)
    return PaceFound(len(steps), typed, figures, pace.stop_seconds(1), after)


def _shifts(book: Book, riding_id: int) -> list[list[_Visit]]:
    """The doors of each shift in the order of their results; several people at one door are one visit."""
    rows = book.read().query(
        "SELECT a.shift, a.wall_ms, a.door_id, a.contact, d.lon_e6, d.lat_e6 FROM attempt a"
        " JOIN door d ON d.riding_id = a.riding_id AND d.door_id = a.door_id"
        " JOIN shift s ON s.riding_id = a.riding_id AND s.shift_id = a.shift"
        " WHERE a.riding_id = ? AND a.channel = 'door' AND s.voided = 0"
        " ORDER BY a.shift, a.wall_ms, a.device_id, a.device_seq",
        (riding_id,),
    )
    shifts: dict[bytes, list[_Visit]] = {}
    for shift, wall_ms, door, contact, lon, lat in rows:
        visits = shifts.setdefault(bytes(shift), [])
        visit = _Visit(int(wall_ms), bytes(door), bool(contact), int(lon), int(lat))
        if visits and visits[-1].door == visit.door:
            visits[-1] = visit._replace(contact=visit.contact or visits[-1].contact)
        else:
            visits.append(visit)
    return list(shifts.values())


def _steps(visits: Sequence[_Visit]) -> list[_Step]:
    """From each door to the next: a result is recorded when its door is done."""
    found: list[_Step] = []
    for one, other in pairwise(visits):
        if one.lon_e6 and other.lon_e6:
            metre = radians(1.0) * EARTH_RADIUS_M / E6
            east = (other.lon_e6 - one.lon_e6) * metre * cos(radians(one.lat_e6 / E6))
            north = (other.lat_e6 - one.lat_e6) * metre
            found.append(
                _Step((other.wall_ms - one.wall_ms) / 1000, hypot(east, north) * DETOUR, other.contact)
            )
    return found


def _at_the_doors(visits: Sequence[_Visit], steps: Sequence[_Step], zone: ZoneInfo) -> bool:
    if len(steps) < LEAST_STEPS or median(one.seconds for one in steps) < TYPED_BELOW_S:
        return False
    return all(datetime.fromtimestamp(one.wall_ms / 1000, zone).hour in _HOURS for one in visits)


def _figures(steps: Sequence[_Step], pace: Pace) -> dict[str, int]:
    """The figures that differ, within what makes sense; none while too few steps tell."""

    def at_door(one: _Step) -> float:
        return one.seconds - (one.metres + 2 * pace.set_back_m) / pace.metres_per_second

    # Doors at one place are a building's: they tell of its corridors.
    near = [one for one in steps if 0 < one.metres <= _NEAR_M]
    nobody = [at_door(one) for one in near if not one.contact]
    talks = [at_door(one) for one in near if one.contact]
    if len(nobody) < LEAST_NOT_HOME or len(talks) < LEAST_TALKS:
        return {}
    found = {
        "not_home_s": median(nobody),
        "conversation_s": median(talks),
        "contact_percent": 100 * len(talks) / len(near),
    }
    far = [
        one.metres / walked * 100
        for one in steps
        if not one.contact and _NEAR_M < one.metres <= _FAR_M
        and (walked := one.seconds - found["not_home_s"] - 2 * pace.set_back_m / pace.metres_per_second) > 0
    ]  # fmt: skip
    # Results noted by the minute would make runners of the team.
    if len(far) >= LEAST_WALKS and _ON_FOOT_CM_S[0] <= median(far) <= _ON_FOOT_CM_S[1]:
        found["walking_cm_s"] = median(far)
    whole = {
        name: min(max(round(value), FIGURE[name].low), FIGURE[name].high) for name, value in found.items()
    }
    return {name: value for name, value in whole.items() if value != getattr(pace, name)}
