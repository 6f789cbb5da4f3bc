"""Edits of a draft: moved, split, merged, drawn, given up, cut anew. Each says what it would break, and how to mend it.

Functions return a `Change` and change nothing. Locked turfs are never touched: their doors stay where they are and are
counted in `Change.kept`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .area import Area
from .draft import (
    FREE,
    Draft,
    DraftTurf,
    Edit,
    Units,
    apply,
    edit_to,
    pieces,
)
from .halving import given_up, halve
from .refining import refine

Int = NDArray[np.int32]
_ROUNDS = 4  # of mending: a piece that is given on may cut off another


class Break(NamedTuple):
    """A turf that an edit would leave in pieces: `doors` are cut off from its largest piece."""

    turf: int
    doors: int


class Change(NamedTuple):
    """An edit that can be made. With `breaks`, `mended` is the edit that gives what is cut off to the turf beside it
    (None where there is none, or all would stay as it was); the edit itself is "do it anyway"."""

    edit: Edit
    breaks: tuple[Break, ...] = ()
    mended: Edit | None = None
    kept: int = 0
    """Doors that stay because their turf is locked."""

    def __bool__(self) -> bool:
        return bool(len(self.edit.doors) or self.edit.turfs)


def _change(draft: Draft, edit: Edit, kept: int = 0) -> Change:
    breaks = _breaks(draft, apply(draft, edit), edit.touched())
    if not breaks:
        return Change(edit, kept=kept)
    return Change(edit, breaks, _mended(draft, edit), kept)


def _breaks(before: Draft, after: Draft, touched: frozenset[int]) -> tuple[Break, ...]:
    found: list[Break] = []
    for number in sorted(touched & set(after.turfs)):
        now = pieces(after, number)
        if len(now) > 1 and len(now) > max(1, len(pieces(before, number)) if number in before.turfs else 1):
            found.append(Break(number, sum(len(piece) for piece in now[1:])))
    return tuple(found)


def _mended(draft: Draft, edit: Edit) -> Edit | None:
    """Give each piece that is cut off to the unlocked turf beside it with the longest common border. A piece that was
    only now moved to a turf it does not touch stays where it was. None where doors would be left in no turf."""
    after = apply(draft, edit)
    moved = np.zeros(len(draft), bool)
    moved[edit.doors] = True
    for _ in range(_ROUNDS):
        breaks = _breaks(draft, after, edit.touched() | edit_to(draft, edit.what, after.owner).touched())
        if not breaks:
            break
        owner, units = after.owner.copy(), Units.of(after)
        for number, _cut_off in breaks:
            for piece in pieces(after, number)[1:]:
                if moved[piece].all():
                    owner[piece] = np.where(
                        np.isin(draft.owner[piece], list(after.turfs)), draft.owner[piece], FREE
                    )
                    continue
                inside = np.unique(after.area.unit[piece]).tolist()
                beside = units.beside(after.area, inside, after.locked() | {number})
                owner[piece] = min(beside, key=lambda turf: (-beside[turf], turf), default=FREE)
        after = replace(after, owner=owner)
    else:
        return None
    mended = edit_to(draft, edit.what, after.owner, after.turfs)
    loses = (mended.after == FREE) & (mended.before != FREE)
    meant = np.isin(mended.doors, edit.doors[edit.after == FREE])
    return mended if len(mended.doors) and not (loses & ~meant).any() else None


def _free_to_move(draft: Draft, doors: ArrayLike) -> tuple[NDArray[np.int64], int]:
    """These doors without those that are gone or in a locked turf, and how many the locks keep."""
    places = np.unique(np.asarray(doors, np.int64))
    places = places[~draft.gone[places]]
    held = np.isin(draft.owner[places], list(draft.locked()))
    return places[~held], int(held.sum())


def move(draft: Draft, doors: ArrayLike, to: int) -> Change:
    """Move doors to a turf, or to `FREE`. Nothing is moved into a locked turf. A turf left empty is no turf any more."""
    places, kept = _free_to_move(draft, doors)
    if to != FREE and (to not in draft.turfs or draft.turfs[to].locked):
        return Change(edit_to(draft, "move", draft.owner), kept=len(places) + kept)
    owner = draft.owner.copy()
    owner[places] = to
    return _change(draft, edit_to(draft, "move", owner, _without_empty(draft, owner)), kept)


def _without_empty(draft: Draft, owner: Int, *, but: frozenset[int] = frozenset()) -> dict[int, DraftTurf]:
    """The turfs that still have doors; those that had none before stay."""
    held = set(np.unique(owner[~draft.gone]).tolist())
    before = set(np.unique(draft.owner[~draft.gone]).tolist())
    return {
        number: turf
        for number, turf in draft.turfs.items()
        if number in held or number not in before or number in but
    }


def draw(draft: Draft, doors: ArrayLike, name: str, color: int) -> Change:
    """A new turf of these doors."""
    places, kept = _free_to_move(draft, doors)
    number, owner = draft.next_number(), draft.owner.copy()
    owner[places] = number
    turfs = _without_empty(draft, owner)
    if len(places):
        turfs[number] = DraftTurf(number, name, color)
    return _change(draft, edit_to(draft, "draw", owner, turfs), kept)


def split(draft: Draft, number: int, name: str, color: int) -> Change:
    """Two turfs of one, even in seconds. One that is in pieces already is split there. Empty for a locked turf or one
    of a single door."""
    owner, new = draft.owner.copy(), draft.next_number()
    if number in draft.turfs and not draft.turfs[number].locked:
        parts = pieces(draft, number)
        if len(parts) > 1:
            owner[np.concatenate(parts[1:])] = new
        elif parts:
            owner[_second_half(draft, parts[0])] = new
    turfs = dict(draft.turfs)
    if (owner == new).any():
        turfs[new] = DraftTurf(new, name, color)
    return _change(draft, edit_to(draft, "split", owner, turfs))


def _second_half(draft: Draft, doors: NDArray[np.int64]) -> NDArray[np.int64]:
    area, units = draft.area, draft.area.unit[doors]
    numbers, counts = np.unique(units, return_counts=True)
    seconds = seconds_a_door(area)
    weight = {int(u): float(seconds[u] * n) for u, n in zip(numbers, counts, strict=True)}
    if len(numbers) == 1:
        return doors[(len(doors) + 1) // 2 :]
    first, second = halve(area, weight)
    # The half with more doors keeps the name.
    size = dict(zip(numbers.tolist(), counts.tolist(), strict=True))
    other = second if sum(size[u] for u in first) >= sum(size[u] for u in second) else first
    return doors[np.isin(units, other)]


def merge(draft: Draft, numbers: Sequence[int]) -> Change:
    """One turf of several: the first named takes the doors of the others."""
    into, others = numbers[0], [number for number in numbers[1:] if number != numbers[0]]
    if any(draft.turfs[number].locked for number in (into, *others)):
        return Change(edit_to(draft, "merge", draft.owner))
    owner = np.where(np.isin(draft.owner, others), into, draft.owner).astype(np.int32)
    turfs = {number: turf for number, turf in draft.turfs.items() if number not in others}
    return _change(draft, edit_to(draft, "merge", owner, turfs))


def remove(draft: Draft, number: int, *, to_neighbours: bool = False) -> Change:
    """Give a turf up: its doors become free, or go to the unlocked turfs beside it."""
    if number not in draft.turfs or draft.turfs[number].locked:
        return Change(edit_to(draft, "remove", draft.owner))
    owner = np.where(draft.owner == number, FREE, draft.owner).astype(np.int32)
    if to_neighbours:
        doors = draft.doors_of(number)
        units = draft.area.unit[doors]
        held, closed = Units.of(draft).held, draft.locked() | {number, FREE}
        takers = {unit: sorted(turf for turf in turfs if turf not in closed) for unit, turfs in held.items()}
        inside = set(np.unique(units[units >= 0]).tolist())
        found = given_up(draft.area, inside, takers)
        owner[doors] = [found.get(int(unit), FREE) for unit in units]
    turfs = {key: turf for key, turf in draft.turfs.items() if key != number}
    return _change(draft, edit_to(draft, "remove", owner, turfs))


def change_turf(
    draft: Draft,
    number: int,
    *,
    name: str | None = None,
    color: int | None = None,
    locked: bool | None = None,
) -> Change:
    """Rename, colour, lock or unlock a turf."""
    turf = draft.turfs[number]
    new = DraftTurf(
        number, turf.name if name is None else name, turf.color if color is None else color,
        turf.locked if locked is None else locked,
    )  # fmt: skip
    what = "lock" if locked is not None else "name"
    return Change(edit_to(draft, what, draft.owner, {**draft.turfs, number: new}))


def seconds_a_door(area: Area) -> NDArray[np.float64]:
    """For each unit the seconds that one of its doors takes, with its share of the way along the unit."""
    return (area.work + area.walk) / np.maximum(area.doors, 1)


# cut anew: what goes to the cutter and what comes back


class Pool(NamedTuple):
    """Doors to be cut anew: the area with one unit for each turf that shares one, and the units' turfs."""

    area: Area
    owner: Int
    """int32[units], 0 to k - 1; all 0 when the turfs are made from scratch."""
    numbers: tuple[int, ...]
    """The number in the draft of each of those k turfs."""
    locked: Int


def whole(draft: Draft, numbers: Sequence[int] | None = None) -> Pool:
    """The draft as the cutter and the router see it: all turfs with doors, or those named."""
    counts = draft.counts()
    chosen = tuple(n for n in (draft.turfs if numbers is None else numbers) if n in draft.turfs and counts[n])
    group = np.full(len(draft), -1, np.int32)
    for index, number in enumerate(chosen):
        group[draft.doors_of(number)] = index
    area, owner = refine(draft.area, group)
    locked = np.array([i for i, n in enumerate(chosen) if draft.turfs[n].locked], np.int32)
    return Pool(area, owner, chosen, locked)


def by_themselves(pool: Pool) -> Int:
    """The turfs of a pool that no other can give to or take from: large buildings, and parts beside nobody."""
    area = pool.area
    source = np.repeat(np.arange(len(area.doors)), np.diff(area.starts))
    open_links = (pool.owner[source] != pool.owner[area.near]) & ~area.alone[source] & ~area.alone[area.near]
    beside = np.unique(pool.owner[source[open_links]])
    return np.setdiff1d(np.arange(len(pool.numbers)), beside).astype(np.int32)


def left_over(draft: Draft, walked: ArrayLike = ()) -> Pool:
    """What may still be cut anew: doors of unlocked turfs that nobody walked yet, as one piece of work."""
    held = np.zeros(len(draft), bool)
    held[np.asarray(walked, np.int64)] = True
    open_turfs = [number for number, turf in draft.turfs.items() if not turf.locked]
    group = np.where(np.isin(draft.owner, open_turfs) & ~held & ~draft.gone, 0, -1).astype(np.int32)
    area, owner = refine(draft.area, group)
    return Pool(area, owner, tuple(open_turfs), np.zeros(0, np.int32))


def take_rebalanced(draft: Draft, pool: Pool, owner: Int) -> Change:
    """The draft with the turfs that the cutter evened out; `owner` int32[units] of the pool's area."""
    new = draft.owner.copy()
    held = pool.area.unit >= 0
    numbers = np.append(np.array(pool.numbers, np.int32), np.int32(FREE))
    new[held] = numbers[owner[pool.area.unit[held]]]
    return _change(draft, edit_to(draft, "balance", new, _without_empty(draft, new)))


def take_recut(draft: Draft, pool: Pool, owner: Int, names: Sequence[str], colors: Sequence[int]) -> Change:
    """The draft with what was left cut into other turfs. Each new turf takes over the turf that gives it most doors;
    a turf of which doors are walked keeps them; others that are left with nothing are no turfs any more.

    `names` and `colors` are for turfs that take over none.
    """
    new = draft.owner.copy()
    held = np.flatnonzero(pool.area.unit >= 0)
    cut = owner[pool.area.unit[held]]
    stays = np.setdiff1d(np.flatnonzero(~draft.gone), held)
    taken = set(np.unique(draft.owner[stays]).tolist()) & set(pool.numbers)
    turfs = {n: turf for n, turf in draft.turfs.items() if n not in pool.numbers or n in taken}
    free_names, number = list(zip(names, colors, strict=True)), draft.next_number()
    heirs: set[int] = set()
    for part in range(int(cut.max(initial=-1)) + 1):
        doors = held[cut == part]
        if not len(doors):
            continue
        olds, counts = np.unique(draft.owner[doors], return_counts=True)
        fitting = [(-int(c), int(o)) for o, c in zip(olds, counts, strict=True) if o not in taken | heirs]
        if fitting:
            heir = min(fitting)[1]
            turfs[heir] = draft.turfs[heir]
            heirs.add(heir)
            new[doors] = heir
        else:
            name, color = free_names.pop(0)
            turfs[number] = DraftTurf(number, name, color)
            new[doors] = number
            number += 1
    new[held[cut < 0]] = FREE
    return _change(draft, edit_to(draft, "recut", new, dict(sorted(turfs.items()))))
