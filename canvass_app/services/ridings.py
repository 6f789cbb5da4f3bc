"""The ridings on this laptop."""

from __future__ import annotations

from typing import NamedTuple

from canvass_app.domain.errors import NotFound
from canvass_app.domain.riding import Riding
from canvass_app.domain.text import Text
from canvass_app.storage.database import Connection

from .book import Book


class RidingCard(NamedTuple):
    """A riding with the amounts its card shows. `people` are those known who neither moved nor died, as in Progress."""

    riding_id: int
    name: Text
    number: int
    province: str
    doors: int
    people: int
    attempts: int
    contacts: int
    turfs: int
    open_lists: int


def list_ridings(book: Book) -> list[RidingCard]:
    """Every riding of which this laptop holds doors, by number."""
    rows = book.read().query(
        "SELECT r.riding_id, r.name_en, r.name_fr, r.province,"
        " (SELECT COUNT(*) FROM door d WHERE d.riding_id = r.riding_id),"
        " (SELECT COUNT(*) FROM person p WHERE p.riding_id = r.riding_id AND p.gone = ''),"
        " (SELECT COUNT(*) FROM attempt a WHERE a.riding_id = r.riding_id),"
        " (SELECT COUNT(*) FROM attempt a WHERE a.riding_id = r.riding_id AND a.contact = 1),"
        " (SELECT COUNT(*) FROM turf t WHERE t.riding_id = r.riding_id AND t.retired = 0),"
        " (SELECT COUNT(*) FROM walk_list w WHERE w.riding_id = r.riding_id AND w.returned = 0)"
        " FROM riding r ORDER BY r.riding_id"
    )
    return [
        RidingCard(int(r[0]), Text(r[1], r[2]), int(r[0]) % 100_000, r[3], *(int(v) for v in r[4:10]))
        for r in rows
    ]


def get_riding(book: Book, riding_id: int) -> Riding:
    """A riding on this laptop. Raises NotFound."""
    rows = book.read().query(
        "SELECT name_en, name_fr, province FROM riding WHERE riding_id = ?", (riding_id,)
    )
    if not rows:
        number = riding_id % 100_000
        raise NotFound(
            Text(
                f"Riding {number} is not on this laptop. Import its addresses, or sync, first.",
                f"La circonscription {number} n’est pas sur cet ordinateur. Importez d’abord ses adresses, "
                "ou synchronisez.",
            )
        )
    return Riding(riding_id, Text(rows[0][0], rows[0][1]), rows[0][2])


def note_riding(db: Connection, riding: Riding) -> None:
    """Keep a riding's names; a later, fuller name replaces an earlier one."""
    db.run(
        "INSERT INTO riding (riding_id, name_en, name_fr, province) VALUES (?,?,?,?) ON CONFLICT (riding_id)"
        " DO UPDATE SET name_en = excluded.name_en, name_fr = excluded.name_fr, province = excluded.province",
        (riding.riding_id, riding.name.en, riding.name.fr, riding.province),
    )
