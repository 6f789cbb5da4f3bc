"""Accepting the campaign's declaration from the command line: shown, asked, kept, told."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from canvass_app.domain.text import Text

from .options import outcome, takes_session
from .session import Session

if TYPE_CHECKING:
    from canvass_app.services.book import Book


@takes_session
def declare(
    session: Session,
    name: Annotated[str, typer.Option("--name", help="Your first and last name.")],
    yes: Annotated[bool, typer.Option("--yes", help="Accept without being asked once more.")] = False,
) -> int:
    """Read the campaign's declaration and accept it by name; headquarters hands nothing out before that."""
    from canvass_app.domain.declaration import checked_name
    from canvass_app.services.declaring import accept, declaration_of

    who = checked_name(name)
    with session.book(even_locked=True) as book:
        text = declaration_of(book)
        if text is None:
            session.answer(outcome(0, accepted=False, asked=False), [_NOT_ASKED.say(session.language)])
            return 0
        said = _said_before(session, book)
        if not session.as_json:
            print(text.say(session.language), end="\n\n")
        agreed = yes or _agrees(session, who)
        done = accept(book, who, session.language, read=text) if agreed else None
    words = _NOTHING if done is None else _TOLD if done.told else _KEPT
    session.answer(
        outcome(
            int(agreed and who not in said), unchanged=int(agreed and who in said), accepted=agreed, asked=True,
            told=done is not None and done.told, by=[*said, *({who} - {*said} if agreed else ())],
            declaration=text.say(session.language),
        ),
        [words.fill(name=who).say(session.language)],
    )  # fmt: skip
    return 0 if agreed else 1


def _said_before(session: Session, book: Book) -> list[str]:
    from canvass_app.services.declaring import accepted

    names = [one.by for one in accepted(book)]
    if names:
        session.say(_BEFORE, names=", ".join(names))
    return names


def _agrees(session: Session, who: str) -> bool:
    if session.as_json or not sys.stdin.isatty():
        return False
    return input(_ASK.fill(name=who).say(session.language) + " ").strip().lower() in ("yes", "oui")


_NOT_ASKED = Text(
    "This laptop’s campaign asks for no declaration. Nothing was changed.",
    "La campagne de cet ordinateur ne demande aucune déclaration. Rien n’a été modifié.",
)
_BEFORE = Text("Accepted on this laptop by: {names}.", "Acceptée sur cet ordinateur par : {names}.")
_ASK = Text("{name}, do you accept this? Type “yes”:", "{name}, acceptez-vous cela? Tapez « oui » :")
_NOTHING = Text(
    "Nothing was accepted. Add --yes to accept it as {name}.",
    "Rien n’a été accepté. Ajoutez --yes pour accepter au nom de {name}.",
)
_TOLD = Text(
    "Accepted by {name}; headquarters knows. “canvass-app sync” fetches what it has.",
    "Acceptée par {name}; le quartier général le sait. « canvass-app sync » récupère ce qu’il a.",
)
_KEPT = Text(
    "Accepted by {name} and kept here. Headquarters could not be told yet: the next “canvass-app sync” or bundle tells it.",
    "Acceptée par {name} et conservée ici. Le quartier général n’a pas encore pu l’apprendre : le prochain « canvass-app "
    "sync » ou le prochain lot le lui dira.",
)
