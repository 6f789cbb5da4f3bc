"""What every kind of event has: a body, the fields it sets, its strength, its audience, its versions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Literal, TypeVar

import msgspec

Audience = Literal["hq", "organisers", "team", "scope"]
Entity = Literal[
    "roster",
    "door",
    "person",
    "number",
    "turf",
    "walk_list",
    "shift",
    "layer",
    "team",
    "member",
    "gathering",
    "export",
    "selection",
]
Value = int | str | bytes | bool | tuple[object, ...] | None
UpCast = Callable[[dict[str, Any]], dict[str, Any]]

# The strength table (docs/decisions): what wins when two people set one field without knowing of each other.
ROSTER_STRENGTH = 0
ADDED, LEARNED, SAFETY = 1, 2, 3


class Body(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a kind of event says: integers, booleans, texts, bytes and lists of them, never floats.

    Subclasses are registered by `@kind`.
    """

    KIND: ClassVar[str] = ""
    VERSION: ClassVar[int] = 1
    ENTITY: ClassVar[Entity] = "door"
    AUDIENCE: ClassVar[Audience] = "scope"
    STRENGTH: ClassVar[int] = LEARNED
    VOIDED: ClassVar[bool] = True
    UP_CASTS: ClassVar[Mapping[int, UpCast]] = {}

    def sets(self) -> dict[str, Value]:
        """The fields of its subject that this event sets; empty for what only appends."""
        return {}

    @property
    def entity(self) -> Entity:
        """What the subject is."""
        return self.ENTITY


class Targeted(Body, frozen=True, kw_only=True):
    """A body that is about one of several sorts of subject and says which."""

    target: Entity

    @property
    def entity(self) -> Entity:
        """What the subject is."""
        return self.target


KINDS: dict[str, type[Body]] = {}
_B = TypeVar("_B", bound=type[Body])


def kind(
    name: str,
    entity: Entity,
    *,
    strength: int = LEARNED,
    audience: Audience = "scope",
    voided: bool = True,
    version: int = 1,
    up_casts: Mapping[int, UpCast] | None = None,
) -> Callable[[_B], _B]:
    """Register a body as a kind.

    `voided`: whether it stops counting when its shift is voided. `up_casts[n]` turns the fields of a body
    of version n into those of version n + 1; there is one for every version before the present.
    """

    def register(cls: _B) -> _B:
        cls.KIND, cls.ENTITY, cls.STRENGTH, cls.AUDIENCE = name, entity, strength, audience
        cls.VERSION, cls.VOIDED, cls.UP_CASTS = version, voided, dict(up_casts or {})
        if sorted(cls.UP_CASTS) != list(range(1, version)):
            raise TypeError(f"{name} {version} needs an up-cast from each version before it")
        KINDS[name] = cls
        return cls

    return register


def given(body: Body, names: tuple[str, ...]) -> dict[str, Value]:
    """The named fields of a body that are not None."""
    return {name: value for name in names if (value := getattr(body, name)) is not None}
