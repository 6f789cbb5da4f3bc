"""The National Address Register's two files joined: addresses, and the locations that carry riding and point."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from canvass_app.domain.errors import FileProblem
from canvass_app.domain.text import Text

from .header_words import squash
from .problems import Problem

if TYPE_CHECKING:
    from .table import Table

_KEY = "LOCGUID"
_ADDRESS_NAME = re.compile(r"^Address(?:es)?_(\w+?)(?:_part_?\d+)?\.(?:csv|txt)$", re.IGNORECASE)
_WANTED = (
    "FED_CODE", "BG_LATITUDE", "BG_LONGITUDE", "BF_REPPOINT_LATITUDE", "BF_REPPOINT_LONGITUDE",
)  # fmt: skip


def find_locations(path: Path) -> Path | None:
    """The Locations file that belongs to Addresses file `path`: beside it or in a sister folder."""
    match = _ADDRESS_NAME.match(path.name)
    if match is None:
        return None
    wanted = re.compile(rf"^Locations?_{re.escape(match[1])}\.(csv|txt)$", re.IGNORECASE)
    folder = path.absolute().parent
    for place in (folder, folder.parent / "Locations", folder.parent / "Location"):
        try:
            found = sorted(item for item in place.iterdir() if wanted.match(item.name))
        except OSError:
            continue
        if found:
            return found[0]
    return None


def join_locations(table: Table, locations: Path | None, *, cancelled: Callable[[], bool] | None) -> Table:
    """`table` with riding and coordinates of its Locations file as further columns.

    A table that is not a register's Addresses file, or has a riding column, comes back as it is;
    naming a Locations file for it is a FileProblem.
    """
    columns = {squash(header): index for index, header in enumerate(table.headers)}
    joinable = _KEY in columns and "ADDRGUID" in columns
    if not joinable or "FEDCODE" in columns:
        if locations is None:
            return table
        raise FileProblem(
            Text(
                f"“{table.source_name}” is not an Addresses file of the National Address Register, so no Locations "
                "file can be joined to it. Nothing was taken. Import it without one.",
                f"« {table.source_name} » n’est pas un fichier d’adresses du Registre national d’adresses; aucun "
                "fichier de lieux ne peut s’y joindre. Rien n’a été repris. Importez-le sans fichier de lieux.",
            )
        )
    beside = locations or find_locations(table.path)
    if beside is None:
        return table
    from .table import read_table

    other = read_table(beside, cancelled=cancelled)
    theirs = {squash(header): index for index, header in enumerate(other.headers)}
    if _KEY not in theirs:
        raise FileProblem(
            Text(
                f"“{beside.name}” has no LOC_GUID column, so it cannot be joined to “{table.source_name}”. "
                "Nothing was taken. Choose the Locations file of the same province.",
                f"« {beside.name} » n’a pas de colonne LOC_GUID et ne peut pas se joindre à « {table.source_name} ». "
                "Rien n’a été repris. Choisissez le fichier de lieux de la même province.",
            )
        )
    taken = [name for name in _WANTED if squash(name) in theirs and squash(name) not in columns]
    at = [theirs[squash(name)] for name in taken]
    key, blank = theirs[_KEY], [""] * len(taken)
    by_key = {row[key].strip().lower(): [row[index] for index in at] for row in other.rows}
    own = columns[_KEY]
    missing = 0
    for row in table.rows:
        found = by_key.get(row[own].strip().lower())
        if found is None:
            missing += 1
        row += found or blank
    table.headers = (*table.headers, *taken)
    reason = Text(
        "Riding and coordinates come from “{file}”; rows without a location there: {missing}.",
        "La circonscription et les coordonnées viennent de « {file} »; lignes qui n’y ont pas de lieu : {missing}.",
    ).fill(file=beside.name, missing=missing)
    table.problems.append(Problem(table.header_line, "note", reason, code="locations"))
    return table
