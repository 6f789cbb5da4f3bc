"""A person as somebody at a terminal names them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from canvass_app.services.book import Book


def find_person(book: Book, riding_id: int, person: str, language: str) -> bytes:
    """The id of the one person meant: a name, or an id of 32 digits. Raises NotFound, or InputError that lists who match.

    Who matches is recorded before it is shown.
    """
    from canvass_app.domain.accesses import Access
    from canvass_app.services.audit import record
    from canvass_app.services.finding import find_person as find

    def found(people: list[bytes]) -> None:
        record(book, Access.SEARCHED, riding_id, people=people, what="find")

    return find(book, riding_id, person, language, found)
