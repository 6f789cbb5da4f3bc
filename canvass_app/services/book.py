"""The open book: one campaign's record on this device, and the only way to write in it."""

from __future__ import annotations

import json
import os
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from canvass_app.domain.errors import Damaged, StorageProblem, Withdrawn, WrongKey
from canvass_app.domain.text import Text
from canvass_app.storage.keys import Prompt, open_key
from canvass_app.storage.lock import InstanceLock
from canvass_app.storage.names import BACKUPS, DATABASE, FAREWELL, JOURNAL

# Only what the key needs is imported here: deriving it takes a core for a fifth of a second outside of Python,
# while the window's modules are imported on the other.
if TYPE_CHECKING:
    from canvass_app.domain.campaign import Campaign
    from canvass_app.storage.database import Connection, SqliteDatabase
    from canvass_app.storage.journal import Journal
    from canvass_app.storage.migrate import Schema

    from .act import Act

DEFAULT_ZONE = "America/Toronto"


def _wall_ms() -> int:
    return time.time_ns() // 1_000_000


class Frozen:
    """Documents that never change, kept decoded while they are in use; the longest unused goes first."""

    def __init__(self, room: int = 32) -> None:
        self._room = room
        self._kept: OrderedDict[bytes, object] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, name: bytes) -> object | None:
        """The document of that hash, or None."""
        with self._lock:
            if name in self._kept:
                self._kept.move_to_end(name)
            return self._kept.get(name)

    def put(self, name: bytes, document: object) -> None:
        """Keep a document under its hash."""
        with self._lock:
            self._kept[name] = document
            while len(self._kept) > self._room:
                self._kept.popitem(last=False)

    def clear(self) -> None:
        """Forget every document: one of them lost a line."""
        with self._lock:
            self._kept.clear()


class Book:
    """One campaign's record on this device. Reads may come from any thread; writes take turns."""

    def __init__(
        self,
        folder: Path,
        database: SqliteDatabase,
        lock: InstanceLock,
        now_ms: Callable[[], int],
        open_journal: Callable[[], Journal],
        read_only: Text | None = None,
    ) -> None:
        self.folder = folder
        self.database = database
        self._lock = lock
        self._write_lock = threading.RLock()
        self._open_journal = open_journal
        self.read_only = read_only
        """Why nothing may be written (a failed migration), in words; None when all is well."""
        self.failure: Exception | None = None
        """What the migration failed with, for a crash report."""
        self.unclean = lock.unclean
        """Whether the program before died without closing; until the pages were checked."""
        self.settled = False
        """Whether journal and database were compared since the opening."""
        self.journal_behind = False
        """Whether the disk refused the journal something that the database has."""
        self.told_facts: dict[str, str] | None = None
        self.frozen = Frozen()
        # What the opening read in advance for the first screen; of no use after any write, a sync's included.
        self.ahead: dict[tuple[str, int], object] = {}
        from canvass_app.ledger.clock import Clock

        self.campaign: Campaign | None = None
        self.reload_campaign()
        if not self.meta("device_id") and read_only is None:
            with self.database.write() as db:
                put_meta(db, "device_id", os.urandom(16).hex())
        self.device_id = bytes.fromhex(self.meta("device_id"))
        self.clock = Clock(now_ms, max(int(self.meta("clock", "0")), self._latest()))

    @cached_property
    def journal(self) -> Journal:
        """Own events once more, beside the database. Opened when it is first asked for: the window comes before."""
        return self._open_journal()

    # --- facts --------------------------------------------------------------------------------

    def read(self) -> Connection:
        """A reading connection for this thread."""
        return self.database.read()

    def meta(self, name: str, default: str = "") -> str:
        """A fact of this database (never synced)."""
        rows = self.read().query("SELECT value FROM meta WHERE name = ?", (name,))
        return str(rows[0][0]) if rows else default

    def set_meta(self, name: str, value: str) -> None:
        """Keep a fact of this database, durably. Raises StorageProblem when it is open for reading only."""
        self.set_facts({name: value})

    def set_facts(self, facts: Mapping[str, str]) -> None:
        """Keep several facts of this database at once, durably. Raises StorageProblem as `set_meta` does."""
        with self.writing():
            with self.database.write() as db:
                for name, value in facts.items():
                    put_meta(db, name, value)
            if self.settled:
                from .journalling import note_facts

                try:
                    note_facts(self)
                except OSError:
                    self.journal_behind = True

    @contextmanager
    def writing(self) -> Generator[None]:
        """This thread's turn to write. Raises StorageProblem when the book is open for reading only."""
        if self.read_only is not None:
            raise StorageProblem(self.read_only)
        with self._write_lock:
            yield

    def reload_campaign(self) -> None:
        """Read the campaign's settings again, after they were set or synced."""
        from canvass_app.domain.campaign import load_campaign

        text = self.meta("campaign")
        self.campaign = load_campaign(json.loads(text)) if text else None

    @property
    def time_zone(self) -> str:
        """The campaign's IANA time zone."""
        return self.campaign.time_zone if self.campaign else DEFAULT_ZONE

    def campaign_name(self, language: str) -> str:
        """The campaign's name for a title bar."""
        return self.campaign.name.say(language) if self.campaign else ""

    def now_ms(self) -> int:
        """The wall time in milliseconds UTC."""
        return self.clock.now_ms()

    def today(self) -> str:
        """Today's ISO date where the campaign is."""
        from canvass_app.storage.days import local_day

        return local_day(self.now_ms(), self.time_zone)

    def _latest(self) -> int:
        """The clock reading of this device's latest event. The fact "clock" tells what was learned from others."""
        rows = self.read().query(
            "SELECT MAX(e.hlc) FROM device_log d JOIN event e ON e.riding_id = d.riding_id"
            " AND e.device_id = d.device_id AND e.device_seq = d.last_seq WHERE d.device_id = ?",
            (self.device_id,),
        )
        return int(rows[0][0] or 0)

    # --- writing ------------------------------------------------------------------------------

    @contextmanager
    def act(self, author: str, shift: bytes = b"") -> Generator[Act]:
        """One act: its events and their projections are durable together, or not at all.

        After the block, `act.changes` says what changed. The journal follows the commit.
        """
        from canvass_app.storage.changes import ChangeSet

        from .act import Act
        from .journalling import note_act, settle

        with self.writing():
            # A database that lost its newest events must have them back before a number is given twice.
            try:
                back = ChangeSet() if self.settled else settle(self)
                with self.database.write() as db:
                    act = Act(self, db, author, shift)
                    act.changes.add(back)
                    yield act
                    act.finish()
            except Damaged:
                self.note_damage()
                raise
            note_act(self, act)

    def note_damage(self) -> None:
        """Write nothing more, and let the next opening offer the repair."""
        self.read_only = DAMAGED
        self.unclean = True
        self._lock.note_damage()

    def close(self) -> None:
        """Close the database and let go of the folder."""
        with self._write_lock:
            if "journal" in vars(self):
                self.journal.close()
            self.database.close()
            if self.unclean:
                self._lock.abandon()
            else:
                self._lock.release()


def put_meta(db: Connection, name: str, value: str) -> None:
    """Keep a fact of this database within a transaction."""
    db.run(
        "INSERT INTO meta (name, value) VALUES (?,?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (name, value),
    )


_MISSING = Text(
    "The database of this data folder is missing or empty. Every result saved on this laptop is still in its journal. "
    "Run “canvass-app doctor --repair”: it builds the database again. Nothing was changed.",
    "La base de données de ce dossier est absente ou vide. Chaque résultat enregistré sur cet ordinateur est encore "
    "dans son journal. Lancez « canvass-app doctor --repair », qui reconstruit la base. Rien n’a été modifié.",
)
_NOT_A_DATABASE = Text(
    "The database is damaged at its beginning, or belongs to another data folder. Nothing was changed. Every result "
    "saved on this laptop is still in its journal. Run “canvass-app doctor --repair”: it keeps the damaged file and "
    "builds the database again.",
    "La base de données est endommagée au début ou vient d’un autre dossier. Rien n’a été modifié. Chaque résultat "
    "enregistré sur cet ordinateur est encore dans son journal. Lancez « canvass-app doctor --repair », qui conserve "
    "le fichier endommagé et reconstruit la base.",
)
DAMAGED = Text(
    "The database was found damaged. Nothing more is written to it. Every result saved on this laptop is still in its "
    "journal. Close Canvass and open it again to repair it, or run “canvass-app doctor --repair”: the damaged file is "
    "kept and the database built again.",
    "La base de données est endommagée. Plus rien n’y est écrit. Chaque résultat enregistré sur cet ordinateur est "
    "encore dans son journal. Fermez Canvass et rouvrez-le pour la réparer, ou lancez « canvass-app doctor --repair » : "
    "le fichier endommagé est conservé et la base reconstruite.",
)
WITHDRAWN = Text(
    "Headquarters has withdrawn this computer: it holds no people and no results any more. What headquarters did not have is "
    "sealed for it. Ask your organiser for a code to use Canvass here again.",
    "Le quartier général a retiré l’accès à cet ordinateur : il ne contient plus ni personnes ni résultats. Ce que le "
    "quartier général n’avait pas est scellé pour lui. Demandez un code à votre responsable pour utiliser Canvass ici de "
    "nouveau.",
)
_NOT_MIGRATED = Text(
    "Your data could not be brought to this version of Canvass. It is safe and just as it was; a copy was made first. "
    "It is open for reading only. Free disk space, then start Canvass again; if that does not help, go back to the "
    "version that you had.",
    "Vos données n’ont pas pu être adaptées à cette version de Canvass. Elles sont en sécurité, telles qu’elles "
    "étaient; une copie a été faite avant. Elles sont ouvertes en lecture seule. Libérez de l’espace disque, puis "
    "relancez Canvass; si cela n’aide pas, reprenez la version précédente.",
)


def open_book(
    folder: Path,
    *,
    passphrase: str | None = None,
    prompt: Prompt | None = None,
    now_ms: Callable[[], int] | None = None,
    schema: Schema | None = None,
) -> Book:
    """Open the record in `folder`, made on first use: key, lock, database, migrations (backup first).

    When a migration fails the book opens for reading only (`read_only` says why).
    Raises NoKey, WrongKey, AlreadyOpen, Damaged or another StorageProblem, each with words for people; Withdrawn when
    headquarters told this computer to hold nothing more (services/farewell.py).
    """
    if (folder / FAREWELL).exists():
        raise Withdrawn(WITHDRAWN)
    lock = InstanceLock(folder)
    try:
        key = open_key(folder, passphrase, prompt)
        book = _open(folder, key, lock, now_ms or _wall_ms, schema)
    except BaseException:
        lock.abandon()
        raise
    return book


def _journal(path: Path, key: bytes) -> Journal:
    from canvass_app.storage.journal import Journal

    return Journal(path, key)


def _open(
    folder: Path, key: bytes, lock: InstanceLock, now_ms: Callable[[], int], schema: Schema | None
) -> Book:
    from canvass_app.storage.database import SqliteDatabase
    from canvass_app.storage.migrate import PRESENT, NewerData, migrate, schema_version

    schema = schema or PRESENT
    path, beside = folder / DATABASE, folder / JOURNAL
    known = beside.exists()
    if lock.damaged:
        raise Damaged(DAMAGED)
    if known and not (path.exists() and path.stat().st_size):
        raise Damaged(_MISSING)
    try:
        database = SqliteDatabase(path, key)
    except WrongKey as error:
        # The key itself was proven when it was unwrapped.
        raise Damaged(_NOT_A_DATABASE, detail=error.detail) from error
    read_only: Text | None = None
    failure: Exception | None = None
    try:
        version = schema_version(database)
        if version is None and known:
            raise Damaged(_MISSING)
        try:
            migrate(database, folder / BACKUPS / f"before-{schema.head}.db", schema)
        except (Damaged, NewerData):
            raise
        except Exception as error:
            if version is None:
                raise
            read_only, failure = _NOT_MIGRATED, error
        book = Book(folder, database, lock, now_ms, partial(_journal, beside, key), read_only)
        book.failure = failure
        return book
    except BaseException:
        database.close()
        raise
