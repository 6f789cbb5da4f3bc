"""People as a canvass knows them."""

from __future__ import annotations

from typing import NamedTuple

from .address import fold


class PersonName(NamedTuple):
    """A person's name as it is shown and compared."""

    last: str
    first: str
    middle: str = ""

    @property
    def shown(self) -> str:
        """ "Tremblay, Anne"; either part may be missing."""
        return person_label(self.last, self.first)

    @property
    def key(self) -> str:
        """What two spellings of one name share; the middle name is left out, files rarely agree on it."""
        return f"{fold(self.last)}|{fold(self.first)}"


_TITLES = frozenset("MME M MLLE MADAME MONSIEUR MR MRS MS MISS DR DRE".split())


def without_title(name: str) -> str:
    """A name as somebody types it, without the title in front of it: "Mme Roy" is "Roy", and "M." alone stays."""
    first, _, rest = name.strip().partition(" ")
    return rest.strip() if rest.strip() and fold(first) in _TITLES else name


def person_label(last: str, first: str) -> str:
    """A name for lists: last name first, as sheets sort it."""
    return ", ".join(part for part in (last, first) if part)
