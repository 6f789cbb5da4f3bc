"""What happened at a door or on the phone: attempts, bars, notes."""

from __future__ import annotations

from typing import Literal

from .base import SAFETY, Body, Targeted, Value, kind


@kind("attempt.made", "door")
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


@kind("attempt.corrected", "door")
class AttemptCorrected(Body, frozen=True, kw_only=True):
    """The attempt (device, seq) ended otherwise; an empty code takes it back (undo)."""

    device: bytes
    seq: int
    code: str
    act: int = 0

    def sets(self) -> dict[str, Value]:
        return {f"attempt:{self.device.hex()}:{self.seq}": self.code}


class _Bar(Targeted, frozen=True, kw_only=True):
    reason: str = ""
    act: int = 0


@kind("bar.set", "door", strength=SAFETY, voided=False)
class BarSet(_Bar, frozen=True, kw_only=True):
    """Do not contact, knock or call. Only `bar.lifted` lifts it."""

    def sets(self) -> dict[str, Value]:
        return {"bar": True}


@kind("bar.lifted", "door", voided=False)
class BarLifted(_Bar, frozen=True, kw_only=True):
    """The bar was a mistake or is withdrawn by the person."""

    def sets(self) -> dict[str, Value]:
        return {"bar": False}


@kind("note.written", "door")
class NoteWritten(Targeted, frozen=True, kw_only=True):
    """Plain words about a door or a person."""

    text: str
    act: int = 0


@kind("note.withdrawn", "door")
class NoteWithdrawn(Targeted, frozen=True, kw_only=True):
    """The note (device, seq) was a slip of the keyboard; it stands again with withdrawn=False."""

    device: bytes
    seq: int
    withdrawn: bool = True
    act: int = 0

    def sets(self) -> dict[str, Value]:
        return {f"note:{self.device.hex()}:{self.seq}": self.withdrawn}
