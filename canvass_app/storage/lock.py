"""One program at a time on one data folder."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import IO

from canvass_app.domain.errors import AlreadyOpen, StorageProblem
from canvass_app.domain.text import Text

_OPEN = Text(
    "Canvass is already open on this data, in another window or another program. Nothing was changed. "
    "Go to that window, or close it and try again.",
    "Canvass est déjà ouvert sur ces données, dans une autre fenêtre ou un autre programme. Rien n’a été modifié. "
    "Allez à cette fenêtre, ou fermez-la et réessayez.",
)
_FOLDER = Text(
    "The data folder cannot be written to. Nothing was changed. Choose another folder with --data.",
    "Impossible d’écrire dans le dossier de données. Rien n’a été modifié. Choisissez un autre dossier avec --data.",
)


_DAMAGED_MARK = b"damaged\n"


class InstanceLock:
    """An exclusive hold on a data folder, let go by the system if the program dies."""

    def __init__(self, folder: Path) -> None:
        """Raises AlreadyOpen when another program holds the folder, StorageProblem when it cannot be written."""
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._file: IO[bytes] = (folder / "canvass.lock").open("a+b", buffering=0)
        except OSError as error:
            raise StorageProblem(_FOLDER, detail=str(error)) from error
        try:
            _lock(self._file)
        except OSError as error:
            self._file.close()
            raise AlreadyOpen(_OPEN) from error
        self._file.seek(0)
        left = self._file.read(len(_DAMAGED_MARK))
        self.unclean = left != b""
        """Whether the program that held the folder last died without letting go, or found damage."""
        self.damaged = left == _DAMAGED_MARK
        """Whether it found the database damaged. Remembered until a repair lets go."""
        if not self.unclean:
            self._mark(b"open\n")

    def note_damage(self) -> None:
        """Remember that the database is damaged, beyond this program's end."""
        self.unclean = self.damaged = True
        self._mark(_DAMAGED_MARK)

    def _mark(self, mark: bytes) -> None:
        # A full disk may refuse the mark: then a later death would not be noticed, which only costs a check.
        with suppress(OSError):
            self._file.truncate(0)
            self._file.write(mark)

    def release(self) -> None:
        """Let go: everything was closed in order."""
        if self._file.closed:
            return
        with suppress(OSError):
            self._file.truncate(0)
        self._file.close()

    def abandon(self) -> None:
        """Let go without a word: what was unclean before stays so."""
        if self._file.closed:
            return
        if not self.unclean:
            with suppress(OSError):
                self._file.truncate(0)
        self._file.close()


def _lock(file: IO[bytes]) -> None:
    if sys.platform == "win32":
        import msvcrt

        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    # Held until the file is closed; a killed program's hold is dropped by the system.
    os.set_inheritable(file.fileno(), False)
