"""People who do not exist, put into an exported copy so that it can be told from every other.

They look like their neighbours: names put together from the riding's own given and family names (never a pair that somebody
there has), a street of the list, a civic number between two that exist and that no door of the riding has on any file here,
the neighbour's municipality and postal code. Telephone numbers are 555-0100 to 555-0199 of the neighbours' area code: those line
numbers are set aside for fiction (ATIS-0300115, "555 NXX Line Number Reference Document", which Telecom Decision CRTC 2017-203
follows in Canada). They live in the copy alone: no table, list or count of Canvass ever holds them.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import NamedTuple

from canvass_app.domain.address import address_label
from canvass_app.storage.database import Connection

from .export_marks import words_key

TAG_BYTES = 6
LEAST, MOST = 3, 600
PER_ROW = 0.02
"""Decoys a row: one in fifty, so that the list stays of use; what small samples show is the marks' part."""
_ALONE = 0.65
_TRIES = 200
_NEAREST = 6
_LOOKED_AT = 2_000
_LEAST_FREE = 0.01
# Households share a family name, streets differ: odds that accuse somebody are taken larger than they come out.
_CAREFUL = 2.0


@dataclass(frozen=True, slots=True)
class Row:
    """A person of an export, before a copy's spelling. `phone`: ten digits, or as it is known."""

    last: str
    first: str
    number: int
    suffix: str
    street: str
    unit: str
    town: str
    postal: str
    order: tuple[object, ...]
    phone: str = ""
    language: str = ""
    birth_year: int = 0
    division: str = ""
    support: str = ""
    decoy: bool = False

    @property
    def address(self) -> str:
        """The address in one line."""
        return address_label(self.number, self.suffix, self.street, self.unit)


def how_many(rows: int) -> int:
    """How many decoys a copy of so many real rows gets."""
    return min(MOST, max(LEAST, -int(-rows * PER_ROW // 1)))


def decoy_tag(key: bytes, *words: str) -> bytes:
    """What a decoy is known again by, under its copy's key alone."""
    return blake2b("|".join(words).encode(), key=key, person=b"decoy", digest_size=TAG_BYTES).digest()


class Numbers:
    """The civic numbers of a riding, street by street: which exist, and where one is missing between two."""

    def __init__(self, doors: Sequence[tuple[str, int]]) -> None:
        self._taken: dict[str, set[int]] = {}
        for street, number in doors:
            self._taken.setdefault(street, set()).add(number)

    def missing_near(self, street: str, number: int) -> list[int]:
        """Numbers that no door of the street has, between doors of its side, the nearest first.

        Where that side is full, numbers of the other side between the street's ends.
        """
        taken = self._taken.get(street, set())
        for side in ({one for one in taken if one % 2 == number % 2}, taken):
            if len(side) > 1:
                step = 1 if side is taken else 2
                span = range(max(min(side), number - 60), min(max(side), number + 60) + 1)
                gaps = [one for one in span if one > 0 and one not in taken and (one - number) % step == 0]
                if gaps:
                    return sorted(gaps, key=lambda one: (abs(one - number), one))
        return []

    def take(self, street: str, number: int) -> None:
        """A decoy stands there: the next one stands elsewhere."""
        self._taken[street].add(number)


def riding_numbers(db: Connection, riding_id: int) -> Numbers:
    """The civic numbers of every door of a riding, whatever its municipality: one street may run through two."""
    rows = db.query("SELECT street, number FROM door WHERE riding_id = ?", (riding_id,))
    return Numbers([(str(street), int(number)) for street, number in rows])


class Names:
    """The riding's given and family names, as often as it has them, and the pairs that exist."""

    def __init__(self, people: Sequence[tuple[str, str]]) -> None:
        lasts, firsts = (
            Counter(last for last, _ in people if last),
            Counter(first for _, first in people if first),
        )
        self.known = {words_key(last, first) for last, first in people}
        if min(len(lasts), len(firsts)) < 12:
            for last, first in _invented():
                lasts[last] += 1
                firsts[first] += 1
        self._lasts, self._firsts = _weighted(lasts), _weighted(firsts)
        self._share = {0: _shares(lasts), 1: _shares(firsts)}
        taken = sum(self._drawn(*pair) for pair in {(last, first) for last, first in people})
        self._free = max(_LEAST_FREE, 1 - taken)

    def pick(self, chance: random.Random, last: str = "") -> tuple[str, str] | None:
        """A pair that nobody of the riding has, with that family name or any; None when there is none to be had."""
        for _ in range(_TRIES):
            pair = (last or _draw(chance, self._lasts), _draw(chance, self._firsts))
            if words_key(*pair) not in self.known:
                self.known.add(words_key(*pair))
                return pair
        return None

    def _drawn(self, last: str, first: str) -> float:
        return self._share[0].get(last, 0.0) * self._share[1].get(first, 0.0)

    def alike(self, made: Sequence[Row]) -> float:
        """How likely the likeliest of these decoys' names is to stand among as many decoys of another copy."""
        most = max((self._drawn(one.last, one.first) for one in made), default=0.0)
        return min(1.0, _CAREFUL * len(made) * most / self._free)


def riding_names(db: Connection, riding_id: int) -> Names:
    """The names of everybody of a riding."""
    rows = db.query("SELECT last, first FROM person WHERE riding_id = ?", (riding_id,))
    return Names([(str(last), str(first)) for last, first in rows])


def _invented() -> Iterator[tuple[str, str]]:
    """Names for a riding that has too few of its own."""
    from .demo.people_names import COMMUNITIES

    for names in COMMUNITIES:
        for place, last in enumerate(names.families):
            firsts = names.women if place % 2 else names.men
            yield last, firsts[place % len(firsts)]


def _weighted(counts: Mapping[str, int]) -> tuple[list[str], list[int]]:
    names = sorted(counts)
    return names, [counts[name] for name in names]


def _shares(counts: Mapping[str, int]) -> dict[str, float]:
    whole = sum(counts.values())
    return {name: count / whole for name, count in counts.items()}


def _draw(chance: random.Random, names: tuple[list[str], list[int]]) -> str:
    return chance.choices(names[0], names[1])[0]


class Decoys(NamedTuple):
    """Decoys of a copy, in no order; and what a name of them, and one with its address, may owe to chance."""

    rows: list[Row]
    name_alike: float
    """How likely a given decoy's name is to be a decoy's in another copy of the same list."""
    place_alike: float
    """The same of name and address together."""


def make_decoys(rows: Sequence[Row], names: Names, numbers: Numbers, chance: random.Random) -> Decoys:
    """Decoys for a copy of these rows. Fewer than `how_many` where the streets have no room."""
    houses = [row for row in rows if not row.unit and row.number]
    likeliest = _likeliest_home(houses, numbers)
    made: list[Row] = []
    for _ in range(how_many(len(rows)) * 20):
        if len(made) == how_many(len(rows)) or not houses:
            break
        home = made[-1] if made and chance.random() > _ALONE else _new_home(houses, numbers, chance)
        pair = names.pick(chance, home.last if home.decoy else "") if home is not None else None
        if home is None or pair is None:
            continue
        made.append(_somebody(rows, replace(home, last=pair[0], first=pair[1], decoy=True), chance))
    alike = names.alike(made)
    return Decoys(made, alike, alike * min(1.0, _CAREFUL * likeliest))


def _likeliest_home(houses: Sequence[Row], numbers: Numbers) -> float:
    """How likely `_new_home` is to take the one place that it takes most often."""
    some = houses[:: len(houses) // _LOOKED_AT + 1]
    share: Counter[tuple[str, int]] = Counter()
    for (street, number), count in Counter((str(one.order[1]), one.number) for one in some).items():
        near = numbers.missing_near(street, number)[:_NEAREST]
        for gap in near:
            # In thousandths of a house, since a Counter counts whole things.
            share[street, gap] += 1000 * count // len(near)
    return max(share.values(), default=0) / max(1, sum(share.values()))


def _new_home(houses: Sequence[Row], numbers: Numbers, chance: random.Random) -> Row | None:
    near = chance.choice(houses)
    street = str(near.order[1])
    gaps = numbers.missing_near(street, near.number)
    if not gaps:
        return None
    number = chance.choice(gaps[:_NEAREST])
    numbers.take(street, number)
    # Places of `order`: municipality, street, its label, number, suffix, unit (services/exporting.py).
    order = (*near.order[:3], number, "", "")
    return replace(near, number=number, suffix="", order=order, decoy=False)


def _somebody(rows: Sequence[Row], home: Row, chance: random.Random) -> Row:
    """What is said of a decoy is what is said of some real person of the list, each thing of another one."""
    phone = chance.choice(rows).phone
    if phone:
        phone = f"{phone[:3]}55501{chance.randrange(100):02d}" if len(phone) == 10 and phone.isdigit() else ""
    return replace(
        home, phone=phone, language=chance.choice(rows).language, birth_year=chance.choice(rows).birth_year,
        support=chance.choice(rows).support,
    )  # fmt: skip
