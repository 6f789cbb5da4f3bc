"""What others did since somebody last looked: who, in words that counts can fill, and how many.

The record has headquarters' numbers, so "since" is a number per riding, kept as a fact of this laptop. It moves on
when a person has seen what arrived, not when it arrived.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass

from canvass_app.ledger.events import BadEvent, open_event
from canvass_app.storage.database import Connection

from .book import Book
from .receipts import own_devices

_FACT = "arrivals"
# Which kinds are told, as what. The rest comes along with a result (a level of support, an answer).
TOLD = {
    "attempt.made": "results",
    "attempt.corrected": "corrections",
    "note.written": "notes",
    "person.added": "people",
    "turf.cut": "turfs",
    "turf.changed": "turfs",
    "turf.assigned": "turfs",
    "turf.retired": "turfs",
    "walk_list.issued": "lists",
    "walk_list.returned": "lists",
    "roster.added": "files",
    "roster.withdrawn": "files",
    "roster.restored": "files",
    "layer.added": "maps",
    "conflict.closed": "decisions",
    "shift.voided": "shifts",
    "shift.restored": "shifts",
    "person.erased": "erasures",
}
# What stands outside a shift carries its author only inside: so many are opened to learn who it was.
_MOST_OPENED = 500
_OUTSIDE = tuple(kind for kind in TOLD if not kind.startswith(("attempt", "note", "person.added")))


@dataclass(frozen=True, slots=True)
class Arrival:
    """What one person did: how many of each thing (a value of `TOLD`). `who` is "" when only the laptop is known."""

    who: str
    device_id: bytes
    counts: dict[str, int]

    @property
    def results(self) -> int:
        """Results at doors and on the telephone."""
        return self.counts.get("results", 0)


@dataclass(frozen=True, slots=True)
class Arrivals:
    """What arrived since `since_ms` (UTC; None: since this laptop joined), who did most first.

    `entries` counts events of every kind. `fresh`: nobody has seen them; otherwise these are the last ones seen.
    """

    since_ms: int | None
    entries: int
    rows: tuple[Arrival, ...]
    fresh: bool
    seen: str
    """What `note_seen` is to be told once a person has had a look."""

    @property
    def results(self) -> int:
        """Results of all of them."""
        return sum(row.results for row in self.rows)


def arrivals(book: Book, known: Arrivals | None = None) -> Arrivals:
    """What others' events arrived since they were last seen. Any thread.

    With `known`, an earlier answer, nothing is counted again while nothing has arrived.
    """
    db = book.read()
    kept = json.loads(book.meta(_FACT, "{}"))
    epoch = book.meta("hq_epoch")
    rows = db.query("SELECT riding_id, pulled_through FROM sync_state ORDER BY riding_id")
    now = {str(riding_id): int(through) for riding_id, through in rows}
    seen = kept.get("seen", {})
    if kept and kept.get("epoch") != epoch:
        # Headquarters was put back to an older day and numbers anew: what is here was here before.
        seen = now
    fresh = any(through > seen.get(riding_id, 0) for riding_id, through in now.items())
    since = seen if fresh else kept.get("before", {})
    moment = kept.get("seen_ms" if fresh else "before_ms")
    mark = json.dumps({"epoch": epoch, "now": now, "since": since, "ms": moment}, sort_keys=True)
    if known is not None and (known.seen, known.fresh) == (mark, fresh):
        return known
    ours = own_devices(book)
    counts: dict[tuple[str, bytes], Counter[str]] = {}
    entries = 0
    for riding_id, through in now.items():
        start = since.get(riding_id, 0)
        if through > start:
            entries += _count(db, int(riding_id), start, through, ours, counts)
    told = [
        Arrival(who, device, {what: number for what, number in sorted(tally.items()) if what})
        for (who, device), tally in counts.items()
        if any(tally[what] for what in tally if what)
    ]
    told.sort(key=lambda one: (-one.results, -sum(one.counts.values()), one.who.casefold(), one.device_id))
    return Arrivals(moment, entries, tuple(told), fresh, mark)


def note_seen(book: Book, shown: Arrivals) -> None:
    """A person has had a look: from now on only what comes later is news. Raises StorageProblem."""
    if not shown.fresh:
        return
    told = json.loads(shown.seen)
    kept = {
        "epoch": told["epoch"], "seen": told["now"], "seen_ms": book.now_ms(), "before": told["since"],
        "before_ms": told["ms"],
    }  # fmt: skip
    book.set_meta(_FACT, json.dumps(kept))


def _count(
    db: Connection,
    riding_id: int,
    start: int,
    through: int,
    ours: list[bytes],
    counts: dict[tuple[str, bytes], Counter[str]],
) -> int:
    window = (riding_id, start, through)
    rows = db.query(
        "SELECT e.kind, e.device_id, COALESCE(s.volunteer, a.author, ''), COUNT(*) FROM event e"
        " LEFT JOIN shift s ON s.riding_id = e.riding_id AND s.shift_id = e.shift"
        " LEFT JOIN attempt a ON a.riding_id = e.riding_id AND a.device_id = e.device_id"
        " AND a.device_seq = e.device_seq"
        " WHERE e.riding_id = ? AND e.riding_sequence > ? AND e.riding_sequence <= ? GROUP BY 1, 2, 3",
        window,
    )
    entries = 0
    for kind, device, who, number in rows:
        if bytes(device) in ours:
            continue
        entries += int(number)
        # Those without a name in a shift or a result are opened below.
        if kind not in _OUTSIDE:
            _add(counts, str(who), bytes(device), kind, int(number))
    marks = ",".join("?" * len(_OUTSIDE))
    opened = db.query(
        "SELECT device_id, kind, raw FROM event WHERE riding_id = ? AND riding_sequence > ? AND riding_sequence <= ?"
        f" AND kind IN ({marks}) ORDER BY riding_sequence DESC",
        (*window, *_OUTSIDE),
    )
    for place, (device, kind, raw) in enumerate(opened):
        if bytes(device) not in ours:
            who = _author(bytes(raw)) if place < _MOST_OPENED else ""
            _add(counts, who, bytes(device), kind, 1)
    return entries


def _author(raw: bytes) -> str:
    try:
        return open_event(raw).author
    except BadEvent:
        return ""


def _add(
    counts: dict[tuple[str, bytes], Counter[str]], who: str, device: bytes, kind: str, number: int
) -> None:
    # One person at two laptops is one person; without a name it is the laptop.
    tally = counts.setdefault((who, b"" if who else device), Counter())
    tally[TOLD.get(kind, "")] += number
