"""People who asked to be forgotten stay out of a plan to import, with a line in its report that does not name them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from canvass_app.domain.text import Text
from canvass_app.ledger.erasure import listing_of
from canvass_app.ledger.rosters import PersonEntry
from canvass_app.storage.database import Connection
from canvass_app.storage.erasing import erased_among, salts_of

if TYPE_CHECKING:
    from canvass_app.imports import ImportPlan

CODE = "person_erased"
_REASON = Text(
    "This person asked to be forgotten and stays out. The address itself is taken.",
    "Cette personne a demandé à être oubliée et reste à l’écart. L’adresse elle-même est prise.",
)


def leave_out_erased(db: Connection, plan: ImportPlan) -> int:
    """Take erased people out of a plan, in place; how many rows. What else the report said of their rows goes too."""
    out: list[tuple[int, PersonEntry]] = []
    for riding_id, rows in plan.ridings.items():
        if not rows.people or not salts_of(db, riding_id):
            continue
        doors = {door.door_id: door for door in rows.doors}
        listings = [listing_of(person, doors.get(person.door_id)) for person in rows.people]
        gone = set(erased_among(db, riding_id, listings))
        out += [(rows.person_lines[at], rows.people[at]) for at in gone]
        if gone:
            kept = [at for at in range(len(rows.people)) if at not in gone]
            rows.people = [rows.people[at] for at in kept]
            rows.person_lines = [rows.person_lines[at] for at in kept]
    if out:
        _report(plan, out)
    return len(out)


def _report(plan: ImportPlan, out: list[tuple[int, PersonEntry]]) -> None:
    from canvass_app.imports import Problem

    lines = {line for line, _ in out}
    ids = {person.external_id for _, person in out if person.external_id}
    # A second row of the person was set aside before, as a repeat, and its remark holds their id.
    lines |= {p.line for p in plan.problems if p.code == "person_repeat" and p.value in ids}
    said = [problem for problem in plan.problems if problem.line not in lines]
    said += [Problem(line, "left_out", _REASON, code=CODE) for line in lines]
    plan.problems = sorted(said, key=lambda problem: problem.line)
    plan.preview = [
        replace(row, cells=("",) * len(row.cells), person="", remarks=(_REASON,))
        if row.line in lines
        else row
        for row in plan.preview
    ]
