"""The commands of canvass-app: parse, call a service, print."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from canvass_app.domain.codes import BY_CODE, result_code
from canvass_app.domain.errors import CanvassError, InputError
from canvass_app.domain.numbers import parse_page_code
from canvass_app.domain.riding import parse_riding
from canvass_app.domain.support import parse_support
from canvass_app.domain.text import Text

from .places import terminal_language
from .session import COMMAND_LINE, Session, make_session

app = typer.Typer(
    name="canvass-app", add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None
)
import_app = typer.Typer(help="Import a file of doors or people.", rich_markup_mode=None)
turfs_app = typer.Typer(help="Turfs.", rich_markup_mode=None)
lists_app = typer.Typer(help="Walk lists.", rich_markup_mode=None)
results_app = typer.Typer(help="Results.", rich_markup_mode=None)
app.add_typer(import_app, name="import")
app.add_typer(turfs_app, name="turfs")
app.add_typer(lists_app, name="walk-list")
app.add_typer(results_app, name="results")

Data = Annotated[Path | None, typer.Option("--data", help="Data folder.")]
PassFile = Annotated[Path | None, typer.Option("--passphrase-file", help="File that holds the passphrase.")]
Lang = Annotated[str | None, typer.Option("--lang", help="en or fr.")]
Json = Annotated[bool, typer.Option("--json", help="Answer in JSON.")]
RidingOption = Annotated[str | None, typer.Option("--riding", help="Riding number, such as 59036.")]
Author = Annotated[str, typer.Option("--name", help="Who does this.")]


def run(arguments: Sequence[str]) -> int:
    """Run one command; its exit code: 0 done, 1 a trouble told in words, 2 a wrong call."""
    language = terminal_language(_asked_language(arguments))
    try:
        outcome: Any = app(list(arguments), standalone_mode=False)
    except CanvassError as error:
        print(error.say(language), file=sys.stderr)
        return 1
    except typer.Exit as leave:
        return leave.exit_code
    except Exception as error:
        # Typer's usage errors know how to show themselves.
        show = getattr(error, "show", None)
        if show is None:
            raise
        show(file=sys.stderr)
        return int(getattr(error, "exit_code", 2))
    return outcome if isinstance(outcome, int) else 0


def _asked_language(arguments: Sequence[str]) -> str | None:
    for at, word in enumerate(arguments):
        if word == "--lang" and at + 1 < len(arguments):
            return arguments[at + 1]
        if word.startswith("--lang="):
            return word[7:]
    return None


def _session(
    data: Path | None, passphrase_file: Path | None, lang: str | None, as_json: bool = False
) -> Session:
    return make_session(data, passphrase_file, terminal_language(lang), as_json)


# --- importing ----------------------------------------------------------------------------------


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
            riding_id=parse_riding(riding) if riding else None,
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
    lines: list[str] = []
    for key, title in (("left_out", _LEFT_OUT), ("changed_rows", _CHANGED), ("notes", _NOTES)):
        rows = report[key]
        if rows:
            lines.append(title.fill(count=len(rows)).say(language))
            lines.extend(f"  {_LINE.say(language)} {row['line']}: {row['reason']}" for row in rows)
    return lines


@import_app.command("doors")
def import_doors(
    file: Path,
    riding: RidingOption = None,
    mapping_file: Annotated[Path | None, typer.Option("--map", help="Column mapping (JSON).")] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would happen; change nothing.")
    ] = False,
    name: Author = COMMAND_LINE,
    data: Data = None,
    passphrase_file: PassFile = None,
    lang: Lang = None,
    as_json: Json = False,
) -> None:
    """Import addresses from CSV, TSV, XLSX or ODS."""
    _import(
        "doors", file, riding, mapping_file, dry_run, name, _session(data, passphrase_file, lang, as_json)
    )


@import_app.command("people")
def import_people(
    file: Path,
    riding: RidingOption = None,
    mapping_file: Annotated[Path | None, typer.Option("--map", help="Column mapping (JSON).")] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would happen; change nothing.")
    ] = False,
    name: Author = COMMAND_LINE,
    data: Data = None,
    passphrase_file: PassFile = None,
    lang: Lang = None,
    as_json: Json = False,
) -> None:
    """Import people with their addresses from CSV, TSV, XLSX or ODS."""
    _import(
        "people", file, riding, mapping_file, dry_run, name, _session(data, passphrase_file, lang, as_json)
    )


# --- turfs and lists ----------------------------------------------------------------------------


@turfs_app.command("list")
def turfs_list(
    riding: RidingOption = None,
    data: Data = None,
    passphrase_file: PassFile = None,
    lang: Lang = None,
    as_json: Json = False,
) -> None:
    """List the turfs with their doors, minutes, canvasser and walk lists."""
    from canvass_app.domain.numbers import list_code
    from canvass_app.services.ridings import list_ridings
    from canvass_app.services.turfs import list_turfs
    from canvass_app.services.walk_lists import list_walk_lists

    session = _session(data, passphrase_file, lang, as_json)
    rows: list[dict[str, Any]] = []
    with session.book() as book:
        chosen = [parse_riding(riding)] if riding else [card.riding_id for card in list_ridings(book)]
        for riding_id in chosen:
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
def walk_list_print(
    number: Annotated[str, typer.Argument(help="List number, with or without its check letter.")],
    out: Annotated[Path, typer.Option("--out", help="The PDF to write.")],
    paper: Annotated[str, typer.Option("--paper", help="letter or a4.")] = "letter",
    sheet_language: Annotated[
        str | None, typer.Option("--sheet", help="Language of the sheet: en or fr; as issued when left out.")
    ] = None,
    data: Data = None,
    passphrase_file: PassFile = None,
    lang: Lang = None,
    as_json: Json = False,
) -> None:
    """Print an issued walk list to a PDF, exactly as it was issued."""
    from canvass_app.printing import print_walk_list
    from canvass_app.services.walk_lists import load_document

    session = _session(data, passphrase_file, lang, as_json)
    if paper not in ("letter", "a4"):
        raise InputError(
            Text(
                f"“{paper}” is not a paper size: letter or a4.",
                f"« {paper} » n’est pas un format : letter ou a4.",
            )
        )
    with session.book() as book:
        document = load_document(book, _number(number))
        report = print_walk_list(
            document, out, paper, "fr" if (sheet_language or document.language) == "fr" else "en"
        )
    session.answer(
        {"number": document.number, "pages": report.pages, "lines": len(document.lines), "file": str(out)},
        [_PRINTED.fill(pages=report.pages, file=out).say(session.language)],
    )


def _number(text: str) -> int:
    if text.strip().isdecimal():
        return int(text)
    return parse_page_code(text)[0]


@results_app.command("add")
def results_add(
    number: Annotated[str, typer.Argument(help="List number, with or without its check letter.")],
    line: Annotated[int, typer.Argument(help="Line number on the list.")],
    code: Annotated[
        str, typer.Argument(help="A result code (not_home, n, refused ...) or a support level (1-5, 2L, WS).")
    ],
    name: Author = COMMAND_LINE,
    data: Data = None,
    passphrase_file: PassFile = None,
    lang: Lang = None,
    as_json: Json = False,
) -> None:
    """Record one line's result."""
    from canvass_app.services.entry import close_shift, open_shift, record
    from canvass_app.services.walk_lists import load_document

    session = _session(data, passphrase_file, lang, as_json)
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
        {"added": 1, "changed": 0, "unchanged": 0, "left_out": [], "list": document.number, "line": line,
         "result": mark.code or mark.support + mark.second, "lines_marked": saved},
        [_SAVED.fill(line=line, result=what).say(session.language)],
    )  # fmt: skip


def _mark(text: str, letters: frozenset[str]) -> Any:
    from canvass_app.services.entry import Mark

    try:
        support = parse_support(text, letters)
        return Mark(support=support.level, second=support.second)
    except InputError:
        return Mark(code=result_code(text).code)


# --- figures ------------------------------------------------------------------------------------


@app.command("progress")
def show_progress(
    riding: Annotated[str, typer.Option("--riding", help="Riding number, such as 59036.")],
    data: Data = None,
    passphrase_file: PassFile = None,
    lang: Lang = None,
    as_json: Json = False,
) -> None:
    """The progress of a riding: attempts, contacts, contact rate, support, by day and by turf."""
    from canvass_app.services.progress import progress
    from canvass_app.services.ridings import get_riding

    session = _session(data, passphrase_file, lang, as_json)
    with session.book() as book:
        found = get_riding(book, parse_riding(riding))
        report = progress(book, found.riding_id)
    rate = report.contact_rate
    session.answer(
        {
            "riding": found.riding_id, "attempts": report.attempts, "contacts": report.contacts,
            "contact_rate": {"contacts": rate.part, "attempts": rate.whole, "value": round(rate.value, 4)},
            "doors": {"attempted": report.doors.part, "on_file": report.doors.whole},
            "identified": report.identified, "supporters": report.supporters, "pledges": report.pledges,
            "by_support": report.by_support, "by_code": report.by_code,
            "by_day": [{"day": d.day, "attempts": d.attempts, "contacts": d.contacts} for d in report.by_day],
            "by_turf": [
                {"turf": t.name, "doors": t.doors, "attempted": t.attempted, "attempts": t.attempts,
                 "contacts": t.contacts} for t in report.by_turf
            ],
        },
        [
            found.name.say(session.language),
            _FIGURES.fill(
                attempts=report.attempts, contacts=report.contacts, part=rate.part, whole=rate.whole,
                percent=round(100 * rate.value, 1), tried=report.doors.part, doors=report.doors.whole,
                identified=report.identified, supporters=report.supporters, pledges=report.pledges,
            ).say(session.language),
        ],
    )  # fmt: skip


# --- headquarters -------------------------------------------------------------------------------


@app.command("join")
def join_headquarters(
    url: str,
    code: str,
    device: Annotated[str, typer.Option("--device", help="What headquarters calls this laptop.")] = "",
    data: Data = None,
    passphrase_file: PassFile = None,
    lang: Lang = None,
    as_json: Json = False,
) -> None:
    """Join a campaign's headquarters with a one-time code."""
    import platform

    from canvass_app.services.syncing import join

    session = _session(data, passphrase_file, lang, as_json)
    with session.book() as book:
        report = join(book, url, code, device or platform.node() or "laptop")
    session.answer(
        {"joined": True, "url": url, "ridings": list(report.ridings)},
        [_JOINED.fill(url=url).say(session.language)],
    )


@app.command("sync")
def sync(
    data: Data = None, passphrase_file: PassFile = None, lang: Lang = None, as_json: Json = False
) -> None:
    """Send what headquarters lacks and fetch what this laptop lacks."""
    from canvass_app.services.syncing import sync_now, sync_status

    session = _session(data, passphrase_file, lang, as_json)
    with session.book() as book:
        report = sync_now(book)
        status = sync_status(book)
    session.answer(
        {"pushed": report.pushed, "pulled": report.pulled, "assets": report.assets, "pending": status.pending,
         "receipt": status.receipt},
        [_SYNCED.fill(pushed=report.pushed, pulled=report.pulled, pending=status.pending).say(session.language)],
    )  # fmt: skip


@app.command("doctor")
def doctor(
    repair: Annotated[bool, typer.Option("--repair", help="Write differing projections anew.")] = False,
    data: Data = None,
    passphrase_file: PassFile = None,
    lang: Lang = None,
    as_json: Json = False,
) -> int:
    """Check that everything on screen follows from the events."""
    from canvass_app.services.doctor import examine

    session = _session(data, passphrase_file, lang, as_json)
    with session.book() as book:
        report = examine(book, repair=repair)
    said = report.as_dict(session.language)
    session.answer(said, [*said["findings"], _CHECKED.fill(**report.checked).say(session.language)])  # type: ignore[misc]
    return 0 if report.ok or report.repaired else 1


# --- tour and demo ------------------------------------------------------------------------------


@app.command("tour")
def tour(out: Annotated[Path, typer.Option("--out", help="Folder for the pictures.")]) -> None:
    """Open every screen on the demo campaign and keep pictures in both languages and themes."""
    from canvass_app.desktop.tour import run_tour

    pictures = run_tour(out)
    print(f"{len(pictures)} pictures: {out}")


@app.command("demo")
def demo(
    data: Data = None, lang: Lang = None, fresh: Annotated[bool, typer.Option("--fresh")] = False
) -> int:
    """The desktop on the demo campaign, with a headquarters and a second laptop on this computer."""
    from .demo import run_demo

    return run_demo(data, terminal_language(lang) if lang else None, fresh)


@app.command("second-laptop", hidden=True)
def second_laptop(url: str, code: str, data: Data = None, passphrase_file: PassFile = None) -> None:
    """The demo's second laptop: joins, then keeps typing and sending results until its input closes."""
    from canvass_app.services.demo.second_laptop import keep_sending

    session = _session(data, passphrase_file, "en")
    with session.book() as book:
        keep_sending(book, url, code, sys.stdin.buffer)


_IMPORTED = Text(
    "{added} added, {changed} changed, {unchanged} unchanged, {left_out} left out.",
    "{added} ajoutées, {changed} modifiées, {unchanged} inchangées, {left_out} laissées de côté.",
)
_REHEARSED = Text("This was a rehearsal: nothing was changed.", "C’était un essai : rien n’a été modifié.")
_LEFT_OUT = Text("Left out ({count}):", "Laissées de côté ({count}) :")
_CHANGED = Text("Read differently from the file ({count}):", "Lues autrement que dans le fichier ({count}) :")
_NOTES = Text("To know ({count}):", "À savoir ({count}) :")
_LINE = Text("line", "ligne")
_DOORS = Text("doors", "portes")
_NO_TURFS = Text("No turfs yet.", "Aucun secteur pour le moment.")
_PRINTED = Text("{pages} pages: {file}", "{pages} pages : {file}")
_SAVED = Text("Saved: line {line}, {result}.", "Enregistré : ligne {line}, {result}.")
_FIGURES = Text(
    "{attempts} attempts, {contacts} contacts (contact rate {part} of {whole} attempts = {percent} %)\n"
    "{tried} of {doors} doors attempted; {identified} identified, {supporters} supporters, {pledges} pledges",
    "{attempts} tentatives, {contacts} contacts (taux de contact {part} sur {whole} tentatives = {percent} %)\n"
    "{tried} portes tentées sur {doors}; {identified} identifiées, {supporters} sympathisants, {pledges} engagements",
)
_JOINED = Text("This laptop has joined {url}.", "Cet ordinateur a joint {url}.")
_SYNCED = Text(
    "{pushed} events sent, {pulled} received; {pending} results not yet at headquarters.",
    "{pushed} événements envoyés, {pulled} reçus; {pending} résultats pas encore au quartier général.",
)
_CHECKED = Text(
    "Checked: {events} events in {ridings} ridings.",
    "Vérifié : {events} événements, {ridings} circonscriptions.",
)
