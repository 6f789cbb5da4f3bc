"""The report of an import as a CSV file."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

from canvass_app.domain.cells import safe_cell
from canvass_app.domain.errors import FileProblem
from canvass_app.domain.text import Text

from .problems import Problem

_HEADER = {
    "en": ("Line", "What happened", "Column", "Value", "Reason"),
    "fr": ("Ligne", "Ce qui est arrivé", "Colonne", "Valeur", "Raison"),
}
_SEVERITY = {
    "left_out": Text("left out", "laissée de côté"),
    "changed": Text("changed", "modifiée"),
    "note": Text("note", "remarque"),
}


def write_report_csv(problems: Iterable[Problem], path: Path, lang: str = "en") -> int:
    """Write the remarks, one a row, as UTF-8 with BOM so that every spreadsheet reads the accents.

    Returns the number of remarks. Raises FileProblem when the file cannot be written.
    """
    count = 0
    try:
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(_HEADER["fr" if lang == "fr" else "en"])
            for problem in problems:
                cells = (problem.column, problem.value, problem.reason.say(lang))
                severity = _SEVERITY[problem.severity].say(lang)
                writer.writerow((problem.line, severity, *map(safe_cell, cells)))
                count += 1
    except OSError as error:
        raise FileProblem(
            Text(
                f"The report could not be written to “{path.name}”. The import itself is not affected. "
                "Choose another folder or close the program that has the file open.",
                f"Le rapport n’a pas pu être écrit dans « {path.name} ». L’importation elle-même n’est pas touchée. "
                "Choisissez un autre dossier ou fermez le programme qui a ouvert ce fichier.",
            ),
            detail=str(error),
        ) from error
    return count
