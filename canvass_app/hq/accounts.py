"""People who log in to headquarters' pages: who they are, what they may touch, and what was done with their logins."""

from __future__ import annotations

import json
import re
import secrets
from dataclasses import dataclass
from typing import Any, Final

from canvass_app.domain.errors import InputError, NotFound
from canvass_app.domain.roles import Role
from canvass_app.domain.text import Text
from canvass_app.storage.database import Connection

from .devices import scope_of
from .office import Office
from .passwords import check_new, hashed
from .ridings import ALL

ROLES: Final = (Role.ADMIN, Role.ORGANISER, Role.OBSERVER)
"""Whom headquarters' pages are for. The others do their work on laptops."""
MOST_LOGIN = 100
_PAST_DAYS = 90
_MOST_WRONG = 100
_LOGIN = re.compile(r"[a-z0-9][a-z0-9._@+-]{2,98}")

_BAD_LOGIN = Text(
    "“{login}” cannot be a login. Nothing was changed. Use 3 to 99 letters without accents, digits, or . _ @ + -; an e-mail "
    "address is fine.",
    "« {login} » ne peut pas servir d’identifiant. Rien n’a été modifié. Prenez de 3 à 99 lettres sans accents, chiffres ou "
    ". _ @ + -; une adresse courriel convient.",
)
_THERE = Text(
    "Somebody has the login “{login}” already. Nothing was changed. “canvass-hq person list” shows everybody.",
    "L’identifiant « {login} » existe déjà. Rien n’a été modifié. « canvass-hq person list » montre tout le monde.",
)
_NOBODY = Text(
    "Nobody has the login “{login}”. Nothing was changed. “canvass-hq person list” shows everybody.",
    "Personne n’a l’identifiant « {login} ». Rien n’a été modifié. « canvass-hq person list » montre tout le monde.",
)


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who logs in. `ridings` is None for all, later ones too."""

    login: str
    name: str
    role: Role
    ridings: frozenset[int] | None
    disabled: bool
    added_ms: int

    def may_see(self, riding_id: int) -> bool:
        """Whether the riding is in this person's scope."""
        return self.ridings is None or riding_id in self.ridings

    def covers(self, ridings: frozenset[int] | None) -> bool:
        """Whether all of these ridings (None: every one) are in this person's scope."""
        return self.ridings is None or (ridings is not None and ridings <= self.ridings)


@dataclass(frozen=True, slots=True)
class Past:
    """Something that was done with a login: "in", "wrong", "out", "password", "code", "revoked"."""

    at_ms: int
    what: str
    detail: str


def tidy_login(text: str) -> str:
    """A login as it is kept: lower case, without blanks around it."""
    return text.strip().casefold()


def add_account(
    office: Office, login: str, name: str, role: Role, ridings: frozenset[int] | None, password: str
) -> Account:
    """Let somebody log in from now on. Raises InputError; nothing is changed then."""
    own = tidy_login(login)
    if not _LOGIN.fullmatch(own):
        raise InputError(_BAD_LOGIN.fill(login=login[:MOST_LOGIN]))
    check_new(password, own)
    made = Account(own, name.strip()[:200] or own, role, ridings, False, office.now_ms())
    kept = hashed(password)

    def work(db: Connection) -> bool:
        return bool(
            db.run(
                "INSERT INTO account (login, name, role, ridings, password, disabled, added_ms) VALUES (?,?,?,?,?,0,?)"
                " ON CONFLICT DO NOTHING",
                (
                    own,
                    made.name,
                    role.value,
                    json.dumps(ALL if ridings is None else sorted(ridings)),
                    kept,
                    made.added_ms,
                ),
            )
        )

    if not office.write(work):
        raise InputError(_THERE.fill(login=own))
    return made


def every_account(db: Connection) -> list[Account]:
    """Everybody, by login."""
    rows = db.query("SELECT login, name, role, ridings, disabled, added_ms FROM account ORDER BY login")
    return [account_of(row) for row in rows]


def account_of(row: tuple[Any, ...]) -> Account:
    """From (login, name, role, ridings, disabled, added_ms)."""
    login, name, role, ridings, disabled, added_ms = row
    return Account(str(login), str(name), Role(role), scope_of(ridings), bool(disabled), int(added_ms))


def change_password(office: Office, login: str, password: str) -> None:
    """A new password; whoever is logged in under the old one is logged out. Raises InputError or NotFound."""
    own = known_login(office.read(), login)
    check_new(password, own)
    kept = hashed(password)

    def work(db: Connection) -> None:
        db.run("UPDATE account SET password = ? WHERE login = ?", (kept, own))
        db.run("DELETE FROM web_session WHERE login = ?", (own,))
        note_past(db, office.now_ms(), own, "password")

    office.write(work)


def set_disabled(office: Office, login: str, disabled: bool) -> bool:
    """Shut somebody out at once, or let in again; whether that changed anything. Raises NotFound."""
    own = known_login(office.read(), login)

    def work(db: Connection) -> bool:
        db.run("DELETE FROM web_session WHERE login = ?", (own,))
        changed = db.run(
            "UPDATE account SET disabled = ? WHERE login = ? AND disabled <> ?",
            (int(disabled), own, int(disabled)),
        )
        return changed > 0

    return office.write(work)


def known_login(db: Connection, login: str) -> str:
    """The login as it is kept. Raises NotFound."""
    own = tidy_login(login)
    if not db.query("SELECT 1 FROM account WHERE login = ?", (own,)):
        raise NotFound(_NOBODY.fill(login=login[:MOST_LOGIN]))
    return own


def note_past(db: Connection, now_ms: int, login: str, what: str, detail: str = "") -> None:
    """Keep what was done with a login ("": one that nobody has), for 90 days; of wrong tries only the newest hundred."""
    db.run(
        "INSERT INTO account_past (login, at_ms, nonce, what, detail) VALUES (?,?,?,?,?)",
        (login, now_ms, secrets.token_bytes(8), what, detail[:200]),
    )
    db.run(
        "DELETE FROM account_past WHERE login = ? AND at_ms < ?", (login, now_ms - _PAST_DAYS * 86_400_000)
    )
    if what == "wrong":
        oldest = db.query(
            "SELECT at_ms FROM account_past WHERE login = ? AND what = 'wrong' ORDER BY at_ms DESC LIMIT 1 OFFSET ?",
            (login, _MOST_WRONG - 1),
        )
        if oldest:
            db.run(
                "DELETE FROM account_past WHERE login = ? AND what = 'wrong' AND at_ms < ?",
                (login, oldest[0][0]),
            )


def past_of(db: Connection, login: str, most: int = 200) -> list[Past]:
    """What was done with a login, the newest first."""
    rows = db.query(
        "SELECT at_ms, what, detail FROM account_past WHERE login = ? ORDER BY at_ms DESC, nonce LIMIT ?",
        (login, most),
    )
    return [Past(int(at_ms), str(what), str(detail)) for at_ms, what, detail in rows]
