"""The user guide says of the keys what the program says."""

from __future__ import annotations

import re

from canvass_app.domain.codes import RESULT_CODES
from canvass_app.domain.numbers import page_code, parse_page_code
from canvass_app.domain.support import LEVELS
from tests.conftest import ROOT

GUIDE = (ROOT / "docs" / "guide.md").read_text("utf-8")


def entry_keys() -> dict[str, str]:
    """Key to words, from the table under "Typing it in"."""
    part = GUIDE.partition("### Typing it in")[2].partition("\n##")[0]
    cells = [
        [cell.strip() for cell in row.strip("|").split("|")]
        for row in part.splitlines()
        if row.startswith("|")
    ]
    pairs = [(row[place], row[place + 1]) for row in cells for place in (0, 3)]
    return {key.strip("`"): words for key, words in pairs if key.startswith("`")}


def test_the_guide_has_every_key_of_entry_with_the_words_of_the_sheet() -> None:
    shown = entry_keys()
    wanted = {code.key: code.name.en for code in RESULT_CODES if code.key and "door" in code.channels}
    assert {key: words for key, words in shown.items() if key in wanted} == wanted
    assert (shown["w"], shown["o"]) == (LEVELS["WS"].en.replace("’", "'"), LEVELS["NV"].en)


def test_codes_shown_in_the_guide_are_codes_that_the_program_takes() -> None:
    codes = re.findall(r"`(\d{4}[A-Z]-\d)`", GUIDE)
    assert codes
    for code in codes:
        assert page_code(*parse_page_code(code)) == code
