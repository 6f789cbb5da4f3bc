"""Which row stands where on each page, and where its boxes are. Pure numbers: no Qt, no language.

The document's own pages are the law; this only finds them room.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from canvass_app.domain.errors import InputError
from canvass_app.domain.text import Text
from canvass_app.domain.walk_list import ROWS_PER_PAGE, Paper, Section, SheetLine, WalkListDocument, sections

from .columns import TickGroup, tick_groups
from .geometry import BOX, SHEETS, Sheet

# Below this a name, a result and a box no longer stand clear of each other.
LOWEST_ROW = 11.0
MOST_NEW_PEOPLE = 6
# From the row's top to the box: its middle is the middle of the name's capitals.
BOX_TOP = 1.9

RowKind = Literal["section", "line", "new_heading", "new"]


@dataclass(frozen=True, slots=True)
class Row:
    """One strip of a page. `number` is the line's, or -1, -2, ... for the empty rows for new people."""

    kind: RowKind
    top: float
    height: float
    number: int = 0
    line: SheetLine | None = None
    section: Section | None = None
    continued: bool = False
    """A section or household that began on an earlier page."""
    shows_door: bool = False
    """The first line of its household on this page: it bears the door's number."""
    closes_household: bool = False


@dataclass(frozen=True, slots=True)
class PagePlan:
    """A page of lines with its rows from top to bottom."""

    page: int
    rows: tuple[Row, ...]
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class PlacedBox:
    """A tick box on one exact print: page, line (negative: the empty rows for new people, -1 the first),
    what a tick in it means (see `TickColumn.id`), and its outer edge in millimetres from the page's top left."""

    page: int
    line: int
    id: str
    x_mm: float
    y_mm: float
    size_mm: float


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """A whole list on one paper: its columns of boxes (`edges` are their left edges) and its pages."""

    sheet: Sheet
    groups: tuple[TickGroup, ...]
    edges: tuple[tuple[float, ...], ...]
    pages: tuple[PagePlan, ...]

    def boxes(self, page: PagePlan) -> tuple[PlacedBox, ...]:
        """The boxes of a page from top to bottom, left to right."""
        return tuple(box for row in page.rows for box in self.row_boxes(page.page, row))

    def row_boxes(self, page: int, row: Row) -> tuple[PlacedBox, ...]:
        """The boxes of one row: none at a barred door, none for results beside a new person."""
        if row.kind not in ("line", "new") or (row.line is not None and row.line.barred):
            return ()
        return tuple(
            PlacedBox(page, row.number, column.id, round(x, 3), round(row.top + BOX_TOP, 3), BOX)
            for group, edges in zip(self.groups, self.edges, strict=True)
            if row.kind == "line" or group.kind != "result"
            for column, x in zip(group.columns, edges, strict=True)
        )


def plan_sheet(document: WalkListDocument, paper: Paper) -> SheetPlan:
    """Room for every row of the list. Raises InputError when a page has more lines than a sheet can show."""
    groups = tick_groups(document.script)
    sheet = SHEETS[paper]
    edges = sheet.columns(tuple(len(group.columns) for group in groups))
    return SheetPlan(sheet, groups, edges, _plan_pages(document, sheet))


def _plan_pages(document: WalkListDocument, sheet: Sheet) -> tuple[PagePlan, ...]:
    by_line = dict(zip((line.line for line in document.lines), sections(document.lines), strict=True))
    plans: list[PagePlan] = []
    before: SheetLine | None = None
    for sheet_page in document.pages:
        last = sheet_page is document.pages[-1]
        plans.append(_plan_page(sheet_page.page, sheet_page.lines, by_line, before, sheet, last=last))
        before = sheet_page.lines[-1] if sheet_page.lines else before
    return tuple(plans)


def _plan_page(
    page: int,
    lines: tuple[SheetLine, ...],
    by_line: dict[int, Section],
    before: SheetLine | None,
    sheet: Sheet,
    *,
    last: bool,
) -> PagePlan:
    heads = [n for n, line in enumerate(lines) if n == 0 or by_line[line.line] != by_line[lines[n - 1].line]]
    halves = 2 * len(lines) + len(heads)
    half = (sheet.rows_bottom - sheet.rows_top) / max(halves, 2 * ROWS_PER_PAGE)
    if 2 * half < LOWEST_ROW:
        raise InputError(
            Text(
                f"Page {page} has {len(lines)} lines, more than one sheet can show legibly. "
                "The list is unchanged. Issue it again to have it divided anew.",
                f"La page {page} compte {len(lines)} lignes, trop pour rester lisibles sur une feuille. "
                "La liste est inchangée. Émettez-la de nouveau pour refaire la mise en page.",
            )
        )
    rows: list[Row] = []
    top = sheet.rows_top

    def add(kind: RowKind, height: float, **more: object) -> None:
        nonlocal top
        rows.append(Row(kind, top, height, **more))  # type: ignore[arg-type]
        top += height

    for n, line in enumerate(lines):
        section = by_line[line.line]
        if n in heads:
            goes_on = n == 0 and before is not None and by_line[before.line] == section
            add("section", half, section=section, continued=goes_on)
        add(
            "line",
            2 * half,
            number=line.line,
            line=line,
            shows_door=line.first_at_door or n == 0,
            continued=n == 0 and not line.first_at_door,
            closes_household=n + 1 == len(lines) or lines[n + 1].first_at_door,
        )
    spare = int((sheet.rows_bottom - top - half) / (2 * half) + 1e-6)
    if last and spare > 0:
        add("new_heading", half)
        for n in range(min(spare, MOST_NEW_PEOPLE)):
            add("new", 2 * half, number=-1 - n)
    seen = dict.fromkeys(by_line[line.line] for line in lines)
    return PagePlan(page, tuple(rows), tuple(seen))


def boxes_of(document: WalkListDocument, paper: Paper) -> tuple[PlacedBox, ...]:
    """Every tick box of the printed list in order of page, line and column: what a reader of marked pages needs."""
    plan = plan_sheet(document, paper)
    return tuple(box for page in plan.pages for box in plan.boxes(page))
