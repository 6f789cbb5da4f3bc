"""What lies in a bundle: the wire's messages one after another, each as compressed as HTTP would carry it.

Up: an `ask`, who accepted the declaration (`declared`), then for each riding its `place`, the files that events name (`asset`; `roster` parts, then `sealed`) and
the `events` that name them, and a `relay` of what a restored headquarters lost of others. Down: a `hello`, perhaps the `campaign`, a `receipt` or a `refusal` for each batch, then
for each riding a `run` and its pages (`page`), each behind the files that it names. Unknown items are passed over.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import TypeVar

import msgspec

from canvass_app.ledger.events import REDACTED, envelope_of

from .codec import BadMessage, expand, pack, squeeze, unpack
from .messages import MAX_FRAME_BYTES, Message, Signed

_LENGTH = struct.Struct(">I")
_MOST_BYTES = MAX_FRAME_BYTES + 4096
_M = TypeVar("_M", bound=Message)


class Item(Message, frozen=True, kw_only=True, array_like=True):
    """One message of a bundle. `name` is an asset's or a roster's; `body` as HTTP carries it, "" where there is none."""

    kind: str
    riding_id: int = 0
    name: bytes = b""
    body: bytes = b""


class Ask(Message, frozen=True, kw_only=True):
    """What the sending laptop has of the campaign, so that only news comes back."""

    protocol: int
    campaign_hash: bytes


class PlaceNow(Message, frozen=True, kw_only=True):
    """How far the laptop has come in a riding, and the files it still lacks there."""

    cursor: str
    acked_through: int
    assets: list[bytes] = msgspec.field(default_factory=list[bytes])
    rosters: list[bytes] = msgspec.field(default_factory=list[bytes])


class Acknowledgement(Message, frozen=True, kw_only=True):
    """A batch's receipt. `events` names what it is for (see `names_digest`): not every laptop still has it."""

    signed: Signed
    events: bytes


class Refusal(Message, frozen=True, kw_only=True):
    """Why headquarters did not take the batch from_seq..to_seq."""

    from_seq: int
    to_seq: int
    code: str
    en: str
    fr: str
    have: int = 0


class Run(Message, frozen=True, kw_only=True):
    """Pages that follow one another: the first begins after number `after`.

    The device's own events through `skip` are left out. `stale`: the device's cursor that is not in force any more.
    """

    after: int
    skip: int
    stale: str = ""


def put(kind: str, message: Message | None = None, riding_id: int = 0, name: bytes = b"") -> Item:
    """An item that holds a message."""
    body = squeeze(pack(message)) if message is not None else b""
    return Item(kind=kind, riding_id=riding_id, name=name, body=body)


def take(item: Item, kind: type[_M]) -> _M:
    """The message of an item. Raises BadMessage."""
    return unpack(kind, expand(item.body, "zstd"))


def pieces(items: Iterable[Item]) -> Iterator[bytes]:
    """Items as the bytes that `bundles.seal` takes."""
    for item in items:
        data = pack(item)
        yield _LENGTH.pack(len(data)) + data


def items(chunks: Iterable[bytes]) -> Iterator[Item]:
    """The items in what `bundles.opened` gives, each as soon as it is whole. Raises BadMessage, and Broken from below."""
    waiting = bytearray()
    for chunk in chunks:
        waiting += chunk
        start = 0
        while (data := _next(waiting, start)) is not None:
            start += _LENGTH.size + len(data)
            yield unpack(Item, data)
        del waiting[:start]
    if waiting:
        raise BadMessage("a bundle ends inside a message")


def _next(waiting: bytearray, start: int) -> bytes | None:
    if len(waiting) < start + _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack_from(waiting, start)
    if length > _MOST_BYTES:
        raise BadMessage("a bundle's message is too large")
    begin = start + _LENGTH.size
    return bytes(waiting[begin : begin + length]) if len(waiting) >= begin + length else None


def names_digest(hashes: Iterable[bytes]) -> bytes:
    """One name for a batch's events: the hash of their hashes, in the order of their numbers."""
    whole = sha256(b"canvass batch 1\0")
    for one in hashes:
        whole.update(one)
    return whole.digest()


def event_name(raw: bytes) -> bytes:
    """The hash that an event goes by, readable or not: an event of which an erasure took a part brings its own."""
    try:
        envelope = envelope_of(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return sha256(raw).digest()
    return envelope.nonce if envelope.format == REDACTED else sha256(raw).digest()
