"""A cut in the hand, before it is made: which turf has which door, and edits that can each be taken back.

Doors, not units, belong to turfs, so that a lasso may take half a block. Two doors hang together when their units are
the same or neighbours; a unit shared by two turfs counts as a piece of both. A draft is a value: an edit makes another
one and keeps only what it changed, so that undo and redo cost nothing and have no end.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .area import Area

Int = NDArray[np.int32]
Places = NDArray[np.int64]
FREE = -1


class DraftTurf(NamedTuple):
    """A turf of a draft, known by its number while it lives."""

    number: int
    name: str
    color: int
    locked: bool = False

    @property
    def code(self) -> str:
        """What is typed to mean this turf: A to Z, AA, AB and so on."""
        return turf_code(self.number)


def turf_code(number: int) -> str:
    """A, B ... Z, AA, AB ... for 0, 1 ... 25, 26, 27 ..."""
    code = ""
    number += 1
    while number:
        number, letter = divmod(number - 1, 26)
        code = chr(65 + letter) + code
    return code


@dataclass(frozen=True, slots=True, eq=False)
class Draft:
    """`owner` int32[doors] is the number of each door's turf, or `FREE`; `gone` bool[doors] marks doors that are no
    longer to be cut (in a turf of somebody else's, barred, erased): they stay in their row and count nowhere."""

    area: Area
    owner: Int
    turfs: Mapping[int, DraftTurf]
    gone: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.owner)

    def doors_of(self, number: int) -> Places:
        """The places of a turf's doors (`FREE`: of doors in no turf), ascending."""
        return np.flatnonzero((self.owner == number) & ~self.gone)

    def placeless(self) -> Places:
        """Doors without a place on the network or the map: put into turfs by hand only."""
        return np.flatnonzero((self.area.unit < 0) & ~self.gone)

    def counts(self) -> dict[int, int]:
        """How many doors each turf has."""
        held = self.owner[~self.gone & (self.owner >= 0)]
        counted = np.bincount(held, minlength=max(self.turfs, default=-1) + 1)
        return {number: int(counted[number]) for number in self.turfs}

    def next_number(self) -> int:
        """The number of the next turf."""
        return max(self.turfs, default=-1) + 1

    def locked(self) -> frozenset[int]:
        """The numbers of the turfs that no edit touches."""
        return frozenset(number for number, turf in self.turfs.items() if turf.locked)


class Edit(NamedTuple):
    """What one edit changed: doors with their turf before and after, turfs before and after (None: not there)."""

    what: str
    doors: Int
    before: Int
    after: Int
    turfs: tuple[tuple[DraftTurf | None, DraftTurf | None], ...] = ()

    def back(self) -> Edit:
        """The edit that takes this one back."""
        return Edit(
            self.what, self.doors, self.after, self.before, tuple((new, old) for old, new in self.turfs)
        )

    def touched(self) -> frozenset[int]:
        """The numbers of the turfs whose doors it changed."""
        numbers = np.unique(np.concatenate((self.before, self.after))) if len(self.doors) else ()
        return frozenset(int(number) for number in numbers if number != FREE)


def new_draft(area: Area, owner: Int, turfs: Iterable[DraftTurf]) -> Draft:
    """The draft of a cut. `owner` int32[doors]. Raises ValueError when a door is in a turf that is not there."""
    known = {turf.number: turf for turf in turfs}
    if len(owner) != len(area.unit) or not set(np.unique(owner).tolist()) <= {FREE, *known}:
        raise ValueError("every door must be in one of the turfs, or free")
    return Draft(area, owner.astype(np.int32), known, np.zeros(len(owner), bool))


def apply(draft: Draft, edit: Edit) -> Draft:
    """The draft after an edit. Raises ValueError when the edit was made for another draft."""
    if not np.array_equal(draft.owner[edit.doors], edit.before):
        raise ValueError("this edit was made for another draft")
    turfs = dict(draft.turfs)
    for old, new in edit.turfs:
        if old is not None and turfs.get(old.number) != old:
            raise ValueError("this edit was made for another draft")
        if old is not None and new is None:
            del turfs[old.number]
        elif new is not None:
            turfs[new.number] = new
    owner = draft.owner.copy()
    owner[edit.doors] = edit.after
    return replace(draft, owner=owner, turfs=dict(sorted(turfs.items())))


def edit_to(draft: Draft, what: str, owner: Int, turfs: Mapping[int, DraftTurf] | None = None) -> Edit:
    """The edit that leads from this draft to those owners and turfs."""
    changed = np.flatnonzero(owner != draft.owner).astype(np.int32)
    after = draft.turfs if turfs is None else turfs
    pairs = tuple(
        (draft.turfs.get(number), after.get(number))
        for number in sorted({*draft.turfs, *after})
        if draft.turfs.get(number) != after.get(number)
    )
    return Edit(what, changed, draft.owner[changed], owner[changed].astype(np.int32), pairs)


# what hangs together


def neighbours(area: Area, unit: int) -> list[int]:
    """The units beside one."""
    return area.near[area.starts[unit] : area.starts[unit + 1]].tolist()


def unit_pieces(area: Area, units: Iterable[int]) -> list[list[int]]:
    """The groups of these units that hang together, each ascending; the first found first."""
    left = dict.fromkeys(sorted(units))
    found: list[list[int]] = []
    while left:
        first = next(iter(left))
        del left[first]
        piece, edge = [first], [first]
        while edge:
            for other in neighbours(area, edge.pop()):
                if other in left:
                    del left[other]
                    piece.append(other)
                    edge.append(other)
        found.append(sorted(piece))
    return found


def pieces(draft: Draft, number: int) -> list[Places]:
    """The doors of a turf in the pieces that it falls into, the largest first. Doors without a place are in none."""
    doors = draft.doors_of(number)
    doors = doors[draft.area.unit[doors] >= 0]
    units = draft.area.unit[doors]
    groups = unit_pieces(draft.area, np.unique(units).tolist())
    if len(groups) <= 1:
        return [doors] if len(doors) else []
    found = [doors[np.isin(units, group)] for group in groups]
    return sorted(found, key=lambda piece: -len(piece))


def broken(draft: Draft) -> dict[int, int]:
    """The turfs that fall into several pieces, and into how many."""
    counted = {number: len(pieces(draft, number)) for number in draft.turfs}
    return {number: count for number, count in counted.items() if count > 1}


class Units(NamedTuple):
    """Which turfs have doors in each unit, with how many."""

    held: dict[int, dict[int, int]]

    @classmethod
    def of(cls, draft: Draft) -> Units:
        """Read a draft."""
        here = ~draft.gone & (draft.area.unit >= 0)
        if not here.any():
            return cls({})
        pairs, counts = np.unique(
            np.column_stack((draft.area.unit[here], draft.owner[here])), axis=0, return_counts=True
        )
        held: dict[int, dict[int, int]] = {}
        for (unit, owner), count in zip(pairs.tolist(), counts.tolist(), strict=True):
            held.setdefault(unit, {})[owner] = count
        return cls(held)

    def beside(self, area: Area, units: Iterable[int], but: frozenset[int]) -> dict[int, int]:
        """The turfs that touch these units, with the number of places where they do; without those of `but`."""
        found: dict[int, int] = {}
        for unit in units:
            for other in (unit, *neighbours(area, unit)):
                for turf in self.held.get(other, ()):
                    if turf != FREE and turf not in but:
                        found[turf] = found.get(turf, 0) + 1
        return found


def neighbour_turfs(draft: Draft, number: int) -> list[int]:
    """The turfs beside a turf, the one with the longest common border first."""
    doors = draft.doors_of(number)
    units = np.unique(draft.area.unit[doors])
    found = Units.of(draft).beside(draft.area, units[units >= 0].tolist(), frozenset({number}))
    return sorted(found, key=lambda turf: (-found[turf], turf))
