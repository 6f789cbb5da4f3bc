"""A walk list as PDF, and its pages as pictures."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QImage, QPainter

from canvass_app.domain.errors import InputError
from canvass_app.domain.numbers import list_code, page_code
from canvass_app.domain.text import Text
from canvass_app.domain.walk_list import Paper, WalkListDocument

from .application import PICTURE_HINTS, blank_pdf, ensure_gui_application
from .canvas import UNITS, Canvas
from .cover import cover_qr, draw_cover
from .files import write_whole
from .geometry import SHEETS, Rect
from .line_page import draw_line_page
from .sheet_plan import PlacedBox, SheetPlan, plan_sheet
from .words import SheetWords, sheet_words

# Fonts and their metrics are kept between pages and belong to one thread at a time.
_one_at_a_time = Lock()


@dataclass(frozen=True, slots=True)
class PagePrint:
    """What machines find on one printed page: its number (0 is the cover), its code, the QR symbol's place
    without its quiet zone, and the corner markers 0 to 3 (none on the cover). Millimetres from the top left."""

    page: int
    code: str
    width_mm: float
    height_mm: float
    qr: Rect
    markers: tuple[Rect, ...]


@dataclass(frozen=True, slots=True)
class PrintReport:
    """What was printed: `pages` counts the cover; `boxes` are all tick boxes in order of page, line, column."""

    out: Path
    paper: Paper
    language: str
    pages: int
    sheets: tuple[PagePrint, ...]
    boxes: tuple[PlacedBox, ...]


def page_count(document: WalkListDocument) -> int:
    """How many pages the printed list has, with its cover."""
    return 1 + len(document.pages)


def print_walk_list(document: WalkListDocument, out: Path, paper: Paper, language: str) -> PrintReport:
    """Write the list as PDF to `out`, whole or not at all; its page breaks are the document's on any paper.

    `language` ("en" or "fr") is the sheet's, whatever the application speaks. Raises DiskFull or FileProblem
    when the file cannot be written, InputError when a page has too many lines for a sheet, StorageProblem
    when the computer has no font.
    """
    ensure_gui_application()
    plan = plan_sheet(document, paper)
    with _one_at_a_time:
        words = sheet_words(language)
        content = _pdf(document, plan, words)
    write_whole(out, content)
    boxes = tuple(box for page in plan.pages for box in plan.boxes(page))
    return PrintReport(out, paper, words.language, page_count(document), _sheets(document, plan), boxes)


def render_page(
    document: WalkListDocument, page: int, paper: Paper, language: str, dpi: float = 96.0
) -> QImage:
    """A page as a picture, drawn exactly as in the PDF; page 0 is the cover.

    Raises InputError when the list has no such page, StorageProblem when the computer has no font.
    """
    ensure_gui_application()
    if not 0 <= page <= len(document.pages):
        code = list_code(document.number)
        raise InputError(
            Text(
                f"List {code} has no page {page}. Its last page is {len(document.pages)}.",
                f"La liste {code} n’a pas de page {page}. Sa dernière page est la {len(document.pages)}.",
            )
        )
    plan = plan_sheet(document, paper)
    scale = dpi / 25.4
    image = QImage(
        round(plan.sheet.width * scale), round(plan.sheet.height * scale), QImage.Format.Format_RGB32
    )
    image.setDotsPerMeterX(round(dpi / 0.0254))
    image.setDotsPerMeterY(round(dpi / 0.0254))
    image.fill(0xFFFFFFFF)
    with _one_at_a_time:
        painter = QPainter(image)
        try:
            painter.setRenderHints(PICTURE_HINTS)
            painter.scale(scale / UNITS, scale / UNITS)
            draw_page(Canvas(painter), document, plan, page, sheet_words(language))
        finally:
            painter.end()
    return image


def draw_page(
    canvas: Canvas, document: WalkListDocument, plan: SheetPlan, page: int, words: SheetWords
) -> None:
    """Draw the cover (page 0) or the page of lines at that place in the list."""
    if page == 0:
        draw_cover(canvas, document, plan, words)
    else:
        draw_line_page(canvas, document, plan, plan.pages[page - 1], words)


def _pdf(document: WalkListDocument, plan: SheetPlan, words: SheetWords) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = blank_pdf(buffer, plan.sheet.width, plan.sheet.height)
    writer.setTitle(list_code(document.number))
    writer.setCreator("Canvass")
    painter = QPainter(writer)
    try:
        canvas = Canvas(painter)
        for page in range(page_count(document)):
            if page and not writer.newPage():
                raise RuntimeError("Qt refused a new page")
            draw_page(canvas, document, plan, page, words)
    finally:
        painter.end()
    buffer.close()
    return bytes(buffer.data().data())


def _sheets(document: WalkListDocument, plan: SheetPlan) -> tuple[PagePrint, ...]:
    sheet = plan.sheet

    def one(page: int, qr: Rect, markers: tuple[Rect, ...]) -> PagePrint:
        return PagePrint(page, page_code(document.number, page), sheet.width, sheet.height, qr, markers)

    lines = (one(page.page, sheet.qr, sheet.markers) for page in plan.pages)
    return (one(0, cover_qr(SHEETS[sheet.paper]), ()), *lines)
