"""Three invented evenings of canvassing, as intents: which door, when, and what happened there.

Nothing here knows the ledger: whoever loads the demo turns each outing into a turf, issues its list and records the
results through the ordinary services. Rates follow the field guide: contacts at about a quarter of the doors, two to
four minutes between doors.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Any

from .people import Person
from .people_names import COMMUNITIES
from .town import RIDING, Town

EVENINGS = (("2015-09-22", 6), ("2015-09-24", 7), ("2015-09-29", 7))
VOLUNTEERS = (
    "Noémie Tranchemontagne", "Wesley Fairweather", "Chantal Laframboise", "Gurleen Dhaliwan", "Owen Penhallow",
    "Marie-Claude L'Heureux", "Angus McKendrick", "Rosalie d'Amours", "Bohdan Kostyniuk", "Tessa Merriweather",
    "Félix Deschênes", "Shawna Nabigon",
)  # fmt: skip
# Where outings begin, in metres from the town hall, spread over the town.
_STARTS = (
    (-1250, 600), (-1100, -50), (-1250, -700), (-560, 620), (-250, 560), (-420, 90), (-600, -420), (-200, -480),
    (-100, -960), (300, 560), (330, 120), (560, -480), (1020, 620), (1250, 480), (1020, 60), (1280, -120),
    (1020, -560), (1260, -760), (1130, -1180), (720, 1080),
)  # fmt: skip
_FEWEST, _MOST = 45, 70
# Out of 1000 doors at which somebody came to the door, and out of 1000 at which nobody did.
_MET = (("canvassed", 610), ("refused", 190), ("come_back", 75), ("moved", 55), ("language_barrier", 35),
        ("do_not_knock", 25), ("deceased", 10))  # fmt: skip
_UNMET = (("not_home", 830), ("left_literature", 110), ("inaccessible", 32), ("vacant", 22), ("not_found", 6))
_LEVELS = (("1", 245), ("2", 205), ("3", 185), ("4", 75), ("5", 185), ("WS", 85), ("NV", 20))
_SECOND = (("L", 330), ("N", 340), ("G", 210), ("C", 80), ("O", 40))
_PLEDGE = {"1": 0.74, "2": 0.42, "3": 0.10}
_NOTES = (
    "Dog in the yard, friendly.", "Chien dans la cour, gentil.", "Side door; the bell does not work.",
    "Sonner à la porte de côté.", "Wants to know about transit.", "Veut parler du service de traversier.",
    "Works nights: call after four.", "Travaille de nuit : passer après 16 h.",
)  # fmt: skip


def build_evenings(town: Town, people: Sequence[Person], seed: int) -> dict[str, Any]:
    """The content of evenings.json (see resources/demo/README.md). The same seed gives the same evenings."""
    random = Random(seed * 17 + 3)
    living: dict[int, list[Person]] = {}
    for person in people:
        living.setdefault(person.door, []).append(person)
    taken: set[int] = set()
    outings: list[dict[str, Any]] = []
    starts = list(_STARTS)
    for date, count in EVENINGS:
        for n in range(count):
            start = starts.pop(int(random.random() * len(starts)))
            doors = _walk(town, start, taken, random)
            outings.append({
                "date": date,
                "start_minute": 17 * 60 + 15 + 5 * int(random.random() * 9),
                "volunteer": VOLUNTEERS[(n + 5 * len(date) + len(outings) // 7 * 4) % len(VOLUNTEERS)],
                "name": _name(town, doors),
                "doors": _results(town, doors, living, random),
            })  # fmt: skip
    return {"format": 1, "riding": RIDING, "time_zone": "America/Toronto", "outings": outings}


def _walk(town: Town, start: tuple[float, float], taken: set[int], random: Random) -> list[int]:
    """Doors of neighbouring blocks around a start, none of another outing, in the order of a walk."""
    by_segment: dict[int, list[int]] = {}
    for row, door in enumerate(town.doors):
        by_segment.setdefault(door.segment, []).append(row)
    near: dict[int, list[int]] = {}
    for i, s in enumerate(town.segments):
        if s.kind in ("street", "major"):
            for node in s.nodes:
                near.setdefault(node, []).append(i)

    def away(i: int) -> float:
        x, y = town.segments[i].line[len(town.segments[i].line) // 2]
        return (x - start[0]) ** 2 + (y - start[1]) ** 2

    free = [i for i in by_segment if i not in taken]
    edge, chosen, seen, doors = [min(free, key=lambda i: (away(i), i))], list[int](), set[int](), list[int]()
    goal = _FEWEST + 8 + int(random.random() * (_MOST - _FEWEST - 8))
    while edge and len(doors) < goal:
        i = min(edge, key=lambda i: (away(i), i))
        edge.remove(i)
        if i in seen:
            continue
        seen.add(i)
        mine = by_segment.get(i, [])
        if i in taken or len(doors) + len(mine) > _MOST:
            continue
        chosen.append(i)
        doors += _along(town, mine)
        edge += [j for node in town.segments[i].nodes for j in near[node] if j not in seen]
    taken.update(chosen)
    return doors


def _along(town: Town, rows: Sequence[int]) -> list[int]:
    """Up the left side and down the right one; in a building from the highest floor."""
    left = [r for r in rows if not town.doors[r].right]
    right = [r for r in rows if town.doors[r].right]
    left.sort(key=lambda r: (town.doors[r].number, -town.doors[r].floor, r))
    right.sort(key=lambda r: (-town.doors[r].number, -town.doors[r].floor, r))
    return left + right


def _name(town: Town, doors: Sequence[int]) -> str:
    """An outing is called by the street on which most of its doors are."""
    counts: dict[str, int] = {}
    for row in doors:
        street = town.street(town.doors[row])
        counts[street] = counts.get(street, 0) + 1
    return max(sorted(counts), key=lambda street: counts[street])


def _results(
    town: Town, doors: Sequence[int], living: dict[int, list[Person]], random: Random
) -> list[dict[str, Any]]:
    out: list[dict[str, Any]] = []
    minute = 0.0
    for row in doors:
        door = town.doors[row]
        minute += 1.1 + random.random() * 1.2
        home = living.get(row, [])
        met = random.random() < (0.22 if door.zone == "tower" else 0.265)
        code = _draw(_MET if met else _UNMET, random)
        results: list[dict[str, Any]] = []
        if code == "canvassed":
            for person in _answering(home, random):
                minute += 1.2 + random.random() * 2.6
                results.append({**_known(person, home, random), **_answers(random)})
        elif code in ("moved", "deceased", "refused", "language_barrier") and home:
            minute += 0.5
            results.append({**_known(home[int(random.random() * len(home))], home, random), "code": code})
        else:
            minute += 0.7 if met else 0.0
            results.append({"code": "refused" if code in ("moved", "deceased") else code})
        entry: dict[str, Any] = {
            "civic": door.number, "suffix": door.suffix, "street": town.street(door), "unit": door.unit,
            "minute": int(minute), "results": results,
        }  # fmt: skip
        if random.random() < (0.09 if met else 0.006):
            entry["note"] = _NOTES[int(random.random() * len(_NOTES))]
        out.append(entry)
    return out


def _answering(home: Sequence[Person], random: Random) -> list[Person | None]:
    """Who talks: one of the people known there, now and then two; somebody new where nobody is known."""
    if not home:
        return [None]
    first = int(random.random() * len(home))
    if len(home) > 1 and random.random() < 0.22:
        return [home[first], home[(first + 1) % len(home)]]
    return [home[first]]


def _known(person: Person | None, home: Sequence[Person], random: Random) -> dict[str, Any]:
    """The person of a result: named as in people.csv, or a new person met at the door."""
    if person is not None:
        named: dict[str, Any] = {"last": person.last, "first": person.first, "birth_year": person.birth_year}
        return {"person": named}
    names = COMMUNITIES[0 if random.random() < 0.55 else 1]
    pool = names.women if random.random() < 0.5 else names.men
    last, first = (
        names.families[int(random.random() * len(names.families))],
        pool[int(random.random() * len(pool))],
    )
    return {"new_person": {"last": last, "first": first, "birth_year": 0}}


def _answers(random: Random) -> dict[str, Any]:
    level = _draw(_LEVELS, random)
    second = _draw(_SECOND, random) if level in ("2", "3", "4") and random.random() < 0.55 else ""
    answers: dict[str, str] = {}
    if random.random() < 0.9 and level in "12345":
        answers["pledge"] = "yes" if random.random() < _PLEDGE.get(level, 0.01) else "no"
    if level == "1":
        if random.random() < 0.6:
            answers["sign"] = "yes" if random.random() < 0.4 else "no"
        if random.random() < 0.5:
            answers["volunteer"] = "yes" if random.random() < 0.22 else "no"
    return {"support": level, "second": second, "answers": answers}


def _draw(shares: Sequence[tuple[str, int]], random: Random) -> str:
    left = random.random() * sum(share for _, share in shares)
    for word, share in shares:
        left -= share
        if left < 0:
            return word
    return shares[-1][0]
