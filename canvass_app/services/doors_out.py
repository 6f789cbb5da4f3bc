"""Which doors somebody has in hand: on a walk list that is out, without a result from it yet. Nobody is sent there twice.

The list as it was issued says which doors are on it, whatever became of its turf since.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import NamedTuple

import msgspec

from canvass_app.domain.errors import GivenAlready, NotFound
from canvass_app.domain.numbers import list_code
from canvass_app.domain.text import Text
from canvass_app.storage.database import Connection
from canvass_app.storage.log import resolve

from .assets import get_asset
from .book import Book


class OutList(NamedTuple):
    """A walk list that is out, and how many of the doors asked about are on it."""

    number: int
    list_id: bytes
    turf_id: bytes
    turf_name: str
    canvasser: str
    doors: int

    @property
    def code(self) -> str:
        """Its number as printed."""
        return list_code(self.number)


@dataclass(frozen=True, slots=True)
class _Line:
    door_id: bytes


@dataclass(frozen=True, slots=True)
class _Page:
    lines: tuple[_Line, ...]


@dataclass(frozen=True, slots=True)
class _Sheets:
    """Of the frozen document only what says where it leads: a tenth of the work of reading all of it."""

    pages: tuple[_Page, ...]


_frozen: dict[bytes, frozenset[bytes]] = {}
_MOST_FROZEN = 2_000


def doors_in_hand(db: Connection, riding_id: int) -> dict[bytes, list[OutList]]:
    """Every door that is on a list which is out, and on which; `OutList.doors` counts all doors in hand of that list."""
    rows = db.query(
        "SELECT w.number, w.list_id, w.turf_id, COALESCE(t.name, ''), w.canvasser, w.asset FROM walk_list w"
        " LEFT JOIN turf t ON t.riding_id = w.riding_id AND t.turf_id = w.turf_id"
        " WHERE w.riding_id = ? AND w.returned = 0 ORDER BY w.issued_ms, w.number",
        (riding_id,),
    )
    if not rows:
        return {}
    tried: dict[int, set[bytes]] = {}
    for number, door in db.query(
        "SELECT DISTINCT a.walk_list, a.door_id FROM attempt a JOIN walk_list w ON w.riding_id = a.riding_id"
        " AND w.number = a.walk_list AND w.returned = 0 WHERE a.riding_id = ?",
        (riding_id,),
    ):
        tried.setdefault(int(number), set()).add(bytes(door))
    found: dict[bytes, list[OutList]] = {}
    for number, list_id, turf, name, canvasser, asset in rows:
        doors = _doors_of(db, riding_id, bytes(asset), bytes(turf)) - tried.get(int(number), set())
        one = OutList(int(number), bytes(list_id), bytes(turf), str(name), str(canvasser), len(doors))
        for door in doors:
            found.setdefault(door, []).append(one)
    return found


def _doors_of(db: Connection, riding_id: int, asset: bytes, turf_id: bytes) -> frozenset[bytes]:
    found = _frozen.get(asset)
    if found is None:
        try:
            sheets = msgspec.msgpack.decode(get_asset(db, riding_id, asset), type=_Sheets)
        except NotFound:
            # The list is known and its pages have not come yet: its turf is the best that is known of it.
            rows = db.query(
                "SELECT door_id FROM turf_door WHERE riding_id = ? AND turf_id = ?", (riding_id, turf_id)
            )
            return frozenset(bytes(row[0]) for row in rows)
        found = frozenset(line.door_id for page in sheets.pages for line in page.lines)
        if len(_frozen) >= _MOST_FROZEN:
            _frozen.clear()
        _frozen[asset] = found
    # Addresses that turned out to be one door are one since.
    return frozenset(resolve(db, riding_id, found).values())


def lists_out(
    book: Book, riding_id: int, door_ids: Collection[bytes], db: Connection | None = None
) -> list[OutList]:
    """The lists that are out with any of these doors, the one with most of them first; `doors` counts those."""
    hand = doors_in_hand(db or book.read(), riding_id)
    shared: dict[bytes, int] = {}
    known: dict[bytes, OutList] = {}
    for door in set(door_ids):
        for one in hand.get(door, ()):
            known[one.list_id] = one
            shared[one.list_id] = shared.get(one.list_id, 0) + 1
    found = [known[list_id]._replace(doors=count) for list_id, count in shared.items()]
    return sorted(found, key=lambda one: (-one.doors, one.number, one.list_id))


def refuse_twice(
    book: Book, riding_id: int, door_ids: Collection[bytes], what: Text, db: Connection | None = None
) -> None:
    """Raises GivenAlready when one of these doors is in somebody's hand; `what` says what was not done, and the way on."""
    lists = lists_out(book, riding_id, door_ids, db)
    if lists:
        first = lists[0]
        more = _AND_MORE.fill(lists=len(lists) - 1) if len(lists) > 1 else Text("", "")
        whose = Text(f", {first.canvasser}", f", {first.canvasser}") if first.canvasser else Text("", "")
        words = _GIVEN.fill(
            doors=first.doors, code=first.code, turf=first.turf_name, who=whose, more=more, what=what
        )
        raise GivenAlready(words, tuple(one.number for one in lists))


NOT_PRINTED = Text(
    "Nothing was printed. Note the list as returned when its paper is back, or print this one anyway.",
    "Rien n’a été imprimé. Notez le retour de cette liste quand le papier revient, ou imprimez celle-ci quand même.",
)
NOT_CUT = Text(
    "No turf was made. Note the list as returned when its paper is back, or choose other doors.",
    "Aucun secteur n’a été créé. Notez le retour de cette liste quand le papier revient, ou choisissez d’autres portes.",
)
_AND_MORE = Text(
    " ({lists:more list has|more lists have} others)",
    " ({lists:autre liste en a|autres listes en ont} aussi)",
)
_GIVEN = Text(
    "{doors:of these doors is|of these doors are} on list {code} ({turf}{who}), which is still out{more}. {what}",
    "{doors:de ces portes figure|de ces portes figurent} sur la liste {code} ({turf}{who}), encore sortie{more}. {what}",
)
