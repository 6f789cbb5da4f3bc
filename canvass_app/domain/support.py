"""Support levels: 1 strong ... 5 strong against, with an optional second choice.

Source: NationBuilder's five levels; second choices such as 2L or 3G and the marks WS and NV
from published canvass sheets (field guide).
"""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from .errors import InputError
from .text import Text

LEVELS: dict[str, Text] = {
    "1": Text("strong support", "appui ferme"),
    "2": Text("weak support", "appui faible"),
    "3": Text("undecided", "indécis"),
    "4": Text("weak oppose", "plutôt contre"),
    "5": Text("strong oppose", "fermement contre"),
    "WS": Text("won’t say", "ne dit pas"),
    "NV": Text("not voting", "ne votera pas"),
}
SECOND_CHOICE_LEVELS = frozenset("2345")
IDENTIFIED = frozenset("12345")


class Support(NamedTuple):
    """A person's support: `level` is a key of LEVELS, `second` a party's letter or ""."""

    level: str
    second: str = ""

    def __str__(self) -> str:
        return self.level + self.second


def parse_support(text: str, parties: Collection[str] = ()) -> Support:
    """Read "2", "2L", "WS", "NV". `parties` are the letters a second choice may have. Raises InputError."""
    wanted = text.strip().upper()
    if wanted in LEVELS:
        return Support(wanted)
    if len(wanted) == 2 and wanted[0] in SECOND_CHOICE_LEVELS and wanted[1] in parties:
        return Support(wanted[0], wanted[1])
    letters = ", ".join(sorted(parties)) or "-"
    raise InputError(
        Text(
            f"“{text}” is not a support level. Type 1 to 5, WS or NV; 2 to 5 may add a second choice ({letters}).",
            f"« {text} » n’est pas un niveau d’appui. Tapez 1 à 5, WS ou NV; 2 à 5 acceptent un second choix ({letters}).",
        )
    )
