"""A file that only the holder of headquarters' key can write or read: a stream, compressed, sealed in chunks.

Layout: `MAGIC`, the header's length (4 bytes, big-endian), the header (JSON), then chunks, each its length (4 bytes) and
its AES-256-GCM ciphertext. The key is derived from headquarters' data key and a salt of this file; the nonce is a
prefix of this file, the chunk's number and whether it is the last (Rogaway's STREAM), and the header is authenticated
with every chunk: nothing can be changed, swapped, cut off or added unnoticed.
"""

from __future__ import annotations

import json
import os
import struct
from collections.abc import Iterator
from hashlib import sha256
from typing import IO, Any

import zstandard

from canvass_app.domain.errors import StorageProblem, WrongKey
from canvass_app.domain.text import Text
from canvass_app.sync.boxes import derived

MAGIC = b"canvass-hq 1\n"
CHUNK = 1 << 20
_LENGTH = struct.Struct(">I")
_PLACE = struct.Struct(">7sIB")
_MOST_HEADER = 1 << 16
_SEAL, _NAME = b"canvass hq backup 1", b"canvass hq backup key 1"

_NO_BACKUP = Text(
    "This file is no backup of a headquarters, or of a newer version. Nothing was changed. Choose another file.",
    "Ce fichier n’est pas une sauvegarde de quartier général, ou il est d’une version plus récente. Rien n’a été "
    "modifié. Choisissez un autre fichier.",
)
_BROKEN = Text(
    "This backup is damaged or cut short. Nothing was changed. Take an older one.",
    "Cette sauvegarde est endommagée ou incomplète. Rien n’a été modifié. Prenez-en une plus ancienne.",
)
_OTHER_KEY = Text(
    "This backup belongs to a headquarters with another key. Nothing was changed. Give the passphrase, or the --data "
    "folder, of the headquarters that made it.",
    "Cette sauvegarde appartient à un quartier général qui a une autre clé. Rien n’a été modifié. Donnez la phrase de "
    "passe, ou le dossier --data, du quartier général qui l’a faite.",
)


class Sealer:
    """Writes the stream. `close` seals the last chunk; without it the file is recognised as cut short."""

    def __init__(self, file: IO[bytes], key: bytes, facts: dict[str, Any]) -> None:
        """`facts` stand in the header, readable by anybody and authenticated."""
        salt, self._prefix = os.urandom(16), os.urandom(7)
        header = {**facts, "salt": salt.hex(), "prefix": self._prefix.hex(), "key_name": _key_name(key, salt)}
        data = json.dumps(header, sort_keys=True).encode()
        self._file = file
        self._aead, self._bound = _aead(key, salt), sha256(data).digest()
        self._packer = zstandard.ZstdCompressor(level=3, write_checksum=True).compressobj()
        self._waiting = bytearray()
        self._number = 0
        file.write(MAGIC + _LENGTH.pack(len(data)) + data)

    def write(self, data: bytes) -> None:
        """Append to the stream."""
        self._waiting += self._packer.compress(data)
        # The last chunk is only known at the end, so one byte more than a chunk must be there.
        while len(self._waiting) > CHUNK:
            self._seal(bytes(self._waiting[:CHUNK]), last=False)
            del self._waiting[:CHUNK]

    def close(self) -> None:
        """Seal what is left. The file itself is the caller's to close."""
        self._waiting += self._packer.flush()
        while len(self._waiting) > CHUNK:
            self._seal(bytes(self._waiting[:CHUNK]), last=False)
            del self._waiting[:CHUNK]
        self._seal(bytes(self._waiting), last=True)

    def _seal(self, plain: bytes, *, last: bool) -> None:
        sealed = self._aead.encrypt(_PLACE.pack(self._prefix, self._number, last), plain, self._bound)
        self._file.write(_LENGTH.pack(len(sealed)) + sealed)
        self._number += 1


def read_header(file: IO[bytes]) -> tuple[dict[str, Any], bytes]:
    """The header as JSON, and the hash that every chunk is bound to. Raises StorageProblem."""
    try:
        if file.read(len(MAGIC)) != MAGIC:
            raise ValueError
        (length,) = _LENGTH.unpack(file.read(_LENGTH.size))
        data = file.read(min(length, _MOST_HEADER))
        header = json.loads(data)
        for name, size in (("salt", 16), ("prefix", 7), ("key_name", 8)):
            if len(bytes.fromhex(header[name])) != size:
                raise ValueError
    except (ValueError, KeyError, TypeError, struct.error) as error:
        raise StorageProblem(_NO_BACKUP) from error
    return header, sha256(data).digest()


def fits(header: dict[str, Any], key: bytes) -> bool:
    """Whether the file was made with this key."""
    return header["key_name"] == _key_name(key, bytes.fromhex(header["salt"]))


def unsealed(file: IO[bytes], header: dict[str, Any], bound: bytes, key: bytes) -> Iterator[bytes]:
    """The stream, after `read_header`. Raises WrongKey, or StorageProblem where it is damaged: what came is then void."""
    from cryptography.exceptions import InvalidTag

    if not fits(header, key):
        raise WrongKey(_OTHER_KEY)
    aead, prefix = _aead(key, bytes.fromhex(header["salt"])), bytes.fromhex(header["prefix"])
    reader = zstandard.ZstdDecompressor().decompressobj()
    number = 0
    head = file.read(_LENGTH.size)
    try:
        while True:
            (length,) = _LENGTH.unpack(head)
            if length > CHUNK + 16:
                raise ValueError("a chunk is too long")
            sealed = file.read(length)
            head = file.read(_LENGTH.size)
            last = not head
            plain = aead.decrypt(_PLACE.pack(prefix, number, last), sealed, bound)
            yield reader.decompress(plain)
            number += 1
            if last:
                break
        if not reader.eof or reader.unused_data:
            raise ValueError("the stream ends too soon, or too late")
    except (InvalidTag, ValueError, struct.error, zstandard.ZstdError) as error:
        raise StorageProblem(_BROKEN, detail=f"chunk {number}: {error}") from error


def broken(detail: str) -> StorageProblem:
    """A stream that is not what it says."""
    return StorageProblem(_BROKEN, detail=detail)


def _aead(key: bytes, salt: bytes) -> Any:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM(derived(key, _SEAL, salt))


def _key_name(key: bytes, salt: bytes) -> str:
    return derived(key, _NAME, salt, 8).hex()
