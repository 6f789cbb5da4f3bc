"""Ed25519: headquarters signs receipts, a laptop proves that its key is its own."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import TypeVar

from .codec import BadMessage, pack, unpack
from .messages import Message, Signed

_RECEIPT = b"canvass receipt 1\0"
_ORDER = b"canvass order 1\0"
_ENROL = b"canvass enrol 1\0"
_RENEW = b"canvass renew 1\0"
_STANDING = b"canvass standing 1\0"
_HAND_IN = b"canvass hand in 1\0"
SEED_BYTES = 32
_M = TypeVar("_M", bound=Message)
# Points of order 1, 2, 4 and 8, without their sign bit: under such a "key" anybody's signature can verify
# (RFC 8032, section 8.4, leaves the check to us; OpenSSL does not make it).
_SMALL_ORDER = frozenset(
    bytes.fromhex(one)
    for one in (
        "00" * 32,
        "01" + "00" * 31,
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "ec" + "ff" * 30 + "7f",
        "ed" + "ff" * 30 + "7f",
        "ee" + "ff" * 30 + "7f",
    )
)


def public_key(seed: bytes) -> bytes:
    """The public half (32 bytes) of the key made from a 32-byte seed."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()


def sign(seed: bytes, data: bytes) -> bytes:
    """The 64-byte signature of `data`."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(seed).sign(data)


def verifies(key: bytes, data: bytes, signature: bytes) -> bool:
    """Whether `signature` is by the owner of the public `key`."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    if len(key) != 32 or key[:31] + bytes([key[31] & 0x7F]) in _SMALL_ORDER:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, data)
    except (InvalidSignature, ValueError):
        return False
    return True


def sign_receipt(seed: bytes, message: Message) -> Signed:
    """A message that only headquarters can have written."""
    payload = pack(message)
    return Signed(payload=payload, signature=sign(seed, _RECEIPT + payload))


def open_receipt(key: bytes, kind: type[_M], signed: Signed) -> _M:
    """The signed message. Raises BadMessage unless the owner of `key` signed these very bytes."""
    if not verifies(key, _RECEIPT + signed.payload, signed.signature):
        raise BadMessage("the signature is not headquarters'")
    return unpack(kind, signed.payload)


def sign_order(seed: bytes, message: Message) -> Signed:
    """A message of headquarters to one laptop that is no receipt: no receipt can pass for it."""
    payload = _ORDER + type(message).__name__.encode() + b"\0" + pack(message)
    return Signed(payload=payload, signature=sign(seed, payload))


def open_order(key: bytes, kind: type[_M], signed: Signed) -> _M:
    """The signed message. Raises BadMessage unless the owner of `key` signed it, as a message of this kind."""
    head = _ORDER + kind.__name__.encode() + b"\0"
    if not signed.payload.startswith(head) or not verifies(key, signed.payload, signed.signature):
        raise BadMessage("the signature is not headquarters'")
    return unpack(kind, signed.payload[len(head) :])


def enrol_proof(code: str, device_id: bytes, key: bytes, box: bytes) -> bytes:
    """What a laptop signs when it joins: its keys belong to this request and no other."""
    return _ENROL + code.encode() + b"\0" + device_id + key + box


def renewal_proof(refresh: str) -> bytes:
    """What a laptop signs to renew its pass: a refresh token is of no use without the key of its device."""
    return _RENEW + refresh.encode()


def standing_words(device_id: bytes, nonce: bytes, ridings: Sequence[int]) -> bytes:
    """What a laptop signs when it asks what it is to do; with the nonce, the answer is to this question."""
    return _STANDING + device_id + nonce + b"".join(one.to_bytes(8, "big") for one in ridings)


def hand_in_words(device_id: bytes, seal: bytes, part: int, parts: int, data: bytes) -> bytes:
    """What a laptop signs for a part of what it hands in."""
    place = part.to_bytes(4, "big") + parts.to_bytes(4, "big")
    return _HAND_IN + device_id + seal + place + sha256(data).digest()
