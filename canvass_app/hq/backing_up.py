"""`canvass-hq backup`: one moment of headquarters in one sealed file, read back before it counts as a backup."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from canvass_app import __version__
from canvass_app.domain.errors import Refused
from canvass_app.domain.text import Text
from canvass_app.storage.database import disk_trouble
from canvass_app.storage.journal import sync_folder
from canvass_app.storage.keys import Prompt, key_of, key_record
from canvass_app.storage.migrate import HEAD

from .office import Settings, open_office
from .snapshot import Database, records_of, tables_in, view_of
from .vault import Sealer, broken, read_header, unsealed

KEPT = 7
SUFFIX = ".canvass-backup"
_PREFIX = "headquarters-"

_EXISTS = Text(
    "“{name}” exists already. Nothing was written. Choose another name, a folder, or add --overwrite.",
    "« {name} » existe déjà. Rien n’a été écrit. Choisissez un autre nom, un dossier, ou ajoutez --overwrite.",
)


@dataclass(frozen=True, slots=True)
class BackedUp:
    """A backup that was read back: where, how large (bytes), what it holds; and which older ones went."""

    path: Path
    size: int
    events: int
    ridings: dict[str, int]
    removed: list[str]
    seconds: float
    portable: bool
    """Whether a passphrase opens it anywhere; else only this computer's keychain does."""


def back_up(settings: Settings, target: Path, *, keep: int = KEPT, overwrite: bool = False) -> BackedUp:
    """Back headquarters up, served or not, into the folder or file `target`.

    In a folder it gets a name of its own, and older backups beyond the newest `keep` go once it was read back.
    Raises Refused, StorageProblem, DiskFull, NoKey or WrongKey; then no file is left and none went.
    """
    began = time.monotonic()
    settings = asked_once(settings)
    office = open_office(settings)
    try:
        now = datetime.fromtimestamp(office.now_ms() / 1000, UTC)
        folder = target.is_dir() or not target.suffix
        path = target / f"{_PREFIX}{now:%Y%m%d-%H%M%S}{SUFFIX}" if folder else target
        if path.exists() and not overwrite:
            raise Refused(_EXISTS.fill(name=path.name))
        record = key_record(settings.folder)
        key = key_of(record, settings.passphrase, settings.prompt)
        sums = write_backup(office.database, path, key, record, office.now_ms())
    finally:
        office.close()
    ridings = {name: int(count) for name, (count, _) in sums["ridings"].items()}
    return BackedUp(
        path=path,
        size=path.stat().st_size,
        events=sum(ridings.values()),
        ridings=ridings,
        removed=_thin_out(path.parent, keep) if folder else [],
        seconds=time.monotonic() - began,
        portable=record.get("kind") == "passphrase",
    )


def write_backup(database: Database, path: Path, key: bytes, record: Any, now_ms: int) -> dict[str, Any]:
    """Write a backup under a temporary name, read it back, and only then give it its own. Its sums.

    Raises StorageProblem or DiskFull; then nothing is left of it.
    """
    facts = {
        "program": __version__,
        "schema": HEAD,
        "made_ms": now_ms,
        "database": database.dialect,
        # A key in a computer's keychain stays there; one that a passphrase seals travels with the backup.
        "key": dict(record) if record.get("kind") == "passphrase" else None,
    }
    unfinished = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with view_of(database) as view:
            with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
                sealer = Sealer(file, key, facts)
                for piece in records_of(view):
                    sealer.write(piece)
                sealer.close()
                file.flush()
                os.fsync(file.fileno())
            sums = read_back(unfinished, key)
        unfinished.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        raise disk_trouble(error) from error
    finally:
        unfinished.unlink(missing_ok=True)
    return sums


def read_back(path: Path, key: bytes) -> dict[str, Any]:
    """Read a whole backup and compare its counts and digests with its rows; the sums. Raises StorageProblem or WrongKey."""
    with path.open("rb") as file:
        header, bound = read_header(file)
        sums: dict[str, Any] | None = None
        for table, _, rows in tables_in(unsealed(file, header, bound, key)):
            if not table:
                sums = rows[0][0]
    if sums is None:
        raise broken("no sums")
    return sums


def _thin_out(folder: Path, keep: int) -> list[str]:
    found = sorted(folder.glob(f"{_PREFIX}*{SUFFIX}"), reverse=True)
    gone = found[max(1, keep) :]
    for one in gone:
        one.unlink()
    return [one.name for one in gone]


def asked_once(settings: Settings) -> Settings:
    """Settings that ask a person for the passphrase at most once."""
    known: list[str | None] = []
    ask = settings.prompt

    def prompt(new: bool) -> str | None:
        if not known and ask is not None:
            known.append(ask(new))
        return known[0] if known else None

    once: Prompt | None = prompt if ask is not None else None
    return Settings(settings.folder, settings.passphrase, settings.database_url, once, settings.now_ms)
