"""Small pictures a style sheet can name by path, kept in memory.

Style sheets reach pictures only through files. Writing coloured arrows to a disk at every change of theme would be
slow and leave litter, so the pictures are handed to Qt's resource system as a tree in memory: the layout its
resource compiler writes (format version 1: names, a tree of 14-byte nodes, and the data, all big-endian).
"""

from __future__ import annotations

import struct
from collections.abc import Mapping

from PySide6.QtCore import qRegisterResourceData

# Qt keeps pointers into these bytes, so they live as long as the program.
_kept: list[tuple[bytes, bytes, bytes]] = []


def register_files(folder: str, files: Mapping[str, bytes]) -> None:
    """Make each file readable as ":/<folder>/<name>". A folder can be registered once."""
    names = bytearray()
    data = bytearray()

    def add_name(name: str) -> int:
        offset = len(names)
        names.extend(struct.pack(">HI", len(name), _name_hash(name)) + name.encode("utf-16-be"))
        return offset

    directory = 0x02
    tree = bytearray(struct.pack(">IHII", 0, directory, 1, 1))
    tree += struct.pack(">IHII", add_name(folder), directory, len(files), 2)
    for name in sorted(files, key=_name_hash):
        tree += struct.pack(">IHHHI", add_name(name), 0, 0, 1, len(data))
        data += struct.pack(">I", len(files[name])) + files[name]
    kept = (bytes(tree), bytes(names), bytes(data))
    _kept.append(kept)
    qRegisterResourceData(1, *kept)


def _name_hash(name: str) -> int:
    """The hash by which Qt orders the entries of a resource folder (the ELF string hash)."""
    value = 0
    for character in name:
        value = (value << 4) + ord(character)
        value ^= (value & 0xF0000000) >> 23
        value &= 0x0FFFFFFF
    return value
