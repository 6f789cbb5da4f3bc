"""Saved selections: which doors, under a name, shared in the riding. They prepare work, so none is voided with a shift."""

from __future__ import annotations

from .base import Body, Value, given, kind


@kind("selection.saved", "selection", audience="organisers", voided=False)
class SelectionSaved(Body, frozen=True, kw_only=True):
    """A selection was made, renamed or changed; only the given fields are set."""

    name: str | None = None
    query: str | None = None
    """As `domain.selections.as_json` writes it."""

    def sets(self) -> dict[str, Value]:
        return given(self, ("name", "query"))


@kind("selection.removed", "selection", audience="organisers", voided=False)
class SelectionRemoved(Body, frozen=True, kw_only=True):
    """The selection is not used any more (or again, with removed=False)."""

    removed: bool = True

    def sets(self) -> dict[str, Value]:
        return {"removed": self.removed}
