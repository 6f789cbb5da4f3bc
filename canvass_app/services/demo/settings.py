"""The demo campaign's settings, as shipped."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from canvass_app.resource_path import resource

DEMO_RIDING = 201399001
DEMO_LEAD, DEMO_SECOND = "Camille Desjardins", "Priya Nair"
"""Who has the demo's two laptops. Invented."""
DEMO_PASSPHRASE = "demo"  # everything in the demo is invented; there is nothing to keep from anybody


def demo_file(name: str) -> Path:
    """A file of the demo campaign."""
    return resource("demo", name)


def demo_settings() -> dict[str, Any]:
    """The campaign settings in their JSON form."""
    return json.loads(demo_file("campaign.json").read_text("utf-8"))
