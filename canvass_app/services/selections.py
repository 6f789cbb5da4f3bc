"""Which doors a selection means: asked of the projections in one statement, on a laptop and at headquarters alike.

Conditions become SQL; a lasso, which SQL does not know, is looked at beside it: the statement says of each door whether
the lasso-free parts of the tree are true there, and the rest of the tree is worked out over those columns.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from canvass_app.domain.address import normalise_street
from canvass_app.domain.codes import DoorState
from canvass_app.domain.errors import InputError
from canvass_app.domain.selections import (
    REMINDED,
    And,
    Answered,
    Condition,
    InDivision,
    Inside,
    InState,
    LastResult,
    Node,
    Not,
    OnStreet,
    Or,
    Selection,
    Speaks,
    Supports,
    TriedSince,
    checked,
    conditions,
)
from canvass_app.storage.database import Connection
from canvass_app.storage.days import moment_of

from .doors_out import doors_in_hand

Bools: TypeAlias = NDArray[np.bool_]
Params: TypeAlias = list[Any]


class Campaigning(Protocol):
    """What a selection is asked of: a laptop's book, or anything else with a connection and the campaign's time."""

    @property
    def time_zone(self) -> str:
        """The campaign's IANA time zone."""
        ...

    def read(self) -> Connection:
        """A reading connection for this thread."""
        ...


@dataclass(frozen=True, slots=True)
class Chosen:
    """The doors of a selection, in the order of their ids, and how many more fit it but were kept out."""

    door_ids: list[bytes]
    barred: int
    """Nobody is to knock there: the door, or everybody known at it, asked not to be contacted."""
    out: int
    """On a walk list that is out, without a result from it yet."""


@dataclass(frozen=True, slots=True)
class Counted:
    """How many doors a selection means, and how many more fit it but were kept out."""

    doors: int
    barred: int
    out: int


def count(book: Campaigning, riding_id: int, selection: Selection) -> Counted:
    """How many doors a selection means. Raises InputError for what can be no selection."""
    _, keep, barred, out = _look(book, riding_id, selection)
    return Counted(int(keep.sum()), barred, out)


def doors_of(book: Campaigning, riding_id: int, selection: Selection) -> Chosen:
    """The doors that a selection means. Raises InputError for what can be no selection."""
    ids, keep, barred, out = _look(book, riding_id, selection)
    return Chosen(sorted(ids[place] for place in np.flatnonzero(keep)), barred, out)


def _look(book: Campaigning, riding_id: int, selection: Selection) -> tuple[list[bytes], Bools, int, int]:
    """The ids that fit, which of them are kept, how many are barred and how many of the others out."""
    db = book.read()
    ids, states = _fitting(db, riding_id, checked(selection).where, book.time_zone)
    barred = states == int(DoorState.BARRED)
    keep = np.ones(len(ids), bool) if selection.barred else ~barred
    lent = set[bytes]() if selection.out else set(doors_in_hand(db, riding_id))
    out = (
        np.fromiter((one in lent for one in ids), bool, len(ids)) & keep if lent else np.zeros(len(ids), bool)
    )
    return ids, keep & ~out, 0 if selection.barred else int(barred.sum()), int(out.sum())


# --- the tree as SQL ----------------------------------------------------------------------------


def _fitting(db: Connection, riding_id: int, where: Node, zone: str) -> tuple[list[bytes], NDArray[np.int64]]:
    """The ids and states of the doors for which the tree is true."""
    sql = _Sql(riding_id, zone)
    if not _has_lasso(where):
        text, params = sql.of(where)
        rows = db.query(
            f"SELECT d.door_id, d.state FROM door d WHERE d.riding_id = ? AND {text}", (riding_id, *params)
        )
        return [bytes(row[0]) for row in rows], _column(rows, 1)
    flags: list[tuple[str, Params]] = []
    rest = _beside_sql(where, sql, flags)
    box, box_params = _box(where)
    columns = "".join(f", CASE WHEN {text} THEN 1 ELSE 0 END" for text, _ in flags)
    params = [one for _, own in flags for one in own]
    rows = db.query(
        f"SELECT d.door_id, d.state, d.lon_e6, d.lat_e6{columns} FROM door d WHERE d.riding_id = ?{box}",
        (*params, riding_id, *box_params),
    )
    places = _column(rows, 2), _column(rows, 3)
    true = rest(places, [_column(rows, 4 + n) > 0 for n in range(len(flags))])
    states = _column(rows, 1)
    return [bytes(rows[place][0]) for place in np.flatnonzero(true)], states[true]


def _column(rows: Sequence[Sequence[Any]], place: int) -> NDArray[np.int64]:
    return np.fromiter((row[place] for row in rows), np.int64, len(rows))


def _has_lasso(node: Node) -> bool:
    return any(isinstance(one, Inside) for one in conditions(node))


_Place: TypeAlias = tuple[NDArray[np.int64], NDArray[np.int64]]
_Beside: TypeAlias = Callable[[_Place, list[Bools]], Bools]


def _beside_sql(node: Node, sql: _Sql, flags: list[tuple[str, Params]]) -> _Beside:
    """The tree as work on columns; its lasso-free parts become `flags`."""
    if isinstance(node, Inside):
        points = node.points
        return lambda places, _: inside(*places, points)
    if not _has_lasso(node):
        place = len(flags)
        flags.append(sql.of(node))
        return lambda _, found: found[place]
    if isinstance(node, Not):
        inner = _beside_sql(node.part, sql, flags)
        return lambda places, found: ~inner(places, found)
    assert isinstance(node, And | Or)
    parts = [_beside_sql(part, sql, flags) for part in node.parts]
    join = np.logical_and if isinstance(node, And) else np.logical_or
    return lambda places, found: join.reduce([part(places, found) for part in parts])


def _box(node: Node) -> tuple[str, Params]:
    """What a lasso that every door must be inside of says of longitude and latitude already."""
    lassos = [node] if isinstance(node, Inside) else node.parts if isinstance(node, And) else ()
    for one in lassos:
        if isinstance(one, Inside):
            lon, lat = zip(*one.points, strict=True)
            text = " AND d.lon_e6 BETWEEN ? AND ? AND d.lat_e6 BETWEEN ? AND ?"
            return text, [min(lon), max(lon), min(lat), max(lat)]
    return "", []


def inside(lon_e6: NDArray[np.int64], lat_e6: NDArray[np.int64], points: Sequence[tuple[int, int]]) -> Bools:
    """Which places lie inside the line, by the even-odd rule, in whole numbers: every computer finds the same doors.

    (0, 0) is no place.
    """
    odd = np.zeros(len(lon_e6), bool)
    near = np.flatnonzero((lon_e6 != 0) | (lat_e6 != 0))
    x, y = lon_e6[near], lat_e6[near]
    found = np.zeros(len(near), bool)
    for (x1, y1), (x2, y2) in zip(points, (*points[1:], points[0]), strict=True):
        # West of where the edge is as far north: x < x1 + (y - y1) * (x2 - x1) / (y2 - y1), without dividing.
        beside = (x - x1) * (y2 - y1) - (y - y1) * (x2 - x1)
        found ^= ((y1 > y) != (y2 > y)) & (beside < 0 if y2 > y1 else beside > 0)
    odd[near] = found
    return odd


class _Sql:
    """Conditions as SQL over `door d`, each true or false of every door, never NULL."""

    def __init__(self, riding_id: int, zone: str) -> None:
        self._riding, self._zone = riding_id, zone

    def of(self, node: Node) -> tuple[str, Params]:
        """An expression in brackets, and its parameters."""
        if isinstance(node, And | Or):
            if not node.parts:
                return ("(1 = 1)" if isinstance(node, And) else "(1 = 0)"), []
            texts, params = zip(*map(self.of, node.parts), strict=True)
            between = " AND " if isinstance(node, And) else " OR "
            return f"({between.join(texts)})", [one for own in params for one in own]
        if isinstance(node, Not):
            text, params = self.of(node.part)
            return f"(NOT {text})", params
        return self._condition(node)

    def _condition(self, node: Condition) -> tuple[str, Params]:
        if isinstance(node, InState):
            return self._state(node)
        if isinstance(node, LastResult):
            return f"(d.last_code IN ({_places(node.values)}))", [*node.values]
        if isinstance(node, InDivision):
            return f"(d.polling_division IN ({_places(node.values)}))", [*node.values]
        if isinstance(node, OnStreet):
            return _street(node)
        if isinstance(node, TriedSince):
            return "(d.last_ms >= ?)", [_first_moment(node.day, self._zone)]
        if isinstance(node, Supports):
            return self._supported(node.values)
        if isinstance(node, Speaks):
            return self._somebody(
                f"p.language <> '' AND p.language IN ({_places(node.values)})", [*node.values]
            )
        assert isinstance(node, Answered)
        return self._answered(node)

    def _state(self, node: InState) -> tuple[str, Params]:
        plain = {"never": 0, "not_home": 1, "talked": 2, "final": 3, "barred": 4}
        states = [plain[one] for one in node.values if one in plain]
        texts, params = ([f"d.state IN ({_places(states)})"], [*states]) if states else ([], [])
        if "come_back" in node.values:
            texts.append("(d.state = 1 AND d.last_code = 'come_back')")
        if "remind" in node.values:
            text, own = self._supported(REMINDED)
            texts.append(text)
            params += own
        return f"({' OR '.join(texts)})", params

    def _supported(self, levels: Sequence[str]) -> tuple[str, Params]:
        """Somebody of these levels: a level alone is any second choice, too."""
        exact = [*dict.fromkeys(levels)]
        begins = [one for one in exact if len(one) == 1]
        text = f"p.support IN ({_places(exact)})"
        if begins:
            text = f"({text} OR substr(p.support, 1, 1) IN ({_places(begins)}))"
        return self._somebody(f"p.support <> '' AND {text}", [*exact, *begins])

    def _somebody(self, text: str, params: Params) -> tuple[str, Params]:
        """Somebody lives there, may be contacted, and is so."""
        return (
            "(d.door_id IN (SELECT p.door_id FROM person p WHERE p.riding_id = ? AND p.gone = '' AND p.barred = 0"
            f" AND {text}))"
        ), [self._riding, *params]

    def _answered(self, node: Answered) -> tuple[str, Params]:
        text, params = "", list[Any]()
        if node.values:
            # Several answers of one question stand with blanks between.
            text = f" AND ({' OR '.join([_WORD] * len(node.values))})"
            params = [*node.values]
        return (
            "(d.door_id IN (SELECT p.door_id FROM answer a JOIN person p ON p.riding_id = a.riding_id"
            " AND p.person_id = a.person_id WHERE a.riding_id = ? AND a.question = ? AND a.answer <> ''"
            f"{text} AND p.gone = '' AND p.barred = 0))"
        ), [self._riding, node.question, *params]


_WORD = "replace(' ' || a.answer || ' ', ' ' || ? || ' ', '') <> ' ' || a.answer || ' '"


def _street(node: OnStreet) -> tuple[str, Params]:
    texts: list[str] = []
    params: Params = []
    if node.street:
        try:
            street = normalise_street(node.street)
        except InputError:
            return "(1 = 0)", []
        for column, value in (
            ("street", street.name), ("street_type", street.type), ("street_direction", street.direction),
        ):  # fmt: skip
            if value or column == "street":
                texts.append(f"d.{column} = ?")
                params.append(value)
    if node.side != "both":
        texts.append(f"(d.number & 1) = {1 if node.side == 'odd' else 0}")
    for bound, value in ((">=", node.first), ("<=", node.last)):
        if value:
            texts.append(f"d.number {bound} ?")
            params.append(value)
    return f"({' AND '.join(texts)})", params


def _places(values: Sequence[object]) -> str:
    return ",".join("?" * len(values))


def _first_moment(day: str, zone: str) -> int:
    """When a day begins where the campaign is; where clocks skip midnight, at one."""
    found = moment_of(day, "00:00", zone) or moment_of(day, "01:00", zone)
    assert found is not None
    return found
