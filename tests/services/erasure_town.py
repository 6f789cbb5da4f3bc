"""A small invented riding with a used evening, in which some people carry words that nobody else does."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from canvass_app.ledger.events import Key, open_event, seal
from canvass_app.ledger.kinds import AnswerGiven, BarSet, NoteWritten, PersonDescribed
from canvass_app.services.backups import keep_daily_backup
from canvass_app.services.book import Book
from canvass_app.services.entry import Mark, add_person, open_shift, record
from canvass_app.services.importing import import_file
from canvass_app.services.turfs import make_turf
from canvass_app.services.walk_lists import issue_walk_list
from canvass_app.storage.log import insert_events
from canvass_app.storage.projections import project

from .conftest import RIDING, FakeTime

DAY_MS = 86_400_000
NAME = "Qzvokum"
DIGITS = "7365550"
WORDS = {NAME, DIGITS}
"""In every value of the people to be erased, whatever is done to its case or accents; in nobody else's."""
_OTHER = "Brandil"
_HEAD = (
    "VANID,surname,given name,year of birth,phone,email,house number,street,street type,municipality,riding"
)


@dataclass
class SeededTown:
    """What the tests ask about."""

    book: Book
    file: Path
    marked: list[bytes]
    """The people to be erased."""
    lines: list[int]
    """Their lines in the file."""
    number: int
    """An issued list on which everybody stands."""


def _letters(number: int) -> str:
    return "".join("aeioubdgln"[int(digit)] for digit in f"{number:04d}")


def write_file(path: Path, people: int, marked: int) -> list[int]:
    """A file of people, two at a door, every so many of them marked; the lines of those marked."""
    every = people // marked
    rows, lines = [_HEAD], list[int]()
    for n in range(people):
        chosen = n % every == 0 and len(lines) < marked
        base = NAME if chosen else _OTHER
        last, first = f"{base}{_letters(n)}", f"Éloïs{(base if chosen else 'a').lower()}{_letters(n)}"
        phone = f"{DIGITS if chosen else '6135550'}{n % 1000:03d}"
        mail = f"{base.lower()}{n}@example.ca"
        # Half of them have an id of the file's own, half are known by name and address.
        external = f"F-{base}-{n}" if n % 2 else ""
        rows.append(
            f"{external},{last},{first},{1930 + n % 60},{phone},{mail},{n // 2 + 1},Birch,St,Birch River,99001"
        )
        if chosen:
            lines.append(len(rows))
    path.write_text("\n".join(rows) + "\n", "utf-8")
    return lines


def seeded_town(book: Book, time: FakeTime, folder: Path, people: int, marked: int) -> SeededTown:
    """Import, cut, issue, canvass, back up on two days."""
    file = folder / "people.csv"
    lines = write_file(file, people, marked)
    import_file(book, file, "people", riding_id=RIDING, author="Lead")
    doors = [bytes(r[0]) for r in book.read().query("SELECT door_id FROM door ORDER BY number, unit")]
    turf = make_turf(book, RIDING, "Birch", doors, author="Lead").turf_id
    document = issue_walk_list(book, RIDING, turf, canvasser="Zoé").document
    shift = open_shift(book, "Zoé", RIDING, document.number)
    ids = [
        bytes(r[0])
        for r in book.read().query("SELECT person_id FROM person WHERE last LIKE ? ORDER BY last", (f"{NAME}%",))
    ]  # fmt: skip
    assert len(ids) == marked
    for line in document.lines:
        if line.person_id in ids:
            mark = Mark(
                support="2", second="L", answers={"pledge": ("yes",)}, note=f"says {NAME} is a {line.line}"
            )
            record(book, shift, document.number, line.line, mark)
        elif line.line % 7 == 0 and line.person_id:
            record(book, shift, document.number, line.line, Mark(support="3"))
    keep_daily_backup(book.database, book.folder, book.today())
    time.forward(DAY_MS)
    _more_about(book, shift.shift_id, ids)
    added = add_person(book, shift, RIDING, doors[-1], f"{NAME}neighbour", "Ursule", f"{DIGITS}999").person_id
    ids.append(added)
    second = issue_walk_list(book, RIDING, turf, canvasser="Zoé", anyway=True).document
    keep_daily_backup(book.database, book.folder, book.today())
    return SeededTown(book, file, ids, lines, second.number)


def _more_about(book: Book, shift: bytes, ids: list[bytes]) -> None:
    """Everything else that may hold a word of theirs: answers, reasons, notes on doors, a conflict."""
    with book.act("Zoé", shift) as act:
        for n, person in enumerate(ids):
            door = bytes(
                act.db.query(
                    "SELECT door_id FROM person WHERE riding_id = ? AND person_id = ?", (RIDING, person)
                )[0][0]
            )
            act.add(RIDING, person, PersonDescribed(phone=f"{DIGITS}{n:03d}", middle=f"{NAME}ette"))
            act.add(RIDING, person, AnswerGiven(question="words", answers=(f"{NAME}-said",)))
            last = act.db.query(
                "SELECT last FROM person WHERE riding_id = ? AND person_id = ?", (RIDING, person)
            )[0][0]
            act.add(RIDING, door, NoteWritten(target="door", text=f"Ring twice for Mrs. {last.upper()}"))
            act.add(RIDING, door, BarSet(target="door", reason=f"{last} asked us"))
    with book.database.write() as db:
        events = [
            seal(
                RIDING, Key(bytes([device]) * 16, 1), ids[0], PersonDescribed(email=f"{NAME}{device}@example.ca"),
                author="Elsewhere", shift=b"", hlc=1, wall_ms=book.now_ms(), sees=(), nonce=bytes(8),
            )
            for device in (1, 2)
        ]  # fmt: skip
        insert_events(db, events)
        project(db, [open_event(event.raw) for event in events], book.time_zone)
        assert db.query("SELECT 1 FROM conflict WHERE subject = ?", (ids[0],))
