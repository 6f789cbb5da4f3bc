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
WORDS = Style(8)
SMALLEST_WORDS = 7.0
# From the top margin: the group's title, the line under it, the room for upright words.
TITLE_BASE = 12.8
BRACKET = 13.8
WORDS_TOP = 14.5
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
    text = " ".join(text.split())
    style, lines = WORDS, wrap(text, WORDS, room)
    while (len(lines) > 2 or " ".join(lines) != text) and style.size > SMALLEST_WORDS:
        style = replace(style, size=style.size - 0.5)
        lines = wrap(text, style, room)
    if len(lines) == 1 and lines[0] != text:
        lines = _hyphenated(text, style, room)
    elif len(lines) > 2:
        lines = [lines[0], fit(text.removeprefix(lines[0]), style, room, style.size)[0]]
    leading = style.size * 0.3528 * 1.02
    middle = x + BOX / 2 + style.size * 0.3528 * 0.36
    for n, line in enumerate(lines):
        canvas.upright_text(middle + (n - (len(lines) - 1) / 2) * leading, bottom, line, style)


def _hyphenated(word: str, style: Style, room: float) -> list[str]:
    """A word too long for one line, in two."""
    cut = next(n for n in range(len(word) - 1, 0, -1) if text_width(f"{word[:n]}-", style) <= room)
    return [f"{word[:cut]}-", fit(word[cut:], style, room, style.size)[0]]
