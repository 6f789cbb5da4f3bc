"""What is saved of a walk list's lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from canvass_app.domain.codes import BY_CODE
from canvass_app.domain.walk_list import SheetLine, WalkListDocument
from canvass_app.storage.database import Connection, query_in
from canvass_app.storage.log import resolve

from .book import Book


@dataclass(frozen=True, slots=True)
class SavedMark:
    """A line's result as saved. `token` takes it back; `mine`: this laptop recorded it."""

    code: str
    support: str
    second: str
    answers: dict[str, tuple[str, ...]]
    wall_ms: int
    author: str
    mine: bool
    token: int
    person_id: bytes

    @property
    def support_text(self) -> str:
        """ "2L", or "" when no level was given."""
        return self.support + self.second


def saved_marks(
    book: Book,
    document: WalkListDocument,
    lines: Sequence[SheetLine] | None = None,
    db: Connection | None = None,
) -> dict[int, SavedMark]:
    """The latest result of each line of a list, or of `lines` (whole households) only.

    A code about the door marks its whole household. Within an act `db` is the act's connection.
    """
    db = db or book.read()
    riding_id = document.riding_id
    wanted = document.lines if lines is None else lines
    sql = (
        "SELECT device_id, device_seq, door_id, person_id, code, wall_ms, author, line FROM attempt"
        " WHERE riding_id = ? AND walk_list = ?"
    )
    if lines is None:
        rows = db.query(sql, (riding_id, document.number))
    else:
        numbers = range(min(line.line for line in lines), max(line.line for line in lines) + 1)
        rows = query_in(db, sql + " AND line IN (??)", (riding_id, document.number), numbers)
    if not rows:
        return {}
    rows.sort(key=lambda row: (row[5], row[0], row[1]))
    people = {bytes(row[3]) for row in rows if row[3]}
    doors = resolve(db, riding_id, {line.door_id for line in wanted})
    support = {
        bytes(person): str(level)
        for person, level in query_in(
            db,
            "SELECT person_id, support FROM person WHERE riding_id = ? AND person_id IN (??)",
            (riding_id,),
            people,
        )
    }
    answers: dict[bytes, dict[str, tuple[str, ...]]] = {}
    for person, question, answer in query_in(
        db, "SELECT person_id, question, answer FROM answer WHERE riding_id = ? AND person_id IN (??)",
        (riding_id,), people,
    ):  # fmt: skip
        answers.setdefault(bytes(person), {})[str(question)] = tuple(str(answer).split(" "))
    household: dict[bytes, list[int]] = {}
    for line in wanted:
        household.setdefault(doors[line.door_id], []).append(line.line)
    marks: dict[int, SavedMark] = {}
    for device, seq, door, person, code, wall_ms, author, line in rows:
        talked = code == "canvassed"
        level = support.get(bytes(person), "") if talked else ""
        second = level[1:] if level[:1].isdigit() else ""
        mark = SavedMark(
            code, level[: len(level) - len(second)], second, answers.get(bytes(person), {}) if talked else {},
            int(wall_ms), author, bytes(device) == book.device_id, int(seq), bytes(person),
        )  # fmt: skip
        if BY_CODE[code].person:
            marks[int(line)] = mark
        else:
            marks.update(dict.fromkeys(household.get(bytes(door), [int(line)]), mark))
    return marks
