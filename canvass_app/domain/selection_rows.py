"""Selections as a column of conditions, each joined to those above it by "and" or "or": what a window shows and edits.

"And" binds closer than "or", so a column is runs of "and" between the "or"s; every tree can be written so.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from .selections import EVERY, And, Condition, Node, Not, Or

MAX_ROWS = 24


class Row(NamedTuple):
    """A condition (`yes`) or its contrary, and how it is joined to what stands above it; the first row's is "and"."""

    joined: Literal["and", "or"]
    yes: bool
    condition: Condition


_Literals = tuple[tuple[bool, Condition], ...]


def as_rows(node: Node) -> tuple[Row, ...] | None:
    """The tree as rows; no rows mean every door. None when it takes more than `MAX_ROWS`, or means no door at all."""
    runs = _runs(node, True)
    if not runs:
        return None
    if () in runs:
        return ()
    rows = [
        Row("or" if place and not n else "and", *one)
        for place, run in enumerate(runs)
        for n, one in enumerate(run)
    ]
    return tuple(rows) if len(rows) <= MAX_ROWS else None


def from_rows(rows: tuple[Row, ...]) -> Node:
    """The tree that rows mean."""
    runs: list[list[Node]] = []
    for row in rows:
        if row.joined == "or" or not runs:
            runs.append([])
        runs[-1].append(row.condition if row.yes else Not(row.condition))
    joined: list[Node] = [run[0] if len(run) == 1 else And(tuple(run)) for run in runs]
    if not joined:
        return EVERY
    return joined[0] if len(joined) == 1 else Or(tuple(joined))


def _runs(node: Node, yes: bool) -> list[_Literals] | None:
    """The runs of "and" whose "or" the tree (or its contrary) is; None when they are too many."""
    if isinstance(node, Not):
        return _runs(node.part, not yes)
    if not isinstance(node, And | Or):
        return [((yes, node),)]
    parts = [_runs(part, yes) for part in node.parts]
    found: list[_Literals] = [()] if isinstance(node, And) == yes else []
    for part in parts:
        if part is None:
            return None
        if isinstance(node, And) == yes:
            found = [tuple(dict.fromkeys((*one, *other))) for one in found for other in part]
        else:
            found = [*found, *part]
        found = list(dict.fromkeys(found))
        # Some that are too many here may fall away further up, but a window has no use for what is that intertwined.
        if len(found) > MAX_ROWS:
            return None
    return found
