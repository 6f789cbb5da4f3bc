"""The projector: folds what pushes appended, in HQ's order, with a cursor of its own.

It can be thrown away and rebuilt. Readers of totals call `catch_up` first; a thread does so in between.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager

import psycopg
import structlog

from canvass_app.domain.errors import CanvassError
from canvass_app.ledger.events import BadEvent, Event, open_event
from canvass_app.storage.database import Connection
from canvass_app.storage.log import events_of
from canvass_app.storage.projections import project, rebuild
from canvass_app.storage.projections.grown import fold_grown_kinds
from canvass_app.storage.roster_store import is_whole, roster_id_of
from canvass_app.sync.assets import lacking
from canvass_app.sync.digests import read_tally, tally_between
from canvass_app.sync.outbox import keep_aside

from .office import Office
from .ridings import last_sequence

STEP = 1_000
GIVES_WAY, LULL = 1.0, 0.25
"""Before each transaction the projector waits, at most so many seconds, until no push came for so many."""
FAILED_SECONDS = 30.0
# What one event's content can do wrong; a lost race or a full disk is the whole step's trouble, not an event's.
_UNFOLDABLE = (
    ValueError, TypeError, ArithmeticError, LookupError, AssertionError, BadEvent, psycopg.DataError,
    psycopg.IntegrityError,
)  # fmt: skip
_log = structlog.get_logger("canvass_hq.projector")


def catch_up(office: Office, riding_id: int, pause: Callable[[], None] = lambda: None) -> int:
    """Fold what was appended since the last time, in small transactions. The number of events folded.

    `pause` is called before each transaction.
    """
    zone = office.time_zone()
    folded = 0
    pause()
    while step := office.write(lambda db: _step(db, riding_id, zone)):
        folded += step
        pause()
    return folded


def _step(db: Connection, riding_id: int, zone: str) -> int:
    lock = "" if db.dialect == "sqlite" else " FOR UPDATE"
    rows = db.query(f"SELECT through, events, digest FROM projector WHERE riding_id = ?{lock}", (riding_id,))
    if not rows:
        return 0
    through, tally = int(rows[0][0]), read_tally(int(rows[0][1]), str(rows[0][2]))
    last = min(last_sequence(db, riding_id), through + STEP)
    if last <= through:
        return 0
    found = db.query(
        "SELECT raw, stamp FROM event WHERE riding_id = ? AND riding_sequence > ? AND riding_sequence <= ?"
        " ORDER BY riding_sequence",
        (riding_id, through, last),
    )
    events = [open_event(bytes(raw), stamp) for raw, stamp in found]
    _fold(db, riding_id, events, zone)
    tally = tally.plus(tally_between(db, riding_id, through, last))
    db.run(
        "UPDATE projector SET through = ?, events = ?, digest = ? WHERE riding_id = ?",
        (last, tally.events, tally.digest.hex(), riding_id),
    )
    return last - through


def _fold(db: Connection, riding_id: int, events: list[Event], zone: str) -> None:
    """Fold a step; when that fails, event by event, so that one that cannot be folded stops no other."""
    db.run("SAVEPOINT folding")
    try:
        project(db, events, zone)
        db.run("RELEASE SAVEPOINT folding")
        return
    except _UNFOLDABLE as error:
        db.run("ROLLBACK TO SAVEPOINT folding")
        db.run("RELEASE SAVEPOINT folding")
        if len(events) == 1:
            one = events[0]
            reason = f"cannot be folded: {type(error).__name__}"
            keep_aside(db, riding_id, one.key.device_id, one.key.device_seq, reason, one.raw)
            _log.error("event_not_folded", riding=riding_id, seq=one.key.device_seq, reason=reason)
            return
    middle = len(events) // 2
    _fold(db, riding_id, events[:middle], zone)
    _fold(db, riding_id, events[middle:], zone)


def roster_came(office: Office, riding_id: int) -> None:
    """Fold rosters that were announced before their last chunk was here."""
    zone = office.time_zone()

    def work(db: Connection) -> None:
        for name in lacking(db, riding_id)[1]:
            if is_whole(db, riding_id, name):
                subject = roster_id_of(name)
                project(db, events_of(db, riding_id, [subject]).get(subject, []), zone)

    office.write(work)


def rebuild_riding(db: Connection, riding_id: int, zone: str) -> None:
    """Fold a riding anew from its first event, in the caller's transaction."""
    rebuild(db, riding_id, zone)
    last = last_sequence(db, riding_id)
    tally = tally_between(db, riding_id, 0, last)
    db.run(
        "UPDATE projector SET through = ?, events = ?, digest = ? WHERE riding_id = ?",
        (last, tally.events, tally.digest.hex(), riding_id),
    )


class Projector:
    """The thread that keeps projections close behind the pushes."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._wake = threading.Condition()
        self._waiting: set[int] = set()
        self._stopping = False
        self._pushing = 0
        self._pushed = 0.0
        self._thread = threading.Thread(target=self._run, name="hq-projector", daemon=True)

    def start(self) -> None:
        """Begin, with whatever was left over last time, and with what only this version can read."""
        zone = self._office.time_zone()
        self._office.write(lambda db: fold_grown_kinds(db, zone))
        rows = self._office.read().query(
            "SELECT c.riding_id FROM riding_counter c JOIN projector p ON p.riding_id = c.riding_id"
            " WHERE c.last_sequence > p.through"
        )
        self._waiting.update(int(row[0]) for row in rows)
        self._thread.start()

    @contextmanager
    def pushing(self) -> Generator[None]:
        """A push is under way: a laptop waits for it, and nobody for the fold."""
        with self._wake:
            self._pushing += 1
        try:
            yield
        finally:
            with self._wake:
                self._pushing -= 1
                self._pushed = time.monotonic()
                self._wake.notify()

    def _give_way(self) -> None:
        """Return in a lull of the pushes, or after a while all the same: totals may lag, not stand still."""
        end = time.monotonic() + GIVES_WAY
        with self._wake:
            while not self._stopping:
                now = time.monotonic()
                until = end if self._pushing else min(end, self._pushed + LULL)
                if now >= until:
                    return
                self._wake.wait(until - now)

    def notify(self, riding_id: int) -> None:
        """Something was appended."""
        with self._wake:
            self._waiting.add(riding_id)
            self._wake.notify()

    def stop(self) -> None:
        """End after the present step. What is left is folded after the next start."""
        with self._wake:
            self._stopping = True
            self._wake.notify()
        self._thread.join()

    def _next(self) -> int | None:
        with self._wake:
            self._wake.wait_for(lambda: self._stopping or self._waiting)
            return None if self._stopping else self._waiting.pop()

    def _run(self) -> None:
        while (riding_id := self._next()) is not None:
            try:
                catch_up(self._office, riding_id, self._give_way)
            except CanvassError as error:
                _log.warning("projector_waits", riding=riding_id, reason=type(error).__name__)
                self._try_again(riding_id)
            except Exception as error:
                _log.error("projector_failed", riding=riding_id, reason=type(error).__name__)
                self._try_again(riding_id)

    def _try_again(self, riding_id: int) -> None:
        with self._wake:
            self._wake.wait_for(lambda: self._stopping, FAILED_SECONDS)
            self._waiting.add(riding_id)
