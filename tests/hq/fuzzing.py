"""What headquarters is fed: the routes of the whole application as an OpenAPI schema made for tests alone, and bodies of every
kind: whole messages, messages with a part that is not what it should be, and bytes."""

from __future__ import annotations

import gzip
from hashlib import sha256
from typing import Any

import msgspec
import schemathesis
import zstandard
from fastapi import FastAPI
from hypothesis import strategies as st

from canvass_app.hq.devices import Device
from canvass_app.sync import messages
from canvass_app.sync.codec import pack
from canvass_app.sync.messages import CONTENT_TYPE, PROTOCOL, Message
from tests.hq.kit import RIDING, street_door, street_person
from tests.hq.test_receiving import batch, event

FORM = "application/x-www-form-urlencoded"
BODIES: dict[tuple[str, str], type[Message]] = {
    ("POST", "/v1/enrol"): messages.Enrol,
    ("POST", "/v1/token"): messages.Renew,
    ("POST", "/v1/ridings/{riding_id}/events"): messages.Batch,
    ("POST", "/v1/ridings/{riding_id}/relay"): messages.Relay,
    ("POST", "/v1/ridings/{riding_id}/missing"): messages.Names,
    ("PUT", "/v1/ridings/{riding_id}/assets/{name}"): messages.Asset,
    ("PUT", "/v1/ridings/{riding_id}/rosters/{name}/chunks"): messages.RosterPart,
}
_FORMS = {
    "/console/login": ("login", "password"),
    "/console/logout": (),
    "/console/codes": ("role", "riding", "label", "every"),
    "/console/devices/{device}/revoke": (),
}

# --- pieces -------------------------------------------------------------------------------------------------

_NUMBERS = st.one_of(
    st.sampled_from(
        [
            0,
            1,
            -1,
            2,
            5_001,
            1 << 31,
            (1 << 31) - 1,
            1 << 32,
            (1 << 63) - 1,
            1 << 63,
            -(1 << 63),
            (1 << 64) - 1,
        ]
    ),
    st.integers(-(1 << 63), (1 << 64) - 1),
)
_TEXTS = st.one_of(
    st.sampled_from(
        [
            "",
            "\0",
            "a\0b",
            "\u202e",
            "é",
            "e\u0301",
            "'; DROP TABLE event; --",
            "%s%n{0}",
            "x" * 5_000,
            "\U0001f600",
        ]
    ),
    st.text(max_size=40),
)
_IDS = st.one_of(
    st.sampled_from(
        [
            bytes(16),
            b"A" * 16,
            b"B" * 16,
            street_door(1),
            street_person(1),
            b"",
            b"short",
            bytes(32),
            bytes(200),
        ]
    ),
    st.binary(max_size=40),
)
_ANYTHING = st.recursive(
    st.one_of(st.none(), st.booleans(), _NUMBERS, st.floats(), _TEXTS, _IDS),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(_TEXTS, inner, max_size=4)),
    max_leaves=8,
)  # fmt: skip
_DEEP = b"\x91" * 3_000 + b"\x01"


@st.composite
def _mangled(draw: st.DrawFn, whole: bytes) -> bytes:
    """Bytes with some of them changed, left out, doubled or put in."""
    data = bytearray(whole)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(data)))
        how = draw(st.sampled_from(["change", "cut", "drop", "double", "put in"]))
        if how == "change" and at < len(data):
            data[at] = draw(st.integers(0, 255))
        elif how == "cut":
            del data[at:]
        elif how == "drop":
            del data[at : at + draw(st.integers(1, 9))]
        elif how == "double":
            data[at:at] = data[at : at + draw(st.integers(1, 40))]
        else:
            data[at:at] = draw(st.binary(max_size=9))
    return bytes(data)


@st.composite
def events(draw: st.DrawFn) -> bytes:
    """An event of an invented device, whole or not."""
    raw = event(draw(st.integers(1, 30)), door=draw(st.integers(1, 9))).raw
    how = draw(st.sampled_from(["whole", "whole", "mangled", "a field", "anything"]))
    if how == "mangled":
        return draw(_mangled(raw))
    if how == "a field":
        content = msgspec.msgpack.decode(raw)
        content[draw(st.integers(0, len(content) - 1))] = draw(_ANYTHING)
        return _encoded(content)
    return _encoded(draw(_ANYTHING)) if how == "anything" else raw


def _encoded(value: Any) -> bytes:
    try:
        return msgspec.msgpack.encode(value)
    except (OverflowError, UnicodeEncodeError, msgspec.MsgspecError):
        return b"\xc1"


_COMPRESSED = st.binary(max_size=200).map(zstandard.ZstdCompressor().compress)
_HASHES = st.lists(_IDS, max_size=3)
_ROWS = st.one_of(
    _COMPRESSED, st.binary(max_size=60), _ANYTHING.map(_encoded).map(zstandard.ZstdCompressor().compress)
)
_BY_NAME: dict[str, st.SearchStrategy[Any]] = {
    "protocol": st.sampled_from([PROTOCOL] * 5 + [0, 2, 1 << 40]),
    "device_id": st.sampled_from([b"A" * 16, b"B" * 16, bytes(16), b"x", bytes(17)]),
    "from_seq": st.one_of(st.integers(1, 3), _NUMBERS),
    "to_seq": st.one_of(st.integers(1, 5), _NUMBERS),
    "hashes": _HASHES,
    "data": _ROWS,
    "size": st.one_of(st.integers(0, 300), _NUMBERS),
    "kind": st.one_of(st.sampled_from(["layer", "list", "streets"]), _TEXTS),
    "stamps": st.lists(st.tuples(_NUMBERS, _NUMBERS), max_size=3),
    "code": st.one_of(st.sampled_from(["2222-2222", "K7QF-29MD", ""]), _TEXTS),
    "chunks": st.lists(st.tuples(st.one_of(st.integers(0, 4), _NUMBERS), _IDS, _IDS, _ROWS), max_size=3),
    "riding": st.one_of(st.none(), st.fixed_dictionaries({"en": _TEXTS, "fr": _TEXTS, "province": _TEXTS})),
    "redacted": st.booleans(),
}


@st.composite
def bodies(draw: st.DrawFn, kind: type[Message]) -> bytes:
    """A message of this kind, or one that nearly is."""
    fields: dict[str, Any] = {}
    for field in msgspec.structs.fields(kind):
        if field.name == "events":
            relayed = kind is messages.Relay
            each = st.tuples(_NUMBERS, _NUMBERS, events()) if relayed else events()
            fields["events"] = draw(st.lists(each, max_size=4))
        elif field.name in _BY_NAME:
            fields[field.name] = draw(_BY_NAME[field.name])
        else:
            fields[field.name] = draw(_TEXTS if field.type is str else _IDS)
    how = draw(
        st.sampled_from(
            ["whole", "whole", "whole", "fits", "a field", "left out", "mangled", "anything", "bytes", "deep"]
        )
    )
    if how == "fits" and kind is messages.Batch:
        first = draw(st.integers(1, 3))
        raws = [event(seq).raw for seq in range(first, first + draw(st.integers(1, 4)))]
        fields |= {
            "protocol": PROTOCOL,
            "device_id": b"A" * 16,
            "from_seq": first,
            "to_seq": first + len(raws) - 1,
        }
        fields["events"] = raws
    elif how == "a field":
        fields[draw(st.sampled_from(sorted(fields)))] = draw(_ANYTHING)
    elif how == "left out":
        del fields[draw(st.sampled_from(sorted(fields)))]
    elif how == "mangled":
        return draw(_mangled(_encoded(fields)))
    elif how == "anything":
        return _encoded(draw(_ANYTHING))
    elif how == "bytes":
        return draw(st.binary(max_size=300))
    elif how == "deep":
        return _DEEP
    return _encoded(fields)


@st.composite
def framed(draw: st.DrawFn, plain: bytes) -> tuple[bytes, dict[str, str]]:
    """A body as it travels, and the headers that say how; now and then they lie."""
    kind = {"Content-Type": draw(st.sampled_from([CONTENT_TYPE] * 11 + ["application/json"]))}
    how = draw(st.sampled_from(["", "", "zstd", "gzip", "lie", "other", "cut"]))
    if how == "zstd":
        return zstandard.ZstdCompressor().compress(plain), {**kind, "Content-Encoding": "zstd"}
    if how == "gzip":
        return gzip.compress(plain), {**kind, "Content-Encoding": "gzip"}
    if how == "lie":
        return plain, {**kind, "Content-Encoding": draw(st.sampled_from(["zstd", "gzip"]))}
    if how == "other":
        return plain, {
            **kind,
            "Content-Encoding": draw(st.sampled_from(["br", "identity", "zstd, gzip"])),
        }
    if how == "cut":
        return zstandard.ZstdCompressor().compress(plain)[:-2], {**kind, "Content-Encoding": "zstd"}
    return plain, kind


# --- the schema ---------------------------------------------------------------------------------------------


def _media_type(kind: type[Message]) -> str:
    # A name for each, because schemathesis knows a strategy by the type alone; what is sent says the true one.
    return f"application/x-canvass-{kind.__name__.lower()}"


for _kind in BODIES.values():
    schemathesis.openapi.media_type(_media_type(_kind), bodies(_kind))


def schema_of(app: FastAPI) -> schemathesis.BaseSchema:
    """The application's own routes, with what it reads by itself written in: the bodies."""
    written: dict[str, Any] = app.openapi()
    for path, methods in written["paths"].items():
        for method, operation in methods.items():
            operation["responses"] = {"default": {"description": "any"}}
            if kind := BODIES.get((method.upper(), path)):
                content: Any = {_media_type(kind): {"schema": {"type": "string", "format": "binary"}}}
                operation["requestBody"] = {"required": True, "content": content}
            elif method == "post" and path in _FORMS:
                asked = {one: {"type": "string"} for one in _FORMS[path]}
                form: Any = {
                    "type": "object",
                    "properties": asked,
                    "required": list(asked),
                    "additionalProperties": False,
                }
                operation["requestBody"] = {"required": True, "content": {FORM: {"schema": form}}}
    written.pop("servers", None)
    return schemathesis.openapi.from_dict(written)


# --- what fits ----------------------------------------------------------------------------------------------


def own_batch(device_id: bytes, first: int, count: int) -> bytes:
    """A push of a device's own events, numbered from `first`."""
    device = Device(device_id, "", frozenset({RIDING}), 1)
    raws = [event(seq, device=device, door=seq % 9 + 1).raw for seq in range(first, first + count)]
    return pack(batch(*raws, first=first, device=device))


def own_asset(plain: bytes) -> tuple[str, bytes]:
    """An asset's name and the message that brings it."""
    data = zstandard.ZstdCompressor().compress(plain)
    return sha256(plain).hexdigest(), pack(messages.Asset(kind="layer", size=len(plain), data=data))
