"""Doors from the command line."""

from __future__ import annotations

from typing import Annotated

import typer

from canvass_app.domain.riding import parse_riding
from canvass_app.domain.text import Text

from .options import Author, outcome, takes_session
from .session import COMMAND_LINE, Session

_MOVED = Text(
    "The door is in riding {to} now. What happened there stays counted in riding {riding}.",
    "La porte est maintenant dans la circonscription {to}. Ce qui s’y est passé reste compté dans la circonscription "
    "{riding}.",
)


@takes_session
def move_door(
    session: Session,
    door: Annotated[str, typer.Argument(help="An address, or a door's id.")],
    to: Annotated[str, typer.Argument(help="The riding it belongs to, such as 59037.")],
    name: Author = COMMAND_LINE,
) -> None:
    """Say that a door belongs to another riding; the attempts made there stay counted where they were made."""
    from canvass_app.services.finding import find_subject
    from canvass_app.services.riding_moves import correct_riding

    with session.book() as book:
        riding_id, door_id = find_subject(book, "door", door)
        other = parse_riding(to, riding_id // 100_000)
        correct_riding(book, riding_id, door_id, other, name)
    session.answer(
        outcome(1, door=door_id.hex(), riding=other),
        [_MOVED.fill(to=other % 100_000, riding=riding_id % 100_000).say(session.language)],
    )
