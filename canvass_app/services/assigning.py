"""Which turf goes to whom: the volunteers' needs against the turfs' own facts. Nothing is given before somebody accepts it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from canvass_app.domain.address import fold, normalise_street, parse_civic
from canvass_app.domain.errors import InputError
from canvass_app.domain.geo import metres_between
from canvass_app.domain.needs import Needs, language_code, read_needs
from canvass_app.domain.text import Text
from canvass_app.storage.changes import ChangeSet
from canvass_app.storage.database import query_in

from .assigning_fit import Fit, Point, TurfFacts, Walker, fit_of, unmet
from .book import Book
from .placing import placed_by_number
from .team_rows import list_gatherings, list_members, list_teams
from .turf_rows import list_turfs
from .turfs import assign_turfs

__all__ = ["Choices", "Proposed", "accept_assignment", "propose", "propose_assignment", "read_choices"]

_MANY_DOORS = 6
"""From so many doors at one number on, a building is taken to have floors where its file does not say."""
_ONE_PLACE = 300.0
"""Doors of one address farther apart than this, in metres, are in different towns."""
# A pair that does not fit is dearer than nobody, and nobody is dearer than any pair that fits.
_NOBODY, _NEVER = 1e5, 1e6
_ADDRESS = re.compile(r"(\d+(?:[A-Za-z]\b| ?½| 1/2)?),?\s+([^,]+)")


@dataclass(frozen=True, slots=True)
class Proposed:
    """A turf for a member, and why. Without a member nobody is left for it; without a turf there is none for the member."""

    turf: TurfFacts | None
    member_id: bytes | None
    member: str
    reasons: tuple[Text, ...] = ()
    warnings: tuple[Text, ...] = ()

    @property
    def pair(self) -> tuple[bytes, str] | None:
        """The turf and the name that it would get."""
        return (self.turf.turf_id, self.member) if self.turf and self.member_id else None


@dataclass(frozen=True, slots=True)
class Choices:
    """The turfs that nobody has and the members who have none."""

    turfs: list[TurfFacts]
    walkers: list[Walker]

    def why(self, turf_id: bytes, member_id: bytes | None) -> Proposed:
        """One turf for one member, with what speaks for and against it."""
        turf = next(one for one in self.turfs if one.turf_id == turf_id)
        walker = next((one for one in self.walkers if one.member_id == member_id), None)
        if walker is None:
            return Proposed(turf, None, "", warnings=(_NOBODY_LEFT,))
        found = fit_of(turf, walker)
        return Proposed(turf, walker.member_id, walker.name, found.reasons, found.warnings)


def propose_assignment(
    book: Book,
    riding_id: int,
    turf_ids: Sequence[bytes] | None = None,
    member_ids: Sequence[bytes] | None = None,
) -> list[Proposed]:
    """Ready turfs that nobody has, each for the active member whom it fits best; the same each time.

    First the turfs in the order in which they were made, then members for whom there is none. `turf_ids`, `member_ids`: only these.

    Raises InputError when there is no such turf or no such member.
    """
    return propose(read_choices(book, riding_id, turf_ids, member_ids))


def propose(choices: Choices) -> list[Proposed]:
    """The best whole: as many turfs as can be given, then what fits best."""
    import numpy as np
    from scipy.optimize import linear_sum_assignment

    turfs, walkers = choices.turfs, choices.walkers
    fits = [[fit_of(turf, walker) for turf in turfs] for walker in walkers]
    costs = np.full((len(walkers), len(turfs) + len(walkers)), _NOBODY)
    for row, found in enumerate(fits):
        if walkers[row].needs.calls_only:
            costs[row, : len(turfs)] = _NEVER
        else:
            costs[row, : len(turfs)] = [one.cost if one.fits else _NEVER for one in found]
    rows, columns = (found.tolist() for found in linear_sum_assignment(costs))
    taken: dict[int, int] = {
        column: row
        for row, column in zip(rows, columns, strict=True)
        if column < len(turfs) and costs[row, column] < _NOBODY
    }
    towers = sum(turf.floors > 0 for turf in turfs)
    proposed: list[Proposed] = []
    for at, turf in enumerate(turfs):
        row = taken.get(at)
        if row is None:
            proposed.append(Proposed(turf, None, "", warnings=(_NOBODY_LEFT,)))
            continue
        walker, found = walkers[row], fits[row][at]
        avoided = (_AVOIDED.fill(turfs=towers),) if walker.needs.no_stairs and towers else ()
        proposed.append(
            Proposed(turf, walker.member_id, walker.name, (*found.reasons, *avoided), found.warnings)
        )
    given = set(taken.values())
    return [*proposed, *(_without(w, fits[row]) for row, w in enumerate(walkers) if row not in given)]


def _without(walker: Walker, fits: Sequence[Fit]) -> Proposed:
    if walker.needs.calls_only:
        why = _CALLS_ONLY
    elif any(one.fits for one in fits):
        why = _NONE_LEFT
    else:
        why = _NO_FIT.fill(asked=unmet(walker.needs))
    kept = tuple(_KEPT.fill(words=words) for words in walker.needs.other)
    return Proposed(None, walker.member_id, walker.name, warnings=(why, *kept))


def accept_assignment(
    book: Book, riding_id: int, pairs: Sequence[tuple[bytes, str]], *, author: str = ""
) -> ChangeSet:
    """Give each turf to its member, all in one act.

    Raises InputError when somebody got one of the turfs in the meantime, or it is retired; nothing is given then.
    """
    free = {turf.turf_id for turf in list_turfs(book, riding_id) if not turf.assigned}
    if any(turf not in free for turf, _ in pairs):
        raise InputError(_CHANGED)
    return assign_turfs(book, riding_id, pairs, author=author)


# --- what is read -------------------------------------------------------------------------------


def read_choices(
    book: Book,
    riding_id: int,
    turf_ids: Sequence[bytes] | None = None,
    member_ids: Sequence[bytes] | None = None,
) -> Choices:
    """The ready turfs that nobody has and the members who have none. Raises InputError when there is no one of either."""
    turfs = _turfs(book, riding_id, turf_ids)
    if not turfs:
        raise InputError(_NO_TURFS)
    walkers = _walkers(book, riding_id, member_ids)
    if not walkers:
        raise InputError(_NO_MEMBERS)
    return Choices(turfs, walkers)


def _turfs(book: Book, riding_id: int, wanted: Sequence[bytes] | None) -> list[TurfFacts]:
    db, chosen = book.read(), None if wanted is None else set(wanted)
    free = [
        turf
        for turf in list_turfs(book, riding_id)
        if turf.state == "ready" and not turf.assigned and (chosen is None or turf.turf_id in chosen)
    ]
    if not free:
        return []
    ids = [turf.turf_id for turf in free]
    placed = placed_by_number(book, riding_id)
    places: dict[bytes, list[Point]] = {}
    buildings: dict[bytes, dict[tuple[Any, ...], tuple[int, int]]] = {}
    for turf, door, lon, lat, floor, *address in query_in(
        db,
        "SELECT td.turf_id, d.door_id, d.lon_e6, d.lat_e6, d.floor, d.municipality, d.street, d.street_type,"
        " d.street_direction, d.number, d.suffix FROM turf_door td JOIN door d ON d.riding_id = td.riding_id"
        " AND d.door_id = td.door_id WHERE td.riding_id = ? AND td.turf_id IN (??) ORDER BY td.turf_id, td.position",
        (riding_id,),
        ids,
    ):
        place = (int(lon), int(lat)) if lon or lat else placed.get(bytes(door))
        if place is not None:
            places.setdefault(bytes(turf), []).append(place)
        at = buildings.setdefault(bytes(turf), {})
        doors, top = at.get(tuple(address), (0, 0))
        at[tuple(address)] = doors + 1, max(top, int(floor))
    tongues: dict[bytes, dict[str, int]] = {}
    for turf, language, count in query_in(
        db,
        "SELECT td.turf_id, p.language, COUNT(*) FROM turf_door td JOIN person p ON p.riding_id = td.riding_id"
        " AND p.door_id = td.door_id WHERE td.riding_id = ? AND p.gone = '' AND p.language <> ''"
        " AND td.turf_id IN (??) GROUP BY td.turf_id, p.language",
        (riding_id,),
        ids,
    ):
        spoken, code = tongues.setdefault(bytes(turf), {}), language_code(language)
        spoken[code] = spoken.get(code, 0) + int(count)
    return [
        TurfFacts(
            turf.turf_id, turf.name, turf.doors, turf.minutes, turf.metres,
            sum(top > 1 or doors >= _MANY_DOORS for doors, top in buildings.get(turf.turf_id, {}).values()),
            _middle(places.get(turf.turf_id, [])), tongues.get(turf.turf_id, {}),
        )
        for turf in free
    ]  # fmt: skip


def _middle(places: Sequence[Point]) -> Point | None:
    if not places:
        return None
    return sum(lon for lon, _ in places) // len(places), sum(lat for _, lat in places) // len(places)


def _walkers(book: Book, riding_id: int, wanted: Sequence[bytes] | None) -> list[Walker]:
    chosen = None if wanted is None else set(wanted)
    teams: dict[bytes, set[bytes]] = {}
    shown = {team.team_id for team in list_teams(book, riding_id)}
    for member, team in book.read().query(
        "SELECT member_id, team_id FROM team_member WHERE riding_id = ?", (riding_id,)
    ):
        if bytes(team) in shown:
            teams.setdefault(bytes(member), set()).add(bytes(team))
    # A turf names its walker; who shares a name with somebody who has one cannot be told from them.
    busy = {fold(turf.assigned) for turf in list_turfs(book, riding_id) if turf.state != "done"}
    ahead = [
        one
        for one in list_gatherings(book, riding_id)
        if not (one.past or one.cancelled) and one.sort == "canvass"
    ]
    walkers: list[Walker] = []
    for member in list_members(book, riding_id):
        if member.member_id not in teams or fold(member.name) in busy:
            continue
        if chosen is not None and member.member_id not in chosen:
            continue
        busy.add(fold(member.name))
        needs = read_needs(member.needs, member.languages)
        start = next((one.start for one in ahead if one.team_id in teams[member.member_id]), "")
        walkers.append(
            Walker(member.member_id, member.name, needs, _home(book, riding_id, needs), _minutes(start))
        )
    return walkers


def _minutes(clock: str) -> int:
    hour, _, minute = clock.partition(":")
    return int(hour) * 60 + int(minute) if minute else -1


def _home(book: Book, riding_id: int, needs: Needs) -> Point | None:
    """Where the address is that somebody wants to be near; None when the riding does not know it, or knows it twice."""
    found = _ADDRESS.match(needs.near)
    if found is None:
        return None
    try:
        number, suffix = parse_civic(found[1])
    except InputError:
        return None
    street = normalise_street(found[2])
    placed = placed_by_number(book, riding_id)
    places: list[Point] = []
    for door, lon, lat, kind, direction in book.read().query(
        "SELECT door_id, lon_e6, lat_e6, street_type, street_direction FROM door WHERE riding_id = ? AND number = ?"
        " AND suffix = ? AND street = ? ORDER BY door_id",
        (riding_id, number, suffix, street.name),
    ):
        place = (int(lon), int(lat)) if lon or lat else placed.get(bytes(door))
        if place and street.type in ("", kind) and street.direction in ("", direction):
            places.append(place)
    if not places or any(metres_between(*places[0], *one) > _ONE_PLACE for one in places):
        return None
    return places[0]


_NOBODY_LEFT = Text("nobody for this turf yet", "personne pour ce secteur pour l’instant")
_AVOIDED = Text(
    "{turfs:turf with such buildings|turfs with such buildings} avoided",
    "{turfs:secteur avec de tels immeubles évité|secteurs avec de tels immeubles évités}",
)
_NONE_LEFT = Text("no turf is left", "il ne reste aucun secteur")
_NO_FIT = Text("no turf fits: {asked}", "aucun secteur ne convient : {asked}")
_CALLS_ONLY = Text("calls only: no turf", "appels seulement : aucun secteur")
_KEPT = Text("not considered: “{words}”", "non pris en compte : « {words} »")
_CHANGED = Text(
    "One of these turfs was given to somebody or retired in the meantime. Nothing was changed. Propose again.",
    "Un de ces secteurs a été confié à quelqu’un ou retiré entre-temps. Rien n’a été modifié. Proposez de nouveau.",
)
_NO_TURFS = Text(
    "No turf is waiting for somebody: every turf has a name, is out on a list, or was begun. Nothing was changed. Make turfs "
    "first, or take one back.",
    "Aucun secteur n’attend quelqu’un : chacun a un nom, est sorti sur une liste ou est commencé. Rien n’a été modifié. "
    "Créez d’abord des secteurs, ou reprenez-en un.",
)
_NO_MEMBERS = Text(
    "No member of a team is without a turf. Nothing was changed. Add members under Teams, or take a turf back.",
    "Aucun membre d’une équipe n’est sans secteur. Rien n’a été modifié. Ajoutez des membres sous Équipes, ou reprenez un "
    "secteur.",
)
