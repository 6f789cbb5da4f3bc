"""What a laptop is told that is refused, or that misses ridings: whether it is to hold nothing more, and what was taken
from it.

The answer is signed, so that nobody between the two can have a laptop emptied. Check, empty, confirm: headquarters notes
when it gave the order, and when the laptop said that it was done.
"""

from __future__ import annotations

import hmac
from typing import Any

import structlog

from canvass_app.sync.messages import PROTOCOL, AskStanding, Done, Emptied, Signed, Standing
from canvass_app.sync.signing import sign_order, standing_words, verifies

from .devices import scope_of
from .office import Office
from .refusals import bad_request, not_found, unknown_device
from .ridings import has_riding

NONCE_BYTES = 16
_MOST_RIDINGS = 400
_MOST_RIDING_ID = 10**10
_CONFIRM = b"emptied"
_NO_KEY = bytes(32)
_log = structlog.get_logger(__name__)


def standing_of(office: Office, asked: AskStanding) -> Signed:
    """What headquarters says of a laptop, to that laptop alone. Raises No (400; 401: not known, or not its key)."""
    if asked.protocol != PROTOCOL:
        raise bad_request("protocol")
    if len(asked.nonce) != NONCE_BYTES or len(asked.ridings) > _MOST_RIDINGS:
        raise bad_request()
    if not all(0 < one < _MOST_RIDING_ID for one in asked.ridings):
        raise bad_request()
    rows = office.read().query(
        "SELECT public_key, ridings, had, family, revoked, revoked_ms, wipe, told_ms FROM device WHERE device_id = ?",
        (asked.device_id,),
    )
    key = bytes(rows[0][0]) if rows else _NO_KEY
    if not verifies(key, standing_words(asked.device_id, asked.nonce, asked.ridings), asked.proof):
        raise unknown_device()
    _, ridings, had, family, revoked, revoked_ms, wipe, told_ms = rows[0]
    wiped = bool(revoked and wipe)
    if wiped and not int(told_ms):
        _note(office, "told_ms", asked.device_id)
        _log.info("told_to_empty", device=asked.device_id.hex())
    answer = Standing(
        device_id=asked.device_id,
        nonce=asked.nonce,
        state="revoked" if revoked else "in" if family else "ended",
        wipe=wiped,
        confirm=_confirm(office, asked.device_id, int(revoked_ms)) if wiped else b"",
        lost=[] if revoked else _lost(office, asked.ridings, ridings, had),
        epoch=office.epoch,
        hq_box=office.box_key,
        server_time=office.now_ms(),
    )
    return sign_order(office.seed, answer)


def taken_from(office: Office, device_id: bytes) -> list[int]:
    """The ridings that a device was shown once, and may not see any more."""
    ((ridings, had),) = office.read().query(
        "SELECT ridings, had FROM device WHERE device_id = ?", (device_id,)
    )
    every = [int(row[0]) for row in office.read().query("SELECT riding_id FROM riding ORDER BY riding_id")]
    return _lost(office, every, ridings, had)


def _lost(office: Office, asked: list[int], now: str, before: str) -> list[int]:
    """Those that headquarters has, that the laptop was shown once, and that it may not see any more."""
    may, had, db = scope_of(now), scope_of(before), office.read()
    if may is None:
        return []
    return [one for one in asked if one not in may and (had is None or one in had) and has_riding(db, one)]


def _confirm(office: Office, device_id: bytes, revoked_ms: int) -> bytes:
    return office.pass_mark(_CONFIRM + device_id + revoked_ms.to_bytes(8, "big"))


def _note(office: Office, moment: str, device_id: bytes) -> None:
    office.write(
        lambda db: db.run(
            f"UPDATE device SET {moment} = ?, seen_ms = ? WHERE device_id = ? AND {moment} = 0",
            (office.now_ms(), office.now_ms(), device_id),
        )
    )


def note_emptied(office: Office, said: Emptied) -> Done:
    """A laptop holds nothing more. It may say so again. Raises No."""
    if said.protocol != PROTOCOL:
        raise bad_request("protocol")
    rows: list[tuple[Any, ...]] = office.read().query(
        "SELECT revoked_ms, wipe FROM device WHERE device_id = ? AND revoked = 1", (said.device_id,)
    )
    wanted = _confirm(office, said.device_id, int(rows[0][0]) if rows else 0)
    if not hmac.compare_digest(wanted, said.confirm) or not rows or not rows[0][1]:
        raise not_found()
    _note(office, "emptied_ms", said.device_id)
    _log.info("emptied", device=said.device_id.hex())
    return Done()
