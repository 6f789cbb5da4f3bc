"""The product's own icons: outlines on a 24 x 24 grid, drawn for Canvass.

Each icon is a string of strokes and, where needed, a string of filled shapes. The commands are a small part of
SVG's path language in absolute coordinates (M L H V C Q Z) plus two of ours: `O cx cy r` a circle and
`R x y w h r` a rounded rectangle. Strokes are 1.75 wide with round ends, so that the set reads as one hand.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath

GRID = 24
STROKE = 1.75


class Glyph(NamedTuple):
    """One icon's stroked and filled outlines, on the 24 x 24 grid."""

    strokes: QPainterPath
    fills: QPainterPath


# name: strokes, or (strokes, fills)
_DRAWN: dict[str, str | tuple[str, str]] = {
    # places of the shell
    "ridings": "M3.5 6.5 L9 4 L15 6.5 L20.5 4 V17.5 L15 20 L9 17.5 L3.5 20 Z M9 4 V17.5 M15 6.5 V20",
    "turfs": "M4 8 L11 3.5 L20 7 L18 17 L9 20.5 L4.5 15.5 Z M11 3.5 L12 12 L4.5 15.5 M12 12 L18 17",
    "lists": "R4.5 3.5 15 17 2 M8 8.5 L9.2 9.7 L11 7.4 M13.5 8.5 H16.5 M8 15 L9.2 16.2 L11 13.9 M13.5 15 H16.5",
    "enter": "M20.5 5 V11 Q20.5 14 17.5 14 H4 M8.5 9.5 L4 14 L8.5 18.5",
    "phone": "M7.2 3.8 L9.6 4.4 L10.8 8.4 L8.8 10.2 Q10.2 13.4 13.8 15.2 L15.6 13.2 L19.6 14.4 L20.2 16.8 "
    "Q20.2 20.2 16.6 20.2 C9.8 19.6 4.4 14.2 3.8 7.4 Q3.8 3.8 7.2 3.8 Z",
    "progress": "M4 4 V20 H20.5 M8.5 16 V12.5 M12.5 16 V8.5 M16.5 16 V5.5",
    "sync": "M4.2 10.5 C5.2 6.6 8.3 4 12 4 C15 4 17.6 5.6 19 8 M19.6 3.8 V8.2 H15.2 "
    "M19.8 13.5 C18.8 17.4 15.7 20 12 20 C9 20 6.4 18.4 5 16 M4.4 20.2 V15.8 H8.8",
    "review": "M4 5.5 H20 M4 11 H12 M4 16.5 H9.5 M13 16.2 L15.8 19 L20.5 13",
    "settings": "M4 7 H10 M15 7 H20 O12.5 7 2.4 M4 17 H6 M11 17 H20 O8.5 17 2.4",
    # things to do
    "filter": "M4 5 H20 L14 12.5 V18.5 L10 20.5 V12.5 Z",
    "search": "O10.5 10.5 6 M15 15 L20 20",
    "undo": "M8.5 4.5 L4 9 L8.5 13.5 M4 9 H14 C17.6 9 20 11.4 20 14.5 C20 17.6 17.6 20 14 20 H9",
    "redo": "M15.5 4.5 L20 9 L15.5 13.5 M20 9 H10 C6.4 9 4 11.4 4 14.5 C4 17.6 6.4 20 10 20 H15",
    "check": "M4.5 12.5 L9.5 17.5 L19.5 6.5",
    "close": "M6 6 L18 18 M18 6 L6 18",
    "plus": "M12 5 V19 M5 12 H19",
    "minus": "M5 12 H19",
    "print": "M7 9 V3.5 H17 V9 M7 17 H5.5 Q3.5 17 3.5 15 V11 Q3.5 9 5.5 9 H18.5 Q20.5 9 20.5 11 V15 "
    "Q20.5 17 18.5 17 H17 M7 14 H17 V20.5 H7 Z",
    "import": "M12 3.5 V14.5 M7.5 10.5 L12 15 L16.5 10.5 M4 15.5 V18 Q4 20.5 6.5 20.5 H17.5 Q20 20.5 20 18 V15.5",
    "export": "M12 15 V4 M7.5 8 L12 3.5 L16.5 8 M4 15.5 V18 Q4 20.5 6.5 20.5 H17.5 Q20 20.5 20 18 V15.5",
    "edit": "M4 20 L5 15.5 L16 4.5 L19.5 8 L8.5 19 Z M13.5 7 L17 10.5",
    "more": ("", "O5.5 12 1.7 O12 12 1.7 O18.5 12 1.7"),
    # tools of the map
    "select": "M5.5 3.5 L18.5 11 L12.5 12.7 L9.8 18.8 Z M12.8 13.2 L17 19.5",
    "lasso": "M7.2 14.6 C1.6 12 3.4 4 12 4 C21.6 4 22 13.6 13.4 14.6 C11.4 14.9 9.8 14.8 8.6 14.6 "
    "O7.4 16 1.9 M7.4 17.9 C8 19.8 6.8 20.8 5 20.8",
    "pan": "M12 3.5 V20.5 M3.5 12 H20.5 M9.6 5.9 L12 3.5 L14.4 5.9 M9.6 18.1 L12 20.5 L14.4 18.1 "
    "M5.9 9.6 L3.5 12 L5.9 14.4 M18.1 9.6 L20.5 12 L18.1 14.4",
    "zoom-fit": "M4 9 V5.5 Q4 4 5.5 4 H9 M15 4 H18.5 Q20 4 20 5.5 V9 M20 15 V18.5 Q20 20 18.5 20 H15 "
    "M9 20 H5.5 Q4 20 4 18.5 V15 R9 9 6 6 1",
    "split": "M12 3 V7 M12 10 V14 M12 17 V21 M8 8 L4 12 L8 16 M16 8 L20 12 L16 16",
    "merge": "M12 3 V21 M3 12 H8.5 M6 9 L9 12 L6 15 M21 12 H15.5 M18 9 L15 12 L18 15",
    "lock": "R5 10.5 14 10 2 M8 10.5 V8 C8 5.4 9.6 3.5 12 3.5 C14.4 3.5 16 5.4 16 8 V10.5",
    "flag": "M6 21 V4 M6 4.5 H18 L15 8.7 L18 13 H6",
    # people and places
    "user": "O12 8 4 M4.5 20.5 C5.2 16.6 8 14.5 12 14.5 C16 14.5 18.8 16.6 19.5 20.5",
    "teams": "O9 8.5 3.5 M2.5 20 C3 16.4 5.6 14.5 9 14.5 C12.4 14.5 15 16.4 15.5 20 M15.5 5.2 "
    "C17.6 5.2 19 6.7 19 8.6 C19 10.5 17.6 12 15.5 12 M18 14.8 C20 15.4 21.3 17.1 21.5 20",
    "door": ("M6 20.5 V5.5 Q6 3.5 8 3.5 H16 Q18 3.5 18 5.5 V20.5 M3.5 20.5 H20.5", "O14.6 12.5 1.2"),
    "building": "R5 3.5 14 17 1.5 M9 8 H10 M14 8 H15 M9 12 H10 M14 12 H15 M10.5 20.5 V16.5 H13.5 V20.5",
    "home": "M3.5 11.5 L12 4 L20.5 11.5 M6 9.5 V20 H18 V9.5 M10 20 V14.5 H14 V20",
    # how things stand
    "warning": ("M12 4 L21 19.5 H3 Z M12 10 V14", "O12 16.8 1.05"),
    "info": ("O12 12 8.5 M12 11.5 V16.5", "O12 8 1.1"),
    "error": ("M8.3 3.5 H15.7 L20.5 8.3 V15.7 L15.7 20.5 H8.3 L3.5 15.7 V8.3 Z M12 8 V12.8", "O12 16 1.1"),
    "online": ("M3.5 9.5 C8.4 4.8 15.6 4.8 20.5 9.5 M6.6 13 C9.7 10 14.3 10 17.4 13", "O12 17.4 1.7"),
    "offline": ("M3.5 9.5 C5.2 7.9 7.1 6.8 9.2 6.3 M14 6.2 C16.4 6.6 18.6 7.7 20.5 9.5 M6.6 13 C7.8 11.9 9.1 11.2 10.5 "
    "10.9 M15.6 11.6 L17.4 13 M4.5 3.5 L19.5 20.5", "O12 17.4 1.7"),
    "clock": "O12 12 8.5 M12 7 V12 L15.5 14",
    "stick": "R8 9.5 8 11.5 2 M9.5 9.5 V3.5 H14.5 V9.5 M11.2 6.2 H11.4 M12.8 6.2 H13",
    "moon": "M19.5 14.5 C13.5 16.6 7.9 10.9 9.6 4.5 C6 5.7 3.8 8.7 3.8 12.3 C3.8 16.9 7.4 20.3 11.8 20.3 "
    "C15.4 20.3 18.4 18 19.5 14.5 Z",
    "sun": "O12 12 3.8 M12 3 V4.8 M12 19.2 V21 M3 12 H4.8 M19.2 12 H21 M5.6 5.6 L6.9 6.9 M17.1 17.1 L18.4 18.4 "
    "M18.4 5.6 L17.1 6.9 M6.9 17.1 L5.6 18.4",
    "help": ("O12 12 8.5 M9.4 9.6 C9.4 7.9 10.5 7 12 7 C13.6 7 14.7 8 14.7 9.4 C14.7 11.4 12 11.5 12 13.6", "O12 16.7 1.1"),
    # how turfs stand
    "turf-proposed": (
        "",
        "O20.0 12.0 1.3 O17.7 17.7 1.3 O12.0 20.0 1.3 "
        "O6.3 17.7 1.3 O4.0 12.0 1.3 O6.3 6.3 1.3 O12.0 4.0 1.3 O17.7 6.3 1.3",
    ),
    "turf-ready": "O12 12 8",
    "turf-out": "M3.5 12 H20 M13.5 5.5 L20 12 L13.5 18.5",
    "turf-progress": ("O12 12 8", "M12 4 C16.4 4 20 7.6 20 12 C20 16.4 16.4 20 12 20 Z"),
    "turf-done": "O12 12 8.5 M8 12.3 L11 15.2 L16.2 9.3",
    # arrows
    "chevron-down": "M6 9.5 L12 15.5 L18 9.5",
    "chevron-up": "M6 14.5 L12 8.5 L18 14.5",
    "chevron-left": "M14.5 6 L8.5 12 L14.5 18",
    "chevron-right": "M9.5 6 L15.5 12 L9.5 18",
}  # fmt: skip

GLYPH_NAMES = tuple(sorted(_DRAWN))


@lru_cache(maxsize=128)
def glyph(name: str) -> Glyph:
    """The outlines of an icon. Raises KeyError for a name that is not in the set."""
    drawn = _DRAWN[name]
    strokes, fills = (drawn, "") if isinstance(drawn, str) else drawn
    return Glyph(_outline(strokes), _outline(fills))


def _outline(commands: str) -> QPainterPath:
    path = QPainterPath()
    for letter in "MLHVCQZOR":
        commands = commands.replace(letter, f" {letter} ")
    words = iter(commands.split())

    def number() -> float:
        return float(next(words))

    def point() -> QPointF:
        return QPointF(number(), number())

    for letter in words:
        here = path.currentPosition()
        if letter == "M":
            path.moveTo(point())
        elif letter == "L":
            path.lineTo(point())
        elif letter == "H":
            path.lineTo(number(), here.y())
        elif letter == "V":
            path.lineTo(here.x(), number())
        elif letter == "C":
            path.cubicTo(point(), point(), point())
        elif letter == "Q":
            path.quadTo(point(), point())
        elif letter == "Z":
            path.closeSubpath()
        elif letter == "O":
            centre, radius = point(), number()
            path.addEllipse(centre, radius, radius)
        elif letter == "R":
            corner, width, height, radius = point(), number(), number(), number()
            path.addRoundedRect(QRectF(corner.x(), corner.y(), width, height), radius, radius)
        else:
            raise ValueError(f"not a command of an icon's outline: {letter!r}")
    return path
