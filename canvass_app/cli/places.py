"""Where the data lives when nobody says otherwise, and which language the terminal speaks."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import cast


def default_folder() -> Path:
    """The user's data folder for Canvass; CANVASS_DATA overrides it."""
    given = os.environ.get("CANVASS_DATA")
    if given:
        return Path(given)
    from platformdirs import user_data_path

    return user_data_path("Canvass", appauthor=False)


def terminal_language(given: str | None, folder: Path | None = None) -> str:
    """ "fr" when asked for, when the system's locale is French, or when the application over these data speaks it; else "en"."""
    system = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    text = given or system
    if not given and not _is_french(system):
        text = _chosen(folder or default_folder())
    return "fr" if _is_french(text) else "en"


def _is_french(text: str) -> bool:
    return text.lower().startswith("fr")


def _chosen(folder: Path) -> str:
    """The language chosen in the application's settings; "" where there is none."""
    try:
        settings: object = json.loads((folder / "preferences.json").read_text("utf-8"))
    except (OSError, ValueError):
        return ""
    return str(cast("dict[str, object]", settings).get("language", "")) if isinstance(settings, dict) else ""
