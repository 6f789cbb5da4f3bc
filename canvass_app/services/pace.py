"""How long canvassing takes here: the campaign's figures, and those that this laptop's team set for itself."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, cast

from canvass_app.domain.errors import InputError
from canvass_app.domain.pace import USUAL, Pace, changed
from canvass_app.storage.changes import ChangeSet

from .book import Book

_OWN = "pace"


def campaign_pace(book: Book) -> Pace:
    """The campaign's figures."""
    return book.campaign.pace if book.campaign else USUAL


def own_figures(book: Book) -> dict[str, Any]:
    """What this laptop set differently from its campaign."""
    try:
        return cast("dict[str, Any]", json.loads(book.meta(_OWN, "{}")))
    except ValueError:
        return {}


def pace_of(book: Book) -> Pace:
    """The figures that estimates and walks on this laptop go by."""
    try:
        return changed(campaign_pace(book), own_figures(book))
    except InputError:
        # A later version of the program may have kept figures that this one does not know.
        return campaign_pace(book)


def set_pace(book: Book, figures: Mapping[str, Any]) -> ChangeSet:
    """Set some figures on this laptop; turfs that exist keep their minutes. Raises InputError, and then changes nothing."""
    kept = own_figures(book) | dict(figures)
    changed(campaign_pace(book), kept)
    usual = campaign_pace(book).as_dict()
    book.set_meta(_OWN, json.dumps({k: v for k, v in kept.items() if usual.get(k) != v}, sort_keys=True))
    return ChangeSet(settings=True)


def forget_pace(book: Book) -> ChangeSet:
    """Go by the campaign's figures again."""
    book.set_meta(_OWN, "{}")
    return ChangeSet(settings=True)
