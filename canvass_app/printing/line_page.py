"""A page of lines: head with the codes, rows with boxes, foot."""

from __future__ import annotations

from dataclasses import replace

from canvass_app.domain.codes import BY_CODE
from canvass_app.domain.numbers import list_code, page_code
from canvass_app.domain.walk_list import Section, SheetLine, WalkListDocument

from . import sheet_texts as t
from .canvas import QUIET, RULE, Canvas, Style, fit, two_lines
from .column_heads import draw_column_heads
from .geometry import BOX, BOX_PITCH, DOOR, LINE_NUMBER, MARKER, QR_QUIET, QR_SIDE, Rect, Sheet
from .marks import marker_modules, page_text, qr_modules
from .sheet_plan import PagePlan, Row, SheetPlan
from .words import SheetWords

CODE = Style(24, bold=True)
PAGE = Style(13)
SMALL = Style(9)
QUIETLY = Style(9, grey=QUIET)
SHORT_CODE = Style(11, bold=True)
TURF = Style(12, bold=True)
NAME = Style(11.5)
LONG_NAME = Style(10.5)
NUMBER = Style(16, bold=True)
UNIT = Style(12, bold=True)
LINE_NO = Style(9, grey=QUIET)
HEADING = Style(12, bold=True)
FOOT = Style(8, grey=QUIET)
KEY = Style(6.5, grey=90)
BARRED = Style(11.5, bold=True)

HOUSEHOLD_RULE = 0.45
INNER_RULE = 0.2
BOX_RULE = 0.25
# From a row's top to the baseline of a name, and to the two small lines below it.
NAME_BASE = 5.3
SECOND_BASE = 9.3
THIRD_BASE = 12.9
# Room above the bottom rule for a small line's descenders.
LOW_CLEARANCE = 1.0


def draw_line_page(
    canvas: Canvas, document: WalkListDocument, plan: SheetPlan, page: PagePlan, words: SheetWords
) -> None:
    """Draw a page of lines onto an empty canvas."""
    sheet = plan.sheet
    for number, rect in enumerate(sheet.markers):
        canvas.modules(rect, marker_modules(number))
    _draw_head(canvas, document, plan, page, words)
    draw_column_heads(canvas, plan, words)
    first_box = plan.edges[0][0]
    names_end = first_box - BOX_PITCH + BOX - 0.5
    canvas.line(sheet.left, sheet.rows_top, sheet.right, sheet.rows_top, HOUSEHOLD_RULE)
    for row in page.rows:
        if row.kind == "section" and row.section is not None:
            _draw_section(canvas, sheet, row, row.section, words)
        elif row.kind == "line" and row.line is not None:
            _draw_line(canvas, sheet, row, row.line, page, names_end, words)
        elif row.kind == "new_heading":
            _draw_new_heading(canvas, sheet, row, words)
        elif row.kind == "new":
            _draw_new(canvas, sheet, row, names_end, words)
        if row.kind in ("line", "new"):
            _draw_boxes(canvas, plan, page, row)
    _draw_foot(canvas, document, sheet, page, words)


def section_title(section: Section, words: SheetWords) -> str:
    """ "Birch St, odd side", "120 Birch St, even side"."""
    street = section.street
    if section.civic:
        street = words(t.BUILDING, civic=section.civic, street=street)
    if not section.side:
        return street
    return words(t.ODD_SIDE if section.side == "odd" else t.EVEN_SIDE, street=street)


def _draw_head(
    canvas: Canvas, document: WalkListDocument, plan: SheetPlan, page: PagePlan, words: SheetWords
) -> None:
    sheet = plan.sheet
    canvas.modules(sheet.qr, qr_modules(page_text(document.number, page.page)))
    code = page_code(document.number, page.page)
    middle = sheet.qr.x + sheet.qr.width / 2
    canvas.text(
        middle, sheet.qr.bottom + 6.6, code, SHORT_CODE, width=QR_SIDE + QR_QUIET, align="centre", smallest=8
    )

    left = sheet.qr.right + QR_QUIET + 0.8
    right_block = plan.edges[0][0] - BOX_PITCH + BOX
    room = right_block - left - 2
    canvas.text(left, sheet.top + 7.2, list_code(document.number), CODE, width=room, smallest=14)
    pages = len(document.pages)
    canvas.text(left, sheet.top + 13.6, words(t.PAGE_OF, page=page.page, pages=pages), PAGE, width=room)
    for n, text in enumerate(two_lines(words.of(document.riding), QUIETLY, room)):
        canvas.text(left, sheet.top + 18.6 + 3.8 * n, text, QUIETLY)
    canvas.text(left, sheet.top + 28.6, document.canvasser, SMALL, width=room)

    room = sheet.right - MARKER - 3 - right_block
    canvas.text(right_block, sheet.top + 4.0, document.turf_name, TURF, width=room)
    titles = list(dict.fromkeys(section_title(replace(s, civic=""), words) for s in page.sections))
    canvas.text(right_block, sheet.top + 8.6, _joined(titles, room, words), SMALL, width=room)


def _joined(titles: list[str], room: float, words: SheetWords) -> str:
    """As many titles as fit into `room` millimetres, then how many more there are."""
    for shown in range(len(titles), 0, -1):
        parts = titles[:shown]
        if shown < len(titles):
            parts = [*parts, words(t.AND_MORE, count=len(titles) - shown)]
        text = " · ".join(parts)
        if fit(text, SMALL, room)[0] == text or shown == 1:
            return text
    return ""


def _draw_section(canvas: Canvas, sheet: Sheet, row: Row, section: Section, words: SheetWords) -> None:
    base = row.top + row.height - 2.2
    title, style = fit(section_title(section, words), HEADING, sheet.right - sheet.left - 30)
    end = sheet.left + canvas.text(sheet.left, base, title, style) + 3
    if row.continued:
        end += canvas.text(end, base, words(t.CONTINUED), QUIETLY) + 3
    if section.access:
        canvas.text(sheet.right, base, section.access, SMALL, width=sheet.right - end, align="right")
    bottom = row.top + row.height
    canvas.line(sheet.left, bottom, sheet.right, bottom, HOUSEHOLD_RULE)


def _draw_line(
    canvas: Canvas,
    sheet: Sheet,
    row: Row,
    line: SheetLine,
    page: PagePlan,
    names_end: float,
    words: SheetWords,
) -> None:
    top, bottom = row.top, row.top + row.height
    canvas.text(sheet.left, top + NAME_BASE - 0.2, str(line.line), LINE_NO, width=LINE_NUMBER - 1)
    door_left = sheet.left + LINE_NUMBER
    name_left = door_left + DOOR
    if row.shows_door:
        _draw_door(canvas, door_left, row, line, page, words)
    room = names_end - name_left
    if line.barred:
        _draw_barred(canvas, sheet, row, line, name_left, names_end, words)
    elif not line.name:
        said = words(t.ERASED if line.erased else t.NOBODY_KNOWN)
        canvas.text(name_left, top + NAME_BASE, said, Style(10, italic=True, grey=QUIET), width=room)
    if not line.barred:
        _draw_name_and_history(canvas, row, line, name_left, room, words)
        _draw_writing_line(canvas, sheet, row, names_end)
    if row.closes_household:
        canvas.line(sheet.left, bottom, sheet.right, bottom, HOUSEHOLD_RULE)
    else:
        canvas.line(name_left, bottom, sheet.right, bottom, INNER_RULE, RULE)


def _draw_name_and_history(
    canvas: Canvas, row: Row, line: SheetLine, left: float, room: float, words: SheetWords
) -> None:
    """The name, on two lines when it is long, then last result and note on the lines that are left."""
    bases = [row.top + SECOND_BASE]
    if row.height >= THIRD_BASE + LOW_CLEARANCE:
        bases.append(row.top + THIRD_BASE)
    if line.name:
        name, style = fit(line.name, NAME, room)
        names = [name]
        if name != " ".join(line.name.split()) and len(bases) > 1:
            style = LONG_NAME
            names = two_lines(line.name, style, room)
        for text, base in zip(names, (row.top + NAME_BASE, bases[0]), strict=False):
            canvas.text(left, base, text, style, width=room)
        del bases[: len(names) - 1]
    small = [(_history(line, words), False), (line.note, True)]
    small = [(text, italic) for text, italic in small if text]
    if len(small) > len(bases):
        small = [(_dotted(*(text for text, _ in small)), False)]
    for (text, italic), base in zip(small, bases, strict=False):
        canvas.text(left, base, text, Style(9, italic=italic, grey=QUIET), width=room)


def _draw_door(
    canvas: Canvas, left: float, row: Row, line: SheetLine, page: PagePlan, words: SheetWords
) -> None:
    """The door's number, large: inside a building, whose heading bears the civic number, that is the unit."""
    room = DOOR - 2
    in_building = any(
        (s.street, s.side, s.civic) == (line.street, line.side, line.civic) for s in page.sections
    )
    large, small = line.civic, ""
    small_style = UNIT
    if line.unit and in_building:
        large = line.unit
        small, small_style = _floor(line.floor, words) or words(t.UNIT_ALONE), QUIETLY
    elif line.unit:
        small = words(t.UNIT, unit=line.unit)
    if row.continued:
        small, small_style = words(t.CONTINUED), QUIETLY
    style = replace(NUMBER, struck=line.barred)
    canvas.text(left, row.top + NAME_BASE + 0.6, large, style, width=room)
    canvas.text(left, row.top + SECOND_BASE + 1.4, small, small_style, width=room)


def _floor(floor: int, words: SheetWords) -> str:
    if floor <= 0:
        return ""
    return words(t.FIRST_FLOOR) if floor == 1 else words(t.FLOOR, floor=floor)


def _history(line: SheetLine, words: SheetWords) -> str:
    """Last result in words with its day, then the known support."""
    code = BY_CODE.get(line.last_result)
    result = words.of(code.name) if code is not None else line.last_result
    if result and line.last_day:
        result = words(t.LAST_TIME, result=result, day=words.short_day(line.last_day))
    support = words(t.KNOWN_SUPPORT, support=line.support) if line.support else ""
    return _dotted(result, support)


def _dotted(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def _draw_barred(
    canvas: Canvas,
    sheet: Sheet,
    row: Row,
    line: SheetLine,
    name_left: float,
    names_end: float,
    words: SheetWords,
) -> None:
    base = row.top + NAME_BASE
    canvas.text(
        name_left, base, line.name, replace(NAME, struck=True, grey=QUIET), width=names_end - name_left
    )
    start = names_end + 3
    said = words(t.DO_NOT_KNOCK)
    if line.barred_since:
        said = words(t.DO_NOT_KNOCK_SINCE, day=words.short_day(line.barred_since))
    width = canvas.text(start + 7, base, said, BARRED, width=sheet.right - start - 8)
    sign = Rect(start, row.top + 1.9, BOX, BOX)
    canvas.fill(sign)
    canvas.fill(Rect(sign.x + 0.8, sign.y + 1.6, BOX - 1.6, 0.8), 255)
    canvas.line(start + 7 + width + 3, row.top + 3.9, sheet.right, row.top + 3.9, 0.6)


def _draw_writing_line(canvas: Canvas, sheet: Sheet, row: Row, names_end: float) -> None:
    y = row.top + row.height - 2.0
    canvas.line(names_end + 3, y, sheet.right, y, 0.2, 120, dotted=True)


def _draw_boxes(canvas: Canvas, plan: SheetPlan, page: PagePlan, row: Row) -> None:
    keys = {column.id: column.key for group in plan.groups for column in group.columns}
    for box in plan.row_boxes(page.page, row):
        canvas.box(Rect(box.x_mm, box.y_mm, box.size_mm, box.size_mm), BOX_RULE)
        canvas.text(box.x_mm - 0.5, box.y_mm + 2.8, keys[box.id], KEY, align="right")


def _draw_new_heading(canvas: Canvas, sheet: Sheet, row: Row, words: SheetWords) -> None:
    base, bottom = row.top + row.height - 2.2, row.top + row.height
    end = sheet.left + canvas.text(sheet.left, base, words(t.NEW_PEOPLE), HEADING) + 3
    canvas.text(end, base, words(t.NEW_PEOPLE_HINT), QUIETLY)
    canvas.line(sheet.left, bottom, sheet.right, bottom, HOUSEHOLD_RULE)


def _draw_new(canvas: Canvas, sheet: Sheet, row: Row, names_end: float, words: SheetWords) -> None:
    top, bottom = row.top, row.top + row.height
    canvas.text(sheet.left, top + NAME_BASE - 0.2, f"+{-row.number}", LINE_NO)
    door_left = sheet.left + LINE_NUMBER
    name_left = door_left + DOOR
    rule = bottom - 4.6
    for left, right, caption in (
        (door_left, name_left - 2, words(t.NEW_DOOR)),
        (name_left, names_end, words(t.NEW_NAME)),
    ):
        canvas.line(left, rule, right, rule, 0.2, 120, dotted=True)
        canvas.text(left, bottom - 1.2, caption, Style(7.5, grey=QUIET), width=right - left, smallest=6.5)
    _draw_writing_line(canvas, sheet, row, names_end)
    canvas.line(sheet.left, bottom, sheet.right, bottom, INNER_RULE, RULE)


def _draw_foot(
    canvas: Canvas, document: WalkListDocument, sheet: Sheet, page: PagePlan, words: SheetWords
) -> None:
    left, right = sheet.left + MARKER + 3, sheet.right - MARKER - 3
    more = {"code": list_code(document.number), "page": page.page, "pages": len(document.pages)}
    name = document.canvasser
    where = words(t.FOOT_WITH_NAME, name=name, **more) if name else words(t.FOOT, **more)
    where = _dotted(words.of(document.campaign), where)
    middle = (left + right) / 2
    canvas.text(
        middle,
        sheet.bottom - 4.6,
        words.of(document.authorisation),
        FOOT,
        width=right - left,
        align="centre",
        smallest=7,
    )
    canvas.text(middle, sheet.bottom - 0.9, where, FOOT, width=right - left, align="centre", smallest=7)
