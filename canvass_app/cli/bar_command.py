"""Do not contact, from the command line: one person, door or number, or a file of them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from canvass_app.domain.errors import InputError, NotFound
from canvass_app.domain.ids import phone_subject
from canvass_app.domain.phones import phone_number
from canvass_app.domain.text import Text

from .finding import recorder
from .options import Author, RidingOption, outcome, ridings_of, takes_session
from .session import COMMAND_LINE, Session

if TYPE_CHECKING:
    from canvass_app.services.bars import Target
    from canvass_app.services.book import Book

_BARRED = Text("Not contacted from now on: {what}.", "Plus de contact dès maintenant : {what}.")
_BARRED_ALREADY = Text(
    "Barred already: {what}. Nothing was changed.", "Interdit déjà : {what}. Rien n’a été modifié."
)
_LIFTED = Text("May be contacted again: {what}.", "Peut de nouveau être contacté : {what}.")
_NOT_BARRED = Text(
    "Not barred: {what}. Nothing was changed.", "Pas d’interdiction : {what}. Rien n’a été modifié."
)
_HOLDERS = Text("People here with this number: {people}.", "Personnes d’ici qui ont ce numéro : {people}.")
_NOTHING = Text(
    "Nobody and no door here fits “{text}”, and it is no telephone number. Nothing was changed.",
    "Personne ni aucune porte d’ici ne correspond à « {text} », et ce n’est pas un numéro. Rien n’a été modifié.",
)
_SEVERAL = Text(
    "Several fit “{text}”. Nothing was changed. Name one by the id in front:\n{rows}",
    "Plusieurs correspondent à « {text} ». Rien n’a été modifié. Désignez-en un par l’identifiant devant :\n{rows}",
)
_FILE = Text(
    "Numbers barred: {numbers}. Doors barred: {doors}. Barred already: {unchanged}. People no longer contacted that way: "
    "{people}. Rows left out: {left_out}.",
    "Numéros interdits : {numbers}. Portes interdites : {doors}. Interdits déjà : {unchanged}. Personnes qui ne sont plus "
    "contactées ainsi : {people}. Lignes laissées de côté : {left_out}.",
)
_REHEARSED = Text(
    "This was a rehearsal: nothing was changed.", "C’était une répétition : rien n’a été modifié."
)
_NO_RIDING = Text(
    "There is no riding on this laptop yet. Nothing was changed. Give one with --riding.",
    "Il n’y a pas encore de circonscription sur cet ordinateur. Rien n’a été modifié. Indiquez-en une avec --riding.",
)
_LINE = Text("  line {line}: {reason}", "  ligne {line} : {reason}")


@takes_session
def bar(
    session: Session,
    what: Annotated[str, typer.Argument(help="A person's name, an address, a telephone number, or an id.")],
    riding: RidingOption = None,
    lift: Annotated[bool, typer.Option("--lift", help="Lift the bar; --reason must say why.")] = False,
    reason: Annotated[str, typer.Option("--reason", help="In whose words, or why.")] = "",
    name: Author = COMMAND_LINE,
) -> None:
    """Do not contact a person, a door or a telephone number any more; or, with --lift, again."""
    from canvass_app.services.bars import holders_of, lift_bar, set_bar

    language = session.language
    with session.book() as book:
        ridings = ridings_of(book, riding)
        if not ridings:
            raise InputError(_NO_RIDING)
        number = phone_number(what)
        target: Target = "number"
        if number:
            wanted = [(one, phone_subject(one, number)) for one in ridings]
            title = number
            holders = sum(len(holders_of(book.read(), one, number)) for one in ridings)
        else:
            target, at, one, title = _found(book, what, ridings, language)
            wanted, holders = [(at, one)], 0
        changed = 0
        for at, one in wanted:
            if lift:
                changes = lift_bar(book, at, target, one, author=name, reason=reason)
            else:
                changes = set_bar(book, at, target, one, author=name, reason=reason)
            changed += bool(changes.ridings)
    words = (_LIFTED if changed else _NOT_BARRED) if lift else (_BARRED if changed else _BARRED_ALREADY)
    lines = [words.fill(what=title).say(language)]
    if number:
        lines.append(_HOLDERS.fill(people=holders).say(language))
    session.answer(
        outcome(
            changed,
            unchanged=len(wanted) - changed,
            target=target,
            lifted=lift and bool(changed),
            people=holders,
        ),
        lines,
    )


def _found(book: Book, text: str, ridings: list[int], language: str) -> tuple[Target, int, bytes, str]:
    from canvass_app.services.finding import tell_people
    from canvass_app.services.search import find

    if re.fullmatch(r"[0-9a-f]{32}", text.strip().lower()):
        one = bytes.fromhex(text.strip())
        kinds: tuple[Target, ...] = ("person", "door")
        for kind in kinds:
            sql = f"SELECT riding_id FROM {kind} WHERE {kind}_id = ?"
            for (at,) in book.read().query(sql, (one,)):
                if int(at) in ridings:
                    return kind, int(at), one, text.strip()
        raise NotFound(_NOTHING.fill(text=text))
    hits = [hit for hit in find(book, text) if hit.kind in ("person", "door") and hit.riding_id in ridings]
    if not hits:
        raise NotFound(_NOTHING.fill(text=text))
    # Whichever way it goes, their names are shown.
    tell_people(hits, recorder(book))
    if len(hits) > 1:
        rows = "\n".join(f"  {hit.id.hex()}  {hit.title.say(language)} · {hit.detail}" for hit in hits)
        raise InputError(_SEVERAL.fill(text=text, rows=rows))
    hit = hits[0]
    return "person" if hit.kind == "person" else "door", hit.riding_id, hit.id, hit.title.say(language)


@takes_session
def bar_list(
    session: Session,
    file: Annotated[Path, typer.Argument(help="A table with telephone numbers, addresses, or both.")],
    riding: RidingOption = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would happen; change nothing.")
    ] = False,
    reason: Annotated[str, typer.Option("--reason", help="Where the list comes from.")] = "",
    name: Author = COMMAND_LINE,
) -> None:
    """Do not contact any number or address of a file; the same file again changes nothing."""
    from canvass_app.services.bar_files import bar_file

    with session.book() as book:
        ridings = ridings_of(book, riding)
        if not ridings:
            raise InputError(_NO_RIDING)
        report = bar_file(book, file, ridings, author=name, reason=reason, dry_run=dry_run)
    language = session.language
    lines = [
        _FILE.fill(
            numbers=report.numbers, doors=report.doors, unchanged=report.unchanged, people=report.people,
            left_out=len(report.left_out),
        ).say(language),
        *(_LINE.fill(line=one.line, reason=one.reason.say(language)).say(language) for one in report.left_out),
    ]  # fmt: skip
    if dry_run:
        lines.append(_REHEARSED.say(language))
    session.answer(report.as_dict(language), lines)
