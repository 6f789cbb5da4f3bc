"""Ridings and their identifiers."""

from __future__ import annotations

from typing import NamedTuple

from .errors import InputError
from .text import Text

DEFAULT_MAP_YEAR = 2013


class Riding(NamedTuple):
    """A federal electoral district.

    `riding_id` is map year x 100000 + the five-digit number, because numbers are reused between maps.
    """

    riding_id: int
    name: Text
    province: str = ""

    @property
    def number(self) -> int:
        """The five-digit number within its map."""
        return self.riding_id % 100_000

    @property
    def map_year(self) -> int:
        """The year of the representation order that drew it."""
        return self.riding_id // 100_000


def riding_id(number: int, map_year: int = DEFAULT_MAP_YEAR) -> int:
    """The identifier of riding `number` on the map of `map_year`. Raises InputError when out of range."""
    if not 10_000 <= number <= 99_999 or not 1867 <= map_year <= 9999:
        raise InputError(
            Text(
                f"{number} is not a riding number. A riding has five digits, such as 59036.",
                f"{number} n’est pas un numéro de circonscription. Il compte cinq chiffres, par exemple 59036.",
            )
        )
    return map_year * 100_000 + number


def parse_riding(text: str, map_year: int = DEFAULT_MAP_YEAR) -> int:
    """Read "59036" (short form) or "201359036" (with its map year). Raises InputError."""
    digits = text.strip()
    if not digits.isdecimal() or len(digits) not in (5, 9):
        raise InputError(
            Text(
                f"“{text}” is not a riding number. Type five digits, such as 59036.",
                f"« {text} » n’est pas un numéro de circonscription. Tapez cinq chiffres, par exemple 59036.",
            )
        )
    value = int(digits)
    return riding_id(value, map_year) if len(digits) == 5 else riding_id(value % 100_000, value // 100_000)
