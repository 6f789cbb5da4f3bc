"""Identifiers. Sixteen bytes everywhere; deterministic where the same thing must get the same id."""

from __future__ import annotations

from hashlib import blake2b, sha1

# Namespaces of RFC 9562 UUIDv5; frozen for ever, like the normaliser that feeds them.
_NS_DOOR = bytes.fromhex("8f6b1c52a1d54d0e9c2a5b7e3f4d6a01")
_NS_PERSON = bytes.fromhex("8f6b1c52a1d54d0e9c2a5b7e3f4d6a02")
_NS_BUILDING = bytes.fromhex("8f6b1c52a1d54d0e9c2a5b7e3f4d6a03")
_NS_NUMBER = bytes.fromhex("8f6b1c52a1d54d0e9c2a5b7e3f4d6a04")


def _uuid5(namespace: bytes, name: str) -> bytes:
    """UUIDv5 (RFC 9562, 5.5) as bytes; written out because uuid.uuid5 costs five times as much a row."""
    raw = bytearray(sha1(namespace + name.encode(), usedforsecurity=False).digest()[:16])
    raw[6] = raw[6] & 0x0F | 0x50
    raw[8] = raw[8] & 0x3F | 0x80
    return bytes(raw)


def door_id(address_key: str) -> bytes:
    """The id of a door without an external id: UUIDv5 of its normalised address (normaliser 1)."""
    return _uuid5(_NS_DOOR, "1|" + address_key)


def external_door_id(source: str, key: str) -> bytes:
    """The id of a door that its source names by `key` (for example an address register's GUID)."""
    return _uuid5(_NS_DOOR, f"x|{source}|{key}")


def building_id(address_key_without_unit: str) -> bytes:
    """The id of the building at a civic number."""
    return _uuid5(_NS_BUILDING, "1|" + address_key_without_unit)


def external_person_id(source: str, key: str) -> bytes:
    """The id of a person that a source names by `key` (a voter file id, a NationBuilder id)."""
    return _uuid5(_NS_PERSON, f"x|{source}|{key}")


def listed_person_id(door: bytes, name_key: str, birth_year: int, ordinal: int) -> bytes:
    """The id of a person listed without an external id.

    The same name, address and birth year give the same id on every laptop; `ordinal` keeps a
    father and a son with one name at one door apart.
    """
    return _uuid5(_NS_PERSON, f"n|{door.hex()}|{name_key}|{birth_year or ''}|{ordinal}")


def phone_subject(riding_id: int, number: str) -> bytes:
    """The subject under which a bar on a telephone number (`phones.phone_number`) is kept: a hash with a salt a riding.

    Every laptop comes to the same one by itself. What that hides, and from whom, stands in decision 0030.
    """
    salt = riding_id.to_bytes(16, "big")
    return blake2b(number.encode(), digest_size=16, key=_NS_NUMBER, salt=salt).digest()
