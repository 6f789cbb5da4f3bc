"""Headquarters by stick, from the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from canvass_app.domain.text import Text

from .options import takes_session
from .session import Session

bundle_app = typer.Typer(help="Headquarters by stick.", rich_markup_mode=None)


@bundle_app.command("export")
@takes_session
def export_file(
    session: Session,
    folder: Annotated[Path, typer.Argument(help="Where the bundle goes: a stick, a folder.")],
    ask: Annotated[
        bool,
        typer.Option("--ask", help="Even with nothing to send: headquarters answers with what others did."),
    ] = False,
) -> None:
    """Write what headquarters does not have yet into a sealed file."""
    from canvass_app.services.bundling import write_bundle

    with session.book(even_locked=True) as book:
        written = write_bundle(book, folder, ask=ask)
    shifts = [
        {"volunteer": volunteer, "day": day, "results": results} for volunteer, day, results in written.shifts
    ]
    session.answer(
        {"added": written.events, "changed": 0, "unchanged": 0, "left_out": [], "file": str(written.path),
         "bytes": written.size, "results": written.results, "shifts": shifts,
         "for": written.for_whom.say(session.language)},
        [
            _WRITTEN.fill(
                path=written.path, results=written.results, events=written.events,
                whom=written.for_whom.say(session.language),
            ).say(session.language),
            *(_SHIFT.fill(**one).say(session.language) for one in shifts),
        ],
    )  # fmt: skip


@bundle_app.command("import")
@takes_session
def import_files(
    session: Session,
    files: Annotated[list[Path], typer.Argument(help="Answers (.canvass-down), or folders that hold some.")],
) -> int:
    """Take in headquarters' answer: receipts for what was sent, and what others did."""
    from canvass_app.domain.errors import FileProblem, Refused
    from canvass_app.services.bundle_files import bundles_in
    from canvass_app.services.bundling import import_bundle
    from canvass_app.services.syncing import sync_status
    from canvass_app.sync.bundles import DOWN

    left_out: list[dict[str, str]] = []
    notes: list[str] = []
    acknowledged = pulled = taken = 0
    receipts: dict[int, str] = {}
    with session.book(even_locked=True) as book:
        for path in [one for file in files for one in (bundles_in(file, DOWN) if file.is_dir() else [file])]:
            try:
                brought = import_bundle(book, path)
            except (FileProblem, Refused) as error:
                left_out.append({"file": path.name, "reason": error.say(session.language)})
                continue
            taken += 1
            acknowledged, pulled = acknowledged + brought.acknowledged, pulled + brought.pulled
            receipts |= brought.receipts
            notes += [note.say(session.language) for note in brought.notes]
        pending = sync_status(book).pending
    report: dict[str, Any] = {
        "added": pulled, "changed": acknowledged, "unchanged": 0, "left_out": left_out,
        "receipts": {str(riding): name for riding, name in receipts.items()}, "acknowledged": acknowledged,
        "pulled": pulled, "pending": pending, "notes": notes,
    }  # fmt: skip
    lines = [one["reason"] for one in left_out]
    if taken:
        lines.append(
            _TAKEN.fill(acknowledged=acknowledged, pulled=pulled, pending=pending).say(session.language)
        )
    session.answer(report, lines + notes)
    return 0 if taken and not left_out else 1


_WRITTEN = Text(
    "{path}: {results:result|results} ({events:event|events}) for {whom}. It reads back: the stick is safe to remove once your system "
    "has ejected it.",
    "{path} : {results:résultat|résultats} ({events:événement|événements}) pour {whom}. Il se relit : la clé peut être retirée dès que votre "
    "système l’a éjectée.",
)
_SHIFT = Text(
    "  {day}, {volunteer}: {results:result|results}", "  {day}, {volunteer} : {results:résultat|résultats}"
)
_TAKEN = Text(
    "Headquarters has acknowledged {acknowledged:event|events}; events of others that came: {pulled}. Results not yet at "
    "headquarters: {pending}.",
    "Le quartier général a accusé réception de {acknowledged:événement|événements}; événements des autres arrivés : {pulled}. "
    "Résultats pas encore au quartier général : {pending}.",
)
