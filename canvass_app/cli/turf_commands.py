"""Cutting turfs and taking them along, from the command line."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from canvass_app.domain.errors import InputError
from canvass_app.domain.text import Text

from .list_commands import turfs_app
from .options import Author, RidingOption, outcome, takes_session
from .session import COMMAND_LINE, Session
from .street_commands import the_riding

if TYPE_CHECKING:
    from canvass_app.services.book import Book
    from canvass_app.services.cutting import CutProposal, Report


@turfs_app.command("cut")
@takes_session
def turfs_cut(
    session: Session,
    riding: RidingOption = None,
    minutes: Annotated[int | None, typer.Option("--minutes", help="So many minutes a turf.")] = None,
    doors: Annotated[int | None, typer.Option("--doors", help="So many doors a turf.")] = None,
    turfs: Annotated[int | None, typer.Option("--turfs", help="So many turfs, one a volunteer.")] = None,
    selection: Annotated[
        str, typer.Option("--selection", help="Only these doors: typed, or a saved selection's name.")
    ] = "",
    seed: Annotated[int, typer.Option("--seed", help="Another number gives another cut; the same gives the same.")] = 1,
    meeting: Annotated[
        list[str] | None, typer.Option("--meeting", help="Where volunteers meet: LATITUDE,LONGITUDE.")
    ] = None,
    take: Annotated[bool, typer.Option("--take", help="Doors of other turfs too.")] = False,
    houses: Annotated[bool, typer.Option("--houses", help="Leave buildings of six doors and more out.")] = False,
    building: Annotated[
        int | None, typer.Option("--building", help="From so many doors a building is a turf by itself.")
    ] = None,
    one_side: Annotated[
        bool, typer.Option("--not-across-major", help="Keep each turf on one side of major streets.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen; change nothing.")] = False,
    name: Author = COMMAND_LINE,
) -> None:  # fmt: skip
    """Cut the doors that are in no turf into turfs that take about the same time and hang together."""
    from canvass_app.services.cutting import Wish, accept_cut, propose_cut

    wish = Wish(
        minutes, doors, turfs, seed, tuple(_point(text) for text in meeting or ()), take, building, not houses,
        not one_side,
    )  # fmt: skip
    with session.book() as book:
        riding_id = the_riding(book, riding)
        chosen = _chosen(book, riding_id, selection) if selection.strip() else None
        found = propose_cut(book, riding_id, wish, chosen, report=_told(session), language=session.language)
        if not dry_run:
            accept_cut(book, riding_id, found.turfs, author=name)
    session.answer(
        {
            **outcome(0, added=0 if dry_run else len(found.turfs), riding=riding_id),
            **found.as_dict(session.language),
        },
        _lines(found, session.language, dry_run),
    )


def _chosen(book: Book, riding_id: int, selection: str) -> list[bytes]:
    from canvass_app.services.selections import doors_of

    from .selection_commands import selection_meant

    return doors_of(book, riding_id, selection_meant(book, riding_id, selection)).door_ids


def _told(session: Session) -> Report:
    """Progress on the terminal, on one line; nothing where nobody looks."""
    if not sys.stderr.isatty():
        return lambda what, done, total: None

    def tell(what: Text, done: int, total: int) -> None:
        end = "\n" if done >= total else ""
        print(f"\r{what.say(session.language)} {100 * done // max(total, 1)} %  ", end=end, file=sys.stderr)

    return tell


def _point(text: str) -> tuple[int, int]:
    try:
        lat, lon = (round(float(part) * 1_000_000) for part in text.split(","))
    except ValueError:
        raise InputError(_NO_POINT.fill(text=text)) from None
    if not (-90_000_000 <= lat <= 90_000_000 and -180_000_000 <= lon <= 180_000_000):
        raise InputError(_NO_POINT.fill(text=text))
    return lon, lat


def _lines(found: CutProposal, language: str, dry_run: bool) -> list[str]:
    said = found.as_dict(language)
    lines = [
        f"{row['name']:<16} {row['doors']:>5} {_DOORS.say(language)} {row['minutes']:>4} min {row['metres'] / 1000:>6.1f} km"
        f"{'  ' + _APART.say(language) if row['apart'] else ''}"
        for row in said["turfs"]
    ]
    head = (_WOULD if dry_run else _MADE).fill(count=len(found.turfs), doors=said["doors"])
    lines.append(head.say(language))
    if len(found.turfs) > 1:
        lines.append(_EVEN.fill(**{k: f"{v:.2f}" for k, v in said["balance"].items()}).say(language))
    lines += [_OUT.fill(doors=row["doors"], reason=row["reason"]).say(language) for row in said["left_out"]]
    return lines


@turfs_app.command("export")
@takes_session
def turfs_export(
    session: Session,
    out: Annotated[Path, typer.Option("--out", help="The file to write.")],
    form: Annotated[str, typer.Option("--format", help="geojson or csv.")] = "geojson",
    riding: RidingOption = None,
) -> None:
    """Write the turfs with their addresses in walk order, for a map or a table; nobody's name is in it."""
    from canvass_app.services.turf_export import FORMATS, export_turfs

    if form not in FORMATS:
        raise InputError(_NO_FORMAT.fill(form=form))
    with session.book() as book:
        turfs, doors = export_turfs(book, the_riding(book, riding), form, out)
    session.answer(
        {"turfs": turfs, "doors": doors, "file": str(out)},
        [_WRITTEN.fill(turfs=turfs, doors=doors, file=out.name).say(session.language)],
    )


_DOORS = Text("doors", "portes")
_APART = Text("(by itself)", "(à part)")
_MADE = Text(
    "{count:turf|turfs} made of {doors:door|doors}.",
    "{count:secteur créé|secteurs créés}, {doors:porte|portes}.",
)
_WOULD = Text(
    "{count:turf|turfs} of {doors:door|doors} would be made. This was a rehearsal: nothing was changed.",
    "{count:secteur serait créé|secteurs seraient créés}, {doors:porte|portes}. C’était un essai : rien n’a été modifié.",
)
_EVEN = Text(
    "The largest over the smallest: {doors} in doors, {minutes} in time.",
    "Le plus grand sur le plus petit : {doors} en portes, {minutes} en temps.",
)
_OUT = Text("Left out: {doors:door|doors}, {reason}.", "Laissé de côté : {doors:porte|portes}, {reason}.")
_NO_POINT = Text(
    "“{text}” is no place: latitude and longitude with a comma between them, such as 45.42,-75.69. Nothing was changed.",
    "« {text} » n’est pas un lieu : latitude et longitude séparées par une virgule, par exemple 45.42,-75.69. Rien n’a été "
    "modifié.",
)
_NO_FORMAT = Text(
    "“{form}” is no format: geojson or csv. Nothing was written.",
    "« {form} » n’est pas un format : geojson ou csv. Rien n’a été écrit.",
)
_WRITTEN = Text(
    "{turfs:turf|turfs} with {doors:door|doors} written to “{file}”.",
    "{turfs:secteur écrit|secteurs écrits} dans « {file} », {doors:porte|portes}.",
)
