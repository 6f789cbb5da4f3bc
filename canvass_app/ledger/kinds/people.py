"""People: who they are, where they live, what they said."""

from __future__ import annotations

from typing import Literal

from .base import ADDED, SAFETY, Body, Value, given, kind

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
        return given(self, _PERSON_FIELDS)


@kind("person.added", "person", strength=ADDED)
class PersonAdded(_PersonFields, frozen=True, kw_only=True):
    """Somebody met at a door who is in no file. `residence.began` in the same transaction says where."""


@kind("person.described", "person")
class PersonDescribed(_PersonFields, frozen=True, kw_only=True):
    """Something learned about a person; only the given fields are set."""


@kind("residence.began", "person")
class ResidenceBegan(Body, frozen=True, kw_only=True):
    """The person lives at `door`."""

    door: bytes

    def sets(self) -> dict[str, Value]:
        return {"home": self.door}


@kind("residence.ended", "person")
class ResidenceEnded(Body, frozen=True, kw_only=True):
    """The person no longer lives there: moved, or reported deceased, which two witnesses must say."""

    reason: Literal["moved", "deceased", ""]
    """ "" takes an earlier end back."""
    act: int = 0
    witness: bytes = b""
    """The shift that reports a death; b"" when it needs no second witness."""

    def sets(self) -> dict[str, Value]:
        if self.witness:
            return {f"deceased:{self.witness.hex()}": self.reason == "deceased"}
        return {"gone": self.reason}


@kind("support.marked", "person")
class SupportMarked(Body, frozen=True, kw_only=True):
    """What the person said of their support; an empty level takes an earlier mark back."""

    level: str
    second: str = ""
    act: int = 0
    """device_seq of the attempt at which it was said; 0 without one."""

    def sets(self) -> dict[str, Value]:
        return {"support": self.level + self.second}


@kind("answer.given", "person")
class AnswerGiven(Body, frozen=True, kw_only=True):
    """An answer to a script's question; no answers takes an earlier one back."""

    question: str
    answers: tuple[str, ...]
    script: str = ""
    act: int = 0

    def sets(self) -> dict[str, Value]:
        return {f"answer:{self.question}": self.answers}


@kind("person.same_as", "person")
class PersonSameAs(Body, frozen=True, kw_only=True):
    """The subject and `other` are one person (or, with joined=False, two people whom files describe alike)."""

    other: bytes
    joined: bool = True

    def sets(self) -> dict[str, Value]:
        return {f"same_as:{self.other.hex()}": self.joined}


@kind("person.erased", "person", strength=SAFETY, voided=False)
class PersonErased(Body, frozen=True, kw_only=True):
    """The person asked to be forgotten: nothing of them is kept or taken in again. Never undone."""

    salt: bytes
    keys: tuple[bytes, ...]
    """Salted keys by which the person is known again (`ledger.erasure`): ids, name with address, phone and e-mail
    with the given name, and the words of `words`."""
    words: tuple[tuple[bytes, int], ...] = ()
    """Events (device, seq) of doors whose words named the person: they lose those words."""
    reason: str = ""
    """How the person asked, in words that do not name them."""

    def sets(self) -> dict[str, Value]:
        return {"erased": True}
