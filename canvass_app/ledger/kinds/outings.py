"""Turfs, walk lists and shifts."""

from __future__ import annotations

from .base import ADDED, Body, Value, given, kind


class _TurfFields(Body, frozen=True, kw_only=True):
    name: str | None = None
    doors: tuple[bytes, ...] | None = None
    """Door ids in walk order."""
    seconds: int | None = None
    metres: int | None = None
    color: int | None = None

    def sets(self) -> dict[str, Value]:
        return given(self, ("name", "doors", "seconds", "metres", "color"))


@kind("turf.cut", "turf", strength=ADDED)
class TurfCut(_TurfFields, frozen=True, kw_only=True):
    """A turf was made."""


@kind("turf.changed", "turf")
class TurfChanged(_TurfFields, frozen=True, kw_only=True):
    """A turf's name, doors or order changed; only the given fields are set."""


@kind("turf.assigned", "turf")
class TurfAssigned(Body, frozen=True, kw_only=True):
    """The turf was given to somebody; "" takes it back."""

    to: str

    def sets(self) -> dict[str, Value]:
        return {"assigned": self.to}


@kind("turf.retired", "turf")
class TurfRetired(Body, frozen=True, kw_only=True):
    """The turf is no longer used (or again, with retired=False)."""

    retired: bool = True

    def sets(self) -> dict[str, Value]:
        return {"retired": self.retired}


@kind("walk_list.issued", "walk_list")
class WalkListIssued(Body, frozen=True, kw_only=True):
    """A turf was issued; `asset` names the frozen document. `although`: numbers of lists that were out with some of its
    doors, which the person who printed it knew and went past."""

    number: int
    turf: bytes
    asset: bytes
    canvasser: str
    lines: int
    pages: int
    doors: int
    language: str
    although: tuple[int, ...] = ()


@kind("walk_list.returned", "walk_list")
class WalkListReturned(Body, frozen=True, kw_only=True):
    """The paper came back (or went out again, with returned=False)."""

    returned: bool = True

    def sets(self) -> dict[str, Value]:
        return {"returned": self.returned}


@kind("shift.opened", "shift")
class ShiftOpened(Body, frozen=True, kw_only=True):
    """A sitting at the keyboard or an outing by one named person began."""

    volunteer: str
    walk_list: int = 0


@kind("shift.closed", "shift")
class ShiftClosed(Body, frozen=True, kw_only=True):
    """The sitting ended."""

    results: int = 0

    def sets(self) -> dict[str, Value]:
        return {"closed": True}


@kind("shift.voided", "shift", voided=False)
class ShiftVoided(Body, frozen=True, kw_only=True):
    """What the shift recorded does not count (bars excepted)."""

    reason: str = ""

    def sets(self) -> dict[str, Value]:
        return {"voided": True}


@kind("shift.restored", "shift", voided=False)
class ShiftRestored(Body, frozen=True, kw_only=True):
    """A voided shift counts again."""

    def sets(self) -> dict[str, Value]:
        return {"voided": False}
