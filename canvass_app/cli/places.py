"""Where the data lives when nobody says otherwise, and which language the terminal speaks."""

from __future__ import annotations

import os
from pathlib import Path


def default_folder() -> Path:
    """The user's data folder for Canvass; CANVASS_DATA overrides it."""
    given = os.environ.get("CANVASS_DATA")
    if given:
        return Path(given)
    from platformdirs import user_data_path

    return user_data_path("Canvass", appauthor=False)


def terminal_language(given: str | None) -> str:
    """ "fr" when asked for or when the system's locale is French; else "en"."""
    text = (
        given or os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or "en"
    )
    return "fr" if text.lower().startswith("fr") else "en"
