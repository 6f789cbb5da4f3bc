"""The cover's two columns of words: what to say at the door, and what to do with the sheet."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from canvass_app.domain.codes import DOOR_CODES
from canvass_app.domain.scripts import Question, Script
from canvass_app.domain.support import LEVELS

from . import sheet_texts as t
from .canvas import QUIET, Style, text_width
from .columns import is_ticked, tick_groups
from .flow import FlowLine, Piece, height_of, paragraph
from .words import SheetWords

TITLE = Style(11, bold=True)
TEXT = Style(9)
HINT = Style(9, italic=True, grey=QUIET)
KEY = Style(9, bold=True)
NUMBER_INDENT = 5.0
QUESTION_INDENT = 8.0
KEY_INDENT = 5.5
BLOCK_GAP = 3.6
# More line numbers than these are found by their strokes on the pages.
_MOST_NAMED = 24


def script_lines(script: Script, width: float, room: float, words: SheetWords) -> list[FlowLine]:
    """Greeting and questions in `width` by at most `room` millimetres: smaller first, then fewer questions
    with a line that says how many are missing."""
    for size in (10.5, 10.0, 9.5, 9.0):
        lines = _script(script, len(script.questions), size, width, words)
        if height_of(lines) <= room:
            return lines
    for shown in range(len(script.questions) - 1, -1, -1):
        lines = _script(script, shown, 9.0, width, words)
        if height_of(lines) <= room:
            return lines
    return lines


def _script(script: Script, shown: int, size: float, width: float, words: SheetWords) -> list[FlowLine]:
    lines = paragraph(words(t.WHAT_TO_SAY), TITLE, width)
    lines += paragraph(words.of(script.greeting), Style(size), width, gap=1.4)
    for number, question in enumerate(script.questions[:shown], start=1):
        lines += _question(script, question, number, size, width, words)
    missing = len(script.questions) - shown
    if missing:
        text = words.one_or_many(missing, t.MORE_QUESTION_ONE, t.MORE_QUESTION_MANY).format(count=missing)
        lines += paragraph(text, HINT, width, gap=1.4)
    return lines


def _question(
    script: Script, question: Question, number: int, size: float, width: float, words: SheetWords
) -> list[FlowLine]:
    mark = Piece(0.0, f"Q{number}", Style(size, bold=True))
    lines = paragraph(
        words.of(question.text), Style(size, bold=True), width, indent=QUESTION_INDENT, gap=1.8, mark=mark
    )
    ticked = is_ticked(script, question.id) or question.id == "support"
    if question.choices and question.id != "support":
        choices = " · ".join(_choice(choice.key, words.of(choice.text)) for choice in question.choices)
        lines += paragraph(choices, Style(max(9.0, size - 0.5)), width, indent=QUESTION_INDENT)
    how = _how(question, number, ticked, words)
    lines += paragraph(how, HINT, width, indent=QUESTION_INDENT)
    return lines


def _choice(key: str, text: str) -> str:
    """The choice with its letter, which is glued to it so that no line parts them."""
    return f"{key}\u00a0=\u00a0{text}" if key else text


def _how(question: Question, number: int, ticked: bool, words: SheetWords) -> str:
    """How the answer gets onto the sheet. A written letter bears the question's number: on its own it could be
    a result's or a second choice's."""
    if question.id == "support":
        return words(t.TICK_SUPPORT)
    if ticked:
        return words(t.TICK_YES if question.kind == "yes_no" else t.TICK_CHOICE)
    if question.choices:
        return words(t.WRITE_CHOICE, example=f"Q{number} {question.choices[0].key}".strip())
    return words(t.WRITE, number=f"Q{number}")


def instruction_lines(
    script: Script, width: float, words: SheetWords, since: Sequence[int] = ()
) -> list[FlowLine]:
    """What to do, the result codes with their letters, the support levels with their marks.

    `since`: lines that asked not to be contacted after the list was issued; they are named first.
    """
    lines: list[FlowLine] = []
    if since:
        told = min(len(since), _MOST_NAMED)
        named = ", ".join(map(str, since[:told])) + ("…" if told < len(since) else "")
        lines += paragraph(words(t.SINCE_ISSUE), TITLE, width)
        said = words(t.SINCE_LINE if len(since) == 1 else t.SINCE_LINES, lines=named)
        lines += paragraph(said, KEY, width, gap=1.0)
    lines += paragraph(words(t.WHAT_TO_DO), TITLE, width, gap=BLOCK_GAP if since else 0.0)
    for number, step in enumerate((t.STEP_1, t.STEP_2, t.STEP_3, t.STEP_4), start=1):
        mark = Piece(0.0, str(number), KEY)
        lines += paragraph(words(step), TEXT, width, indent=NUMBER_INDENT, gap=1.0, mark=mark)
    boxed = {column.id for group in tick_groups(script) for column in group.columns}
    codes = [(c.key, words.of(c.name), f"result.{c.code}" in boxed) for c in DOOR_CODES if c.key]
    levels = [(level, words.of(name), f"support.{level}" in boxed) for level, name in LEVELS.items()]
    lines += paragraph(words(t.IF_NO_BOX), TITLE, width, gap=BLOCK_GAP)
    lines += paragraph(words(t.IF_NO_BOX_HINT), HINT, width, gap=0.6)
    lines += _table(codes, width)
    lines += paragraph(words(t.SUPPORT_LEVELS), TITLE, width, gap=BLOCK_GAP)
    return lines + _table(levels, width)


def _table(entries: list[tuple[str, str, bool]], width: float) -> list[FlowLine]:
    """Keys and words in two columns, read downwards; those with a box come first."""
    entries = sorted(entries, key=lambda entry: not entry[2])
    half = (len(entries) + 1) // 2
    second = width / 2 + 1
    indent = max([KEY_INDENT, *(text_width(key, KEY) + 2 for key, _, _ in entries)])
    lines: list[FlowLine] = []
    for pair in zip_longest(entries[:half], entries[half:]):
        pieces: list[Piece] = []
        for entry, left, room in zip(pair, (0.0, second), (second - 2, width - second), strict=True):
            if entry is not None:
                key, text, _ = entry
                pieces.append(Piece(left, key, KEY))
                pieces.append(Piece(left + indent, text, TEXT, room - indent))
        lines.append(FlowLine(tuple(pieces), 0.6))
    return lines
