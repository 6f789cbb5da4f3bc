"""Between the draft and the cutter: a proposal becomes the draft, what is left is cut anew, and the draft becomes turfs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from canvass_app.domain.errors import Cancelled as Stopped
from canvass_app.domain.errors import InputError
from canvass_app.domain.text import Text
from canvass_app.storage.changes import ChangeSet
from canvass_app.turf.draft import FREE, DraftTurf
from canvass_app.turf.draft_edits import Change, by_themselves, left_over, take_rebalanced, take_recut, whole

from .book import Book
from .drafts import Desk, bring_back, freshen, new_names, start_draft, throw_away, walked

if TYPE_CHECKING:
    from canvass_app.turf.cutting import Cut

    from .cutting import ProposedTurf

By = Literal["minutes", "doors", "turfs", "volunteers"]
Report = Callable[[Text, int, int], None]
Cancelled = Callable[[], bool]

_CUTTING = Text("Cutting", "Découpage")
_EVENING = Text("Evening out", "Équilibrage")
_WALKING = Text("Finding the walks", "Recherche des parcours")
_NOTHING_LEFT = Text(
    "Every turf is locked or walked. Nothing is left to cut anew. Unlock a turf first.",
    "Tous les secteurs sont verrouillés ou parcourus. Il ne reste rien à redécouper. Déverrouillez d’abord un secteur.",
)
_NO_TURFS = Text(
    "The proposal has no turf with doors. Nothing was made.",
    "La proposition n’a aucun secteur avec des portes. Rien n’a été créé.",
)


class Accepted(NamedTuple):
    """What became of a draft: how many turfs were made, and how many of its doors were kept out."""

    changes: ChangeSet
    turfs: int
    kept_out: int


class TakenBack(NamedTuple):
    """Turfs that are out of use again, and the draft that they were made of."""

    changes: ChangeSet
    desk: Desk


class Proposal(NamedTuple):
    """A new draft, and the walks that the cutter made for its turfs already."""

    desk: Desk
    routes: dict[int, ProposedTurf]


def propose(
    book: Book, riding_id: int, by: By, amount: int, *, seed: int = 1,
    meeting: tuple[tuple[int, int], ...] = (), door_ids: Sequence[bytes] | None = None, buildings: bool = True,
    major_streets: bool = True, language: str = "en", report: Report, cancelled: Cancelled,
) -> Proposal:  # fmt: skip
    """Cut doors and keep the proposal as the riding's draft. Each volunteer gets a turf. Raises InputError, Cancelled."""
    from .cutting import Wish, propose_cut

    kind = "turfs" if by == "volunteers" else by
    wish = Wish(
        minutes=amount if kind == "minutes" else None, doors=amount if kind == "doors" else None,
        turfs=amount if kind == "turfs" else None, seed=seed, meeting=meeting,
        buildings=buildings, major_streets=major_streets,
    )  # fmt: skip
    found = propose_cut(book, riding_id, wish, door_ids, report, cancelled, language)
    names = [DraftTurf(at, turf.name, turf.color) for at, turf in enumerate(found.turfs)]
    said = {"by": by, "amount": amount, "seed": seed, "meeting": meeting}
    if cancelled():
        raise Stopped
    desk = start_draft(book, riding_id, found.door_ids, found.area, found.owner, names, said)
    return Proposal(desk, dict(enumerate(found.turfs)))


def estimates(desk: Desk) -> dict[int, int]:
    """About how many seconds each turf takes, without a router."""
    from canvass_app.turf.cutting import estimate

    draft = desk.draft
    pool = whole(draft)
    found = dict.fromkeys(draft.turfs, 0)
    if len(pool.owner):
        seconds = estimate(pool.area, pool.owner)
        found |= {
            number: round(float(seconds[at])) for at, number in enumerate(pool.numbers) if at < len(seconds)
        }
    return found


def route(book: Book, desk: Desk, numbers: Iterable[int]) -> dict[int, ProposedTurf]:
    """The walks of some turfs of a desk; those without doors are left out."""
    from .cutting import walk_turf

    found: dict[int, ProposedTurf] = {}
    meeting = tuple((int(lon), int(lat)) for lon, lat in desk.said.get("meeting", ()))
    for number in numbers:
        turf = desk.draft.turfs.get(number)
        doors = desk.ids_at(desk.draft.doors_of(number)) if turf is not None else []
        if turf is not None and doors:
            found[number] = walk_turf(book, desk.riding_id, turf.name, turf.color, doors, meeting=meeting)
    return found


def rebalance(book: Book, desk: Desk, *, report: Report, cancelled: Cancelled) -> Change:
    """The change that evens out every turf that is not locked. Raises Cancelled."""
    from canvass_app.turf.balance import CutCancelled
    from canvass_app.turf.cutting import rebalance as even_out

    pool = whole(desk.draft)
    locked = np.union1d(pool.locked, by_themselves(pool)).astype(np.int32)
    try:
        owner = even_out(
            pool.area, pool.owner, locked=locked, seed=int(desk.said.get("seed", 1)),
            report=lambda part: report(_EVENING, round(part * 100), 100), cancelled=cancelled,
        )  # fmt: skip
    except CutCancelled:
        raise Stopped from None
    return take_rebalanced(desk.draft, pool, owner)


def recut(
    book: Book,
    desk: Desk,
    *,
    language: str = "en",
    turfs: int | None = None,
    report: Report,
    cancelled: Cancelled,
) -> Change:
    """The change that cuts what is neither locked nor walked into one turf fewer, or into `turfs`.

    Raises InputError when nothing is left, Cancelled.
    """
    from canvass_app.turf.balance import CutCancelled
    from canvass_app.turf.cutting import cut

    pool = left_over(desk.draft, walked(book, desk))
    counts = desk.draft.counts()
    open_turfs = sum(counts[number] > 0 for number in pool.numbers)
    if not len(pool.owner) or not open_turfs:
        raise InputError(_NOTHING_LEFT)
    wanted = turfs if turfs is not None else max(1, open_turfs - 1)

    def deal(number: int) -> Cut:
        return cut(
            pool.area, number, seed=int(desk.said.get("seed", 1)),
            report=lambda part: report(_CUTTING, round(part * 100), 100), cancelled=cancelled,
        )  # fmt: skip

    try:
        found = deal(wanted)
        if found.turfs > wanted > 1:
            # Large buildings and small parts are turfs by themselves, beyond what was asked for.
            found = deal(max(1, 2 * wanted - found.turfs))
    except CutCancelled:
        raise Stopped from None
    names = new_names(book, desk, desk.riding_id, found.turfs, language)
    return take_recut(
        desk.draft, pool, found.owner, [one.name for one in names], [one.color for one in names]
    )


def accept(
    book: Book, desk: Desk, known: Mapping[int, ProposedTurf] | None = None, *, author: str, report: Report,
    cancelled: Cancelled,
) -> Accepted:  # fmt: skip
    """Make the draft's turfs in one transaction; the draft is gone then. Doors that were cut elsewhere meanwhile, are on
    a list that is out, or are barred are kept out. `known`: walks that were found already.

    Raises InputError when no turf has doors, Cancelled.
    """
    from .cutting import accept_cut

    desk = freshen(book, desk)
    counts = desk.draft.counts()
    numbers = [number for number in desk.draft.turfs if counts[number]]
    if not numbers:
        raise InputError(_NO_TURFS)
    made: list[ProposedTurf] = []
    for at, number in enumerate(numbers):
        if cancelled():
            raise Stopped
        report(_WALKING, at, len(numbers))
        turf, walk = desk.draft.turfs[number], (known or {}).get(number)
        if walk is None or set(walk.door_ids) != set(desk.ids_at(desk.draft.doors_of(number))):
            walk = route(book, desk, [number])[number]
        made.append(replace(walk, name=turf.name, color=turf.color))
    kept_out = int((desk.draft.gone & (desk.draft.owner != FREE)).sum())
    changes = accept_cut(book, desk.riding_id, made, author=author)
    throw_away(book, desk.riding_id)
    return Accepted(changes, len(made), kept_out)


def take_back(book: Book, desk: Desk, turf_ids: Iterable[bytes], *, author: str) -> TakenBack:
    """Put the turfs that were made of a draft out of use again, in one transaction, and keep the draft once more."""
    from canvass_app.ledger.kinds import TurfRetired

    from .turfs import turf_door_ids

    with book.act(author) as act:
        for turf in sorted(turf_ids):
            act.add(desk.riding_id, turf, TurfRetired())
            act.changes.doors.update(turf_door_ids(book, desk.riding_id, turf))
    return TakenBack(act.changes, bring_back(book, desk))
