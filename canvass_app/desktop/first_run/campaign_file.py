"""The settings of a campaign that starts on one laptop with nothing but a name. No Qt here."""

from __future__ import annotations

import json
from typing import Any


def plain_campaign(name: str, time_zone: str) -> dict[str, Any]:
    """Settings for a campaign that has only a name so far: the demo's script and parties, and no texts of the demo."""
    from canvass_app.resource_path import resource

    raw: dict[str, Any] = json.loads(resource("demo", "campaign.json").read_text("utf-8"))
    raw["name"] = {"en": name, "fr": name}
    raw["authorisation"] = {"en": "", "fr": ""}
    if "/" in time_zone:
        raw["time_zone"] = time_zone
    return raw
