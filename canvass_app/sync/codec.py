"""Bytes of messages: msgpack in a zstd frame (gzip is understood too), with bounds on both sides."""

from __future__ import annotations

import zlib
from typing import TypeVar

import msgspec
import zstandard

from .messages import MAX_FRAME_BYTES, MAX_MESSAGE_BYTES, Message

_LEVEL = 3
_MOST_RATIO = 100
_ALWAYS_ALLOWED = 1 << 20
_M = TypeVar("_M", bound=Message)

_encoder = msgspec.msgpack.Encoder()
_decoders: dict[type[Message], msgspec.msgpack.Decoder[Message]] = {}


class BadMessage(ValueError):
    """Bytes that are not the message they should be."""


def pack(message: Message) -> bytes:
    """A message without its frame."""
    return _encoder.encode(message)


def unpack(kind: type[_M], data: bytes) -> _M:
    """Read a message. Raises BadMessage."""
    decoder = _decoders.get(kind)
    if decoder is None:
        decoder = _decoders[kind] = msgspec.msgpack.Decoder(kind)
    try:
        message = decoder.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BadMessage(str(error)) from error
    assert isinstance(message, kind)
    return message


def squeeze(data: bytes, encoding: str = "zstd") -> bytes:
    """Compress for the wire: "zstd" or "gzip"."""
    if encoding == "gzip":
        packer = zlib.compressobj(6, zlib.DEFLATED, 31)
        return packer.compress(data) + packer.flush()
    return zstandard.ZstdCompressor(level=_LEVEL, write_checksum=True).compress(data)


def expand(data: bytes, encoding: str, most: int = MAX_MESSAGE_BYTES) -> bytes:
    """Undo `squeeze`. Raises BadMessage for damage, for more than `most` bytes, or a ratio over 100."""
    if len(data) > MAX_FRAME_BYTES:
        raise BadMessage("a frame is too large")
    most = min(most, max(_ALWAYS_ALLOWED, len(data) * _MOST_RATIO))
    if encoding in ("", "identity"):
        return data
    if encoding == "zstd":
        return _bounded(zstandard.ZstdDecompressor().decompressobj(), data, most)
    if encoding == "gzip":
        reader = zlib.decompressobj(31)
        try:
            plain = reader.decompress(data, most + 1)
        except zlib.error as error:
            raise BadMessage(str(error)) from error
        if len(plain) > most or not reader.eof or reader.unused_data:
            raise BadMessage("a gzip frame is too large, cut short or followed by more")
        return plain
    raise BadMessage(f"the encoding {encoding!r} is not known")


def _bounded(reader: zstandard.ZstdDecompressionObj, data: bytes, most: int) -> bytes:
    parts: list[bytes] = []
    size = 0
    # Small bites, so that a bomb is met before it has gone off.
    for start in range(0, len(data), 1 << 14):
        if reader.eof:
            raise BadMessage("bytes follow a frame's end")
        try:
            part = reader.decompress(data[start : start + (1 << 14)])
        except zstandard.ZstdError as error:
            raise BadMessage(str(error)) from error
        size += len(part)
        if size > most:
            raise BadMessage("a message is too large")
        parts.append(part)
    if not reader.eof or reader.unused_data:
        raise BadMessage("a frame is cut short or followed by more")
    return b"".join(parts)
