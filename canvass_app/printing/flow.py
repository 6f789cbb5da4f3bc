"""Running text in a column: lines with a gap above and pieces at given indents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .canvas import Canvas, Style, wrap

# Distance of baselines over the font's size.
LEADING = 1.28
POINT_MM = 25.4 / 72


@dataclass(frozen=True, slots=True)
class Piece:
    """A text that stands `indent` millimetres right of the column's left edge, at most `width` wide (0: no limit)."""

    indent: float
    text: str
    style: Style
    width: float = 0.0


@dataclass(frozen=True, slots=True)
class FlowLine:
    """One line: pieces on one baseline, `gap` millimetres below the line before."""

    pieces: tuple[Piece, ...]
    gap: float = 0.0

    @property
    def height(self) -> float:
        """The line's height with its gap, in millimetres."""
        return self.gap + max(piece.style.size for piece in self.pieces) * POINT_MM * LEADING


def paragraph(
    text: str, style: Style, width: float, *, indent: float = 0.0, gap: float = 0.0, mark: Piece | None = None
) -> list[FlowLine]:
    """A text wrapped into `width` millimetres, `indent` of it blank; `mark` stands before its first line."""
    lines = [
        FlowLine((Piece(indent, line, style),), gap if n == 0 else 0.0)
        for n, line in enumerate(wrap(text, style, width - indent))
        if line
    ]
    if mark is not None and lines:
        lines[0] = FlowLine((mark, *lines[0].pieces), lines[0].gap)
    return lines


def height_of(lines: Sequence[FlowLine]) -> float:
    """The height of a column of lines, in millimetres."""
    return sum(line.height for line in lines)


def draw_flow(canvas: Canvas, x: float, top: float, lines: Sequence[FlowLine]) -> None:
    """Draw a column whose first line begins at `top`."""
    for line in lines:
        top += line.height
        size = max(piece.style.size for piece in line.pieces)
        base = top - size * POINT_MM * 0.3
        for piece in line.pieces:
            canvas.text(x + piece.indent, base, piece.text, piece.style, width=piece.width, smallest=8)
