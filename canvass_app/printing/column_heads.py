"""The words above the tick boxes."""

from __future__ import annotations

from dataclasses import replace

from . import sheet_texts as t
from .canvas import Canvas, Style, fit, text_width, wrap
from .columns import TickGroup
from .geometry import BOX, BOX_GAP, HEAD
from .sheet_plan import SheetPlan
from .words import SheetWords

TITLE = Style(9, bold=True)
WORDS = Style(8.5)
SMALLEST_WORDS = 7.0
# From the top margin: the group's title, the line under it, the room for upright words.
TITLE_BASE = 13.6
BRACKET = 14.8
WORDS_TOP = 15.6
_NAMES = {"result": t.RESULT, "support": t.SUPPORT, "answers": t.ANSWERS}


def draw_column_heads(canvas: Canvas, plan: SheetPlan, words: SheetWords) -> None:
    """Group titles with a bracket, and each column's words rising upright above its boxes."""
    top = plan.sheet.top
    for group, edges in zip(plan.groups, plan.edges, strict=True):
        left, right = edges[0], edges[-1] + BOX
        canvas.text(
            left, top + TITLE_BASE, _title(group, words), TITLE, width=right - left + BOX_GAP - 1, smallest=7
        )
        canvas.line(left, top + BRACKET, right, top + BRACKET, 0.3)
        for column, x in zip(group.columns, edges, strict=True):
            _draw_upright(canvas, x, top + HEAD - 1.2, words.of(column.words), HEAD - 1.2 - WORDS_TOP)


def _title(group: TickGroup, words: SheetWords) -> str:
    name = _NAMES.get(group.kind)
    return words(name) if name else words.of(group.title)


def _draw_upright(canvas: Canvas, x: float, bottom: float, text: str, room: float) -> None:
    """One or two lines of words that rise above the box at `x`, at most `room` millimetres long."""
    style = WORDS
    lines = wrap(text, style, room)
    while (
        len(lines) > 2 or any(text_width(line, style) > room for line in lines) or _shortened(lines, text)
    ) and (style.size > SMALLEST_WORDS):
        style = replace(style, size=style.size - 0.5)
        lines = wrap(text, style, room)
    if len(lines) > 2:
        lines = [lines[0], fit(" ".join(lines[1:]), style, room, style.size)[0]]
    leading = style.size * 0.3528 * 1.15
    middle = x + BOX / 2 + style.size * 0.3528 * 0.36
    for n, line in enumerate(lines):
        canvas.upright_text(middle + (n - (len(lines) - 1) / 2) * leading, bottom, line, style)


def _shortened(lines: list[str], text: str) -> bool:
    return " ".join(lines) != " ".join(text.split())
