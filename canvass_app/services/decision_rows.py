"""The rows of "Needs a decision": one type, whatever the question, and the words of their sides."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b
from typing import Literal

from canvass_app.domain.text import Text
from canvass_app.ledger.events import Event, Key
from canvass_app.ledger.kinds import Entity, Value
from canvass_app.storage.days import local_clock, local_day
from canvass_app.storage.log import events_of, members, resolve

from .book import Book
from .field_words import Words

DecisionKind = Literal["conflict", "correction", "people", "turfs"]


@dataclass(frozen=True, slots=True)
class Side:
    """One of the values to choose from, and who said so. `values` runs parallel to the decision's fields."""

    value: Text
    author: str
    wall_ms: int
    day: str
    clock: str
    device: Text | None
    stands: bool
    """Whether this is what counts until a person chooses."""
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """One row: what it is about, and its sides; the one that stands comes first."""

    kind: DecisionKind
    riding_id: int
    target: Entity
    subject: bytes
    fields: tuple[str, ...]
    heads: tuple[Key, ...]
    subject_name: Text
    what: Text
    why: Text
    sides: tuple[Side, ...]
    opened_ms: int

    @property
    def id(self) -> str:
        """A short name that stays the same as long as the row is open."""
        text = f"{self.kind}|{self.riding_id}|{self.subject.hex()}|{'|'.join(self.fields)}"
        return blake2b(text.encode(), digest_size=4).hexdigest()


def side_of(
    book: Book,
    words: Words,
    fields: Iterable[str],
    values: tuple[Value, ...],
    event: Event | None,
    stands: bool,
) -> Side:
    """A side in words: what these fields say, and by whom, when and where; without an event, nobody said it."""
    said = [words.value(field, value) for field, value in zip(fields, values, strict=True)]
    text = Text(" · ".join(t.en for t in said), " · ".join(t.fr for t in said))
    if event is None:
        return Side(text, "", 0, "", "", None, stands, values)
    zone = book.time_zone
    return Side(
        text, event.author, event.wall_ms, local_day(event.wall_ms, zone), local_clock(event.wall_ms, zone),
        words.device(event.key.device_id), stands, values,
    )  # fmt: skip


def subject_events(book: Book, riding_id: int, subjects: Iterable[bytes]) -> dict[bytes, list[Event]]:
    """For each subject every event of it and of the ids joined with it."""
    db = book.read()
    known = set(resolve(db, riding_id, subjects).values())
    groups = members(db, riding_id, known)
    events = events_of(db, riding_id, {one for group in groups.values() for one in group})
    return {
        subject: [event for one in group for event in events.get(one, ())]
        for subject, group in groups.items()
    }
