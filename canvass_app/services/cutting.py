"""Proposing turfs for a riding's doors, and making those that were accepted."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from canvass_app.domain.errors import Cancelled, InputError, NotFound
from canvass_app.domain.text import Text
from canvass_app.ledger.kinds import TurfCut
from canvass_app.storage.changes import ChangeSet
from canvass_app.storage.database import query_in
from canvass_app.turf.area import Area, build_area
from canvass_app.turf.balance import CutCancelled
from canvass_app.turf.cutting import cut
from canvass_app.turf.network import build_network
from canvass_app.turf.pseudo import pseudo_lines
from canvass_app.turf.snapping import snap
from canvass_app.turf.walking import Sidewalks

from .book import Book
from .streets import DoorFit, Doors, fit_doors, load_segments, read_doors
from .turfs import COLORS, propose_turf

Report = Callable[[Text, int, int], None]
_CUTTING = Text("Cutting", "Découpage")
_WALKING = Text("Finding the walks", "Recherche des parcours")
_READING = Text("Reading doors and streets", "Lecture des portes et des rues")
_SECONDS_A_DOOR = 75
_ALONE = 60
_NO_FREE = Text(
    "Every door is in a turf already, or not to be knocked at. Nothing was changed. Retire a turf first, or choose other "
    "doors.",
    "Chaque porte est déjà dans un secteur, ou on n’y frappe pas. Rien n’a été modifié. Retirez d’abord un secteur ou "
    "choisissez d’autres portes.",
)
_BARRED = Text("not to be knocked at", "ne pas frapper")
_TAKEN = Text("in another turf", "dans un autre secteur")


@dataclass(frozen=True, slots=True)
class Wish:
    """What a cut is to give: one of `minutes`, `doors`, `turfs`."""

    minutes: int | None = None
    doors: int | None = None
    turfs: int | None = None
    seed: int = 1
    meeting: tuple[tuple[int, int], ...] = ()
    take: bool = False


@dataclass(frozen=True, slots=True)
class ProposedTurf:
    """A turf that is not made yet, its doors in walk order."""

    name: str
    color: int
    door_ids: list[bytes]
    seconds: int
    metres: int
    doors: int
    people: int
    route: NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class CutProposal:
    """A cut of doors. `owner` int32[units]."""

    area: Area
    door_ids: list[bytes]
    owner: NDArray[np.int32]
    turfs: list[ProposedTurf]
    left_out: list[tuple[bytes, Text]]


def propose_cut(
    book: Book, riding_id: int, wish: Wish, door_ids: Sequence[bytes] | None = None,
    report: Report = lambda _what, _done, _total: None, cancelled: Callable[[], bool] = lambda: False,
) -> CutProposal:  # fmt: skip
    """Cut the free doors of a riding, or those named, into turfs. Raises InputError, Cancelled."""
    report(_READING, 0, 1)
    chosen, left_out = _free(book, riding_id, door_ids)
    if not chosen:
        raise InputError(_NO_FREE)
    fit = _fit(book, riding_id, chosen)
    area = _area(book, riding_id, fit)
    turfs = _count(area, wish)
    try:
        owner = cut(
            area, turfs, seed=wish.seed, aim="doors" if wish.doors else "both",
            report=lambda part: report(_CUTTING, round(part * 100), 100), cancelled=cancelled,
        ).owner  # fmt: skip
    except CutCancelled:
        raise Cancelled from None
    ids = fit.doors.ids
    held = np.append(owner, np.int32(-1))[area.unit]
    made: list[ProposedTurf] = []
    number = int(owner.max(initial=-1)) + 1
    for turf in range(number):
        if cancelled():
            raise Cancelled
        report(_WALKING, turf, number)
        made.append(
            walk_turf(
                book, riding_id, f"{turf + 1}", turf % COLORS, [ids[i] for i in np.flatnonzero(held == turf)]
            )
        )
    return CutProposal(area, ids, owner, made, left_out)


def walk_turf(book: Book, riding_id: int, name: str, color: int, doors: Sequence[bytes]) -> ProposedTurf:
    """A turf of these doors, walked."""
    walk = propose_turf(book, riding_id, doors, take=True)
    return ProposedTurf(
        name, color, walk.door_ids, walk.seconds, walk.metres, len(walk.door_ids), walk.people, walk.route
    )


def accept_cut(book: Book, riding_id: int, turfs: Sequence[ProposedTurf], author: str = "") -> ChangeSet:
    """Make these turfs in one transaction."""
    with book.act(author) as act:
        for turf in turfs:
            act.add(
                riding_id, os.urandom(16),
                TurfCut(name=turf.name, doors=tuple(turf.door_ids), seconds=turf.seconds, metres=turf.metres, color=turf.color),
            )  # fmt: skip
            act.changes.doors |= set(turf.door_ids)
    return act.changes


def _free(
    book: Book, riding_id: int, door_ids: Sequence[bytes] | None
) -> tuple[set[bytes], list[tuple[bytes, Text]]]:
    db = book.read()
    if door_ids is None:
        rows = db.query("SELECT door_id, barred FROM door WHERE riding_id = ?", (riding_id,))
    else:
        rows = query_in(
            db,
            "SELECT door_id, barred FROM door WHERE riding_id = ? AND door_id IN (??)",
            (riding_id,),
            list(door_ids),
        )
    taken = {
        bytes(row[0])
        for row in db.query(
            "SELECT td.door_id FROM turf_door td JOIN turf t ON t.riding_id = td.riding_id AND t.turf_id = td.turf_id"
            " WHERE td.riding_id = ? AND t.retired = 0",
            (riding_id,),
        )
    }
    free: set[bytes] = set()
    out: list[tuple[bytes, Text]] = []
    for door, barred in rows:
        if barred or bytes(door) in taken:
            out.append((bytes(door), _BARRED if barred else _TAKEN))
        else:
            free.add(bytes(door))
    return free, out


def _fit(book: Book, riding_id: int, chosen: set[bytes]) -> DoorFit:
    doors = read_doors(book, riding_id)
    mine = [i for i, door in enumerate(doors.ids) if door in chosen]
    some = Doors(
        [doors.ids[i] for i in mine], [doors.labels[i] for i in mine], [doors.street[i] for i in mine],
        doors.number[mine], doors.lon_e6[mine], doors.lat_e6[mine],
    )  # fmt: skip
    try:
        return fit_doors(load_segments(book, riding_id), some)
    except NotFound:
        numbers: dict[str, int] = {}
        street = np.array([numbers.setdefault(key, len(numbers)) for key in some.street], np.int32)
        network = build_network(pseudo_lines(some.lon_e6, some.lat_e6, some.number, street))
        spots = snap(network, some.lon_e6, some.lat_e6, street)
        return DoorFit(network, some, spots, np.zeros((len(mine), 2), np.int32))


def _area(book: Book, riding_id: int, fit: DoorFit) -> Area:
    doors = fit.doors
    stops: dict[tuple[str, int, int, int], int] = {}
    stop = np.array([
        stops.setdefault((street, int(number), int(lon), int(lat)), len(stops))
        for street, number, lon, lat in zip(doors.street, doors.number, doors.lon_e6, doors.lat_e6, strict=True)
    ], np.int32)  # fmt: skip
    seconds = np.full(len(stop), _SECONDS_A_DOOR, np.int32)
    return build_area(fit.network, Sidewalks(fit.network), fit.spots, stop, seconds, lone=_ALONE)


def _count(area: Area, wish: Wish) -> int:
    if wish.turfs:
        return wish.turfs
    if wish.doors:
        return max(1, round(int(area.doors.sum()) / wish.doors))
    seconds = float((area.work + area.walk).sum()) * 1.25
    return max(1, round(seconds / 60 / (wish.minutes or 120)))
