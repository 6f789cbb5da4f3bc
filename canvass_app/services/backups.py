"""Backups of the local record: compact, encrypted under the same key, each opened and counted."""

from __future__ import annotations

import shutil
from pathlib import Path

from canvass_app.domain.errors import DiskFull, StorageProblem
from canvass_app.domain.text import Text
from canvass_app.storage.database import SqliteDatabase
from canvass_app.storage.journal import sync_folder

from .book import BACKUPS

KEPT = 7
# Left free for what is typed while a backup is written.
_SPARE_BYTES = 32 << 20

_BAD = Text(
    "Today’s backup did not verify and was removed. Your data itself is open and safe; older backups are kept.",
    "La sauvegarde d’aujourd’hui n’a pas passé la vérification et a été retirée. Vos données sont ouvertes et "
    "en sécurité; les sauvegardes précédentes sont conservées.",
)
_NO_ROOM = Text(
    "There is not enough free disk space for today’s backup. Your data is safe and older backups are kept. "
    "Free {megabytes} MB, then start Canvass again.",
    "L’espace disque ne suffit pas à la sauvegarde d’aujourd’hui. Vos données sont en sécurité et les sauvegardes "
    "précédentes sont conservées. Libérez {megabytes} Mo, puis relancez Canvass.",
)


def backup_folder(folder: Path) -> Path:
    """The folder of backups, made when missing."""
    backups = folder / BACKUPS
    backups.mkdir(exist_ok=True, mode=0o700)
    return backups


def backup_due(folder: Path, day: str) -> bool:
    """Whether there is no backup of `day` yet."""
    return not (folder / BACKUPS / f"canvass-{day}.db").exists()


def keep_daily_backup(database: SqliteDatabase, folder: Path, day: str) -> Path | None:
    """Write the backup of `day` unless it exists; older than the newest seven go only after it verified.

    Whoever types meanwhile does not wait: the copy is of the moment at which it began.
    Raises DiskFull, or StorageProblem when the copy does not open, has a bad page or counts wrongly: then
    nothing older goes.
    """
    backups = backup_folder(folder)
    target = backups / f"canvass-{day}.db"
    if target.exists():
        return None
    _sweep(backups)
    needed = database.path.stat().st_size + _SPARE_BYTES
    if shutil.disk_usage(backups).free < needed:
        raise DiskFull(_NO_ROOM.fill(megabytes=needed >> 20))
    temporary = target.with_suffix(".new")
    counted = count_events(database)
    try:
        database.backup_to(temporary)
        found = verified_count(database.sibling(temporary))
        if found is None or found < counted:
            raise StorageProblem(_BAD)
        temporary.replace(target)
    finally:
        _sweep(backups)
    sync_folder(backups)
    for old in sorted(backups.glob("canvass-*.db"))[:-KEPT]:
        old.unlink()
    return target


def _sweep(backups: Path) -> None:
    """Remove what an interrupted or refused backup left."""
    for leftover in backups.glob("canvass-*.new*"):
        leftover.unlink()


def verified_count(copy: SqliteDatabase) -> int | None:
    """How many events a copy holds; None when a page of it is bad or the last own number is not its count.

    Closes it.
    """
    try:
        if copy.damage():
            return None
        gaps = copy.read().query(
            "SELECT 1 FROM device_log l JOIN meta m ON m.name = 'device_id' AND lower(hex(l.device_id)) = m.value"
            " WHERE l.last_seq <> (SELECT COUNT(*) FROM event e WHERE e.riding_id = l.riding_id"
            " AND e.device_id = l.device_id)"
            " AND NOT EXISTS (SELECT 1 FROM meta f WHERE f.name = 'left_' || l.riding_id)"
        )
        return None if gaps else count_events(copy)
    except StorageProblem:
        return None
    finally:
        copy.close()


def newest_good_backup(backups: Path, key: bytes) -> Path | None:
    """The newest backup whose every page is sound; None when there is none."""
    for path in sorted(backups.glob("canvass-*.db"), reverse=True):
        try:
            copy = SqliteDatabase(path, key)
        except StorageProblem:
            continue
        if verified_count(copy) is not None:
            return path
    return None


def count_events(database: SqliteDatabase) -> int:
    """How many events a database holds."""
    return int(database.read().query("SELECT COUNT(*) FROM event")[0][0])
