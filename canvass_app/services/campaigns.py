"""Setting the campaign's parties, rules and texts on this laptop."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

from canvass_app.domain.campaign import load_campaign
from canvass_app.domain.errors import FileProblem
from canvass_app.domain.text import Text
from canvass_app.storage.changes import ChangeSet

from .book import Book

_MOST_BYTES = 4 << 20


def read_campaign_file(path: Path) -> dict[str, Any]:
    """A campaign's settings from its file (JSON), checked. Raises FileProblem or InputError."""
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise ValueError("too large")
        read: object = json.loads(path.read_text("utf-8"))
        if not isinstance(read, dict):
            raise ValueError("not an object")
    except (OSError, ValueError, RecursionError) as error:
        raise FileProblem(
            Text(
                "“{name}” is not a campaign file that can be read (JSON). Nothing was changed. Ask whoever made it for "
                "the file again.",
                "« {name} » n’est pas un fichier de campagne lisible (JSON). Rien n’a été modifié. Redemandez le fichier "
                "à la personne responsable.",
            ).fill(name=path.name),
            detail=str(error),
        ) from error
    raw = cast("dict[str, Any]", read)
    load_campaign(raw)
    return raw


def set_campaign(book: Book, raw: Mapping[str, Any]) -> ChangeSet:
    """Take a campaign's settings (JSON form). Raises InputError, and then changes nothing."""
    load_campaign(raw)
    book.set_meta("campaign", json.dumps(raw, ensure_ascii=False, sort_keys=True))
    book.reload_campaign()
    return ChangeSet(settings=True)
