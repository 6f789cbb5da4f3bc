"""Exports of people from the command line, and tracing one that leaked."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from canvass_app.domain.text import Text, how_many

from .options import Author, outcome, takes_session
from .session import Session

if TYPE_CHECKING:
    from canvass_app.services.exporting import Exported

export_app = typer.Typer(help="Lists of people that leave as a file.", no_args_is_help=True)

_ASK_PLAIN = Text(
    "Whoever finds this file can read it, and the record will say that it left open. Type “open” to go on:",
    "Quiconque trouve ce fichier peut le lire, et le registre dira qu’il est parti ouvert. Tapez « ouvert » pour continuer :",
)
_WRITTEN = Text(
    "“{file}” is written: {people:person|people}.", "« {file} » est écrit : {people:personne|personnes}."
)
_HELD = (
    Text("{n} person stays: marked “do not contact”.", "{n} personne reste : « ne pas contacter »."),
    Text("{n} people stay: marked “do not contact”.", "{n} personnes restent : « ne pas contacter »."),
)
_PASSPHRASE = Text(
    "Passphrase, shown only now and kept nowhere. Say it, do not send it with the file:\n\n    {passphrase}\n",
    "Phrase de passe, affichée maintenant seulement et conservée nulle part. Dites-la, ne l’envoyez pas avec le fichier :\n\n"
    "    {passphrase}\n",
)
_OPENS_WITH = Text(
    "7-Zip, WinZip, WinRAR and Keka open it. A few rows are invented, so that a leak can be traced; nobody lives there.",
    "7-Zip, WinZip, WinRAR et Keka l’ouvrent. Quelques lignes sont inventées pour retracer une fuite; personne n’habite là.",
)


@export_app.command("people")
@takes_session
def export_list(
    session: Session,
    out: Annotated[Path, typer.Argument(help="A folder, or a file; the export's code is added to its name.")],
    riding: Annotated[str, typer.Option("--riding", help="Riding number, such as 59036.")],
    reason: Annotated[str, typer.Option("--reason", help="What it is for and who gets it, in a few words.")],
    turf: Annotated[str, typer.Option("--turf", help="Only people of this turf, by its name.")] = "",
    walk_list: Annotated[
        str, typer.Option("--list", help="Only people of this walk list, such as 4127Y.")
    ] = "",
    only: Annotated[
        str, typer.Option("--filter", help="support=1,2, answer:QUESTION=ANSWER, or phone.")
    ] = "",
    columns: Annotated[
        str, typer.Option("--columns", help="Columns, in order; last,first,address,town,postal without it.")
    ] = "",
    plain: Annotated[
        bool, typer.Option("--plain", help="Leave the file unencrypted; asks again and is recorded.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="With --plain: do not ask again.")] = False,
    author: Author = "",
) -> None:
    """Write people to an encrypted archive. Needs a reason; who must not be contacted stays."""
    from canvass_app.services.export_people import read_choice, read_columns
    from canvass_app.services.exporting import Asked, export_people

    with session.book() as book:
        choice = read_choice(book, riding, turf, walk_list, only)
        asked = Asked(
            choice, reason, author or book.meta("author"), read_columns(columns), plain,
            plain_confirmed=plain and (yes or _agrees(session)), language=session.language,
        )  # fmt: skip
        done = export_people(book, asked, out)
    session.answer(
        outcome(
            0, added=1, file=str(done.path), export=done.code, passphrase=done.passphrase, people=done.rows,
            held_back=done.held_back, riding=choice.riding_id,
        ),
        [one.say(session.language) for one in _told(done)],
    )  # fmt: skip


def _agrees(session: Session) -> bool:
    if session.as_json or not sys.stdin.isatty():
        return False
    return input(_ASK_PLAIN.say(session.language) + " ").strip().lower() in ("open", "ouvert")


def _told(done: Exported) -> list[Text]:
    lines = [_WRITTEN.fill(file=done.path.name, people=done.rows)]
    if done.held_back:
        lines.append(how_many(done.held_back, *_HELD))
    if done.passphrase:
        lines.append(_PASSPHRASE.fill(passphrase=done.passphrase))
    return [*lines, _OPENS_WITH]


@takes_session
def trace_file(
    session: Session,
    file: Annotated[
        Path, typer.Argument(help="The leaked list: text (CSV) or a workbook, whole or in part.")
    ],
) -> None:
    """Which export of this laptop a leaked list came from, and how sure that is."""
    from canvass_app.services.export_tracing import trace_own, traced_json, traced_words

    with session.book() as book:
        traced = trace_own(book, file)
    session.answer(
        {**outcome(0, unchanged=1), **traced_json(traced)},
        [one.say(session.language) for one in traced_words(traced)],
    )
