"""Spreadsheets (XLSX, XLSB, XLS, ODS) as rows of text, read with calamine."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any

from canvass_app.domain.errors import Cancelled, FileProblem
from canvass_app.domain.text import Text

from .header import find_header, header_hits
from .sniff import MAX_BYTES, empty_file, not_a_table, too_large
from .text_table import BLOCK, MAX_CELL, MAX_ROWS, cell_too_long, too_many_rows

MAX_RATIO = 100
MAX_AREA = 40_000_000
"""Cells in the rectangle a sheet spans: calamine allocates it whole, blanks included."""
_MAX_UNPACKED = 1024 * 1024 * 1024
_SMALL = 4 * 1024 * 1024
_LAST_ROW = re.compile(rb"<(?:\w+:)?row\b[^>]*?\br=\"(\d+)\"")
_CELL_COLUMN = re.compile(rb"<(?:\w+:)?c\b[^>]*?\br=\"([A-Z]{1,3})\d")
_ODS_REPEATED = re.compile(rb"number-(columns|rows)-repeated=\"(\d+)\"")
_FORMULA = re.compile(rb"<(?:\w+:)?f\b|table:formula=")


@dataclass(slots=True)
class SheetRows:
    """One sheet: its name, rows of text, and all the workbook's sheet names."""

    name: str
    rows: list[list[str]]
    first_line: int
    sheets: tuple[str, ...]
    kind: str


def _damaged(name: str, detail: str) -> FileProblem:
    return FileProblem(
        Text(
            f"“{name}” cannot be read as a spreadsheet: it is damaged or protected by a password. Nothing was taken "
            "from it. Open it in a spreadsheet program, save it as XLSX or CSV without a password, and import that.",
            f"« {name} » est illisible comme feuille de calcul : le fichier est endommagé ou protégé par un mot de "
            "passe. Rien n’en a été repris. Ouvrez-le dans un tableur, enregistrez-le en XLSX ou en CSV sans mot de "
            "passe, puis importez ce fichier.",
        ),
        detail=detail,
    )


def _check_zip(data: bytes, name: str) -> str:
    """The spreadsheet kind of a zip archive, after its sizes were checked. Raises FileProblem."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            infos = archive.infolist()
            unpacked = sum(info.file_size for info in infos)
            packed = sum(info.compress_size for info in infos)
            if unpacked > _MAX_UNPACKED or (unpacked > _SMALL and unpacked > MAX_RATIO * max(packed, 1)):
                raise too_large(name, max(unpacked, MAX_BYTES + 1))
            names = {info.filename for info in infos}
            kind = (
                "xlsx" if "xl/workbook.xml" in names
                else "xlsb" if "xl/workbook.bin" in names
                else "ods" if {"content.xml", "mimetype"} <= names
                else ""
            )  # fmt: skip
            if not kind:
                raise not_a_table(name, Text("an archive of other files", "une archive d’autres fichiers"))
            for info in infos:
                if kind == "xlsx" and info.filename.startswith("xl/worksheets/") and info.file_size:
                    _check_area(archive.read(info), name)
                elif kind == "ods" and info.filename == "content.xml":
                    _check_repeats(archive.read(info), name)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise _damaged(name, str(error)) from error
    except Exception as error:  # zlib.error and whatever a damaged archive makes its codecs raise
        if isinstance(error, FileProblem):
            raise
        raise _damaged(name, str(error)) from error
    return kind


def _check_area(xml: bytes, name: str) -> None:
    rows = max((int(n) for n in _LAST_ROW.findall(xml)), default=0)
    if rows > MAX_ROWS:
        raise too_many_rows(name)
    columns = 1
    for letters in set(_CELL_COLUMN.findall(xml)):
        number = 0
        for letter in letters:
            number = number * 26 + letter - 64
        columns = max(columns, number)
    if rows * columns > MAX_AREA:
        raise _too_wide(name)


def _check_repeats(xml: bytes, name: str) -> None:
    """Refuse a sheet whose repeated cells that hold a value would unpack to too many."""
    for tag in re.finditer(rb"<table:table-cell\b[^>]*?(?:/>|>)", xml):
        text = tag.group()
        if b"office:value" in text or (not text.endswith(b"/>")):
            repeats = _ODS_REPEATED.search(text)
            if repeats and int(repeats[2]) > 2_000:
                raise _too_wide(name)
    for tag in re.finditer(rb"<table:table-row\b[^>]*?number-rows-repeated=\"(\d+)\"[^>]*?>", xml):
        following = xml[tag.end() : tag.end() + 4096].split(b"</table:table-row>")[0]
        if int(tag[1]) > 10_000 and (b"office:value" in following or b"<text:p" in following):
            raise _too_wide(name)


def _too_wide(name: str) -> FileProblem:
    return FileProblem(
        Text(
            f"“{name}” spans too many cells: a stray cell may stand far to the right or far below the list. "
            "Nothing was taken from it. Copy the list alone into a new sheet, save it, and import that.",
            f"« {name} » couvre trop de cellules : une cellule isolée se trouve peut-être loin à droite ou loin sous "
            "la liste. Rien n’en a été repris. Copiez la liste seule dans une nouvelle feuille et importez celle-ci.",
        )
    )


def _has_formulas(data: bytes) -> bool:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return any(
                _FORMULA.search(archive.read(info))
                for info in archive.infolist()
                if info.filename.startswith("xl/worksheets/") or info.filename == "content.xml"
            )
    except (zipfile.BadZipFile, OSError, RuntimeError):
        return False


def cell_text(value: Any) -> str:
    """A cell's value as the text that a CSV export would hold: 12.0 is "12", dates are ISO 8601."""
    if isinstance(value, float):  # by far the most cells that are no text
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return "" if value is None else str(value)


def read_workbook(
    data: bytes,
    name: str,
    kind: str,
    *,
    sheet: str = "",
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> SheetRows:
    """The rows of `sheet`, or of the first sheet that holds a table. Raises FileProblem and Cancelled."""
    if kind == "zip":
        kind = _check_zip(data, name)
    try:
        return _read(data, name, kind, sheet, progress, cancelled)
    except (FileProblem, Cancelled):
        raise
    except BaseException as error:
        # The Rust reader's panics derive from BaseException; a damaged file must not end the program.
        if isinstance(error, Exception) or type(error).__name__ == "PanicException":
            raise _damaged(name, f"{type(error).__name__}: {error}") from error
        raise


def _read(
    data: bytes,
    name: str,
    kind: str,
    wanted: str,
    progress: Callable[[int, int], None] | None,
    cancelled: Callable[[], bool] | None,
) -> SheetRows:
    from python_calamine import CalamineWorkbook

    with CalamineWorkbook.from_filelike(BytesIO(data)) as book:
        names = tuple(book.sheet_names)
        if wanted and wanted not in names:
            raise FileProblem(
                Text(
                    f"“{name}” has no sheet “{wanted}”. Its sheets: {', '.join(names)}.",
                    f"« {name} » n’a pas de feuille « {wanted} ». Ses feuilles : {', '.join(names)}.",
                )
            )
        best: SheetRows | None = None
        for sheet_name in (wanted,) if wanted else names:
            if cancelled is not None and cancelled():
                raise Cancelled
            sheet = book.get_sheet_by_name(sheet_name)
            if sheet.start is None:
                continue
            found = SheetRows(sheet_name, [], sheet.start[0] + 1, names, kind)
            _take(sheet.to_python(skip_empty_area=True), found, name, progress, cancelled)
            if _is_table(found.rows):
                best = found
                break
            best = best or (found if found.rows else None)
    if best is None:
        raise empty_file(name)
    if kind != "xls" and not _has_values(best.rows) and _has_formulas(data):
        raise FileProblem(
            Text(
                f"“{name}” holds formulas without their results. Nothing was taken from it. Open it in a spreadsheet "
                "program and save it again, or save it as CSV, so that the values are in the file.",
                f"« {name} » contient des formules sans leurs résultats. Rien n’en a été repris. Ouvrez-le dans un "
                "tableur et enregistrez-le de nouveau, ou enregistrez-le en CSV, pour que les valeurs y soient.",
            )
        )
    return best


def _take(
    cells: list[list[Any]],
    into: SheetRows,
    name: str,
    progress: Callable[[int, int], None] | None,
    cancelled: Callable[[], bool] | None,
) -> None:
    if len(cells) > MAX_ROWS:
        raise too_many_rows(name)
    for start in range(0, len(cells), BLOCK):
        if cancelled is not None and cancelled():
            raise Cancelled
        block = [[v if type(v) is str else cell_text(v) for v in row] for row in cells[start : start + BLOCK]]
        for offset, row in enumerate(block):
            if row and max(map(len, row)) > MAX_CELL:
                raise cell_too_long(name, into.first_line + start + offset)
        into.rows += block
        if progress is not None:
            progress(min(start + BLOCK, len(cells)), len(cells))


def _is_table(rows: list[list[str]]) -> bool:
    at = find_header(rows)
    return at >= 0 and len(rows) > at + 1 and (header_hits(rows[at]) >= 2)


def _has_values(rows: list[list[str]]) -> bool:
    at = find_header(rows)
    return at >= 0 and any(any(cell.strip() for cell in row) for row in rows[at + 1 :])
