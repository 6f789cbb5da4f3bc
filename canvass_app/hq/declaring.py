"""The campaign's declaration at headquarters: who accepted it on which laptop, and what waits for that."""

from __future__ import annotations

import json
from functools import lru_cache

from canvass_app.domain.campaign import load_campaign
from canvass_app.domain.declaration import NONE, checked_name, fingerprint, is_of
from canvass_app.domain.errors import InputError
from canvass_app.domain.text import LANGUAGES, Text
from canvass_app.storage.database import Connection
from canvass_app.sync.messages import PROTOCOL, Declare, Done
from canvass_app.sync.replica import fact

from .devices import Device
from .office import Office
from .refusals import No, bad_request, other_declaration, unknown_device

_MOST_NAMES = 20


def declaration_of(db: Connection) -> Text:
    """What this headquarters asks for at the moment; `NONE` when nothing."""
    return _declaration(fact(db, "campaign"))


@lru_cache(4)
def _declaration(campaign: str) -> Text:
    return load_campaign(json.loads(campaign)).declaration if campaign else NONE


def has_accepted(asked: Text, declared: str) -> bool:
    """Whether `declared`, as a device's row has it, is what is asked for; anything is when nothing is."""
    return asked == NONE or (declared != "" and is_of(asked, bytes.fromhex(declared)))


def may_be_handed(office: Office, device: Device) -> bool:
    """Whether anything of a riding is handed out to this device."""
    return has_accepted(declaration_of(office.read()), device.declared)


def note_declared(office: Office, device_id: bytes, said: Declare) -> Done:
    """Somebody at this device accepted the declaration. It may be said again. Raises No (400; 409: another text)."""
    if said.protocol != PROTOCOL:
        raise bad_request("protocol")
    if len(said.hash) != 32 or said.language not in LANGUAGES:
        raise bad_request()
    try:
        who = checked_name(said.by)
    except InputError as error:
        raise bad_request("name") from error
    outcome = office.write(lambda db: _note(db, device_id, said, who, office.now_ms()))
    if outcome is not None:
        raise outcome
    return Done()


def _note(db: Connection, device_id: bytes, said: Declare, who: str, now: int) -> No | None:
    asked = declaration_of(db)
    if asked == NONE or said.hash != fingerprint(asked.say(said.language)):
        return other_declaration()
    lock = "" if db.dialect == "sqlite" else " FOR UPDATE"
    rows = db.query(f"SELECT declared, declared_by FROM device WHERE device_id = ?{lock}", (device_id,))
    if not rows:
        return unknown_device()
    before, names = str(rows[0][0]), list[str](json.loads(rows[0][1]))
    known = names if before and has_accepted(asked, before) else []
    if who in known:
        return None
    db.run(
        "UPDATE device SET declared = ?, declared_by = ?, declared_ms = ? WHERE device_id = ?",
        (said.hash.hex(), json.dumps([*known, who][-_MOST_NAMES:]), now, device_id),
    )
    # Brought in when there is something to say: commands start without it.
    import structlog

    structlog.get_logger(__name__).info("declared", device=device_id.hex())
    return None
