"""Making and changing turfs."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from canvass_app.domain.errors import InputError
from canvass_app.domain.text import Text
from canvass_app.ledger.kinds import TurfAssigned, TurfChanged, TurfCut, TurfRetired
from canvass_app.storage.changes import ChangeSet
from canvass_app.storage.database import query_in

from .act import Act
from .book import Book
from .doors_out import NOT_CUT, refuse_twice
from .turf_rows import TurfSummary, canvasser_names, list_turfs, turf_door_ids
from .walks import Point, order_doors, read_walk_doors, walk_ground

__all__ = [
    "TurfMade", "TurfProposal", "TurfSummary", "assign_turf", "assign_turfs", "canvasser_names", "list_turfs", "make_turf",
    "next_turf_name", "propose_turf", "rename_turf", "retire_turf", "turf_door_ids",
]  # fmt: skip

COLORS = 12
MAX_NAME = 80

_NO_DOORS = Text(
    "No doors are chosen. Draw around some doors on the map first.",
    "Aucune porte n’est choisie. Entourez d’abord des portes sur la carte.",
)
_ALL_TAKEN = Text(
    "Every chosen door is already in another turf. Nothing was changed. Choose other doors, or move them here.",
    "Toutes les portes choisies sont déjà dans un autre secteur. Rien n’a été modifié. Choisissez d’autres portes "
    "ou déplacez-les ici.",
)
_NO_NAME = Text("The turf needs a name.", "Le secteur doit avoir un nom.")


@dataclass(frozen=True, slots=True)
class TurfProposal:
    """A turf before it is made. `taken`: how many of the chosen doors each other turf holds already."""

    door_ids: list[bytes]
    minutes: int
    seconds: int
    metres: int
    people: int
    barred: int
    taken: dict[str, int]
    route: NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class TurfMade:
    """A new turf."""

    turf_id: bytes
    changes: ChangeSet


def propose_turf(
    book: Book,
    riding_id: int,
    door_ids: Sequence[bytes],
    *,
    take: bool = False,
    meeting: Sequence[Point] = (),
) -> TurfProposal:
    """Order the chosen doors into a walk along the streets, from one of the meeting points if there are any.

    Doors of other turfs are left out unless `take`.

    Raises InputError when no door is left.
    """
    chosen = list(dict.fromkeys(door_ids))
    if not chosen:
        raise InputError(_NO_DOORS)
    taken = _taken(book, riding_id, chosen)
    free = chosen if take else [door for door in chosen if door not in taken]
    if not free:
        raise InputError(_ALL_TAKEN)
    doors = read_walk_doors(book, riding_id, free)
    found = order_doors(walk_ground(book, riding_id, doors), doors, meeting=meeting)
    people = query_in(
        book.read(),
        "SELECT COUNT(*) FROM person WHERE riding_id = ? AND gone = '' AND door_id IN (??)",
        (riding_id,),
        free,
    )
    barred = query_in(
        book.read(),
        "SELECT COUNT(*) FROM door WHERE riding_id = ? AND barred <> 0 AND door_id IN (??)",
        (riding_id,),
        free,
    )
    counted: dict[str, int] = {}
    for name in taken.values():
        counted[name] = counted.get(name, 0) + 1
    return TurfProposal(
        found.door_ids,
        max(1, round(found.walk.seconds / 60)),
        found.walk.seconds,
        found.walk.metres,
        sum(int(row[0]) for row in people),
        sum(int(row[0]) for row in barred),
        counted,
        found.stops,
    )


def _taken(book: Book, riding_id: int, doors: Sequence[bytes]) -> dict[bytes, str]:
    rows = query_in(
        book.read(),
        "SELECT td.door_id, t.name FROM turf_door td JOIN turf t ON t.riding_id = td.riding_id"
        " AND t.turf_id = td.turf_id WHERE td.riding_id = ? AND t.retired = 0 AND td.door_id IN (??)",
        (riding_id,),
        doors,
    )
    return {bytes(door): name for door, name in rows}


def make_turf(
    book: Book, riding_id: int, name: str, door_ids: Sequence[bytes], *, author: str = "", take: bool = False,
    anyway: bool = False,
) -> TurfMade:  # fmt: skip
    """Make a turf of the chosen doors in walk order. Doors of other turfs stay there unless `take`. `anyway`: also of doors
    that are on a walk list which is out.

    Raises InputError (no doors, no name), GivenAlready (doors on a list that is out).
    """
    name = _name(name)
    proposal = propose_turf(book, riding_id, door_ids, take=take)
    turf_id = os.urandom(16)
    with book.act(author) as act:
        if take:
            _take_from_others(book, act, riding_id, set(proposal.door_ids))
        made = int(act.db.query("SELECT COUNT(*) FROM turf WHERE riding_id = ?", (riding_id,))[0][0])
        act.add(
            riding_id,
            turf_id,
            TurfCut(
                name=name,
                doors=tuple(proposal.door_ids),
                seconds=proposal.seconds,
                metres=proposal.metres,
                color=made % COLORS,
            ),
        )
        # Last: who may not cut at all is told that first.
        if not anyway:
            refuse_twice(book, riding_id, proposal.door_ids, NOT_CUT, act.db)
    act.changes.doors |= set(proposal.door_ids)
    return TurfMade(turf_id, act.changes)


def _take_from_others(book: Book, act: Act, riding_id: int, doors: set[bytes]) -> None:
    for turf in list_turfs(book, riding_id):
        held = turf_door_ids(book, riding_id, turf.turf_id)
        left = [door for door in held if door not in doors]
        if len(left) == len(held):
            continue
        if not left:
            act.add(riding_id, turf.turf_id, TurfRetired())
            continue
        again = propose_turf(book, riding_id, left, take=True)
        act.add(
            riding_id,
            turf.turf_id,
            TurfChanged(doors=tuple(again.door_ids), seconds=again.seconds, metres=again.metres),
        )


def _name(name: str) -> str:
    tidy = " ".join(name.split())[:MAX_NAME]
    if not tidy:
        raise InputError(_NO_NAME)
    return tidy


def rename_turf(book: Book, riding_id: int, turf_id: bytes, name: str, *, author: str = "") -> ChangeSet:
    """Give a turf another name. Raises InputError when it is blank."""
    tidy = _name(name)
    with book.act(author) as act:
        act.add(riding_id, turf_id, TurfChanged(name=tidy))
    return act.changes


def assign_turf(book: Book, riding_id: int, turf_id: bytes, to: str, *, author: str = "") -> ChangeSet:
    """Give a turf to somebody by name; "" takes it back."""
    return assign_turfs(book, riding_id, [(turf_id, to)], author=author)


def assign_turfs(
    book: Book, riding_id: int, pairs: Sequence[tuple[bytes, str]], *, author: str = ""
) -> ChangeSet:
    """Give several turfs to people by name in one act; "" takes one back."""
    with book.act(author) as act:
        for turf_id, to in pairs:
            act.add(riding_id, turf_id, TurfAssigned(to=" ".join(to.split())[:MAX_NAME]))
    return act.changes


def retire_turf(
    book: Book, riding_id: int, turf_id: bytes, retired: bool = True, *, author: str = ""
) -> ChangeSet:
    """Take a turf out of use, or bring it back. Its walk lists still open by their number."""
    with book.act(author) as act:
        act.add(riding_id, turf_id, TurfRetired(retired=retired))
        act.changes.doors.update(turf_door_ids(book, riding_id, turf_id))
    return act.changes


def next_turf_name(book: Book, riding_id: int, language: str) -> str:
    """A name for the next turf that no turf has: "Turf 7", "Secteur 7"."""
    word = Text("Turf", "Secteur").say(language)
    used = {turf.name for turf in list_turfs(book, riding_id, include_retired=True)}
    number = len(used) + 1
    while f"{word} {number}" in used:
        number += 1
    return f"{word} {number}"
