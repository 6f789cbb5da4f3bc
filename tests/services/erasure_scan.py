"""Looking for seeded words in everything a data folder holds, also with its key: raw bytes, every page of every
database decrypted (free ones and the write-ahead log's too), rosters and lists unpacked, the journal opened."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

import zstandard
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from canvass_app.services.book import DATABASE
from canvass_app.storage.database import SqliteDatabase
from canvass_app.storage.journal import JOURNAL, AssetRecord, ChunkRecord, EventRecord, FactsRecord, Journal
from canvass_app.storage.keys import open_key

# SQLCipher 4: pages of 4096 bytes, AES-256-CBC, the last 80 bytes are the IV and an HMAC-SHA-512; the first 16 bytes
# of page one are the salt. (zetetic.net/sqlcipher/design)
_PAGE, _RESERVED, _IV, _SALT = 4096, 80, 16, 16
_WAL_HEADER, _FRAME_HEADER = 32, 24


def patterns(words: set[str]) -> tuple[set[bytes], set[bytes]]:
    """How the words may stand somewhere: (to look for in lower-cased bytes, to look for as they are)."""
    plain: set[bytes] = set()
    coded: set[bytes] = set()
    for word in words:
        for form in {word, word.lower(), word.upper(), word.capitalize()}:
            raw = form.encode()
            plain |= {raw.lower(), form.lower().encode("utf-16-le"), form.lower().encode("utf-16-be")}
            for shift in range(3):
                text = b64encode(b"\0" * shift + raw)
                # Only the letters that no neighbour can change.
                start = -(-shift * 8 // 6)
                coded.add(text[start : (shift + len(raw)) * 8 // 6])
    return plain, coded


def found_in(content: bytes, words: set[str]) -> set[bytes]:
    """Which forms of the words are in the content."""
    plain, coded = patterns(words)
    lowered = content.lower()
    return {one for one in plain if one in lowered} | {one for one in coded if one in content}


def _decrypted(page: bytes, key: bytes, number: int) -> bytes:
    start = _SALT if number == 1 else 0
    iv = page[_PAGE - _RESERVED : _PAGE - _RESERVED + _IV]
    body = page[start : _PAGE - _RESERVED]
    return Cipher(algorithms.AES(key), modes.CBC(iv)).decryptor().update(body)


def pages(path: Path, key: bytes) -> Iterator[bytes]:
    """Every page of a database file, decrypted, and every frame of its write-ahead log."""
    content = path.read_bytes()
    assert len(content) % _PAGE == 0
    for number in range(1, len(content) // _PAGE + 1):
        yield _decrypted(content[(number - 1) * _PAGE : number * _PAGE], key, number)
    wal = path.with_name(path.name + "-wal")
    if wal.exists():
        content = wal.read_bytes()
        for at in range(_WAL_HEADER, len(content) - _PAGE - _FRAME_HEADER + 1, _PAGE + _FRAME_HEADER):
            number = int.from_bytes(content[at : at + 4], "big")
            yield _decrypted(content[at + _FRAME_HEADER : at + _FRAME_HEADER + _PAGE], key, number)


def _unpacked(path: Path, key: bytes) -> Iterator[bytes]:
    database = SqliteDatabase(path, key, read_only=True)
    expand = zstandard.ZstdDecompressor().decompress
    try:
        for table in ("roster_chunk", "asset"):
            for (data,) in database.read().query(f"SELECT data FROM {table}"):
                yield expand(bytes(data))
    finally:
        database.close()


def _journal(path: Path, key: bytes) -> Iterator[bytes]:
    expand = zstandard.ZstdDecompressor().decompress
    for record in Journal(path, key).read():
        match record:
            case EventRecord():
                yield record.raw
            case ChunkRecord() | AssetRecord():
                yield expand(record.data)
            case FactsRecord():
                yield repr(record.facts).encode()
            case _:
                pass


def places_with(folder: Path, passphrase: str, words: set[str]) -> dict[str, set[bytes]]:
    """Where in a data folder any of the words stands, in which forms. Its book must be closed."""
    key = open_key(folder, passphrase)
    found: dict[str, set[bytes]] = {}

    def look(where: str, content: bytes) -> None:
        if forms := found_in(content, words):
            found.setdefault(where, set()).update(forms)

    databases = [folder / DATABASE, *(folder / "backups").glob("*.db")]
    for path in folder.rglob("*"):
        if path.is_file():
            look(f"file {path.name}", path.read_bytes())
    for path in databases:
        clear = b"".join(pages(path, key))
        assert b"CREATE TABLE" in clear, path.name
        look(f"pages of {path.name}", clear)
        look(f"packed in {path.name}", b"\n".join(_unpacked(path, key)))
    look("journal", b"\n".join(_journal(folder / JOURNAL, key)))
    return found
