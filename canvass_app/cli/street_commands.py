"""The street network from the command line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from canvass_app.domain.errors import InputError
from canvass_app.domain.text import Text

from .options import Author, RidingOption, ridings_of, takes_session
from .progress_line import progress_line
from .session import COMMAND_LINE, Session

if TYPE_CHECKING:
    from canvass_app.services.book import Book
    from canvass_app.services.streets import StreetsReport

streets_app = typer.Typer(help="Streets.", rich_markup_mode=None)


@streets_app.callback()
def _streets() -> None:
    """Streets."""


@streets_app.command("import")
@takes_session
def streets_import(
    session: Session,
    file: Annotated[Path, typer.Argument(help="An OpenStreetMap extract (.osm.pbf, .osm) or GeoJSON lines.")],
    riding: RidingOption = None,
    credit: Annotated[str, typer.Option("--credit", help="Whom the map thanks for the data.")] = "",
    name: Author = COMMAND_LINE,
) -> None:
    """Take a riding's streets from a file; they replace the streets that it has."""
    from canvass_app.services.streets import import_streets

    with session.book() as book, progress_line(session) as progress:
        report = import_streets(
            book, the_riding(book, riding), file, author=name, attribution=credit, progress=progress
        )
    said = report.as_dict(session.language)
    session.answer(said, _lines(report, session.language))


def the_riding(book: Book, riding: str | None) -> int:
    ridings = ridings_of(book, riding)
    if len(ridings) != 1:
        raise InputError(_WHICH if ridings else _NONE)
    return ridings[0]


def _lines(report: StreetsReport, language: str) -> list[str]:
    said = report.as_dict(language)
    doors = said["doors"]
    lines = [
        (_SAME if report.unchanged else _TAKEN)
        .fill(count=said["segments"], shapes=report.shapes)
        .say(language),
        _FIT.fill(**{name: doors[name] for name in ("all", "well", "nearest", "far")}).say(language),
    ]
    if doors["interpolated"] or doors["no_place"]:
        lines.append(_PLACED.fill(interpolated=doors["interpolated"], none=doors["no_place"]).say(language))
    if doors["cut_off"]:
        lines.append(_CUT_OFF.fill(count=doors["cut_off"]).say(language))
    if report.attribution:
        lines.append(_THANKS.fill(whom=report.attribution).say(language))
    if said["left_out"]:
        lines.append(_LEFT_OUT.fill(count=len(said["left_out"])).say(language))
    for row in said["badly"][:10]:
        metres = "" if row["metres"] is None else f" ({row['metres']} m)"
        lines.append(f"  {row['address']}{metres}")
    if len(said["badly"]) > 10:
        lines.append(_MORE.say(language))
    return lines


_WHICH = Text(
    "There are several ridings on this laptop. Nothing was changed. Say which one with --riding.",
    "Cet ordinateur contient plusieurs circonscriptions. Rien n’a été modifié. Précisez laquelle avec --riding.",
)
_NONE = Text(
    "There is no riding on this laptop yet. Import its addresses, or sync, first.",
    "Cet ordinateur ne contient encore aucune circonscription. Importez d’abord ses adresses, ou synchronisez.",
)
_TAKEN = Text(
    "Taken: {count:segment|segments} of streets, paths and barriers, {shapes:area|areas} of water and parks.",
    "Repris : {count:tronçon|tronçons} de rues, de sentiers et d’obstacles, {shapes:surface|surfaces} d’eau et de parcs.",
)
_SAME = Text(
    "Nothing new: the {count:segment|segments} and {shapes:area|areas} are those that the riding has.",
    "Rien de nouveau : {count:tronçon|tronçons} et {shapes:surface|surfaces}, ceux que la circonscription a déjà.",
)
_FIT = Text(
    "Of {all:door|doors}, {well} on their own street by name, {nearest} on the nearest street, {far} more than 120 m from any.",
    "Sur {all:porte|portes}, {well} dans leur rue d’après son nom, {nearest} dans la rue la plus proche, {far} à plus de "
    "120 m de toute rue.",
)
_PLACED = Text(
    "Without coordinates: {interpolated} placed by civic number, {none} without a place.",
    "Sans coordonnées : {interpolated} situées par leur numéro civique, {none} sans emplacement.",
)
_CUT_OFF = Text(
    "{count:door is|doors are} on streets that no walk joins to the rest.",
    "{count:porte se trouve|portes se trouvent} dans des rues qu’aucune marche ne relie au reste.",
)
_THANKS = Text("The map thanks: {whom}.", "La carte remercie : {whom}.")
_LEFT_OUT = Text(
    "Left out of the file: {count:feature that is no line|features that are no lines}.",
    "Laissé de côté : {count:élément qui n’est pas une ligne|éléments qui ne sont pas des lignes}.",
)
_MORE = Text("  More with --json.", "  La suite avec --json.")
