"""Finding the header row of a table and what its columns mean."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from .header_words import ADDRESS_FIELDS, FIELD_OF_WORD, RANK_OF_WORD, field_of, squash
from .layouts import LAYOUT_WORDS, find_layout
from .mapping import FieldColumns, Mapping, Origin

if TYPE_CHECKING:
    from .table import Table

HEADER_WITHIN = 30
"""A header row is looked for in this many first rows."""
# Several columns of these may be filled in a row; the first that is not blank counts.
_SEVERAL = frozenset({"phone", "email"})


def header_hits(row: Sequence[str]) -> int:
    """How many cells of a row are known header words."""
    return sum(1 for cell in row if cell and len(cell) < 60 and _known(squash(cell)))


def _known(squashed: str) -> bool:
    return squashed in FIELD_OF_WORD or squashed in LAYOUT_WORDS


def find_header(rows: Sequence[Sequence[str]]) -> int:
    """The index of the header row among the first rows of a table; -1 when there is no row.

    The row with the most known header words; without any, the first row that is as wide as most
    rows are. Titles and metadata rows above are skipped that way.
    """
    first = rows[:HEADER_WITHIN]
    filled = [sum(1 for cell in row if cell.strip()) for row in first]
    if not any(filled):
        return -1
    hits = [header_hits(row) for row in first]
    if max(hits) >= 2 or (max(hits) == 1 and max(filled) == 1):
        return hits.index(max(hits))
    usual = sorted(filled)[len(filled) // 2]
    return next(index for index, count in enumerate(filled) if count and count * 2 > usual)


def unique_headers(row: Sequence[str]) -> tuple[str, ...]:
    """Names for columns: blanks become "#3" (the column's number), repeats "Phone (2)"."""
    names: list[str] = []
    taken: set[str] = set()
    for number, cell in enumerate(row, 1):
        base = " ".join(cell.split()) or f"#{number}"
        name, count = base, 1
        while name in taken:
            count += 1
            name = f"{base} ({count})"
        taken.add(name)
        names.append(name)
    return tuple(names)


def guess_mapping(table: Table, kind: Literal["doors", "people"]) -> Mapping:
    """Which column holds which field: by a known layout, else by header words in English and French."""
    headers = table.headers
    layout = find_layout(headers)
    if layout is not None:
        by_word: dict[str, str] = {}
        for header in headers:
            by_word.setdefault(squash(header), header)
        fields = tuple(
            FieldColumns(field, columns, "layout", 1.0)
            for field, words in layout.fields.items()
            if (kind == "people" or field in ADDRESS_FIELDS)
            and (columns := tuple(dict.fromkeys(by_word[word] for word in words if word in by_word)))
        )
        return Mapping(kind, headers, fields, layout.name)
    return Mapping(kind, headers, tuple(_by_words(headers, kind)))


def _by_words(headers: Sequence[str], kind: str) -> list[FieldColumns]:
    found: dict[str, list[tuple[float, int, int, str]]] = {}
    for index, header in enumerate(headers):
        field, confidence = field_of(header)
        if field and (kind == "people" or field in ADDRESS_FIELDS):
            rank = RANK_OF_WORD.get(squash(header), 99)
            found.setdefault(field, []).append((-confidence, rank, index, header))
    result: list[FieldColumns] = []
    for field, candidates in found.items():
        candidates.sort()
        chosen = candidates if field in _SEVERAL else candidates[:1]
        confidence = -chosen[0][0]
        origin: Origin = "header" if confidence >= 0.9 else "part"
        result.append(FieldColumns(field, tuple(item[3] for item in chosen), origin, confidence))
    return result
