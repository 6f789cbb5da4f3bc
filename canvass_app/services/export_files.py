"""The file in which an export leaves: a table and a note beside it, in one archive that opens with a passphrase.

The archive is a ZIP with WinZip's AES-256 (AE-2), which 7-Zip, WinZip, WinRAR and Keka open. It is made in memory and only then
written beside its place and renamed, so that no clear text ever touches the disk and no half of a file is left.
"""

from __future__ import annotations

import csv
import errno
import os
import secrets
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from io import BytesIO, StringIO
from pathlib import Path

from canvass_app.domain.cells import safe_cell
from canvass_app.domain.errors import DiskFull, FileProblem
from canvass_app.domain.text import Text

# Letters that sound alike in English and French, and like no other of them: said over a bad line they are written down
# right. Fifteen of 36 syllables are 77.5 bits.
_CONSONANTS, _VOWELS = "bdfklmnprtvz", "aio"
_WORDS, _SYLLABLES = 5, 3
# The checksum of the clear text is left out: beside a short text it would give that text away.
_AE_2 = 2
_FULL_ERRORS = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)

_FULL = Text(
    "There is no room left for “{name}”. Nothing was written, and everything in Canvass is safe. Free some space or choose "
    "another folder, then export again.",
    "Il n’y a plus de place pour « {name} ». Rien n’a été écrit, et tout est intact dans Canvass. Libérez de l’espace ou "
    "choisissez un autre dossier, puis exportez de nouveau.",
)
_UNWRITABLE = Text(
    "“{name}” cannot be written in the folder “{folder}”. Nothing was written, and everything in Canvass is safe. Choose "
    "another folder.",
    "Impossible d’écrire « {name} » dans le dossier « {folder} ». Rien n’a été écrit, et tout est intact dans Canvass. "
    "Choisissez un autre dossier.",
)


def make_passphrase() -> str:
    """Five words of three syllables, chosen by chance: 77.5 bits, easy to say in English and in French."""
    word = lambda: "".join(  # noqa: E731
        secrets.choice(_CONSONANTS) + secrets.choice(_VOWELS) for _ in range(_SYLLABLES)
    )
    return "-".join(word() for _ in range(_WORDS))


def table_bytes(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """CSV (RFC 4180) as UTF-8 with BOM, so that every spreadsheet reads the accents; no cell can run as a formula."""
    out = StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([safe_cell(one) for one in headers])
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def archive_bytes(files: Sequence[tuple[str, bytes]], passphrase: str) -> bytes:
    """A ZIP of these files: AES-256 under the passphrase, or open when it is ""."""
    out = BytesIO()
    if passphrase:
        import pyzipper

        with pyzipper.AESZipFile(out, "w", compression=pyzipper.ZIP_DEFLATED) as archive:
            archive.setpassword(passphrase.encode())
            archive.setencryption(pyzipper.WZ_AES, nbits=256, force_wz_aes_version=_AE_2)
            for name, content in files:
                archive.writestr(name, content)
    else:
        import zipfile

        with zipfile.ZipFile(out, "w", compression=zipfile.ZIP_DEFLATED) as plain:
            for name, content in files:
                plain.writestr(name, content)
    return out.getvalue()


def write_then(out: Path, content: bytes, record: Callable[[], None]) -> None:
    """Write `content` beside `out`, run `record` once it is on the disk, then give it its name.

    So nothing leaves that was not recorded. Only the file's owner may read it. Raises DiskFull or FileProblem, or what
    `record` raises; then no file is left.
    """
    unfinished = out.with_name(f".{out.name[:80]}.{secrets.token_hex(4)}.part")
    try:
        with open(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        record()
        unfinished.replace(out)
    except OSError as error:
        raise _problem(out, error) from error
    finally:
        with suppress(OSError):
            unfinished.unlink()


def _problem(out: Path, error: OSError) -> DiskFull | FileProblem:
    if error.errno in _FULL_ERRORS:
        return DiskFull(_FULL.fill(name=out.name), detail=str(error))
    return FileProblem(_UNWRITABLE.fill(name=out.name, folder=str(out.parent)), detail=str(error))
