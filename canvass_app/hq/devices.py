"""Devices: one-time codes, enrolment, tokens, and which ridings a device may see."""

from __future__ import annotations

import hmac
import json
import secrets
import threading
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, replace

from canvass_app.domain.roles import RECORDERS, Role
from canvass_app.storage.database import Connection
from canvass_app.sync.boxes import BOX_BYTES
from canvass_app.sync.joining import CODE_HALF, CODE_SYMBOLS, tidy_code
from canvass_app.sync.messages import Enrol, Enrolled
from canvass_app.sync.signing import enrol_proof, verifies

from .office import Office
from .passes import Pair, begin_family, check_access, check_time, note_shown
from .refusals import No, bad_code, bad_request, other_device, too_many, unknown_device
from .ridings import ALL, riding_states

CODE_MINUTES = 15
SEEN_MS = 60_000
"""When a device was last here is known to the minute: no write for each request."""
MOST_TRIES = 5
BLOCK = 100
_MOST_RIDING_ID = 10**10
_FIRST_NUMBER = 1_000
# Laptops that have not joined draw from these by themselves (services.walk_lists).
_NOT_LEASED = range(100_000, 1_000_000)
_NO_ONE = bytes(32)
MAY_FETCH = RECORDERS | {Role.ADMIN, Role.ORGANISER, Role.LEAD}
"""Who is told of people at all."""


@dataclass(frozen=True, slots=True)
class Device:
    """An enrolled device. `ridings` is None for all."""

    device_id: bytes
    name: str
    ridings: frozenset[int] | None
    scope_generation: int
    role: Role = Role.LEAD
    declared: str = ""
    """The text that was accepted there (hq/declaring.py)."""
    given_to: tuple[str, ...] = ()
    """Whose turfs and lists it holds, where it holds a part of its ridings (hq/slicing.py)."""

    @property
    def holds_a_part(self) -> bool:
        """Whether it holds what is given to these names alone, and not whole ridings."""
        return bool(self.given_to) or self.role in RECORDERS

    def may_see(self, riding_id: int) -> bool:
        """Whether the riding is in the device's scope."""
        return 0 < riding_id < _MOST_RIDING_ID and (self.ridings is None or riding_id in self.ridings)


@dataclass(frozen=True, slots=True)
class Code:
    """A one-time code as a person reads it, and when it ends (milliseconds UTC)."""

    text: str
    expires_ms: int


class WrongCodes:
    """Bounds how fast codes can be guessed: per address and altogether, within any minute."""

    PER_ADDRESS, ALTOGETHER, WINDOW_MS = 10, 60, 60_000

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._recent: deque[tuple[int, str]] = deque()

    def check(self, address: str, now_ms: int) -> None:
        """Raises No (429) when there were too many."""
        with self._lock:
            while self._recent and self._recent[0][0] <= now_ms - self.WINDOW_MS:
                self._recent.popleft()
            mine = sum(one == address for _, one in self._recent)
            if mine >= self.PER_ADDRESS or len(self._recent) >= self.ALTOGETHER:
                raise too_many(max(1, (self._recent[0][0] + self.WINDOW_MS - now_ms) // 1000))

    def note(self, address: str, now_ms: int) -> None:
        """One more wrong code."""
        with self._lock:
            self._recent.append((now_ms, address))


# --- codes --------------------------------------------------------------------------------------


def issue_code(
    office: Office,
    ridings: frozenset[int] | None,
    label: str,
    role: Role = Role.LEAD,
    given_to: Sequence[str] = (),
) -> Code:
    """A new one-time code for a device of this role that may see `ridings` (None: all, later ones too).

    `given_to`: of these, only what is given to these names (see giving.py).
    """
    names = json.dumps(list(given_to), ensure_ascii=False)
    expires = office.now_ms() + CODE_MINUTES * 60_000

    def work(db: Connection) -> str:
        db.run("DELETE FROM enrolment WHERE expires_ms < ?", (office.now_ms() - 86_400_000,))
        while True:
            halves = ["".join(secrets.choice(CODE_SYMBOLS) for _ in range(CODE_HALF)) for _ in range(2)]
            if not db.query("SELECT 1 FROM enrolment WHERE selector = ?", (halves[0],)):
                break
        text = "-".join(halves)
        db.run(
            "INSERT INTO enrolment (selector, code_hash, ridings, label, expires_ms, tries, used_by, role, given_to)"
            " VALUES (?,?,?,?,?,0,?,?,?)",
            (halves[0], office.code_hash(text), _scope_text(ridings), label, expires, b"", role.value, names),
        )
        return text

    return Code(office.write(work), expires)


def _scope_text(ridings: frozenset[int] | None) -> str:
    return json.dumps(ALL if ridings is None else sorted(ridings))


def _both(one: str, other: str) -> str:
    first, second = scope_of(one), scope_of(other)
    return _scope_text(None if first is None or second is None else first | second)


def scope_of(text: str) -> frozenset[int] | None:
    """The ridings that a device's row names; None for all."""
    value = json.loads(text)
    return None if value == ALL else frozenset(int(one) for one in value)


# --- joining ------------------------------------------------------------------------------------


def enrol(office: Office, wrong: WrongCodes, address: str, request: Enrol) -> Enrolled:
    """Exchange a code for a token. The same device may repeat it while the code lasts (a lost answer).

    Raises No.
    """
    now = office.now_ms()
    wrong.check(address, now)
    keys = (len(request.public_key), len(request.box_key))
    if len(request.device_id) != 16 or keys != (32, BOX_BYTES) or len(request.device_name) > 200:
        raise bad_request()
    if not verifies(
        request.public_key,
        enrol_proof(request.code, request.device_id, request.public_key, request.box_key),
        request.proof,
    ):
        raise bad_request("proof")
    joined = office.write(lambda db: _enrol(office, db, request, now))
    if isinstance(joined, No):
        wrong.note(address, now)
        raise joined
    own, first = joined
    # A code is an organiser's word for what it had handed in meanwhile, too.
    from .handing_in import take_what_may_be_sent

    take_what_may_be_sent(office, request.device_id)
    device = find_device(office, request.device_id)
    if device is None:
        # Somebody shut it out in this very moment.
        raise unknown_device()
    campaign, _ = office.campaign()
    return Enrolled(
        token=own.access,
        refresh=own.refresh,
        hq_key=office.public_key,
        epoch=office.epoch,
        campaign=campaign,
        ridings=riding_states(office, device.device_id, device.ridings),
        numbers_first=first,
        numbers_count=BLOCK,
        server_time=now,
        hq_box=office.box_key,
        role=device.role.value,
        device_name=device.name,
    )


def _enrol(office: Office, db: Connection, request: Enrol, now: int) -> No | tuple[Pair, int]:
    """The device's pass and its first walk-list number. A refusal is returned: the wrong try it counts is kept."""
    code = tidy_code(request.code)
    lock = "" if db.dialect == "sqlite" else " FOR UPDATE"
    rows = db.query(
        "SELECT code_hash, ridings, label, expires_ms, tries, used_by, role, given_to FROM enrolment"
        f" WHERE selector = ?{lock}",
        (code[:CODE_HALF],),
    )
    stored, ridings, label, expires, tries, used_by, role, names = (
        rows[0] if rows else (_NO_ONE, "[]", "", 0, 0, b"", "", "[]")
    )
    fits = hmac.compare_digest(bytes(stored), office.code_hash(code))
    alive = int(expires) > now and int(tries) < MOST_TRIES
    if not fits or not alive:
        if rows and not fits:
            db.run("UPDATE enrolment SET tries = tries + 1 WHERE selector = ?", (code[:CODE_HALF],))
        return bad_code()
    if bytes(used_by) not in (b"", request.device_id):
        return bad_code()
    known = db.query(
        "SELECT public_key, ridings, had, role, given_to FROM device WHERE device_id = ?",
        (request.device_id,),
    )
    if known and not hmac.compare_digest(bytes(known[0][0]), request.public_key):
        return other_device()
    db.run("UPDATE enrolment SET used_by = ? WHERE selector = ?", (request.device_id, code[:CODE_HALF]))
    if known:
        grown = 0 if (known[0][1], *known[0][3:]) == (ridings, role, names) else 1
        db.run(
            "UPDATE device SET role = ?, given_to = ?, ridings = ?, had = ?, scope_generation = scope_generation + ?, revoked = 0,"
            " revoked_ms = 0, wipe = 0, told_ms = 0, emptied_ms = 0, enrolled_ms = ?, box_key = ? WHERE device_id = ?",
            (
                role,
                names,
                ridings,
                _both(known[0][2], ridings),
                grown,
                now,
                request.box_key,
                request.device_id,
            ),
        )
    else:
        db.run(
            "INSERT INTO device (device_id, name, public_key, box_key, ridings, had, scope_generation, enrolled_ms,"
            " seen_ms, revoked, role, given_to) VALUES (?,?,?,?,?,?,1,?,?,0,?,?)",
            (
                request.device_id, label or request.device_name, request.public_key, request.box_key, ridings, ridings,
                now, now, role, names,
            ),
        )  # fmt: skip
    return begin_family(office, db, request.device_id, now), _lease_numbers(db, request.device_id, now)


def _lease_numbers(db: Connection, device_id: bytes, now: int) -> int:
    """The first of a block of walk-list numbers; a repeated enrolment gets the block it has."""
    own = db.query("SELECT MAX(first) FROM number_block WHERE device_id = ?", (device_id,))
    if own[0][0] is not None:
        return int(own[0][0])
    while True:
        last = db.query("SELECT MAX(first) FROM number_block")[0][0]
        first = _FIRST_NUMBER if last is None else int(last) + BLOCK
        if first in _NOT_LEASED:
            first = _NOT_LEASED.stop
        # Two enrolments at once ask for one number: the second waits for the first, changes nothing, and asks again.
        if db.run(
            "INSERT INTO number_block (first, device_id, leased_ms) VALUES (?,?,?) ON CONFLICT DO NOTHING",
            (first, device_id, now),
        ):
            return first


# --- tokens -------------------------------------------------------------------------------------


_FACTS = "name, ridings, scope_generation, role, declared, given_to"


def find_device(office: Office, device_id: bytes) -> Device | None:
    """A device that is not revoked."""
    rows = office.read().query(
        f"SELECT {_FACTS} FROM device WHERE device_id = ? AND revoked = 0",
        (device_id,),
    )
    return _device(device_id, *rows[0]) if rows else None


@dataclass(frozen=True, slots=True)
class Keys:
    """A laptop's public keys."""

    signing: bytes
    box: bytes


def keys_of(office: Office, device_id: bytes) -> Keys:
    """The keys of a laptop that has joined."""
    ((signing, box),) = office.read().query(
        "SELECT public_key, box_key FROM device WHERE device_id = ?", (device_id,)
    )
    return Keys(bytes(signing), bytes(box))


@dataclass(frozen=True, slots=True)
class Former:
    """A device whether it is let in or not: as it is `now`, and with every riding that it `ever` had."""

    now: Device
    ever: Device
    revoked: bool


def device_of_old(office: Office, device_id: bytes) -> Former | None:
    """A device that joined once, whatever became of it."""
    rows = office.read().query(
        f"SELECT {_FACTS}, had, revoked FROM device WHERE device_id = ?",
        (device_id,),
    )
    if not rows:
        return None
    *facts, had, revoked = rows[0]
    now = _device(device_id, *facts)
    return Former(now, replace(now, ridings=scope_of(had)), bool(revoked))


def _device(
    device_id: bytes, name: str, ridings: str, generation: int, role: str, declared: str, given_to: str
) -> Device:
    names = tuple(json.loads(given_to))
    return Device(device_id, name, scope_of(ridings), int(generation), Role(role), declared, names)


def authenticate(office: Office, header: str) -> Device:
    """The device of an Authorization header. Raises No (401; "expired" when only the token's time is over)."""
    scheme, _, token = header.partition(" ")
    if scheme.lower() != "bearer":
        raise unknown_device()
    shown = check_access(office, token)
    rows = office.read().query(
        f"SELECT family, shown, revoked, seen_ms, {_FACTS} FROM device WHERE device_id = ?",
        (shown.device_id,),
    )
    if not rows:
        raise unknown_device()
    family, before, revoked, seen, *facts = rows[0]
    if revoked or family != shown.family:
        raise unknown_device()
    check_time(office, shown)
    if int(before) < shown.turn:
        note_shown(office, shown)
    elif office.now_ms() - int(seen) >= SEEN_MS:
        _note_seen(office, shown.device_id)
    return _device(shown.device_id, *facts)


def _note_seen(office: Office, device_id: bytes) -> None:
    now = office.now_ms()
    office.write(lambda db: db.run("UPDATE device SET seen_ms = ? WHERE device_id = ?", (now, device_id)))


def revoke(office: Office, device_id: bytes, *, wipe: bool = True) -> bool:
    """Refuse a device from now on; whether it was known.

    `wipe`: at its next contact it hands in what is unsent and then holds nothing more (hq/standing.py).
    """
    return office.write(
        lambda db: (
            db.run(
                "UPDATE device SET revoked_ms = CASE WHEN revoked = 1 THEN revoked_ms ELSE ? END, revoked = 1, wipe = ?"
                " WHERE device_id = ?",
                (office.now_ms(), int(wipe), device_id),
            )
            > 0
        )
    )


def narrow(office: Office, device_id: bytes, ridings: frozenset[int] | None) -> bool:
    """Show a device other ridings from now on (None: all); whether that changed anything.

    What it no longer may see leaves it at its next contact; what it had not sent of it is handed in first. What waits of
    ridings that it may see again is taken.
    """

    def work(db: Connection) -> bool:
        rows = db.query("SELECT ridings, had FROM device WHERE device_id = ?", (device_id,))
        wanted = _scope_text(ridings)
        if not rows or rows[0][0] == wanted:
            return False
        db.run(
            "UPDATE device SET ridings = ?, had = ?, scope_generation = scope_generation + 1 WHERE device_id = ?",
            (wanted, _both(rows[0][1], wanted), device_id),
        )
        return True

    changed = office.write(work)
    if changed:
        from .handing_in import take_what_may_be_sent

        take_what_may_be_sent(office, device_id)
    return changed
