"""A member's optional PIN: it says who opens a shift on a shared laptop. It gives no authority; that stays the device's.

The PIN is kept as an argon2id hash, a field of the member. Wrong tries are counted on this laptop alone, in its
database, so that closing the program does not wipe them out.
"""

from __future__ import annotations

import hmac
import os
from collections.abc import Sequence

from canvass_app.domain.address import fold
from canvass_app.domain.errors import InputError
from canvass_app.domain.text import Text, how_many
from canvass_app.ledger.kinds import MemberPinSet
from canvass_app.storage.changes import ChangeSet

from .book import Book

LEAST, MOST = 4, 8
TRIES, WAIT_MS = 5, 60_000
# OWASP's first choice for argon2id: 19 MiB, 2 passes. A PIN of four digits is no secret from whoever holds the database;
# the cost keeps somebody at the keyboard from being quick.
_TIME, _MEMORY_KIB, _LANES, _BYTES = 2, 19_456, 1, 32
_SORT = "argon2id"

_BAD_PIN = Text(
    "A PIN has 4 to 8 digits. Nothing was saved.",
    "Un NIP compte de 4 à 8 chiffres. Rien n’a été enregistré.",
)
_HAS_ONE = Text(
    "This member has a PIN already. Nothing was saved. A team lead can take it away on Teams.",
    "Ce membre a déjà un NIP. Rien n’a été enregistré. Une personne responsable peut le retirer sous Équipes.",
)
_WRONG = Text(
    "This is not {name}’s PIN. Tries left: {left}. A team lead can take a forgotten PIN away on Teams.",
    "Ce n’est pas le NIP de {name}. Essais restants : {left}. Une personne responsable peut retirer un NIP oublié sous "
    "Équipes.",
)
_WAIT_ONE = Text(
    "Wrong PIN five times. Wait {n} second, then try again. Nothing is lost. A team lead can take a forgotten PIN away.",
    "NIP erroné cinq fois. Attendez {n} seconde, puis réessayez. Rien n’est perdu. Une personne responsable peut retirer "
    "un NIP oublié.",
)
_WAIT_MANY = Text(
    "Wrong PIN five times. Wait {n} seconds, then try again. Nothing is lost. A team lead can take a forgotten PIN away.",
    "NIP erroné cinq fois. Attendez {n} secondes, puis réessayez. Rien n’est perdu. Une personne responsable peut "
    "retirer un NIP oublié.",
)


_NOBODY = Text(
    "Nobody called {name} is in a team of this riding. Nothing was saved. A team lead adds members on Teams.",
    "Personne du nom de {name} n’est dans une équipe de cette circonscription. Rien n’a été enregistré. Les responsables "
    "ajoutent les membres sous Équipes.",
)
_SEVERAL = Text(
    "Several members are called {name}. Nothing was saved. A team lead can tell them apart on Teams.",
    "Plusieurs membres se nomment {name}. Rien n’a été enregistré. Une personne responsable peut les distinguer sous "
    "Équipes.",
)
PINS_DIFFER = Text(
    "The two PINs differ. Nothing was saved; type it twice again.",
    "Les deux NIP diffèrent. Rien n’a été enregistré; tapez-le de nouveau deux fois.",
)


class WrongPin(InputError):
    """The PIN is not the member's, or was wrong too often for now."""


def set_pin(book: Book, riding_id: int, member_id: bytes, pin: str, *, author: str = "") -> ChangeSet:
    """Give a member who has none a PIN. Raises InputError (not 4 to 8 digits, or they have one)."""
    if not (pin.isascii() and pin.isdigit() and LEAST <= len(pin) <= MOST):
        raise InputError(_BAD_PIN)
    salt = os.urandom(16)
    said = f"{_SORT}${_TIME}${_MEMORY_KIB}${_LANES}${salt.hex()}${_hash(pin, salt, _TIME, _MEMORY_KIB, _LANES).hex()}"
    with book.act(author) as act:
        rows = act.db.query(
            "SELECT pin FROM member WHERE riding_id = ? AND member_id = ?", (riding_id, member_id)
        )
        if rows and rows[0][0]:
            raise InputError(_HAS_ONE)
        act.add(riding_id, member_id, MemberPinSet(pin=said))
    return act.changes


def choose_pin(book: Book, riding_id: int | None, name: str, pin: str) -> ChangeSet:
    """Give the one member of this name a PIN, as they choose it when they open a shift.

    Raises InputError: nobody or several of the name are in teams, they have one already, or it is no PIN.
    """
    found = members_named(book, name, riding_id)
    if len(found) != 1:
        raise InputError((_SEVERAL if found else _NOBODY).fill(name=" ".join(name.split())))
    riding, member, _ = found[0]
    return set_pin(book, riding, member, pin, author=" ".join(name.split()))


def clear_pin(book: Book, riding_id: int, member_id: bytes, *, author: str = "") -> ChangeSet:
    """Take a member's PIN away: a lead's help for somebody who forgot it. Wrong tries are forgotten with it."""
    with book.act(author) as act:
        act.add(riding_id, member_id, MemberPinSet(pin=""))
        act.set_meta(_fact(member_id), "")
    return act.changes


def members_named(book: Book, name: str, riding_id: int | None = None) -> list[tuple[int, bytes, bool]]:
    """(riding, member, has a PIN) of everybody of this name who is in a team."""
    where, values = ("", ()) if riding_id is None else (" AND m.riding_id = ?", (riding_id,))
    rows = book.read().query(
        f"SELECT m.riding_id, m.member_id, m.pin FROM member m WHERE m.search = ?{where} AND EXISTS (SELECT 1"
        " FROM team_member tm WHERE tm.riding_id = m.riding_id AND tm.member_id = m.member_id)"
        " ORDER BY m.riding_id, m.member_id",
        (fold(name), *values),
    )
    return [(int(riding), bytes(member), bool(pin)) for riding, member, pin in rows]


def names_at_opening(book: Book) -> list[tuple[str, bool]]:
    """Whom a shift's opening offers as one types, and whether each has a PIN: the members of open teams, by name."""
    rows = book.read().query(
        "SELECT m.search, m.name, m.pin FROM member m WHERE EXISTS (SELECT 1 FROM team_member tm JOIN team t"
        " ON t.riding_id = tm.riding_id AND t.team_id = tm.team_id WHERE tm.riding_id = m.riding_id"
        " AND tm.member_id = m.member_id AND t.shut = 0) ORDER BY m.search, m.member_id"
    )
    found: dict[str, tuple[str, bool]] = {}
    for search, name, pin in rows:
        known = found.get(search)
        found[search] = (known[0], known[1] and bool(pin)) if known else (str(name), bool(pin))
    return list(found.values())


def asks_pin(book: Book, name: str) -> bool:
    """Whether a shift under this name is opened with a PIN: every member of the name has one."""
    found = members_named(book, name)
    return bool(found) and all(has_pin for *_, has_pin in found)


def check_pin(book: Book, name: str, pin: str) -> None:
    """Let a member of this name who chose a PIN open a shift. Nothing happens where none is asked for.

    Raises WrongPin: the PIN is no such member's, or five were wrong and a minute has not passed.
    """
    found = members_named(book, name) if asks_pin(book, name) else []
    if not found:
        return
    members = [member for _, member, _ in found]
    now = book.now_ms()
    wrong, since = max(_tries(book, member) for member in members)
    # A clock that was set back must not lock anybody out for longer than a minute.
    waited = now - since if since <= now else WAIT_MS
    if wrong >= TRIES and waited < WAIT_MS:
        raise WrongPin(_wait(WAIT_MS - waited))
    if wrong >= TRIES:
        wrong = 0
    if any(_fits(book, riding, member, pin) for riding, member, _ in found):
        if wrong or since:
            book.set_facts({_fact(member): "" for member in members})
        return
    book.set_facts({_fact(member): f"{wrong + 1} {now}" for member in members})
    if wrong + 1 >= TRIES:
        raise WrongPin(_wait(WAIT_MS))
    raise WrongPin(_WRONG.fill(name=" ".join(name.split()), left=TRIES - wrong - 1))


def forget_tries(members: Sequence[bytes]) -> dict[str, str]:
    """The facts that say nothing of these members' tries any more."""
    return {_fact(member): "" for member in members}


def _wait(ms: int) -> Text:
    return how_many(-(-ms // 1000), _WAIT_ONE, _WAIT_MANY)


def _fact(member_id: bytes) -> str:
    return f"pin_tries:{member_id.hex()}"


def _tries(book: Book, member_id: bytes) -> tuple[int, int]:
    """How many wrong ones in a row, and when the last was."""
    wrong, _, since = book.meta(_fact(member_id)).partition(" ")
    return (int(wrong), int(since)) if wrong.isdigit() and since.isdigit() else (0, 0)


def _fits(book: Book, riding_id: int, member_id: bytes, pin: str) -> bool:
    rows = book.read().query(
        "SELECT pin FROM member WHERE riding_id = ? AND member_id = ?", (riding_id, member_id)
    )
    try:
        sort, time, memory, lanes, salt, kept = str(rows[0][0] if rows else "").split("$")
        cost = int(time), int(memory), int(lanes)
        # What another laptop wrote is taken as far as it can be meant: a cost is no way to halt this one.
        if sort != _SORT or cost[0] > 10 or cost[1] > 1 << 17 or cost[2] > 4:
            return False
        return hmac.compare_digest(_hash(pin, bytes.fromhex(salt), *cost), bytes.fromhex(kept))
    except ValueError:
        return False


def _hash(pin: str, salt: bytes, time: int, memory_kib: int, lanes: int) -> bytes:
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    kdf = Argon2id(salt=salt, length=_BYTES, iterations=time, lanes=lanes, memory_cost=memory_kib)
    return kdf.derive(pin.encode())
