"""People from a table's columns: names, values, and ids that are the same on every laptop."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from canvass_app.domain.ids import external_person_id, listed_person_id
from canvass_app.domain.people import PersonName
from canvass_app.domain.text import Text
from canvass_app.ledger.rosters import PersonEntry

from . import values
from .addresses import AddressColumns, Block, add_remarks, blocks, column_shown
from .doors import DoorSet
from .mapping import Mapping
from .problems import Problem
from .table import Table
from .values import Memo, Remark

Person = tuple[str, str, str, int, str, str, str, str, str]
"""last, first, middle, birth_year, phone, email, language, sex, support"""

_NO_NAME = Text(
    "No name: a person needs one. Fill it in and import again, or import the file as doors.",
    "Aucun nom : une personne en exige un. Ajoutez-le et importez de nouveau, ou importez le fichier comme liste de portes.",
)


@dataclass(slots=True)
class PeopleColumns:
    """What every row of the table says about a person; None where the row has no name."""

    person: list[Person | None] = field(default_factory=list[Person | None])
    key: list[str] = field(default_factory=list[str])
    """The external id of the row's person, or ""."""


class PeopleReader:
    """Reads blocks of a table's rows into PeopleColumns."""

    def __init__(self, table: Table, mapping: Mapping) -> None:
        self.table, self.mapping = table, mapping
        self.columns = PeopleColumns()
        self.problems: list[Problem] = []
        self._names = Memo(values.read_name)
        self._phones = Memo(values.read_phone)
        self._emails = Memo(values.read_email)
        self._years = Memo(values.read_birth_year)
        self._supports = Memo(values.read_support)
        self._languages = Memo(values.read_language)
        self._sexes = Memo(values.read_sex)

    def take(self, start: int, stop: int, block: Block) -> None:
        """Read one block; every row gets a person or, with a problem, None."""
        lines = self.table.lines[start:stop]
        last, first = self._names.many(block.cells("last_name")), self._names.many(block.cells("first_name"))
        if block.has("full_name"):
            whole = self._names.many(block.cells("full_name"))
            for i in range(block.count):
                if not last[i] and whole[i]:
                    last[i], given = values.split_full_name(whole[i])
                    first[i] = first[i] or given
        alive = [bool(a or b) for a, b in zip(last, first, strict=True)]
        for i, kept in enumerate(alive):
            if not kept:
                column = column_shown(self.mapping, "last_name", "full_name", "first_name")
                self.problems.append(Problem(lines[i], "left_out", _NO_NAME, column, "", "name_missing"))
        years = self._read(self._years, block, "birth_year", lines, alive)
        if block.has("birth_date"):
            dates = self._read(self._years, block, "birth_date", lines, alive)
            years = [a or b for a, b in zip(years, dates, strict=True)]
        people = zip(
            last,
            first,
            self._names.many(block.cells("middle_name")),
            years,
            self._first_good(self._phones, block, "phone", lines, alive),
            self._first_good(self._emails, block, "email", lines, alive),
            self._read(self._languages, block, "language", lines, alive),
            self._read(self._sexes, block, "sex", lines, alive),
            self._read(self._supports, block, "support", lines, alive),
            strict=True,
        )
        self.columns.person += [person if kept else None for person, kept in zip(people, alive, strict=True)]
        self.columns.key += self._names.many(block.cells("person_key"))

    def _read(
        self,
        memo: Memo[str, values.Value],
        block: Block,
        name: str,
        lines: Sequence[int],
        alive: Sequence[bool],
    ) -> list[values.Value]:
        cells = block.cells(name)
        found = memo.many(cells)
        self._remark(memo.remarks, cells, name, lines, alive)
        return found

    def _remark(
        self,
        remarks: dict[str, Remark],
        cells: Sequence[str],
        name: str,
        lines: Sequence[int],
        alive: Sequence[bool],
    ) -> None:
        add_remarks(self.problems, remarks, cells, lines, column_shown(self.mapping, name), alive)

    def _first_good(
        self, memo: Memo[str, str], block: Block, name: str, lines: Sequence[int], alive: Sequence[bool]
    ) -> list[str]:
        """Of several columns the first usable value; a bad one is reported only when none is usable."""
        found = memo.many(block.nth(name, 0))
        for number in range(1, block.choices(name)):
            found = [a or b for a, b in zip(found, memo.many(block.nth(name, number)), strict=True)]
        lacking = [kept and not value for kept, value in zip(alive, found, strict=True)]
        if any(lacking):
            self._remark(memo.remarks, block.cells(name), name, lines, lacking)
        return found


def make_people(
    columns: PeopleColumns,
    addresses: AddressColumns,
    doors: DoorSet,
    *,
    source: str,
    problems: list[Problem],
    cancelled: Callable[[], bool] | None = None,
) -> tuple[list[PersonEntry], list[int], list[int]]:
    """(entries, lines, ridings) of the people of the rows in `addresses`.

    With an external id a person is that id, once a file. Without, the id comes from door, name,
    birth year and an ordinal among namesakes, given in the order of their other values, so that the
    order of rows does not matter: father and son stay two. Namesakes equal in everything, with a
    known birth year, are one person listed twice.
    """
    entries: list[PersonEntry] = []
    lines: list[int] = []
    ridings: list[int] = []
    seen: dict[str, int] = {}
    namesakes: dict[tuple[int, str, int], list[tuple[Person, int]]] = {}
    keys: dict[tuple[str, str], str] = {}
    for start, stop in blocks(len(addresses.row), cancelled):
        for at in range(start, stop):
            row = addresses.row[at]
            person = columns.person[row]
            if person is None:
                continue
            external, line = columns.key[row], addresses.line[at]
            if external:
                if external in seen:
                    problems.append(_listed_twice(line, seen[external], external))
                    continue
                seen[external] = line
                door = doors.entries[doors.at[at]]
                entry = (
                    external_person_id(source, external),
                    door.door_id,
                    *person,
                    source,
                    external,
                )
                entries.append(PersonEntry._make(entry))
                lines.append(line)
                ridings.append(doors.ridings[doors.at[at]])
                continue
            name = person[:2]
            key = keys.get(name) or keys.setdefault(name, PersonName(*name).key)
            namesakes.setdefault((doors.at[at], key, person[3]), []).append((person, line))
    for (door_at, key, year), group in namesakes.items():
        if len(group) > 1:
            group = _apart(group, year, problems)
        door = doors.entries[door_at]
        for ordinal, (person, line) in enumerate(group):
            identity = listed_person_id(doors.natural[door_at], key, year, ordinal)
            entries.append(PersonEntry._make((identity, door.door_id, *person, "", "")))
            lines.append(line)
            ridings.append(doors.ridings[door_at])
    return entries, lines, ridings


def _apart(group: list[tuple[Person, int]], year: int, problems: list[Problem]) -> list[tuple[Person, int]]:
    ordered = sorted(group)
    kept: list[tuple[Person, int]] = []
    for person, line in ordered:
        if year and kept and kept[-1][0] == person:
            problems.append(_listed_twice(line, kept[-1][1], ""))
            continue
        if kept:
            reason = Text(
                f"The same name at the same door as line {kept[0][1]}; kept as two people.",
                f"Le même nom à la même porte qu’à la ligne {kept[0][1]}; conservés comme deux personnes.",
            )
            problems.append(Problem(line, "note", reason, code="namesake"))
        kept.append((person, line))
    return kept


def _listed_twice(line: int, earlier: int, external: str) -> Problem:
    reason = Text(
        f"The same person as line {earlier}; listed once, as line {earlier} has it.",
        f"La même personne qu’à la ligne {earlier}; inscrite une seule fois, telle qu’à la ligne {earlier}.",
    )
    return Problem(line, "changed" if external else "note", reason, value=external, code="person_repeat")
