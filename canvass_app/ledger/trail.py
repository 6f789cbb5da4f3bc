"""The log of who saw whom: records in chains, each naming the one before by its hash. Pure.

A chain belongs to one device and one riding. A record holds no name of anybody who was looked at, no searched words, no id:
people stand in it as references, eight bytes that only whoever holds the id can make again. So the log still answers after an
erasure and names nobody. More than `INLINE` people stand in a set that is kept once, under the hash of its references.
"""

from __future__ import annotations

import struct
import unicodedata
from collections.abc import Iterable, Sequence
from contextlib import suppress
from hashlib import sha256
from itertools import pairwise
from typing import NamedTuple

import msgspec

FORMAT = 1
REF_BYTES = 8
INLINE = 64
"""So many people at most stand in the record itself."""
PART = 1_024
"""So many references at most lie in one row of a set."""
MOST_PEOPLE = 2_000_000
MAX_WORDS = 200
MAX_RECORD_BYTES = 1 << 14
MOST_NUMBERS = 600
START = bytes(32)
"""What the first record of a chain names as the one before."""
LOG_SPAN = 256
"""Headquarters' numbers are looked up by so many at a time."""

_PERSON = b"canvass audit person 1\0"
_LOG = b"canvass audit log 1\0"
_CHUNK = b"canvass audit chunk 1\0"
_I64 = struct.Struct(">q")


class BadRecord(ValueError):
    """Bytes that are not the record they should be."""


class Entry(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A record's content, in the order of its bytes. `refs` are eight bytes each, sorted, joined."""

    format: int
    riding_id: int
    chain: bytes
    number: int
    wall_ms: int
    device: bytes
    who: str
    act: str
    count: int
    """How many people it concerns."""
    refs: bytes
    set_name: bytes
    """The set that holds the references, or b""."""
    what: str
    """Which list, file or form, in words for programs; never anything that somebody typed to find people."""
    numbers: tuple[int, ...]
    """Numbers that belong to `what`: a list's, or from and through which event of headquarters' order."""
    reason: str
    link: bytes
    """The hash that the record is about: what it says again, what it anchors, where the chain before ended."""
    before: bytes

    def each_ref(self) -> list[bytes]:
        """The references one by one; a set's are not here."""
        return split_refs(self.refs)


class Record(NamedTuple):
    """A record with its bytes and their hash."""

    entry: Entry
    raw: bytes
    hash: bytes


class Draft(NamedTuple):
    """What is to be recorded, before it has its place in a chain."""

    act: str
    wall_ms: int
    device: bytes
    who: str = ""
    people: int = 0
    refs: bytes = b""
    set_name: bytes = b""
    what: str = ""
    numbers: tuple[int, ...] = ()
    reason: str = ""
    link: bytes = b""


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Entry).decode


# --- references ------------------------------------------------------------------------------------


def person_ref(riding_id: int, person_id: bytes) -> bytes:
    """How a person stands in the log of a riding."""
    return sha256(_PERSON + _I64.pack(riding_id) + person_id).digest()[:REF_BYTES]


def people_refs(riding_id: int, people: Iterable[bytes]) -> list[bytes]:
    """The references of people, sorted, each once."""
    salted = sha256(_PERSON + _I64.pack(riding_id))
    found: set[bytes] = set()
    for one in people:
        own = salted.copy()
        own.update(one)
        found.add(own.digest()[:REF_BYTES])
    return sorted(found)


def set_name(refs: bytes) -> bytes:
    """A set's name."""
    return sha256(refs).digest()


def set_ref(name: bytes) -> bytes:
    """By what the records that name a set are found."""
    return name[:REF_BYTES]


def log_ref(span: int) -> bytes:
    """By what is found that numbers of a span of headquarters' order were handed out."""
    return sha256(_LOG + _I64.pack(span)).digest()[:REF_BYTES]


def log_refs(sequences: Iterable[int]) -> set[bytes]:
    """By what is found that these numbers of headquarters' order were handed out."""
    return {log_ref(span) for span in {sequence // LOG_SPAN for sequence in sequences}}


def spans_of(sequences: Iterable[int]) -> list[tuple[int, int, int]]:
    """These numbers of headquarters' order as (span, first, last): numbers that follow each other within a span are one."""
    found: list[tuple[int, int, int]] = []
    for sequence in sorted(set(sequences)):
        span = sequence // LOG_SPAN
        if found and found[-1][0] == span and found[-1][2] == sequence - 1:
            found[-1] = span, found[-1][1], sequence
        else:
            found.append((span, sequence, sequence))
    return found


def chunk_ref(roster_id: bytes, chunk: int) -> bytes:
    """By what is found that a chunk of an imported file was handed out."""
    return sha256(_CHUNK + roster_id + _I64.pack(chunk)).digest()[:REF_BYTES]


def split_refs(refs: bytes) -> list[bytes]:
    """References that were joined."""
    return [refs[at : at + REF_BYTES] for at in range(0, len(refs), REF_BYTES)]


def holds(data: bytes, ref: bytes) -> bool:
    """Whether a reference is one of those joined in `data`."""
    at = data.find(ref)
    while at >= 0:
        if at % REF_BYTES == 0:
            return True
        at = data.find(ref, at + 1)
    return False


def are_sorted(data: bytes) -> bool:
    """Whether joined references are whole, in order, each once."""
    parts = split_refs(data)
    return len(data) % REF_BYTES == 0 and all(a < b for a, b in pairwise(parts))


# --- records ---------------------------------------------------------------------------------------


def concerning(draft: Draft, refs: Sequence[bytes]) -> tuple[Draft, bytes]:
    """The draft with these people in it, and the joined references of the set that it names (b"" for none)."""
    joined = b"".join(refs)
    if len(refs) <= INLINE:
        return draft._replace(people=len(refs), refs=joined), b""
    if len(refs) > MOST_PEOPLE:
        raise BadRecord("too many people for one record")
    return draft._replace(people=len(refs), set_name=set_name(joined)), joined


def words(text: str) -> str:
    """A text as a record keeps it: one line, without what no database takes, not longer than a line."""
    plain = text.replace("\0", "").encode("utf-8", "ignore").decode()
    return unicodedata.normalize("NFC", " ".join(plain.split()))[:MAX_WORDS]


def seal(riding_id: int, chain: bytes, number: int, before: bytes, draft: Draft) -> Record:
    """Give a draft its place in a chain. Raises BadRecord."""
    raw = _encode(
        Entry(
            FORMAT, riding_id, chain, number, draft.wall_ms, draft.device, words(draft.who), draft.act, draft.people,
            draft.refs, draft.set_name, words(draft.what), draft.numbers[:MOST_NUMBERS], words(draft.reason),
            draft.link, before,
        )
    )  # fmt: skip
    return open_record(raw)


def open_record(raw: bytes) -> Record:
    """Read a record's bytes. Raises BadRecord unless they are canonical and their own bounds hold."""
    if len(raw) > MAX_RECORD_BYTES:
        raise BadRecord("a record is too large")
    try:
        entry = _decode(raw)
        same = _encode(entry) == raw
    except (msgspec.DecodeError, UnicodeError, RecursionError, OverflowError) as error:
        raise BadRecord(str(error)) from error
    texts = (entry.who, entry.act, entry.what, entry.reason)
    if (
        not same
        or entry.format != FORMAT
        or len(entry.chain) != 16
        or len(entry.device) != 16
        or len(entry.before) != 32
        or len(entry.link) not in (0, 32)
        or len(entry.set_name) not in (0, 32)
        or not 1 <= entry.number < 1 << 62
        or not 0 <= entry.riding_id < 1 << 62
        or not 0 <= entry.wall_ms < 1 << 62
        or not 0 <= entry.count <= MOST_PEOPLE
        or len(entry.refs) > INLINE * REF_BYTES
        or not are_sorted(entry.refs)
        or len(entry.numbers) > MOST_NUMBERS
        or any(not 0 <= one < 1 << 62 for one in entry.numbers)
        or any(len(one) > MAX_WORDS or "\0" in one for one in texts)
        or (entry.refs and (entry.set_name or entry.count != len(entry.refs) // REF_BYTES))
        or (entry.count and not entry.refs and not entry.set_name)
    ):
        raise BadRecord("a record is malformed")
    return Record(entry, raw, sha256(raw).digest())


def kept_record(raw: bytes, digest: bytes) -> Record:
    """A record as it was kept. Raises BadRecord when it is not the one whose hash was kept beside it."""
    record = open_record(raw)
    if record.hash != digest:
        raise BadRecord("a record is not the one that was kept")
    return record


def said_again(record: Record, device: bytes) -> Draft:
    """The same for another chain of the same computer: nothing counts twice, because it names what it says again."""
    e = record.entry
    return Draft(
        e.act, e.wall_ms, device, e.who, e.count, e.refs, e.set_name, e.what, e.numbers, e.reason,
        e.link if len(e.link) else record.hash,
    )  # fmt: skip


def index_refs(entry: Entry) -> set[bytes]:
    """By what a record is found."""
    found = set(entry.each_ref())
    if entry.set_name:
        found.add(set_ref(entry.set_name))
    if entry.act == "handed":
        found |= _handed_refs(entry)
    return found


class LogPage(NamedTuple):
    """From and through which number of headquarters' order a page of the log went, and by what it is found."""

    low: int
    high: int
    refs: set[bytes]


def page_of(entry: Entry) -> LogPage | None:
    """The page of the log that the record says was handed out; None for every other record.

    None as well for what a laptop could claim besides: what is said again, or names people. It is opened when it is found.
    """
    of_people = entry.count or entry.set_name or entry.link
    if entry.act != "handed" or entry.what != "log" or of_people or len(entry.numbers) < 3:
        return None
    low, high, *spans = entry.numbers
    return LogPage(low, high, log_refs(span * LOG_SPAN for span in spans))


def handed_log(sequences: Sequence[int]) -> list[tuple[str, tuple[int, ...]]]:
    """`what` and `numbers` of the numbers of headquarters' order (ascending) that were handed out: the first, the last, and
    the spans that they lie in; in several records where they lie far apart."""
    room = MOST_NUMBERS - 2
    spans = sorted({sequence // LOG_SPAN for sequence in sequences})
    found: list[tuple[str, tuple[int, ...]]] = []
    for at in range(0, len(spans), room):
        some = spans[at : at + room]
        inside = [one for one in sequences if some[0] <= one // LOG_SPAN <= some[-1]]
        found.append(("log", (inside[0], inside[-1], *some)))
    return found


def handed_chunks(roster_id: bytes, chunks: Iterable[int]) -> tuple[str, tuple[int, ...]]:
    """`what` and `numbers` of chunks of an imported file."""
    return f"roster {roster_id.hex()}", tuple(sorted(chunks))


def _handed_refs(entry: Entry) -> set[bytes]:
    if entry.what == "log":
        return log_refs(span * LOG_SPAN for span in entry.numbers[2:])
    kind, _, name = entry.what.partition(" ")
    if kind == "roster":
        with suppress(ValueError):
            roster_id = bytes.fromhex(name)
            return {chunk_ref(roster_id, chunk) for chunk in entry.numbers}
    return set()
