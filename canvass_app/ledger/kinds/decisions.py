"""Decisions of a person about what two others said."""

from __future__ import annotations

from typing import Any, cast

from .base import Targeted, Value, kind

# These are set and lifted by their own kinds alone.
_NEVER_DECIDED = frozenset({"bar", "erased", "voided", "withdrawn"})


@kind("conflict.closed", "door")
class ConflictClosed(Targeted, frozen=True, kw_only=True):
    """Somebody looked at both sides and chose: `field` of the subject is `value`."""

    field: str
    value: Any
    """A Value; lists come back from the wire as lists."""

    def sets(self) -> dict[str, Value]:
        return {} if self.field in _NEVER_DECIDED else {self.field: _value(self.value)}


def _value(value: object) -> Value:
    if isinstance(value, list | tuple):
        return tuple(_value(one) for one in cast("list[object]", value))
    return cast("Value", value)
