"""The address columns of a table, read column by column: numbers, streets, units, towns, ridings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import cast

import numpy as np

from canvass_app.domain.address import Street, fold, normalise_unit, tidy
from canvass_app.domain.errors import Cancelled, MappingProblem
from canvass_app.domain.text import Text

from . import values
from .coordinates import Int32, judge, read_degrees
from .full_address import LineAddress, parse_address_line
from .mapping import Mapping
from .problems import Problem
from .table import Table
from .text_table import BLOCK
from .values import Memo, Remark

Cells = Sequence[str]
Civic = tuple[int, str]


@dataclass(slots=True)
class Streets:
    """Distinct streets by number, so that columns hold small integers."""

    items: list[Street] = field(default_factory=list[Street])
    _number: dict[Street, int] = field(default_factory=dict[Street, int])

    def number(self, street: Street) -> int:
        """The number of a street, a new one when it was not seen before."""
        found = self._number.get(street)
        if found is None:
            found = self._number[street] = len(self.items)
            self.items.append(street)
        return found

    def labels(self) -> list[str]:
        """One label for each street: spellings of one street share the richest, whatever the row order."""
        best: dict[str, str] = {}
        for street in self.items:
            label = street.label
            if street.key not in best or _richness(label) > _richness(best[street.key]):
                best[street.key] = label
        return [best[street.key] for street in self.items]


def _richness(label: str) -> tuple[int, int, str]:
    """Accents first, then capitals inside ("McGill" over "Mcgill"); the text itself makes it total."""
    return sum(not c.isascii() for c in label), sum(c.isupper() for c in label), label


@dataclass(slots=True)
class AddressColumns:
    """Columns of the rows that name a door, all of one length. `row` is the index in the table's rows."""

    streets: Streets
    row: list[int] = field(default_factory=list[int])
    line: list[int] = field(default_factory=list[int])
    civic: list[Civic] = field(default_factory=list[Civic])
    street: list[int] = field(default_factory=list[int])
    unit: list[str] = field(default_factory=list[str])
    municipality: list[str] = field(default_factory=list[str])
    postal_code: list[str] = field(default_factory=list[str])
    floor: list[int] = field(default_factory=list[int])
    polling_division: list[str] = field(default_factory=list[str])
    building_use: list[str] = field(default_factory=list[str])
    door_key: list[str] = field(default_factory=list[str])
    riding: list[int] = field(default_factory=list[int])
    lon: Int32 = field(default_factory=lambda: np.zeros(0, np.int32))
    lat: Int32 = field(default_factory=lambda: np.zeros(0, np.int32))

    def keep(self, mask: Sequence[bool]) -> None:
        """Drop the rows that `mask` does not keep."""
        if all(mask):
            return
        for name in _LISTS:
            setattr(self, name, [v for v, kept in zip(getattr(self, name), mask, strict=True) if kept])
        chosen = np.array(mask, dtype=bool)
        self.lon, self.lat = self.lon[chosen], self.lat[chosen]


_LISTS = (
    "row", "line", "civic", "street", "unit", "municipality", "postal_code", "floor", "polling_division",
    "building_use", "door_key", "riding",
)  # fmt: skip


def blocks(count: int, cancelled: Callable[[], bool] | None) -> Iterator[tuple[int, int]]:
    """(start, stop) of each block of rows; raises Cancelled between two when asked to stop."""
    for start in range(0, count, BLOCK):
        if cancelled is not None and cancelled():
            raise Cancelled
        yield start, min(start + BLOCK, count)


class Block:
    """Some rows of a table turned into columns, looked up by field."""

    def __init__(self, rows: Sequence[Sequence[str]], index: dict[str, int], mapping: Mapping) -> None:
        self.count = len(rows)
        self._columns = list(zip(*rows, strict=True))
        self._at = {item.field: [index[c] for c in item.columns if c in index] for item in mapping.fields}
        self._blank = ("",) * self.count

    def has(self, name: str) -> bool:
        """Whether the file has the field."""
        return bool(self._at.get(name))

    def nth(self, name: str, number: int) -> Cells:
        """The field's column of that preference; blanks when there is none."""
        at = self._at.get(name, [])
        return self._columns[at[number]] if number < len(at) else self._blank

    def choices(self, name: str) -> int:
        """How many columns the field has."""
        return len(self._at.get(name, []))

    def cells(self, name: str) -> Cells:
        """The field's cells: in each row the first of its columns that is not blank."""
        cells = self.nth(name, 0)
        for number in range(1, self.choices(name)):
            if all(cells):
                break
            other = self.nth(name, number)
            cells = [a if a.strip() else b for a, b in zip(cells, other, strict=True)]
        return cells


def street_cells(block: Block) -> list[tuple[str, str, str, str]]:
    """(name, type, direction, prefix) a row; a second choice of name brings its own type and direction."""
    prefix = block.cells("street_prefix")
    parts = ("street_name", "street_type", "street_direction")
    found = list(zip(*(block.nth(part, 0) for part in parts), prefix, strict=True))
    for number in range(1, block.choices("street_name")):
        other = list(zip(*(block.nth(part, number) for part in parts), prefix, strict=True))
        found = [a if a[0].strip() else b for a, b in zip(found, other, strict=True)]
    return found


def column_shown(mapping: Mapping, *fields: str) -> str:
    """The name of the column that remarks on a field point at."""
    return next((mapping.columns(name)[0] for name in fields if mapping.has(name)), "")


def _refuse_formulas(table: Table, mapping: Mapping) -> None:
    for name in ("street_name", "full_address", "civic_number"):
        for column in mapping.columns(name)[:1]:
            at = table.headers.index(column)
            cells = [text for row in table.rows[:500] if (text := row[at].strip())]
            if cells and sum(text.startswith("=") for text in cells) * 2 > len(cells):
                raise MappingProblem(
                    Text(
                        f"Column “{column}” holds formulas, not values. Nothing was imported. Open the file in a "
                        "spreadsheet program, paste the column as values, save, and import again.",
                        f"La colonne « {column} » contient des formules, pas des valeurs. Rien n’a été importé. Ouvrez "
                        "le fichier dans un tableur, collez la colonne comme valeurs, enregistrez et importez de nouveau.",
                    )
                )


class AddressReader:
    """Reads blocks of a table's rows into AddressColumns; keeps what distinct values were read as."""

    def __init__(
        self, table: Table, mapping: Mapping, *, map_year: int, municipality: str, residential_only: bool
    ) -> None:
        _refuse_formulas(table, mapping)
        self.table, self.mapping = table, mapping
        self.columns = AddressColumns(Streets())
        self.problems: list[Problem] = []
        self._index = {header: number for number, header in enumerate(table.headers)}
        self._by_parts = mapping.has("street_name") and mapping.has("civic_number")
        self._line_field = "full_address" if mapping.has("full_address") else "street_name"
        self._default = " ".join(municipality.split())
        self._filter_use = residential_only and mapping.layout == "nar"
        self._civics = Memo(values.read_civic)
        self._streets = Memo(self._read_street)
        self._address_lines = Memo(_read_line)
        self._units = Memo[str, str](lambda raw: (normalise_unit(raw) if raw else "", None))
        self._postal = Memo(values.read_postal_code)
        self._floors = Memo(values.read_floor)
        self._names = Memo(values.read_name)
        self._towns = Memo[str, str](lambda raw: (tidy(raw) or self._default, None))
        self._ridings = Memo(values.riding_reader(map_year))
        self._uses = Memo(_read_use)

    def _read_street(self, raw: tuple[str, str, str, str]) -> tuple[int, Remark | None]:
        street, remark = values.read_street(raw)
        return (-1 if street is None else self.columns.streets.number(street)), remark

    def block(self, start: int, stop: int) -> Block:
        """Rows `start` to `stop` as columns."""
        return Block(self.table.rows[start:stop], self._index, self.mapping)

    def take(self, start: int, stop: int, block: Block) -> None:
        """Read one block and append its rows that name a door; the others go into the report."""
        lines = self.table.lines[start:stop]
        columns = self.columns
        units, towns = block.cells("unit"), block.cells("municipality")
        postal = block.cells("postal_code")
        civic: list[Civic | None]
        if self._by_parts:
            civic, street = self._parts(block, lines)
        else:
            civic, street = cast("list[Civic | None]", [None] * block.count), [-1] * block.count
        open_rows = [i for i in range(block.count) if civic[i] is None or street[i] < 0]
        if open_rows:
            units, towns, postal = list(units), list(towns), list(postal)
            self._whole_lines(block, lines, open_rows, civic, street, units, towns, postal)
        uses = self._names.many(block.cells("building_use"))
        alive = [c is not None and s >= 0 for c, s in zip(civic, street, strict=True)]
        if self._filter_use:
            raw_uses = block.cells("building_use")
            homes = self._uses.many(raw_uses)
            self._remark(self._uses.remarks, raw_uses, lines, "building_use", alive)
            alive = [kept and home for kept, home in zip(alive, homes, strict=True)]
        ridings = block.cells("riding")
        found = self._ridings.many(ridings)
        self._remark(self._ridings.remarks, ridings, lines, "riding", alive)
        codes = self._postal.many(postal)
        self._remark(self._postal.remarks, postal, lines, "postal_code", alive)
        made = (
            list(range(start, stop)), lines, civic, street, self._units.many(units), self._towns.many(towns), codes,
            self._floors.many(block.cells("floor")), self._names.many(block.cells("polling_division")), uses,
            self._names.many(block.cells("door_key")), found,
        )  # fmt: skip
        whole = all(alive)
        for name, cells in zip(_LISTS, made, strict=True):
            target: list[object] = getattr(columns, name)
            target += cells if whole else [v for v, kept in zip(cells, alive, strict=True) if kept]

    def _parts(self, block: Block, lines: Sequence[int]) -> tuple[list[Civic | None], list[int]]:
        raw_civic = list(zip(block.cells("civic_number"), block.cells("civic_suffix"), strict=True))
        raw_street = street_cells(block)
        civic, street = self._civics.many(raw_civic), self._streets.many(raw_street)
        if self._civics.remarks:
            column = column_shown(self.mapping, "civic_number")
            for raw, line in zip(raw_civic, lines, strict=True):
                remark = self._civics.remarks.get(raw)
                if remark is not None and remark.severity != "left_out":
                    self.problems.append(_problem(line, remark, column, " ".join(raw).strip()))
        return civic, street

    def _whole_lines(
        self,
        block: Block,
        lines: Sequence[int],
        open_rows: Sequence[int],
        civic: list[Civic | None],
        street: list[int],
        units: list[str],
        towns: list[str],
        postal: list[str],
    ) -> None:
        """Rows without number or street in their own columns: read the whole address, or say what is missing."""
        whole, second = block.cells(self._line_field), block.cells("address_2")
        use_lines = self._line_field == "full_address" or not self._by_parts
        column = column_shown(self.mapping, self._line_field)
        for i in open_rows:
            key = (whole[i], second[i])
            parsed = self._address_lines[key] if use_lines else None
            if parsed is not None:
                civic[i] = (parsed.number, parsed.suffix)
                street[i] = self.columns.streets.number(parsed.street)
                units[i] = units[i] if units[i].strip() else parsed.unit
                towns[i] = towns[i] if towns[i].strip() else parsed.municipality
                postal[i] = postal[i] if postal[i].strip() else parsed.postal_code
                note = values.fraction_note(parsed.number, parsed.suffix)
                if note is not None:
                    self.problems.append(_problem(lines[i], note, column, whole[i]))
            elif self._by_parts:
                self.problems.append(self._missing_part(block, i, lines[i]))
            else:
                remark = self._address_lines.remarks[key]
                self.problems.append(_problem(lines[i], remark, column, whole[i]))

    def _missing_part(self, block: Block, i: int, line: int) -> Problem:
        raw = (block.cells("civic_number")[i], block.cells("civic_suffix")[i])
        remark = self._civics.remarks.get(raw)
        if remark is not None and remark.severity == "left_out":
            return _problem(line, remark, column_shown(self.mapping, "civic_number"), raw[0])
        raw_street = street_cells(block)[i]
        remark = self._streets.remarks.get(raw_street, values.NO_STREET)
        return _problem(line, remark, column_shown(self.mapping, "street_name"), raw_street[0])

    def _remark(
        self, remarks: dict[str, Remark], raws: Cells, lines: Sequence[int], name: str, alive: Sequence[bool]
    ) -> None:
        add_remarks(self.problems, remarks, raws, lines, column_shown(self.mapping, name), alive)

    def read_points(self, cancelled: Callable[[], bool] | None) -> None:
        """The coordinates of the rows taken, judged for the file as a whole."""
        columns, mapping = self.columns, self.mapping
        count = len(columns.row)
        if not (mapping.has("latitude") and mapping.has("longitude")):
            columns.lon, columns.lat = np.zeros(count, np.int32), np.zeros(count, np.int32)
            return
        lon, lat, blank = np.zeros(count), np.zeros(count), np.zeros(count, bool)
        at_lon, at_lat = (
            [self._index[c] for c in mapping.columns(name)] for name in ("longitude", "latitude")
        )
        rows = self.table.rows
        for start, stop in blocks(count, cancelled):
            picked = [rows[number] for number in columns.row[start:stop]]
            x, y = _first_filled(picked, at_lon), _first_filled(picked, at_lat)
            lon[start:stop], lat[start:stop] = read_degrees(x), read_degrees(y)
            if not (all(x) and all(y)):
                blank[start:stop] = [not (a.strip() or b.strip()) for a, b in zip(x, y, strict=True)]
        shown = f"{mapping.columns('latitude')[0]}, {mapping.columns('longitude')[0]}"
        columns.lon, columns.lat, problems = judge(
            lon, lat, columns.line, self.table.header_line, shown, blank
        )
        self.problems += problems


def _first_filled(rows: Sequence[Sequence[str]], at: Sequence[int]) -> list[str]:
    cells = [row[at[0]] for row in rows]
    for number in at[1:]:
        if all(cells):
            break
        cells = [a if a.strip() else row[number] for a, row in zip(cells, rows, strict=True)]
    return cells


def add_remarks(
    problems: list[Problem],
    remarks: dict[str, Remark],
    raws: Cells,
    lines: Sequence[int],
    column: str,
    alive: Sequence[bool],
) -> None:
    """Append what a memo has to say about the raw values of rows that are still taken."""
    if not remarks:
        return
    for raw, line, kept in zip(raws, lines, alive, strict=True):
        if raw in remarks and kept:
            problems.append(_problem(line, remarks[raw], column, raw))


def _problem(line: int, remark: Remark, column: str, value: str) -> Problem:
    return Problem(line, remark.severity, remark.reason, column, value[:200], remark.code)


def _read_line(raw: tuple[str, str]) -> tuple[LineAddress | None, Remark | None]:
    if not raw[0].strip() and not raw[1].strip():
        return None, values.NO_ADDRESS
    parsed = parse_address_line(raw[0], raw[1])
    return parsed, (None if parsed else values.unreadable_address(raw[0] or raw[1]))


def _read_use(raw: str) -> tuple[bool, Remark | None]:
    """Whether a register's building use (BU_USE) is a home: 1 is residential, blank is not known."""
    use = raw.strip()
    if use in ("", "1") or fold(use).startswith("RESIDEN"):
        return True, None
    return False, Remark(
        "left_out",
        Text(
            f"Not a home: its building use (BU_USE) is {use[:20]}; 1 is residential.",
            f"Pas un logement : l’utilisation du bâtiment (BU_USE) est {use[:20]}; 1 signifie résidentiel.",
        ),
        "building_use",
    )
