"""Teams: their members, their events (a gathering here, because "event" is the ledger's own word), who comes and came.

What concerns a member and a gathering is said of the member: sign-ups of two members never meet, and erasing a
member empties them. None of it belongs to a shift's results, so none is voided with a shift.
"""

from __future__ import annotations

from typing import Literal

from .base import ADDED, Body, Value, given, kind

Sort = Literal["canvass", "calls", "training"]
Answer = Literal["coming", "maybe", "no", ""]
Came = Literal["came", "absent", ""]
Role = Literal["lead", "member", ""]


class _TeamFields(Body, frozen=True, kw_only=True):
    name: str | None = None
    place: str | None = None
    """Where it meets."""
    remark: str | None = None

    def sets(self) -> dict[str, Value]:
        return given(self, ("name", "place", "remark"))


@kind("team.added", "team", strength=ADDED, voided=False)
class TeamAdded(_TeamFields, frozen=True, kw_only=True):
    """A team was made."""


@kind("team.described", "team", voided=False)
class TeamDescribed(_TeamFields, frozen=True, kw_only=True):
    """A team's name, meeting place or note changed; only the given fields are set."""


@kind("team.closed", "team", voided=False)
class TeamClosed(Body, frozen=True, kw_only=True):
    """The team meets no more (or again, with closed=False)."""

    closed: bool = True

    def sets(self) -> dict[str, Value]:
        return {"shut": self.closed}


class _MemberFields(Body, frozen=True, kw_only=True):
    name: str | None = None
    phone: str | None = None
    email: str | None = None
    languages: tuple[str, ...] | None = None
    needs: str | None = None
    """What she asks for: "no stairs", "home by eight"."""

    def sets(self) -> dict[str, Value]:
        return given(self, ("name", "phone", "email", "languages", "needs"))


@kind("member.added", "member", strength=ADDED, voided=False)
class MemberAdded(_MemberFields, frozen=True, kw_only=True):
    """A volunteer is known. `member.joined` in the same transaction says in which team."""


@kind("member.described", "member", voided=False)
class MemberDescribed(_MemberFields, frozen=True, kw_only=True):
    """Something about a volunteer changed; only the given fields are set."""


@kind("member.joined", "member", voided=False)
class MemberJoined(Body, frozen=True, kw_only=True):
    """The volunteer is in `team`, with this role; "" says that they left it."""

    team: bytes
    role: Role = "member"

    def sets(self) -> dict[str, Value]:
        return {f"team:{self.team.hex()}": self.role}


@kind("member.pin_set", "member", voided=False)
class MemberPinSet(Body, frozen=True, kw_only=True):
    """The volunteer chose a PIN, which names them at a shift's opening; "" takes it away."""

    pin: str
    """Its argon2id hash, with salt and cost."""

    def sets(self) -> dict[str, Value]:
        return {"pin": self.pin}


@kind("member.signed_up", "member", voided=False)
class MemberSignedUp(Body, frozen=True, kw_only=True):
    """The volunteer answered an invitation; "" withdraws the answer."""

    gathering: bytes
    answer: Answer

    def sets(self) -> dict[str, Value]:
        return {f"signup:{self.gathering.hex()}": self.answer}


@kind("member.attended", "member", voided=False)
class MemberAttended(Body, frozen=True, kw_only=True):
    """The volunteer came to a team's event, or did not; "" takes the mark back."""

    gathering: bytes
    came: Came

    def sets(self) -> dict[str, Value]:
        return {f"came:{self.gathering.hex()}": self.came}


class _GatheringFields(Body, frozen=True, kw_only=True):
    team: bytes | None = None
    sort: Sort | None = None
    when: tuple[int, int] | None = None
    """(start, end) in minutes since 1970 UTC: one field, so that no merge makes an evening end before it begins."""
    place: str | None = None
    places: int | None = None
    """How many can come; 0: as many as want to."""
    remark: str | None = None

    def sets(self) -> dict[str, Value]:
        return given(self, ("team", "sort", "when", "place", "places", "remark"))


@kind("gathering.added", "gathering", strength=ADDED, voided=False)
class GatheringAdded(_GatheringFields, frozen=True, kw_only=True):
    """A team's event was planned: a canvass, a call night or a training."""


@kind("gathering.changed", "gathering", voided=False)
class GatheringChanged(_GatheringFields, frozen=True, kw_only=True):
    """When, where or what a team's event is changed; only the given fields are set."""


@kind("gathering.cancelled", "gathering", voided=False)
class GatheringCancelled(Body, frozen=True, kw_only=True):
    """The team's event does not take place (or does, with cancelled=False)."""

    cancelled: bool = True

    def sets(self) -> dict[str, Value]:
        return {"cancelled": self.cancelled}
