"""Two halves of a turf that each hang together, and the pieces of a turf that is given up."""

from __future__ import annotations

import heapq
from collections.abc import Mapping

from .area import Area
from .draft import neighbours, unit_pieces

_MANY, _FEW = 200, 6
_STARTS = 48  # units from which growing is tried: more make no better halves, and a large turf would wait


def halve(area: Area, weight: Mapping[int, float], share: float = 0.5) -> tuple[list[int], list[int]]:
    """Two parts of units that hang together, as even as can be found; `weight` names the units. Deterministic.

    `share` is the part of the whole weight that the first one is to have.
    Grows one half from many starts in order of the walk from there, gives what is cut off to it, then moves single
    units over the border while that evens out the halves. One unit alone cannot be halved: the second is empty.
    """
    units = sorted(weight)
    if len(units) < 2:
        return units, []
    wanted = sum(weight.values()) * share
    best: tuple[float, tuple[int, ...]] | None = None
    starts = _STARTS if len(units) <= _MANY else _FEW
    for start in units[:: max(1, len(units) // starts)]:
        half = _evened(area, weight, _grown(area, weight, start, wanted), wanted)
        if 0 < len(half) < len(units):
            found = (abs(wanted - sum(weight[u] for u in half)), tuple(sorted(half)))
            best = found if best is None else min(best, found)
    if best is None:
        return units, []
    chosen = set(best[1])
    return sorted(chosen), [unit for unit in units if unit not in chosen]


def _grown(area: Area, weight: Mapping[int, float], start: int, wanted: float) -> set[int]:
    half: set[int] = set()
    held, queue, seen = 0.0, [(0, start)], {start: 0}
    while queue:
        away, unit = heapq.heappop(queue)
        if unit in half or away > seen[unit]:
            continue
        if half and held + weight[unit] / 2 > wanted:
            break
        half.add(unit)
        held += weight[unit]
        first = int(area.starts[unit])
        for place, other in enumerate(neighbours(area, unit)):
            reach = away + int(area.gap[first + place])
            if other in weight and reach < seen.get(other, reach + 1):
                seen[other] = reach
                heapq.heappush(queue, (reach, other))
    rest = sorted(unit_pieces(area, set(weight) - half), key=lambda piece: -sum(weight[u] for u in piece))
    for piece in rest[1:]:
        half.update(piece)
    return half


def _evened(area: Area, weight: Mapping[int, float], half: set[int], wanted: float) -> set[int]:
    held = sum(weight[unit] for unit in half)
    for _ in range(min(len(weight), _MANY)):
        giving, taking = (half, set(weight) - half) if held > wanted else (set(weight) - half, half)
        over = abs(held - wanted)
        # A unit as heavy as what is over evens out wholly; anything less than twice that still helps.
        found = sorted(
            (abs(over - weight[unit]), unit)
            for unit in giving
            if 0 < weight[unit] < 2 * over and any(other in taking for other in neighbours(area, unit))
        )
        for gain, unit in found:
            if gain < over and len(unit_pieces(area, giving - {unit})) == 1:
                held += -weight[unit] if giving is half else weight[unit]
                half = half - {unit} if giving is half else half | {unit}
                break
        else:
            return half
    return half


def given_up(area: Area, units: set[int], takers: Mapping[int, list[int]]) -> dict[int, int]:
    """For each unit of a turf that is given up the turf that takes it, by the shortest way over units that went before.

    `takers`: the turfs that may take doors beside each unit (and in it). Units that nobody reaches are left out.
    """
    queue: list[tuple[int, int, int]] = []
    for unit in units:
        first = int(area.starts[unit])
        queue += [(0, unit, turf) for turf in takers.get(unit, ())]
        for place, other in enumerate(neighbours(area, unit)):
            queue += [(int(area.gap[first + place]), unit, turf) for turf in takers.get(other, ())]
    heapq.heapify(queue)
    found: dict[int, int] = {}
    while queue:
        away, unit, turf = heapq.heappop(queue)
        if unit in found:
            continue
        found[unit] = turf
        first = int(area.starts[unit])
        for place, other in enumerate(neighbours(area, unit)):
            if other in units and other not in found:
                heapq.heappush(queue, (away + int(area.gap[first + place]), other, turf))
    return found
