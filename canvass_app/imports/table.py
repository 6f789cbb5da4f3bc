"""A file read as a table: header, rows, and the line on which each row stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from canvass_app.domain.errors import FileProblem
from canvass_app.domain.text import Text

from .header import find_header, unique_headers
from .problems import Problem
from .sniff import MAX_BYTES, SAMPLE_BYTES, decode, empty_file, kind_of, read_bytes
from .text_table import MAX_ROWS, find_delimiter, read_rows, too_many_rows
from .workbook import read_workbook

__all__ = ["MAX_BYTES", "Table", "read_table"]


@dataclass(slots=True)
class Table:
    """Rows of text under named columns. Every row has one cell a column; `lines` are 1-based."""

    path: Path
    kind: str
    """"text", "xlsx", "xlsb", "xls" or "ods"."""
    encoding: str
    delimiter: str
    sheet: str
    sheets: tuple[str, ...]
    header_line: int
    headers: tuple[str, ...]
    rows: list[list[str]]
    lines: list[int]
    problems: list[Problem] = field(default_factory=list[Problem])
    """Remarks of the reading itself: lines in another encoding, rows longer than the header."""

    @property
    def source_name(self) -> str:
        """The file's name without its folder."""
        return self.path.name


def read_table(
    path: Path,
    *,
    sheet: str = "",
    locations: Path | None = None,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Table:
    """Read CSV, TSV, semicolon or bar text, XLSX, XLSB, XLS or ODS.

    Kind, encoding, delimiter, sheet and header row are found; titles and metadata above the header
    are skipped; blank rows are dropped. `locations` names a National Address Register Locations
    file; one that lies beside an Addresses file is found by itself. `progress(done, total)` counts
    rows. Raises FileProblem (one text, nothing half-taken) and Cancelled.
    """
    path = Path(path)
    name = path.name
    data = read_bytes(path)
    kind = kind_of(data, name)
    if kind == "text":
        # The first part alone says whether this is a table: 200 MB of something else is refused at once.
        delimiter = find_delimiter(decode(data[:SAMPLE_BYTES], name).text, name)
        lines_at_least = max(data.count(b"\n"), data.count(b"\r"))
        if lines_at_least > MAX_ROWS * 2 or (lines_at_least > MAX_ROWS and b'"' not in data):
            raise too_many_rows(name)  # before minutes are spent on reading it
        decoded = decode(data, name)
        del data
        rows, lines = read_rows(decoded.text, delimiter, name, progress=progress, cancelled=cancelled)
        table = _tabulate(rows, lines, name, path, "text", decoded.encoding, delimiter)
        table.problems[:0] = decoded.problems
    else:
        book = read_workbook(data, name, kind, sheet=sheet, progress=progress, cancelled=cancelled)
        lines = list(range(book.first_line, book.first_line + len(book.rows)))
        table = _tabulate(book.rows, lines, name, path, book.kind, "", "")
        table.sheet, table.sheets = book.name, book.sheets
    from .locations import join_locations

    return join_locations(table, locations, cancelled=cancelled)


def _tabulate(
    rows: list[list[str]], lines: list[int], name: str, path: Path, kind: str, encoding: str, delimiter: str
) -> Table:
    at = find_header(rows)
    if at < 0:
        raise empty_file(name)
    headers = unique_headers(rows[at])
    width = len(headers)
    body, body_lines = rows[at + 1 :], lines[at + 1 :]
    problems: list[Problem] = []
    if set(map(len, body)) != {width}:
        body, body_lines = _squared(body, body_lines, width, problems)
    if not all(map(any, body)) or any(not "".join(row).strip() for row in body[-50:]):
        kept = [index for index, row in enumerate(body) if "".join(row).strip()]
        body, body_lines = [body[index] for index in kept], [body_lines[index] for index in kept]
    if not body:
        raise FileProblem(
            Text(
                f"“{name}” has a header row (line {lines[at]}) and no rows under it. Nothing was taken from it. "
                "Check that the export is complete.",
                f"« {name} » a une ligne d’en-tête (ligne {lines[at]}) et aucune ligne en dessous. Rien n’en a été "
                "repris. Vérifiez que l’exportation est complète.",
            )
        )
    return Table(path, kind, encoding, delimiter, "", (), lines[at], headers, body, body_lines, problems)


def _squared(
    rows: list[list[str]], lines: list[int], width: int, problems: list[Problem]
) -> tuple[list[list[str]], list[int]]:
    """Rows of one width. What stands beyond the header is dropped and, unless blank, reported."""
    squared: list[list[str]] = []
    kept_lines: list[int] = []
    for row, line in zip(rows, lines, strict=True):
        extra = len(row) - width
        if not row:
            continue
        kept_lines.append(line)
        if extra < 0:
            squared.append(row + [""] * -extra)
            continue
        squared.append(row[:width])
        beyond = [cell for cell in row[width:] if cell.strip()]
        if beyond:
            reason = Text(
                "The row has more cells than the header; what stands beyond the last column was not read. "
                "A comma inside a value may lack its quotation marks.",
                "La ligne compte plus de cellules que l’en-tête; ce qui dépasse la dernière colonne n’a pas été lu. "
                "Une virgule dans une valeur n’est peut-être pas entre guillemets.",
            )
            problems.append(Problem(line, "changed", reason, "", ", ".join(beyond)[:200], "ragged"))
    return squared, kept_lines
