"""Reading what lies on a disk as a stranger would: byte for byte, whatever the file is."""

from __future__ import annotations

import random
from collections.abc import Iterable
from pathlib import Path

import numpy as np

LEAST = 6
"""A shorter value stands in any ciphertext by chance."""
_AT_ONCE = 4 << 20
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


class Scan:
    """Looks for many values at once in bytes: as UTF-8, as UTF-16 and in hex, in capitals or not."""

    def __init__(self, values: Iterable[str]) -> None:
        self.values = set(values)
        assert all(len(one.encode()) >= LEAST for one in self.values)
        self._by_start: dict[int, list[tuple[bytes, str]]] = {}
        for value in self.values:
            plain = value.lower()
            hexed = {one.encode().hex().encode() for one in (value, plain)}
            for raw in (plain.encode(), plain.encode("utf-16-le"), *hexed):
                self._by_start.setdefault(int(_starts(raw[:LEAST])[0]), []).append((raw, value))
        self._starts = np.array(sorted(self._by_start), dtype=np.int64)
        self._longest = max(len(raw) for found in self._by_start.values() for raw, _ in found)

    def found_in(self, content: bytes) -> set[str]:
        """The values that stand in it in clear."""
        found: set[str] = set()
        low = content.translate(_LOW)
        for first in range(0, max(1, len(low)), _AT_ONCE):
            part = low[first : first + _AT_ONCE + self._longest]
            if len(part) < LEAST:
                break
            starts = _starts(part)
            for at in np.flatnonzero(np.isin(starts, self._starts)):
                found |= {
                    value for raw, value in self._by_start[int(starts[at])] if part.startswith(raw, int(at))
                }
        return found

    def found_below(self, *folders: Path) -> dict[str, set[str]]:
        """By file what stands there in clear, in its name too; empty where nothing does."""
        seen = {
            str(path): self.found_in(path.name.encode() + b"\n" + path.read_bytes())
            for folder in folders
            for path in files_below(folder)
        }
        return {path: found for path, found in seen.items() if found}


def _starts(content: bytes) -> np.ndarray:
    """At each place the six bytes from there on, as one number."""
    raw = np.frombuffer(content, dtype=np.uint8).astype(np.int64)
    size = len(raw) - LEAST + 1
    total = np.zeros(size, dtype=np.int64)
    for place in range(LEAST):
        total = (total << 8) | raw[place : place + size]
    return total
