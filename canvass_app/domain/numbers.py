"""Walk-list numbers with a check character, and page codes.

A list has a number of at least four digits and one check character: the digits, weighted 2, 3, 4 ...
from the right, summed modulo 23. A page code is "4127Y-3": list, check character, page.
"""

from __future__ import annotations

import re

from .errors import InputError
from .text import Text

# 23 letters a tired reader does not mistake for a digit or for each other (no I, O, Q); 23 is prime,
# so every single wrong digit and every swap of neighbours changes the check character.
_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"
_PAGE_CODE = re.compile(r"^\s*(\d{4,9})\s*-?\s*([A-Za-z])(?:\s*[-/ .]?\s*(\d{1,3}))?\s*$")


def check_character(number: int) -> str:
    """The check character of a list number: one wrong digit or one swap of neighbours is always caught."""
    total = sum(int(digit) * (place + 2) for place, digit in enumerate(reversed(str(number))))
    return _LETTERS[total % 23]


def list_code(number: int) -> str:
    """The list's number as printed: "4127Y"."""
    return f"{number}{check_character(number)}"


def page_code(number: int, page: int) -> str:
    """A page's code as printed: "4127Y-3"."""
    return f"{list_code(number)}-{page}"


def parse_page_code(text: str) -> tuple[int, int]:
    """Read a list or page code: (list number, page; page 1 when none is given).

    Case, blanks and the hyphen do not matter. Raises InputError when it cannot be one or the check
    character does not fit.
    """
    match = _PAGE_CODE.match(text)
    if match is None:
        raise InputError(
            Text(
                f"“{text.strip()}” is not a list code. It stands at the top of each page, such as 4127Y-3.",
                f"« {text.strip()} » n’est pas un code de liste. Il figure en haut de chaque page, par exemple 4127Y-3.",
            )
        )
    number, letter, page = int(match[1]), match[2].upper(), int(match[3] or 1)
    if letter != check_character(number):
        raise InputError(
            Text(
                f"“{text.strip()}” has a wrong digit or letter. Compare it with the code at the top of the page.",
                f"« {text.strip()} » contient un chiffre ou une lettre erronés. Comparez avec le haut de la page.",
            )
        )
    return number, max(page, 1)
