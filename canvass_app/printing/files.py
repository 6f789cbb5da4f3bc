"""A file that is either whole or not there."""

from __future__ import annotations

import errno
import os
import tempfile
from contextlib import suppress
from pathlib import Path

from canvass_app.domain.errors import DiskFull, FileProblem
from canvass_app.domain.text import Text

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def write_whole(out: Path, content: bytes) -> None:
    """Write `content` under a temporary name beside `out`, force it to the disk, then rename it over `out`.

    A file that was there before stays untouched until the new one is complete; only its owner may read it,
    for it holds names and addresses. Raises DiskFull when there is no room, FileProblem when the folder is
    missing or closed to us; then nothing of it is left behind.
    """
    temporary: Path | None = None
    try:
        handle, name = tempfile.mkstemp(prefix=f".{out.name[:80]}.", suffix=".part", dir=out.parent)
        temporary = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(out)
        temporary = None
        _settle(out.parent)
    except OSError as error:
        raise _problem(out, error) from error
    finally:
        if temporary is not None:
            with suppress(OSError):
                temporary.unlink()


def _settle(folder: Path) -> None:
    """Make the rename itself durable where folders can be synchronised (not on Windows)."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _problem(out: Path, error: OSError) -> DiskFull | FileProblem:
    if error.errno in _FULL:
        return DiskFull(
            Text(
                f"There is no room left for “{out.name}”. Nothing was written and the list is safe. "
                "Free some space or choose another folder, then print again.",
                f"Il n’y a plus de place pour « {out.name} ». Rien n’a été écrit et la liste est intacte. "
                "Libérez de l’espace ou choisissez un autre dossier, puis imprimez de nouveau.",
            ),
            detail=str(error),
        )
    return FileProblem(
        Text(
            f"“{out.name}” cannot be written in the folder “{out.parent}”. Nothing was written and the list is safe. "
            "Close the file if it is open in another program, or choose another folder.",
            f"Impossible d’écrire « {out.name} » dans le dossier « {out.parent} ». Rien n’a été écrit et la liste "
            "est intacte. Fermez le fichier s’il est ouvert dans un autre programme, ou choisissez un autre dossier.",
        ),
        detail=str(error),
    )
