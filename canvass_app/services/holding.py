"""What this laptop is for: a canvasser's and a caller's records what is said at doors and on the telephone, and no more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from canvass_app.domain.errors import Refused
from canvass_app.domain.roles import RECORDERS
from canvass_app.domain.text import Text
from canvass_app.ledger.kinds import SAID_AT_DOORS, Body

if TYPE_CHECKING:
    from .book import Book

ONLY_RECORDS = Text(
    "This computer holds what was given to you, and records results. Turfs, lists, imports, teams and decisions are made on the "
    "computer of a canvass lead. Nothing was changed.",
    "Cet ordinateur contient ce qui vous a été confié et enregistre des résultats. Les secteurs, les listes, les importations, les "
    "équipes et les décisions se font sur l’ordinateur d’un chef d’équipe. Rien n’a été modifié.",
)


def only_records(book: Book) -> bool:
    """Whether this laptop only records results. Any thread; one quick read."""
    role = book.meta("role")
    return bool(book.meta("hq_url")) and role in RECORDERS


def check_may_say(book: Book, body: Body) -> None:
    """Raises Refused for what headquarters would not take from this laptop: it is not written here either."""
    if body.KIND not in SAID_AT_DOORS and only_records(book):
        raise Refused(ONLY_RECORDS)
