"""Erasing a volunteer: their record, memberships, answers and attendance are emptied, here and wherever it syncs to.

The same `person.erased` as for a person at a door, with the member's id: whatever is said of a member has them as
its subject, so every replica empties it, late arrivals too. Name and number are not kept out afterwards: who volunteers
again is written down anew because they ask for it.
"""

from __future__ import annotations

import os
from dataclasses import dataclass

from canvass_app.domain.address import fold
from canvass_app.domain.errors import InputError, NotFound
from canvass_app.domain.text import Text
from canvass_app.ledger.erasure import SALT_BYTES, id_key
from canvass_app.ledger.kinds import PersonErased
from canvass_app.storage.changes import ChangeSet
from canvass_app.storage.erasing import salts_of

from .book import BACKUPS, Book
from .erasure import finish_erasures, forget_read
from .pins import forget_tries

_NOT_HERE = Text(
    "This member is not on this laptop. Nothing was changed.",
    "Ce membre n’est pas sur cet ordinateur. Rien n’a été modifié.",
)
_NAMED = Text(
    "The reason names the member, and it is kept for ever. Say how they asked, without their name.",
    "Le motif nomme le membre, et il est conservé pour toujours. Dites comment la demande est venue, sans son nom.",
)
STAYS = Text(
    "This cannot be undone. What stays: the name under results typed in, on shifts and on printed lists, because that "
    "says who did the work; and notes that others wrote about a team or an event.",
    "C’est irréversible. Reste : le nom sous les résultats saisis, dans les quarts et sur les listes imprimées, car il "
    "dit qui a fait le travail; et les notes que d’autres ont écrites sur une équipe ou une activité.",
)


@dataclass(frozen=True, slots=True)
class MemberErasure:
    """What erasing a member would take. Nothing has been changed."""

    members: tuple[bytes, ...]
    """Every record that means this member: two laptops may have written them down separately."""
    name: str
    events: int
    backups: int


def preview_member_erasure(book: Book, riding_id: int, member_id: bytes) -> MemberErasure:
    """What erasing a member would take. Raises NotFound."""
    db = book.read()
    rows = db.query(
        "SELECT name, search, phone, email FROM member WHERE riding_id = ? AND member_id = ?",
        (riding_id, member_id),
    )
    if not rows:
        raise NotFound(_NOT_HERE)
    name, search, phone, email = rows[0]
    same = db.query(
        "SELECT member_id FROM member WHERE riding_id = ? AND search = ? AND ((phone <> '' AND phone = ?) OR"
        " (email <> '' AND email = ?))",
        (riding_id, search, phone, email),
    )
    members = tuple(sorted({member_id, *(bytes(row[0]) for row in same)}))
    events = sum(
        int(
            db.query("SELECT COUNT(*) FROM event WHERE riding_id = ? AND subject = ?", (riding_id, one))[0][0]
        )
        for one in members
    )
    return MemberErasure(members, str(name), events, len(list((book.folder / BACKUPS).glob("*.db"))))


def erase_member(
    book: Book, riding_id: int, member_id: bytes, *, author: str, reason: str = "", clean: bool = True
) -> ChangeSet:
    """Erase a volunteer for good. Raises NotFound, InputError (a reason that names them), StorageProblem.

    `clean=False` leaves the files to `services.erasure.finish_erasures`, which takes its time.
    """
    found = preview_member_erasure(book, riding_id, member_id)
    if set(fold(reason).split()) & {word for word in fold(found.name).split() if len(word) > 1}:
        raise InputError(_NAMED)
    salts = salts_of(book.read(), riding_id)
    salt = salts[0] if salts else os.urandom(SALT_BYTES)
    with book.act(author) as act:
        for at, one in enumerate(found.members):
            said = reason.strip() if at == 0 else ""
            act.add(riding_id, one, PersonErased(salt=salt, keys=(id_key(salt, one),), reason=said))
        facts = forget_tries(found.members)
        if fold(book.meta("author")) == fold(found.name):
            facts["author"] = ""
        for fact, value in facts.items():
            act.set_meta(fact, value)
    forget_read(book)
    if clean:
        finish_erasures(book)
    return act.changes
