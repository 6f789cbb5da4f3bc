"""A do-not-contact file: telephone numbers, addresses, or both, taken as bars. Again is nothing; a bad row is told of."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from canvass_app.domain.address import fold
from canvass_app.domain.errors import FileProblem, InputError
from canvass_app.domain.ids import phone_subject
from canvass_app.domain.phones import phone_number
from canvass_app.domain.riding import DEFAULT_MAP_YEAR
from canvass_app.domain.text import Text
from canvass_app.ledger.rosters import DoorEntry
from canvass_app.storage.changes import ChangeSet
from canvass_app.storage.database import Connection, query_in

from .bars import bar_many
from .book import Book

if TYPE_CHECKING:
    from canvass_app.imports import Table

_MOST_BYTES = 32 << 20
_NOTHING_TO_READ = Text(
    "“{name}” has no column of telephone numbers and none of addresses. Nothing was changed. Name a column “phone”, or "
    "“address”.",
    "« {name} » n’a ni colonne de numéros de téléphone ni colonne d’adresses. Rien n’a été modifié. Nommez une colonne "
    "« téléphone » ou « adresse ».",
)
_NO_NUMBER = Text(
    "There is no telephone number in this row.", "Cette ligne ne contient pas de numéro de téléphone."
)
_BAD_NUMBER = Text(
    "This is not a telephone number: ten digits, or “+” and the country’s code.",
    "Ce n’est pas un numéro de téléphone : dix chiffres, ou « + » et l’indicatif du pays.",
)
_NO_DOOR = Text(
    "No door here has this address. Import the addresses first, then this file again.",
    "Aucune porte d’ici n’a cette adresse. Importez d’abord les adresses, puis de nouveau ce fichier.",
)
_SEVERAL_DOORS = Text(
    "Doors of several towns have this address. Add a column with the town.",
    "Des portes de plusieurs villes ont cette adresse. Ajoutez une colonne avec la ville.",
)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row that could not be taken, and why."""

    line: int
    reason: Text


@dataclass(slots=True)
class BarReport:
    """What a do-not-contact file did (or, in a rehearsal, would do). `people`: those whom it keeps the campaign from."""

    source: str
    rows: int
    numbers: int
    """Numbers that were not barred before."""
    doors: int
    unchanged: int
    people: int
    left_out: list[LeftOut]
    dry_run: bool
    changes: ChangeSet = field(default_factory=ChangeSet)

    def as_dict(self, language: str) -> dict[str, Any]:
        """The shape that every reporting command shares."""
        return {
            "added": self.numbers + self.doors, "changed": 0, "unchanged": self.unchanged,
            "left_out": [{"line": one.line, "reason": one.reason.say(language)} for one in self.left_out],
            "rows": self.rows, "numbers": self.numbers, "doors": self.doors, "people": self.people,
            "dry_run": self.dry_run,
        }  # fmt: skip


def bar_file(
    book: Book, path: Path, ridings: list[int], *, author: str, reason: str, dry_run: bool = False
) -> BarReport:
    """Bar what a file lists, in these ridings, in one act a riding. Raises FileProblem, InputError; nothing was changed then.

    Numbers are barred in every one of the ridings; an address where it is. `dry_run` only says what would happen.
    """
    from canvass_app.imports import read_table

    try:
        # A list of numbers often has no header: then its first number was taken for one.
        table = _with_first_row(read_table(path))
    except FileProblem:
        bare = _one_column(path)
        if bare is None:
            raise
        table = bare
    columns = _phone_columns(table)
    doors_of, lines_with_address = _addresses(book, table, ridings)
    if not columns and not lines_with_address:
        raise InputError(_NOTHING_TO_READ.fill(name=table.source_name))
    numbers: dict[str, int] = {}
    left_out: list[LeftOut] = []
    wanted: dict[int, list[bytes]] = {riding: [] for riding in ridings}
    for line, row in zip(table.lines, table.rows, strict=True):
        said = [row[at].strip() for at in columns if row[at].strip()]
        found = [number for one in said if (number := phone_number(one))]
        numbers |= dict.fromkeys(found, line)
        at_home = doors_of.get(line, [])
        for riding, door in at_home if len(at_home) == 1 else []:
            wanted[riding].append(door)
        if len(at_home) > 1:
            left_out.append(LeftOut(line, _SEVERAL_DOORS))
        elif line in lines_with_address and not at_home:
            left_out.append(LeftOut(line, _NO_DOOR))
        if said and len(found) < len(said):
            left_out.append(LeftOut(line, _BAD_NUMBER))
        elif not said and line not in lines_with_address:
            left_out.append(LeftOut(line, _NO_NUMBER))
    report = BarReport(table.source_name, len(table.rows), 0, 0, 0, 0, left_out, dry_run)
    for riding in ridings:
        _take(book, riding, list(numbers), wanted[riding], report, author=author, reason=reason)
    return report


def _take(
    book: Book,
    riding: int,
    numbers: list[str],
    doors: list[bytes],
    report: BarReport,
    *,
    author: str,
    reason: str,
) -> None:
    db = book.read()
    doors = list(dict.fromkeys(doors))
    open_numbers, open_doors = _not_barred(db, riding, numbers, doors)
    report.people += _reached(db, riding, set(open_numbers), set(open_doors))
    report.unchanged += len(numbers) + len(doors) - len(open_numbers) - len(open_doors)
    report.numbers += len(open_numbers)
    report.doors += len(open_doors)
    if not report.dry_run and (open_numbers or open_doors):
        done = bar_many(book, riding, open_numbers, open_doors, author=author, reason=reason)
        report.changes.add(done[2])


def _not_barred(
    db: Connection, riding: int, numbers: list[str], doors: list[bytes]
) -> tuple[list[str], list[bytes]]:
    keys = {phone_subject(riding, one): one for one in numbers}
    rows = query_in(
        db, "SELECT number_key FROM barred_number WHERE riding_id = ? AND number_key IN (??)", (riding,), keys
    )
    silent = {keys[bytes(row[0])] for row in rows}
    rows = query_in(
        db,
        "SELECT door_id FROM door WHERE riding_id = ? AND barred = 1 AND door_id IN (??)",
        (riding,),
        doors,
    )
    shut = {bytes(row[0]) for row in rows}
    return [one for one in numbers if one not in silent], [one for one in doors if one not in shut]


def _reached(db: Connection, riding: int, numbers: set[str], doors: set[bytes]) -> int:
    """How many people these bars newly keep the campaign from."""
    rows = db.query("SELECT phone, door_id FROM person WHERE riding_id = ? AND gone = ''", (riding,))
    return sum(bytes(door) in doors or phone_number(str(phone)) in numbers for phone, door in rows)


def _one_column(path: Path) -> Table | None:
    """A text of one number a line, which has no columns to tell a table by; None when it is something else."""
    from canvass_app.imports import Table

    try:
        with path.open("rb") as file:
            text = file.read(_MOST_BYTES).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return None
    lines = [(at, one.strip()) for at, one in enumerate(text.splitlines(), 1) if one.strip()]
    numbers = sum(bool(phone_number(one)) for _, one in lines)
    if not numbers or 2 * numbers < len(lines):
        return None
    rows, at = [[one] for _, one in lines], [at for at, _ in lines]
    return Table(path, "text", "utf-8", "", "", (), 0, ("#1",), rows, at)


# --- columns ------------------------------------------------------------------------------------


def _with_first_row(table: Table) -> Table:
    from dataclasses import replace

    if not any(phone_number(one) for one in table.headers):
        return table
    first = [one if not one.startswith("#") else "" for one in table.headers]
    headers = tuple(f"#{at}" for at in range(1, len(first) + 1))
    return replace(table, headers=headers, rows=[first, *table.rows], lines=[table.header_line, *table.lines])


def _phone_columns(table: Table) -> list[int]:
    """The columns called so; without one, those in which most of what is written is a telephone number."""
    from canvass_app.imports import guess_mapping

    named = guess_mapping(table, "people").columns("phone")
    if named:
        return [table.headers.index(one) for one in named]
    found: list[int] = []
    for at in range(len(table.headers)):
        cells = [row[at] for row in table.rows if row[at].strip()]
        if cells and 2 * sum(bool(phone_number(one)) for one in cells) > len(cells):
            found.append(at)
    return found


def _addresses(
    book: Book, table: Table, ridings: list[int]
) -> tuple[dict[int, list[tuple[int, bytes]]], set[int]]:
    """By line, the doors here that have its address, as (riding, door); and the lines that give an address."""
    from canvass_app.imports import guess_mapping, plan_import

    mapping = guess_mapping(table, "doors")
    numbers = set(_phone_columns(table))
    if any(table.headers.index(column) in numbers for one in mapping.fields for column in one.columns):
        # "number" above telephone numbers is no civic number.
        kept = tuple(
            one for one in mapping.fields if not any(table.headers.index(c) in numbers for c in one.columns)
        )
        from dataclasses import replace

        mapping = replace(mapping, fields=kept)
    if not (mapping.has("full_address") or (mapping.has("street_name") and mapping.has("civic_number"))):
        return {}, set()
    filled = [
        table.headers.index(column)
        for name in ("full_address", "street_name")
        for column in mapping.columns(name)
    ]
    given = {
        line
        for line, row in zip(table.lines, table.rows, strict=True)
        if any(row[at].strip() for at in filled)
    }
    year = book.campaign.map_year if book.campaign else DEFAULT_MAP_YEAR
    plan = plan_import(
        table, mapping, kind="doors", map_year=year, riding_id=ridings[0], residential_only=False
    )
    db = book.read()
    found: dict[int, list[tuple[int, bytes]]] = {}
    for rows in plan.ridings.values():
        for line, door in zip(rows.door_lines, rows.doors, strict=True):
            found[line] = [(riding, one) for riding in ridings for one in _doors_at(db, riding, door)]
    # A repeat of an address within the file is the same door.
    first = {problem.line for problem in plan.problems if problem.code.startswith("repeat")}
    return found, given - first


def _doors_at(db: Connection, riding: int, door: DoorEntry) -> list[bytes]:
    """The doors of this address; of one town where the file names it."""
    rows = db.query(
        "SELECT door_id, municipality FROM door WHERE riding_id = ? AND street = ? AND number = ? AND suffix = ?"
        " AND street_type = ? AND street_direction = ? AND unit = ?",
        (riding, door.street, door.number, door.suffix, door.street_type, door.street_direction, door.unit),
    )
    town = fold(door.municipality)
    return [bytes(one) for one, where in rows if not town or not where or fold(str(where)) == town]
