"""Saved selections: kept under a name, shared in the riding, changed by whoever prepares. And what a riding offers to choose."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from canvass_app.domain.address import fold
from canvass_app.domain.errors import InputError, NotFound
from canvass_app.domain.selections import Selection, as_json, checked, from_json
from canvass_app.domain.text import Text
from canvass_app.ledger.kinds import SelectionRemoved, SelectionSaved
from canvass_app.storage.changes import ChangeSet

from .book import Book

if TYPE_CHECKING:
    from .act import Act

MAX_NAME = 80
_ID_DIGITS = 8


@dataclass(frozen=True, slots=True)
class SavedSelection:
    """A selection with its name. `selection` is None when a newer program made it, and this one cannot read it."""

    selection_id: bytes
    name: str
    selection: Selection | None
    editor: str
    edited_ms: int
    removed: bool


@dataclass(frozen=True, slots=True)
class SelectionKept:
    """A selection that was saved."""

    selection_id: bytes
    changes: ChangeSet


def list_selections(book: Book, riding_id: int, *, removed: bool = False) -> list[SavedSelection]:
    """The saved selections of a riding by name; with `removed`, those that were removed too."""
    rows = book.read().query(
        "SELECT selection_id, name, definition, editor, edited_ms, removed FROM selection WHERE riding_id = ?"
        " AND removed <= ?",
        (riding_id, int(removed)),
    )
    found = [
        SavedSelection(bytes(one), name, _readable(definition), editor, int(edited), bool(gone))
        for one, name, definition, editor, edited, gone in rows
    ]
    return sorted(found, key=lambda one: (fold(one.name), one.selection_id))


def _readable(definition: str) -> Selection | None:
    try:
        return from_json(definition)
    except InputError:
        return None


def save_selection(
    book: Book,
    riding_id: int,
    name: str,
    selection: Selection,
    *,
    selection_id: bytes = b"",
    author: str = "",
) -> SelectionKept:
    """Keep a selection under a name: a new one, or `selection_id` changed; only what differs is written.

    Raises InputError (no name, a name that another one has, what can be no selection).
    """
    tidy, said = _name(name), as_json(checked(selection))
    with book.act(author) as act:
        before = next(iter(_rows(act, riding_id, selection_id)), None) if selection_id else None
        if before is None or fold(before[0]) != fold(tidy):
            _check_free(act, riding_id, tidy, selection_id)
        body = SelectionSaved(
            name=tidy if before is None or before[0] != tidy else None,
            query=said if before is None or before[1] != said else None,
        )
        made = selection_id or os.urandom(16)
        if body.sets():
            act.add(riding_id, made, body)
        if before is not None and before[2]:
            act.add(riding_id, made, SelectionRemoved(removed=False))
    return SelectionKept(made, act.changes)


def rename_selection(
    book: Book, riding_id: int, selection_id: bytes, name: str, *, author: str = ""
) -> ChangeSet:
    """Give a selection another name. Raises InputError (no name, a name that another one has)."""
    tidy = _name(name)
    with book.act(author) as act:
        _check_free(act, riding_id, tidy, selection_id)
        act.add(riding_id, selection_id, SelectionSaved(name=tidy))
    return act.changes


def remove_selection(
    book: Book, riding_id: int, selection_id: bytes, removed: bool = True, *, author: str = ""
) -> ChangeSet:
    """Take a selection away, or bring it back."""
    with book.act(author) as act:
        act.add(riding_id, selection_id, SelectionRemoved(removed=removed))
    return act.changes


def find_selection(book: Book, riding_id: int, text: str, *, removed: bool = False) -> SavedSelection:
    """The saved selection of that name, or whose id begins so (eight digits at least). Raises NotFound, InputError."""
    known = list_selections(book, riding_id, removed=removed)
    start = text.strip().lower()
    hits = [
        one for one in known if len(start) >= _ID_DIGITS and one.selection_id.hex().startswith(start)
    ] or [one for one in known if fold(one.name) == fold(text)]
    if not hits:
        raise NotFound(_NOT_FOUND.fill(name=text.strip()))
    if len(hits) > 1:
        raise InputError(_SEVERAL.fill(ids=", ".join(one.selection_id.hex()[:8] for one in hits)))
    return hits[0]


def _rows(act: Act, riding_id: int, selection_id: bytes) -> list[tuple[str, str, int]]:
    rows = act.db.query(
        "SELECT name, definition, removed FROM selection WHERE riding_id = ? AND selection_id = ?",
        (riding_id, selection_id),
    )
    return [(str(name), str(definition), int(removed)) for name, definition, removed in rows]


def _check_free(act: Act, riding_id: int, name: str, but: bytes) -> None:
    rows = act.db.query(
        "SELECT selection_id, name FROM selection WHERE riding_id = ? AND removed = 0", (riding_id,)
    )
    if any(fold(other) == fold(name) and bytes(one) != but for one, other in rows):
        raise InputError(_TAKEN.fill(name=name))


def _name(name: str) -> str:
    tidy = " ".join(name.split())[:MAX_NAME]
    if not fold(tidy):
        raise InputError(_NO_NAME)
    return tidy


# --- what there is to choose --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Offer:
    """What a riding has to choose from: streets as people write them, divisions, and languages spoken."""

    streets: tuple[str, ...]
    divisions: tuple[str, ...]
    languages: tuple[str, ...]


def offered(book: Book, riding_id: int) -> Offer:
    """What the conditions of a selection can name in this riding."""
    db = book.read()
    streets = db.query("SELECT DISTINCT street_label FROM door WHERE riding_id = ?", (riding_id,))
    divisions = db.query("SELECT DISTINCT polling_division FROM door WHERE riding_id = ?", (riding_id,))
    languages = db.query("SELECT DISTINCT language FROM person WHERE riding_id = ?", (riding_id,))
    return Offer(
        tuple(sorted((str(row[0]) for row in streets if row[0]), key=fold)),
        tuple(sorted((str(row[0]) for row in divisions if row[0]), key=_by_number)),
        tuple(sorted(str(row[0]) for row in languages if row[0])),
    )


def _by_number(division: str) -> tuple[int, str]:
    digits = "".join(char for char in division.partition("-")[0] if char.isdigit())
    return (int(digits) if digits else 0, division)


_NO_NAME = Text(
    "The selection needs a name. Nothing was saved.",
    "La sélection doit avoir un nom. Rien n’a été enregistré.",
)
_TAKEN = Text(
    "There is a selection “{name}” already. Nothing was saved. Choose another name, or change that one.",
    "Il existe déjà une sélection « {name} ». Rien n’a été enregistré. Choisissez un autre nom ou modifiez celle-là.",
)
_NOT_FOUND = Text(
    "There is no saved selection “{name}” in this riding. “canvass-app selections list” shows them all.",
    "Il n’y a pas de sélection enregistrée « {name} » dans cette circonscription. « canvass-app selections list » les "
    "montre toutes.",
)
_SEVERAL = Text(
    "Several selections have this name. Nothing was changed. Name one by its id: {ids}",
    "Plusieurs sélections portent ce nom. Rien n’a été modifié. Désignez-en une par son identifiant : {ids}",
)
