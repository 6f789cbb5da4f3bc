"""What a laptop does for its data in a quiet moment after the start: compare, check, back up."""

from __future__ import annotations

from canvass_app.domain.errors import Damaged, StorageProblem
from canvass_app.storage.changes import ChangeSet
from canvass_app.storage.journal import Fault
from canvass_app.storage.projections.grown import fold_grown_kinds

from .backups import backup_due, keep_daily_backup
from .book import DAMAGED, Book
from .erasure import finish_erasures
from .journalling import rewrite_journal, settle


def look_after(book: Book) -> ChangeSet:
    """Let journal and database complete each other; fold what only this version can read; complete erasures;
    check the pages once a day, thoroughly after an unclean end; write the day's backup.

    Returns what came back from the journal or can be read now.

    For a thread: it takes seconds on a large record, and nobody who types waits for it.
    Raises Damaged (the book is then open for reading only), DiskFull or another StorageProblem.
    """
    if book.read_only is not None:
        return ChangeSet()
    try:
        changes = settle(book)
        with book.writing(), book.database.write() as db:
            changes.add(fold_grown_kinds(db, book.time_zone))
        finish_erasures(book)
        due = backup_due(book.folder, book.today())
        if due or book.unclean:
            if book.database.damage(thorough=book.unclean):
                raise Damaged(DAMAGED)
            _check_journal(book)
            book.unclean = False
        if due:
            keep_daily_backup(book.database, book.folder, book.today())
    except Damaged as error:
        book.note_damage()
        raise Damaged(DAMAGED, detail=error.detail) from error
    return changes


def _check_journal(book: Book) -> None:
    """Read all of the journal; where it is damaged, write it anew from the sound database."""
    faults: list[Fault] = []
    try:
        for _ in book.journal.read(faults):
            pass
        if any(fault.kind != "torn" for fault in faults):
            rewrite_journal(book)
    except (OSError, StorageProblem):
        book.journal_behind = True
