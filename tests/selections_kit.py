"""Random selections, random ridings, and what a selection means said once more in plain Python."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from hypothesis import strategies as st

from canvass_app.domain.address import normalise_street
from canvass_app.domain.codes import BY_CODE
from canvass_app.domain.selections import (
    STATES,
    And,
    Answered,
    InDivision,
    Inside,
    InState,
    LastResult,
    Node,
    Not,
    OnStreet,
    Or,
    Speaks,
    Supports,
    TriedSince,
)
from canvass_app.storage.database import Connection
from canvass_app.storage.days import local_day

RIDING = 201399001
ZONE = "America/Toronto"
START_MS = 1_443_000_000_000
"""23 September 2015, 05:20 in Toronto."""
DAY_MS = 86_400_000
CORNER = (-75_000_000, 45_000_000)

STREETS = ("Birch St", "Birch Ave", "rue du Bouleau", "Elm St W", "12th Ave")
TYPED_STREETS = (*STREETS, "Birch", "bouleau", "elm st", "12 Ave", "Nowhere Rd", "???x")
DIVISIONS = ("12", "13", "13 A", "")
LEVELS = ("", "1", "2", "2L", "2G", "5", "WS", "NV")
LANGUAGES = ("", "en", "fr", "tagalog")
ANSWERS = ("yes", "no", "yes no", "health climate", "not")
QUESTIONS = ("sign", "pledge", "what matters")
CODES = ("not_home", "come_back", "canvassed", "refused", "left_literature")

_POINT = st.tuples(st.integers(CORNER[0] - 4, CORNER[0] + 12), st.integers(CORNER[1] - 4, CORNER[1] + 12))


def _some(values: Sequence[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from([one for one in values if one]), min_size=1, max_size=3, unique=True).map(
        tuple
    )


def _street(street: str, side: Any, first: int, last: int) -> Node:
    if last and first > last:
        first, last = last, first
    return (
        OnStreet(street, side, first, last) if street or side != "both" or first or last else OnStreet("Elm")
    )


CONDITIONS: st.SearchStrategy[Node] = st.one_of(
    _some(tuple(STATES)).map(InState),
    _some(CODES).map(LastResult),
    _some(LEVELS).map(Supports),
    st.builds(Answered, st.sampled_from(QUESTIONS), st.one_of(st.just(()), _some(("yes", "no", "health", "not")))),
    _some(LANGUAGES).map(Speaks),
    _some(DIVISIONS).map(InDivision),
    st.builds(
        _street, st.sampled_from(["", *TYPED_STREETS]), st.sampled_from(["both", "odd", "even"]), st.integers(0, 12),
        st.integers(0, 12),
    ),
    st.dates(date(2015, 9, 20), date(2015, 9, 30)).map(lambda day: TriedSince(day.isoformat())),
    st.lists(_POINT, min_size=3, max_size=8).map(lambda points: Inside(tuple(points))),
)  # fmt: skip


def trees(leaves: st.SearchStrategy[Node] = CONDITIONS) -> st.SearchStrategy[Node]:
    """Trees in which every "and" and "or" joins two parts at least, and the one that means every door."""
    return st.recursive(
        st.one_of(leaves, leaves, leaves, st.just(And())),
        lambda inner: st.one_of(
            st.lists(inner, min_size=2, max_size=3).map(lambda parts: And(tuple(parts))),
            st.lists(inner, min_size=2, max_size=3).map(lambda parts: Or(tuple(parts))),
            inner.map(Not),
        ),
        max_leaves=8,
    )


@dataclass(frozen=True)
class Person:
    support: str
    language: str
    gone: bool
    barred: bool
    answers: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Door:
    street: str
    number: int
    division: str
    state: int
    code: str
    last_ms: int
    point: tuple[int, int]
    people: tuple[Person, ...]


PEOPLE = st.builds(
    Person, st.sampled_from(LEVELS), st.sampled_from(LANGUAGES), st.booleans(), st.booleans(),
    st.lists(st.tuples(st.sampled_from(QUESTIONS), st.sampled_from(ANSWERS)), max_size=2, unique_by=lambda one: one[0])
    .map(tuple),
)  # fmt: skip


def _door(
    street: str, number: int, division: str, state: int, code: str, days: int, point: Any, folk: Any
) -> Door:
    tried = state != 0
    return Door(
        street,
        number,
        division,
        state,
        code if tried else "",
        START_MS + days * DAY_MS if tried else 0,
        point,
        tuple(folk),
    )


RIDINGS: st.SearchStrategy[list[Door]] = st.lists(
    st.builds(
        _door, st.sampled_from(STREETS), st.integers(1, 12), st.sampled_from(DIVISIONS), st.integers(0, 4),
        st.sampled_from(CODES), st.integers(-4, 8), st.one_of(st.just((0, 0)), _POINT), st.lists(PEOPLE, max_size=3),
    ),
    max_size=12,
)  # fmt: skip


def door_id(place: int) -> bytes:
    return bytes([1]) * 12 + place.to_bytes(4, "big")


def person_id(place: int, number: int) -> bytes:
    return bytes([2]) * 12 + place.to_bytes(2, "big") + number.to_bytes(2, "big")


def write_riding(db: Connection, doors: Sequence[Door]) -> None:
    """The rows that such a riding is shown by."""
    for place, one in enumerate(doors):
        street = normalise_street(one.street)
        db.run(
            "INSERT INTO door (riding_id, door_id, number, street, street_type, street_direction, street_label,"
            " polling_division, state, barred, last_code, last_ms, lon_e6, lat_e6) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
            (
                RIDING, door_id(place), one.number, street.name, street.type, street.direction, one.street, one.division,
                one.state, int(one.state == 4), one.code, one.last_ms, *one.point,
            ),
        )  # fmt: skip
        for number, who in enumerate(one.people):
            db.run(
                "INSERT INTO person (riding_id, person_id, door_id, support, language, gone, barred) VALUES (?,?,?,?,?,?,?)",
                (
                    RIDING, person_id(place, number), door_id(place), who.support, who.language,
                    "moved" if who.gone else "", int(who.barred),
                ),
            )  # fmt: skip
            db.run_many(
                "INSERT INTO answer (riding_id, person_id, question, answer) VALUES (?,?,?,?)",
                [(RIDING, person_id(place, number), question, answer) for question, answer in who.answers],
            )


# --- what a selection means ---------------------------------------------------------------------


def is_true(node: Node, door: Door) -> bool:
    """Whether a tree is true of a door: the definition, as plainly as it can be said."""
    if isinstance(node, And):
        return all(is_true(part, door) for part in node.parts)
    if isinstance(node, Or):
        return any(is_true(part, door) for part in node.parts)
    if isinstance(node, Not):
        return not is_true(node.part, door)
    there = [who for who in door.people if not who.gone and not who.barred]
    match node:
        case InState(values):
            return any(_in_state(one, door, there) for one in values)
        case LastResult(values):
            assert set(values) <= BY_CODE.keys()
            return door.code in values
        case Supports(values):
            return any(_is_of(who.support, values) for who in there)
        case Answered(question, values):
            said = [answer.split(" ") for who in there for asked, answer in who.answers if asked == question]
            return any(not values or set(values) & set(one) for one in said)
        case Speaks(values):
            return any(who.language in values for who in there)
        case InDivision(values):
            return door.division in values
        case OnStreet():
            return _is_along(node, door)
        case TriedSince(day):
            return bool(door.last_ms) and local_day(door.last_ms, ZONE) >= day
        case Inside(points):
            return door.point != (0, 0) and _is_inside(door.point, points)


def _in_state(state: str, door: Door, there: list[Person]) -> bool:
    if state == "come_back":
        return door.state == 1 and door.code == "come_back"
    if state == "remind":
        return any(_is_of(who.support, ("1", "2")) for who in there)
    return door.state == ["never", "not_home", "talked", "final", "barred"].index(state)


def _is_of(support: str, levels: Sequence[str]) -> bool:
    return bool(support) and (support in levels or (support[0] in levels and support[0].isdigit()))


def _is_along(node: OnStreet, door: Door) -> bool:
    if node.street:
        wanted, has = normalise_street(node.street), normalise_street(door.street)
        if (
            wanted.name != has.name
            or wanted.type not in ("", has.type)
            or wanted.direction not in ("", has.direction)
        ):
            return False
    if node.side != "both" and (door.number % 2 == 1) != (node.side == "odd"):
        return False
    return door.number >= node.first and (not node.last or door.number <= node.last)


def _is_inside(point: tuple[int, int], points: Sequence[tuple[int, int]]) -> bool:
    """Even-odd by fractions that lose nothing."""
    from fractions import Fraction

    x, y = point
    inside = False
    for (x1, y1), (x2, y2) in zip(points, [*points[1:], points[0]], strict=True):
        if (y1 > y) != (y2 > y) and x < x1 + Fraction((y - y1) * (x2 - x1), y2 - y1):
            inside = not inside
    return inside
