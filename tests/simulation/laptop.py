"""A laptop: the product's own book over a database in memory, its journal, and an exchange that may hang for weeks."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from canvass_app.domain.errors import DiskFull
from canvass_app.ledger.events import Event
from canvass_app.ledger.kinds import Body
from canvass_app.services.book import Book
from canvass_app.services.journalling import settle
from canvass_app.sync.exchange import Exchanged, exchange_ridings, greet
from canvass_app.sync.inbox import adopt_epoch
from canvass_app.sync.outbox import read_mark
from canvass_app.sync.replica import Replica
from canvass_app.sync.signing import public_key
from canvass_app.sync.steps import Answer, Call, Steps

from .memory import Memory
from .paper import PaperJournal
from .town import RIDING, ZONE

HQ_KEY = public_key(bytes(range(32)))


class _NoLock:
    unclean = False

    def release(self) -> None:
        return


class Laptop:
    """`lied_at`: the state that the disk really kept when it began to lie about its flushes."""

    def __init__(
        self, index: int, device_id: bytes, now_ms: Callable[[], int], memory: Memory | None = None,
        journal: PaperJournal | None = None,
    ) -> None:  # fmt: skip
        self.index = index
        self._world_ms = now_ms
        self.skew_ms = 0
        self.memory = memory or Memory()
        self.lied_at: Memory | None = None
        self.backup: Memory | None = None
        self.journal = journal or PaperJournal()
        self.call: Call | None = None
        """The request that waits for its answer."""
        self._steps: Steps[Exchanged] | None = None
        self.stalled: Answer | None = None
        """An answer that is on its way for weeks."""
        self.has_cursor = False
        """Whether it has pulled before, from the headquarters that is."""
        self.in_doubt = False
        """Whether another laptop may write under its numbers: it was copied, or put back from a backup."""
        self.forked = False
        """Headquarters holds something else under a number of this laptop: it must take a new identity."""
        with self.memory.write() as db:
            db.run(
                "INSERT INTO meta (name, value) VALUES ('device_id', ?) ON CONFLICT DO NOTHING",
                (device_id.hex(),),
            )
        self.start()

    def now_ms(self) -> int:
        """This laptop's wall clock, wrong or not."""
        return max(1_000, self._world_ms() + self.skew_ms)

    def start(self) -> None:
        """The program starts: nothing that was only in its memory is left."""
        self.hang_up()
        self.memory.crash_at = ""
        self.memory.leave_room(None)
        # The database and the journal have the product's faces, not its classes.
        self.book = Book(Path("memory"), self.memory, _NoLock(), self.now_ms, lambda: self.journal)  # pyright: ignore[reportArgumentType]
        self.shift = b""
        with suppress(DiskFull):
            # The next act settles first.
            settle(self.book)

    def join(self, epoch: bytes) -> None:
        """Join the campaign's headquarters: from then on its receipts are believed."""
        with self.memory.write() as db:
            adopt_epoch(db, self.book.device_id, epoch)

    def own_last(self) -> int:
        """The number of this laptop's last event."""
        return read_mark(self.memory.read(), RIDING, self.book.device_id).last_seq

    def own_acked(self) -> int:
        """The number through which headquarters has acknowledged this laptop."""
        return read_mark(self.memory.read(), RIDING, self.book.device_id).acked_through

    def replace(self, earlier: Memory) -> None:
        """Another machine, with this one's backup and nothing else."""
        self.memory.go_back_to(earlier)
        self.lied_at, self.journal, self.has_cursor, self.in_doubt = None, PaperJournal(), False, True
        self.start()

    def twin(self, index: int) -> Laptop:
        """A copy of this laptop's folder on another machine."""
        other = Laptop(index, self.book.device_id, self._world_ms, self.memory.copy(), self.journal.copy())
        other.skew_ms = self.skew_ms
        self.in_doubt = other.in_doubt = True
        return other

    # --- typing -------------------------------------------------------------------------------

    def act(
        self, author: str, bodies: list[tuple[bytes, Body]], shift: bytes = b"", before: Any = None
    ) -> list[Event]:
        """One act. Its events are acknowledged when this returns. Raises Crash, DiskFull."""
        with self.book.act(author, shift) as act:
            if before is not None:
                before(act)
            return [act.add(RIDING, subject, body) for subject, body in bodies]

    # --- the wire -----------------------------------------------------------------------------

    def dial(self) -> None:
        """Begin an exchange unless one is under way."""
        if self._steps is None:
            me = Replica(
                database=self.memory, device_id=self.book.device_id, clock=self.book.clock, time_zone=ZONE,
                hq_key=HQ_KEY, timer=lambda: 0.0,
            )  # fmt: skip
            self._steps = self._exchange(me)
            self.call = next(self._steps)

    def _exchange(self, me: Replica) -> Steps[Exchanged]:
        known = me.epoch(self.memory.read())
        hello = yield from greet(me)
        if known and hello.epoch != known:
            self.has_cursor = False
        return (yield from exchange_ridings(me, hello))

    def hear(self, answer: Answer | Exception) -> Exchanged | None:
        """Give the waiting exchange its answer; what it came to when it is over.

        Raises SyncProblem, Refused, DiskFull or Crash; then the exchange is over too.
        """
        assert self._steps is not None
        try:
            if isinstance(answer, Exception):
                self.call = self._steps.throw(answer)
            else:
                self.call = self._steps.send(answer)
        except StopIteration as over:
            self.hang_up()
            done: Exchanged = over.value
            return done
        except BaseException:
            self.hang_up()
            raise
        return None

    def hang_up(self) -> None:
        """Forget the exchange."""
        self._steps, self.call, self.stalled = None, None, None
