"""Folding: from the set of known events of a subject to its state. Pure, and blind to arrival order.

Per field, the heads are the known events that set it and that no known one dominates; domination is
the closure of `sees`. One head: its value. Several: the greatest (strength, stamp, device, seq)
wins, one total key, and different values open a conflict that a person closes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from .events import Event, Key
from .kinds import NEVER_VOIDED, Value


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


def _dominated(sets: Iterable[FieldSet], edges: Mapping[Key, tuple[Key, ...]]) -> set[Key]:
    seen: set[Key] = set()
    stack = [key for item in sets for key in item.sees]
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
    heads = [item for key, item in unique.items() if key not in dominated]
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


def counts(event: Event, voided: frozenset[bytes]) -> bool:
    """Whether an event takes part, given the shifts that are voided."""
    return event.shift not in voided or event.kind in NEVER_VOIDED


def fold_subject(events: Iterable[Event], voided: frozenset[bytes] = frozenset()) -> dict[str, Folded]:
    """Every field that the subject's events set, folded."""
    fields: dict[str, list[FieldSet]] = {}
    edges: dict[str, dict[Key, tuple[Key, ...]]] = {}
    for event in events:
        if event.body is None:
            continue
        for field, value in event.body.sets().items():
            if counts(event, voided):
                item = FieldSet(event.key, value, event.body.STRENGTH, event.order, event.sees)
                fields.setdefault(field, []).append(item)
            else:
                edges.setdefault(field, {})[event.key] = event.sees
    folded = {field: fold_field(sets, edges.get(field)) for field, sets in fields.items()}
    return {field: state for field, state in folded.items() if state is not None}
