"""The ridings of headquarters: their names, how far each has come, and what a device has delivered."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from canvass_app.domain.errors import NotFound
from canvass_app.domain.riding import DEFAULT_MAP_YEAR, Riding, parse_riding
from canvass_app.domain.text import Text
from canvass_app.services.ridings import note_riding
from canvass_app.storage.database import Connection
from canvass_app.sync.messages import RidingName, RidingState

from .office import Office

ALL = "*"


def add_ridings(db: Connection, ridings: Iterable[Riding]) -> int:
    """Make ridings known, with their counters; how many are new."""
    added = 0
    for riding in ridings:
        new = not db.query("SELECT 1 FROM riding_counter WHERE riding_id = ?", (riding.riding_id,))
        added += new
        if new or riding.name.en:
            note_riding(db, riding)
        for table in ("riding_counter", "projector"):
            db.run(f"INSERT INTO {table} (riding_id) VALUES (?) ON CONFLICT DO NOTHING", (riding.riding_id,))
    return added


def riding_ids(db: Connection) -> list[int]:
    """Every riding of this headquarters."""
    return [int(row[0]) for row in db.query("SELECT riding_id FROM riding_counter ORDER BY riding_id")]


def last_sequence(db: Connection, riding_id: int) -> int:
    """The riding's last number."""
    rows = db.query("SELECT last_sequence FROM riding_counter WHERE riding_id = ?", (riding_id,))
    return int(rows[0][0]) if rows else 0


def has_riding(db: Connection, riding_id: int) -> bool:
    """Whether headquarters has the riding."""
    return bool(db.query("SELECT 1 FROM riding_counter WHERE riding_id = ?", (riding_id,)))


def scope_named(office: Office, numbers: Sequence[str] | None) -> frozenset[int] | None:
    """The ridings of these numbers as typed; None, for every riding, when there are none. Raises InputError or NotFound."""
    text, _ = office.campaign()
    year = int(json.loads(text).get("map_year", DEFAULT_MAP_YEAR)) if text else DEFAULT_MAP_YEAR
    scope = frozenset(parse_riding(one, year) for one in numbers) if numbers else None
    for one in scope or ():
        if not has_riding(office.read(), one):
            raise NotFound(
                Text(
                    f"Riding {one % 100_000} is not at this headquarters. Add it with “canvass-hq init --riding”.",
                    f"La circonscription {one % 100_000} n’est pas à ce quartier général. Ajoutez-la avec "
                    "« canvass-hq init --riding ».",
                )
            )
    return scope


def riding_states(office: Office, device_id: bytes, scope: frozenset[int] | None) -> list[RidingState]:
    """The ridings that a device may see."""
    rows = office.read().query(
        "SELECT c.riding_id, r.name_en, r.name_fr, r.province, c.last_sequence, l.last_seq FROM riding_counter c"
        " JOIN riding r ON r.riding_id = c.riding_id"
        " LEFT JOIN device_log l ON l.riding_id = c.riding_id AND l.device_id = ? ORDER BY c.riding_id",
        (device_id,),
    )
    return [
        RidingState(
            riding_id=int(riding_id),
            name=RidingName(en=en, fr=fr, province=province),
            last_sequence=int(last),
            acked_through=int(acked or 0),
        )
        for riding_id, en, fr, province, last, acked in rows
        if scope is None or int(riding_id) in scope
    ]


def learn_name(db: Connection, riding_id: int, name: RidingName) -> None:
    """Take a riding's name from a laptop when headquarters has none. No database keeps a NUL in a text."""
    if "\0" in name.en + name.fr + name.province:
        return
    db.run(
        "UPDATE riding SET name_en = ?, name_fr = ?, province = ? WHERE riding_id = ? AND name_en = ''",
        (name.en[:200], name.fr[:200], name.province[:40], riding_id),
    )
