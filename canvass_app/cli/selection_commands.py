"""Selections of doors from the command line: typed, counted, saved under a name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from canvass_app.domain.errors import InputError
from canvass_app.domain.text import Text

from .options import Author, RidingOption, outcome, ridings_of, takes_session
from .session import COMMAND_LINE, Session
from .team_commands import riding_meant

if TYPE_CHECKING:
    from canvass_app.domain.selections import Selection
    from canvass_app.services.book import Book
    from canvass_app.services.saved_selections import SavedSelection
    from canvass_app.services.selections import Counted

selections_app = typer.Typer(help="Selections of doors.", rich_markup_mode=None)

Name = Annotated[str, typer.Argument(help="The selection's name, or its id's beginning.")]
Barred = Annotated[bool, typer.Option("--barred", help="Doors that nobody is to knock at, too.")]
Out = Annotated[bool, typer.Option("--checked-out", help="Doors on walk lists that are out, too.")]
_TYPED = 'Which doors, such as: state:not_home and street:"Birch St" odd 1-99 and not tried-since:2026-11-01'


@selections_app.command("list")
@takes_session
def selections_list(session: Session, riding: RidingOption = None) -> None:
    """List the saved selections with what each means and how many doors that is now."""
    from canvass_app.services.saved_selections import list_selections

    said: list[dict[str, Any]] = []
    with session.book() as book:
        for riding_id in ridings_of(book, riding):
            saved = list_selections(book, riding_id)
            said += [_described(book, riding_id, one, session.language) for one in saved]
    lines = [
        f"{one['id'][:8]}  {one['name']}  {one['doors'] if one['doors'] is not None else '?'}  {one['words']}"
        for one in said
    ]
    session.answer({"selections": said}, lines or [_NONE_YET.say(session.language)])


@selections_app.command("save")
@takes_session
def selections_save(
    session: Session,
    selection: Annotated[str, typer.Argument(help="A new name, or a saved selection's name or id.")],
    doors: Annotated[str, typer.Argument(help=_TYPED)] = "",
    riding: RidingOption = None,
    barred: Barred = False,
    out: Out = False,
    rename: Annotated[str, typer.Option("--rename", help="The name it has from now on.")] = "",
    name: Author = COMMAND_LINE,
) -> None:
    """Save a selection under a name, change the one that has it, or rename it."""
    from dataclasses import replace

    from canvass_app.domain.errors import NotFound
    from canvass_app.services.saved_selections import find_selection, save_selection

    wanted = _typed(doors, barred, out) if doors.strip() else None
    with session.book() as book:
        riding_id = riding_meant(book, riding)
        known: SavedSelection | None = None
        try:
            known = find_selection(book, riding_id, selection)
        except NotFound:
            if wanted is None:
                raise
        meant = wanted or (known.selection if known else None)
        if meant is None:
            raise InputError(_NEWER)
        meant = replace(meant, barred=meant.barred or barred, out=meant.out or out)
        called = rename or (known.name if known else selection)
        kept = save_selection(
            book, riding_id, called, meant, selection_id=known.selection_id if known else b"", author=name
        )
        changed = bool(kept.changes)
        found = find_selection(book, riding_id, kept.selection_id.hex())
        described = _described(book, riding_id, found, session.language)
    new = known is None
    session.answer(
        outcome(int(changed and not new), added=int(new), unchanged=int(not changed), selection=described),
        [_SAVED.fill(name=found.name, words=_words_of(book, found)).say(session.language)],
    )


@selections_app.command("show")
@takes_session
def selections_show(session: Session, selection: Name, riding: RidingOption = None) -> None:
    """Show a saved selection: in words, as it is typed, who edited it last, and how many doors it means."""
    from canvass_app.services.saved_selections import find_selection

    with session.book() as book:
        riding_id = riding_meant(book, riding)
        found = find_selection(book, riding_id, selection)
        said = _described(book, riding_id, found, session.language)
        lines = [f"{said['id'][:8]}  {found.name}", f"  {said['words']}"]
        if found.selection is not None:
            lines.append(f"  {said['typed']}")
            lines += _count_lines(_count(book, riding_id, found.selection), session.language)
        lines.append("  " + _EDITED.fill(who=found.editor or "?", day=said["edited"]).say(session.language))
    session.answer(said, lines)


@selections_app.command("count")
@takes_session
def selections_count(
    session: Session,
    doors: Annotated[str, typer.Argument(help=_TYPED + ". Or a saved selection's name.")],
    riding: RidingOption = None,
    barred: Barred = False,
    out: Out = False,
) -> None:
    """Count the doors that a typed or saved selection means, and those kept out of it."""
    from canvass_app.domain.selection_words import selection_words

    said: list[dict[str, Any]] = []
    lines: list[str] = []
    with session.book() as book:
        script = book.campaign.script if book.campaign else None
        for riding_id in ridings_of(book, riding):
            meant = selection_meant(book, riding_id, doors, barred=barred, out=out)
            words, found = (
                selection_words(meant, script).say(session.language),
                _count(book, riding_id, meant),
            )
            said.append({"riding": riding_id, "words": words, **_figures(found)})
            lines += [words, *_count_lines(found, session.language)]
    session.answer({"ridings": said}, lines)


@selections_app.command("remove")
@takes_session
def selections_remove(
    session: Session,
    selection: Name,
    riding: RidingOption = None,
    again: Annotated[bool, typer.Option("--again", help="Bring a removed selection back.")] = False,
    name: Author = COMMAND_LINE,
) -> None:
    """Remove a saved selection, or bring it back; no door changes."""
    from canvass_app.services.saved_selections import find_selection, remove_selection

    with session.book() as book:
        riding_id = riding_meant(book, riding)
        found = find_selection(book, riding_id, selection, removed=again)
        changed = found.removed == again
        if changed:
            remove_selection(book, riding_id, found.selection_id, not again, author=name)
    words = _BACK if again else _REMOVED
    session.answer(
        outcome(int(changed), unchanged=int(not changed), id=found.selection_id.hex()),
        [words.fill(name=found.name).say(session.language)],
    )


def selection_meant(
    book: Book, riding_id: int, text: str, *, barred: bool = False, out: bool = False
) -> Selection:
    """The saved selection of that name or id, or else what is typed. Raises InputError."""
    from dataclasses import replace

    from canvass_app.domain.errors import NotFound
    from canvass_app.services.saved_selections import find_selection

    try:
        saved = find_selection(book, riding_id, text)
    except NotFound:
        return _typed(text, barred, out)
    if saved.selection is None:
        raise InputError(_NEWER)
    return replace(saved.selection, barred=saved.selection.barred or barred, out=saved.selection.out or out)


def _typed(text: str, barred: bool, out: bool) -> Selection:
    from canvass_app.domain.selection_language import parse_selection
    from canvass_app.domain.selections import Selection

    return Selection(parse_selection(text), barred, out)


def _count(book: Book, riding_id: int, selection: Selection) -> Counted:
    from canvass_app.services.selections import count

    return count(book, riding_id, selection)


def _figures(found: Counted | None) -> dict[str, int | None]:
    if found is None:
        return {"doors": None, "barred": None, "checked_out": None}
    return {"doors": found.doors, "barred": found.barred, "checked_out": found.out}


def _words_of(book: Book, found: SavedSelection) -> Text:
    from canvass_app.domain.selection_words import selection_words

    if found.selection is None:
        return _NEWER
    return selection_words(found.selection, book.campaign.script if book.campaign else None)


def _described(book: Book, riding_id: int, found: SavedSelection, language: str) -> dict[str, Any]:
    from canvass_app.domain.selection_language import typed
    from canvass_app.storage.days import local_day

    meant = found.selection
    return {
        "id": found.selection_id.hex(), "riding": riding_id, "name": found.name,
        "words": _words_of(book, found).say(language), "typed": typed(meant.where) if meant else None,
        "with_barred": meant.barred if meant else None, "with_checked_out": meant.out if meant else None,
        "edited_by": found.editor, "edited": local_day(found.edited_ms, book.time_zone),
        **_figures(_count(book, riding_id, meant) if meant else None),
    }  # fmt: skip


def _count_lines(found: Counted, language: str) -> list[str]:
    lines = ["  " + _DOORS.fill(doors=found.doors).say(language)]
    if found.barred:
        lines.append("  " + _KEPT_BARRED.fill(doors=found.barred).say(language))
    if found.out:
        lines.append("  " + _KEPT_OUT.fill(doors=found.out).say(language))
    return lines


_NONE_YET = Text(
    "No saved selections yet. “canvass-app selections save NAME DOORS” keeps one.",
    "Aucune sélection enregistrée pour le moment. « canvass-app selections save NOM PORTES » en garde une.",
)
_NEWER = Text(
    "A newer version of Canvass made this selection. Nothing was changed. Update Canvass to use it.",
    "Une version plus récente de Canvass a fait cette sélection. Rien n’a été modifié. Mettez Canvass à jour pour vous "
    "en servir.",
)
_SAVED = Text("Saved: {name} ({words}).", "Enregistré : {name} ({words}).")
_EDITED = Text("Last edited by {who}, {day}.", "Dernière modification : {who}, {day}.")
_DOORS = Text("{doors:door|doors}", "{doors:porte|portes}")
_KEPT_BARRED = Text(
    "Kept out: {doors:door|doors} where nobody is to knock (--barred adds them).",
    "Mises de côté : {doors:porte|portes} où l’on ne doit pas frapper (--barred les ajoute).",
)
_KEPT_OUT = Text(
    "Checked out: {doors:door|doors} on walk lists that are not back (--checked-out adds them).",
    "Déjà remises : {doors:porte|portes} sur des listes qui ne sont pas revenues (--checked-out les ajoute).",
)
_REMOVED = Text("Removed: {name}.", "Retiré : {name}.")
_BACK = Text("{name} is back.", "{name} est de retour.")
