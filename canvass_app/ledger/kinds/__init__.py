"""Every kind of event: its body, the fields it sets, its strength and who may receive it.

A new capability adds a kind in one of these modules and a projection in storage, and touches nothing else.
docs/kinds.md is the table of them, written by tools/kinds_table.py.
"""

from __future__ import annotations

from .base import KINDS, ROSTER_STRENGTH, Audience, Body, Entity, UpCast, Value, kind
from .decisions import ConflictClosed
from .doors import DoorAdded, DoorArrived, DoorDescribed, DoorLeft, DoorSameAs
from .exports import ExportMade, ExportSealed
from .files import LayerAdded, RosterAdded, RosterRestored, RosterWithdrawn
from .outings import (
    ShiftClosed,
    ShiftOpened,
    ShiftRestored,
    ShiftVoided,
    TurfAssigned,
    TurfChanged,
    TurfCut,
    TurfRetired,
    WalkListIssued,
    WalkListReturned,
)
from .people import (
    AnswerGiven,
    PersonAdded,
    PersonDescribed,
    PersonErased,
    PersonSameAs,
    ResidenceBegan,
    ResidenceEnded,
    SupportMarked,
)
from .selections import SelectionRemoved, SelectionSaved
from .teams import (
    GatheringAdded,
    GatheringCancelled,
    GatheringChanged,
    MemberAdded,
    MemberAttended,
    MemberDescribed,
    MemberJoined,
    MemberPinSet,
    MemberSignedUp,
    TeamAdded,
    TeamClosed,
    TeamDescribed,
)
from .visits import AttemptCorrected, AttemptMade, BarLifted, BarSet, NoteWithdrawn, NoteWritten

SAID_AT_DOORS = frozenset(
    {
        "attempt.made", "attempt.corrected", "support.marked", "answer.given", "note.written", "note.withdrawn",
        "bar.set", "bar.lifted", "person.added", "person.described", "residence.began", "residence.ended", "door.added",
        "door.described", "shift.opened", "shift.closed", "walk_list.returned",
    }
)  # fmt: skip
"""What a canvasser or a caller says. What prepares, takes back, joins or erases is for leads and organisers."""

__all__ = [
    "KINDS",
    "NEVER_VOIDED",
    "ROSTER_STRENGTH",
    "SAID_AT_DOORS",
    "AnswerGiven",
    "AttemptCorrected",
    "AttemptMade",
    "Audience",
    "BarLifted",
    "BarSet",
    "Body",
    "ConflictClosed",
    "DoorAdded",
    "DoorArrived",
    "DoorDescribed",
    "DoorLeft",
    "DoorSameAs",
    "Entity",
    "ExportMade",
    "ExportSealed",
    "GatheringAdded",
    "GatheringCancelled",
    "GatheringChanged",
    "LayerAdded",
    "MemberAdded",
    "MemberAttended",
    "MemberDescribed",
    "MemberJoined",
    "MemberPinSet",
    "MemberSignedUp",
    "NoteWithdrawn",
    "NoteWritten",
    "PersonAdded",
    "PersonDescribed",
    "PersonErased",
    "PersonSameAs",
    "ResidenceBegan",
    "ResidenceEnded",
    "RosterAdded",
    "RosterRestored",
    "RosterWithdrawn",
    "SelectionRemoved",
    "SelectionSaved",
    "ShiftClosed",
    "ShiftOpened",
    "ShiftRestored",
    "ShiftVoided",
    "SupportMarked",
    "TeamAdded",
    "TeamClosed",
    "TeamDescribed",
    "TurfAssigned",
    "TurfChanged",
    "TurfCut",
    "TurfRetired",
    "UpCast",
    "Value",
    "WalkListIssued",
    "WalkListReturned",
    "entity_of",
    "kind",
]

# Bars, erasures and money are never voided with their shift, nor is voiding itself.
NEVER_VOIDED: frozenset[str] = frozenset(name for name, cls in KINDS.items() if not cls.VOIDED)


def entity_of(kind: str, body: Body | None) -> Entity | None:
    """What an event's subject is; None for a kind this version does not know."""
    if body is not None:
        return body.entity
    known = KINDS.get(kind)
    return known.ENTITY if known else None
