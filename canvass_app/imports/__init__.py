"""Imports: what a file says about doors and people, made into roster rows.

read -> map -> check -> preview -> rows. Belongs here: finding a file's encoding, delimiter, header
and columns, and turning its values into `DoorEntry` and `PersonEntry` with a reason for every row
left out or changed; reference data (riding outlines). Does not belong here: events, the database
and screens; nothing in this room writes anything but the report it is asked for.

The names below load their modules on first use, so that importing the package costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .header import guess_mapping
    from .mapping import FieldColumns, Mapping, check_mapping, header_signature
    from .plan import Finder, ImportPlan, PreviewRow, RidingRows, plan_import
    from .problems import Problem, ProblemGroup, group_problems
    from .report import write_report_csv
    from .table import MAX_BYTES, Table, read_table

_HOME = {
    "guess_mapping": "header",
    "FieldColumns": "mapping",
    "Mapping": "mapping",
    "check_mapping": "mapping",
    "header_signature": "mapping",
    "Finder": "plan",
    "ImportPlan": "plan",
    "PreviewRow": "plan",
    "RidingRows": "plan",
    "plan_import": "plan",
    "Problem": "problems",
    "ProblemGroup": "problems",
    "group_problems": "problems",
    "write_report_csv": "report",
    "MAX_BYTES": "table",
    "Table": "table",
    "read_table": "table",
}

__all__ = [
    "MAX_BYTES",
    "FieldColumns",
    "Finder",
    "ImportPlan",
    "Mapping",
    "PreviewRow",
    "Problem",
    "ProblemGroup",
    "RidingRows",
    "Table",
    "check_mapping",
    "group_problems",
    "guess_mapping",
    "header_signature",
    "plan_import",
    "read_table",
    "write_report_csv",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{_HOME[name]}", __name__), name)
