"""The file of an export: an archive that other programs open, and cells that no spreadsheet runs."""

from __future__ import annotations

import csv
import hashlib
import hmac
import math
import re
import struct
import unicodedata
import zlib
from io import StringIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from canvass_app.domain.cells import safe_cell
from canvass_app.services import export_files as files
from canvass_app.services.book import Book
from canvass_app.services.export_files import make_passphrase
from canvass_app.services.export_people import COLUMNS, Choice
from canvass_app.services.exporting import Asked, export_people

from .conftest import RIDING, Town, add_roster, door, person
from .exporting import opened

ALL = Choice(RIDING)
ASKED = Asked(ALL, "Signs for the weekend", "Ana Lead")


def test_the_archive_is_winzip_ae2_with_256_bits_by_another_reader(
    book: Book, town: Town, tmp_path: Path
) -> None:
    """Read by hand from the WinZip specification, with another library's cipher than the one that wrote it."""
    done = export_people(book, ASKED, tmp_path)
    data = done.path.read_bytes()
    signature, _, flags, method, _, _, crc, _, _, name_size, extra_size = struct.unpack(
        "<IHHHHHIIIHH", data[:30]
    )
    assert (signature, flags & 1, method, crc) == (0x04034B50, 1, 99, 0)
    extra = data[30 + name_size : 30 + name_size + extra_size]
    at = extra.index(struct.pack("<HH", 0x9901, 7))
    version, vendor, strength, actual = struct.unpack("<H2sBH", extra[at + 4 : at + 11])
    assert (version, vendor, strength, actual) == (2, b"AE", 3, 8)
    with ZipFile(done.path) as archive:
        size = archive.infolist()[0].compress_size
    body = data[30 + name_size + extra_size :][:size]
    salt, check, sealed, tag = body[:16], body[16:18], body[18:-10], body[-10:]
    keys = hashlib.pbkdf2_hmac("sha1", done.passphrase.encode(), salt, 1000, 66)
    assert keys[64:] == check
    assert hmac.digest(keys[32:64], sealed, "sha1")[:10] == tag
    stream = b""
    for place in range(0, len(sealed), 16):
        counter = (place // 16 + 1).to_bytes(16, "little")
        block = Cipher(algorithms.AES(keys[:32]), modes.ECB()).encryptor().update(counter)
        stream += bytes(a ^ b for a, b in zip(sealed[place : place + 16], block, strict=False))
    assert b"Tremblay" in zlib.decompress(stream, -15)


def test_a_passphrase_has_at_least_77_bits_and_letters_that_both_languages_say_alike() -> None:
    syllables = len(set(files._CONSONANTS)) * len(set(files._VOWELS))
    assert files._WORDS * files._SYLLABLES * math.log2(syllables) >= 77
    some = {make_passphrase() for _ in range(50)}
    assert len(some) == 50
    assert not set("".join(some)) & set("eugjchqwxys")


PAYLOADS = [
    "=1+1", "+1+1", "-1+1", "@SUM(1)", "\t=1+1", "\r=1+1", "\n=1+1", " =1+1", "\u00a0=1+1", "\u3000=1+1", "＝1+1", "＋1", "－1",
    "＠SUM(1)", "﹦1+1", "﹢1", "﹣1", "﹫x", "\u200b=1+1", "\ufeff=1+1", '"=1+1', '""=1+1', 'a","=1+1', "a;=1+1", "a|=1+1",
    "a\t=1+1", "a\r\n=1+1", "=cmd|' /C calc'!A0", '=HYPERLINK("http://x.example","y")', "−1+1", "\u202e=1+1",
]  # fmt: skip


def runs(cell: str) -> bool:
    """Whether a spreadsheet may take a cell, or a part of it after some divider, for a formula; written apart from the code."""
    for part in re.split(r"[,;|\t\r\n]", cell):
        visible = "".join(
            c for c in part if unicodedata.category(c) not in ("Cf", "Cc", "Zs", "Zl", "Zp")
        ).lstrip("\"'")
        quoted = "'" in part[: len(part) - len(part.lstrip("'\" "))] or part.lstrip().startswith("'")
        if unicodedata.normalize("NFKC", visible[:1]) in ("=", "+", "-", "@", "−") and not quoted:
            return True
    return False


def test_thirty_formula_payloads_give_no_formula_cell(book: Book, tmp_path: Path) -> None:
    assert len(PAYLOADS) >= 30
    assert all(map(runs, PAYLOADS))
    homes = [
        door(n, unit="" if n % 3 else "101", town="Millbrook") for n in range(2, 2 + 2 * len(PAYLOADS), 2)
    ]
    folk = [person(home, text, text, phone=text) for home, text in zip(homes, PAYLOADS, strict=True)]
    add_roster(book, homes, folk)
    asked = Asked(ALL, "Signs for Sunday", "Ana", tuple(COLUMNS))
    done = export_people(book, asked, tmp_path)
    content = opened(done)[f"people-{done.code}.csv"].decode("utf-8-sig")
    rows = list(csv.reader(StringIO(content, newline="")))
    assert len(rows) == len(PAYLOADS) + done.decoys + 1
    assert not [cell for row in rows for cell in row if runs(cell)]
    for delimiter in ";\t|":
        cells = [
            cell for row in csv.reader(StringIO(content, newline=""), delimiter=delimiter) for cell in row
        ]
        assert not [cell for cell in cells if runs(cell)]


@pytest.mark.parametrize(
    "text",
    ["Roy", "O’Neil-Roy", "12, rue Principale", "705-555-0123", "(705) 555-0123", "Saint-Jean", "", "a = b"],
)
def test_what_is_safe_stays_as_it_is(text: str) -> None:
    assert safe_cell(text) == text
    assert safe_cell(safe_cell("=1")) == safe_cell("=1")
