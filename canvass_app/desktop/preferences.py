"""What this laptop remembers about its screen: typed properties over a small JSON file in the data folder.

Nothing about people is in it: the name of whoever sits here is in the encrypted database. A file that cannot be read
costs the settings, never the start.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal, cast

FILE_NAME = "preferences.json"
VERSION = 2
ZOOMS = (0.75, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0)
THEMES = ("system", "light", "dark")
PAPERS = ("letter", "a4")

ThemeChoice = Literal["system", "light", "dark"]


def _upgrade_1(values: dict[str, Any]) -> None:
    """Version 1 kept the zoom in per cent, as a whole number."""
    zoom = values.get("zoom")
    if isinstance(zoom, int) and zoom > 2:
        values["zoom"] = zoom / 100


_UPGRADES: dict[int, Callable[[dict[str, Any]], None]] = {1: _upgrade_1}


class Preferences:
    """The settings of this laptop. Setting one saves the file at once; a value out of bounds becomes the nearest."""

    def __init__(self, folder: Path | None, system_language: str = "en") -> None:
        """Read the file in `folder`; without a folder nothing is saved. A new laptop starts in the system's language."""
        self._path = folder / FILE_NAME if folder else None
        self._values: dict[str, Any] = {}
        self._system_language = "fr" if system_language.startswith("fr") else "en"
        self._read()

    def _read(self) -> None:
        if self._path is None:
            return
        try:
            raw = json.loads(self._path.read_text("utf-8"))
        except (OSError, ValueError):
            return
        if not isinstance(raw, dict):
            return
        values = cast("dict[str, Any]", raw)
        version = values.pop("version", 1)
        if not isinstance(version, int) or version > VERSION:
            return
        for number in range(max(1, version), VERSION):
            _UPGRADES[number](values)
        self._values = values

    def _set(self, name: str, value: Any) -> None:
        if self._values.get(name) == value:
            return
        self._values[name] = value
        if self._path is None:
            return
        text = json.dumps({"version": VERSION, **self._values}, indent=1, ensure_ascii=True)
        fresh = self._path.with_suffix(".new")
        try:
            fresh.write_text(text, "utf-8")
            os.replace(fresh, self._path)
        except OSError:
            # A full disk or a locked folder must not stop anyone from working: the setting holds until the end.
            fresh.unlink(missing_ok=True)

    def _choice(self, name: str, choices: tuple[str, ...], default: str) -> str:
        value = self._values.get(name)
        return value if value in choices else default

    @property
    def language(self) -> str:
        """ "en" or "fr"."""
        return self._choice("language", ("en", "fr"), self._system_language)

    @language.setter
    def language(self, value: str) -> None:
        self._set("language", "fr" if value == "fr" else "en")

    @property
    def theme(self) -> ThemeChoice:
        """ "light", "dark", or "system" to follow the desktop's own."""
        return cast("ThemeChoice", self._choice("theme", THEMES, "system"))

    @theme.setter
    def theme(self, value: str) -> None:
        self._set("theme", value if value in THEMES else "system")

    @property
    def zoom(self) -> float:
        """The size of text and controls, 0.75 to 2.0."""
        value = self._values.get("zoom")
        if isinstance(value, bool) or not isinstance(value, int | float):
            return 1.0
        return min(ZOOMS[-1], max(ZOOMS[0], float(value)))

    @zoom.setter
    def zoom(self, value: float) -> None:
        self._set("zoom", min(ZOOMS[-1], max(ZOOMS[0], float(value))))

    @property
    def reduce_motion(self) -> bool:
        """Whether nothing on the screen should move by itself."""
        return self._values.get("reduce_motion") is True

    @reduce_motion.setter
    def reduce_motion(self, value: bool) -> None:
        self._set("reduce_motion", bool(value))

    @property
    def paper(self) -> str:
        """ "letter" or "a4": what walk lists are printed on."""
        return self._choice("paper", PAPERS, "letter")

    @paper.setter
    def paper(self, value: str) -> None:
        self._set("paper", value if value in PAPERS else "letter")

    @property
    def place(self) -> str:
        """The place that was open last; "" on the first day."""
        value = self._values.get("place")
        return value if isinstance(value, str) and value.isalpha() else ""

    @place.setter
    def place(self, value: str) -> None:
        self._set("place", value)

    @property
    def riding(self) -> int:
        """The riding that was open last; 0 for none."""
        value = self._values.get("riding")
        return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else 0

    @riding.setter
    def riding(self, value: int) -> None:
        self._set("riding", int(value))

    @property
    def geometry(self) -> bytes:
        """The window's place and size, as Qt writes them; empty on the first day."""
        value = self._values.get("geometry")
        try:
            return bytes.fromhex(value) if isinstance(value, str) else b""
        except ValueError:
            return b""

    @geometry.setter
    def geometry(self, value: bytes) -> None:
        self._set("geometry", value.hex())
