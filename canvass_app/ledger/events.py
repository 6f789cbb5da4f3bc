"""Events: what one person did on one device, immutable, canonically encoded and named by its hash.

The encoding is a msgpack array with sorted maps, integers and NFC texts only, kept verbatim: the
hash is over the stored bytes, nothing is ever encoded again.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from hashlib import sha256
from typing import Any, NamedTuple

import msgspec

from .kinds import KINDS, Body, Entity, entity_of

FORMAT = 1
# An event of which an erasure took a part: the hash of what it was stands where the nonce stood. Without the nonce
# nobody can find a small body again by trying.
REDACTED = 2
NOBODY = bytes(16)
"""The subject of an event that an erasure emptied."""
HASH_BYTES = 32
NONCE_BYTES = 8
MAX_EVENT_BYTES = 1 << 20
MAX_TEXT = 20_000


class Key(NamedTuple):
    """An event's name within its riding's log."""

    device_id: bytes
    device_seq: int


class Origin(NamedTuple):
    """The event that another one says again: its number, and its hash, because the number had two owners."""

    device_id: bytes
    device_seq: int
    hash: bytes


class BadEvent(ValueError):
    """An event that breaks the encoding's rules; headquarters quarantines it by itself."""


class Envelope(NamedTuple):
    """The canonical array, in order."""

    format: int
    riding_id: int
    device_id: bytes
    device_seq: int
    kind: str
    version: int
    subject: bytes
    author: str
    shift: bytes
    hlc: int
    wall_ms: int
    sees: tuple[Key, ...]
    reissue_of: Origin | None
    body: msgspec.Raw
    nonce: bytes


class Event(msgspec.Struct, frozen=True, gc=False):
    """An event with its bytes. `body` is None when the kind or version is not known here (it is kept)."""

    riding_id: int
    key: Key
    kind: str
    version: int
    subject: bytes
    author: str
    shift: bytes
    hlc: int
    wall_ms: int
    sees: tuple[Key, ...]
    body: Body | None
    raw: bytes
    hash: bytes
    reissue_of: Origin | None = None
    """The event that this one says again under a new number, because its own had two owners (a fork)."""
    stamp: int | None = None
    """Headquarters' order, once known; until then the event's own clock reading counts."""

    @property
    def order(self) -> int:
        """What concurrent events are compared by."""
        return self.hlc if self.stamp is None else self.stamp

    @property
    def identity(self) -> bytes:
        """What was said, whatever number it goes by: an event and its re-issues share it, and count once."""
        return self.hash if self.reissue_of is None else self.reissue_of.hash

    @property
    def entity(self) -> Entity | None:
        """What the subject is; None for an unknown kind and for an emptied event."""
        return None if self.subject == NOBODY else entity_of(self.kind, self.body)


_encode = msgspec.msgpack.Encoder(order="sorted").encode
_decode_envelope = msgspec.msgpack.Decoder(Envelope).decode
_decode_plain = msgspec.msgpack.Decoder().decode
_body_decoders: dict[type[Body], Callable[[bytes | msgspec.Raw], Body]] = {}


def _body(e: Envelope) -> Body | None:
    """The body as its present kind; None when this program does not know the kind or is older than the version."""
    known = KINDS.get(e.kind)
    if known is None or e.version > known.VERSION or e.subject == NOBODY:
        return None
    if e.version == known.VERSION:
        decode = _body_decoders.get(known)
        if decode is None:
            decode = _body_decoders[known] = msgspec.msgpack.Decoder(known).decode
        return decode(e.body)
    fields = _decode_plain(e.body)
    try:
        for version in range(e.version, known.VERSION):
            fields = known.UP_CASTS[version](fields)
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        raise BadEvent("an old body is not what its version says") from error
    return msgspec.convert(fields, known, builtin_types=(bytes,))


def _canonical(value: Any) -> Any:
    if isinstance(value, str):
        if "\0" in value or len(value) > MAX_TEXT:
            raise BadEvent("a text holds a NUL or is too long")
        if value.isascii():
            return value
        try:
            value.encode()
        except UnicodeEncodeError as error:
            raise BadEvent("a text holds half a character") from error
        return unicodedata.normalize("NFC", value)
    if isinstance(value, bool | int | bytes) or value is None:
        return value
    if isinstance(value, list | tuple):
        return [_canonical(item) for item in value]  # pyright: ignore[reportUnknownVariableType]
    if isinstance(value, dict):
        return {_canonical(k): _canonical(v) for k, v in value.items()}  # pyright: ignore[reportUnknownVariableType]
    raise BadEvent(f"{type(value).__name__} has no place in an event")


def seal(
    riding_id: int,
    key: Key,
    subject: bytes,
    body: Body,
    *,
    author: str,
    shift: bytes,
    hlc: int,
    wall_ms: int,
    sees: Sequence[Key],
    nonce: bytes,
    reissue_of: Origin | None = None,
) -> Event:
    """Encode a new event canonically and name it by its hash. Raises BadEvent."""
    content = _canonical(msgspec.to_builtins(body, builtin_types=(bytes,)))
    seen = tuple(sorted(Key(*k) for k in sees))
    raw = _encode(
        (
            FORMAT, riding_id, key.device_id, key.device_seq, body.KIND, body.VERSION, subject, _canonical(author),
            shift, hlc, wall_ms, seen, reissue_of, content, nonce,
        )
    )  # fmt: skip
    if len(raw) > MAX_EVENT_BYTES:
        raise BadEvent("an event is too large")
    return open_event(raw)


def envelope_of(raw: bytes) -> Envelope:
    """An event's envelope with its body undecoded."""
    return _decode_envelope(raw)


def packed(envelope: Envelope) -> bytes:
    """An envelope's canonical bytes; its content comes from an event, or is canonical by itself."""
    return _encode(envelope)


def open_event(raw: bytes, stamp: int | None = None) -> Event:
    """Read an event's bytes. An unknown kind or newer version keeps `body=None`. Raises BadEvent."""
    if len(raw) > MAX_EVENT_BYTES:
        raise BadEvent("an event is too large")
    try:
        e = _decode_envelope(raw)
        body = _body(e)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BadEvent(str(error)) from error
    if (
        e.format not in (FORMAT, REDACTED)
        or len(e.device_id) != 16
        or e.device_seq < 1
        or len(e.subject) != 16
    ):
        raise BadEvent("an event's envelope is malformed")
    if e.reissue_of is not None and (
        len(e.reissue_of.device_id) != 16 or len(e.reissue_of.hash) != HASH_BYTES
    ):
        raise BadEvent("an event's origin is malformed")
    if e.format == REDACTED and len(e.nonce) != HASH_BYTES:
        raise BadEvent("an event without its hash")
    name = e.nonce if e.format == REDACTED else sha256(raw).digest()
    return Event(
        e.riding_id, Key(e.device_id, e.device_seq), e.kind, e.version, e.subject, e.author, e.shift, e.hlc,
        e.wall_ms, e.sees, body, raw, name, e.reissue_of, stamp,
    )  # fmt: skip


def redacted(event: Event, body: Body | None = None) -> Event:
    """The event after an erasure: with `body` instead of its own, or emptied, and then of nobody.

    Key, hash, kind and `sees` stay, so that it is the same event to every replica, and no fork.
    """
    e = _decode_envelope(event.raw)
    content: Any = {} if body is None else _canonical(msgspec.to_builtins(body, builtin_types=(bytes,)))
    raw = _encode(
        e._replace(
            format=REDACTED,
            version=e.version if body is None else body.VERSION,
            subject=NOBODY if body is None else e.subject,
            body=content,
            nonce=event.hash,
        )
    )
    return open_event(raw, event.stamp)
