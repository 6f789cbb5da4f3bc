"""Every kind of event: its body, the fields it sets, its strength and who may receive it.

A new capability adds a kind here and a projection in storage, and touches nothing else.
Bodies hold integers, booleans, texts, bytes and lists of them: never floats.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, Literal, TypeVar

import msgspec

Audience = Literal["hq", "organisers", "team", "scope"]
Entity = Literal["roster", "door", "person", "number", "turf", "walk_list", "shift", "layer"]
Value = int | str | bytes | bool | tuple[object, ...] | None

# The strength table (docs/decisions): what wins when two people set one field without knowing of each other.
ROSTER_STRENGTH = 0
_ADDED, _LEARNED, _SAFETY = 1, 2, 3


class Body(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a kind of event says. Subclasses are registered by `@kind`."""

    KIND: ClassVar[str] = ""
    VERSION: ClassVar[int] = 1
    ENTITY: ClassVar[Entity] = "door"
    AUDIENCE: ClassVar[Audience] = "scope"
    STRENGTH: ClassVar[int] = _LEARNED

    def sets(self) -> dict[str, Value]:
        """The fields of its subject that this event sets; empty for what only appends."""
        return {}


KINDS: dict[str, type[Body]] = {}
_B = TypeVar("_B", bound=type[Body])


def _kind(
    name: str, entity: Entity, *, strength: int = _LEARNED, audience: Audience = "scope", version: int = 1
) -> Callable[[_B], _B]:
    def register(cls: _B) -> _B:
        cls.KIND, cls.ENTITY, cls.STRENGTH, cls.AUDIENCE, cls.VERSION = (
            name,
            entity,
            strength,
            audience,
            version,
        )
        KINDS[name] = cls
        return cls

    return register


def _given(body: Body, names: tuple[str, ...]) -> dict[str, Value]:
    return {name: value for name in names if (value := getattr(body, name)) is not None}


# --- rosters and layers -------------------------------------------------------------------------


@_kind("roster.added", "roster", strength=ROSTER_STRENGTH)
class RosterAdded(Body, frozen=True, kw_only=True):
    """A file was imported. The subject is the first 16 bytes of `name`, the roster's root hash."""

    name: bytes
    source: str
    doors: int
    people: int


@_kind("roster.withdrawn", "roster", strength=_SAFETY)
class RosterWithdrawn(Body, frozen=True, kw_only=True):
    """The roster's rows no longer count; touched people stay, marked "not on file"."""

    reason: str = ""

    def sets(self) -> dict[str, Value]:
        return {"withdrawn": True}


@_kind("layer.added", "layer")
class LayerAdded(Body, frozen=True, kw_only=True):
    """A street network or an area layer of a riding; `asset` names its bytes."""

    layer: Literal["streets", "areas"]
    asset: bytes
    attribution: str = ""

    def sets(self) -> dict[str, Value]:
        return {"asset": (self.layer, self.asset, self.attribution)}


# --- doors --------------------------------------------------------------------------------------

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
        return _given(self, (*_DOOR_FIELDS, "point", "access"))


@_kind("door.added", "door", strength=_ADDED)
class DoorAdded(_DoorFields, frozen=True, kw_only=True):
    """Somebody found a door that no file lists."""


@_kind("door.described", "door")
class DoorDescribed(_DoorFields, frozen=True, kw_only=True):
    """Somebody learned something about a door; only the given fields are set."""


# --- people -------------------------------------------------------------------------------------

_PERSON_FIELDS = ("last", "first", "middle", "birth_year", "phone", "email", "language")


class _PersonFields(Body, frozen=True, kw_only=True):
    last: str | None = None
    first: str | None = None
    middle: str | None = None
    birth_year: int | None = None
    phone: str | None = None
    email: str | None = None
    language: str | None = None

    def sets(self) -> dict[str, Value]:
        return _given(self, _PERSON_FIELDS)


@_kind("person.added", "person", strength=_ADDED)
class PersonAdded(_PersonFields, frozen=True, kw_only=True):
    """Somebody met at a door who is in no file. `residence.began` in the same transaction says where."""


@_kind("person.described", "person")
class PersonDescribed(_PersonFields, frozen=True, kw_only=True):
    """Something learned about a person; only the given fields are set."""


@_kind("residence.began", "person")
class ResidenceBegan(Body, frozen=True, kw_only=True):
    """The person lives at `door`."""

    door: bytes

    def sets(self) -> dict[str, Value]:
        return {"home": self.door}


@_kind("residence.ended", "person")
class ResidenceEnded(Body, frozen=True, kw_only=True):
    """The person no longer lives there: moved, or reported deceased (suppressed after a second witness)."""

    reason: Literal["moved", "deceased", ""]
    """ "" takes an earlier end back."""
    act: int = 0

    def sets(self) -> dict[str, Value]:
        return {"gone": self.reason}


@_kind("support.marked", "person")
class SupportMarked(Body, frozen=True, kw_only=True):
    """What the person said of their support; an empty level takes an earlier mark back."""

    level: str
    second: str = ""
    act: int = 0
    """device_seq of the attempt at which it was said; 0 without one."""

    def sets(self) -> dict[str, Value]:
        return {"support": self.level + self.second}


@_kind("answer.given", "person")
class AnswerGiven(Body, frozen=True, kw_only=True):
    """An answer to a script's question; no answers takes an earlier one back."""

    question: str
    answers: tuple[str, ...]
    script: str = ""
    act: int = 0

    def sets(self) -> dict[str, Value]:
        return {f"answer:{self.question}": self.answers}


# --- attempts -----------------------------------------------------------------------------------


@_kind("attempt.made", "door")
class AttemptMade(Body, frozen=True, kw_only=True):
    """One knock or call at the subject door. It only appends; it sets no field."""

    code: str
    person: bytes = b""
    channel: Literal["door", "phone"] = "door"
    walk_list: int = 0
    line: int = 0
    turf: bytes = b""
    page_line: str = ""
    """Page code as typed, when the list was unknown here and is bound later."""


@_kind("attempt.corrected", "door")
class AttemptCorrected(Body, frozen=True, kw_only=True):
    """The attempt (device, seq) ended otherwise; an empty code takes it back (undo)."""

    device: bytes
    seq: int
    code: str
    act: int = 0

    def sets(self) -> dict[str, Value]:
        return {f"attempt:{self.device.hex()}:{self.seq}": self.code}


# --- bars and notes -----------------------------------------------------------------------------


class _Bar(Body, frozen=True, kw_only=True):
    target: Literal["door", "person", "number"]
    reason: str = ""
    act: int = 0


@_kind("bar.set", "door", strength=_SAFETY)
class BarSet(_Bar, frozen=True, kw_only=True):
    """Do not contact, knock or call. Only `bar.lifted` lifts it."""

    def sets(self) -> dict[str, Value]:
        return {"bar": True}


@_kind("bar.lifted", "door")
class BarLifted(_Bar, frozen=True, kw_only=True):
    """The bar was a mistake or is withdrawn by the person."""

    def sets(self) -> dict[str, Value]:
        return {"bar": False}


@_kind("note.written", "door")
class NoteWritten(Body, frozen=True, kw_only=True):
    """Plain words about a door or a person."""

    target: Literal["door", "person"]
    text: str
    act: int = 0


@_kind("note.withdrawn", "door")
class NoteWithdrawn(Body, frozen=True, kw_only=True):
    """The note (device, seq) was a slip of the keyboard; it stands again with withdrawn=False."""

    target: Literal["door", "person"]
    device: bytes
    seq: int
    withdrawn: bool = True
    act: int = 0

    def sets(self) -> dict[str, Value]:
        return {f"note:{self.device.hex()}:{self.seq}": self.withdrawn}


# --- turfs and walk lists -----------------------------------------------------------------------


class _TurfFields(Body, frozen=True, kw_only=True):
    name: str | None = None
    doors: tuple[bytes, ...] | None = None
    """Door ids in walk order."""
    seconds: int | None = None
    metres: int | None = None
    color: int | None = None

    def sets(self) -> dict[str, Value]:
        return _given(self, ("name", "doors", "seconds", "metres", "color"))


@_kind("turf.cut", "turf", strength=_ADDED)
class TurfCut(_TurfFields, frozen=True, kw_only=True):
    """A turf was made."""


@_kind("turf.changed", "turf")
class TurfChanged(_TurfFields, frozen=True, kw_only=True):
    """A turf's name, doors or order changed; only the given fields are set."""


@_kind("turf.assigned", "turf")
class TurfAssigned(Body, frozen=True, kw_only=True):
    """The turf was given to somebody; "" takes it back."""

    to: str

    def sets(self) -> dict[str, Value]:
        return {"assigned": self.to}


@_kind("turf.retired", "turf")
class TurfRetired(Body, frozen=True, kw_only=True):
    """The turf is no longer used (or again, with retired=False)."""

    retired: bool = True

    def sets(self) -> dict[str, Value]:
        return {"retired": self.retired}


@_kind("walk_list.issued", "walk_list")
class WalkListIssued(Body, frozen=True, kw_only=True):
    """A turf was issued; `asset` names the frozen document."""

    number: int
    turf: bytes
    asset: bytes
    canvasser: str
    lines: int
    pages: int
    doors: int
    language: str


@_kind("walk_list.returned", "walk_list")
class WalkListReturned(Body, frozen=True, kw_only=True):
    """The paper came back (or went out again, with returned=False)."""

    returned: bool = True

    def sets(self) -> dict[str, Value]:
        return {"returned": self.returned}


# --- shifts -------------------------------------------------------------------------------------


@_kind("shift.opened", "shift")
class ShiftOpened(Body, frozen=True, kw_only=True):
    """A sitting at the keyboard or an outing by one named person began."""

    volunteer: str
    walk_list: int = 0


@_kind("shift.closed", "shift")
class ShiftClosed(Body, frozen=True, kw_only=True):
    """The sitting ended."""

    results: int = 0

    def sets(self) -> dict[str, Value]:
        return {"closed": True}


@_kind("shift.voided", "shift")
class ShiftVoided(Body, frozen=True, kw_only=True):
    """What the shift recorded does not count (bars excepted)."""

    reason: str = ""

    def sets(self) -> dict[str, Value]:
        return {"voided": True}


@_kind("shift.restored", "shift")
class ShiftRestored(Body, frozen=True, kw_only=True):
    """A voided shift counts again."""

    def sets(self) -> dict[str, Value]:
        return {"voided": False}


# Bars, erasures and money are never voided with their shift.
NEVER_VOIDED: frozenset[str] = frozenset({"bar.set", "bar.lifted", "shift.voided", "shift.restored"})


def entity_of(kind: str, body: Body | None) -> Entity | None:
    """What an event's subject is; None for a kind this version does not know."""
    if isinstance(body, _Bar | NoteWritten | NoteWithdrawn):
        return body.target
    known = KINDS.get(kind)
    return known.ENTITY if known else None
