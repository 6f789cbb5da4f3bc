"""Planted faults: well-known ways to get a ledger wrong, patched into the product of this process only.

Each must be caught by the simulation (docs/planted-faults.md says by which invariant, and after how many seeds).
"""

from __future__ import annotations

import functools
import random
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import msgspec

from canvass_app.hq import receiving, sending
from canvass_app.ledger import clock, fold
from canvass_app.ledger.events import Event, Key
from canvass_app.ledger.kinds import AttemptMade
from canvass_app.services import act
from canvass_app.storage import erasing, log
from canvass_app.storage.projections import doors, people
from canvass_app.sync import inbox, outbox, signing, waiting
from canvass_app.sync.messages import Page

from . import restore_faults
from .headquarters import Headquarters
from .paper import PaperJournal
from .planting import FAULTS, Fault, everywhere, patched, plants

__all__ = ["FAULTS", "Fault", "restore_faults"]

# --- headquarters ---------------------------------------------------------------------------------------


@plants(
    "a reader asks for numbers above its cursor while an earlier push is still open",
    "each event is delivered once, in order",
)
def naive_cursor() -> Iterator[None]:
    real = sending.page
    turns = iter(range(1, 1 << 30))

    def page(*arguments: Any) -> Page:
        whole = real(*arguments)
        # What a snapshot shows when the lower numbers belong to a transaction that is not committed yet.
        if len(whole.events) > 2 and next(turns) % 5 == 0:
            return msgspec.structs.replace(whole, events=whole.events[1:], digest=None)
        return whole

    with patched((sending, "page", page)):
        yield


@plants(
    "headquarters answers before its commit is durable", "pending falls by receipts alone", "digests agree"
)
def receipt_before_commit() -> Iterator[None]:
    real = Headquarters.answer

    def answer(self: Headquarters, call: Any, device_id: bytes) -> Any:
        doomed = self.memory.crash_at == "before" and call.method == "POST" and call.path.endswith("/events")
        if not doomed:
            return real(self, call, device_id)
        self.memory.crash_at = ""
        earlier = self.memory.copy()
        said = real(self, call, device_id)
        self.memory.go_back_to(earlier)
        return said

    with patched((Headquarters, "answer", answer)):
        yield


@plants(
    "an event under a number that is taken is passed over, its hash not compared",
    "saved events reach headquarters",
    "one log everywhere",
)
def no_hash_check() -> Iterator[None]:
    def is_fork(*_: object) -> bool:
        return False

    with patched((receiving, "_is_fork", is_fork)):
        yield


@plants("a batch that comes twice takes numbers twice", "max = count = counter")
def no_dedupe() -> Iterator[None]:
    real = receiving._stored

    def stored(db: Any, riding_id: int, batch: Any) -> Any:
        found = real(db, riding_id, batch)
        receiving._bump(db, riding_id, len(found))
        return found

    with patched((receiving, "_stored", stored)):
        yield


@plants("headquarters stamps by its own clock", "a stamp is never later than the event's own clock")
def own_clock_stamp() -> Iterator[None]:
    def stamp(_event: Event, _earlier: Any, received: int) -> int:
        return clock.reading(received)

    with patched((receiving, "_stamp", stamp)):
        yield


@plants(
    "a restored headquarters keeps its epoch",
    "each event is delivered once, in order",
    "one log everywhere",
    "digests agree",
)
def same_epoch() -> Iterator[None]:
    def restore(self: Headquarters, earlier: Any) -> None:
        self.memory.go_back_to(earlier)
        self._open()

    with patched((Headquarters, "restore", restore)):
        yield


# --- the laptop's wire ------------------------------------------------------------------------------------


@plants("the cursor is kept before the page is", "digests agree")
def cursor_first() -> Iterator[None]:
    real = inbox.apply_page

    def apply_page(me: Any, riding_id: int, page: Page, *more: Any, **how: Any) -> int:
        with me.database.write() as db:
            inbox._keep_place(
                db,
                riding_id,
                replace(inbox.read_place(db, riding_id), cursor=page.cursor, pulled_through=page.through),
            )
        return real(me, riding_id, page, *more, **how)

    with everywhere(real, apply_page):
        yield


@plants("what waits to be folded is not written down", "one state everywhere", "totals equal a recount")
def waiting_forgotten() -> Iterator[None]:
    def let_wait(_db: Any, _riding_id: int, _events: Any) -> None:
        return

    with everywhere(waiting.let_wait, let_wait):
        yield


@plants("events count as acknowledged once they are sent", "pending falls by receipts alone")
def ack_first() -> Iterator[None]:
    real = outbox.next_batch

    def next_batch(db: Any, riding_id: int, device_id: bytes, *more: int) -> Any:
        found = real(db, riding_id, device_id, *more)
        if found is not None:
            outbox.set_acked(db, riding_id, device_id, found[0].to_seq)
        return found

    with everywhere(real, next_batch):
        yield


@plants("a receipt is believed whoever signed it", "pending falls by receipts alone")
def portal_receipt() -> Iterator[None]:
    def verifies(*_: object) -> bool:
        return True

    with patched((signing, "verifies", verifies)):
        yield


@plants("a clock ten years ahead is taken over", "a far clock never enters ours")
def remote_clock() -> Iterator[None]:
    def learn(self: clock.Clock, remote: int) -> None:
        self.last = max(self.last, remote)

    with patched((clock.Clock, "learn", learn)):
        yield


@plants("nothing stands beside the database when its disk lied", "saved events reach headquarters")
def no_journal() -> Iterator[None]:
    def append(self: PaperJournal, records: object) -> None:
        return

    with patched((PaperJournal, "append", append)):
        yield


# --- folding ------------------------------------------------------------------------------------------------


@plants(
    "an event sees its device's highest number in place of the heads", "who saw both sides ends the conflict"
)
def seen_by_highest() -> Iterator[None]:
    def heads(self: Any, riding_id: int, *_: object) -> list[Key]:
        last = self.next_seq(riding_id) - 1
        return [Key(self.book.device_id, last)] if last else []

    with patched((act.Act, "_heads", heads)):
        yield


@plants("the latest by wall clock wins", "fields are as the rules say", "bars are as the rules say")
def last_writer_wins() -> Iterator[None]:
    real = fold.fold_subject

    def fold_subject(events: Iterable[Event], voided: frozenset[bytes] = frozenset()) -> dict[str, Any]:
        known = list(events)
        state = real(known, voided)
        by_key = {event.key: event for event in known}
        for name, folded in state.items():
            heads = [by_key[key] for key in folded.heads if key in by_key]
            sides = [
                (e.wall_ms, e.key, e.body.sets()[name])
                for e in heads
                if e.body is not None and name in e.body.sets()
            ]
            if sides:
                _, winner, value = max(sides, key=lambda side: side[:2])
                state[name] = replace(folded, value=value, winner=winner)
        return state

    with everywhere(real, fold_subject):
        yield


@plants(
    "concurrent events are sorted pairwise: by who saw whom, else by time",
    "one state everywhere",
    "fields are as the rules say",
    "bars are as the rules say",
    "totals equal a recount",
)
def pairwise_sort() -> Iterator[None]:
    real = fold.fold_field

    def compare(one: fold.FieldSet, other: fold.FieldSet) -> int:
        if other.key in one.sees or one.key in other.sees:
            return 1 if other.key in one.sees else -1
        return (one.order > other.order) - (one.order < other.order)

    def fold_field(sets: Iterable[fold.FieldSet], edges: Mapping[Key, tuple[Key, ...]] | None = None) -> Any:
        items = list(sets)
        folded = real(items, edges)
        if folded is None:
            return None
        last = max(items, key=functools.cmp_to_key(compare))
        return replace(folded, value=last.value, winner=last.key)

    with everywhere(real, fold_field):
        yield


@plants(
    "voided events are taken out after they had dominated others",
    "fields are as the rules say",
    "totals equal a recount",
    "conflicts are as the rules say",
)
def void_too_late() -> Iterator[None]:
    real = fold.fold_subject

    def fold_subject(events: Iterable[Event], voided: frozenset[bytes] = frozenset()) -> dict[str, Any]:
        known = list(events)
        hidden = {key for event in known if not fold.counts(event, voided) for key in event.sees}
        return real(
            [event for event in known if event.key not in hidden or event.key in _unvoidable(known)], voided
        )

    with everywhere(real, fold_subject):
        yield


def _unvoidable(events: list[Event]) -> set[Key]:
    return {event.key for event in events if event.kind in fold.NEVER_VOIDED}


@plants("a later “not home” lifts a bar", "a bar stays until it is lifted", "bars are as the rules say")
def not_home_lifts() -> Iterator[None]:
    def sets(self: AttemptMade) -> dict[str, Any]:
        return {"bar": False} if self.code == "not_home" else {}

    AttemptMade.sets = sets  # type: ignore[method-assign]
    try:
        yield
    finally:
        del AttemptMade.sets


@plants("a file that comes later overwrites what was learned", "fields are as the rules say")
def roster_overwrites() -> Iterator[None]:
    place, values = doors._place, people._values

    def over(real: Any) -> Any:
        def fill(entries: Any, fields: Mapping[str, Any], *more: Any) -> Any:
            told, listed = real(entries, fields, *more), real(entries, {}, *more)
            return told | {name: value for name, value in listed.items() if value}

        return fill

    with patched((doors, "_place", over(place)), (people, "_values", over(values))):
        yield


@plants(
    "only the event's own subject is folded again, not what is joined with it",
    "one state everywhere",
    "equal to a fold from scratch",
    "totals equal a recount",
    "fields are as the rules say",
    "bars are as the rules say",
)
def alias_ignored() -> Iterator[None]:
    real = log.members

    def members(_db: Any, _riding: int, subjects: Iterable[bytes]) -> dict[bytes, list[bytes]]:
        return {subject: [subject] for subject in set(subjects)}

    with everywhere(real, members):
        yield


@plants(
    "the keys of erased people expire", "erased stays erased", "one state everywhere", "one log everywhere"
)
def tombstones_expire() -> Iterator[None]:
    real = erasing.salts_of
    turns = random.Random(0)

    def salts_of(*arguments: Any) -> list[bytes]:
        return [] if turns.random() < 0.3 else real(*arguments)

    with everywhere(real, salts_of):
        yield


@plants(
    "what a copied laptop says again counts beside the original",
    "totals equal a recount",
    "nothing counts twice",
    "fields are as the rules say",
    "conflicts are as the rules say",
)
def reissue_doubled() -> Iterator[None]:
    def said_again(_events: object) -> dict[Key, Key]:
        return {}

    with patched((fold, "_said_again", said_again)):
        yield
