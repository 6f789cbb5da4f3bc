"""Reading what lies on a disk as a stranger would: byte for byte, whatever the file is."""

from __future__ import annotations

import random
import re
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

import numpy as np
import zstandard

LEAST = 6
"""A shorter value stands in any ciphertext by chance."""
_AT_ONCE = 4 << 20
_UNPACKED = 16 << 20
# How zstd, gzip and zlib begin. In a ciphertext they stand by chance too: what they lead to cannot be unpacked.
_PACKED = re.compile(rb"\x28\xb5\x2f\xfd|\x1f\x8b\x08|\x78[\x01\x5e\x9c\xda]")
_CAPITALS = bytes(range(65, 91))
_LOW = bytes.maketrans(_CAPITALS, _CAPITALS.lower())


def invented(chance: random.Random, syllables: int = 5) -> str:
    """A word that nobody has: ten letters, some two hundred thousand million of them."""
    return "".join(
        chance.choice("bcdfglmnprstvz") + chance.choice("aeiou") for _ in range(syllables)
    ).capitalize()


def files_below(folder: Path) -> list[Path]:
    """Every file, hidden ones too."""
    return sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


def unpacked(content: bytes) -> Iterator[bytes]:
    """What lies packed in it, wherever it begins, as far as it can be unpacked."""
    for found in _PACKED.finditer(content):
        rest = content[found.start() : found.start() + _UNPACKED]
        with suppress(zstandard.ZstdError, zlib.error):
            if found[0].startswith(b"\x28"):
                yield zstandard.ZstdDecompressor().decompressobj().decompress(rest)
            else:
                yield zlib.decompressobj(wbits=47).decompress(rest, _UNPACKED)


class Scan:
    """Looks for many values at once in bytes: as UTF-8, as UTF-16 and in hex, in capitals or not, packed or not."""

    def __init__(self, values: Iterable[str]) -> None:
        self.values = set(values)
        assert all(len(one.encode()) >= LEAST for one in self.values)
        self._by_start: dict[bytes, list[tuple[bytes, str]]] = {}
        for value in self.values:
            plain = value.lower()
            hexed = {one.encode().hex().encode() for one in (value, plain)}
            for raw in (plain.encode(), plain.encode("utf-16-le"), *hexed):
                self._by_start.setdefault(raw[:LEAST], []).append((raw, value))
        # Which two bytes begin a value, and which two come next: nearly every place of a file is neither.
        self._first, self._next = (np.zeros(1 << 16, dtype=bool) for _ in range(2))
        for start in self._by_start:
            self._first[start[0] << 8 | start[1]] = True
            self._next[start[2] << 8 | start[3]] = True
        self._longest = max(len(raw) for found in self._by_start.values() for raw, _ in found)

    def found_in(self, content: bytes) -> set[str]:
        """The values that stand in it for everybody to read."""
        return self._stand_in(content).union(*map(self._stand_in, unpacked(content)))

    def _stand_in(self, content: bytes) -> set[str]:
        found: set[str] = set()
        low = content.translate(_LOW)
        for first in range(0, max(1, len(low)), _AT_ONCE):
            part = low[first : first + _AT_ONCE + self._longest]
            if len(part) < LEAST:
                break
            raw = np.frombuffer(part, dtype=np.uint8).astype(np.uint16)
            pairs = raw[:-1] << 8 | raw[1:]
            for at in np.flatnonzero(self._first[pairs[:-2]] & self._next[pairs[2:]]).tolist():
                found |= {
                    value
                    for one, value in self._by_start.get(part[at : at + LEAST], ())
                    if part.startswith(one, at)
                }
        return found

    def found_below(self, *folders: Path) -> dict[str, set[str]]:
        """By file what stands there in clear, in its name too; empty where nothing does."""
        found: dict[str, set[str]] = {}
        for folder in folders:
            for path in files_below(folder):
                try:
                    content = path.read_bytes()
                except FileNotFoundError:
                    # A server that runs throws files of its own away.
                    continue
                if here := self.found_in(path.name.encode() + b"\n" + content):
                    found[str(path)] = here
        return found
