"""The folding rules once more, slowly and from the whole record at once: what totals and fields are compared with."""

from __future__ import annotations

from canvass_app.ledger.events import Event
from canvass_app.storage.database import Connection


def recount(db: Connection, events: list[Event]) -> None:
    """Placeholder until the rules are written out."""
