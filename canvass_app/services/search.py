"""Find anything: people, addresses, turfs, lists and ridings by what somebody types."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, Protocol

from canvass_app.domain.address import address_label, fold
from canvass_app.domain.numbers import list_code
from canvass_app.domain.people import person_label, without_title
from canvass_app.domain.text import Text
from canvass_app.storage.database import Connection

HitKind = Literal["person", "door", "turf", "list", "riding"]
# "204-12 birch": the unit stands first, as on an envelope. Folding would lose its hyphen.
_UNIT_FIRST = re.compile(r"^\s*(\w+)\s*[-–]\s*(\d.*)$")
_NUMBER_FIRST = re.compile(r"^(\d+)\s*([A-Z]|\d/\d)?\b\s*(.*)$")
_NUMBER_LAST = re.compile(r"^(.*\w)\s+(\d+)\s?([A-Z]|\d/\d)?$")
_LIST = re.compile(r"^(\d{3,}) ?([A-Z]?)(?: \d{1,3})?$")


class Readable(Protocol):
    """What can be searched: a laptop's book, or headquarters."""

    def read(self) -> Connection:
        """A reading connection for this thread."""
        ...


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found; `number` is a list's number, else 0."""

    kind: HitKind
    riding_id: int
    id: bytes
    number: int
    title: Text
    detail: str


def find(book: Readable, text: str, limit: int = 20) -> list[Hit]:
    """What matches `text`, best kinds first: lists, addresses, people, turfs, ridings."""
    wanted = fold(text)
    if not wanted:
        return []
    hits = [*_lists(book, wanted, limit), *_doors(book, text, limit)]
    hits.extend(_people(book, fold(without_title(text)), limit - len(hits)))
    hits.extend(_turfs(book, text.strip(), limit - len(hits)))
    hits.extend(_ridings(book, wanted, limit - len(hits)))
    return hits[:limit]


def _plain(text: str) -> Text:
    return Text(text, text)


def _like(text: str) -> str:
    # A folded text holds letters, digits, blanks, "/" and "&" only: no wildcard can hide in it.
    return f"%{text}%"


def _people(book: Readable, wanted: str, limit: int) -> list[Hit]:
    if limit <= 0:
        return []
    words = wanted.split()
    where = " AND ".join(["p.search LIKE ?"] * len(words))
    rows = book.read().query(
        "SELECT p.riding_id, p.person_id, p.last, p.first, d.number, d.suffix, d.street_label, d.unit FROM person p"
        " LEFT JOIN door d ON d.riding_id = p.riding_id AND d.door_id = p.door_id"
        f" WHERE {where} ORDER BY p.search, p.person_id LIMIT ?",
        (*(_like(f" {word}") for word in words), limit),
    )
    return [
        Hit(
            "person", int(r[0]), bytes(r[1]), 0, _plain(person_label(r[2], r[3])),
            address_label(r[4], r[5], r[6], r[7]) if r[6] is not None else "",
        )
        for r in rows
    ]  # fmt: skip


def _doors(book: Readable, text: str, limit: int) -> list[Hit]:
    readings = _address_readings(text)
    if not readings:
        return []
    where = " OR ".join(f"({sql})" for sql, _ in readings)
    rows = book.read().query(
        f"SELECT riding_id, door_id, number, suffix, street_label, unit, municipality FROM door WHERE {where}"
        " ORDER BY street, number, suffix, unit LIMIT ?",
        (*(value for _, values in readings for value in values), limit // 2),
    )
    return [
        Hit("door", int(r[0]), bytes(r[1]), 0, _plain(address_label(r[2], r[3], r[4], r[5])), r[6])
        for r in rows
    ]


def _address_readings(text: str) -> list[tuple[str, list[object]]]:
    """Every way `text` may be meant as an address, as conditions on a door with their values.

    "12 main" and "main 12" have a number; "highway 7" may have one, or be a street; "204-12 birch" has a unit too.
    """
    unit = _UNIT_FIRST.match(text)
    wanted = fold((unit[2] if unit else text).replace("½", " 1/2"))
    readings: list[tuple[str, list[object]]] = []
    first = _NUMBER_FIRST.match(wanted)
    if first and (first[3] or not first[2]):
        readings.append(_at_number(first[1], first[2] or "", first[3]))
    last = _NUMBER_LAST.match(wanted)
    if last and not last[1].isdecimal():
        readings.append(_at_number(last[2], last[3] or "", last[1]))
    if not first and any(c.isalpha() for c in wanted):
        readings.append(("street LIKE ?", [f"{_street_words(wanted)}%"]))
    if unit:
        return [(f"({sql}) AND UPPER(unit) = ?", [*values, unit[1].upper()]) for sql, values in readings]
    return readings


def _at_number(number: str, suffix: str, street: str) -> tuple[str, list[object]]:
    # Nineteen digits and more are no civic number, and no integer of the database either.
    sql = "number = ? AND street LIKE ?"
    values: list[object] = [int(number[:18]), _like(_street_words(street))]
    return (f"{sql} AND suffix = ?", [*values, suffix]) if suffix else (sql, values)


def _street_words(text: str) -> str:
    from canvass_app.domain.street_words import DIRECTION_OF, TYPE_OF

    words = [w for w in text.split() if w not in DIRECTION_OF]
    kept = [w for w in words if w not in TYPE_OF]
    return " ".join(kept or words)


def _turfs(book: Readable, wanted: str, limit: int) -> list[Hit]:
    if limit <= 0:
        return []
    rows = book.read().query(
        "SELECT riding_id, turf_id, name, assigned FROM turf WHERE retired = 0 ORDER BY rank, turf_id"
    )
    folded = fold(wanted)
    found = [r for r in rows if folded in fold(r[2]) or (r[3] and folded in fold(r[3]))]
    return [Hit("turf", int(r[0]), bytes(r[1]), 0, _plain(r[2]), r[3]) for r in found[:limit]]


def _lists(book: Readable, wanted: str, limit: int) -> list[Hit]:
    code = _LIST.match(wanted)
    if code is None:
        return []
    rows = book.read().query(
        "SELECT w.riding_id, w.list_id, w.number, COALESCE(t.name, ''), w.canvasser FROM walk_list w"
        " LEFT JOIN turf t ON t.riding_id = w.riding_id AND t.turf_id = w.turf_id ORDER BY w.number"
    )
    start = code[1] + code[2]
    found = [r for r in rows if list_code(int(r[2])).startswith(start)][:limit]
    return [
        Hit(
            "list",
            int(r[0]),
            bytes(r[1]),
            int(r[2]),
            _plain(list_code(int(r[2]))),
            " · ".join(filter(None, (r[3], r[4]))),
        )
        for r in found
    ]


def _ridings(book: Readable, wanted: str, limit: int) -> list[Hit]:
    if limit <= 0:
        return []
    rows = book.read().query("SELECT riding_id, name_en, name_fr, province FROM riding ORDER BY riding_id")
    found = [r for r in rows if wanted in fold(r[1]) or wanted in fold(r[2]) or wanted == str(r[0] % 100_000)]
    return [Hit("riding", int(r[0]), b"", 0, Text(r[1], r[2]), r[3]) for r in found[:limit]]
