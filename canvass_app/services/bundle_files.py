"""Bundles as files: written beside their place, read back from the stick, and only then under their name."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from canvass_app.domain.errors import CanvassError, DiskFull, FileProblem, StorageProblem
from canvass_app.domain.text import Text
from canvass_app.storage.journal import sync_folder
from canvass_app.sync.bundles import DOWN, UP, Header, NotABundle, Whole, look_at

SUFFIX = {UP: ".canvass-up", DOWN: ".canvass-down"}
_READ_BYTES = 1 << 20
_FULL = Text(
    "There is not enough room on “{folder}”. No file was left on it, and everything is kept here. Free some space or take "
    "another stick, then try again.",
    "Il n’y a pas assez de place sur « {folder} ». Aucun fichier n’y a été laissé et tout est conservé ici. Libérez de "
    "l’espace ou prenez une autre clé, puis réessayez.",
)
_UNWRITABLE = Text(
    "“{folder}” could not be written to: the stick was pulled out, is locked, or has a fault. Everything is kept here. "
    "Try again, or take another stick.",
    "Impossible d’écrire sur « {folder} » : la clé a été retirée, est verrouillée ou défectueuse. Tout est conservé ici. "
    "Réessayez ou prenez une autre clé.",
)
_READS_BADLY = Text(
    "What was written to “{folder}” does not read back as it was written, so it was removed. Everything is kept here. "
    "Take another stick.",
    "Ce qui a été écrit sur « {folder} » ne se relit pas tel quel et a donc été retiré. Tout est conservé ici. Prenez une "
    "autre clé.",
)
_UNREADABLE = Text(
    "“{name}” cannot be read. Nothing was changed. Put the stick in again, or copy the file once more.",
    "« {name} » est illisible. Rien n’a été modifié. Rebranchez la clé ou copiez le fichier de nouveau.",
)
_NO_BUNDLE = Text(
    "“{name}” is not a bundle of Canvass, or one of a later version. Nothing was changed. Choose another file, or check "
    "for an update of Canvass.",
    "« {name} » n’est pas un lot de Canvass, ou vient d’une version plus récente. Rien n’a été modifié. Choisissez un autre "
    "fichier ou vérifiez s’il existe une mise à jour de Canvass.",
)


class Kept(NamedTuple):
    """A file that lies whole and reads back: safe to remove. `size` in bytes."""

    path: Path
    size: int


def file_name(header: Header, time_zone: str) -> str:
    """`canvass-20261122-1905-7F3K.canvass-up`: when, in the campaign's time, and which."""
    made = datetime.fromtimestamp(header.made_ms / 1000, ZoneInfo(time_zone))
    return f"canvass-{made:%Y%m%d-%H%M}-{header.name}{SUFFIX[header.kind]}"


def keep_bundle(folder: Path, name: str, blocks: Iterable[bytes]) -> Kept:
    """Write a bundle's bytes into `folder`, wait for the disk, name the file and read it back.

    Raises DiskFull or StorageProblem, and whatever `blocks` raises; then no file is left.
    """
    target = folder / name
    unfinished = target.with_name(f"{name}.part")
    try:
        written, size = _write(unfinished, blocks)
        unfinished.rename(target)
        _settle(folder)
        if _read_back(target) != written:
            raise StorageProblem(_READS_BADLY.fill(folder=str(folder)))
    except BaseException as error:
        for leftover in (unfinished, target):
            with suppress(OSError):
                leftover.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise stick_trouble(error, folder) from error
        raise
    return Kept(target, size)


def _write(path: Path, blocks: Iterable[bytes]) -> tuple[bytes, int]:
    hashed, size = sha256(), 0
    with path.open("xb") as file:
        for block in blocks:
            file.write(block)
            hashed.update(block)
            size += len(block)
        file.flush()
        os.fsync(file.fileno())
    return hashed.digest(), size


def _settle(folder: Path) -> None:
    try:
        sync_folder(folder)
    except OSError as error:
        # Some file systems of sticks cannot say this of a folder.
        if error.errno not in (errno.EINVAL, errno.ENOTSUP, errno.EBADF):
            raise


def _read_back(path: Path) -> bytes:
    hashed = sha256()
    with path.open("rb", buffering=0) as file:
        if hasattr(os, "posix_fadvise"):
            # From the stick itself, not from what the system remembers of it.
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        while block := file.read(_READ_BYTES):
            hashed.update(block)
    return hashed.digest()


def stick_trouble(error: OSError, folder: Path) -> CanvassError:
    """What the system says of a stick, in words for people."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return DiskFull(_FULL.fill(folder=str(folder)), detail=str(error))
    return StorageProblem(_UNWRITABLE.fill(folder=str(folder)), detail=str(error))


def look_at_file(path: Path) -> Whole:
    """What can be seen of a bundle without a key. Raises FileProblem."""
    with reading(path) as read:
        return look_at(read)


class reading:  # noqa: N801 - reads as a sentence where it is used
    """The bytes of a bundle's file; troubles with the file are told in words (FileProblem)."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> Callable[[int], bytes]:
        try:
            self._file = self._path.open("rb")
        except OSError as error:
            raise unreadable(self._path, error) from error
        return self._file.read

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        self._file.close()
        if isinstance(error, NotABundle):
            raise FileProblem(_NO_BUNDLE.fill(name=self._path.name), detail=str(error)) from error
        if isinstance(error, OSError):
            raise unreadable(self._path, error) from error


def unreadable(path: Path, error: OSError) -> FileProblem:
    """A file that the system cannot read."""
    return FileProblem(_UNREADABLE.fill(name=path.name), detail=str(error))


def bundles_in(folder: Path, kind: str) -> list[Path]:
    """The bundles of a kind (`UP`, `DOWN`) in a folder, by name: the oldest first. Raises FileProblem."""
    try:
        return sorted(path for path in folder.iterdir() if path.name.endswith(SUFFIX[kind]))
    except OSError as error:
        raise unreadable(folder, error) from error
