"""An issued list as it may be walked now: frozen, but for those who asked since then not to be contacted.

The document itself never changes. A bar that came after the issue is laid over it wherever it is shown or printed
again; a bar that was lifted since stays as it was printed, until the next list.
"""

from __future__ import annotations

from dataclasses import replace

from canvass_app.domain.walk_list import SheetLine, SheetPage, WalkListDocument
from canvass_app.storage.database import Connection, query_in
from canvass_app.storage.log import resolve

from .bars import bars_of_door, bars_of_person
from .book import Book
from .walk_lists import load_document


def document_now(book: Book, number: int) -> WalkListDocument:
    """A list to be printed again: lines barred since its issue are struck out and dated. Raises NotFound."""
    document = load_document(book, number)
    since = barred_since(book, document.riding_id, document.lines)
    if not since:
        return document
    doors = _barred(book.read(), document.riding_id, "door", {line.door_id for line in document.lines})

    def struck(line: SheetLine) -> SheetLine:
        return replace(line, barred=True, barred_since=since[line.line]) if line.line in since else line

    pages = tuple(SheetPage(page.page, tuple(map(struck, page.lines))) for page in document.pages)
    home = {line.line: line.door_id for line in document.lines}
    route = tuple(
        replace(stop, barred=stop.barred or home.get(stop.first_line, b"") in doors)
        for stop in document.route
    )
    return replace(document, pages=pages, route=route)


def barred_since(book: Book, riding_id: int, lines: tuple[SheetLine, ...]) -> dict[int, str]:
    """Those of these lines that were printed as open and may not be knocked for now, each with the day of its bar."""
    open_lines = [line for line in lines if not line.barred]
    db = book.read()
    doors = _barred(db, riding_id, "door", {line.door_id for line in open_lines})
    people = _barred(db, riding_id, "person", {line.person_id for line in open_lines} - {b""})
    found: dict[int, str] = {}
    for line in open_lines:
        if line.person_id in people:
            bars = bars_of_person(book, riding_id, line.person_id)
        elif line.door_id in doors:
            bars = bars_of_door(book, riding_id, line.door_id)
        else:
            continue
        found[line.line] = min((bar.day for bar in bars if bar.target != "number"), default="")
    return found


def _barred(db: Connection, riding_id: int, table: str, ids: set[bytes]) -> set[bytes]:
    """Those of these ids, as the list has them, that are barred: an id may have been joined to another since."""
    subjects = resolve(db, riding_id, ids)
    rows = query_in(
        db,
        f"SELECT {table}_id FROM {table} WHERE riding_id = ? AND barred = 1 AND {table}_id IN (??)",
        (riding_id,),
        set(subjects.values()),
    )
    barred = {bytes(row[0]) for row in rows}
    return {one for one, subject in subjects.items() if subject in barred}
