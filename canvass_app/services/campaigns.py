"""Setting the campaign's parties, rules and texts on this laptop."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from canvass_app.domain.campaign import load_campaign
from canvass_app.storage.changes import ChangeSet

from .book import Book


def set_campaign(book: Book, raw: Mapping[str, Any]) -> ChangeSet:
    """Take a campaign's settings (JSON form). Raises InputError, and then changes nothing."""
    load_campaign(raw)
    book.set_meta("campaign", json.dumps(raw, ensure_ascii=False, sort_keys=True))
    book.reload_campaign()
    return ChangeSet(settings=True)
