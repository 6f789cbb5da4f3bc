"""What a file is, and its bytes as text: kind by its first bytes, encoding by its content."""

from __future__ import annotations

import re
import stat
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from canvass_app.domain.errors import FileProblem
from canvass_app.domain.text import Text

from .problems import Problem

MAX_BYTES = 200 * 1024 * 1024
SAMPLE_BYTES = 65_536
"""How much of a file is looked at to decide whether it is a table, and with which delimiter."""
FileKind = Literal["text", "zip", "xls"]

_NOT_A_TABLE: tuple[tuple[bytes, Text], ...] = (
    (b"%PDF", Text("a PDF document", "un document PDF")),
    (b"\x89PNG", Text("a picture", "une image")),
    (b"\xff\xd8\xff", Text("a picture", "une image")),
    (b"GIF8", Text("a picture", "une image")),
    (b"\x1f\x8b", Text("a compressed file", "un fichier compressé")),
    (b"7z\xbc\xaf", Text("a compressed archive", "une archive compressée")),
    (b"Rar!", Text("a compressed archive", "une archive compressée")),
    (b"(\xb5/\xfd", Text("a compressed file", "un fichier compressé")),
    (b"SQLite format 3", Text("a database", "une base de données")),
    (b"{\\rtf", Text("a word-processor document", "un document de traitement de texte")),
    (b"\x7fELF", Text("a program", "un programme")),
    (b"MZ\x90", Text("a program", "un programme")),
)
_WEB_PAGE = re.compile(r"\s*<(!doctype|html|\?xml|table|svg)\b", re.IGNORECASE)
_JSON = re.compile(r"\s*(\{\s*(\"|\})|\[\s*[\[{\"\d\]-])")
_CONTROL = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029]")
# Invisible marks (zero width, direction overrides): they would make equal names unequal.
_INVISIBLE = re.compile("[\xad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


@dataclass(slots=True)
class Decoded:
    """A file's text, the name of its encoding, and remarks about lines that were mended."""

    text: str
    encoding: str
    problems: list[Problem] = field(default_factory=list[Problem])


def not_a_table(name: str, what: Text, *, detail: str = "") -> FileProblem:
    """The problem of a file that is `what` and so cannot be read as a table."""
    return FileProblem(
        Text(
            f"“{name}” is {what.en}, not a table. Nothing was taken from it. "
            "Save the list as CSV or as a spreadsheet (XLSX, ODS) and import that file.",
            f"« {name} » est {what.fr}, pas un tableau. Rien n’en a été repris. "
            "Enregistrez la liste en CSV ou en feuille de calcul (XLSX, ODS), puis importez ce fichier.",
        ),
        detail=detail,
    )


def empty_file(name: str) -> FileProblem:
    """The problem of a file without a single row."""
    return FileProblem(
        Text(
            f"“{name}” is empty. Nothing was taken from it. Check that the right file was chosen.",
            f"« {name} » est vide. Rien n’en a été repris. Vérifiez que c’est le bon fichier.",
        )
    )


def _unreadable(path: Path, error: OSError) -> FileProblem:
    return FileProblem(
        Text(
            f"“{path.name}” cannot be opened: it is locked by another program or you may not read it. "
            "Nothing was taken. Close the program that has it open, or copy the file and import the copy.",
            f"« {path.name} » ne s’ouvre pas : un autre programme le verrouille ou vous n’avez pas le droit de le "
            "lire. Rien n’a été repris. Fermez ce programme, ou copiez le fichier et importez la copie.",
        ),
        detail=str(error),
    )


def read_bytes(path: Path) -> bytes:
    """The whole file, at most MAX_BYTES. Raises FileProblem: missing, a folder, locked, empty, too large."""
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise FileProblem(
                Text(
                    f"“{path.name}” is a folder. Choose the file inside it that holds the list.",
                    f"« {path.name} » est un dossier. Choisissez dans ce dossier le fichier qui contient la liste.",
                )
            )
        if not stat.S_ISREG(status.st_mode):
            raise not_a_table(path.name, Text("a device", "un périphérique"))
        if status.st_size > MAX_BYTES:
            raise too_large(path.name, status.st_size)
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError as error:
        raise FileProblem(
            Text(
                f"There is no file “{path.name}”. It may have been moved or renamed; choose it again.",
                f"Le fichier « {path.name} » n’existe pas. Il a peut-être été déplacé ou renommé; choisissez-le de nouveau.",
            ),
            detail=str(error),
        ) from error
    except (OSError, ValueError) as error:
        raise _unreadable(path, error if isinstance(error, OSError) else OSError(str(error))) from error
    if len(data) > MAX_BYTES:
        raise too_large(path.name, len(data))
    if not data:
        raise empty_file(path.name)
    return data


def too_large(name: str, size: int) -> FileProblem:
    """The problem of a file (or of what it unpacks to) of `size` bytes, over the limit."""
    limit, megabytes = MAX_BYTES // 1_048_576, -(-size // 1_048_576)
    return FileProblem(
        Text(
            f"“{name}” is too large ({megabytes} MB; the limit is {limit} MB). Nothing was taken from it. "
            "Split it, for example one file for each riding, and import the parts.",
            f"« {name} » est trop volumineux ({megabytes} Mo; la limite est de {limit} Mo). Rien n’en a été repris. "
            "Divisez-le, par exemple un fichier par circonscription, et importez les parties.",
        )
    )


def kind_of(data: bytes, name: str) -> FileKind:
    """What the first bytes say. Raises FileProblem for what is known not to be a table."""
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return "xls"
    for magic, what in _NOT_A_TABLE:
        if data.startswith(magic):
            raise not_a_table(name, what)
    return "text"


def decode(data: bytes, name: str) -> Decoded:
    """Bytes of a text file as text in composed form (NFC), without control characters.

    UTF-8 and UTF-16 with or without BOM, Windows-1252, ISO-8859-1. In a UTF-8 file a line in
    Windows-1252 is read by itself and noted. Raises FileProblem for what is not text.
    """
    decoded = _decode(data)
    text = decoded.text.rstrip("\x1a\x00")
    if "\x00" in text:
        raise not_a_table(name, Text("a binary file", "un fichier binaire"))
    if not text.strip():
        raise empty_file(name)
    start = text[:4096]
    if _WEB_PAGE.match(start):
        raise not_a_table(name, Text("a web page or XML file", "une page Web ou un fichier XML"))
    if _JSON.match(start):
        raise not_a_table(name, Text("a JSON file", "un fichier JSON"))
    if _CONTROL.search(text):
        if len(_CONTROL.findall(start)) * 50 > len(start):
            raise not_a_table(name, Text("a binary file", "un fichier binaire"))
        decoded.problems += _lines_with(text, _CONTROL, _CONTROL_REASON, "control")
        text = _CONTROL.sub(" ", text)
    if not text.isascii():
        text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    decoded.text = text
    return decoded


_CONTROL_REASON = Text(
    "The line holds invisible control characters; they were removed.",
    "La ligne contient des caractères de commande invisibles; ils ont été retirés.",
)
_REPLACED_REASON = Text(
    "The line holds characters that cannot be read; they are shown as “\ufffd”. Check its names.",
    "La ligne contient des caractères illisibles; ils sont affichés comme « \ufffd ». Vérifiez les noms.",
)
_MIXED_REASON = Text(
    "The line is not in the file’s encoding (UTF-8); it was read as Windows-1252. Check its accents.",
    "La ligne n’est pas dans l’encodage du fichier (UTF-8); elle a été lue en Windows-1252. Vérifiez les accents.",
)
_NEW_LINE = re.compile(r"\r\n|\r|\n")


def _lines_with(text: str, what: re.Pattern[str], reason: Text, code: str) -> list[Problem]:
    return [
        Problem(number, "changed", reason, code=code)
        for number, line in enumerate(_NEW_LINE.split(text), 1)
        if what.search(line)
    ]


def _decode(data: bytes) -> Decoded:
    for bom, codec, shown in (
        (b"\xff\xfe", "utf-16-le", "UTF-16LE"),
        (b"\xfe\xff", "utf-16-be", "UTF-16BE"),
    ):
        if data.startswith(bom):
            return _decode_utf16(data[2:], codec, shown)
    if data.startswith(b"\xef\xbb\xbf"):
        return _decode_bytes(data[3:], "UTF-8 (BOM)")
    sample = data[:4096]
    pairs = len(sample) // 2
    if pairs:
        # Latin text in UTF-16 has a NUL in nearly every other byte; no other text has any.
        low, high = sample[0 : pairs * 2 : 2].count(0) / pairs, sample[1 : pairs * 2 : 2].count(0) / pairs
        if high > 0.4 and low < 0.05:
            return _decode_utf16(data, "utf-16-le", "UTF-16LE")
        if low > 0.4 and high < 0.05:
            return _decode_utf16(data, "utf-16-be", "UTF-16BE")
    return _decode_bytes(data, "")


def _decode_utf16(data: bytes, codec: str, shown: str) -> Decoded:
    text = data.decode(codec, "replace")
    mended = (
        _lines_with(text, re.compile("\ufffd"), _REPLACED_REASON, "unreadable") if "\ufffd" in text else []
    )
    return Decoded(text, shown, mended)


def _decode_bytes(data: bytes, known: str) -> Decoded:
    """UTF-8, or Windows-1252 with ISO-8859-1 for the five bytes it leaves out."""
    try:
        return Decoded(data.decode("utf-8"), known or "UTF-8")
    except UnicodeDecodeError:
        pass
    lines = data.splitlines(keepends=True)
    accented = [index for index, line in enumerate(lines) if not line.isascii()]
    odd: list[int] = []
    for index in accented:
        try:
            lines[index].decode("utf-8")
        except UnicodeDecodeError:
            odd.append(index)
    if known or len(odd) * 2 <= len(accented):
        wrong = set(odd)
        text = "".join(
            _one_byte(line)[0] if index in wrong else line.decode("utf-8") for index, line in enumerate(lines)
        )
        problems = [Problem(index + 1, "changed", _MIXED_REASON, code="encoding") for index in odd]
        return Decoded(text, known or "UTF-8", problems)
    text, encoding = _one_byte(data)
    return Decoded(text, encoding)


def _one_byte(data: bytes) -> tuple[str, str]:
    try:
        return data.decode("cp1252"), "Windows-1252"
    except UnicodeDecodeError:
        return data.decode("iso-8859-1"), "ISO-8859-1"
