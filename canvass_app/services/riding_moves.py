"""A door that belongs to another riding than the one it was listed in.

What happened there stays counted where it was made. The door leaves one log and arrives in the other
under one link, with what is known of the place and of the people who live there.
"""

from __future__ import annotations

import os

from canvass_app.domain.errors import InputError, NotFound
from canvass_app.domain.text import Text
from canvass_app.ledger.kinds import (
    BarSet,
    DoorArrived,
    DoorLeft,
    PersonAdded,
    ResidenceBegan,
    SupportMarked,
)
from canvass_app.storage.changes import ChangeSet

from .act import Act
from .book import Book

_PLACE = (
    "number", "suffix", "street", "street_type", "street_direction", "street_label", "unit", "floor", "municipality",
    "postal_code", "polling_division", "building_use", "access",
)  # fmt: skip
_PERSON = ("last", "first", "middle", "birth_year", "phone", "email", "language")


def correct_riding(book: Book, riding_id: int, door_id: bytes, to: int, author: str) -> ChangeSet:
    """Say that a door of `riding_id` belongs to the riding `to`. Raises NotFound or InputError."""
    if to == riding_id:
        raise InputError(
            Text("The door is in that riding already.", "La porte est déjà dans cette circonscription.")
        )
    rows = book.read().query(
        f"SELECT {', '.join(_PLACE)}, lon_e6, lat_e6, barred FROM door WHERE riding_id = ? AND door_id = ?",
        (riding_id, door_id),
    )
    if not rows:
        raise NotFound(
            Text("There is no such door in this riding.", "Cette porte n’est pas dans cette circonscription.")
        )
    *place, lon, lat, barred = rows[0]
    known = {name: value for name, value in zip(_PLACE, place, strict=True) if value}
    link = os.urandom(16)
    with book.act(author) as act:
        act.add(riding_id, door_id, DoorLeft(riding=to, link_id=link))
        point = (int(lon), int(lat)) if lon or lat else None
        act.add(to, door_id, DoorArrived(riding=to, origin=riding_id, link_id=link, point=point, **known))
        if barred:
            act.add(to, door_id, BarSet(target="door"))
        _bring_people(act, riding_id, door_id, to)
    return act.changes


def _bring_people(act: Act, riding_id: int, door_id: bytes, to: int) -> None:
    rows = act.db.query(
        f"SELECT person_id, support, barred, {', '.join(_PERSON)} FROM person"
        " WHERE riding_id = ? AND door_id = ? AND gone = '' ORDER BY person_id",
        (riding_id, door_id),
    )
    for person, support, barred, *values in rows:
        subject = bytes(person)
        known = {name: value for name, value in zip(_PERSON, values, strict=True) if value}
        act.add(to, subject, PersonAdded(**known))
        act.add(to, subject, ResidenceBegan(door=door_id))
        if support:
            act.add(to, subject, SupportMarked(level=str(support)[:1], second=str(support)[1:]))
        if barred:
            act.add(to, subject, BarSet(target="person"))
