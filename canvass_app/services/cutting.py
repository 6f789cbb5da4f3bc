"""Proposing turfs for a riding's doors, and making those that were accepted."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from canvass_app.domain.codes import DoorState
from canvass_app.domain.errors import Cancelled, InputError
from canvass_app.domain.text import Text
from canvass_app.ledger.kinds import TurfCut
from canvass_app.storage.changes import ChangeSet
from canvass_app.storage.database import query_in
from canvass_app.turf.area import Area, build_area
from canvass_app.turf.balance import Aim
from canvass_app.turf.cutting import Cut, CutCancelled, cut, cut_seconds
from canvass_app.turf.merging import merged
from canvass_app.turf.walking import Sidewalks

from .book import Book
from .cut_walking import Measured, measure
from .doors_out import NOT_CUT, doors_in_hand, refuse_twice
from .drafts import COLORS, new_names
from .walks import Point, WalkDoor, WalkGround, order_doors, read_walk_doors, spots_of, walk_ground

Report = Callable[[Text, int, int], None]
Stop = Callable[[], bool]
MINUTES, DOORS, TURFS = (5, 600), (1, 2000), (1, 2000)
"""What may be asked for, from and to."""
_BY_ITSELF = 0.85
"""A building with this share of a turf is a turf by itself."""
_NEAR_ENOUGH = 0.04

_READING = Text("Reading doors and streets", "Lecture des portes et des rues")
_CUTTING = Text("Cutting", "Découpage")
_WALKING = Text("Finding the walks", "Recherche des parcours")
_NO_FREE = Text(
    "Every door is in a turf already, or not to be knocked at. Nothing was changed. Retire a turf first, or choose other "
    "doors.",
    "Chaque porte est déjà dans un secteur, ou on n’y frappe pas. Rien n’a été modifié. Retirez d’abord un secteur ou "
    "choisissez d’autres portes.",
)
_NO_PLACE = Text(
    "None of the chosen doors has a place on the map. Nothing was changed. Import addresses with coordinates, or a street file "
    "with civic numbers, then cut again.",
    "Aucune des portes choisies n’a d’emplacement sur la carte. Rien n’a été modifié. Importez des adresses avec leurs "
    "coordonnées, ou un fichier de rues avec des numéros civiques, puis découpez de nouveau.",
)
_ONE_WISH = Text(
    "Say how large the turfs are to be: minutes, doors, or how many turfs. One of the three. Nothing was changed.",
    "Indiquez la taille des secteurs : des minutes, des portes ou un nombre de secteurs. Un seul des trois. Rien n’a été "
    "modifié.",
)
_TOO_MUCH = Text(
    "{value} is not possible here: from {low} to {high}. Nothing was changed.",
    "{value} n’est pas possible ici : de {low} à {high}. Rien n’a été modifié.",
)
BARRED = Text("not to be knocked at", "ne pas frapper")
TAKEN = Text("in another turf", "dans un autre secteur")
IN_HAND = Text("on a walk list that is out", "sur une liste encore sortie")
PLACELESS = Text("no place on the map", "sans emplacement sur la carte")
BUILDING = Text("in a large building", "dans un grand immeuble")


@dataclass(frozen=True, slots=True)
class Wish:
    """What a cut is to give: one of `minutes`, `doors` (of a turf) and `turfs` (how many).

    `meeting`: points (lon_e6, lat_e6) where volunteers start; a turf starts at the nearest within a quarter of an hour on
    foot. `building`: from so many doors a building is a turf by itself (None: when it fills a turf). `buildings`: False
    leaves buildings of 6 doors and more out. `major_streets`: False keeps turfs on one side of major streets. `take`: doors
    of other turfs too.
    """

    minutes: int | None = None
    doors: int | None = None
    turfs: int | None = None
    seed: int = 1
    meeting: tuple[Point, ...] = ()
    take: bool = False
    building: int | None = None
    buildings: bool = True
    major_streets: bool = True

    def checked(self) -> Wish:
        """This wish. Raises InputError for one that cannot be."""
        given = [
            (value, limits)
            for value, limits in ((self.minutes, MINUTES), (self.doors, DOORS), (self.turfs, TURFS))
            if value is not None
        ]
        if len(given) != 1:
            raise InputError(_ONE_WISH)
        ((value, (low, high)),) = given
        if not low <= value <= high:
            raise InputError(_TOO_MUCH.fill(value=value, low=low, high=high))
        return self


@dataclass(frozen=True, slots=True)
class ProposedTurf:
    """A turf that is not made yet, its doors in walk order. `apart`: a large building, or a part that no walk joins to the
    rest; it counts in no balance."""

    name: str
    color: int
    door_ids: list[bytes]
    seconds: int
    metres: int
    doors: int
    people: int
    route: NDArray[np.int32]
    apart: bool = False


class Balance(NamedTuple):
    """How even a cut is: the largest turf over the smallest, those apart left out; 1.0 with fewer than two."""

    doors: float
    minutes: float


@dataclass(frozen=True, slots=True)
class CutProposal:
    """A cut of doors. `owner` int32[units]; `door_ids` runs beside `area.unit`."""

    area: Area
    door_ids: list[bytes]
    owner: NDArray[np.int32]
    turfs: list[ProposedTurf]
    left_out: list[tuple[bytes, Text]]

    @property
    def balance(self) -> Balance:
        """How even its turfs are."""
        even = [turf for turf in self.turfs if not turf.apart]
        return Balance(_ratio([turf.doors for turf in even]), _ratio([turf.seconds for turf in even]))

    def as_dict(self, language: str) -> dict[str, Any]:
        """What reports of commands say of a cut."""
        reasons: dict[str, int] = {}
        for _, reason in self.left_out:
            said = reason.say(language)
            reasons[said] = reasons.get(said, 0) + 1
        return {
            "turfs": [
                {
                    "name": turf.name, "doors": turf.doors, "people": turf.people,
                    "minutes": max(1, round(turf.seconds / 60)), "metres": turf.metres, "apart": turf.apart,
                    "door_ids": [door.hex() for door in turf.door_ids],
                }
                for turf in self.turfs
            ],
            "doors": sum(turf.doors for turf in self.turfs),
            "balance": {"doors": round(self.balance.doors, 3), "minutes": round(self.balance.minutes, 3)},
            "left_out": [{"reason": reason, "doors": count} for reason, count in reasons.items()],
        }  # fmt: skip


def _ratio(values: Sequence[int]) -> float:
    return max(values) / max(1, min(values)) if len(values) > 1 else 1.0


def propose_cut(
    book: Book, riding_id: int, wish: Wish, door_ids: Sequence[bytes] | None = None,
    report: Report = lambda _what, _done, _total: None, cancelled: Stop = lambda: False, language: str = "en",
) -> CutProposal:  # fmt: skip
    """Cut the free doors of a riding, or those of them named, into turfs. Nothing is changed.

    The same doors, streets, wish and seed give the same turfs. Raises InputError, Cancelled.
    """
    wish.checked()
    report(_READING, 0, 1)
    chosen, left_out = _free(book, riding_id, door_ids, wish.take)
    if not chosen:
        raise InputError(_NO_FREE)
    doors = read_walk_doors(book, riding_id, chosen)
    if not wish.buildings:
        doors, out = _without_buildings(doors)
        left_out += out
    ground = walk_ground(book, riding_id, doors)
    try:
        area, found, measured = _cut(ground, doors, wish, report, cancelled)
    except CutCancelled:
        raise Cancelled from None
    left_out += [(doors[at].door_id, PLACELESS) for at in np.flatnonzero(area.unit < 0).tolist()]
    groups = _groups(doors, area, found)
    people = _people(book, riding_id, chosen)
    apart = set(found.apart.tolist())
    names = new_names(book, None, riding_id, len(groups), language)
    colors = _colors(area, found.owner, [name.color for name in names])

    def walk(number: int) -> ProposedTurf:
        if cancelled():
            raise Cancelled
        return walked_turf(
            ground, groups[number], people, name=names[number].name, color=colors[number],
            meeting=measured.near(number, found.owner), apart=number in apart,
        )  # fmt: skip

    made: list[ProposedTurf] = []
    # The search for a walk leaves the interpreter alone: several run at once.
    with ThreadPoolExecutor(min(4, os.cpu_count() or 1)) as pool:
        for turf in pool.map(walk, range(len(groups))):
            made.append(turf)
            report(_WALKING, len(made), len(groups))
    return CutProposal(area, [door.door_id for door in doors], found.owner, made, left_out)


def _cut(
    ground: WalkGround, doors: list[WalkDoor], wish: Wish, report: Report, cancelled: Stop
) -> tuple[Area, Cut, Measured]:
    """The doors as units, the units as turfs. By minutes a first guess at their number is corrected once."""
    pace = ground.walks.pace
    stop, seconds = stops_of(ground, doors)
    spots = spots_of(ground, doors)
    walks = ground.walks if wish.major_streets else Sidewalks(ground.walks.network, pace, over_major=False)
    turfs = wish.turfs
    target = wish.doors or (len(doors) / turfs if turfs else 0)
    if wish.minutes:
        enough = wish.minutes * 60 * _BY_ITSELF
        lone = next((n for n in range(1, len(doors) + 1) if pace.stop_seconds(n) >= enough), len(doors) + 1)
        target = lone / _BY_ITSELF
    else:
        lone = max(2, round(target * _BY_ITSELF))
    if wish.building is not None:
        lone = min(lone, max(2, wish.building))
    area = merged_area(walks, spots, stop, seconds, lone)
    if not len(area):
        raise InputError(_NO_PLACE)
    through = ~area.alone
    rest = int(area.doors[through].sum())
    if turfs:
        turfs = max(1, turfs - _tall(area, target))
    elif wish.doors:
        turfs = max(1, round(rest / wish.doors))
    else:
        turfs = max(1, round(cut_seconds(area) / 60 / (wish.minutes or 1)))
    measured = measure(ground, walks, doors, area, spots, stop, wish.meeting)

    def deal(count: int) -> Cut:
        return cut(
            area, count, seed=wish.seed, aim=_AIM, walking=measured.walking, building=target,
            report=lambda part: report(_CUTTING, round(part * 100), 100), cancelled=cancelled,
        )  # fmt: skip

    found = deal(turfs)
    if wish.minutes:
        whole = measured.seconds(found)
        better = max(1, round(whole / 60 / wish.minutes))
        if better != turfs and abs(whole / turfs / 60 / wish.minutes - 1) > _NEAR_ENOUGH:
            found = deal(better)
    return area, found, measured


_AIM: Aim = "both"


def _tall(area: Area, target: float) -> int:
    """How many turfs the buildings that stand alone take up."""
    return sum(
        max(1, round(int(area.doors[area.building == building].sum()) / max(target, 1.0)))
        for building in np.unique(area.building[area.alone])
    )


def stops_of(ground: WalkGround, doors: Sequence[WalkDoor]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """For each door its stop (doors of one civic number), and the seconds that it takes there."""
    numbers: dict[tuple[object, ...], int] = {}
    stop = np.array(
        [
            numbers.setdefault((d.municipality, d.street, d.number, d.suffix), len(numbers))
            for d in doors
        ],
        np.int32,
    )  # fmt: skip
    size = np.bincount(stop, minlength=1)
    each = np.array([ground.walks.pace.stop_seconds(int(n)) / max(int(n), 1) for n in size])
    return stop, np.rint(each[stop]).astype(np.int32)


def merged_area(
    walks: Sidewalks, spots: Any, stop: NDArray[np.int32], seconds: NDArray[np.int32], lone: int
) -> Area:
    """The units that a cut deals out."""
    from canvass_app.turf.area import GRAIN

    return merged(build_area(walks, spots, stop, seconds, lone=lone), GRAIN)


def _groups(doors: list[WalkDoor], area: Area, found: Cut) -> list[list[WalkDoor]]:
    groups = [list[WalkDoor]() for _ in range(found.turfs)]
    turfs: list[int] = np.append(found.owner, -1)[area.unit].tolist()
    for door, turf in zip(doors, turfs, strict=True):
        if turf >= 0:
            groups[turf].append(door)
    return groups


def _colors(area: Area, owner: NDArray[np.int32], wanted: list[int]) -> list[int]:
    """A colour for each turf that no turf beside it has, as far as there are enough: the next after the one wanted."""
    one = owner[np.repeat(np.arange(len(area)), np.diff(area.starts))]
    other = owner[area.near]
    border = np.flatnonzero((one != other) & (one >= 0) & (other >= 0))
    beside = [set[int]() for _ in wanted]
    links: list[tuple[int, int]] = np.column_stack((one[border], other[border])).tolist()
    for turf, neighbour in links:
        beside[turf].add(neighbour)
    found: dict[int, int] = {}
    for turf, color in enumerate(wanted):
        taken = {found[neighbour] for neighbour in beside[turf] if neighbour in found}
        found[turf] = next(
            (free for step in range(COLORS) if (free := (color + step) % COLORS) not in taken), color
        )
    return [found[turf] for turf in range(len(wanted))]


def walked_turf(
    ground: WalkGround, doors: Sequence[WalkDoor], people: dict[bytes, int], *, name: str, color: int,
    meeting: Sequence[Point] = (), apart: bool = False,
) -> ProposedTurf:  # fmt: skip
    """A turf of these doors, listed as `read_walk_doors` lists them, walked."""
    found = order_doors(ground, doors, meeting=meeting)
    return ProposedTurf(
        name, color, found.door_ids, found.walk.seconds, found.walk.metres, len(found.door_ids),
        sum(people.get(door, 0) for door in found.door_ids), found.stops, apart,
    )  # fmt: skip


def walk_turf(
    book: Book, riding_id: int, name: str, color: int, doors: Sequence[bytes], *,
    meeting: Sequence[Point] = (),
) -> ProposedTurf:  # fmt: skip
    """A turf of these doors, walked: what an edit by hand asks for."""
    listed = read_walk_doors(book, riding_id, doors)
    ground = walk_ground(book, riding_id, listed)
    return walked_turf(
        ground, listed, _people(book, riding_id, doors), name=name, color=color, meeting=meeting
    )


def accept_cut(book: Book, riding_id: int, turfs: Sequence[ProposedTurf], author: str = "") -> ChangeSet:
    """Make these turfs in one transaction. Raises GivenAlready when a door of theirs went out on a list meanwhile."""
    with book.act(author) as act:
        refuse_twice(book, riding_id, [door for turf in turfs for door in turf.door_ids], NOT_CUT, act.db)
        for turf in turfs:
            act.add(
                riding_id, os.urandom(16),
                TurfCut(
                    name=turf.name, doors=tuple(turf.door_ids), seconds=turf.seconds, metres=turf.metres,
                    color=turf.color,
                ),
            )  # fmt: skip
            act.changes.doors |= set(turf.door_ids)
    return act.changes


def _free(
    book: Book, riding_id: int, door_ids: Sequence[bytes] | None, take: bool
) -> tuple[list[bytes], list[tuple[bytes, Text]]]:
    """Doors that may be cut, by id, and those that may not, with why."""
    db = book.read()
    ask = "SELECT door_id, barred, state FROM door WHERE riding_id = ?"
    rows = (
        db.query(ask, (riding_id,))
        if door_ids is None
        else query_in(db, f"{ask} AND door_id IN (??)", (riding_id,), list(dict.fromkeys(door_ids)))
    )
    held = db.query(
        "SELECT td.door_id FROM turf_door td JOIN turf t ON t.riding_id = td.riding_id AND t.turf_id = td.turf_id"
        " WHERE td.riding_id = ? AND t.retired = 0",
        (riding_id,),
    )
    taken = set[bytes]() if take else {bytes(row[0]) for row in held}
    out_with_somebody = doors_in_hand(db, riding_id)
    free: list[bytes] = []
    out: list[tuple[bytes, Text]] = []
    for door, barred in sorted(
        (bytes(row[0]), bool(row[1]) or int(row[2]) == DoorState.BARRED) for row in rows
    ):
        if barred or door in taken:
            out.append((door, BARRED if barred else TAKEN))
        elif door in out_with_somebody:
            out.append((door, IN_HAND))
        else:
            free.append(door)
    return free, out


_LARGE = 6


def _without_buildings(doors: list[WalkDoor]) -> tuple[list[WalkDoor], list[tuple[bytes, Text]]]:
    size: dict[tuple[object, ...], int] = {}
    for d in doors:
        key = (d.municipality, d.street, d.number, d.suffix)
        size[key] = size.get(key, 0) + 1
    large = {key for key, count in size.items() if count >= _LARGE}
    out = [d for d in doors if (d.municipality, d.street, d.number, d.suffix) in large]
    kept = [d for d in doors if (d.municipality, d.street, d.number, d.suffix) not in large]
    if not kept:
        raise InputError(_NO_FREE)
    return kept, [(d.door_id, BUILDING) for d in out]


def _people(book: Book, riding_id: int, doors: Sequence[bytes]) -> dict[bytes, int]:
    rows = query_in(
        book.read(),
        "SELECT door_id, COUNT(*) FROM person WHERE riding_id = ? AND gone = '' AND door_id IN (??) GROUP BY door_id",
        (riding_id,),
        list(doors),
    )
    return {bytes(door): int(count) for door, count in rows}
