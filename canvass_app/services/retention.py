"""Until when this laptop keeps what it knows of people, and whether that day is near or over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from canvass_app.storage.days import local_day

from .book import Book
from .syncing import sync_status

SOON_DAYS = 14
State = Literal["none", "kept", "soon", "over", "unheard", "gone"]


@dataclass(frozen=True, slots=True)
class Keeping:
    """How long people's data is kept here. `until` is the last day, ISO; "" when the campaign names none.

    `state`: "kept", "soon" (fourteen days or fewer are left), "over" (the day has passed and headquarters was heard of since,
    which has not erased yet), "unheard" (it has passed, and headquarters was not heard of since: it may have erased long ago),
    "gone" (it has passed, and nobody is here any more), or "none".
    """

    state: State
    until: str = ""
    days_left: int = 0
    people: int = 0


def keeping(book: Book) -> Keeping:
    """How long people's data is kept on this laptop. Any thread; quick reads."""
    retention = book.campaign.retention if book.campaign else None
    if retention is None:
        return Keeping("none")
    until = retention.until
    days = (date.fromisoformat(until) - date.fromisoformat(book.today())).days
    if days >= 0:
        return Keeping("soon" if days <= SOON_DAYS else "kept", until, days)
    ((people,),) = book.read().query("SELECT COUNT(*) FROM person")
    if not people:
        return Keeping("gone", until, days)
    heard = sync_status(book).last_contact_ms
    since = heard is not None and local_day(heard, book.time_zone) > until
    return Keeping("over" if since else "unheard", until, days, int(people))
