"""The door of headquarters' pages: one guess at a password at a time, and ever longer waits for who guesses wrong.

Three things keep a flood of log-ins away from syncing laptops. A hash runs on a thread of its own, one at a time, and is
followed by a rest three times as long: a flood has a quarter of one core, whatever the machine. Those who wait for it stand
in a line of eight; beyond it they are told to come back. And who guessed wrong too often is refused before any hash. Neither
refusal hurries, so that who floods waits for it.

Nobody is locked out by a stranger: a browser that has logged in before is known by a cookie of headquarters' own, has waits
of its own, and goes before strangers (OWASP's "device cookies").
"""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict, deque
from collections.abc import AsyncGenerator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from hashlib import sha256
from ipaddress import IPv6Address, ip_address
from typing import NamedTuple

from canvass_app.storage.database import Connection

from . import passwords, sessions
from .accounts import MOST_LOGIN, Account, account_of, note_past, tidy_login
from .office import Office
from .refusals import No, crowded, too_many_tries

IN_LINE = 8
HELD = 256
"""So many refusals may be held back at once; beyond that they are given at once."""
HOLD_SECONDS = 1.0
# A hash is followed by a pause this many times as long. Not a thread of lower priority instead: it would still take Python's
# one lock when it wakes, and keep it from all others until the machine remembers that thread.
REST = 3.0
_MINUTE = 60_000


class Waits:
    """Who tried wrongly too often waits, each time twice as long. Times are milliseconds."""

    FORGOTTEN_MS = 30 * _MINUTE
    MOST_KEYS = 10_000

    def __init__(self, free: int, longest_ms: int) -> None:
        """`free` wrong tries cost nothing; the next ones 1 s, 2 s, 4 s, ... up to `longest_ms`."""
        self._free, self._longest_ms = free, longest_ms
        self._tries: OrderedDict[bytes, tuple[int, int, int]] = OrderedDict()

    def left_ms(self, key: bytes, now_ms: int) -> int:
        """How long this one still has to wait."""
        _, until, last = self._tries.get(key, (0, 0, 0))
        # A clock that was set back makes nobody wait longer than the longest wait.
        return min(max(0, until - now_ms), self._longest_ms) if now_ms - last < self.FORGOTTEN_MS else 0

    def note(self, key: bytes, now_ms: int) -> None:
        """One more try, wrong until `forgive` says otherwise."""
        tries, _, last = self._tries.pop(key, (0, 0, 0))
        tries = tries + 1 if now_ms - last < self.FORGOTTEN_MS else 1
        self._tries[key] = (tries, now_ms + self._wait_ms(tries), now_ms)
        while len(self._tries) > self.MOST_KEYS:
            self._tries.popitem(last=False)

    def _wait_ms(self, tries: int) -> int:
        over = tries - self._free
        return min(1_000 << min(over, 20), self._longest_ms) if over >= 0 else 0

    def take_back(self, key: bytes) -> None:
        """The last try was not looked at, or was right: it does not count."""
        tries, _, last = self._tries.get(key, (0, 0, 0))
        if tries > 1:
            self._tries[key] = (tries - 1, last + self._wait_ms(tries - 1), last)
        else:
            self._tries.pop(key, None)

    def forgive(self, key: bytes) -> None:
        """Forget the wrong tries of this one."""
        self._tries.pop(key, None)


class Line:
    """One at a time, the known before strangers; who finds the line full is told so at once. On the event loop alone."""

    def __init__(self, most: int = IN_LINE) -> None:
        self._most = most
        self._known: deque[asyncio.Future[None]] = deque()
        self._strangers: deque[asyncio.Future[None]] = deque()
        self._taken = False

    @asynccontextmanager
    async def turn(self, known: bool) -> AsyncGenerator[None]:
        """Wait for one's turn and have it. Raises No (503)."""
        if self._taken:
            lane = self._known if known else self._strangers
            if len(lane) >= self._most:
                raise crowded()
            ticket = asyncio.get_running_loop().create_future()
            lane.append(ticket)
            try:
                await ticket
            except asyncio.CancelledError:
                if ticket in lane:
                    lane.remove(ticket)
                elif not ticket.cancelled():
                    self._next()
                raise
        self._taken = True
        begun = time.perf_counter()
        try:
            yield
        finally:
            rest = (time.perf_counter() - begun) * REST
            asyncio.get_running_loop().call_later(rest, self._next)

    def _next(self) -> None:
        for lane in (self._known, self._strangers):
            while lane:
                ticket = lane.popleft()
                if not ticket.done():
                    ticket.set_result(None)
                    return
        self._taken = False


class Entered(NamedTuple):
    """Somebody logged in: what the browser is to hold."""

    account: Account
    secret: str
    known: str


class Door:
    """What a serving headquarters keeps for its pages: threads of their own, the line, the waits."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._line = Line()
        self._held = 0
        self.addresses = Waits(free=10, longest_ms=15 * _MINUTE)
        self.logins = Waits(free=5, longest_ms=_MINUTE)
        self.browsers = Waits(free=10, longest_ms=15 * _MINUTE)
        self._hashing = ThreadPoolExecutor(1, "hq-hash")

    async def enter(self, login: str, password: str, address: str, known: str, before: str) -> Entered | None:
        """Somebody who logs in; None when login and password do not fit. Raises No (429, 503).

        `known`, `before`: what the browser shows of an earlier log-in and of a session.
        """
        office, now = self._office, self._office.now_ms()
        own = tidy_login(login[: MOST_LOGIN * 2])
        browser = sessions.browser_of(office, own, known)
        counted = [(self.browsers, browser)] if browser else [
            (self.logins, sha256(own.encode("utf-8", "replace")).digest()), (self.addresses, _network(address)),
        ]  # fmt: skip
        left = max(waits.left_ms(key, now) for waits, key in counted)
        if left:
            await self._hold()
            raise too_many_tries(-(-left // 1000))
        for waits, key in counted:
            waits.note(key, now)
        try:
            async with self._line.turn(known=bool(browser)):
                entered = await asyncio.get_running_loop().run_in_executor(
                    self._hashing, _enter, office, own, password, before, address[:60]
                )
        except BaseException as error:
            for waits, key in counted:
                waits.take_back(key)
            if isinstance(error, No):
                await self._hold()
            raise
        if entered is not None:
            for waits, key in counted:
                # Of an address only this try is taken back: others behind it may be guessing at others.
                (waits.take_back if waits is self.addresses else waits.forgive)(key)
        return entered

    async def _hold(self) -> None:
        """A refusal takes its time: who floods waits for it, and headquarters spends none on the next."""
        if self._held >= HELD:
            return
        self._held += 1
        try:
            await asyncio.sleep(HOLD_SECONDS)
        finally:
            self._held -= 1

    def close(self) -> None:
        """Finish the hash that runs."""
        self._hashing.shutdown(wait=True, cancel_futures=True)


def _enter(office: Office, login: str, password: str, before: str, address: str) -> Entered | None:
    """The same work whether somebody has the login or not: a hash, a transaction."""
    rows = office.read().query(
        "SELECT password, login, name, role, ridings, disabled, added_ms FROM account WHERE login = ?", (login,)
    ) if "\0" not in login else []  # fmt: skip
    stored, account = (
        (str(rows[0][0]), account_of(tuple(rows[0][1:]))) if rows else (passwords.nobodys(), None)
    )
    right = passwords.fits(stored, password)
    if account is None or account.disabled or not right:
        office.write(lambda db: note_past(db, office.now_ms(), login if rows else "", "wrong", address))
        return None
    newer = passwords.hashed(password) if passwords.is_outdated(stored) else stored

    def work(db: Connection) -> str | None:
        # Changed meanwhile: the password that was looked at is no longer the one.
        if not db.run(
            "UPDATE account SET password = ? WHERE login = ? AND password = ? AND disabled = 0",
            (newer, login, stored),
        ):
            return None
        note_past(db, office.now_ms(), login, "in", address)
        return sessions.begin(db, office.now_ms(), login, before)

    secret = office.write(work)
    return Entered(account, secret, sessions.known_browser(office, login)) if secret else None


def _network(address: str) -> bytes:
    """Whose address it is: an IPv6 subscriber has 2^64 of them."""
    with suppress(ValueError):
        found = ip_address(address.partition("%")[0])
        if isinstance(found, IPv6Address):
            return found.packed[:8]
    return address[:100].encode("utf-8", "replace")
