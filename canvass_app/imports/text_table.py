"""Delimited text as rows with their line numbers."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Callable, Sequence
from io import StringIO
from itertools import chain, islice

from canvass_app.domain.errors import Cancelled, FileProblem
from canvass_app.domain.text import Text

from .header import HEADER_WITHIN, header_hits
from .sniff import not_a_table

DELIMITERS = (",", ";", "\t", "|")
MAX_ROWS = 2_000_000
MAX_CELL = 10_000
BLOCK = 1_000
"""Rows between two looks at `cancelled`."""
_MOST_LINES_IN_A_ROW = 100
_BREAK = re.compile(r"\r\n|\r|\n")


def too_many_rows(name: str) -> FileProblem:
    """The problem of a table with more than MAX_ROWS rows."""
    return FileProblem(
        Text(
            f"“{name}” has more than {MAX_ROWS:,} rows. Nothing was taken from it. Split it and import the parts.",
            f"« {name} » compte plus de {MAX_ROWS // 1_000_000} millions de lignes. Rien n’en a été repris. "
            "Divisez-le et importez les parties.",
        )
    )


def cell_too_long(name: str, line: int) -> FileProblem:
    """The problem of a cell of more than MAX_CELL characters near `line`."""
    return FileProblem(
        Text(
            f"“{name}”, line {line}: a cell is longer than {MAX_CELL:,} characters. Nothing was taken from the file. "
            'A quotation mark (") may be missing on that line; correct it and import again.',
            f"« {name} », ligne {line} : une cellule dépasse {MAX_CELL // 1000} 000 caractères. Rien n’a été repris du "
            'fichier. Il manque peut-être un guillemet (") à cette ligne; corrigez-la et importez de nouveau.',
        )
    )


def _open_quote(name: str, line: int) -> FileProblem:
    return FileProblem(
        Text(
            f'“{name}”, line {line}: a quotation mark (") opens and is not closed, so the rows after it run together. '
            "Nothing was taken from the file. Correct that line and import again.",
            f'« {name} », ligne {line} : un guillemet (") s’ouvre et ne se ferme pas; les lignes suivantes se '
            "confondent. Rien n’a été repris du fichier. Corrigez cette ligne et importez de nouveau.",
        )
    )


def _rows(text: str, delimiter: str) -> list[list[str]]:
    try:
        return list(csv.reader(StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:
        return []


def find_delimiter(text: str, name: str) -> str:
    """The character between cells, from the first part of a file. Raises FileProblem when the text has no columns at all.

    Of comma, semicolon, tab and bar the one that gives a header row with the most known words;
    without known words, the one with which most rows have the same number of cells, two or more.
    """
    last_break = max(text.rfind("\n"), text.rfind("\r")) + 1
    sample = text[:last_break] if text.count("\n", 0, last_break) > 1 else text  # a part may end inside a row
    best: tuple[tuple[int, float, int], str] | None = None
    for delimiter in DELIMITERS:
        rows = [row for row in _rows(sample, delimiter) if any(cell.strip() for cell in row)]
        if not rows:
            continue
        hits = max(header_hits(row) for row in rows[:HEADER_WITHIN])
        width, count = Counter(map(len, rows)).most_common(1)[0]
        even = count / len(rows) if width > 1 else 0.0
        score = (hits, even, width)
        if (hits >= 2 or even >= 0.6 or (hits and width == 1)) and (best is None or score > best[0]):
            best = (score, delimiter)
    if best is None:
        raise not_a_table(name, Text("plain text without columns", "du texte sans colonnes"))
    return best[1]


def read_rows(
    text: str,
    delimiter: str,
    name: str,
    *,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> tuple[list[list[str]], list[int]]:
    """All records with the 1-based line on which each begins. Raises FileProblem and Cancelled."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    rows: list[list[str]] = []
    lines: list[int] = []
    mean = max(1, len(text) // max(1, text.count("\n") or text.count("\r")))
    expected = len(text) // mean
    while True:
        if cancelled is not None and cancelled():
            raise Cancelled
        before = reader.line_num
        try:
            block = list(islice(reader, BLOCK))
        except csv.Error as error:
            # The module's own limit on a field: always a quotation mark that was never closed.
            raise cell_too_long(name, _failing_line(text, delimiter)) from error
        if not block:
            break
        if reader.line_num - before == len(block):
            lines += range(before + 1, reader.line_num + 1)
        else:
            _number_lines(block, before + 1, lines, name)
        _check_cells(block, lines, name)
        rows += block
        if len(rows) > MAX_ROWS:
            raise too_many_rows(name)
        if progress is not None:
            progress(min(len(rows), expected), expected)
    if rows and reader.line_num > lines[-1] and text.count('"') % 2:
        raise _open_quote(name, lines[-1])
    return rows, lines


def _failing_line(text: str, delimiter: str) -> int:
    """The line on which the record begins that the csv module cannot read."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    line = 1
    try:
        for _ in reader:
            line = reader.line_num + 1
    except csv.Error:
        pass
    return line


def _number_lines(block: Sequence[Sequence[str]], line: int, lines: list[int], name: str) -> None:
    for row in block:
        lines.append(line)
        inside = sum(len(_BREAK.findall(cell)) for cell in row if "\n" in cell or "\r" in cell)
        if inside > _MOST_LINES_IN_A_ROW:
            raise _open_quote(name, line)
        line += 1 + inside


def _check_cells(block: Sequence[Sequence[str]], lines: Sequence[int], name: str) -> None:
    longest = max(map(len, chain.from_iterable(block)), default=0)
    if longest > MAX_CELL:
        first = len(lines) - len(block)
        at = next(i for i, row in enumerate(block) if row and max(map(len, row)) > MAX_CELL)
        raise cell_too_long(name, lines[first + at])
