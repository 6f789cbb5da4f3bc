"""What waits for a person's decision: it blocks nothing, and one choice closes it.

Three sorts of row today, one type for all: a *conflict* (two people set one field without knowing of each
other), a *correction* (somebody changed what a shift had recorded, and the shift was voided since: the
correction stands, and is looked at once), and *turfs* (two leads cut the same doors). Closing writes an event that has seen every side, so it wins
everywhere; taking the closing back opens the row again.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal

from canvass_app.domain.errors import InputError
from canvass_app.domain.text import Text
from canvass_app.ledger.events import Event, Key
from canvass_app.ledger.fold import Folded, fold_subject, heads_of
from canvass_app.ledger.kinds import (
    NEVER_VOIDED,
    BarLifted,
    BarSet,
    Body,
    ConflictClosed,
    Entity,
    RosterRestored,
    RosterWithdrawn,
    ShiftRestored,
    ShiftVoided,
    Value,
)
from canvass_app.storage.changes import ChangeSet
from canvass_app.storage.database import Connection
from canvass_app.storage.log import subjects_of_shift, voided_shifts

from .book import Book
from .decision_rows import Decision, DecisionKind, Side, side_of, subject_events
from .field_words import Words
from .turf_overlaps import overlapping_turfs, without_shared

__all__ = [
    "Closed",
    "Decision",
    "DecisionKind",
    "Side",
    "close_decision",
    "count_decisions",
    "find_decision",
    "open_decisions",
    "reopen_decision",
    "standing_corrections",
]

_BOTH = Text(
    "Two people entered this without knowing of each other. Until you choose, the one marked “stands now” counts.",
    "Deux personnes ont saisi ceci, chacune de son côté. D’ici votre choix, la « valeur retenue » compte.",
)
_CORRECTED = Text(
    "The shift that was corrected here no longer counts. The correction stands; keep it, or go back to before.",
    "Le quart corrigé ici ne compte plus. La correction reste en vigueur; gardez-la ou revenez à la valeur d’avant.",
)
_GONE = Text(
    "This was decided already, or something new came in since. Nothing was changed. Look at the list again.",
    "La question est déjà réglée, ou du nouveau est arrivé depuis. Rien n’a été modifié. Revoyez la liste.",
)
_NO_CHOICE = Text(
    "There is no choice {choice} here; choose 1 to {count}.",
    "Il n’y a pas de choix {choice} ici; choisissez de 1 à {count}.",
)
# What a field says when nobody has said anything: a correction can be taken back to this.
_EMPTY: Mapping[str, Value] = {"support": "", "gone": ""}


@dataclass(frozen=True, slots=True)
class Closed:
    """A closing. `token` takes it back (`reopen_decision`); b"" when only the opposite event can."""

    riding_id: int
    token: bytes
    changes: ChangeSet


def open_decisions(book: Book, riding_id: int | None = None) -> list[Decision]:
    """Everything that waits for a decision, in one riding or in all, the oldest first."""
    found: list[Decision] = []
    for riding in [riding_id] if riding_id is not None else _ridings(book):
        found += _conflicts(book, riding)
        found += standing_corrections(book, riding)
        found += overlapping_turfs(book, riding)
    return sorted(found, key=lambda one: (one.opened_ms, one.id))


def count_decisions(book: Book, riding_id: int | None = None) -> int:
    """How many rows wait: for a badge."""
    return len(open_decisions(book, riding_id))


def find_decision(book: Book, name: str) -> Decision:
    """The open row whose `id` begins with `name`. Raises InputError when there is none or several."""
    found = [one for one in open_decisions(book) if one.id.startswith(name.lower())]
    if len(found) != 1 or not name:
        raise InputError(_GONE)
    return found[0]


def close_decision(book: Book, decision: Decision, choice: int, author: str) -> Closed:
    """Close a row with its `choice`-th side (from 0). Raises InputError (no such side, or the row has changed)."""
    if not 0 <= choice < len(decision.sides):
        raise InputError(_NO_CHOICE.fill(choice=choice + 1, count=len(decision.sides)))
    # A closing stands in a shift of its own, so that voiding that shift opens the row again, sides and all.
    token = os.urandom(16)
    with book.act(author, token) as act:
        now = next((one for one in open_decisions(book, decision.riding_id) if one.id == decision.id), None)
        if now is None or now.heads != decision.heads:
            raise InputError(_GONE)
        said = _closings(book, decision, choice)
        for subject, body in said:
            act.add(decision.riding_id, subject, body)
    undoable = all(body.KIND not in NEVER_VOIDED for _, body in said)
    return Closed(decision.riding_id, token if undoable else b"", act.changes)


def _closings(book: Book, decision: Decision, choice: int) -> list[tuple[bytes, Body]]:
    values = decision.sides[choice].values
    if decision.kind == "turfs":
        return without_shared(book, decision, choice)
    return [
        (decision.subject, _closing(decision, field, value))
        for field, value in zip(decision.fields, values, strict=True)
    ]


def _closing(decision: Decision, field: str, value: Value) -> Body:
    # These fields are set by their own kinds alone, also here: only bar.lifted lifts a bar.
    if field == "bar":
        return (BarSet if value is True else BarLifted)(target=_barred(decision.target))
    if field == "voided":
        return ShiftVoided() if value is True else ShiftRestored()
    if field == "withdrawn":
        return RosterWithdrawn() if value is True else RosterRestored()
    return ConflictClosed(target=decision.target, field=field, value=value)


def _barred(target: Entity) -> Literal["door", "person", "number"]:
    return target if target == "person" or target == "number" else "door"


def reopen_decision(book: Book, closed: Closed, author: str) -> ChangeSet:
    """Take a closing back: every side is there again. Raises InputError for what only the opposite event undoes."""
    if not closed.token:
        raise InputError(
            Text(
                "This choice is not undone this way. Open the history of what it is about to change it.",
                "Ce choix ne s’annule pas ainsi. Ouvrez l’historique de ce dont il s’agit pour le modifier.",
            )
        )
    with book.act(author) as act:
        act.add(closed.riding_id, closed.token, ShiftVoided())
    return act.changes


# --- conflicts ----------------------------------------------------------------------------------


def _ridings(book: Book) -> list[int]:
    rows = book.read().query("SELECT riding_id FROM riding ORDER BY riding_id")
    return [int(row[0]) for row in rows]


def _conflicts(book: Book, riding_id: int) -> list[Decision]:
    rows = book.read().query(
        "SELECT subject, field, opened_ms FROM conflict WHERE riding_id = ?", (riding_id,)
    )
    if not rows:
        return []
    opened: dict[bytes, int] = {}
    for subject, _, at in rows:
        opened[bytes(subject)] = min(int(at), opened.get(bytes(subject), int(at)))
    words, voided = Words(book, riding_id), voided_shifts(book.read(), riding_id)
    found: list[Decision] = []
    for subject, events in subject_events(book, riding_id, opened).items():
        folded = fold_subject(events, voided)
        entities: list[Entity] = [e.entity for e in events if e.entity is not None]
        if not entities:
            continue
        # Fields in conflict between the very same events are one question: a turf's doors, minutes and metres.
        together: dict[tuple[Key, ...], list[str]] = {}
        for field in sorted(name for name, state in folded.items() if state.conflict):
            together.setdefault(folded[field].heads, []).append(field)
        for heads, fields in together.items():
            sides = _sides(book, words, fields, events, folded, voided)
            found.append(
                _row(
                    words, "conflict", riding_id, entities[0], subject, fields, heads, sides, opened[subject]
                )
            )
    return found


def _row(
    words: Words,
    kind: DecisionKind,
    riding_id: int,
    target: Entity,
    subject: bytes,
    fields: Collection[str],
    heads: tuple[Key, ...],
    sides: tuple[Side, ...],
    opened_ms: int,
) -> Decision:
    name = words.subject(target, subject)
    called = [words.field(field) for field in fields]
    what = Text(", ".join(t.en for t in called), ", ".join(t.fr for t in called))
    why = _BOTH if kind == "conflict" else _CORRECTED
    return Decision(kind, riding_id, target, subject, tuple(fields), heads, name, what, why, sides, opened_ms)


def _sides(
    book: Book,
    words: Words,
    fields: list[str],
    events: Collection[Event],
    folded: Mapping[str, Folded],
    voided: frozenset[bytes],
) -> tuple[Side, ...]:
    winner = folded[fields[0]].winner
    said = {field: {e.key: value for e, value in heads_of(events, field, voided)} for field in fields}
    heads = [e for e in events if e.key in said[fields[0]]]
    sides: list[Side] = []
    for event in sorted(heads, key=lambda e: (e.key != winner, e.wall_ms, e.key)):
        values = tuple(said[field].get(event.key) for field in fields)
        if all(values != side.values for side in sides):
            sides.append(side_of(book, words, fields, values, event, event.key == winner))
    return tuple(sides)


# --- corrections of voided shifts ---------------------------------------------------------------


def standing_corrections(
    book: Book, riding_id: int, shifts: Collection[bytes] | None = None
) -> list[Decision]:
    """What others changed of voided shifts (or of `shifts`, as if they were voided) and nobody has looked at yet.

    Such a change has seen what the shift had set, stands in no voided shift itself, and is still the field's head:
    once a person has confirmed or replaced it, it is one no more, and the row is gone on every laptop.
    """
    db = book.read()
    voided = voided_shifts(db, riding_id) | frozenset(shifts or ())
    looked_at = _voided_outings(db, riding_id) if shifts is None else shifts
    taken_out = [
        event
        for shift in looked_at
        for event in subjects_of_shift(db, riding_id, shift)
        if event.kind not in NEVER_VOIDED and event.body is not None and event.body.sets()
    ]
    if not taken_out:
        return []
    gone = {event.key: frozenset(event.body.sets() if event.body else ()) for event in taken_out}
    words = Words(book, riding_id)
    found: list[Decision] = []
    for subject, events in subject_events(book, riding_id, {e.subject for e in taken_out}).items():
        folded = fold_subject(events, voided)
        for event in events:
            fields = [
                field
                for field, state in folded.items()
                if event.key in state.heads and not _moot(field) and _corrects(event, field, gone)
            ]
            if fields and event.entity is not None:
                sides = _before_and_after(book, words, fields, event, events, voided)
                heads = tuple(sorted({key for field in fields for key in folded[field].heads}))
                found.append(
                    _row(
                        words,
                        "correction",
                        riding_id,
                        event.entity,
                        subject,
                        fields,
                        heads,
                        sides,
                        event.wall_ms,
                    )
                )
    return found


def _voided_outings(db: Connection, riding_id: int) -> list[bytes]:
    # A closing that was taken back stands in a shift that nobody opened: what came after it needs no second look.
    rows = db.query(
        "SELECT shift_id FROM shift WHERE riding_id = ? AND voided = 1 AND opened_ms > 0", (riding_id,)
    )
    return [bytes(row[0]) for row in rows]


def _corrects(event: Event, field: str, gone: Mapping[Key, frozenset[str]]) -> bool:
    return any(field in gone.get(key, ()) for key in event.sees)


def _moot(field: str) -> bool:
    """What corrects a voided attempt or note says nothing once the attempt or note itself does not count."""
    return field.startswith(("attempt:", "note:"))


def _before_and_after(
    book: Book, words: Words, fields: list[str], event: Event, events: list[Event], voided: frozenset[bytes]
) -> tuple[Side, ...]:
    said = event.body.sets() if event.body else {}
    stands = side_of(book, words, fields, tuple(said.get(f) for f in fields), event, True)
    without = fold_subject([e for e in events if e.key != event.key], voided)
    values: list[Value] = []
    for field in fields:
        empty: Value = () if field.startswith("answer:") else _EMPTY.get(field)
        value = without[field].value if field in without else empty
        if value is None:
            return (stands,)
        values.append(value)
    if tuple(values) == stands.values:
        return (stands,)
    by = {e.key: e for e in events}
    last = without.get(fields[0])
    before = side_of(book, words, fields, tuple(values), by.get(last.winner) if last else None, False)
    return (stands, before)
