"""The journal: this laptop's own events once more, in a file beside the database.

The database commits first, the journal follows; it is the way back when the database is malformed,
missing or older than it should be. Besides events it keeps what makes them useful after a rebuild:
the chunks of own rosters, own frozen lists and layers, names of ridings, this laptop's facts.

The file is a row of frames. Each is sealed by itself (AES-256-GCM, random nonce, under a key that is
derived from the data key) and numbered; its header is authenticated with it. So a torn tail costs
only itself, frames after a damaged one are still read, and one that was removed or moved is missed.
An append is a `write`; `sync` is for quiet moments: a power cut in between costs nothing, because the
database has it and completes the journal at the next start.
"""

from __future__ import annotations

import os
import struct
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import IO, Any, Literal, NamedTuple

import msgspec

from .names import JOURNAL as JOURNAL

_HEADER = struct.Struct(">3scIQ12s")
_MAGIC = b"CvJ"
_RECORDS, _MARKS = b"R", b"M"
_TAG_BYTES = 16
# A frame of a rewrite ends with the record that passes this size.
_REWRITE_FRAME = 1 << 20


class _Record(msgspec.Struct, frozen=True, array_like=True):
    """What one entry of a frame may be."""


class EventRecord(_Record, frozen=True, array_like=True, tag="event"):
    """An own event, verbatim. `hash` is its name even where erasure emptied the body."""

    riding_id: int
    device_id: bytes
    device_seq: int
    hash: bytes
    raw: bytes


class ChunkRecord(_Record, frozen=True, array_like=True, tag="chunk"):
    """A chunk of an own roster, as the table roster_chunk holds it."""

    riding_id: int
    roster_id: bytes
    chunk: int
    kind: str
    first_key: bytes
    leaves: bytes
    data: bytes


class AssetRecord(_Record, frozen=True, array_like=True, tag="asset"):
    """An own frozen list or layer, as the table asset holds it."""

    riding_id: int
    hash: bytes
    kind: str
    size: int
    data: bytes
    redacted: int
    """1 where an erasure took somebody out: the name is then not the content's hash."""


class RidingRecord(_Record, frozen=True, array_like=True, tag="riding"):
    """A riding's names."""

    riding_id: int
    name_en: str
    name_fr: str
    province: str


class FactsRecord(_Record, frozen=True, array_like=True, tag="facts"):
    """Facts of this laptop that were set: a later one of a name wins."""

    facts: dict[str, str]


class MarksRecord(_Record, frozen=True, array_like=True, tag="marks"):
    """How far the journal has come: (riding, device, last number), and the digest of the facts it holds."""

    through: list[tuple[int, bytes, int]]
    facts: bytes


Record = EventRecord | ChunkRecord | AssetRecord | RidingRecord | FactsRecord | MarksRecord
_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(list[Record]).decode


class Fault(NamedTuple):
    """What is wrong in the file: a torn end, a damaged stretch, or frames that are not there."""

    kind: Literal["torn", "damaged", "missing"]
    offset: int


class _Frame(NamedTuple):
    offset: int
    end: int
    kind: bytes
    number: int


@dataclass(slots=True)
class _State:
    """An open file, and what is known of its content."""

    file: IO[bytes]
    next_number: int
    end: int


class Journal:
    """The journal of one data folder. Opened at the first use; safe to call from any thread."""

    def __init__(self, path: Path, key: bytes) -> None:
        self.path = path
        self._key = blake2b(b"own events", key=key, person=b"canvass journal", digest_size=32).digest()
        self._cipher: Any = None
        self._lock = threading.RLock()
        self._state: _State | None = None
        self._unsynced = False
        self._marked = True
        self._through: dict[tuple[int, bytes], int] = {}
        self._facts = b""
        self._damaged = False

    # --- what it holds ------------------------------------------------------------------------

    @property
    def is_open(self) -> bool:
        """Whether the file was opened in this program."""
        return self._state is not None

    @property
    def damaged(self) -> bool:
        """Whether opening met frames that cannot be read, other than a torn end. `rewrite` heals it."""
        self.open()
        return self._damaged

    def through(self) -> dict[tuple[int, bytes], int]:
        """The last number journalled of each (riding, device)."""
        self.open()
        return dict(self._through)

    @property
    def facts_digest(self) -> bytes:
        """The digest given with the last facts; empty when unknown."""
        self.open()
        return self._facts

    def read(self, faults: list[Fault] | None = None) -> Iterator[Record]:
        """Every record that can be read, in order; what cannot is noted in `faults`."""
        if not self.path.exists():
            return
        found: list[Fault] = [] if faults is None else faults
        expected, known = 1, len(found)
        for frame, records in self._scan(self.path.read_bytes(), found):
            if frame.number != expected and len(found) == known:
                found.append(Fault("missing", frame.offset))
            expected, known = frame.number + 1, len(found)
            yield from records

    # --- writing ------------------------------------------------------------------------------

    def open(self) -> None:
        """Open the file, made when missing; a torn end is cut off. Raises OSError."""
        with self._lock:
            if self._state is not None:
                return
            file = self.path.open("r+b" if self.path.exists() else "x+b", buffering=0)
            try:
                self._state = self._survey(file)
            except BaseException:
                file.close()
                raise

    def append(self, records: Sequence[Record]) -> None:
        """Add records as one frame. Raises OSError (a full disk); then nothing of it is in the file."""
        if not records:
            return
        with self._lock:
            self.open()
            self._write(_RECORDS, records)
            self._learn(records)
            self._marked = False

    def note_facts(self, facts: dict[str, str], digest: bytes) -> None:
        """Add facts that changed. `digest` is of all facts now, for the next start's comparison."""
        with self._lock:
            self.append([FactsRecord(facts)])
            self._facts = digest

    def rewrite(self, records: Iterable[Record], facts_digest: bytes = b"") -> None:
        """Replace the whole file by these records: all of them or, on an error, none."""
        with self._lock:
            self.close()
            temporary = self.path.with_suffix(".new")
            temporary.unlink(missing_ok=True)
            fresh = Journal(temporary, b"")
            fresh._key = self._key
            try:
                part: list[Record] = []
                size = 0
                for record in records:
                    part.append(record)
                    size += _size(record)
                    if size >= _REWRITE_FRAME:
                        fresh.append(part)
                        part, size = [], 0
                fresh.append(part)
                fresh.open()
                fresh._facts = facts_digest
                fresh._mark()
                fresh.sync()
            except BaseException:
                fresh._drop()
                temporary.unlink(missing_ok=True)
                raise
            fresh._drop()
            # Whoever gave the records may have asked this journal how far it has come, and so opened it again.
            self._drop()
            temporary.replace(self.path)
            sync_folder(self.path.parent)

    def sync(self) -> None:
        """Wait until what was appended is on the disk. Raises OSError."""
        with self._lock:
            state = self._state
            if state is None or not self._unsynced:
                return
            self._unsynced = False
            waiting = os.dup(state.file.fileno())
        try:
            os.fsync(waiting)
        except OSError:
            self._unsynced = True
            raise
        finally:
            os.close(waiting)

    def rest(self) -> None:
        """Note how far it has come and wait for the disk: for quiet moments. Raises OSError."""
        with self._lock:
            if self._state is not None and not self._marked:
                self._mark()
        self.sync()

    def close(self) -> None:
        """Rest, then close. A full disk only costs the next start a moment."""
        with self._lock:
            with suppress(OSError):
                self.rest()
            self._drop()

    # --- within -------------------------------------------------------------------------------

    def _drop(self) -> None:
        if self._state is not None:
            self._state.file.close()
            self._state = None

    def _mark(self) -> None:
        through = [(riding, device, last) for (riding, device), last in self._through.items()]
        self._write(_MARKS, [MarksRecord(through, self._facts)])
        self._marked = True

    def _learn(self, records: Iterable[Record]) -> None:
        for record in records:
            if isinstance(record, EventRecord):
                place = (record.riding_id, record.device_id)
                self._through[place] = max(record.device_seq, self._through.get(place, 0))
            elif isinstance(record, MarksRecord):
                self._through = {(riding, device): last for riding, device, last in record.through}
                self._facts = record.facts
            elif isinstance(record, FactsRecord):
                # Unknown until the next marks: the comparison at the next start then writes them once more.
                self._facts = b""

    def _aead(self) -> Any:
        if self._cipher is None:
            from cryptography.hazmat.primitives.ciphers.aead import AESGCM

            self._cipher = AESGCM(self._key)
        return self._cipher

    def _write(self, kind: bytes, records: Sequence[Record]) -> None:
        state = self._state
        assert state is not None
        content = _encode(records)
        nonce = os.urandom(12)
        header = _HEADER.pack(_MAGIC, kind, len(content) + _TAG_BYTES, state.next_number, nonce)
        frame = header + self._aead().encrypt(nonce, content, header)
        try:
            state.file.seek(state.end)
            left = memoryview(frame)
            while left:
                left = left[state.file.write(left) :]
        except OSError:
            # A full disk takes part of a frame; the rest of the file stays in order.
            state.file.truncate(state.end)
            raise
        state.end += len(frame)
        state.next_number += 1
        self._unsynced = True

    def _open_frame(self, content: bytes, frame: _Frame) -> list[Record] | None:
        from cryptography.exceptions import InvalidTag

        header = content[frame.offset : frame.offset + _HEADER.size]
        try:
            return _decode(
                self._aead().decrypt(header[-12:], content[frame.offset + _HEADER.size : frame.end], header)
            )
        except (InvalidTag, msgspec.DecodeError):
            return None

    def _scan(self, content: bytes, faults: list[Fault]) -> Iterator[tuple[_Frame, list[Record]]]:
        """Every frame that opens. What does not is a fault; after it the next frame is looked for."""
        at, sound = 0, True
        while at < len(content):
            frame = _frame_at(content, at)
            records = self._open_frame(content, frame) if frame is not None else None
            if frame is not None and records is not None:
                yield frame, records
                at, sound = frame.end, True
                continue
            if sound:
                faults.append(Fault("damaged", at))
                sound = False
            following = content.find(_MAGIC, at + 1)
            at = following if following >= 0 else len(content)
        if not sound:
            faults[-1] = Fault("torn", faults[-1].offset)

    def _survey(self, file: IO[bytes]) -> _State:
        """Learn what the file holds: from its last marks on, or from its beginning where there are none."""
        content = file.read()
        last, end, marks = _chain(content)
        if end < len(content) or not self._learn_from(content, marks):
            last, end = self._learn_all(content)
        if end < len(content):
            # A write that was cut off: nothing after it can be read.
            file.truncate(end)
        return _State(file, last + 1, end)

    def _learn_from(self, content: bytes, at: int) -> bool:
        """Take in the frames from here on; False when one does not open."""
        self._through, self._facts, self._damaged, self._marked = {}, b"", False, True
        while (frame := _frame_at(content, at)) is not None:
            records = self._open_frame(content, frame)
            if records is None:
                return False
            self._learn(records)
            self._marked = frame.kind == _MARKS
            at = frame.end
        return True

    def _learn_all(self, content: bytes) -> tuple[int, int]:
        """Take in every frame that opens; the number and the end of the last."""
        self._through, self._facts, self._damaged, self._marked = {}, b"", False, False
        faults: list[Fault] = []
        last = end = 0
        for frame, records in self._scan(content, faults):
            self._damaged = self._damaged or frame.number != last + 1
            self._learn(records)
            last, end = frame.number, frame.end
        self._damaged = self._damaged or any(fault.kind == "damaged" for fault in faults)
        return last, end


def _size(record: Record) -> int:
    if isinstance(record, EventRecord):
        return len(record.raw)
    return len(record.data) if isinstance(record, ChunkRecord | AssetRecord) else 100


def _frame_at(content: bytes, at: int) -> _Frame | None:
    """The frame that the header at this place promises, when it can be one."""
    if at + _HEADER.size > len(content):
        return None
    magic, kind, length, number, _ = _HEADER.unpack_from(content, at)
    end = at + _HEADER.size + length
    if magic != _MAGIC or kind not in (_RECORDS, _MARKS) or length < _TAG_BYTES or end > len(content):
        return None
    return _Frame(at, end, kind, number)


def _chain(content: bytes) -> tuple[int, int, int]:
    """How far one frame follows another with the next number, going by their headers: (last number, its end,
    where the last marks stand, or 0)."""
    last = at = marks = 0
    unpack, size, whole = _HEADER.unpack_from, _HEADER.size, len(content)
    while at + size <= whole:
        magic, kind, length, number, _ = unpack(content, at)
        end = at + size + length
        if magic != _MAGIC or number != last + 1 or length < _TAG_BYTES or end > whole:
            break
        if kind == _MARKS:
            marks = at
        last, at = number, end
    return last, at, marks


def sync_folder(folder: Path) -> None:
    """Wait until the folder's own entries (a rename) are on the disk, where the system can say so."""
    if os.name == "nt":
        return
    entry = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(entry)
    finally:
        os.close(entry)
