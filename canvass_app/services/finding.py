"""People and things as somebody at a terminal names them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from canvass_app.domain.address import fold, normalise_phone
from canvass_app.domain.errors import InputError, NotFound
from canvass_app.domain.ids import phone_subject
from canvass_app.domain.numbers import parse_page_code
from canvass_app.domain.people import without_title
from canvass_app.domain.phones import phone_number
from canvass_app.domain.text import Text

from .book import Book
from .history import HistoryKind
from .search import Hit, Readable, find

_MOST_SHOWN = 20
_MOST_FIT = 6
_NOBODY = Text(
    "Nobody of this name is in this riding. Nothing was changed.",
    "Personne de ce nom dans cette circonscription. Rien n’a été modifié.",
)
_SEVERAL = Text(
    "Several people match. Nothing was changed. Name one by the id in front:\n{rows}",
    "Plusieurs personnes correspondent. Rien n’a été modifié. Désignez-en une par l’identifiant devant son nom :\n{rows}",
)
_UNKNOWN = Text(
    "Nothing on this laptop goes by “{name}”. Look for it with Ctrl+K, or sync first.",
    "Rien sur cet ordinateur ne correspond à « {name} ». Cherchez avec Ctrl+K, ou synchronisez d’abord.",
)
_SEVERAL_FIT = Text(
    "Several fit “{text}”. Give the id: {shown}",
    "Plusieurs correspondent à « {text} ». Donnez l’identifiant : {shown}",
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
        wanted = sorted(fold(without_title(person)).split())
        exact = [h for h in hits if sorted(fold(h.title.say(language)).replace(",", " ").split()) == wanted]
        if len(exact) == 1:
            return exact[0].id
        rows = "\n".join(f"  {h.id.hex()}  {h.title.say(language)} · {h.detail}" for h in hits)
        raise InputError(_SEVERAL.fill(rows=rows))
    return hits[0].id


def tell_people(hits: Iterable[Hit], found: Callable[[int, list[bytes]], None]) -> None:
    """Tell `found`, by riding, of the people among these hits."""
    by_riding: dict[int, list[bytes]] = {}
    for hit in hits:
        if hit.kind == "person":
            by_riding.setdefault(hit.riding_id, []).append(hit.id)
    for riding_id, people in sorted(by_riding.items()):
        found(riding_id, people)


def find_subject(
    book: Book,
    kind: HistoryKind,
    name: str,
    found: Callable[[int, list[bytes]], None] = lambda _riding, _people: None,
) -> tuple[int, bytes]:
    """The riding and id that `name` means: an id, or what find-anything finds as the only thing of its kind.

    A list goes by its number or code, a phone by its digits. `found` is told, by riding, of the people whom an answer "several
    fit" is about to show, so that it can be recorded. Raises NotFound or InputError (several fit).
    """
    from .ridings import list_ridings
    from .voiding import find_outing
    from .withdrawing import find_import

    text = name.strip()
    ridings = [card.riding_id for card in list_ridings(book)]
    if kind == "phone":
        digits = normalise_phone(text)
        if not digits or not ridings:
            raise NotFound(_UNKNOWN.fill(name=text))
        return _phone_riding(book, ridings, digits), digits.encode()
    if kind == "shift":
        outing = find_outing(book, text)
        return outing.riding_id, outing.shift_id
    if kind == "import":
        file = find_import(book, text)
        return file.riding_id, file.roster_id
    if kind == "list" and not re.fullmatch(r"[0-9a-f]{32}", text):
        number = int(text) if text.isdecimal() else parse_page_code(text)[0]
        rows = book.read().query("SELECT riding_id, list_id FROM walk_list WHERE number = ?", (number,))
        if not rows:
            raise NotFound(_UNKNOWN.fill(name=text))
        return int(rows[0][0]), bytes(rows[0][1])
    if re.fullmatch(r"[0-9a-f]{32}", text):
        one = bytes.fromhex(text)
        rows = book.read().query("SELECT riding_id FROM event WHERE subject = ? LIMIT 1", (one,))
        table, column = {"list": ("walk_list", "list_id")}.get(kind, (kind, f"{kind}_id"))
        rows = rows or book.read().query(f"SELECT riding_id FROM {table} WHERE {column} = ?", (one,))
        if not rows:
            raise NotFound(_UNKNOWN.fill(name=text))
        return int(rows[0][0]), one
    hits = [hit for hit in find(book, text) if hit.kind == kind]
    if len(hits) > 1:
        hits = hits[:_MOST_FIT]
        tell_people(hits, found)
        shown = "; ".join(f"{hit.title.en} {hit.id.hex()}" for hit in hits)
        raise InputError(_SEVERAL_FIT.fill(text=text, shown=shown))
    if not hits:
        raise NotFound(_UNKNOWN.fill(name=text))
    return hits[0].riding_id, hits[0].id


def _phone_riding(book: Book, ridings: list[int], digits: str) -> int:
    rows = book.read().query("SELECT riding_id FROM person WHERE phone = ? LIMIT 1", (digits,))
    if rows:
        return int(rows[0][0])
    db, number = book.read(), phone_number(digits)
    said = "SELECT 1 FROM event WHERE riding_id = ? AND subject = ? LIMIT 1"
    told = (one for one in ridings if db.query(said, (one, phone_subject(one, number))))
    return next(told, ridings[0])
