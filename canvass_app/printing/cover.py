"""The cover: whose list this is, how much it is, where it goes, what to say, what to do."""

from __future__ import annotations

from canvass_app.domain.geo import LEAST_METRES
from canvass_app.domain.numbers import list_code
from canvass_app.domain.walk_list import WalkListDocument

from . import sheet_texts as t
from .canvas import QUIET, RULE, Canvas, Style, fit, text_width, two_lines, wrap
from .cover_map import draw_map
from .cover_text import instruction_lines, script_lines
from .flow import draw_flow, height_of
from .geometry import QR_SIDE, Rect, Sheet
from .marks import page_text, qr_modules
from .sheet_plan import SheetPlan
from .words import SheetWords

CAMPAIGN = Style(12, bold=True)
RIDING = Style(11, grey=QUIET)
TURF = Style(24, bold=True)
LEAST_TURF = Style(17, bold=True)
LONG_TURF = Style(14, bold=True)
LIST = Style(46, bold=True)
LABEL = Style(9, grey=QUIET)
NAME = Style(13)
FIGURE = Style(20, bold=True)
FOOT = Style(8, grey=QUIET)

# From the top margin.
RULE_UNDER_HEAD = 36.5
FIGURES_BASE = 45.5
FIGURES_LABEL = 50.2
RULE_UNDER_FIGURES = 53.5
MAP_TOP = 56.5
SMALLEST_MAP = 55.0
COLUMN_GAP = 7.0
SCRIPT_SHARE = 0.54
RETURN_HEIGHT = 10.0
BLOCK_GAP = 4.0


def cover_qr(sheet: Sheet) -> Rect:
    """The place of the cover's QR symbol, without its quiet zone."""
    return Rect(sheet.right - QR_SIDE, sheet.top, QR_SIDE, QR_SIDE)


def draw_cover(canvas: Canvas, document: WalkListDocument, plan: SheetPlan, words: SheetWords) -> None:
    """Draw the cover onto an empty canvas."""
    sheet = plan.sheet
    _draw_head(canvas, document, sheet, words)
    _draw_figures(canvas, document, sheet, words)
    foot_top = _draw_foot(canvas, document, sheet, words)
    return_top = foot_top - RETURN_HEIGHT
    _draw_return(canvas, sheet, return_top, words)

    width = sheet.right - sheet.left
    script_width = (width - COLUMN_GAP) * SCRIPT_SHARE
    other_width = width - COLUMN_GAP - script_width
    most = return_top - BLOCK_GAP - (sheet.top + MAP_TOP + SMALLEST_MAP + BLOCK_GAP)
    since = [line.line for line in document.lines if line.barred_since]
    other = instruction_lines(document.script, other_width, words, since)
    script = script_lines(document.script, script_width, max(most, height_of(other)), words)
    columns_top = return_top - BLOCK_GAP - max(height_of(other), height_of(script))
    draw_flow(canvas, sheet.left, columns_top, script)
    draw_flow(canvas, sheet.left + script_width + COLUMN_GAP, columns_top, other)
    top = sheet.top + MAP_TOP
    draw_map(canvas, document, Rect(sheet.left, top, width, columns_top - BLOCK_GAP - top), words)


def _draw_head(canvas: Canvas, document: WalkListDocument, sheet: Sheet, words: SheetWords) -> None:
    qr = cover_qr(sheet)
    canvas.modules(qr, qr_modules(page_text(document.number, 0)))
    number_right = qr.x - 6
    code, style = fit(list_code(document.number), LIST, 78, 24)
    canvas.text(number_right, sheet.top + 21.6, code, style, align="right")
    number_left = number_right - text_width(code, style)
    canvas.text(number_left + 0.8, sheet.top + 3.2, words(t.LIST_NUMBER), LABEL)

    room = number_left - sheet.left - 6
    canvas.text(sheet.left, sheet.top + 3.6, words.of(document.campaign), CAMPAIGN, width=room)
    canvas.text(sheet.left, sheet.top + 9.2, words.of(document.riding), RIDING, width=room)
    turf = document.turf_name or words(t.WALK_LIST)
    if text_width(turf, LEAST_TURF) <= room:
        canvas.text(sheet.left, sheet.top + 21.6, turf, TURF, width=room, smallest=LEAST_TURF.size)
    else:
        for n, text in enumerate(two_lines(turf, LONG_TURF, room)):
            canvas.text(sheet.left, sheet.top + 16.6 + 6.2 * n, text, LONG_TURF)

    base = sheet.top + 31.8
    end = sheet.left + canvas.text(sheet.left, base, words(t.CANVASSER), LABEL) + 3
    issued = words.day(document.issued_day)
    issued_width = text_width(issued, NAME)
    issued_left = sheet.right - issued_width
    canvas.text(issued_left, base, issued, NAME)
    label = words(t.ISSUED)
    label_left = issued_left - text_width(label, LABEL) - 3
    canvas.text(label_left, base, label, LABEL)
    if document.canvasser:
        canvas.text(end, base, document.canvasser, NAME, width=label_left - end - 6)
    else:
        canvas.line(end, base + 0.8, label_left - 8, base + 0.8, 0.2, 120, dotted=True)
    canvas.line(sheet.left, sheet.top + RULE_UNDER_HEAD, sheet.right, sheet.top + RULE_UNDER_HEAD, 0.6)


def _draw_figures(canvas: Canvas, document: WalkListDocument, sheet: Sheet, words: SheetWords) -> None:
    pages = len(document.pages)
    figures = [
        (words.number(document.doors), words.one_or_many(document.doors, t.DOOR_ONE, t.DOOR_MANY)),
        (words.number(document.people), words.one_or_many(document.people, t.PERSON_ONE, t.PERSON_MANY)),
        (words.number(document.minutes), words.one_or_many(document.minutes, t.MINUTE_ONE, t.MINUTE_MANY)),
        (words.number(pages), words.one_or_many(pages, t.PAGE_ONE, t.PAGE_MANY)),
    ]
    if document.metres >= 1000:
        figures.insert(3, (words.number(document.metres / 1000, 1), words(t.KILOMETRES)))
    elif document.metres >= LEAST_METRES:
        figures.insert(3, (words.number(document.metres), words(t.METRES)))
    step = (sheet.right - sheet.left) / len(figures)
    for n, (figure, label) in enumerate(figures):
        x = sheet.left + n * step
        canvas.text(x, sheet.top + FIGURES_BASE, figure, FIGURE, width=step - 3, smallest=12)
        canvas.text(x, sheet.top + FIGURES_LABEL, label, LABEL, width=step - 3, smallest=8)
    y = sheet.top + RULE_UNDER_FIGURES
    canvas.line(sheet.left, y, sheet.right, y, 0.2, RULE)


def _draw_return(canvas: Canvas, sheet: Sheet, top: float, words: SheetWords) -> None:
    """Two blanks to write on: who takes the sheets back, and a telephone number."""
    base = top + RETURN_HEIGHT - 3.2
    middle = sheet.left + (sheet.right - sheet.left) * 0.62
    style = Style(10, bold=True)
    canvas.line(sheet.left, top, sheet.right, top, 0.2, RULE)
    for left, right, label in (
        (sheet.left, middle - 6, words(t.RETURN_TO)),
        (middle, sheet.right, words(t.RETURN_PHONE)),
    ):
        start = left + canvas.text(left, base, label, style) + 2.5
        canvas.line(start, base + 0.8, right, base + 0.8, 0.2, 120, dotted=True)


def _draw_foot(canvas: Canvas, document: WalkListDocument, sheet: Sheet, words: SheetWords) -> float:
    """Authorisation and the count of pages; returns where the foot begins."""
    pages, code = len(document.pages), list_code(document.number)
    follow = words(t.COVER_OF_ONE, code=code) if pages == 1 else words(t.COVER_OF, code=code, pages=pages)
    authorisation = wrap(words.of(document.authorisation), FOOT, sheet.right - sheet.left)[:2]
    lines = [*(line for line in authorisation if line), follow]
    top = sheet.bottom - len(lines) * 3.6
    for n, line in enumerate(lines, start=1):
        canvas.text(sheet.left, top + n * 3.6 - 0.9, line, FOOT, width=sheet.right - sheet.left, smallest=7)
    return top
