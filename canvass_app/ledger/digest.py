"""Digests: how two replicas prove that they hold the same events and show the same state.

A digest is the sum modulo 2^256 of the BLAKE2b hashes of its rows, so rows may come in any order
and a digest can be kept up to date by adding and subtracting.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b
from typing import Any

import msgspec

_MODULUS = 1 << 256
_encode = msgspec.msgpack.Encoder(order="sorted").encode


def row_hash(row: tuple[Any, ...]) -> int:
    """The number a row adds to its digest."""
    return int.from_bytes(blake2b(_encode(row), digest_size=32).digest(), "big")


def digest(rows: Iterable[tuple[Any, ...]]) -> bytes:
    """32 bytes that depend on the rows and not on their order."""
    return (sum(map(row_hash, rows)) % _MODULUS).to_bytes(32, "big")
