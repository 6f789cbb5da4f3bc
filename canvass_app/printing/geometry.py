"""Where things stand on a sheet, in millimetres from the page's top left corner. No Qt, no text.

Both papers have the same rows, columns and marks; only the height of a row and the width of the names differ.
The sizes are those of docs/decisions/0010-paper.md, chosen so that a later version can read marked pages.
"""

from __future__ import annotations

from dataclasses import dataclass

from canvass_app.domain.walk_list import Paper

MARGIN = 12.0
MARKER = 8.5
QR_SIDE = 22.0
# Four modules of white around a version 1 code (21 modules in 22 mm), as ISO/IEC 18004 asks.
QR_QUIET = 4.2
BOX = 4.0
BOX_GAP = 3.5
BOX_PITCH = BOX + BOX_GAP
GROUP_GAP = 2.2
HEAD = 31.5
FOOT_GAP = 2.5
LINE_NUMBER = 8.0
DOOR = 21.0


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle in millimetres: left, top, width, height."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    def overlaps(self, other: Rect) -> bool:
        """Whether the two share any area."""
        return (
            self.x < other.right and other.x < self.right and self.y < other.bottom and other.y < self.bottom
        )


@dataclass(frozen=True, slots=True)
class Sheet:
    """A paper and the places on it that every line page has in common."""

    paper: Paper
    width: float
    height: float

    @property
    def left(self) -> float:
        return MARGIN

    @property
    def right(self) -> float:
        return self.width - MARGIN

    @property
    def top(self) -> float:
        return MARGIN

    @property
    def bottom(self) -> float:
        return self.height - MARGIN

    @property
    def rows_top(self) -> float:
        """Where the first row begins, below head and column headings."""
        return self.top + HEAD

    @property
    def rows_bottom(self) -> float:
        """Where the last row ends, above the foot."""
        return self.bottom - MARKER - FOOT_GAP

    @property
    def qr(self) -> Rect:
        """The page code's symbol on a line page, without its quiet zone."""
        return Rect(self.left + MARKER + QR_QUIET, self.top, QR_SIDE, QR_SIDE)

    @property
    def markers(self) -> tuple[Rect, ...]:
        """The corner markers 0 to 3: top left, top right, bottom right, bottom left."""
        far_x, far_y = self.right - MARKER, self.bottom - MARKER
        corners = ((self.left, self.top), (far_x, self.top), (far_x, far_y), (self.left, far_y))
        return tuple(Rect(x, y, MARKER, MARKER) for x, y in corners)

    def columns(self, counts: tuple[int, ...]) -> tuple[tuple[float, ...], ...]:
        """The left edges of the boxes of each group of columns, the last one flush right."""
        width = sum(counts) * BOX_PITCH + (len(counts) - 1) * GROUP_GAP
        x = self.right - width + BOX_GAP
        groups: list[tuple[float, ...]] = []
        for count in counts:
            groups.append(tuple(x + n * BOX_PITCH for n in range(count)))
            x += count * BOX_PITCH + GROUP_GAP
        return tuple(groups)


SHEETS: dict[Paper, Sheet] = {"a4": Sheet("a4", 210.0, 297.0), "letter": Sheet("letter", 215.9, 279.4)}
