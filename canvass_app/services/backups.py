"""Backups of the local record: compact, encrypted under the same key, each opened and counted."""

from __future__ import annotations

from pathlib import Path

from canvass_app.domain.errors import StorageProblem
from canvass_app.domain.text import Text
from canvass_app.storage.database import SqliteDatabase

from .book import BACKUPS

KEPT = 7

_BAD = Text(
    "Today’s backup did not verify and was removed. Your data itself is open and safe; older backups are kept.",
    "La sauvegarde d’aujourd’hui n’a pas passé la vérification et a été retirée. Vos données sont ouvertes et "
    "en sécurité; les sauvegardes précédentes sont conservées.",
)


def backup_folder(folder: Path) -> Path:
    """The folder of backups, made when missing."""
    backups = folder / BACKUPS
    backups.mkdir(exist_ok=True, mode=0o700)
    return backups


def keep_daily_backup(database: SqliteDatabase, folder: Path, day: str) -> Path | None:
    """Write the backup of `day` unless it exists; older than the newest seven go only after it verified.

    Raises StorageProblem when the copy does not open or counts wrongly: then nothing older goes.
    """
    backups = backup_folder(folder)
    target = backups / f"canvass-{day}.db"
    if target.exists():
        return None
    temporary = target.with_suffix(".new")
    temporary.unlink(missing_ok=True)
    counted = count_events(database)
    database.backup_to(temporary)
    copy = database.sibling(temporary)
    try:
        if count_events(copy) < counted:
            raise StorageProblem(_BAD)
    except BaseException:
        copy.close()
        temporary.unlink(missing_ok=True)
        raise
    copy.close()
    for leftover in backups.glob(f"{temporary.name}-*"):
        leftover.unlink()
    temporary.replace(target)
    for old in sorted(backups.glob("canvass-*.db"))[:-KEPT]:
        old.unlink()
    return target


def count_events(database: SqliteDatabase) -> int:
    """How many events a database holds."""
    return int(database.read().query("SELECT COUNT(*) FROM event")[0][0])
