"""Cells of tables that people open in a spreadsheet: none of them may run as a formula there."""

from __future__ import annotations

import re

# A spreadsheet runs a cell that begins with one of these as a formula (OWASP, "CSV Injection"): the four signs, their
# full-width, small and raised forms (which Excel's East Asian versions read as the plain ones), and the minus sign.
_STARTS = "=+\\-@＝＋－＠﹦﹢﹣﹫⁺⁼⁻₊₌₋−"
# What a reader of the cell may drop before it looks at the first sign: blanks of all sorts, marks that nobody sees,
# quotation marks. A cell that already begins with an apostrophe is text.
_SKIPPED = '\\s"\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff'
# Programs disagree on what divides a file's cells (a French Excel takes the semicolon): what would begin a cell for any
# of them is treated as if it did.
_DANGEROUS = re.compile(f"(^|[,;|])([{_SKIPPED}]*)(?=[{_STARTS}])")
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


def safe_cell(text: str) -> str:
    """`text` so that a spreadsheet shows it and never runs it: an apostrophe stands before what would be a formula.

    Tabs, line ends and other control characters become blanks. What is safe comes back as it is.
    """
    plain = _CONTROLS.sub(" ", text)
    return _DANGEROUS.sub(lambda found: f"{found[1]}'{found[2].strip()}", plain)
