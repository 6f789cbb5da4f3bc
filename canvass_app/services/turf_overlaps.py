"""Two leads cut the same doors without knowing of each other: which turf keeps them?"""

from __future__ import annotations

from typing import NamedTuple

from canvass_app.domain.errors import InputError
from canvass_app.domain.text import Text
from canvass_app.ledger.events import Event
from canvass_app.ledger.fold import fold_subject
from canvass_app.ledger.kinds import Body, TurfChanged, TurfCut, TurfRetired
from canvass_app.storage.changes import ChangeSet
from canvass_app.storage.log import voided_shifts

from .book import Book
from .decision_rows import Decision, Side, side_of, subject_events
from .field_words import Words
from .turf_rows import turf_door_ids

_WHY = Text(
    "Two leads cut the same doors without knowing of each other. Choose which turf keeps them; the other is walked without "
    "them. Lists already printed still open as they are.",
    "Deux responsables ont découpé les mêmes portes, chacun de son côté. Choisissez le secteur qui les garde; l’autre se "
    "fera sans elles. Les listes déjà imprimées s’ouvriront telles quelles.",
)
_FIELD = "shared:"
_NOT_SHARED = Text(
    "These two turfs hold no door in common any more. Nothing was changed.",
    "Ces deux secteurs n’ont plus aucune porte en commun. Rien n’a été modifié.",
)


class SharedDoors(NamedTuple):
    """A turf in use that holds some of the same doors as another one."""

    turf_id: bytes
    name: str
    doors: int


def shared_doors(book: Book, riding_id: int) -> dict[bytes, list[SharedDoors]]:
    """Of every turf in use that shares doors with others: those others, the one with most of its doors first."""
    rows = book.read().query(
        "SELECT a.turf_id, b.turf_id, t.name, COUNT(*) FROM turf_door a"
        " JOIN turf_door b ON b.riding_id = a.riding_id AND b.door_id = a.door_id AND b.turf_id <> a.turf_id"
        " JOIN turf s ON s.riding_id = a.riding_id AND s.turf_id = a.turf_id AND s.retired = 0"
        " JOIN turf t ON t.riding_id = b.riding_id AND t.turf_id = b.turf_id AND t.retired = 0"
        " WHERE a.riding_id = ? GROUP BY a.turf_id, b.turf_id, t.name ORDER BY COUNT(*) DESC, b.turf_id",
        (riding_id,),
    )
    found: dict[bytes, list[SharedDoors]] = {}
    for turf, other, name, count in rows:
        found.setdefault(bytes(turf), []).append(SharedDoors(bytes(other), str(name), int(count)))
    return found


def keep_doors_in(book: Book, riding_id: int, turf_id: bytes, other: bytes, author: str) -> ChangeSet:
    """Decide that `turf_id` keeps the doors that it shares with `other`, which is walked without them from now on. The row
    in "Needs a decision" is closed with it. Raises InputError when the two share nothing any more."""
    from .decisions import close_decision

    low, high = sorted((turf_id, other))
    name = f"{_FIELD}{high.hex()}"
    row = next(
        (one for one in overlapping_turfs(book, riding_id) if one.subject == low and one.fields == (name,)),
        None,
    )
    if row is None:
        raise InputError(_NOT_SHARED)
    choice = next(place for place, side in enumerate(row.sides) if side.values == (turf_id,))
    return close_decision(book, row, choice, author).changes


def overlapping_turfs(book: Book, riding_id: int) -> list[Decision]:
    """A row for every two turfs in use that hold the same doors; the later turf, which holds them now, comes first."""
    rows = book.read().query(
        "SELECT a.turf_id, b.turf_id, COUNT(*) FROM turf_door a"
        " JOIN turf_door b ON b.riding_id = a.riding_id AND b.door_id = a.door_id AND b.turf_id > a.turf_id"
        " JOIN turf s ON s.riding_id = a.riding_id AND s.turf_id = a.turf_id AND s.retired = 0"
        " JOIN turf t ON t.riding_id = b.riding_id AND t.turf_id = b.turf_id AND t.retired = 0"
        " WHERE a.riding_id = ? GROUP BY a.turf_id, b.turf_id ORDER BY a.turf_id, b.turf_id",
        (riding_id,),
    )
    if not rows:
        return []
    words, voided = Words(book, riding_id), voided_shifts(book.read(), riding_id)
    events = subject_events(book, riding_id, {bytes(turf) for row in rows for turf in row[:2]})
    found: list[Decision] = []
    for low, high, count in rows:
        pair = sorted(
            (bytes(low), bytes(high)), key=lambda turf: (_cut(events[turf]).order, turf), reverse=True
        )
        folded = [fold_subject(events[turf], voided) for turf in pair]
        heads = tuple(
            sorted({key for fields in folded if "doors" in fields for key in fields["doors"].heads})
        )
        sides = tuple(_side(book, words, turf, _cut(events[turf]), turf == pair[0]) for turf in pair)
        names = [words.subject("turf", turf) for turf in sorted(pair)]
        found.append(
            Decision(
                "turfs", riding_id, "turf", bytes(low), (f"{_FIELD}{bytes(high).hex()}",), heads,
                Text(" / ".join(name.en for name in names), " / ".join(name.fr for name in names)),
                _SHARED.fill(doors=int(count)), _WHY, sides, max(side.wall_ms for side in sides),
            )
        )  # fmt: skip
    return found


def _cut(events: list[Event]) -> Event:
    """The turf's making; any event of it where that has not arrived."""
    return min(events, key=lambda e: (not isinstance(e.body, TurfCut), e.order, e.key))


def _side(book: Book, words: Words, turf: bytes, cut: Event, stands: bool) -> Side:
    side = side_of(book, words, (), (), cut, stands)
    return Side(
        words.subject("turf", turf),
        side.author,
        side.wall_ms,
        side.day,
        side.clock,
        side.device,
        stands,
        (turf,),
    )


_SHARED = Text("{doors:door|doors} in two turfs", "{doors:porte|portes}, deux secteurs")


def without_shared(book: Book, decision: Decision, choice: int) -> list[tuple[bytes, Body]]:
    """The turf that was not chosen, walked anew without the doors both hold; out of use when it has no others."""
    from .turfs import propose_turf

    kept = next(bytes(v) for v in decision.sides[choice].values if isinstance(v, bytes))
    other = next(
        bytes(v)
        for n, side in enumerate(decision.sides)
        if n != choice
        for v in side.values
        if isinstance(v, bytes)
    )
    shared = set(turf_door_ids(book, decision.riding_id, kept))
    left = [door for door in turf_door_ids(book, decision.riding_id, other) if door not in shared]
    if not left:
        return [(other, TurfRetired())]
    walk = propose_turf(book, decision.riding_id, left, take=True)
    return [(other, TurfChanged(doors=tuple(walk.door_ids), seconds=walk.seconds, metres=walk.metres))]
