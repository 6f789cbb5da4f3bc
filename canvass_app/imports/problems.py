"""The row-by-row report: what was left out, changed or doubted, where, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, NamedTuple

from canvass_app.domain.text import Text

Severity = Literal["left_out", "changed", "note"]
_ORDER: dict[str, int] = {"left_out": 0, "changed": 1, "note": 2}


class Problem(NamedTuple):
    """One remark about one row. `line` is 1-based, as a text editor or spreadsheet shows it.

    `code` names the kind of trouble and groups remarks whose texts differ by a value only.
    """

    line: int
    severity: Severity
    reason: Text
    column: str = ""
    value: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class ProblemGroup:
    """Remarks of one kind: how many rows, the first of their lines, and one remark as the example."""

    severity: Severity
    code: str
    count: int
    first_lines: tuple[int, ...]
    reason: Text
    column: str


def group_problems(problems: Iterable[Problem], *, lines_shown: int = 10) -> list[ProblemGroup]:
    """Sum up a report by kind and column: left out first, then changed, then notes; most rows first."""
    found: dict[tuple[str, str, str], list[Problem]] = {}
    for problem in problems:
        found.setdefault((problem.severity, problem.code, problem.column), []).append(problem)
    groups = [
        ProblemGroup(
            items[0].severity,
            items[0].code,
            len(items),
            tuple(item.line for item in items[:lines_shown]),
            items[0].reason,
            items[0].column,
        )
        for items in found.values()
    ]
    return sorted(groups, key=lambda g: (_ORDER[g.severity], -g.count, g.code, g.column))
