"""Erasing people: what would go, taking it, and cleaning this computer's files after it.

Taking is one act: `person.erased` events, whose folding empties the log, rosters and frozen lists here
and on every replica (`storage.erasing`). Cleaning follows: the write-ahead log is emptied, the journal written
anew, backups replaced. Between the two a fact of the database says that cleaning is due, so that the
next start completes what a crash cut off.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from canvass_app.domain.accesses import Access
from canvass_app.domain.address import fold
from canvass_app.domain.errors import InputError
from canvass_app.domain.ids import phone_subject
from canvass_app.domain.phones import phone_number
from canvass_app.domain.text import Text
from canvass_app.ledger.erasure import SALT_BYTES, Listing, id_key, keys_of, place_of, text_key
from canvass_app.ledger.events import Key
from canvass_app.ledger.kinds import BarSet, PersonErased
from canvass_app.storage.changes import ChangeSet
from canvass_app.storage.database import Connection, query_in
from canvass_app.storage.erasing import DUE, erased_among, salts_of, waiting_people

from .audit import Note, record_within
from .bars import holders_of
from .book import Book
from .erasure_facts import (
    Facts,
    NamingWords,
    count_attempts,
    count_events_of,
    gather,
    naming_words,
)
from .holding import only_records
from .naming_lists import lines_naming

__all__ = [
    "ErasurePreview",
    "NamingWords",
    "cleaning_due",
    "erase_people",
    "erase_person",
    "erase_waiting",
    "finish_erasures",
    "forget_read",
    "is_forgotten",
    "preview_erasure",
]

_NAMED = Text(
    "The reason names the person, and it is kept for ever. Say how they asked, without their name.",
    "Le motif nomme la personne, et il est conservé pour toujours. Dites comment elle l’a demandé, sans son nom.",
)


@dataclass(frozen=True, slots=True)
class ErasurePreview:
    """What an erasure would take. Nothing has been changed."""

    riding_id: int
    person_id: bytes
    name: str
    places: tuple[str, ...]
    records: int
    """How many people on this laptop are this one: joined ones, and those whom only name and address tell."""
    rows: int
    """Rows in imported files."""
    events: dict[str, int]
    """What was recorded about the person, by kind."""
    attempts: int
    """Attempts that met the person: they stay the door's, and no longer say who it was."""
    lists: tuple[tuple[int, int], ...]
    """(list number, line) of printed lists."""
    words: tuple[NamingWords, ...]
    """Notes and other words about doors or other people that name the person."""
    backups: int

    def lines(self) -> list[Text]:
        """The preview in words, without what there is none of. `FOR_EVER` belongs below them."""
        suggested = sum(1 for one in self.words if one.suggested)
        lists = len({number for number, _ in self.lists})
        said = (
            (self.records - 1, _RECORDS.fill(records=self.records)),
            (self.rows, _ROWS.fill(rows=self.rows)),
            (sum(self.events.values()), _EVENTS.fill(events=sum(self.events.values()))),
            (self.attempts, _ATTEMPTS.fill(attempts=self.attempts)),
            (len(self.lists), _LISTS.fill(lines=len(self.lists), lists=lists)),
            (len(self.words), _WORDS.fill(words=len(self.words), suggested=suggested)),
            (self.backups, _BACKUPS.fill(backups=self.backups)),
        )
        return [words for number, words in said if number > 0]


def preview_erasure(book: Book, riding_id: int, person_id: bytes) -> ErasurePreview:
    """What erasing a person would take. Raises NotFound."""
    db = book.read()
    facts = gather(db, riding_id, person_id, _salt(db, riding_id))
    return ErasurePreview(
        riding_id=riding_id,
        person_id=person_id,
        name=facts.name,
        places=tuple(facts.places),
        records=len(facts.ids),
        rows=facts.rows,
        events=count_events_of(db, facts),
        attempts=count_attempts(db, facts),
        lists=tuple(lines_naming(db, riding_id, facts.ids)),
        words=tuple(naming_words(db, facts)),
        backups=_backup_count(book),
    )


def erase_person(
    book: Book,
    riding_id: int,
    person_id: bytes,
    *,
    author: str,
    reason: str = "",
    words: Collection[Key] | None = None,
    clean: bool = True,
) -> ChangeSet:
    """Erase one person for good. Raises NotFound, InputError (a reason that names them), StorageProblem.

    `words`: which of the preview's words that name the person go; by default those suggested.
    `clean=False` leaves the files to `finish_erasures`, which takes its time.
    """
    return erase_people(
        book, riding_id, [person_id], author=author, reason=reason, words=words, clean=clean
    )  # fmt: skip


def erase_people(
    book: Book,
    riding_id: int,
    people: Sequence[bytes],
    *,
    author: str,
    reason: str = "",
    words: Collection[Key] | None = None,
    clean: bool = True,
) -> ChangeSet:
    """Erase several people in one act: all of them or, on an error, none. Raises as erase_person does."""
    # Gathered before the write begins, because it takes a while; what is said of them meanwhile is emptied as late events are.
    db = book.read()
    salt = _salt(db, riding_id)
    bodies: list[tuple[bytes, PersonErased]] = []
    done: set[bytes] = set()
    silent: set[bytes] = set()
    for person in people:
        if person in done:
            continue
        facts = gather(db, riding_id, person, salt)
        _check_reason(reason, facts)
        done |= facts.ids
        silent |= _numbers_left_alone(db, facts)
        bodies += _erasures(db, facts, salt, reason.strip(), words)
    with book.act(author) as act:
        for person, body in bodies:
            act.add(riding_id, person, body)
        for number in sorted(silent):
            act.add(riding_id, number, BarSet(target="number"))
        note = Note(Access.ERASED, riding_id, tuple(sorted(done)), what="erasure", who=author)
        record_within(act.db, book, note)
    forget_read(book)
    if clean:
        finish_erasures(book)
    return act.changes


def _erasures(
    db: Connection, facts: Facts, salt: bytes, reason: str, words: Collection[Key] | None
) -> list[tuple[bytes, PersonErased]]:
    """One event for each id of the person; the first says everything."""
    named = [one for one in naming_words(db, facts) if (one.suggested if words is None else one.key in words)]
    first, *others = sorted(facts.ids)
    whole = PersonErased(
        salt=salt,
        keys=tuple(sorted(keys_of(salt, facts.listings) | {text_key(salt, one.text) for one in named})),
        words=tuple(sorted((one.key.device_id, one.key.device_seq) for one in named)),
        reason=reason,
    )
    return [(first, whole), *((one, PersonErased(salt=salt, keys=(id_key(salt, one),))) for one in others)]


def _numbers_left_alone(db: Connection, facts: Facts) -> set[bytes]:
    """The numbers of somebody who was not to be contacted: they stay barred after the person is forgotten.

    One that somebody else here has too stays theirs to answer for.
    """
    barred = query_in(
        db,
        "SELECT 1 FROM person WHERE riding_id = ? AND barred = 1 AND person_id IN (??)",
        (facts.riding_id,),
        facts.ids,
    )
    found = (
        {number for one in facts.listings if (number := phone_number(one.phone))} if barred else set[str]()
    )
    return {
        phone_subject(facts.riding_id, number)
        for number in found
        if set(holders_of(db, facts.riding_id, number)) <= facts.ids
    }


def _check_reason(reason: str, facts: Facts) -> None:
    said = set(fold(reason).split())
    names = {word for name in facts.names for word in (*fold(name[0]).split(), *fold(name[1]).split())}
    if said & {word for word in names if len(word) > 1}:
        raise InputError(_NAMED)


def _salt(db: Connection, riding_id: int) -> bytes:
    """One salt for a riding: a row of a file is then compared with a few hashes, however many were erased."""
    salts = salts_of(db, riding_id)
    return salts[0] if salts else os.urandom(SALT_BYTES)


def is_forgotten(
    db: Connection, riding_id: int, door_id: bytes, last: str, first: str, phone: str = ""
) -> bool:
    """Whether somebody of this name at this door, or with this telephone, asked to be forgotten."""
    rows = db.query(
        "SELECT number, suffix, street, street_type, street_direction, unit FROM door"
        " WHERE riding_id = ? AND door_id = ?",
        (riding_id, door_id),
    )
    place = place_of(*rows[0]) if rows else b""
    return bool(erased_among(db, riding_id, [Listing(b"", last, first, 0, phone, "", place)]))


def forget_read(book: Book) -> None:
    """Drop what was read into memory before an erasure."""
    book.frozen.clear()
    book.ahead.clear()


# --- cleaning -------------------------------------------------------------------------------------


def cleaning_due(book: Book) -> bool:
    """Whether an erasure still has to be completed on this computer's disk. One quick read."""
    return bool(book.meta(DUE))


def finish_erasures(book: Book) -> bool:
    """Complete what erasures began; True when there was something to do. For quiet moments: it may take a while.

    Erasures are written for people whom only a file showed under another id; then the journal is
    written anew, the write-ahead log emptied, and every backup replaced by one of now. Whatever fails is tried again at the
    next start. Raises StorageProblem (no room for a backup: older ones then stay) or OSError (the journal).
    """
    from .journalling import rewrite_journal

    if not cleaning_due(book):
        return False
    erase_waiting(book)
    with book.writing():
        rewrite_journal(book)
        book.database.leave_no_trace()
        _replace_backups(book)
        book.set_meta(DUE, "")
    return True


def erase_waiting(book: Book) -> None:
    """Write the erasures of people whom only a file showed to be an erased one under another id."""
    # Those who prepare say so for everybody.
    waiting = [] if only_records(book) else waiting_people(book.read())
    for riding_id, person in waiting:
        with book.act("") as act:
            salt = _salt(act.db, riding_id)
            act.add(riding_id, person, PersonErased(salt=salt, keys=(id_key(salt, person),)))
    forget_read(book)


def _replace_backups(book: Book) -> None:
    """A fresh, verified backup first; then every older copy goes, damaged databases kept aside among them."""
    from .backups import backup_folder, keep_daily_backup
    from .salvage import DAMAGED

    backups = backup_folder(book.folder)
    today, aside = backups / f"canvass-{book.today()}.db", backups / "before-erasure.db"
    if today.exists():
        today.replace(aside)
    try:
        keep_daily_backup(book.database, book.folder, book.today())
    except BaseException:
        if aside.exists():
            aside.replace(today)
        raise
    for old in backups.iterdir():
        if old != today:
            old.unlink()
    shutil.rmtree(book.folder / DAMAGED, ignore_errors=True)


def _backup_count(book: Book) -> int:
    from .book import BACKUPS

    return len(list((book.folder / BACKUPS).glob("*.db")))


_RECORDS = Text(
    "{records} records here mean this person and go together.",
    "{records} fiches désignent ici cette personne et partent ensemble.",
)
_ROWS = Text(
    "Rows of imported files that go: {rows}", "Lignes de fichiers importés qui seront retirées : {rows}"
)
_EVENTS = Text(
    "Entries about the person that are emptied: {events}",
    "Saisies sur la personne qui seront vidées : {events}",
)
_ATTEMPTS = Text(
    "Attempts that met the person (they stay with the door, without a name): {attempts}",
    "Tentatives où la personne a été rencontrée (elles restent à la porte, sans nom) : {attempts}",
)
_LISTS = Text(
    "Lines of issued lists that are blanked: {lines} (lists: {lists})",
    "Lignes de listes émises qui seront effacées : {lines} (listes : {lists})",
)
_WORDS = Text(
    "Notes elsewhere that name the person: {words} (going too: {suggested})",
    "Notes ailleurs qui nomment la personne : {words} (à effacer aussi : {suggested})",
)
_BACKUPS = Text(
    "Backups on this laptop that a new one replaces: {backups}",
    "Sauvegardes de cet ordinateur, remplacées par une nouvelle : {backups}",
)
FOR_EVER = Text(
    "This cannot be undone. The person stays out, even when a later file lists them.",
    "C’est irréversible. La personne restera à l’écart, même si un fichier ultérieur la mentionne.",
)
