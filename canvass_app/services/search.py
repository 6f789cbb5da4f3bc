"""Find anything: people, addresses, turfs, lists and ridings by what somebody types."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from canvass_app.domain.address import address_label, fold
from canvass_app.domain.numbers import list_code
from canvass_app.domain.people import person_label
from canvass_app.domain.text import Text

from .book import Book

HitKind = Literal["person", "door", "turf", "list", "riding"]
_NUMBER_FIRST = re.compile(r"^(?:(\w+)-)?(\d+)\s*([A-Z]?)\b\s*(.*)$")


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found; `number` is a list's number, else 0."""

    kind: HitKind
    riding_id: int
    id: bytes
    number: int
    title: Text
    detail: str


def find(book: Book, text: str, limit: int = 20) -> list[Hit]:
    """What matches `text`, best kinds first: lists, addresses, people, turfs, ridings."""
    wanted = fold(text)
    if not wanted:
        return []
    hits = [*_lists(book, wanted, limit), *_doors(book, wanted, limit)]
    hits.extend(_people(book, wanted, limit - len(hits)))
    hits.extend(_turfs(book, text.strip(), limit - len(hits)))
    hits.extend(_ridings(book, wanted, limit - len(hits)))
    return hits[:limit]


def _plain(text: str) -> Text:
    return Text(text, text)


def _like(text: str) -> str:
    # A folded text holds letters, digits, blanks, "/" and "&" only: no wildcard can hide in it.
    return f"%{text}%"


def _people(book: Book, wanted: str, limit: int) -> list[Hit]:
    if limit <= 0:
        return []
    words = wanted.split()
    where = " AND ".join(["p.search LIKE ?"] * len(words))
    rows = book.read().query(
        "SELECT p.riding_id, p.person_id, p.last, p.first, d.number, d.suffix, d.street_label, d.unit FROM person p"
        " LEFT JOIN door d ON d.riding_id = p.riding_id AND d.door_id = p.door_id"
        f" WHERE {where} ORDER BY p.last, p.first, p.person_id LIMIT ?",
        (*(_like(f" {word}") for word in words), limit),
    )
    return [
        Hit(
            "person", int(r[0]), bytes(r[1]), 0, _plain(person_label(r[2], r[3])),
            address_label(r[4], r[5], r[6], r[7]) if r[6] is not None else "",
        )
        for r in rows
    ]  # fmt: skip


def _doors(book: Book, wanted: str, limit: int) -> list[Hit]:
    match = _NUMBER_FIRST.match(wanted)
    if match and (match[4] or not match[3]):
        sql, params = "number = ? AND street LIKE ?", [int(match[2]), _like(_street_words(match[4]))]
        if match[3]:
            sql, params = f"{sql} AND suffix = ?", [*params, match[3]]
    elif any(c.isalpha() for c in wanted):
        sql, params = "street LIKE ?", [f"{_street_words(wanted)}%"]
    else:
        return []
    rows = book.read().query(
        f"SELECT riding_id, door_id, number, suffix, street_label, unit, municipality FROM door WHERE {sql}"
        " ORDER BY street, number, suffix, unit LIMIT ?",
        (*params, limit // 2),
    )
    return [
        Hit("door", int(r[0]), bytes(r[1]), 0, _plain(address_label(r[2], r[3], r[4], r[5])), r[6])
        for r in rows
    ]


def _street_words(text: str) -> str:
    from canvass_app.domain.street_words import DIRECTION_OF, TYPE_OF

    words = [w for w in text.split() if w not in DIRECTION_OF]
    kept = [w for w in words if w not in TYPE_OF]
    return " ".join(kept or words)


def _turfs(book: Book, wanted: str, limit: int) -> list[Hit]:
    if limit <= 0:
        return []
    rows = book.read().query(
        "SELECT riding_id, turf_id, name, assigned FROM turf WHERE retired = 0 ORDER BY rank, turf_id"
    )
    folded = fold(wanted)
    found = [r for r in rows if folded in fold(r[2]) or (r[3] and folded in fold(r[3]))]
    return [Hit("turf", int(r[0]), bytes(r[1]), 0, _plain(r[2]), r[3]) for r in found[:limit]]


def _lists(book: Book, wanted: str, limit: int) -> list[Hit]:
    digits = "".join(c for c in wanted.split(" ")[0] if c.isdigit())
    if len(digits) < 3:
        return []
    rows = book.read().query(
        "SELECT w.riding_id, w.list_id, w.number, COALESCE(t.name, ''), w.canvasser FROM walk_list w"
        " LEFT JOIN turf t ON t.riding_id = w.riding_id AND t.turf_id = w.turf_id ORDER BY w.number"
    )
    found = [r for r in rows if str(r[2]).startswith(digits)][:limit]
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


def _ridings(book: Book, wanted: str, limit: int) -> list[Hit]:
    if limit <= 0:
        return []
    rows = book.read().query("SELECT riding_id, name_en, name_fr, province FROM riding ORDER BY riding_id")
    found = [r for r in rows if wanted in fold(r[1]) or wanted in fold(r[2]) or wanted == str(r[0] % 100_000)]
    return [Hit("riding", int(r[0]), b"", 0, Text(r[1], r[2]), r[3]) for r in found[:limit]]
