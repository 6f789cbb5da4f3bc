"""An OpenStreetMap file in pieces, so that it can be said how far one is, and one can stop between two.

A PBF file is a row of blobs, each with a length before it (OpenStreetMap Wiki, "PBF Format"). The reader itself says
nothing while it reads the nodes of a province; given a million bytes at a time, it answers every few hundredths of a second.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from canvass_app.domain.errors import Cancelled

if TYPE_CHECKING:
    from osmium.io import FileBuffer

PIECE_BYTES = 1 << 20
_MOST_HEADER = 64 << 10
_MOST_BLOB = 32 << 20  # both limits are the format's own


class Steps:
    """Counts the bytes read of a file that is gone through `times` times, and stops when asked to."""

    def __init__(
        self,
        size: int,
        times: int,
        progress: Callable[[int, int], None] | None,
        cancelled: Callable[[], bool] | None,
    ) -> None:
        self._done, self._total = 0, size * times
        self._size = size
        self._progress, self._cancelled = progress, cancelled

    def check(self) -> None:
        """Raises Cancelled when the person wants it stopped."""
        if self._cancelled is not None and self._cancelled():
            raise Cancelled

    def read(self, count: int) -> None:
        """So many bytes more. Raises Cancelled."""
        self._done = min(self._total, self._done + count)
        if self._progress is not None:
            self._progress(self._done, self._total)
        self.check()


def pieces(path: Path, steps: Steps) -> Iterator[Path | FileBuffer]:
    """The file as things that the reader takes, one after the other; whole where it is no PBF.

    Raises ValueError where the file breaks off or is not what its name says, Cancelled, OSError.
    """
    if not path.name.lower().endswith(".pbf"):
        steps.check()
        yield path
        steps.read(path.stat().st_size)
        return
    from osmium.io import FileBuffer

    with path.open("rb") as file:
        head = _blob(file)
        if head is None or b"OSMHeader" not in head[:64]:
            raise ValueError("no header")
        steps.read(len(head))
        gathered, size = [head], 0
        while (blob := _blob(file)) is not None:
            gathered.append(blob)
            size += len(blob)
            if size >= PIECE_BYTES:
                yield FileBuffer(b"".join(gathered), "pbf")
                steps.read(size)
                gathered, size = [head], 0
        yield FileBuffer(b"".join(gathered), "pbf")
        steps.read(size)


def _blob(file: BinaryIO) -> bytes | None:
    """The next blob with its header and length, None at the end."""
    start = file.read(4)
    if not start:
        return None
    length = int.from_bytes(start, "big")
    if len(start) < 4 or not 0 < length <= _MOST_HEADER:
        raise ValueError("no blob")
    header = file.read(length)
    size = _data_size(header)
    if not 0 <= size <= _MOST_BLOB:
        raise ValueError("too large a blob")
    body = file.read(size)
    if len(header) < length or len(body) < size:
        raise ValueError("breaks off")
    return start + header + body


def _data_size(header: bytes) -> int:
    """Field 3 of a BlobHeader: the length of what follows."""
    at = 0
    while at < len(header):
        key, at = _varint(header, at)
        if key == 3 << 3:
            return _varint(header, at)[0]
        if key & 7 != 2:
            raise ValueError("an unknown field")
        length, at = _varint(header, at)
        at += length
    raise ValueError("no length")


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while at < len(data) and shift < 64:
        byte = data[at]
        value |= (byte & 127) << shift
        at, shift = at + 1, shift + 7
        if byte < 128:
            return value, at
    raise ValueError("a number breaks off")
