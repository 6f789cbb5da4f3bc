"""The cut in the hand: kept on this laptop after every edit, brought up to date when doors change, made or thrown away.

One draft a riding, a local fact that is never synced. Nobody else sees it until it is accepted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from canvass_app.domain.text import Text
from canvass_app.storage.database import Connection
from canvass_app.turf.area import Area
from canvass_app.turf.draft import Draft, DraftTurf, Edit, apply, new_draft

from .book import Book
from .doors_out import doors_in_hand
from .draft_files import Base, pack_base, pack_edit, read_base, read_edit
from .turf_rows import list_turfs

COLORS = 12
_WORD = Text("Turf", "Secteur")


class Missed(NamedTuple):
    """What happened to doors of a draft since it was cut, in doors."""

    elsewhere: int = 0
    """They are in a turf now that was made elsewhere, or on a walk list that is out."""
    barred: int = 0
    away: int = 0
    """They are the same as another door, or no door of this riding any more."""
    new: int = 0
    """Doors on no turf that the draft does not know."""

    def __bool__(self) -> bool:
        return any(self)


_NOTHING = Missed()


@dataclass(frozen=True, slots=True, eq=False)
class Desk:
    """A draft as it lies on the table: its doors' ids, its edits, and what was taken back and can be done again."""

    riding_id: int
    door_ids: list[bytes]
    draft: Draft
    taken: NDArray[np.bool_]
    said: dict[str, Any]
    done: tuple[Edit, ...] = ()
    undone: tuple[Edit, ...] = ()
    missed: Missed = _NOTHING

    def ids_at(self, places: Sequence[int] | NDArray[np.int64]) -> list[bytes]:
        """The ids of doors by their places in the draft."""
        return [self.door_ids[int(place)] for place in places]


def start_draft(
    book: Book, riding_id: int, door_ids: Sequence[bytes], area: Area, owner: NDArray[np.int32],
    turfs: Sequence[DraftTurf], said: dict[str, Any] | None = None,
) -> Desk:  # fmt: skip
    """Keep a proposal as the riding's draft; the one before is thrown away. `owner` int32[units]."""
    held = np.append(owner, np.int32(-1))
    draft = new_draft(area, held[area.unit], turfs)
    held_before = _in_turfs(book, riding_id)
    taken = np.array([door in held_before for door in door_ids], bool)
    others = _others(_doors(book, riding_id), set(door_ids), held_before)
    base = Base(list(door_ids), draft, taken, {**(said or {}), "others": others})
    with book.writing(), book.database.write() as db:
        _clear(db, riding_id)
        db.run(
            "INSERT INTO draft (riding_id, at, base, begun_ms) VALUES (?,?,?,?)",
            (riding_id, 0, pack_base(base), book.now_ms()),
        )
    return freshen(book, Desk(riding_id, base.door_ids, draft, taken, base.said))


def open_draft(book: Book, riding_id: int) -> Desk | None:
    """The riding's draft as it was left, with every edit that can be taken back; None when there is none."""
    db = book.read()
    rows = db.query("SELECT at, base FROM draft WHERE riding_id = ?", (riding_id,))
    base = read_base(bytes(rows[0][1])) if rows else None
    if base is None:
        return None
    at, draft = int(rows[0][0]), base.draft
    edits = [
        read_edit(bytes(body))
        for (body,) in db.query("SELECT body FROM draft_edit WHERE riding_id = ? ORDER BY seq", (riding_id,))
    ]
    for edit in edits[:at]:
        draft = apply(draft, edit)
    undone = tuple(reversed(edits[at:]))
    desk = Desk(riding_id, base.door_ids, draft, base.taken, base.said, tuple(edits[:at]), undone)
    return freshen(book, desk)


def keep(book: Book, desk: Desk, edit: Edit) -> Desk:
    """Make an edit and keep it, durably. What was taken back before cannot be done again."""
    draft = apply(desk.draft, edit)
    seq = len(desk.done) + 1
    with book.writing(), book.database.write() as db:
        db.run("DELETE FROM draft_edit WHERE riding_id = ? AND seq >= ?", (desk.riding_id, seq))
        db.run(
            "INSERT INTO draft_edit (riding_id, seq, body) VALUES (?,?,?)",
            (desk.riding_id, seq, pack_edit(edit)),
        )
        db.run("UPDATE draft SET at = ? WHERE riding_id = ?", (seq, desk.riding_id))
    return replace(desk, draft=draft, done=(*desk.done, edit), undone=())


def undo(book: Book, desk: Desk) -> Desk:
    """Take the last edit back; the desk as it is where there is none."""
    if not desk.done:
        return desk
    edit = desk.done[-1]
    _stand_at(book, desk.riding_id, len(desk.done) - 1)
    draft = apply(desk.draft, edit.back())
    return replace(desk, draft=draft, done=desk.done[:-1], undone=(*desk.undone, edit))


def redo(book: Book, desk: Desk) -> Desk:
    """Make the edit again that was taken back last; the desk as it is where there is none."""
    if not desk.undone:
        return desk
    edit = desk.undone[-1]
    _stand_at(book, desk.riding_id, len(desk.done) + 1)
    draft = apply(desk.draft, edit)
    return replace(desk, draft=draft, done=(*desk.done, edit), undone=desk.undone[:-1])


def bring_back(book: Book, desk: Desk) -> Desk:
    """Keep a desk again that was thrown away, with all its edits."""
    start = desk.draft
    for edit in reversed(desk.done):
        start = apply(start, edit.back())
    base = Base(desk.door_ids, start, desk.taken, desk.said)
    with book.writing(), book.database.write() as db:
        _clear(db, desk.riding_id)
        db.run(
            "INSERT INTO draft (riding_id, at, base, begun_ms) VALUES (?,?,?,?)",
            (desk.riding_id, len(desk.done), pack_base(base), book.now_ms()),
        )
        for seq, edit in enumerate((*desk.done, *reversed(desk.undone)), 1):
            db.run(
                "INSERT INTO draft_edit (riding_id, seq, body) VALUES (?,?,?)",
                (desk.riding_id, seq, pack_edit(edit)),
            )
    return freshen(book, desk)


def _stand_at(book: Book, riding_id: int, at: int) -> None:
    with book.writing(), book.database.write() as db:
        db.run("UPDATE draft SET at = ? WHERE riding_id = ?", (at, riding_id))


def throw_away(book: Book, riding_id: int) -> None:
    """The draft is gone; nothing else changes."""
    with book.writing(), book.database.write() as db:
        _clear(db, riding_id)


def _clear(db: Connection, riding_id: int) -> None:
    db.run("DELETE FROM draft_edit WHERE riding_id = ?", (riding_id,))
    db.run("DELETE FROM draft WHERE riding_id = ?", (riding_id,))


# doors change under the draft


def freshen(book: Book, desk: Desk) -> Desk:
    """The desk without the doors that are no longer to be cut, and what became of them. Edits stay as they are."""
    known = _doors(book, desk.riding_id)
    held, out = _in_turfs(book, desk.riding_id), doors_in_hand(book.read(), desk.riding_id)
    gone = np.zeros(len(desk.door_ids), bool)
    elsewhere = barred = away = 0
    for place, door in enumerate(desk.door_ids):
        if door not in known:
            away += 1
        elif known[door]:
            barred += 1
        elif door in out or (door in held and not desk.taken[place]):
            elsewhere += 1
        else:
            continue
        gone[place] = True
    new = _others(known, set(desk.door_ids), held) - int(desk.said.get("others", 0))
    missed = Missed(elsewhere, barred, away, max(0, new))
    return replace(desk, draft=replace(desk.draft, gone=gone), missed=missed)


def _doors(book: Book, riding_id: int) -> dict[bytes, bool]:
    """The riding's doors, and whether each is not to be knocked at."""
    rows = book.read().query("SELECT door_id, barred FROM door WHERE riding_id = ?", (riding_id,))
    return {bytes(door): bool(barred) for door, barred in rows}


def _others(known: dict[bytes, bool], mine: set[bytes], held: set[bytes]) -> int:
    """How many doors could be cut and are neither in the draft nor in a turf."""
    return sum(not barred and door not in mine and door not in held for door, barred in known.items())


def _in_turfs(book: Book, riding_id: int) -> set[bytes]:
    rows = book.read().query(
        "SELECT td.door_id FROM turf_door td JOIN turf t ON t.riding_id = td.riding_id AND t.turf_id = td.turf_id"
        " WHERE td.riding_id = ? AND t.retired = 0",
        (riding_id,),
    )
    return {bytes(row[0]) for row in rows}


def walked(book: Book, desk: Desk) -> NDArray[np.int64]:
    """The places of doors of the draft that somebody has tried."""
    rows = book.read().query("SELECT door_id FROM door WHERE riding_id = ? AND state > 0", (desk.riding_id,))
    tried = {bytes(row[0]) for row in rows}
    return np.flatnonzero(np.array([door in tried for door in desk.door_ids], bool))


# names


def new_names(book: Book, desk: Desk | None, riding_id: int, count: int, language: str) -> list[DraftTurf]:
    """`count` names and colours for further turfs that no turf of the riding or the draft has; numbers from 0."""
    word = _WORD.say(language)
    used = {turf.name for turf in list_turfs(book, riding_id, include_retired=True)}
    made = len(used)
    mine = list(desk.draft.turfs.values()) if desk is not None else []
    used |= {turf.name for turf in mine}
    number, found = made + len(mine) + 1, list[DraftTurf]()
    while len(found) < count:
        name = f"{word} {number}"
        if name not in used:
            found.append(DraftTurf(len(found), name, (made + len(mine) + len(found)) % COLORS))
        number += 1
    return found


__all__ = [
    "Desk", "Missed", "bring_back", "freshen", "keep", "new_names", "open_draft", "redo",
    "start_draft", "throw_away", "undo", "walked",
]  # fmt: skip
