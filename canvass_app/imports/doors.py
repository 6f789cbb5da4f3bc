"""Doors from address columns: ids, one entry for each door, and what repeats say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, cast

from canvass_app.domain.address import Street, floor_of_unit, fold
from canvass_app.domain.ids import door_id, external_door_id
from canvass_app.domain.text import Text
from canvass_app.ledger.rosters import DoorEntry

from .addresses import AddressColumns, Civic, blocks
from .problems import Problem
from .values import Memo


@dataclass(slots=True)
class DoorSet:
    """Doors of a file, each once, and which of them every row of the columns is at."""

    entries: list[DoorEntry]
    lines: list[int]
    ridings: list[int]
    at: list[int]
    """For each row of the columns, the index of its door in `entries`."""
    natural: list[bytes]
    """For each door, the id of its normalised address, whatever its external id."""


def address_keys(columns: AddressColumns, cancelled: Callable[[], bool] | None) -> list[str]:
    """`Address.key` of every row, put together from distinct parts."""
    streets = [street.key for street in columns.streets.items]
    places = Memo[tuple[str, int], str](lambda raw: (f"{fold(raw[0])}|{streets[raw[1]]}|", None))
    numbers = Memo[Civic, str](lambda raw: (f"{raw[0]}|{raw[1]}|", None))
    keys: list[str] = []
    for start, stop in blocks(len(columns.row), cancelled):
        keys += [
            places[place] + numbers[civic] + unit
            for place, civic, unit in zip(
                zip(columns.municipality[start:stop], columns.street[start:stop], strict=True),
                columns.civic[start:stop],
                columns.unit[start:stop],
                strict=True,
            )
        ]
    return keys


def _towns(columns: AddressColumns) -> dict[str, str]:
    """One spelling for each municipality: accents first, then the text itself, whatever the row order."""
    best: dict[str, str] = {}
    for town in sorted(set(columns.municipality)):
        key = fold(town)
        if key not in best or sum(not c.isascii() for c in town) > sum(not c.isascii() for c in best[key]):
            best[key] = town
    return {town: best[fold(town)] for town in set(columns.municipality)}


def make_doors(
    columns: AddressColumns,
    *,
    source: str,
    report_repeats: bool,
    problems: list[Problem],
    cancelled: Callable[[], bool] | None = None,
) -> DoorSet:
    """One DoorEntry for each address of the columns (all rows must have a riding by now).

    Rows of one address are one door: the first keeps its place and values, blanks are filled from
    the later ones, other coordinates are reported. An exact repeat is noted when `report_repeats`
    (a list of people repeats its doors by nature). Ids come from `door_key` where there is one.
    """
    keys = address_keys(columns, cancelled)
    first_row: dict[str, int] = {}
    rows: list[int] = []
    at: list[int] = []
    if len(set(keys)) == len(keys):
        rows = at = list(range(len(keys)))
    else:
        for start, stop in blocks(len(keys), cancelled):
            for row in range(start, stop):
                door = first_row.get(keys[row])
                if door is None:
                    door = first_row[keys[row]] = len(rows)
                    rows.append(row)
                else:
                    _merge(columns, rows[door], row, report_repeats, problems)
                at.append(door)
    entries, natural = _entries(columns, rows, [keys[row] for row in rows], source, cancelled)
    return DoorSet(
        entries, [columns.line[row] for row in rows], [columns.riding[row] for row in rows], at, natural
    )


_FILLED = ("postal_code", "floor", "polling_division", "building_use")


def _merge(columns: AddressColumns, first: int, row: int, report: bool, problems: list[Problem]) -> None:
    """Fill the first row's blanks from a repeat, and report the repeat."""
    for name in _FILLED:
        cells: list[Any] = getattr(columns, name)
        if not cells[first]:
            cells[first] = cells[row]
    if columns.door_key[row] and (
        not columns.door_key[first] or columns.door_key[row] < columns.door_key[first]
    ):
        columns.door_key[first] = columns.door_key[row]  # the smallest id, whatever the row order
    lon, lat = columns.lon, columns.lat
    known = bool(lon[row]) or bool(lat[row])
    earlier, line = columns.line[first], columns.line[row]
    if columns.riding[row] != columns.riding[first]:
        problems.append(_other_riding(line, earlier, columns.riding[first]))
    elif known and not (lon[first] or lat[first]):
        lon[first], lat[first] = lon[row], lat[row]
    elif known and (lon[first] != lon[row] or lat[first] != lat[row]):
        reason = Text(
            f"The same door as line {earlier}, with other coordinates; those of line {earlier} were kept.",
            f"La même porte qu’à la ligne {earlier}, avec d’autres coordonnées; celles de la ligne {earlier} ont été conservées.",
        )
        problems.append(Problem(line, "changed", reason, code="repeat_elsewhere"))
        return
    if report:
        reason = Text(
            f"The same door as line {earlier}; it is in the list once.",
            f"La même porte qu’à la ligne {earlier}; elle figure une seule fois dans la liste.",
        )
        problems.append(Problem(line, "note", reason, code="repeat"))


def _other_riding(line: int, earlier: int, riding: int) -> Problem:
    number = riding % 100_000
    reason = Text(
        f"The same door as line {earlier}, in another riding; it was kept in {number}. Check both rows.",
        f"La même porte qu’à la ligne {earlier}, dans une autre circonscription; elle a été conservée dans {number}. "
        "Vérifiez les deux lignes.",
    )
    return Problem(line, "changed", reason, code="repeat_riding")


def _entries(
    columns: AddressColumns,
    rows: list[int],
    keys: list[str],
    source: str,
    cancelled: Callable[[], bool] | None,
) -> tuple[list[DoorEntry], list[bytes]]:
    streets, labels = columns.streets.items, columns.streets.labels()
    towns = _towns(columns)
    floors = Memo[str, int](lambda unit: (floor_of_unit(unit), None))
    # Three times as fast as DoorEntry(...), and the same value.
    make = cast("Callable[[tuple[Any, ...]], DoorEntry]", partial(tuple.__new__, DoorEntry))  # pyright: ignore[reportUnknownMemberType]
    entries: list[DoorEntry] = []
    natural: list[bytes] = []
    whole = len(rows) == len(columns.row)
    external = any(columns.door_key)
    for start, stop in blocks(len(rows), cancelled):
        chosen = rows[start:stop]

        def pick(cells: Any, start: int = start, stop: int = stop, chosen: list[int] = chosen) -> list[Any]:
            return cells[start:stop] if whole else [cells[row] for row in chosen]

        ids = list(map(door_id, keys[start:stop]))
        natural += ids
        if external:
            given = pick(columns.door_key)
            ids = [
                external_door_id(source, key.lower()) if key else plain
                for key, plain in zip(given, ids, strict=True)
            ]
        civic, unit, street = pick(columns.civic), pick(columns.unit), pick(columns.street)
        own: list[Street] = [streets[number] for number in street]
        fields: tuple[list[Any], ...] = (
            ids, [c[0] for c in civic], [c[1] for c in civic],
            [s.name for s in own], [s.type for s in own], [s.direction for s in own], [labels[int(n)] for n in street],
            unit, [f or floors[u] for f, u in zip(pick(columns.floor), unit, strict=True)],
            [towns[town] for town in pick(columns.municipality)], pick(columns.postal_code),
            columns.lon[chosen].tolist(), columns.lat[chosen].tolist(),
            pick(columns.polling_division), pick(columns.building_use),
        )  # fmt: skip
        entries += map(make, zip(*fields, strict=True))
    return entries, natural
