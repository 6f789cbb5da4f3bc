"""A person as somebody at a terminal names them."""

from __future__ import annotations

from collections.abc import Callable

from canvass_app.domain.address import fold
from canvass_app.domain.errors import InputError, NotFound
from canvass_app.domain.text import Text

from .search import Readable, find

_MOST_SHOWN = 20
_NOBODY = Text(
    "Nobody of this name is in this riding. Nothing was changed.",
    "Personne de ce nom dans cette circonscription. Rien n’a été modifié.",
)
_SEVERAL = Text(
    "Several people match. Nothing was changed. Name one by the id in front:\n{rows}",
    "Plusieurs personnes correspondent. Rien n’a été modifié. Désignez-en une par l’identifiant devant son nom :\n{rows}",
)


def id_of(person: str) -> bytes | None:
    """The id that 32 digits are; None for anything else."""
    plain = person.strip().lower()
    return bytes.fromhex(plain) if len(plain) == 32 and set(plain) <= set("0123456789abcdef") else None


def find_person(
    book: Readable,
    riding_id: int,
    person: str,
    language: str,
    found: Callable[[list[bytes]], None] = lambda _: None,
) -> bytes:
    """The id of the one person meant: a name, or an id of 32 digits. Raises NotFound, or InputError that lists who match.

    `found` is told of those who match before they are shown, so that it can be recorded.
    """
    known = id_of(person)
    if known is not None:
        return known
    hits = [h for h in find(book, person, _MOST_SHOWN) if h.kind == "person" and h.riding_id == riding_id]
    if not hits:
        raise NotFound(_NOBODY)
    found([h.id for h in hits])
    if len(hits) > 1:
        # “Roy, Marie” means her, not “Roy, Jean-Marie”.
        wanted = sorted(fold(person).split())
        exact = [h for h in hits if sorted(fold(h.title.say(language)).replace(",", " ").split()) == wanted]
        if len(exact) == 1:
            return exact[0].id
        rows = "\n".join(f"  {h.id.hex()}  {h.title.say(language)} · {h.detail}" for h in hits)
        raise InputError(_SEVERAL.fill(rows=rows))
    return hits[0].id
