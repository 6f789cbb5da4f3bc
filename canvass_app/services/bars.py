"""Do not contact: a person, a door or a telephone number. Setting, lifting, and who said so.

Whether somebody may be knocked for or called is asked of one place, `KNOCK` and `CALL`: every list, print and queue of
people puts the condition in its own SQL, on `person` as `p` and `door` as `d`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from canvass_app.domain.errors import InputError, NotFound
from canvass_app.domain.ids import phone_subject
from canvass_app.domain.phones import phone_number
from canvass_app.domain.text import Text
from canvass_app.ledger.fold import heads_of
from canvass_app.ledger.kinds import BarLifted, BarSet
from canvass_app.storage.changes import ChangeSet
from canvass_app.storage.database import Connection, query_in
from canvass_app.storage.days import local_day
from canvass_app.storage.log import events_of, members, resolve

from .act import Act
from .book import Book

Target = Literal["person", "door", "number"]

KNOCK = "p.barred = 0 AND d.barred = 0"
"""Who may be knocked for: neither the person nor the door said no."""
CALL = f"{KNOCK} AND p.no_call = 0 AND p.phone <> ''"
"""Who may be called: besides, there is a number and nobody asked for it to be left alone."""

_WHY = Text(
    "Say why the bar is lifted. Nothing was changed.",
    "Dites pourquoi l’interdiction est levée. Rien n’a été modifié.",
)
_NO_NUMBER = Text(
    "“{number}” is not a telephone number. Nothing was changed. Type ten digits, or “+” and the country’s code.",
    "« {number} » n’est pas un numéro de téléphone. Rien n’a été modifié. Tapez dix chiffres, ou « + » et l’indicatif du "
    "pays.",
)
_NOT_HERE = {
    "person": Text(
        "This person is not on this laptop. Nothing was changed.",
        "Cette personne n’est pas sur cet ordinateur. Rien n’a été modifié.",
    ),
    "door": Text(
        "This door is not on this laptop. Nothing was changed.",
        "Cette porte n’est pas sur cet ordinateur. Rien n’a été modifié.",
    ),
}


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar that stands: on what, who said so, when, and in which words."""

    target: Target
    author: str
    wall_ms: int
    day: str
    reason: str


def number_of(text: str) -> str:
    """A telephone number in E.164. Raises InputError."""
    number = phone_number(text)
    if not number:
        raise InputError(_NO_NUMBER.fill(number=text.strip()))
    return number


def set_bar(
    book: Book, riding_id: int, target: Target, one: bytes, *, author: str, reason: str = ""
) -> ChangeSet:
    """Bar a person, a door (by id) or a number (by `phone_subject`); nothing when it is barred. Raises NotFound."""
    with book.act(author) as act:
        bar_in(act, riding_id, target, one, reason)
    return act.changes


def bar_in(act: Act, riding_id: int, target: Target, one: bytes, reason: str = "") -> bool:
    """Bar something within an act; False when it is barred already. Raises NotFound."""
    _known(act.db, riding_id, target, one)
    if _heads(act.db, riding_id, one):
        return False
    act.add(riding_id, one, BarSet(target=target, reason=" ".join(reason.split())))
    return True


def lift_bar(
    book: Book, riding_id: int, target: Target, one: bytes, *, author: str, reason: str
) -> ChangeSet:
    """Lift a bar; nothing when there is none. Raises InputError without a reason, NotFound."""
    said = " ".join(reason.split())
    if not said:
        raise InputError(_WHY)
    with book.act(author) as act:
        _known(act.db, riding_id, target, one)
        if _heads(act.db, riding_id, one):
            act.add(riding_id, one, BarLifted(target=target, reason=said))
    return act.changes


def _known(db: Connection, riding_id: int, target: Target, one: bytes) -> None:
    if target == "number":
        return
    subject = resolve(db, riding_id, [one])[one]
    if not db.query(f"SELECT 1 FROM {target} WHERE riding_id = ? AND {target}_id = ?", (riding_id, subject)):
        raise NotFound(_NOT_HERE[target])


def _heads(db: Connection, riding_id: int, one: bytes) -> list[BarSet]:
    """What bars the thing at present; empty when nothing does."""
    found = _standing(db, riding_id, one)
    return [body for body, _, _ in found]


def _standing(db: Connection, riding_id: int, one: bytes) -> list[tuple[BarSet, str, int]]:
    groups = members(db, riding_id, resolve(db, riding_id, [one]).values())
    ids = {member for group in groups.values() for member in group}
    events = [event for found in events_of(db, riding_id, ids).values() for event in found]
    heads = heads_of(events, "bar", frozenset())
    if not heads or heads[0][1] is not True:
        return []
    return [
        (e.body, e.author, e.wall_ms) for e, value in heads if value is True and isinstance(e.body, BarSet)
    ]


def bars_of_person(book: Book, riding_id: int, person_id: bytes) -> list[Bar]:
    """Every bar that keeps from this person: their own, their door's, their number's."""
    db = book.read()
    subject = resolve(db, riding_id, [person_id])[person_id]
    rows = db.query(
        "SELECT door_id, phone, barred, no_call FROM person WHERE riding_id = ? AND person_id = ?",
        (riding_id, subject),
    )
    if not rows:
        return []
    door, phone, barred, no_call = rows[0]
    found: list[Bar] = []
    if barred:
        found += _bars(book, riding_id, "person", subject)
    if no_call:
        found += _bars(book, riding_id, "number", phone_subject(riding_id, phone_number(str(phone))))
    return found + (_bars(book, riding_id, "door", bytes(door)) if door else [])


def bars_of_door(book: Book, riding_id: int, door_id: bytes) -> list[Bar]:
    """The bar on a door, as each who set it said."""
    return _bars(book, riding_id, "door", door_id)


def bars_of_number(book: Book, riding_id: int, number: str) -> list[Bar]:
    """The bar on a number, as each who set it said."""
    return _bars(book, riding_id, "number", phone_subject(riding_id, number))


def _bars(book: Book, riding_id: int, target: Target, one: bytes) -> list[Bar]:
    return [
        Bar(target, author, ms, local_day(ms, book.time_zone), body.reason)
        for body, author, ms in _standing(book.read(), riding_id, one)
    ]


@dataclass(frozen=True, slots=True)
class Barred:
    """A bar that was set from a card: what it is set on, and what changed."""

    subject: bytes
    changes: ChangeSet


def bar_shown(book: Book, riding_id: int, target: Target, one: bytes, *, author: str) -> Barred:
    """Bar a door, a person, or the number of the person `one`. Raises NotFound, InputError (no number)."""
    subject = subject_of(book, riding_id, target, one)
    return Barred(subject, set_bar(book, riding_id, target, subject, author=author))


def subject_of(book: Book, riding_id: int, target: Target, one: bytes) -> bytes:
    """What a bar is set on: the person or door itself, or the number that the person `one` has. Raises InputError."""
    if target != "number":
        return one
    subject = resolve(book.read(), riding_id, [one])[one]
    rows = book.read().query(
        "SELECT phone FROM person WHERE riding_id = ? AND person_id = ?", (riding_id, subject)
    )
    return phone_subject(riding_id, number_of(str(rows[0][0]) if rows else ""))


def holders_of(db: Connection, riding_id: int, number: str) -> list[bytes]:
    """The people who have a number, however their files spell it. Reads the riding's numbers once."""
    rows = db.query("SELECT person_id, phone FROM person WHERE riding_id = ? AND phone <> ''", (riding_id,))
    return [bytes(person) for person, phone in rows if phone_number(str(phone)) == number]


def kept_from(
    db: Connection, riding_id: int, channel: Literal["door", "phone"], people: Iterable[bytes]
) -> set[bytes]:
    """Those of these people whom this channel may not reach, or who are not here: what every queue asks before it shows
    somebody. A telephone without a number reaches nobody."""
    wanted = set(people)
    rows = query_in(
        db,
        "SELECT p.person_id FROM person p JOIN door d ON d.riding_id = p.riding_id AND d.door_id = p.door_id"
        f" WHERE p.riding_id = ? AND p.gone = '' AND {KNOCK if channel == 'door' else CALL} AND p.person_id IN (??)",
        (riding_id,),
        wanted,
    )
    return wanted - {bytes(row[0]) for row in rows}


def bar_many(
    book: Book,
    riding_id: int,
    numbers: Sequence[str],
    doors: Sequence[bytes],
    *,
    author: str,
    reason: str,
) -> tuple[int, int, ChangeSet]:
    """Bar numbers (E.164) and doors of a riding in one act: how many of each were not barred before. Raises NotFound."""
    with book.act(author) as act:
        new_numbers = sum(
            bar_in(act, riding_id, "number", phone_subject(riding_id, one), reason)
            for one in dict.fromkeys(numbers)
        )
        new_doors = sum(bar_in(act, riding_id, "door", one, reason) for one in dict.fromkeys(doors))
    return new_numbers, new_doors, act.changes
