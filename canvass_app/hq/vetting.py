"""What headquarters asks of an event's bytes before it keeps them: exactly what `ledger.events.seal` writes.

A poison event is quarantined by itself; its neighbours land. The bounds are those of the columns that
events are folded into, so that an event which was taken can always be folded, on every database.
"""

from __future__ import annotations

import unicodedata
from typing import Any

import msgspec

from canvass_app.ledger.events import MAX_TEXT, BadEvent, Event, open_event

MAX_KIND = 100
MAX_DEPTH = 12
_INT64 = 1 << 63
_INT32 = 1 << 31
# Up to the year 9998: a calendar day can be told, whatever the time zone.
MAX_WALL_MS = 253_339_228_800_000
_SEES, _BODY = 11, 13
_decode = msgspec.msgpack.Decoder().decode
_encode = msgspec.msgpack.Encoder(order="sorted").encode


def vet(raw: bytes, riding_id: int, device_id: bytes, seq: int) -> Event:
    """The opened event, when it is what it should be at this place. Raises BadEvent with a reason without content."""
    event = open_event(raw)
    if event.riding_id != riding_id or event.key.device_id != device_id or event.key.device_seq != seq:
        raise BadEvent("the event belongs somewhere else")
    if not 0 <= event.hlc < _INT64 or not 0 <= event.wall_ms <= MAX_WALL_MS or len(event.kind) > MAX_KIND:
        raise BadEvent("a number is out of bounds")
    if len(event.shift) not in (0, 16):
        raise BadEvent("a shift's id is malformed")
    try:
        content = _decode(raw)
        # Byte for byte: repeated keys, floats as integers, unsorted maps and padding all show.
        if _encode(content) != raw:
            raise BadEvent("the encoding is not canonical")
    except (msgspec.MsgspecError, UnicodeDecodeError, TypeError, RecursionError) as error:
        raise BadEvent("the encoding is malformed") from error
    # Opening it saw to the types of the envelope.
    if not 0 <= event.version < _INT32:
        raise BadEvent("a number is out of bounds")
    _text(event.kind)
    _text(event.author)
    _walk(content[_SEES:_BODY], _INT64, 0)
    _walk(content[_BODY], _INT32, 0)
    return event


def _text(value: str) -> None:
    if value.isascii():
        if "\0" in value or len(value) > MAX_TEXT:
            raise BadEvent("a text holds a NUL or is too long")
    elif "\0" in value or len(value) > MAX_TEXT or not unicodedata.is_normalized("NFC", value):
        raise BadEvent("a text holds a NUL, is too long or is not normalised")


def _walk(value: Any, bound: int, depth: int) -> None:
    kind = type(value)
    if kind is bytes or kind is bool or value is None:
        return
    if kind is str:
        _text(value)
        return
    if kind is int:
        if not -bound <= value < bound:
            raise BadEvent("a number is out of bounds")
        return
    if depth >= MAX_DEPTH:
        raise BadEvent("a body is nested too deeply")
    if kind is list:
        for item in value:
            _walk(item, bound, depth + 1)
        return
    if kind is dict:
        for name, item in value.items():
            _walk(name, bound, depth + 1)
            _walk(item, bound, depth + 1)
        return
    raise BadEvent(f"{kind.__name__} has no place in an event")
