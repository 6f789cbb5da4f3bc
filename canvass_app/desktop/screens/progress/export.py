"""The figures leave the screen: as plain text for a message, as CSV for a spreadsheet. No person is in either."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from canvass_app.desktop.i18n import counted
from canvass_app.desktop.screens.progress.figures import (
    code_name,
    codes_in_order,
    day_name,
    figures,
    label,
    level_name,
)
from canvass_app.desktop.widgets import format_clock, format_day, format_number
from canvass_app.domain.cells import safe_cell
from canvass_app.domain.errors import FileProblem
from canvass_app.domain.text import Text
from canvass_app.services.progress import ProgressReport


def as_text(report: ProgressReport, riding: str, now_ms: int, lang: str) -> str:
    """The figures for a message to the team, each with its denominator."""
    when = f"{format_day(now_ms, lang, year=True)} · {format_clock(now_ms, lang)}"
    head = " · ".join(part for part in (riding, when) if part)
    line = QCoreApplication.translate("Progress", "%1: %2")

    def row(what: str, value: str) -> str:
        return line.replace("%1", what).replace("%2", value)

    def evening(attempts: int, contacts: int) -> str:
        tried = (
            QCoreApplication.translate("Progress", "%1 attempt"),
            QCoreApplication.translate("Progress", "%1 attempts"),
        )
        met = (
            QCoreApplication.translate("Progress", "%1 contact"),
            QCoreApplication.translate("Progress", "%1 contacts"),
        )
        return f"{counted(attempts, *tried, format_number)}, {counted(contacts, *met, format_number)}"

    lines = [head, ""]
    lines += [
        row(one.label, " · ".join(p for p in (one.value, one.sub) if p)) for one in figures(report, lang)
    ]
    lines += ["", QCoreApplication.translate("Progress", "By evening")]
    lines += [row(day_name(day.day, lang), evening(day.attempts, day.contacts)) for day in report.by_day]
    if report.by_turf:
        words = QCoreApplication.translate("Progress", "doors attempted: %1 of %2")
        lines += ["", QCoreApplication.translate("Progress", "By turf")]
        for turf in report.by_turf:
            done = words.replace("%1", format_number(turf.attempted, lang))
            lines.append(row(turf.name, done.replace("%2", format_number(turf.doors, lang))))
    return "\n".join(lines) + "\n"


def rows(report: ProgressReport, lang: str) -> Iterator[tuple[str, str, str, int]]:
    """(part, row, figure, count): one count a line, so that any spreadsheet can pivot it."""
    riding = QCoreApplication.translate("Progress", "Riding")
    evening = QCoreApplication.translate("Progress", "Evening")
    turf_part = QCoreApplication.translate("Progress", "Turf")
    result, support = (
        QCoreApplication.translate("Progress", "Result"),
        QCoreApplication.translate("Progress", "Support"),
    )
    doors = QCoreApplication.translate("Progress", "Doors on file")
    people = QCoreApplication.translate("Progress", "People known")
    whole = (
        (label("attempts"), report.attempts), (label("contacts"), report.contacts), (label("doors"), report.doors.part),
        (doors, report.doors.whole), (people, report.people), (label("identified"), report.identified),
        (label("supporters"), report.supporters), (label("pledges"), report.pledges),
    )  # fmt: skip
    for name, count in whole:
        yield riding, "", name, count
    for day in report.by_day:
        for key, count in (
            ("attempts", day.attempts), ("contacts", day.contacts), ("doors", day.doors),
            ("identified", day.identified), ("supporters", day.supporters), ("pledges", day.pledges),
        ):  # fmt: skip
            yield evening, day.day, label(key), count
    for code, count in codes_in_order(report):
        yield result, code_name(code, lang), label("attempts"), count
    for level, count in report.by_support.items():
        yield support, level_name(level, lang), people, count
    for turf in report.by_turf:
        yield turf_part, turf.name, doors, turf.doors
        yield turf_part, turf.name, label("doors"), turf.attempted
        yield turf_part, turf.name, label("attempts"), turf.attempts
        yield turf_part, turf.name, label("contacts"), turf.contacts


def as_csv(report: ProgressReport, lang: str) -> str:
    """The same counts as CSV; no cell can run as a formula."""
    out = StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(
        (
            QCoreApplication.translate("Progress", "Part"),
            QCoreApplication.translate("Progress", "Row"),
            QCoreApplication.translate("Progress", "Figure"),
            QCoreApplication.translate("Progress", "Count"),
        )
    )
    for part, row, figure, count in rows(report, lang):
        writer.writerow((part, safe_cell(row), figure, count))
    return out.getvalue()


def write_csv(path: Path, text: str) -> Path:
    """Write the CSV as UTF-8 with BOM, so that every spreadsheet reads the accents. Raises FileProblem."""
    try:
        path.write_text(text, "utf-8-sig", newline="")
    except OSError as error:
        raise FileProblem(
            Text(
                f"The figures could not be written to “{path.name}”. Nothing in Canvass is affected. "
                "Choose another folder, or close the program that has the file open.",
                f"Les chiffres n’ont pas pu être écrits dans « {path.name} ». Rien n’est touché dans Canvass. "
                "Choisissez un autre dossier, ou fermez le programme qui a ouvert ce fichier.",
            ),
            detail=str(error),
        ) from error
    return path
