"""What a device shows at headquarters: an access token for a quarter of an hour, and a refresh token that turns.

Neither is kept. Both are made from the device's `family` and a `turn`, under keys of headquarters' own, so that what was
given out can be given out again, and a database that somebody reads holds nothing to be shown.

* A refresh token earns the next turn once: access token and refresh token of turn n + 1. It needs a proof by the
  device's key.
* Its answer may be lost. The token before the last one is therefore taken again, for the very same next turn, as long as
  nothing of that turn was ever shown here, and in any case for 30 seconds, for two requests at once.
* Any other token of the past means that two have it (RFC 9700, section 4.14.2). Nobody can say which of the two is the
  thief: the family ends, both are refused, and an organiser's code begins a new one. No other device is touched.
* A turn that headquarters does not know yet was given out before it was put back from a backup: its mark proves it.
"""

from __future__ import annotations

import base64
import hmac
import secrets
from typing import NamedTuple

from canvass_app.storage.database import Connection
from canvass_app.sync.messages import PROTOCOL, Renew, Renewed
from canvass_app.sync.signing import renewal_proof, verifies

from .office import Office
from .refusals import No, bad_request, expired, unknown_device

ACCESS_MS = 15 * 60_000
GRACE_MS = 30_000
_FAMILY, _MARK = 16, 32
_LONGEST = 400
_NO_KEY = bytes(32)


class Shown(NamedTuple):
    """What a token says, once its mark was found to be headquarters' own."""

    device_id: bytes
    family: str
    turn: int
    until_ms: int
    """When an access token ends; 0 of a refresh token."""


class Pair(NamedTuple):
    """A device's tokens of one turn."""

    access: str
    refresh: str


# --- making and reading ---------------------------------------------------------------------------


def _token(office: Office, sort: bytes, shown: Shown) -> str:
    said = bytes.fromhex(shown.family) + shown.turn.to_bytes(4, "big") + shown.until_ms.to_bytes(8, "big")
    mark = office.pass_mark(sort + shown.device_id + said)
    return f"{shown.device_id.hex()}.{base64.urlsafe_b64encode(said + mark).decode()}"


def _read(office: Office, sort: bytes, token: str) -> Shown:
    name, _, rest = token.partition(".")
    try:
        if len(token) > _LONGEST:
            raise unknown_device()
        device_id, data = bytes.fromhex(name), base64.urlsafe_b64decode(rest.encode("ascii"))
    except ValueError as error:
        raise unknown_device() from error
    said, mark = data[:-_MARK], data[-_MARK:]
    genuine = hmac.compare_digest(mark, office.pass_mark(sort + device_id + said))
    if not genuine or len(device_id) != 16 or len(said) != _FAMILY + 12:
        raise unknown_device()
    family, rest_of_it = said[:_FAMILY], said[_FAMILY:]
    return Shown(
        device_id,
        family.hex(),
        int.from_bytes(rest_of_it[:4], "big"),
        int.from_bytes(rest_of_it[4:], "big"),
    )


_ACCESS, _REFRESH = b"access", b"refresh"


def _pair(office: Office, device_id: bytes, family: str, turn: int, now: int) -> Pair:
    return Pair(
        _token(office, _ACCESS, Shown(device_id, family, turn, now + ACCESS_MS)),
        _token(office, _REFRESH, Shown(device_id, family, turn, 0)),
    )


# --- what headquarters does with them ---------------------------------------------------------------


def begin_family(office: Office, db: Connection, device_id: bytes, now: int) -> Pair:
    """A new family for a device that enrols; whatever it had before holds no longer."""
    family = secrets.token_hex(_FAMILY)
    db.run(
        "UPDATE device SET family = ?, turn = 1, turned_ms = ?, shown = 0 WHERE device_id = ?",
        (family, now, device_id),
    )
    return _pair(office, device_id, family, 1, now)


def check_access(office: Office, token: str) -> Shown:
    """What an access token says. A forged one costs no look at the database. Raises No (401)."""
    return _read(office, _ACCESS, token)


def check_time(office: Office, shown: Shown) -> None:
    """Raises No (401, "expired") when an access token's time is over."""
    if office.now_ms() >= shown.until_ms:
        raise expired()


def note_shown(office: Office, shown: Shown) -> None:
    """The device has what this turn gave it: from now on the token before it is one of the past."""
    office.write(
        lambda db: db.run(
            "UPDATE device SET shown = ?, seen_ms = ? WHERE device_id = ? AND family = ? AND shown < ?",
            (shown.turn, office.now_ms(), shown.device_id, shown.family, shown.turn),
        )
    )


def renew(office: Office, request: Renew) -> Renewed:
    """The next pass for a refresh token. Raises No (400; 401: not known, not this device's, or of the past)."""
    if request.protocol != PROTOCOL:
        raise bad_request("protocol")
    shown = _read(office, _REFRESH, request.refresh)
    rows = office.read().query("SELECT public_key FROM device WHERE device_id = ?", (shown.device_id,))
    key = bytes(rows[0][0]) if rows else _NO_KEY
    if not verifies(key, renewal_proof(request.refresh), request.proof):
        raise unknown_device()
    outcome = office.write(lambda db: _turn(office, db, shown))
    if isinstance(outcome, No):
        raise outcome
    return Renewed(token=outcome.access, refresh=outcome.refresh)


def _turn(office: Office, db: Connection, token: Shown) -> Pair | No:
    """Turn a device's family, or end it. What is refused is returned, so that the end is kept."""
    now = office.now_ms()
    lock = "" if db.dialect == "sqlite" else " FOR UPDATE"
    rows = db.query(
        f"SELECT family, turn, turned_ms, shown, revoked FROM device WHERE device_id = ?{lock}",
        (token.device_id,),
    )
    family, last, turned, shown, revoked = rows[0] if rows else ("", 0, 0, 0, 1)
    if revoked or family != token.family:
        return unknown_device()
    if token.turn >= int(last):
        db.run(
            "UPDATE device SET turn = ?, turned_ms = ?, shown = ?, seen_ms = ? WHERE device_id = ?",
            (token.turn + 1, now, token.turn, now, token.device_id),
        )
        return _pair(office, token.device_id, token.family, token.turn + 1, now)
    lost = int(shown) < int(last) or now - int(turned) <= GRACE_MS
    if token.turn == int(last) - 1 and lost:
        return _pair(office, token.device_id, token.family, int(last), now)
    db.run("UPDATE device SET family = '' WHERE device_id = ?", (token.device_id,))
    # Brought in when there is something to say: commands start without it.
    import structlog

    log = structlog.get_logger(__name__)
    log.warning("pass_of_the_past", device=token.device_id.hex(), turn=token.turn, last=int(last))
    return unknown_device()
