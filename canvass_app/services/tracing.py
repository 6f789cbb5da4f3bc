"""Which export a leaked list came from, with the odds of being wrong.

Under a key that did not make the list, each cell's spelling (export_marks) agrees with the key's choice with probability 1 / (number
of spellings), independently from cell to cell, whatever the list is and whoever wrote it: the key's choices are a keyed hash. So the
probability of at least as many agreements by chance is a tail of a sum of independent draws, computed exactly; it assumes
nothing about leaks. It is multiplied by the number of ways in which the list was looked at and of exports that were
compared (Bonferroni). Invented people (export_decoys) add to it. Reasons, measurements: docs/decisions/0028-exports.md.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import combinations
from math import comb, exp, log

import numpy as np
from numpy.typing import NDArray

from canvass_app.domain.address import fold

from .export_decoys import TAG_BYTES, decoy_tag
from .export_marks import (
    MARKED,
    Seen,
    chosen,
    read_address,
    see_address,
    see_phone,
    see_postal,
    see_town,
    town_name,
    words_key,
)
from .export_people import COLUMNS, Column

SURE = 1e-6
"""Odds of a chance agreement below which an export is named as the source."""
LIKELY = 1e-3
_PARTS = 1_000_000_000
_MOST_CELLS = 400
_MOST_ROWS = 20_000
_MOST_LOOKS = 12
_LEAST_ODDS = 1e-300
_HALF = 0.5


@dataclass(frozen=True, slots=True)
class Known:
    """An export whose key is known. `tags`: of its decoys, by name and address and by name, in turn."""

    export_id: bytes
    key: bytes
    tags: tuple[bytes, ...]
    alike: tuple[int, int]
    """What a decoy's name, and its name with its address, may owe to chance: parts of a thousand million."""
    file: bytes = b""
    provinces: str = ""
    """Two letters of its riding's province."""


@dataclass(frozen=True, slots=True)
class Finding:
    """How a list agrees with an export. `odds`: the probability that chance alone agrees so well, all comparisons counted."""

    export_id: bytes
    odds: float
    cells: int
    """Cells whose spelling could be compared, and how many agree."""
    agree: int
    decoys: int
    """Rows with somebody who was invented for this copy."""
    decoy_names: int
    """Names that were invented for this copy, wherever they stand."""
    whole: bool
    """The very file, byte for byte."""

    @property
    def sure(self) -> bool:
        """Whether it can be named as the source."""
        return self.odds <= SURE


@dataclass(slots=True)
class Look:
    """A list read one way: which columns hold what."""

    seen: dict[str, list[Seen]] = field(default_factory=dict[str, list[Seen]])
    people: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    """(name, address) keys of its rows; the address "" where there is none."""


def trace(rows: Sequence[Sequence[str]], known: Sequence[Known], content: bytes = b"") -> list[Finding]:
    """Exports with which a list agrees better than `LIKELY`, the surest first.

    `rows`: its cells, a header among them or not; `content`: the file's bytes, to know a copy that nobody touched.
    """
    if not known:
        return []
    digest = sha256(content).digest() if content else b""
    provinces = {one.provinces for one in known}
    looks = {province: looks_at(rows[:_MOST_ROWS], province) for province in sorted(provinces)}
    found = [_compare(one, looks[one.provinces], len(known), digest) for one in known]
    return sorted((one for one in found if one.odds <= LIKELY), key=lambda one: (one.odds, one.export_id))


# --- reading the list -------------------------------------------------------------------------------


def looks_at(rows: Sequence[Sequence[str]], province: str) -> list[Look]:
    """The ways in which a list can be read: its columns by their heads, or by what stands in them."""
    width = max((len(row) for row in rows), default=0)
    square = [[*(" ".join(str(cell).split()) for cell in row), *[""] * (width - len(row))] for row in rows]
    if not square:
        return []
    headed = _by_heads(square[0])
    body = square[1:] if headed else square
    columns = list(zip(*body, strict=True)) if body else [()] * width
    address = headed.get("address", _column(columns, lambda cell: read_address(cell) is not None))
    phone = headed.get("phone", _column(columns, lambda cell: see_phone(cell) is not None))
    postal = headed.get("postal", _column(columns, lambda cell: see_postal(cell, "x") is not None))
    special = {one for one in (address, phone, postal) if one is not None}
    words = [at for at in range(width) if at not in special and _is_words(columns[at])]
    town = headed.get("town", _narrowest(columns, words))
    if "last" in headed or "first" in headed:
        names: list[tuple[int, ...]] = [tuple(headed[one] for one in ("last", "first") if one in headed)]
    else:
        left = [at for at in words if at != town]
        pairs = [pair for pair in combinations(left, 2) if pair[1] - pair[0] == 1]
        names = [*pairs, *((at,) for at in left), *((at,) for at in words if at == town)][:_MOST_LOOKS]
    return [_look(body, address, phone, postal, town, name, province) for name in names or [()]]


def _by_heads(first: Sequence[str]) -> dict[Column, int]:
    heads: dict[str, Column] = {
        fold(words): column for column, text in COLUMNS.items() for words in (text.en, text.fr)
    }
    found: dict[Column, int] = {}
    for at, cell in enumerate(first):
        if (column := heads.get(fold(cell))) is not None:
            found.setdefault(column, at)
    # One word may be anything; two of our own heads are a header.
    if len(found) == 1 < len(first):
        found.clear()
    return found


def _column(columns: Sequence[Sequence[str]], fits: Callable[[str], bool]) -> int | None:
    shares = [(_share(column, fits), -at) for at, column in enumerate(columns)]
    best = max(shares, default=(0.0, 0))
    return -best[1] if best[0] >= _HALF else None


def _share(column: Sequence[str], fits: Callable[[str], bool]) -> float:
    filled = [cell for cell in column[:_MOST_CELLS] if cell]
    return sum(map(fits, filled)) / len(filled) if filled else 0.0


def _is_words(column: Sequence[str]) -> bool:
    return (
        _share(column, lambda cell: any(c.isalpha() for c in cell) and not any(c.isdigit() for c in cell))
        > _HALF
    )


def _narrowest(columns: Sequence[Sequence[str]], words: Sequence[int]) -> int | None:
    """The column of words with the fewest different ones: municipalities, where there are any."""
    different = [(len({fold(town_name(cell)) for cell in columns[at]}), at) for at in words]
    return min(different)[1] if len(different) > 1 else None


def _look(
    body: Sequence[Sequence[str]], address: int | None, phone: int | None, postal: int | None, town: int | None,
    name: tuple[int, ...], province: str,
) -> Look:  # fmt: skip
    look = Look({mark: [] for mark in MARKED})
    for row in body:
        person = words_key(*(row[at] for at in name))
        place = read_address(row[address]) if address is not None else None
        look.people.append((person, place.key if place else ""))
        for seen in (
            see_address(row[address]) if address is not None else None,
            see_phone(row[phone]) if phone is not None else None,
            see_postal(row[postal], person) if postal is not None else None,
            see_town(row[town], person, province) if town is not None and town not in name else None,
        ):
            if seen is not None:
                look.seen[seen.mark].append(seen)
    for mark, cells in look.seen.items():
        # The members of a household share an address: it is one draw.
        look.seen[mark] = list({one.anchor: one for one in cells}.values())[:_MOST_CELLS]
    return look


# --- comparing --------------------------------------------------------------------------------------


def _compare(known: Known, looks: Sequence[Look], exports: int, digest: bytes) -> Finding:
    best = Finding(known.export_id, 1.0, 0, 0, 0, 0, whole=bool(digest) and digest == known.file)
    for look in looks:
        odds, cells, agree = _marks(known, look)
        decoys, names = _decoys(known, look)
        if names:
            odds = _both(odds, _decoy_odds(known, look, decoys, names))
        odds = min(1.0, max(_LEAST_ODDS, odds) * len(looks) * exports)
        if (odds, -agree) < (best.odds, -best.agree):
            best = Finding(known.export_id, odds, cells, agree, decoys, names, best.whole)
    if best.whole:
        return Finding(
            best.export_id, _LEAST_ODDS, best.cells, best.agree, best.decoys, best.decoy_names, whole=True
        )
    return best


def _decoy_odds(known: Known, look: Look, decoys: int, names: int) -> float:
    """How likely another copy of the same list is to hold as many of this one's decoys."""
    count, rows = len(known.tags) // 2, len(look.people)
    # A row that is nobody's decoy fits a tag of six bytes by accident.
    stray = rows / 2 ** (8 * TAG_BYTES)
    by_name = at_least(names, count, min(_HALF, known.alike[0] / _PARTS + stray))
    by_place = at_least(decoys, count, min(_HALF, known.alike[1] / _PARTS + stray))
    return min(1.0, 2 * min(by_name, by_place))


def _both(one: float, other: float) -> float:
    """The chance odds of two independent signs together (Fisher, 1925): their product alone would be too bold."""
    product = max(_LEAST_ODDS, min(1.0, one) * min(1.0, other))
    return product * (1 - log(product))


def _marks(known: Known, look: Look) -> tuple[float, int, int]:
    """The best chance odds over the kinds of cells, alone and together: somebody may have rewritten one kind."""
    drawn = {mark: _agreement(known.key, cells) for mark, cells in look.seen.items() if cells}
    ways = [way for count in range(1, len(drawn) + 1) for way in combinations(drawn, count)]
    best, cells, agree = 1.0, 0, 0
    for way in ways:
        total = sum((drawn[mark][0] for mark in way), Counter[int]())
        agreed = sum(drawn[mark][1] for mark in way)
        odds = min(1.0, tail(total, agreed) * len(ways))
        if odds < best or not cells:
            best, cells, agree = odds, total.total(), agreed
    return best, cells, agree


def _agreement(key: bytes, cells: Iterable[Seen]) -> tuple[Counter[int], int]:
    counts: Counter[int] = Counter()
    agreed = 0
    for one in cells:
        counts[one.count] += 1
        agreed += chosen(key, one.mark, one.anchor, one.count) == one.at
    return counts, agreed


def tail(draws: Mapping[int, int], least: int) -> float:
    """P(at least `least` agreements) when, for each (spellings, cells), each of the cells agrees with probability 1 / spellings."""
    if least <= sum(cells / spellings for spellings, cells in draws.items()):
        return 1.0
    spread: NDArray[np.float64] = np.ones(1)
    for spellings, cells in draws.items():
        spread = np.convolve(spread, _binomial(cells, 1 / spellings))
    return float(spread[least:].sum())


def _binomial(count: int, chance: float) -> NDArray[np.float64]:
    logs = np.cumsum([0.0, *(log(count - at) - log(at + 1) for at in range(count))])
    at = np.arange(count + 1)
    return np.exp(logs + at * log(chance) + (count - at) * np.log1p(-chance))


def at_least(least: int, count: int, chance: float) -> float:
    """P(at least `least` of `count` things happen), each with probability `chance`."""
    terms = (
        log(comb(count, at)) + at * log(chance) + (count - at) * log(1 - chance)
        for at in range(least, count + 1)
    )
    return min(1.0, sum(exp(max(-700.0, one)) for one in terms))


def _decoys(known: Known, look: Look) -> tuple[int, int]:
    """How many rows have a decoy of the export, and how many of its decoys' names stand in the list."""
    placed, named = set(known.tags[::2]), set(known.tags[1::2])
    rows, names = 0, set[bytes]()
    for name, place in look.people:
        tag = decoy_tag(known.key, name)
        if tag in named:
            names.add(tag)
            rows += bool(place) and decoy_tag(known.key, name, place) in placed
    return rows, len(names)
