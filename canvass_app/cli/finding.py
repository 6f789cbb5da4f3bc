"""People and things as somebody at a terminal names them; whom an answer shows is recorded before it is shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from canvass_app.services.book import Book


def recorder(book: Book) -> Callable[[int, list[bytes]], None]:
    """Records people of a riding as found by a search."""
    from canvass_app.domain.accesses import Access
    from canvass_app.services.audit import record

    return lambda riding_id, people: record(book, Access.SEARCHED, riding_id, people=people, what="find")


def find_person(book: Book, riding_id: int, person: str, language: str) -> bytes:
    """The id of the one person meant: a name, or an id of 32 digits. Raises NotFound, or InputError that lists who match.

    Who matches is recorded before it is shown.
    """
    from canvass_app.services.finding import find_person as find

    tell = recorder(book)
    return find(book, riding_id, person, language, lambda people: tell(riding_id, people))
