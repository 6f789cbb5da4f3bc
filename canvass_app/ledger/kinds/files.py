"""Files and map layers."""

from __future__ import annotations

from typing import Literal

from .base import ROSTER_STRENGTH, Body, Value, kind


@kind("roster.added", "roster", strength=ROSTER_STRENGTH)
class RosterAdded(Body, frozen=True, kw_only=True):
    """A file was imported. The subject is the first 16 bytes of `name`, the roster's root hash."""

    name: bytes
    source: str
    doors: int
    people: int


@kind("roster.withdrawn", "roster", voided=False)
class RosterWithdrawn(Body, frozen=True, kw_only=True):
    """The roster's rows no longer count; touched people stay, marked "not on file"."""

    reason: str = ""

    def sets(self) -> dict[str, Value]:
        return {"withdrawn": True}


@kind("roster.restored", "roster", voided=False)
class RosterRestored(Body, frozen=True, kw_only=True):
    """A withdrawn roster's rows count again."""

    def sets(self) -> dict[str, Value]:
        return {"withdrawn": False}


@kind("layer.added", "layer")
class LayerAdded(Body, frozen=True, kw_only=True):
    """A street network or an area layer of a riding; `asset` names its bytes."""

    layer: Literal["streets", "areas"]
    asset: bytes
    attribution: str = ""

    def sets(self) -> dict[str, Value]:
        return {"asset": (self.layer, self.asset, self.attribution)}
