"""The invented people behind the demo's doors: households of one to six, many doors of which nobody is known."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from .people_names import COMMUNITIES, DENIED, Names

PEOPLE_COLUMNS = ("last_name", "first_name", "middle_name", "birth_year", "phone", "email", "language")
# Share of doors, out of 1000, with nobody, one ... six people known.
_SIZES = (225, 315, 300, 90, 48, 16, 6)
# 555-0100 to 555-0199 are kept for fiction; each area code gives a hundred numbers. The town's own come first.
_AREA_CODES = (
    705, 249, 613, 819, 343, 416, 514, 438, 647, 450, 418, 807, 519, 905, 289, 365, 226, 548, 579, 581, 873, 437,
    683, 354, 367, 742, 753, 382, 263, 468,
)  # fmt: skip
_YOUNGEST, _OLDEST = 1997, 1921


@dataclass(slots=True)
class Person:
    """An invented person at a door (its row). Empty or 0 where the demo does not know."""

    door: int
    last: str
    first: str
    middle: str = ""
    birth_year: int = 0
    phone: str = ""
    email: str = ""
    language: str = ""

    def row(self) -> list[str]:
        """The person's columns of people.csv, in the order of `PEOPLE_COLUMNS`."""
        year = str(self.birth_year) if self.birth_year else ""
        return [self.last, self.first, self.middle, year, self.phone, self.email, self.language]


def build_people(doors: int, seed: int) -> list[Person]:
    """People for that many doors, in the order of the doors. The same seed gives the same people."""
    random = Random(seed * 31 + 7)
    phones = _phones(random)
    people: list[Person] = []
    for door in range(doors):
        size = _pick(_SIZES, random)
        if size:
            people += _household(door, size, random)
            _reach(people[-size:], phones, random)
    return people


def _household(door: int, size: int, random: Random) -> list[Person]:
    names = _community(random)
    family = _one(names.families, random)
    woman_first = random.random() < 0.5
    share = random.random()
    age = 22 + int(62 * share * (0.8 + 0.2 * share))
    home = [_person(door, names, family, woman_first, 2015 - age, random)]
    if size >= 2:
        other = _community(random) if random.random() < 0.12 else names
        own_name = random.random() < (0.55 if names.language == "fr" else 0.3)
        last = _one(other.families, random) if own_name or other is not names else family
        together = random.random() < 0.92
        year = 2015 - age + int((random.random() - 0.5) * 11)
        partner = _person(door, other, last, woman_first != together, year, random)
        while partner.first == home[0].first:
            partner = _person(door, other, last, woman_first != together, year, random)
        home.append(partner)
    if size == 2 and random.random() < 0.03 and not woman_first:
        # A son with his father's name at the same door: only their years tell them apart.
        age = max(age, 45)
        home[0].birth_year = 2015 - age
        home[1] = Person(
            door,
            family,
            home[0].first,
            "",
            2015 - age + 24 + int(random.random() * 6),
            "",
            "",
            names.language,
        )
    for _ in range(size - 2):
        joined = f"{home[0].last}-{home[1].last}"
        both = home[0].last != home[1].last and random.random() < 0.4
        last = joined if both and len(joined) < 40 else home[int(random.random() * 2)].last
        year = min(_YOUNGEST, 2015 - age + 22 + int(random.random() * 12))
        child = _person(door, names, last, random.random() < 0.5, year, random)
        while any(child.first == other.first for other in home):
            child = _person(door, names, last, random.random() < 0.5, year, random)
        home.append(child)
    for person in home:
        person.birth_year = max(_OLDEST, min(_YOUNGEST, person.birth_year))
    for i, person in enumerate(home):
        same_name = any(p.first == person.first and p.last == person.last for p in home if p is not person)
        if not same_name and random.random() < 0.13:
            home[i].birth_year = 0
    return home


def _person(door: int, names: Names, last: str, woman: bool, year: int, random: Random) -> Person:
    pool = names.women if woman else names.men
    first = _one(pool, random)
    while f"{first} {last}".lower() in DENIED:
        first = _one(pool, random)
    middle = _one(pool, random) if random.random() < 0.08 else ""
    language = names.language if random.random() < 0.94 else ("en" if names.language == "fr" else "fr")
    return Person(door, last, first, middle if middle != first else "", year, "", "", language)


def _reach(home: Sequence[Person], phones: list[str], random: Random) -> None:
    """Some have a telephone, now and then one for the whole home, and some an e-mail address."""
    shared = phones.pop() if phones and random.random() < 0.13 else ""
    for person in home:
        if shared:
            person.phone = shared
        elif phones and random.random() < 0.19:
            person.phone = phones.pop()
        if random.random() < 0.16:
            name = f"{_plain(person.first)}.{_plain(person.last)}"
            year = (
                str(person.birth_year % 100).zfill(2)
                if person.birth_year
                else str(int(random.random() * 90) + 10)
            )
            person.email = f"{name}{year}@example.{'org' if random.random() < 0.6 else 'com'}"


def _phones(random: Random) -> list[str]:
    """All numbers there are, the local area codes last so that they are taken first."""
    local: list[str] = []
    away: list[str] = []
    for code in _AREA_CODES:
        (local if code in (705, 249) else away).extend(f"{code}-555-{n:04d}" for n in range(100, 200))
    _shuffle(away, random)
    _shuffle(local, random)
    # Of four numbers about one is local, as long as there are any.
    out: list[str] = []
    while away or local:
        out.append(local.pop() if local and (not away or random.random() < 0.25) else away.pop())
    return out[::-1]


def _plain(text: str) -> str:
    """Letters a to z only, for an e-mail address."""
    text = text.replace("Đ", "D").replace("đ", "d")
    return "".join(c for c in unicodedata.normalize("NFD", text.lower()) if "a" <= c <= "z")


def _community(random: Random) -> Names:
    return COMMUNITIES[_pick(tuple(c.share for c in COMMUNITIES), random)]


def _pick(shares: Sequence[int], random: Random) -> int:
    left = random.random() * sum(shares)
    for i, share in enumerate(shares):
        left -= share
        if left < 0:
            return i
    return len(shares) - 1


def _one(pool: Sequence[str], random: Random) -> str:
    return pool[int(random.random() * len(pool))]


def _shuffle(items: list[str], random: Random) -> None:
    for i in range(len(items) - 1, 0, -1):
        j = int(random.random() * (i + 1))
        items[i], items[j] = items[j], items[i]
