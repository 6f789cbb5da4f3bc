"""Taking an imported file back: its rows stop counting, what people learned at the doors stays."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from canvass_app.domain.address import address_label
from canvass_app.domain.errors import NotFound
from canvass_app.domain.people import person_label
from canvass_app.domain.text import Text
from canvass_app.ledger.kinds import RosterRestored, RosterWithdrawn
from canvass_app.storage.changes import ChangeSet
from canvass_app.storage.database import Connection, query_in
from canvass_app.storage.days import local_clock, local_day
from canvass_app.storage.projections.doors import DOOR_COLUMNS
from canvass_app.storage.projections.people import PERSON_COLUMNS

from .book import Book

# How many names a preview carries of each sort: enough to recognise the file by.
SAMPLE = 12

_NO_IMPORT = Text(
    "This import is not on this laptop. Sync first, then look at the list of imports again.",
    "Cette importation n’est pas sur cet ordinateur. Synchronisez d’abord, puis revoyez la liste des importations.",
)


@dataclass(frozen=True, slots=True)
class ImportedFile:
    """An import, in one riding. `complete`: all of it is on this laptop."""

    roster_id: bytes
    riding_id: int
    source: str
    day: str
    clock: str
    added_ms: int
    author: str
    doors: int
    people: int
    withdrawn: bool
    complete: bool


@dataclass(frozen=True, slots=True)
class WithdrawPreview:
    """What withdrawing a file would change, computed by folding with it and without it.

    `stay`: doors and people that somebody has learned something of; they stay, marked "not on file".
    """

    file: ImportedFile
    doors_gone: int
    people_gone: int
    doors_stay: int
    people_stay: int
    doors_changed: int
    people_changed: int
    gone_names: tuple[str, ...]
    stay_names: tuple[str, ...]


_COLUMNS = "roster_id, riding_id, source, added_ms, author, doors, people, withdrawn, complete"


def list_imports(book: Book, riding_id: int | None = None) -> list[ImportedFile]:
    """The imports of a riding, or of all, newest first."""
    where, values = ("", ()) if riding_id is None else (" WHERE riding_id = ?", (riding_id,))
    rows = book.read().query(
        f"SELECT {_COLUMNS} FROM roster{where} ORDER BY added_ms DESC, roster_id", values
    )
    return [_file(book, row) for row in rows]


def _file(book: Book, row: tuple[object, ...]) -> ImportedFile:
    added = int(str(row[3]))
    return ImportedFile(
        bytes(row[0]) if isinstance(row[0], bytes) else b"", int(str(row[1])), str(row[2]),
        local_day(added, book.time_zone), local_clock(added, book.time_zone), added, str(row[4]),
        int(str(row[5])), int(str(row[6])), bool(row[7]), bool(row[8]),
    )  # fmt: skip


def get_import(book: Book, riding_id: int, roster_id: bytes) -> ImportedFile:
    """One import. Raises NotFound."""
    rows = book.read().query(
        f"SELECT {_COLUMNS} FROM roster WHERE riding_id = ? AND roster_id = ?", (riding_id, roster_id)
    )
    if not rows:
        raise NotFound(_NO_IMPORT)
    return _file(book, rows[0])


def find_import(book: Book, name: str) -> ImportedFile:
    """The import whose id begins with `name` (hexadecimal). Raises NotFound when there is none or several."""
    found = [one for one in list_imports(book) if name and one.roster_id.hex().startswith(name.lower())]
    if len(found) != 1:
        raise NotFound(_NO_IMPORT)
    return found[0]


def preview_withdraw(book: Book, riding_id: int, roster_id: bytes) -> WithdrawPreview:
    """What withdrawing would change. Writes nothing that lasts. Raises NotFound."""
    file = get_import(book, riding_id, roster_id)
    before = book.read()
    try:
        with book.act("") as act:
            act.add(riding_id, roster_id, RosterWithdrawn())
            act.project_now()
            raise _PutBack(_compared(before, act.db, file))
    except _PutBack as trial:
        return trial.preview


class _PutBack(Exception):
    """Undoes a trial's transaction and carries out what was seen in it."""

    def __init__(self, preview: WithdrawPreview) -> None:
        super().__init__()
        self.preview = preview


Marks = dict[bytes, tuple[int, int]]


def _marks(db: Connection, riding: int, table: str, column: str, columns: Iterable[str]) -> Marks:
    rows = db.query(
        f"SELECT {column}, on_file, {', '.join(columns)} FROM {table} WHERE riding_id = ?", (riding,)
    )
    return {bytes(row[0]): (int(row[1]), hash(row[2:])) for row in rows}


def _sorted_out(before: Marks, after: Marks) -> tuple[list[bytes], list[bytes], int]:
    """What goes, what stays without being on file, and how many keep another file's values."""
    gone = [one for one in before if one not in after]
    stay = [one for one, (on_file, _) in before.items() if on_file and one in after and not after[one][0]]
    left = set(stay)
    changed = sum(
        1 for one, (_, mark) in before.items() if one in after and one not in left and after[one][1] != mark
    )
    return gone, stay, changed


def _compared(before: Connection, after: Connection, file: ImportedFile) -> WithdrawPreview:
    riding = file.riding_id
    doors = _sorted_out(
        _marks(before, riding, "door", "door_id", DOOR_COLUMNS),
        _marks(after, riding, "door", "door_id", DOOR_COLUMNS),
    )
    people = _sorted_out(
        _marks(before, riding, "person", "person_id", PERSON_COLUMNS),
        _marks(after, riding, "person", "person_id", PERSON_COLUMNS),
    )
    return WithdrawPreview(
        file, len(doors[0]), len(people[0]), len(doors[1]), len(people[1]), doors[2], people[2],
        _names(before, riding, people[0], doors[0]), _names(before, riding, people[1], doors[1]),
    )  # fmt: skip


def _names(db: Connection, riding: int, people: list[bytes], doors: list[bytes]) -> tuple[str, ...]:
    """A few of their names: people's where there are any, else addresses."""
    folk = query_in(
        db,
        "SELECT last, first FROM person WHERE riding_id = ? AND person_id IN (??)",
        (riding,),
        people[: 2 * SAMPLE],
    )
    names = sorted(name for last, first in folk if (name := person_label(last, first)))
    if not names:
        places = query_in(
            db,
            "SELECT street, number, suffix, street_label, unit FROM door WHERE riding_id = ? AND door_id IN (??)",
            (riding,),
            doors[: 2 * SAMPLE],
        )
        names = [
            address_label(number, suffix, label, unit) for _, number, suffix, label, unit in sorted(places)
        ]
    return tuple(names[:SAMPLE])


def withdraw_import(book: Book, riding_id: int, roster_id: bytes, author: str, reason: str = "") -> ChangeSet:
    """Make a file's rows stop counting; who was met stays, marked "not on file". Raises NotFound."""
    get_import(book, riding_id, roster_id)
    with book.act(author) as act:
        act.add(riding_id, roster_id, RosterWithdrawn(reason=" ".join(reason.split())))
    return act.changes


def restore_import(book: Book, riding_id: int, roster_id: bytes, author: str) -> ChangeSet:
    """Make a withdrawn file count again. Raises NotFound."""
    get_import(book, riding_id, roster_id)
    with book.act(author) as act:
        act.add(riding_id, roster_id, RosterRestored())
    return act.changes
