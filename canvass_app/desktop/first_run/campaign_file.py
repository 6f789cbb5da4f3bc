"""The settings of a campaign that starts on one laptop: from its file, or from a name alone. No Qt here."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from canvass_app.domain.errors import FileProblem
from canvass_app.domain.text import Text


def read_campaign_file(path: Path) -> dict[str, Any]:
    """A campaign's settings from its file. Raises FileProblem."""
    try:
        if path.stat().st_size > 2_000_000:
            raise ValueError("too large")
        raw = json.loads(path.read_text("utf-8"))
        if not isinstance(raw, dict):
            raise ValueError("not an object")
    except (OSError, ValueError, RecursionError) as error:
        raise FileProblem(
            Text(
                f"“{path.name}” is not a campaign file. Nothing was changed. Ask your organiser for the file again.",
                f"« {path.name} » n’est pas un fichier de campagne. Rien n’a été modifié. "
                "Redemandez le fichier à la personne responsable.",
            ),
            detail=str(error),
        ) from error
    return raw


def plain_campaign(name: str, time_zone: str) -> dict[str, Any]:
    """Settings for a campaign that has only a name so far: the demo's script and parties, and no texts of the demo."""
    from canvass_app.resource_path import resource

    raw: dict[str, Any] = json.loads(resource("demo", "campaign.json").read_text("utf-8"))
    raw["name"] = {"en": name, "fr": name}
    raw["authorisation"] = {"en": "", "fr": ""}
    if "/" in time_zone:
        raw["time_zone"] = time_zone
    return raw
