"""The sheet's words in both languages."""

from __future__ import annotations

import re

import pytest

from canvass_app.printing import sheet_texts
from canvass_app.printing.words import SheetWords, sheet_words

TEXTS = {name: text for name, text in vars(sheet_texts).items() if name.isupper() and isinstance(text, str)}
# The same in both languages: only names, numbers, signs, or words that French shares.
SHARED = {"NORTH", "SCALE_METRES", "SCALE_KILOMETRES", "LAST_TIME"}


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_every_text_has_its_french_with_the_same_places(name: str) -> None:
    french = sheet_words("fr")(TEXTS[name])
    assert (french == TEXTS[name]) == (name in SHARED)
    places = r"\{\w+\}"
    assert sorted(re.findall(places, french)) == sorted(re.findall(places, TEXTS[name]))


def test_numbers_and_days_follow_the_language() -> None:
    english, french = SheetWords("en"), SheetWords("fr")
    assert english.number(1204) == "1,204"
    assert "".join(french.number(1204).split()) == "1204"
    assert (english.number(2.44, 1), french.number(2.44, 1)) == ("2.4", "2,4")
    assert english.day("2015-10-12") == "Monday, 12 October 2015"
    assert french.day("2015-10-12") == "lundi 12 octobre 2015"
    assert (english.short_day("2015-10-05"), french.short_day("2015-10-05")) == ("5 Oct", "5 oct.")
    assert (english.day(""), french.short_day("")) == ("", "")


def test_nothing_is_singular_in_french_and_plural_in_english() -> None:
    one, many = sheet_texts.DOOR_ONE, sheet_texts.DOOR_MANY
    assert [SheetWords("en").one_or_many(n, one, many) for n in (0, 1, 2)] == ["doors", "door", "doors"]
    assert [SheetWords("fr").one_or_many(n, one, many) for n in (0, 1, 2)] == ["porte", "porte", "portes"]
