"""What headquarters knows of its devices: who is let in, when each was here, and what one that is lost held."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Literal

from canvass_app.domain.address import fold
from canvass_app.domain.errors import InputError, NotFound
from canvass_app.domain.roles import Role
from canvass_app.domain.text import Text
from canvass_app.storage.database import Connection

from .declaring import declaration_of, has_accepted
from .devices import Device, scope_of
from .office import Office
from .slicing import slice_of

State = Literal["in", "ended", "revoked"]
_LEAST_OF_AN_ID = 6

_NONE = Text(
    "Headquarters knows no device “{text}”. Nothing was changed. “canvass-hq device list” shows them all.",
    "Le quartier général ne connaît aucun appareil « {text} ». Rien n’a été modifié. « canvass-hq device list » les "
    "montre tous.",
)
_SEVERAL = Text(
    "Several devices are called “{text}”: {ids}. Nothing was changed. Say which by its number.",
    "Plusieurs appareils s’appellent « {text} » : {ids}. Rien n’a été modifié. Indiquez lequel par son numéro.",
)


@dataclass(frozen=True, slots=True)
class Known:
    """A device as headquarters knows it. Times are milliseconds UTC; 0: never."""

    device_id: bytes
    name: str
    role: Role
    ridings: frozenset[int] | None
    """None: every riding."""
    state: State
    """"ended": its pass was shown twice, so that it needs a code; "revoked": somebody shut it out."""
    joined_ms: int
    seen_ms: int
    events: int
    """How many of its events are here."""
    wipe: bool
    """It is to hold nothing more."""
    told_ms: int
    """When it was told so; and when it said that it was done:"""
    emptied_ms: int
    waiting: int
    """Bundles that it handed in and that wait for a decision."""
    given_to: tuple[str, ...]
    """Whose turfs and lists it holds; () for whole ridings."""
    declared: bool
    """Whether the declaration of the moment was accepted there; by whom, and when that was last said here:"""
    declared_by: tuple[str, ...]
    declared_ms: int

    @property
    def number(self) -> str:
        """What people call it by: the beginning of its id."""
        return self.device_id.hex()[:8]


@dataclass(frozen=True, slots=True)
class Held:
    """What a device held of a riding, by what headquarters holds of it: counts, no people."""

    riding_id: int
    doors: int
    people: int
    attempts: int
    """Results that came from it."""
    last_ms: int
    """When the last of them was made; 0 without one."""
    lists_out: list[tuple[int, str, int]]
    """(number, who walks it, lines) of every list of the riding that is not back."""


def every_device(office: Office) -> list[Known]:
    """All devices, the last seen first."""
    db = office.read()
    counts = _by_device(db, "SELECT device_id, SUM(last_seq) FROM device_log GROUP BY device_id")
    waiting = _by_device(
        db, "SELECT device_id, COUNT(*) FROM handed_in WHERE state = 'waiting' GROUP BY device_id"
    )
    asked = declaration_of(db)
    found = [
        _known(row, counts, waiting, asked)
        for row in db.query(
            "SELECT device_id, name, role, ridings, family, revoked, enrolled_ms, seen_ms, wipe, told_ms, emptied_ms,"
            " given_to, declared, declared_by, declared_ms FROM device"
        )
    ]
    return sorted(found, key=lambda one: (-one.seen_ms, one.name, one.device_id))


def _by_device(db: Connection, sql: str) -> dict[bytes, int]:
    return {bytes(device_id): int(count or 0) for device_id, count in db.query(sql)}


def _known(row: tuple[Any, ...], counts: dict[bytes, int], waiting: dict[bytes, int], asked: Text) -> Known:
    (
        device_id,
        name,
        role,
        ridings,
        family,
        revoked,
        joined,
        seen,
        wipe,
        told,
        emptied,
        names,
        declared,
        by,
        said,
    ) = row
    state: State = "revoked" if revoked else "in" if family else "ended"
    key = bytes(device_id)
    return Known(
        key, name, Role(role), scope_of(ridings), state, int(joined), int(seen), counts.get(key, 0),
        bool(revoked and wipe), int(told), int(emptied), waiting.get(key, 0), tuple(json.loads(names)), has_accepted(asked, declared),
        tuple(json.loads(by)), int(said),
    )  # fmt: skip


def find(office: Office, text: str) -> Known:
    """The device with this name, or with an id that begins so (six digits at least). Raises NotFound or InputError."""
    wanted = text.strip().casefold()
    devices = every_device(office)
    found = (
        [one for one in devices if len(wanted) >= _LEAST_OF_AN_ID and one.device_id.hex().startswith(wanted)]
        or [one for one in devices if wanted and one.name.strip().casefold() == wanted]
        # As it can be typed: without the accents, with a straight apostrophe.
        or [one for one in devices if fold(text) and fold(one.name) == fold(text)]
    )
    if not found:
        raise NotFound(_NONE.fill(text=text))
    if len(found) > 1:
        raise InputError(_SEVERAL.fill(text=text, ids=", ".join(one.number for one in found)))
    return found[0]


def held_by(office: Office, device: Known) -> list[Held]:
    """Riding by riding, what this device held: whatever its scope let it fetch."""
    db = office.read()
    known = [int(row[0]) for row in db.query("SELECT riding_id FROM riding ORDER BY riding_id")]
    return [
        _held(office, db, one, device) for one in known if device.ridings is None or one in device.ridings
    ]


def _held(office: Office, db: Connection, riding_id: int, device: Known) -> Held:
    holder = Device(device.device_id, device.name, device.ridings, 0, device.role, given_to=device.given_to)
    part = slice_of(office, holder, riding_id) if holder.holds_a_part else None
    if part is not None:
        doors, people = part.doors, part.people
    else:
        ((doors,),) = db.query("SELECT COUNT(*) FROM door WHERE riding_id = ?", (riding_id,))
        ((people,),) = db.query("SELECT COUNT(*) FROM person WHERE riding_id = ?", (riding_id,))
    ((attempts, last),) = db.query(
        "SELECT COUNT(*), COALESCE(MAX(wall_ms), 0) FROM attempt WHERE riding_id = ? AND device_id = ?",
        (riding_id, device.device_id),
    )
    lists = db.query(
        "SELECT number, canvasser, lines FROM walk_list WHERE riding_id = ? AND returned = 0 ORDER BY number",
        (riding_id,),
    )
    return Held(
        riding_id, int(doors), int(people), int(attempts), int(last),
        [
            (int(number), str(who), int(lines))
            for number, who, lines in lists
            if part is None or int(number) in part.lists
        ],
    )  # fmt: skip
