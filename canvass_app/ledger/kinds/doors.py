"""Doors: the places, which of them are one place, and the riding they belong to."""

from __future__ import annotations

from .base import ADDED, Body, Value, given, kind

_DOOR_FIELDS = (
    "number", "suffix", "street", "street_type", "street_direction", "street_label", "unit", "floor",
    "municipality", "postal_code", "polling_division", "building_use",
)  # fmt: skip


class _DoorFields(Body, frozen=True, kw_only=True):
    number: int | None = None
    suffix: str | None = None
    street: str | None = None
    street_type: str | None = None
    street_direction: str | None = None
    street_label: str | None = None
    unit: str | None = None
    floor: int | None = None
    municipality: str | None = None
    postal_code: str | None = None
    polling_division: str | None = None
    building_use: str | None = None
    point: tuple[int, int] | None = None
    """(lon_e6, lat_e6)"""
    access: str | None = None
    """How to get in: a building's entrance, a dog, a side door."""

    def sets(self) -> dict[str, Value]:
        return given(self, (*_DOOR_FIELDS, "point", "access"))


@kind("door.added", "door", strength=ADDED)
class DoorAdded(_DoorFields, frozen=True, kw_only=True):
    """Somebody found a door that no file lists."""


@kind("door.described", "door")
class DoorDescribed(_DoorFields, frozen=True, kw_only=True):
    """Somebody learned something about a door; only the given fields are set."""


@kind("door.same_as", "door")
class DoorSameAs(Body, frozen=True, kw_only=True):
    """The subject and `other` are one door (or, with joined=False, two doors that files describe alike)."""

    other: bytes
    joined: bool = True

    def sets(self) -> dict[str, Value]:
        return {f"same_as:{self.other.hex()}": self.joined}


@kind("door.left", "door")
class DoorLeft(Body, frozen=True, kw_only=True):
    """The door belongs to `riding`, not to the one whose log this is. What happened here stays counted here."""

    riding: int
    link_id: bytes
    """The same in `door.arrived` of the other riding's log."""

    def sets(self) -> dict[str, Value]:
        return {"riding": self.riding}


@kind("door.arrived", "door")
class DoorArrived(_DoorFields, frozen=True, kw_only=True):
    """The door belongs to `riding`, whose log this is; the fields are what the log it left had folded."""

    riding: int
    origin: int
    link_id: bytes

    def sets(self) -> dict[str, Value]:
        return {**_DoorFields.sets(self), "riding": self.riding}
