"""A table and a mapping made into roster rows, a preview, and the report of every row left out or changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from canvass_app.domain.address import address_label
from canvass_app.domain.people import person_label
from canvass_app.domain.text import Text
from canvass_app.ledger.rosters import DoorEntry, PersonEntry

from .addresses import AddressReader, blocks, column_shown
from .doors import make_doors
from .mapping import Kind, Mapping, check_mapping
from .people import PeopleReader, make_people
from .problems import Problem, ProblemGroup, group_problems
from .ridings import Finder, settle_ridings
from .table import Table

__all__ = ["Finder", "ImportPlan", "PreviewRow", "RidingRows", "plan_import"]

PREVIEW_ROWS = 20


@dataclass(slots=True)
class RidingRows:
    """Roster rows of one riding; `door_lines` and `person_lines` are the lines they come from."""

    doors: list[DoorEntry] = field(default_factory=list[DoorEntry])
    people: list[PersonEntry] = field(default_factory=list[PersonEntry])
    door_lines: list[int] = field(default_factory=list[int])
    person_lines: list[int] = field(default_factory=list[int])


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """A row as read and as understood; `address` is "" when the row was left out."""

    line: int
    cells: tuple[str, ...]
    address: str
    person: str
    riding_id: int
    remarks: tuple[Text, ...]


@dataclass(slots=True)
class ImportPlan:
    """All that an import would do. Nothing has been written."""

    kind: Kind
    source_name: str
    encoding: str
    delimiter: str
    header_line: int
    rows_read: int
    mapping: Mapping
    ridings: dict[int, RidingRows]
    problems: list[Problem]
    preview: list[PreviewRow]
    unmapped: tuple[str, ...]

    @property
    def doors(self) -> int:
        """Doors in all ridings."""
        return sum(len(rows.doors) for rows in self.ridings.values())

    @property
    def people(self) -> int:
        """People in all ridings."""
        return sum(len(rows.people) for rows in self.ridings.values())

    @property
    def rows_left_out(self) -> int:
        """How many rows were left out."""
        return len({problem.line for problem in self.problems if problem.severity == "left_out"})

    @property
    def groups(self) -> list[ProblemGroup]:
        """The report in short: remarks of one kind with their count and first lines."""
        return group_problems(self.problems)


def plan_import(
    table: Table,
    mapping: Mapping,
    *,
    kind: Kind,
    map_year: int = 2013,
    riding_id: int | None = None,
    finder: Finder | None = None,
    municipality_default: str = "",
    residential_only: bool = True,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> ImportPlan:
    """Read every row of `table` by `mapping` into roster rows.

    `map_year` gives five-digit ridings of the file their map; `riding_id` is for rows without a
    riding column, `finder` for rows without both and to flag disagreement; `residential_only`
    leaves out what an address register marks as no home. `progress(done, total)` counts rows.
    Raises MappingProblem and Cancelled; a bad row never raises, it is in `problems`.
    """
    mapping = mapping.on(table.headers)
    check_mapping(mapping, kind)
    addresses = AddressReader(
        table,
        mapping,
        map_year=map_year,
        municipality=municipality_default,
        residential_only=residential_only,
    )
    people = PeopleReader(table, mapping) if kind == "people" else None
    total = len(table.rows)
    for start, stop in blocks(total, cancelled):
        block = addresses.block(start, stop)
        addresses.take(start, stop, block)
        if people is not None:
            people.take(start, stop, block)
        if progress is not None:
            progress(stop, total)
    addresses.read_points(cancelled)
    columns = addresses.columns
    if people is not None:
        persons = people.columns.person
        columns.keep([persons[row] is not None for row in columns.row])
    problems = settle_ridings(columns, riding_id, finder, column_shown(mapping, "riding"))
    doors = make_doors(
        columns,
        source=mapping.door_source,
        report_repeats=people is None,
        problems=problems,
        cancelled=cancelled,
    )
    ridings: dict[int, RidingRows] = {}
    _share_out(doors.entries, doors.lines, doors.ridings, ridings, people=False)
    if people is not None:
        entries, lines, of = make_people(
            people.columns,
            columns,
            doors,
            source=mapping.person_source,
            problems=problems,
            cancelled=cancelled,
        )
        _share_out(entries, lines, of, ridings, people=True)
    problems += table.problems + addresses.problems + (people.problems if people else [])
    problems.sort(key=lambda problem: problem.line)
    return ImportPlan(
        kind, table.source_name, table.encoding, table.delimiter, table.header_line, total, mapping,
        dict(sorted(ridings.items())), problems, _preview(table, ridings, problems), mapping.unmapped,
    )  # fmt: skip


def _share_out(
    entries: list[DoorEntry] | list[PersonEntry],
    lines: list[int],
    of: list[int],
    ridings: dict[int, RidingRows],
    *,
    people: bool,
) -> None:
    for riding in set(of):
        into = ridings.setdefault(riding, RidingRows())
        whole = riding == of[0] and of.count(riding) == len(of)
        chosen = entries if whole else [e for e, r in zip(entries, of, strict=True) if r == riding]
        own = lines if whole else [n for n, r in zip(lines, of, strict=True) if r == riding]
        if people:
            into.people, into.person_lines = chosen, own  # type: ignore[assignment]
        else:
            into.doors, into.door_lines = chosen, own  # type: ignore[assignment]


def _preview(table: Table, ridings: dict[int, RidingRows], problems: list[Problem]) -> list[PreviewRow]:
    lines = table.lines[:PREVIEW_ROWS]
    wanted = set(lines)
    doors: dict[int, tuple[str, int]] = {}
    names: dict[int, str] = {}
    remarks: dict[int, list[Text]] = {}
    for riding, rows in ridings.items():
        label_of: dict[bytes, str] = {}
        for line, person in zip(rows.person_lines, rows.people, strict=True):
            if line in wanted:
                names[line] = person_label(person.last, person.first)
                label_of[person.door_id] = ""
                doors[line] = ("", riding)
        for line, door in zip(rows.door_lines, rows.doors, strict=True):
            if line in wanted or door.door_id in label_of:
                label = address_label(door.number, door.suffix, door.street_label, door.unit)
                label_of[door.door_id] = label
                if line in wanted:
                    doors[line] = (label, riding)
        for line, person in zip(rows.person_lines, rows.people, strict=True):
            if line in wanted:
                doors[line] = (label_of[person.door_id], riding)
    for problem in problems:
        if problem.line in wanted:
            remarks.setdefault(problem.line, []).append(problem.reason)
    return [
        PreviewRow(
            line, tuple(row), *_at(doors, line, names), tuple(remarks.get(line, ())),
        )
        for line, row in zip(lines, table.rows, strict=False)
    ]  # fmt: skip


def _at(doors: dict[int, tuple[str, int]], line: int, names: dict[int, str]) -> tuple[str, str, int]:
    label, riding = doors.get(line, ("", 0))
    return label, names.get(line, ""), riding
