"""Importing a file: read, map, check, preview, and take it as a roster, or say why not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from canvass_app.domain.errors import Cancelled
from canvass_app.domain.riding import DEFAULT_MAP_YEAR, Riding
from canvass_app.domain.text import Text
from canvass_app.ledger.kinds import RosterAdded
from canvass_app.ledger.rosters import build_roster
from canvass_app.storage.changes import ChangeSet
from canvass_app.storage.database import Connection
from canvass_app.storage.projections.doors import DOOR_COLUMNS
from canvass_app.storage.projections.people import PERSON_COLUMNS
from canvass_app.storage.roster_store import roster_id_of, store_chunks

from .book import Book
from .kept_out import leave_out_erased
from .ridings import note_riding
from .steps import Progress, Stop, steps

if TYPE_CHECKING:
    from canvass_app.imports import ImportPlan, Problem
    from canvass_app.imports import Mapping as ColumnMapping

Kind = Literal["doors", "people"]
_READING = Text("Reading the file", "Lecture du fichier")
_CHECKING = Text("Checking rows", "Vérification des lignes")
_SAVING = Text("Saving", "Enregistrement")


@dataclass(frozen=True, slots=True)
class Tally:
    """How many things were added, changed, or there already and equal."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0

    def plus(self, other: Tally) -> Tally:
        """The sum."""
        return Tally(self.added + other.added, self.changed + other.changed, self.unchanged + other.unchanged)


@dataclass(slots=True)
class ImportReport:
    """What an import did (or, in a rehearsal, would do)."""

    kind: Kind
    source: str
    rows: int
    doors: Tally
    people: Tally
    left_out: list[Problem]
    changed_rows: list[Problem]
    notes: list[Problem]
    ridings: dict[int, int]
    dry_run: bool
    changes: ChangeSet = field(default_factory=ChangeSet)

    @property
    def main(self) -> Tally:
        """The tally of what the file is about."""
        return self.doors if self.kind == "doors" else self.people

    def as_dict(self, language: str) -> dict[str, Any]:
        """The shape that every reporting command shares."""

        def rows(problems: list[Problem]) -> list[dict[str, Any]]:
            return [
                {"line": p.line, "reason": p.reason.say(language), "column": p.column, "value": p.value}
                for p in problems
            ]

        return {
            "added": self.main.added,
            "changed": self.main.changed,
            "unchanged": self.main.unchanged,
            "left_out": rows(self.left_out),
            "changed_rows": rows(self.changed_rows),
            "notes": rows(self.notes),
            "rows": self.rows,
            "doors": _tally_dict(self.doors),
            "people": _tally_dict(self.people),
            "ridings": {str(riding): count for riding, count in self.ridings.items()},
            "dry_run": self.dry_run,
        }


def _tally_dict(tally: Tally) -> dict[str, int]:
    return {"added": tally.added, "changed": tally.changed, "unchanged": tally.unchanged}


def preview_file(
    book: Book,
    path: Path,
    kind: Kind,
    *,
    mapping: ColumnMapping | None = None,
    riding_id: int | None = None,
    progress: Progress | None = None,
    cancelled: Stop | None = None,
) -> ImportPlan:
    """Read a file into a plan: what would be taken, every problem row, the mapping used.

    Without a mapping, the one remembered for this header row is used, else one is guessed.
    Raises FileProblem, MappingProblem or Cancelled; nothing is written.
    """
    from canvass_app.imports import Mapping as Columns
    from canvass_app.imports import guess_mapping, header_signature, plan_import, read_table

    table = read_table(path, progress=steps(progress, _READING), cancelled=cancelled)
    guessed = guess_mapping(table, kind)
    if mapping is None:
        remembered = book.meta(f"mapping:{header_signature(guessed.headers, kind)}")
        mapping = Columns.from_json(remembered) if remembered else guessed
    plan = plan_import(
        table,
        mapping,
        kind=kind,
        map_year=book.campaign.map_year if book.campaign else DEFAULT_MAP_YEAR,
        riding_id=riding_id,
        finder=_finder(book),
        progress=steps(progress, _CHECKING),
        cancelled=cancelled,
    )
    leave_out_erased(book.read(), plan)
    return plan


def _finder(book: Book) -> Any:
    """The riding outlines: those the product ships, and those of this campaign, which win."""
    from canvass_app.imports.reference import RidingFinder

    from .map_data import riding_outlines

    return RidingFinder(riding_outlines(book))


def commit_plan(
    book: Book,
    plan: ImportPlan,
    *,
    author: str = "",
    dry_run: bool = False,
    progress: Progress | None = None,
    cancelled: Stop | None = None,
) -> ImportReport:
    """Take a plan: all of it in one transaction, or nothing. Raises Cancelled, DiskFull."""
    from canvass_app.imports import header_signature

    # Again: somebody may have been erased since the preview.
    leave_out_erased(book.read(), plan)
    rosters = {riding: build_roster(riding, rows.doors, rows.people) for riding, rows in plan.ridings.items()}
    names = _riding_names(book, rosters)
    total = len(rosters)
    doors, people = Tally(), Tally()
    changes = ChangeSet()
    try:
        with book.act(author) as act:
            for done, (riding, roster) in enumerate(rosters.items()):
                if progress is not None:
                    progress(_SAVING, done, total)
                if cancelled is not None and cancelled():
                    raise Cancelled
                if _already(act.db, riding, roster.name):
                    doors = doors.plus(Tally(unchanged=roster.doors))
                    people = people.plus(Tally(unchanged=roster.people))
                    continue
                note_riding(act.db, names[riding])
                before = _snapshots(act.db, riding)
                store_chunks(act.db, riding, roster)
                act.add(
                    riding,
                    roster_id_of(roster.name),
                    RosterAdded(
                        name=roster.name, source=plan.source_name, doors=roster.doors, people=roster.people
                    ),
                )
                act.project_now()
                if before[0]:
                    after = _snapshots(act.db, riding)
                    doors = doors.plus(_tally(before[0], after[0], roster.doors))
                    people = people.plus(_tally(before[1], after[1], roster.people))
                else:
                    doors = doors.plus(_first(act.db, "door", riding, roster.doors))
                    people = people.plus(_first(act.db, "person", riding, roster.people))
            if dry_run:
                raise _Rehearsed
            if plan.mapping.headers:
                signature = header_signature(plan.mapping.headers, plan.kind)
                act.set_meta(f"mapping:{signature}", plan.mapping.to_json())
        changes = act.changes
        changes.ridings |= set(rosters)
        changes.bulk = bool(rosters)
    except _Rehearsed:
        pass
    by_severity: dict[str, list[Problem]] = {"left_out": [], "changed": [], "note": []}
    for problem in plan.problems:
        by_severity[problem.severity].append(problem)
    return ImportReport(
        kind=plan.kind,
        source=plan.source_name,
        rows=plan.rows_read,
        doors=doors,
        people=people,
        left_out=by_severity["left_out"],
        changed_rows=by_severity["changed"],
        notes=by_severity["note"],
        ridings={
            r: len(rows.people if plan.kind == "people" else rows.doors) for r, rows in plan.ridings.items()
        },
        dry_run=dry_run,
        changes=changes,
    )


class _Rehearsed(Exception):
    """Undoes a rehearsal's transaction."""


def import_file(
    book: Book,
    path: Path,
    kind: Kind,
    *,
    mapping: ColumnMapping | None = None,
    riding_id: int | None = None,
    dry_run: bool = False,
    author: str = "",
    progress: Progress | None = None,
    cancelled: Stop | None = None,
) -> ImportReport:
    """Read and take a file in one go: what the command line does. Raises as its two halves do."""
    plan = preview_file(
        book, path, kind, mapping=mapping, riding_id=riding_id, progress=progress, cancelled=cancelled
    )
    return commit_plan(book, plan, author=author, dry_run=dry_run, progress=progress, cancelled=cancelled)


def _already(db: Connection, riding_id: int, name: bytes) -> bool:
    rows = db.query(
        "SELECT 1 FROM roster WHERE riding_id = ? AND roster_id = ? AND complete = 1 AND withdrawn = 0",
        (riding_id, roster_id_of(name)),
    )
    return bool(rows)


Snapshot = dict[bytes, int]


def _snapshots(db: Connection, riding_id: int) -> tuple[Snapshot, Snapshot]:
    """A fingerprint of every door and every person of a riding, by id."""

    def of(table: str, column: str, columns: tuple[str, ...]) -> Snapshot:
        rows = db.query(
            f"SELECT {column}, {', '.join(columns)} FROM {table} WHERE riding_id = ?", (riding_id,)
        )
        return {bytes(row[0]): hash(row[1:]) for row in rows}

    return of("door", "door_id", DOOR_COLUMNS), of("person", "person_id", PERSON_COLUMNS)


def _first(db: Connection, table: str, riding_id: int, listed: int) -> Tally:
    added = int(db.query(f"SELECT COUNT(*) FROM {table} WHERE riding_id = ?", (riding_id,))[0][0])
    return Tally(added, 0, listed - added)


def _tally(before: Snapshot, after: Snapshot, listed: int) -> Tally:
    gained = len(after) - len(before)
    changed = sum(1 for one, mark in after.items() if one in before and before[one] != mark)
    # A join may give a known door another id: it left `before` and is no new door.
    renamed = sum(1 for one in before if one not in after)
    return Tally(gained, changed + renamed, max(0, listed - gained - changed - renamed))


def _riding_names(book: Book, rosters: Mapping[int, Any]) -> dict[int, Riding]:
    from canvass_app.imports.reference import ridings as reference_ridings

    known = {row.riding_id: row for row in reference_ridings()} if rosters else {}
    names: dict[int, Riding] = {}
    own = {riding.riding_id: riding for riding in book.campaign.ridings} if book.campaign else {}
    for riding in rosters:
        if riding in own:
            names[riding] = own[riding]
            continue
        row = known.get(riding)
        number = riding % 100_000
        name = (
            Text(row.name_en, row.name_fr) if row else Text(f"Riding {number}", f"Circonscription {number}")
        )
        names[riding] = Riding(riding, name, row.province if row else "")
    return names
