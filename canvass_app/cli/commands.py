"""The commands of canvass-app: parse, call a service, print."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from canvass_app.domain.errors import CanvassError
from canvass_app.domain.riding import parse_riding
from canvass_app.domain.text import Text
from canvass_app.services import spoken_help

from . import assign_command as _assign_command  # noqa: F401 - its command joins `turfs`
from . import turf_commands as _turf_commands  # noqa: F401 - its commands join `turfs`
from .access_command import access
from .bar_command import bar, bar_list
from .bundle_commands import bundle_app
from .declare_command import declare
from .door_commands import move_door
from .erase_command import erase
from .event_commands import event_app
from .export_commands import export_app, trace_file
from .help_words import FRENCH
from .list_commands import import_app, lists_app, results_app, turfs_app
from .options import Data, Lang, PassFile, session_of, takes_session
from .places import terminal_language
from .record_commands import decisions_app, imports_app, shifts_app, show_history
from .selection_commands import selections_app
from .session import Session
from .street_commands import streets_app
from .team_commands import team_app
from .who_saw_command import who_saw

app = typer.Typer(
    name="canvass-app", add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None
)
app.add_typer(import_app, name="import")
app.add_typer(turfs_app, name="turfs")
app.add_typer(selections_app, name="selections")
app.add_typer(streets_app, name="streets")
app.add_typer(lists_app, name="walk-list")
app.add_typer(results_app, name="results")
app.command("access")(access)
app.command("who-saw")(who_saw)
app.command("declare")(declare)
app.command("erase")(erase)
app.command("bar")(bar)
app.command("bar-list")(bar_list)
app.add_typer(decisions_app, name="decisions")
app.add_typer(shifts_app, name="shifts")
app.add_typer(imports_app, name="imports")
app.command("history")(show_history)
app.command("move-door")(move_door)
app.add_typer(bundle_app, name="bundle")
app.add_typer(team_app, name="team")
app.add_typer(event_app, name="event")
app.add_typer(export_app, name="export")
app.command("trace")(trace_file)


def run(arguments: Sequence[str]) -> int:
    """Run one command; its exit code: 0 done, 1 a trouble told in words, 2 a wrong call."""
    data = _asked("--data", arguments)
    language = terminal_language(_asked("--lang", arguments), Path(data) if data else None)
    try:
        return spoken_help.run(app, "canvass-app", arguments, language, FRENCH)
    except CanvassError as error:
        print(error.say(language), file=sys.stderr)
        return 1


def _asked(option: str, arguments: Sequence[str]) -> str | None:
    for at, word in enumerate(arguments):
        if word == option and at + 1 < len(arguments):
            return arguments[at + 1]
        if word.startswith(f"{option}="):
            return word[len(option) + 1 :]
    return None


# --- figures ------------------------------------------------------------------------------------


@app.command("progress")
@takes_session
def show_progress(
    session: Session,
    riding: Annotated[str, typer.Option("--riding", help="Riding number, such as 59036.")],
) -> None:
    """The progress of a riding: attempts, contacts, contact rate, support, by day and by turf."""
    from canvass_app.services.progress import progress
    from canvass_app.services.ridings import get_riding

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
@takes_session
def join_headquarters(
    session: Session,
    url: Annotated[str, typer.Argument(help="Its address, or an enrolment file.")],
    code: Annotated[str, typer.Argument(help="The one-time code; an enrolment file holds it.")] = "",
    device: Annotated[str, typer.Option("--device", help="What headquarters calls this laptop.")] = "",
    ca: Annotated[
        Path | None, typer.Option("--ca", help="Certificate (PEM) of the campaign's own authority.")
    ] = None,
) -> None:
    """Join a campaign's headquarters with a one-time code or an enrolment file."""
    import platform

    from canvass_app.services.syncing import join
    from canvass_app.services.trust import SUFFIX, Invitation, read_ca, read_invitation

    if url.endswith(SUFFIX):
        given = read_invitation(Path(url))
        url = given.url
    else:
        given = Invitation(url, code, read_ca(ca) if ca else "")
    with session.book(even_locked=True) as book:
        report = join(book, url, given.code, device or platform.node() or "laptop", ca=given.ca)
    session.answer(
        {"joined": True, "url": url, "ridings": list(report.ridings)},
        [_JOINED.fill(url=url).say(session.language)],
    )


@app.command("sync")
@takes_session
def sync(
    session: Session,
) -> None:
    """Send what headquarters lacks and fetch what this laptop lacks."""
    from canvass_app.services.losing import losses
    from canvass_app.services.syncing import sync_now, sync_status

    with session.book(even_locked=True) as book:
        report = sync_now(book)
        status = sync_status(book)
        # What was taken from this laptop is told for a while, not by the one sync alone that took it.
        notes = list(dict.fromkeys([*report.notes, *(one.text for one in losses(book))]))
    told = [one.say(session.language) for one in notes]
    session.answer(
        {"pushed": report.pushed, "pulled": report.pulled, "assets": report.assets, "pending": status.pending,
         "receipt": status.receipt, "notes": told},
        [_SYNCED.fill(pushed=report.pushed, pulled=report.pulled, pending=status.pending).say(session.language), *told],
    )  # fmt: skip


@app.command("doctor")
@takes_session
def doctor(
    session: Session,
    repair: Annotated[
        bool,
        typer.Option(
            "--repair", help="Mend what is found; build a damaged database again and keep the damaged file."
        ),
    ] = False,
    from_journal: Annotated[
        bool,
        typer.Option("--from-journal", help="Build the database again from this laptop’s journal alone."),
    ] = False,
) -> int:
    """Check that the file is sound and that everything on screen follows from the events."""
    from canvass_app.domain.errors import Damaged
    from canvass_app.services.doctor import examine
    from canvass_app.services.salvage import Repair

    made: Repair | None = session.repair(from_journal=True) if from_journal else None
    try:
        with session.book(even_locked=True) as book:
            report = examine(book, repair=repair or from_journal)
    except Damaged:
        if not repair or made is not None:
            raise
        report = None
    if repair and made is None and (report is None or report.damaged):
        made = session.repair()
        with session.book(even_locked=True) as book:
            report = examine(book, repair=True)
    assert report is not None
    told = [text.say(session.language) for text in made.texts()] if made is not None else []
    checked = _CHECKED.fill(events=report.checked["events"], ridings=report.checked["ridings"])
    session.answer(
        report.as_dict(session.language) | {"rebuilt": told},
        [*told, *report.said(session.language), checked.say(session.language)],
    )
    return 0 if report.ok or report.repaired else 1


# --- tour and demo ------------------------------------------------------------------------------


@app.command("tour")
def tour(out: Annotated[Path, typer.Option("--out", help="Folder for the pictures.")]) -> None:
    """Open every screen on the demo campaign and keep pictures in both languages and themes."""
    from canvass_app.desktop.tour import run_tour

    pictures = run_tour(out)
    print(_PICTURES.fill(n=len(pictures), out=out).say(terminal_language(None)))


@app.command("demo")
def demo(
    data: Data = None,
    lang: Lang = None,
    fresh: Annotated[bool, typer.Option("--fresh", help="Make its data anew.")] = False,
) -> int:
    """The desktop on the demo campaign, with a headquarters and a second laptop on this computer."""
    from .demo import run_demo

    return run_demo(data, terminal_language(lang) if lang else None, fresh)


@app.command("second-laptop", hidden=True)
def second_laptop(url: str, code: str, data: Data = None, passphrase_file: PassFile = None) -> None:
    """The demo's second laptop: joins, then keeps typing and sending results until its input closes."""
    from canvass_app.services.demo.second_laptop import keep_sending

    session = session_of(data, passphrase_file, "en")
    with session.book() as book:
        keep_sending(book, url, code, sys.stdin.buffer)


_FIGURES = Text(
    "{attempts:attempt|attempts}, {contacts:contact|contacts} (contact rate {part} of {whole:attempt|attempts} = {percent} %)\n"
    "{tried} of {doors:door|doors} attempted; {identified} identified, {supporters:supporter|supporters}, "
    "{pledges:pledge|pledges}",
    "{attempts:tentative|tentatives}, {contacts:contact|contacts} (taux de contact {part} sur {whole:tentative|tentatives} = "
    "{percent} %)\n"
    "{tried:porte tentée|portes tentées} sur {doors}; {identified:personne identifiée|personnes identifiées}, "
    "{supporters:sympathisant|sympathisants}, {pledges:engagement|engagements}",
)
_PICTURES = Text("{n:picture|pictures}: {out}", "{n:image|images} : {out}")
_JOINED = Text("This laptop has joined {url}.", "Cet ordinateur s’est joint à {url}.")
_SYNCED = Text(
    "Events sent: {pushed}; received: {pulled}. Results not yet at headquarters: {pending}.",
    "Événements envoyés : {pushed}; reçus : {pulled}. Résultats pas encore au quartier général : {pending}.",
)
_CHECKED = Text(
    "Checked: {events:event|events}, {ridings:riding|ridings}.",
    "Vérification : {events:événement|événements}, {ridings:circonscription|circonscriptions}.",
)
