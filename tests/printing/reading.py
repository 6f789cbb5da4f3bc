"""Reading printed lists back, for the tests of printing."""

from __future__ import annotations

import ctypes
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
from PySide6.QtGui import QImage

from canvass_app.printing import Rect


def page_texts(pdf: Path) -> list[str]:
    """The text of each page, blanks folded."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        texts: list[str] = []
        for page in document:
            text = page.get_textpage()
            texts.append(" ".join(text.get_text_range().split()))
            text.close()
            page.close()
        return texts
    finally:
        document.close()


def page_sizes(pdf: Path) -> list[tuple[float, float]]:
    """Width and height of each page in millimetres."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [tuple(side * 25.4 / 72 for side in document.get_page_size(n)) for n in range(len(document))]  # type: ignore[misc]
    finally:
        document.close()


def fonts(pdf: Path) -> set[tuple[str, bool]]:
    """Base name of every font used, and whether it travels inside the file."""
    document = pypdfium2.PdfDocument(pdf)
    found: set[tuple[str, bool]] = set()
    try:
        for page in document:
            for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT]):
                font = pdfium.FPDFTextObj_GetFont(item.raw)
                name = ctypes.create_string_buffer(200)
                pdfium.FPDFFont_GetBaseFontName(font, name, 200)
                found.add((name.value.decode(), bool(pdfium.FPDFFont_GetIsEmbedded(font))))
            page.close()
        return found
    finally:
        document.close()


def picture(pdf: Path, page: int, dpi: float) -> QImage:
    """A page of the PDF as PDFium draws it, in grey."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        bitmap = document[page].render(scale=dpi / 72, grayscale=True)
        raw = bytes(bitmap.buffer)
        image = QImage(raw, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_Grayscale8)
        return image.copy()
    finally:
        document.close()


def is_dark(image: QImage, x_mm: float, y_mm: float, dpi: float) -> bool:
    """Whether the point is black rather than white."""
    return image.pixelColor(int(x_mm / 25.4 * dpi), int(y_mm / 25.4 * dpi)).lightness() < 128


def modules(image: QImage, place: Rect, count: int, dpi: float) -> list[list[bool]]:
    """The middles of a square pattern of `count` by `count` modules, True where black."""
    side = place.width / count
    return [
        [is_dark(image, place.x + (c + 0.5) * side, place.y + (r + 0.5) * side, dpi) for c in range(count)]
        for r in range(count)
    ]
