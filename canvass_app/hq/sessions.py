"""Who is logged in. The browser holds 32 random bytes, headquarters their SHA-256: a reader of the table has nothing.

A session ends 12 hours after the log-in, 30 minutes after it was last used, with the password, and when its owner is
shut out.
"""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass
from hashlib import sha256

from canvass_app.storage.database import Connection

from .accounts import Account, account_of
from .office import Office

LASTS_MS = 12 * 3_600_000
IDLE_MS = 30 * 60_000
# So often a session that is used is noted as used: a write for each page would be one too many.
_NOTED_MS = 60_000
_LONGEST = 100


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody who is logged in, and what the browser showed."""

    account: Account
    secret: str


def begin(db: Connection, now_ms: int, login: str, before: str = "") -> str:
    """A new session and what its browser holds; the one that the browser showed `before` ends, and stale ones go."""
    end(db, before)
    db.run("DELETE FROM web_session WHERE began_ms < ? OR seen_ms < ?", (now_ms - LASTS_MS, now_ms - IDLE_MS))
    secret = secrets.token_urlsafe(32)
    db.run(
        "INSERT INTO web_session (hash, login, began_ms, seen_ms) VALUES (?,?,?,?)",
        (_hash(secret), login, now_ms, now_ms),
    )
    return secret


def find(office: Office, secret: str) -> Visitor | None:
    """Whose session this is; None when it is none, is over, or its owner is shut out."""
    if not secret or len(secret) > _LONGEST:
        return None
    rows = office.read().query(
        "SELECT s.began_ms, s.seen_ms, a.login, a.name, a.role, a.ridings, a.disabled, a.added_ms FROM web_session s"
        " JOIN account a ON a.login = s.login WHERE s.hash = ? AND a.disabled = 0",
        (_hash(secret),),
    )
    if not rows:
        return None
    began, seen, *facts = rows[0]
    now = office.now_ms()
    if now - int(began) >= LASTS_MS or now - int(seen) >= IDLE_MS:
        return None
    if now - int(seen) >= _NOTED_MS:
        office.write(
            lambda db: db.run(
                "UPDATE web_session SET seen_ms = ? WHERE hash = ? AND seen_ms < ?", (now, _hash(secret), now)
            )
        )
    return Visitor(account_of(tuple(facts)), secret)


def end(db: Connection, secret: str) -> None:
    """Log out."""
    if secret and len(secret) <= _LONGEST:
        db.run("DELETE FROM web_session WHERE hash = ?", (_hash(secret),))


def _hash(secret: str) -> bytes:
    return sha256(secret.encode("utf-8", "surrogatepass")).digest()


# --- what a form carries ----------------------------------------------------------------------------


def form_token(office: Office, secret: str) -> str:
    """What a form of this browser's pages carries, and no other site can know."""
    return office.console_mark(b"form" + _hash(secret)).hex()


def is_form_token(office: Office, secret: str, token: str) -> bool:
    """Whether a form came from this browser's own page."""
    return bool(secret) and hmac.compare_digest(
        form_token(office, secret).encode(), token.encode("utf-8", "replace")
    )


# --- a browser that logged in before ------------------------------------------------------------------


def known_browser(office: Office, login: str) -> str:
    """What a browser keeps after a log-in, so that strangers' wrong tries do not make its owner wait."""
    nonce = secrets.token_bytes(16)
    return (nonce + office.console_mark(b"known" + nonce + login.encode())).hex()


def browser_of(office: Office, login: str, shown: str) -> bytes:
    """The number of a browser that logged in with this login before; b"" for any other."""
    try:
        data = bytes.fromhex(shown) if len(shown) == 96 else b""
    except ValueError:
        return b""
    nonce, mark = data[:16], data[16:]
    genuine = hmac.compare_digest(
        mark, office.console_mark(b"known" + nonce + login.encode("utf-8", "replace"))
    )
    return nonce if genuine else b""
