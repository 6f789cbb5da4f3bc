"""Importing, turfs, walk lists and results from the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from canvass_app.domain.codes import BY_CODE, result_code
from canvass_app.domain.errors import InputError
from canvass_app.domain.numbers import parse_page_code
from canvass_app.domain.support import parse_support
from canvass_app.domain.text import Text

from .options import Author, RidingOption, one_riding, outcome, ridings_of, takes_session
from .session import COMMAND_LINE, Session

import_app = typer.Typer(help="Import a file of doors or people.", rich_markup_mode=None)
turfs_app = typer.Typer(help="Turfs.", rich_markup_mode=None)
lists_app = typer.Typer(help="Walk lists.", rich_markup_mode=None)
results_app = typer.Typer(help="Results.", rich_markup_mode=None)


def _import(
    kind: Any,
    file: Path,
    riding: str | None,
    mapping_file: Path | None,
    dry_run: bool,
    name: str,
    session: Session,
) -> None:
    from canvass_app.imports import Mapping
    from canvass_app.services.importing import import_file

    mapping = None
    if mapping_file is not None:
        try:
            mapping = Mapping.from_json(mapping_file.read_text("utf-8"))
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(
                Text(
                    f"The mapping file “{mapping_file.name}” cannot be read. Nothing was imported.",
                    f"Le fichier de correspondance « {mapping_file.name} » est illisible. Rien n’a été importé.",
                )
            ) from error
    with session.book() as book:
        report = import_file(
            book,
            file,
            kind,
            mapping=mapping,
            riding_id=one_riding(riding),
            dry_run=dry_run,
            author=name,
        )
    said = report.as_dict(session.language)
    tally = report.main
    head = _IMPORTED.fill(
        added=tally.added, changed=tally.changed, unchanged=tally.unchanged, left_out=len(report.left_out)
    ).say(session.language)
    lines = [head, *_problem_lines(said, session.language)]
    if dry_run:
        lines.append(_REHEARSED.say(session.language))
    session.answer(said, lines)


def _problem_lines(report: dict[str, Any], language: str) -> list[str]:
    """Every row with its line number; rows with one reason share a line."""
    lines: list[str] = []
    for key, title in (("left_out", _LEFT_OUT), ("changed_rows", _CHANGED), ("notes", _NOTES)):
        rows = report[key]
        if not rows:
            continue
        lines.append(title.fill(count=len(rows)).say(language))
        by_reason: dict[str, list[str]] = {}
        for row in rows:
            by_reason.setdefault(row["reason"], []).append(str(row["line"]))
        for reason, numbers in by_reason.items():
            word = (_LINE if len(numbers) == 1 else _LINES).say(language)
            lines.append(f"  {word} {', '.join(numbers)}: {reason}")
    return lines


File = Annotated[Path, typer.Argument(help="The table: CSV, TSV, XLSX or ODS.")]
MapFile = Annotated[Path | None, typer.Option("--map", help="Column mapping (JSON).")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would happen; change nothing.")]


@import_app.command("doors")
@takes_session
def import_doors(
    session: Session,
    file: File,
    riding: RidingOption = None,
    mapping_file: MapFile = None,
    dry_run: DryRun = False,
    name: Author = COMMAND_LINE,
) -> None:
    """Import addresses from CSV, TSV, XLSX or ODS."""
    _import("doors", file, riding, mapping_file, dry_run, name, session)


@import_app.command("people")
@takes_session
def import_people(
    session: Session,
    file: File,
    riding: RidingOption = None,
    mapping_file: MapFile = None,
    dry_run: DryRun = False,
    name: Author = COMMAND_LINE,
) -> None:
    """Import people with their addresses from CSV, TSV, XLSX or ODS."""
    _import("people", file, riding, mapping_file, dry_run, name, session)


# --- turfs and lists ----------------------------------------------------------------------------


@turfs_app.command("list")
@takes_session
def turfs_list(
    session: Session,
    riding: RidingOption = None,
) -> None:
    """List the turfs with their doors, minutes, canvasser and walk lists."""
    from canvass_app.domain.numbers import list_code
    from canvass_app.services.turfs import list_turfs
    from canvass_app.services.walk_lists import list_walk_lists

    rows: list[dict[str, Any]] = []
    with session.book() as book:
        for riding_id in ridings_of(book, riding):
            numbers: dict[str, list[int]] = {}
            for one in list_walk_lists(book, riding_id):
                numbers.setdefault(one.turf_name, []).append(one.number)
            rows.extend(
                {
                    "turf": turf.turf_id.hex(), "riding": riding_id, "name": turf.name, "doors": turf.doors,
                    "people": turf.people, "minutes": turf.minutes, "metres": turf.metres, "assigned": turf.assigned,
                    "attempted": turf.attempted, "state": turf.state, "lists": numbers.get(turf.name, []),
                }
                for turf in list_turfs(book, riding_id)
            )  # fmt: skip
    lines = [
        f"{row['name']:<28} {row['doors']:>5} {_DOORS.say(session.language)} {row['minutes']:>4} min  "
        f"{row['assigned']:<20} {' '.join(list_code(n) for n in row['lists'])}".rstrip()
        for row in rows
    ]
    session.answer({"turfs": rows}, lines or [_NO_TURFS.say(session.language)])


@lists_app.command("print")
@takes_session
def walk_list_print(
    session: Session,
    number: Annotated[str, typer.Argument(help="List number, with or without its check letter.")],
    out: Annotated[Path, typer.Option("--out", help="The PDF to write.")],
    paper: Annotated[str, typer.Option("--paper", help="letter or a4.")] = "letter",
    sheet_language: Annotated[
        str | None, typer.Option("--sheet", help="Language of the sheet: en or fr; as issued when left out.")
    ] = None,
) -> None:
    """Print an issued walk list to a PDF, as it was issued; who asked since not to be contacted is struck out."""
    from canvass_app.domain.accesses import Access
    from canvass_app.printing import print_walk_list
    from canvass_app.services.audit import record
    from canvass_app.services.lists_now import document_now

    if paper not in ("letter", "a4"):
        raise InputError(
            Text(
                f"“{paper}” is not a paper size: letter or a4.",
                f"« {paper} » n’est pas un format : letter ou a4.",
            )
        )
    with session.book() as book:
        document = document_now(book, _number(number))
        record(
            book, Access.PRINTED, document.riding_id, people=document.person_ids, what="list pdf",
            numbers=(document.number,),
        )  # fmt: skip
        report = print_walk_list(
            document, out, paper, "fr" if (sheet_language or document.language) == "fr" else "en"
        )
    session.answer(
        {
            "number": document.number,
            "pages": report.pages,
            "lines": len(document.lines),
            "file": str(out),
            "barred_since": [line.line for line in document.lines if line.barred_since],
        },
        [
            _PRINTED.fill(pages=report.pages - 1, file=out).say(session.language),
        ],
    )


def _number(text: str) -> int:
    if text.strip().isdecimal():
        return int(text)
    return parse_page_code(text)[0]


@results_app.command("add")
@takes_session
def results_add(
    session: Session,
    number: Annotated[str, typer.Argument(help="List number, with or without its check letter.")],
    line: Annotated[int, typer.Argument(help="Line number on the list.")],
    code: Annotated[
        str, typer.Argument(help="A result code (not_home, n, refused ...) or a support level (1-5, 2L, WS).")
    ],
    name: Author = COMMAND_LINE,
) -> None:
    """Record one line's result."""
    from canvass_app.services.entry import close_shift, open_shift, record
    from canvass_app.services.walk_lists import load_document

    with session.book() as book:
        document = load_document(book, _number(number))
        letters = book.campaign.party_letters if book.campaign else frozenset[str]()
        mark = _mark(code, letters)
        shift = open_shift(book, name, document.riding_id, document.number)
        recorded = record(book, shift, document.number, line, mark)
        close_shift(book, shift)
    saved = [one for one, mark_now in recorded.saved if mark_now]
    what = mark.support + mark.second if mark.support else BY_CODE[mark.code].name.say(session.language)
    session.answer(
        outcome(
            0, added=1, list=document.number, line=line, result=mark.code or mark.support + mark.second,
            lines_marked=saved,
        ),
        [_SAVED.fill(line=line, result=what).say(session.language)],
    )  # fmt: skip


def _mark(text: str, letters: frozenset[str]) -> Any:
    from canvass_app.services.entry import Mark

    try:
        support = parse_support(text, letters)
        return Mark(support=support.level, second=support.second)
    except InputError:
        return Mark(code=result_code(text).code)


_IMPORTED = Text(
    "{added} added, {changed} changed, {unchanged} unchanged, {left_out} left out.",
    "{added:ajoutée|ajoutées}, {changed:modifiée|modifiées}, {unchanged:inchangée|inchangées}, "
    "{left_out:laissée|laissées} de côté.",
)
_REHEARSED = Text("This was a rehearsal: nothing was changed.", "C’était un essai : rien n’a été modifié.")
_LEFT_OUT = Text("Left out ({count}):", "Laissées de côté ({count}) :")
_CHANGED = Text("Read differently from the file ({count}):", "Lues autrement que dans le fichier ({count}) :")
_NOTES = Text("To know ({count}):", "À savoir ({count}) :")
_LINE = Text("line", "ligne")
_LINES = Text("lines", "lignes")
_DOORS = Text("doors", "portes")
_NO_TURFS = Text("No turfs yet.", "Aucun secteur pour le moment.")
_PRINTED = Text("a cover and {pages:page|pages}: {file}", "une couverture et {pages:page|pages} : {file}")
_SAVED = Text("Saved: line {line}, {result}.", "Enregistré : ligne {line}, {result}.")
