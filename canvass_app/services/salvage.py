"""Building the database again: the newest good backup, own events from the journal, what the damaged file still gives.

The damaged file is never deleted: it is moved into `damaged/`, and comes back if the building fails.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from canvass_app.domain.errors import CanvassError
from canvass_app.domain.text import Text
from canvass_app.ledger.events import BadEvent, Event, open_event
from canvass_app.storage.database import Connection, SqliteDatabase, disk_trouble, sync_file
from canvass_app.storage.journal import JOURNAL, Fault, Journal, sync_folder
from canvass_app.storage.keys import Prompt, open_key
from canvass_app.storage.lock import InstanceLock
from canvass_app.storage.log import insert_events, keep_left_numbers
from canvass_app.storage.migrate import migrate
from canvass_app.storage.projections import rebuild
from canvass_app.storage.rescue import Rescue
from canvass_app.sync.inbox import forget_numbers

from .backups import newest_good_backup
from .book import BACKUPS, DATABASE, DEFAULT_ZONE, put_meta
from .journalling import Returned, put_records

DAMAGED = "damaged"
_PARTS = (DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm")
_DONE = "repaired"
# What is copied row by row from a damaged file besides events: what an own event or a sync needs.
_COPIED = ("roster_chunk", "asset", "riding", "fork", "quarantine")

_REPAIRED = Text(
    "The database was built again: {backup}, {journal:event|events} from the journal of this laptop, {salvaged} more from the "
    "damaged file. The damaged file is kept in “{kept}”. What other laptops sent comes back at the next sync.",
    "La base de données a été reconstruite : {backup}, {journal:événement|événements} du journal de cet ordinateur, "
    "{salvaged:autre tiré|autres tirés} du fichier endommagé. Celui-ci est conservé dans « {kept} ». Ce que les autres ordinateurs ont "
    "envoyé reviendra à la prochaine synchronisation.",
)
_FROM_BACKUP = Text(
    "backup {name} with {events:event|events}", "sauvegarde {name}, {events:événement|événements}"
)
_NO_BACKUP = Text("without a backup", "sans sauvegarde")
_JOURNAL_HURT = Text(
    "The journal itself is damaged (damaged stretches: {faults}). All that can be read of it was used.",
    "Le journal lui-même est endommagé (passages touchés : {faults}). Tout ce qui est lisible a été repris.",
)


@dataclass(slots=True)
class Repair:
    """How a database was built again. Counts are of events that each source added."""

    kept: Path
    backup: str = ""
    from_backup: int = 0
    from_journal: int = 0
    salvaged: int = 0
    journal_faults: int = 0

    def texts(self) -> list[Text]:
        """The same for people."""
        backup = _FROM_BACKUP.fill(name=self.backup, events=self.from_backup) if self.backup else _NO_BACKUP
        kept = f"{DAMAGED}/{self.kept.name}"
        told = _REPAIRED.fill(backup=backup, journal=self.from_journal, salvaged=self.salvaged, kept=kept)
        return [told, _JOURNAL_HURT.fill(faults=self.journal_faults)] if self.journal_faults else [told]


def repair_folder(
    folder: Path,
    *,
    passphrase: str | None = None,
    prompt: Prompt | None = None,
    from_journal: bool = False,
    now_ms: Callable[[], int] | None = None,
) -> Repair:
    """Build the database of a closed data folder again and put it in its place.

    `from_journal`: from the journal alone, without backup or damaged file.
    Raises NoKey, WrongKey, AlreadyOpen, DiskFull or another StorageProblem; the folder then stands as before.
    """
    lock = InstanceLock(folder)
    try:
        key = open_key(folder, passphrase, prompt)
        repair = _repair(folder, key, (now_ms or _now_ms)(), from_journal=from_journal)
    except OSError as error:
        lock.abandon()
        raise disk_trouble(error) from error
    except BaseException:
        lock.abandon()
        raise
    lock.release()
    return repair


def _now_ms() -> int:
    return time.time_ns() // 1_000_000


def _repair(folder: Path, key: bytes, now_ms: int, *, from_journal: bool) -> Repair:
    kept = _set_aside(folder, now_ms)
    fresh = folder / f"{DATABASE}.building"
    try:
        for leftover in folder.glob(f"{fresh.name}*"):
            leftover.unlink()
        repair = Repair(kept)
        _build(folder, fresh, key, repair, from_journal=from_journal)
        sync_file(fresh)
        fresh.replace(folder / DATABASE)
    except BaseException:
        _put_back(folder, kept)
        raise
    (kept / _DONE).touch()
    sync_folder(folder)
    return repair


def _set_aside(folder: Path, now_ms: int) -> Path:
    name = time.strftime("%Y-%m-%d-%H%M%S", time.gmtime(now_ms / 1000))
    kept = folder / DAMAGED / name
    number = 1
    while kept.exists():
        number += 1
        kept = folder / DAMAGED / f"{name}-{number}"
    kept.mkdir(parents=True, mode=0o700)
    # The write-ahead log first: were it left behind, it would be taken for the new file's.
    for part in reversed(_PARTS):
        if (folder / part).exists():
            (folder / part).replace(kept / part)
    return kept


def _put_back(folder: Path, kept: Path) -> None:
    if not (folder / DATABASE).exists():
        for part in _PARTS:
            if (kept / part).exists():
                (kept / part).replace(folder / part)
    if not any(kept.iterdir()):
        kept.rmdir()


def _build(folder: Path, fresh: Path, key: bytes, repair: Repair, *, from_journal: bool) -> None:
    backup = None if from_journal else newest_good_backup(folder / BACKUPS, key)
    if backup is not None:
        shutil.copyfile(backup, fresh)
    database = SqliteDatabase(fresh, key)
    try:
        migrate(database)
        journal = Journal(folder / JOURNAL, key)
        faults: list[Fault] = []
        with database.write() as db:
            if backup is not None:
                repair.backup = backup.stem
                repair.from_backup = int(db.query("SELECT COUNT(*) FROM event")[0][0])
            returned = put_records(db, journal.read(faults))
            repair.from_journal = len(returned.events)
            repair.journal_faults = sum(1 for fault in faults if fault.kind != "torn")
            if not from_journal:
                repair.salvaged = _salvage(db, folder, key, returned)
            for name, value in returned.facts.items():
                put_meta(db, name, value)
            keep_left_numbers(db, bytes.fromhex(returned.facts.get("device_id", "")))
            # A backup and the damaged file may be of two epochs of headquarters.
            forget_numbers(db)
            _agree(db)
    finally:
        database.close()


def _agree(db: Connection) -> None:
    """Let the clock and every projection follow from the events that are here now."""
    latest = int(db.query("SELECT COALESCE(MAX(hlc), 0) FROM event")[0][0])
    known = db.query("SELECT value FROM meta WHERE name = 'clock'")
    put_meta(db, "clock", str(max(latest, int(known[0][0]) if known else 0)))
    ridings = [int(row[0]) for row in db.query("SELECT DISTINCT riding_id FROM event")]
    for riding_id in ridings:
        rebuild(db, riding_id, _zone(db))


def _zone(db: Connection) -> str:
    import json

    from canvass_app.domain.campaign import load_campaign

    rows = db.query("SELECT value FROM meta WHERE name = 'campaign'")
    return load_campaign(json.loads(rows[0][0])).time_zone if rows and rows[0][0] else DEFAULT_ZONE


# --- the damaged file -----------------------------------------------------------------------------


def _salvage(db: Connection, folder: Path, key: bytes, returned: Returned) -> int:
    """Take what can be read of the files set aside and not yet used. The number of events that were new."""
    found = 0
    for kept in sorted((folder / DAMAGED).iterdir()):
        path = kept / DATABASE
        if (kept / _DONE).exists() or not path.exists() or not path.stat().st_size:
            continue
        rescue = Rescue(path, key)
        try:
            found += _salvage_file(db, rescue, returned)
        except CanvassError:
            # Nothing of it can be opened at all; the journal and the backup stand.
            continue
        finally:
            rescue.close()
    return found


def _salvage_file(db: Connection, rescue: Rescue, returned: Returned) -> int:
    found = 0
    for table in _COPIED:
        columns = [str(row[1]) for row in db.query(f"PRAGMA table_info({table})")]
        places = ",".join("?" * len(columns))
        db.run_many(
            f"INSERT INTO {table} ({','.join(columns)}) VALUES ({places}) ON CONFLICT DO NOTHING",
            rescue.rows(table, columns),
        )
    batch: list[tuple[Event, int | None]] = []
    for event in _events(rescue):
        batch.append(event)
        if len(batch) >= 1_000:
            found += _put_salvaged(db, batch)
            batch = []
    found += _put_salvaged(db, batch)
    for riding_id, device_id, last, _ in rescue.rows(
        "device_log", ["riding_id", "device_id", "last_seq", "acked_through"]
    ):
        # No further than the events that are here: a number above them would be a hole for ever.
        here = db.query(
            "SELECT COALESCE(MAX(device_seq), 0) FROM event WHERE riding_id = ? AND device_id = ?",
            (riding_id, device_id),
        )
        db.run(
            "INSERT INTO device_log (riding_id, device_id, last_seq, acked_through) VALUES (?,?,?,0)"
            " ON CONFLICT (riding_id, device_id) DO UPDATE SET last_seq = MAX(last_seq, excluded.last_seq)",
            (riding_id, device_id, min(int(last), int(here[0][0]))),
        )
    for name, value in rescue.rows("meta", ["name", "value"]):
        # The journal's facts are of the same age or newer; a backup's are older than the damaged file's.
        if name not in returned.facts and name != "clock":
            returned.facts[str(name)] = str(value)
    return found


def _events(rescue: Rescue) -> Iterator[tuple[Event, int | None]]:
    for raw, stamp, sequence in rescue.rows("event", ["raw", "stamp", "riding_sequence"]):
        try:
            yield open_event(bytes(raw), stamp), sequence
        except BadEvent:
            continue


def _put_salvaged(db: Connection, batch: list[tuple[Event, int | None]]) -> int:
    new = insert_events(db, [event for event, _ in batch]).new
    stamped: list[tuple[Any, ...]] = [
        (event.stamp, sequence, event.riding_id, *event.key)
        for event, sequence in batch
        if sequence is not None
    ]
    db.run_many(
        "UPDATE event SET stamp = ?, riding_sequence = ? WHERE riding_id = ? AND device_id = ? AND device_seq = ?"
        " AND riding_sequence IS NULL",
        stamped,
    )
    return len(new)
