"""The sheet's own words in the sheet's own language, whatever language the application speaks.

The catalogue is the application's compiled French one; English needs none. The words stand in `sheet_texts`.
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from PySide6.QtCore import QDate, QLocale, QTranslator

from canvass_app.domain.text import Text
from canvass_app.resource_path import resource

CONTEXT = "WalkListSheet"


class SheetWords:
    """Says texts, numbers and dates in one language.

    Raises FileNotFoundError when the French catalogue is not part of this copy, RuntimeError when it is damaged.
    """

    def __init__(self, language: str) -> None:
        self.language = "fr" if language == "fr" else "en"
        french = self.language == "fr"
        self._locale = QLocale(
            QLocale.Language.French if french else QLocale.Language.English, QLocale.Country.Canada
        )
        self._translator = QTranslator() if french else None
        if self._translator is not None:
            path = resource("translations", "fr.qm")
            if not self._translator.load(str(path)):
                raise RuntimeError(f"the French catalogue {path.name} cannot be read")

    def __call__(self, source: str, **values: object) -> str:
        """`source` in the sheet's language with its `{named}` places filled in."""
        said = (self._translator.translate(CONTEXT, source) if self._translator else "") or source
        return said.format(**values) if values else said

    def of(self, text: Text) -> str:
        """A text that carries both languages itself."""
        return text.say(self.language)

    def one_or_many(self, count: int, one: str, many: str) -> str:
        """The form that goes with `count`: in French nothing and one are singular, in English only one is."""
        single = count in (0, 1) if self.language == "fr" else count == 1
        return self(one if single else many)

    def number(self, value: float, places: int = 0) -> str:
        """A number with the language's separators: 1,204 or 1 204; 2.4 or 2,4."""
        if places:
            return self._locale.toString(float(value), "f", places)
        return self._locale.toString(round(value))

    def day(self, iso: str) -> str:
        """A calendar day in full: "Monday, 12 October 2015", "lundi 12 octobre 2015"; "" for no day."""
        if not iso:
            return ""
        date = dt.date.fromisoformat(iso)
        pattern = "dddd d MMMM yyyy" if self.language == "fr" else "dddd, d MMMM yyyy"
        return self._locale.toString(QDate(date.year, date.month, date.day), pattern)

    def short_day(self, iso: str) -> str:
        """A day without its year: "12 Oct", "12 oct."; "" for no day."""
        if not iso:
            return ""
        date = dt.date.fromisoformat(iso)
        said = self._locale.toString(QDate(date.year, date.month, date.day), "d MMM")
        return said if self.language == "fr" else said.replace(".", "")


@lru_cache(maxsize=2)
def sheet_words(language: str) -> SheetWords:
    """The words of a language, loaded once."""
    return SheetWords(language)
