"""The world of one seed: its laptops, headquarters and sticks, the true time, and what was promised to whom."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from canvass_app.domain.errors import CanvassError, DiskFull, SyncProblem
from canvass_app.ledger.events import Event, open_event
from canvass_app.sync.codec import unpack
from canvass_app.sync.messages import Batch
from canvass_app.sync.steps import Call

from . import invariants, sticks
from .broken import Broken
from .headquarters import Headquarters
from .laptop import Laptop
from .memory import Crash, Memory
from .steps import OPS, Step
from .sticks import Stick
from .town import RIDING

START_MS = 1_790_000_000_000
MINUTE = 60_000
DAY = 24 * 60 * MINUTE
MOST_ROUNDS = 6
_WIRE = frozenset({"wire", "echo", "deliver_stick", "bring_stick"})
_BACK_IN_TIME = frozenset({"power_cut", "restore_laptop"})


class World:
    """`acknowledged`: by hash, every event whose act returned on some laptop. `lost`: hashes of which a disk or a
    stick took the last copy. `erased`: people whose erasure was saved somewhere. `stamps`: by hash, the stamps that a
    headquarters had given before it was put back, and that everybody who had the event knew."""

    def __init__(self, seed: int) -> None:
        rng = random.Random(~seed)
        self.seed = seed
        self.ms = START_MS
        self.chance = random.Random(0)
        self.lines: list[str] = []
        self.acknowledged: dict[bytes, Event] = {}
        self.lost: set[bytes] = set()
        self.erased: set[bytes] = set()
        self.hq_high: dict[bytes, int] = {}
        self.stamps: dict[bytes, int] = {}
        self.hq = Headquarters(self.now_ms)
        self.hq_backups: list[Memory] = []
        self.laptops = [Laptop(n, rng.randbytes(16), self.now_ms) for n in range(rng.choice((2, 3, 3, 4)))]
        for laptop in self.laptops:
            laptop.join(self.hq.office.epoch)
        self.sticks = [Stick() for _ in range(2)]
        self.echoes: list[tuple[bytes, Call]] = []

    def now_ms(self) -> int:
        """The true time."""
        return self.ms

    def laptop(self, step: Step) -> Laptop:
        """The laptop that a step is about."""
        return self.laptops[step.who % len(self.laptops)]

    @contextmanager
    def determined(self) -> Iterator[None]:
        """Chance comes from the step alone, even where the product asks the system for it."""
        real = os.urandom
        os.urandom = lambda count: self.chance.randbytes(count)
        try:
            yield
        finally:
            os.urandom = real

    def run(self, step: Step) -> str:
        """One step; what happened, in words. A crash, a full disk or a refusal is an outcome like any other."""
        self.chance = random.Random(step.salt)
        self.ms += 1_000 + step.salt % 60_000
        before = invariants.Before(self.laptop(step))
        try:
            text = OPS[step.op][1](self, step)
        except Crash:
            self.laptop(step).start()
            text = "the laptop died"
        except DiskFull:
            text = "the disk is full"
        except Broken as broken:
            self.lines.append(f"{step.op} laptop {step.who % len(self.laptops)}: {broken}")
            raise
        except CanvassError as error:
            text = f"{type(error).__name__}: {error.detail or error.text.en[:60]}"
        self.lines.append(f"{step.op} laptop {step.who % len(self.laptops)}: {text}")
        self._check(step, before)
        return text

    def _check(self, step: Step, before: invariants.Before) -> None:
        if step.op in _WIRE:
            self.note_watermarks()
            invariants.check_numbers(self)
            invariants.check_receipts(self, before.laptop)
            invariants.check_clock(before)
        if step.op not in _BACK_IN_TIME:
            invariants.check_bars(before)

    # --- the end --------------------------------------------------------------------------------

    def settle(self) -> None:
        """Every fault ends and everything is delivered: laptops start again and sync until nothing is new."""
        self.hq.revoked.clear()
        for laptop in self.laptops:
            laptop.start()
            laptop.lied_at = None
        for stick in self.sticks:
            sticks.deliver(stick, self.hq, self.chance, cut=False)
        for number in range(1, MOST_ROUNDS + 1):
            before = (self.hq.epochs, len(self.hq_events()))
            for laptop in self.laptops:
                self.ms += 1_000
                self.sync_whole(laptop)
            pending = any(laptop.own_last() > laptop.own_acked() for laptop in self.laptops)
            if number > 1 and not pending and before == (self.hq.epochs, len(self.hq_events())):
                break
        self.hq.catch_up()

    def sync_whole(self, laptop: Laptop) -> None:
        """An exchange without trouble, and another one where it took a new identity."""
        from . import wires

        for _ in range(4):
            was = laptop.book.device_id
            laptop.hang_up()
            try:
                laptop.dial()
                while wires.exchange_once(self, laptop, "ok") is None:
                    pass
            except SyncProblem as problem:
                self.lines.append(f"settling, laptop {laptop.index}: {problem.detail or problem.text.en}")
            if laptop.book.device_id == was:
                return

    def check_deliveries(self) -> None:
        """Before headquarters forgets: were its pages whole?"""
        invariants.check_deliveries(self)

    # --- the truth ------------------------------------------------------------------------------

    def acknowledge(self, events: list[Event]) -> None:
        """Somebody was told that these are saved."""
        for event in events:
            self.acknowledged[event.hash] = event

    def copies(self, *, laptops_only: bool = False) -> set[bytes]:
        """What of people's words still lies somewhere, whatever number it goes by: identities of events."""
        raws: set[bytes] = set()
        memories = [laptop.memory for laptop in self.laptops]
        for memory in memories if laptops_only else [self.hq.memory, *memories]:
            db = memory.read()
            for table in ("event", "fork"):
                raws.update(
                    bytes(row[0])
                    for row in db.query(f"SELECT raw FROM {table} WHERE riding_id = ?", (RIDING,))
                )
        for laptop in self.laptops:
            raws |= laptop.journal.raws()
        for stick in [] if laptops_only else self.sticks:
            raws.update(stick.raws())
        return {open_event(raw).identity for raw in raws}

    def count_losses(self, spared: bytes = b"") -> None:
        """After something took copies away: what has none left is lost, and nobody is to blame.

        `spared`: a device whose own events must not have been lost by it.
        """
        held = self.copies()
        for event in self.acknowledged.values():
            if event.identity not in held and event.key.device_id != spared:
                self.lost.add(event.hash)

    def note_stamps(self) -> None:
        """Before headquarters is put back: the stamps that must outlive it. One that a request, a stick or a laptop does
        not know yet may be given anew."""
        unsure = {open_event(raw).hash for stick in self.sticks for raw in stick.raws()}
        for _, call in self.echoes:
            if call.path.endswith("/events") and call.body:
                with suppress(ValueError):
                    unsure |= {open_event(raw).hash for raw in unpack(Batch, call.body).events}
        for laptop in self.laptops:
            rows = laptop.memory.read().query("SELECT hash FROM event WHERE stamp IS NULL")
            unsure |= {bytes(row[0]) for row in rows}
        known = {event.hash: event.stamp for _, event in self.hq_events() if event.hash not in unsure}
        self.stamps |= {name: stamp for name, stamp in known.items() if stamp is not None}

    def note_watermarks(self) -> None:
        """How far headquarters ever acknowledged each device."""
        for device, last in self.hq.memory.read().query("SELECT device_id, last_seq FROM device_log"):
            self.hq_high[bytes(device)] = max(self.hq_high.get(bytes(device), 0), int(last))

    def hq_events(self) -> list[tuple[int, Event]]:
        """Everything headquarters holds, in its order."""
        rows = self.hq.memory.read().query(
            "SELECT riding_sequence, raw, stamp FROM event WHERE riding_id = ? ORDER BY riding_sequence",
            (RIDING,),
        )
        return [(int(number), open_event(bytes(raw), stamp)) for number, raw, stamp in rows]
