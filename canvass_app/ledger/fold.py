"""Folding: from the set of known events of a subject to its state. Pure, and blind to arrival order.

The rules, in the order in which they apply:

1. **One thing said counts once.** An event that was issued again under a new number (a fork) and its
   re-issues are one event. The original stands for all of them; without it, the smallest key.
2. **What is voided leaves the set before anything else**, late arrivals too, but it still links: what it
   had seen stays replaced. Bars, erasures, money and voiding itself are never voided.
3. **Heads.** Per field: the events that set it and that no other known one dominates. An event dominates
   what it had seen (`sees`), and what that had seen.
4. **One head: its value. Several: the greatest (strength, order, key) wins**, one total key. Files are
   weaker than what was learned at a door; a bar is stronger than a lift that had not seen it.
5. **Several heads of different values are a conflict** until an event that saw them all sets the field:
   a person's decision, or simply a newer observation. It blocks nothing.
6. **Attempts and notes only append**; a correction is a field of its own. A "not home" sets no field, so
   it can never un-say "do not contact".
7. **A death takes two witnesses**; one report alone changes nothing but the attempt.

What to fold is a subject's events; a joined group of doors or people is one subject (ledger/grouping.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from .events import Event, Key
from .kinds import NEVER_VOIDED, AttemptMade, NoteWritten, Value

WITNESSES = 2
Fields = Mapping[str, "Folded"]


class FieldSet(NamedTuple):
    """One event's setting of one field."""

    key: Key
    value: Value
    strength: int
    order: int
    sees: tuple[Key, ...]


@dataclass(frozen=True, slots=True)
class Folded:
    """A field's state: the winning value, who set it, and every head."""

    value: Value
    winner: Key
    heads: tuple[Key, ...]
    conflict: bool
    latest: int
    """The greatest order among the heads: when a conflict, if there is one, was opened."""


# --- 1 and 2: which events count --------------------------------------------------------------------


def counts(event: Event, voided: frozenset[bytes]) -> bool:
    """Whether an event takes part, given the shifts that are voided."""
    return event.shift not in voided or event.kind in NEVER_VOIDED


def standing(events: Iterable[Event], voided: frozenset[bytes]) -> list[Event]:
    """The events that count, each thing said once."""
    known = list(events)
    same = _said_again(known)
    return [e for e in known if e.body is not None and counts(e, voided) and same.get(e.key, e.key) == e.key]


def _said_again(events: list[Event]) -> dict[Key, Key]:
    """For each number that stands for another event of the subject: that event's number."""
    if all(event.reissue_of is None for event in events):
        return {}
    first: dict[bytes, Key] = {}
    for event in sorted(events, key=lambda e: (e.reissue_of is not None, e.key)):
        first.setdefault(event.identity, event.key)
    same = {e.key: first[e.identity] for e in events if first[e.identity] != e.key}
    known = {event.key for event in events}
    for event in events:
        if event.reissue_of is not None:
            origin = Key(event.reissue_of.device_id, event.reissue_of.device_seq)
            if origin not in known:
                # Two copies may have used one number for two things: the smaller key, whatever came first.
                same[origin] = min(first[event.identity], same.get(origin, first[event.identity]))
    return same


# --- 3 to 5: fields ---------------------------------------------------------------------------------


def _dominated(sets: Iterable[FieldSet], edges: Mapping[Key, tuple[Key, ...]]) -> set[Key]:
    seen: set[Key] = set()
    stack = [key for item in sets for key in item.sees if key != item.key]
    while stack:
        key = stack.pop()
        if key not in seen:
            seen.add(key)
            stack.extend(edges.get(key, ()))
    return seen


def fold_field(sets: Iterable[FieldSet], edges: Mapping[Key, tuple[Key, ...]] | None = None) -> Folded | None:
    """Fold one field. `edges` adds what voided events had seen: they do not count, but they link.

    None when nothing sets the field.
    """
    unique = {item.key: item for item in sets}
    known = {key: item.sees for key, item in unique.items()} | dict(edges or {})
    dominated = _dominated(unique.values(), known)
    # Where numbers of copies are not known yet, events can seem to have seen each other in a ring: then all are heads.
    heads = [item for key, item in unique.items() if key not in dominated] or list(unique.values())
    if not heads:
        return None
    winner = max(heads, key=lambda item: (item.strength, item.order, item.key))
    conflict = any(item.value != winner.value for item in heads)
    return Folded(
        winner.value,
        winner.key,
        tuple(sorted(item.key for item in heads)),
        conflict,
        max(i.order for i in heads),
    )


def fold_subject(events: Iterable[Event], voided: frozenset[bytes] = frozenset()) -> dict[str, Folded]:
    """Every field that the subject's events set, folded."""
    known = list(events)
    same = _said_again(known)
    fields: dict[str, list[FieldSet]] = {}
    edges: dict[str, dict[Key, tuple[Key, ...]]] = {}
    for event in known:
        if event.body is None or event.key in same:
            continue
        sees = tuple(same.get(key, key) for key in event.sees) if same else event.sees
        for name, value in event.body.sets().items():
            field = _about(name, same)
            if counts(event, voided):
                item = FieldSet(event.key, value, event.body.STRENGTH, event.order, sees)
                fields.setdefault(field, []).append(item)
            else:
                edges.setdefault(field, {})[event.key] = sees
    folded = {field: fold_field(sets, edges.get(field)) for field, sets in fields.items()}
    return {field: state for field, state in folded.items() if state is not None}


def _about(field: str, same: Mapping[Key, Key]) -> str:
    """A field about one attempt or note, under the number that stands for it."""
    if not same or not field.startswith(("attempt:", "note:")):
        return field
    sort, device, seq = field.split(":")
    key = Key(bytes.fromhex(device), int(seq))
    return _field_of(sort, same.get(key, key))


def _field_of(sort: str, key: Key) -> str:
    return f"{sort}:{key.device_id.hex()}:{key.device_seq}"


# --- 6 and 7: what only appends ---------------------------------------------------------------------


def attempts(events: Iterable[Event], fields: Fields, voided: frozenset[bytes]) -> list[tuple[Event, str]]:
    """The attempts that count, each with its code as corrected; one that was taken back is not among them."""
    made: list[tuple[Event, str]] = []
    for event in standing(events, voided):
        if isinstance(event.body, AttemptMade):
            corrected = fields.get(_field_of("attempt", event.key))
            code = str(corrected.value) if corrected else event.body.code
            if code:
                made.append((event, code))
    return made


def notes(events: Iterable[Event], fields: Fields, voided: frozenset[bytes]) -> list[tuple[Event, str]]:
    """The notes that stand, with their words."""
    return [
        (event, event.body.text)
        for event in standing(events, voided)
        if isinstance(event.body, NoteWritten) and not is_set(fields, _field_of("note", event.key))
    ]


def is_set(fields: Fields, name: str) -> bool:
    """Whether a yes-or-no field says yes."""
    return name in fields and fields[name].value is True


def gone(fields: Fields) -> str:
    """Why a person is not to be visited at home: "moved", "deceased", or ""."""
    said = fields["gone"].value if "gone" in fields else ""
    witnesses = sum(name.startswith("deceased:") and state.value is True for name, state in fields.items())
    return str(said or ("deceased" if witnesses >= WITNESSES else ""))


# --- what a person needs to decide ------------------------------------------------------------------


def heads_of(events: Iterable[Event], field: str, voided: frozenset[bytes]) -> list[tuple[Event, Value]]:
    """Every head of a field with the value it sets, the winner first."""
    known = list(events)
    same = _said_again(known)
    state = fold_subject(known, voided).get(field)
    if state is None:
        return []
    by_key = {event.key: event for event in known}
    found = [by_key[key] for key in sorted(state.heads, key=lambda key: (key != state.winner, key))]
    return [
        (event, value)
        for event in found
        if event.body is not None
        for name, value in event.body.sets().items()
        if _about(name, same) == field
    ]
