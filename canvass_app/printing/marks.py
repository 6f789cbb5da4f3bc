"""What machines read on a sheet: the page code as a QR symbol and the corner markers, as modules."""

from __future__ import annotations

from functools import lru_cache

import segno

from canvass_app.domain.numbers import page_code

# The first four markers of OpenCV's predefined dictionary DICT_4X4_50: the inner 4 x 4 modules, rows from the
# top, 1 = white; a border of one black module goes around. Facts of that dictionary, compared with
# cv2.aruco.generateImageMarker of OpenCV 5.0.
ARUCO_4X4_50: tuple[tuple[str, str, str, str], ...] = (
    ("1011", "0101", "0011", "0010"),
    ("0000", "1111", "1001", "1010"),
    ("0011", "0011", "0010", "1101"),
    ("1001", "1001", "0100", "0110"),
)

Modules = tuple[tuple[bool, ...], ...]


def marker_modules(marker: int) -> Modules:
    """The 6 x 6 modules of a corner marker (0 to 3), True where black."""
    edge = (True,) * 6
    inner = ((True, *(bit == "0" for bit in row), True) for row in ARUCO_4X4_50[marker])
    return (edge, *inner, edge)


def page_text(number: int, page: int) -> str:
    """What a page's QR symbol says: "CANVASS:1:4127Y-3". The 1 is the version of this form."""
    return f"CANVASS:1:{page_code(number, page)}"


@lru_cache(maxsize=512)
def qr_modules(text: str) -> Modules:
    """The modules of the QR symbol for `text` at error level M, without quiet zone, True where black."""
    symbol = segno.make(text, error="m", boost_error=False, micro=False)
    return tuple(tuple(bool(module) for module in row) for row in symbol.matrix)
