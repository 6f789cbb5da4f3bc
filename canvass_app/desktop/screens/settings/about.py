"""The product's version, its licence, what it stands on, and whose data came with it."""

from __future__ import annotations

import json
import platform
from typing import Any

from canvass_app import __version__
from canvass_app.resource_path import resource

# Name and licence of what the laptop's program is made of, as each project states it.
PARTS = (
    ("Qt and PySide6", "LGPL-3.0"), ("SQLCipher, sqlcipher3", "BSD-3-Clause, Zlib"), ("NumPy", "BSD-3-Clause"),
    ("SQLModel, msgspec, keyring", "MIT, BSD-3-Clause"), ("Zstandard", "BSD-3-Clause"),
    ("cryptography", "Apache-2.0 / BSD-3-Clause"), ("pyqtgraph, QtAwesome, platformdirs", "MIT"),
    ("Shapely, segno, fast-tsp, python-calamine", "BSD-3-Clause, MIT"),
)  # fmt: skip


def version_line() -> str:
    """The versions that matter when somebody asks for help."""
    from PySide6.QtCore import qVersion

    return (
        f"Canvass {__version__} · Python {platform.python_version()} · Qt {qVersion()} · {platform.system()}"
    )


def data_sources() -> list[str]:
    """The attributions of the public data in resources/reference, as its own list states them."""
    try:
        raw: Any = json.loads(resource("reference", "sources.json").read_text("utf-8"))
    except (FileNotFoundError, ValueError):
        return []
    items = raw if isinstance(raw, list) else raw.get("sources", []) if isinstance(raw, dict) else []
    lines: list[str] = []
    for item in items:
        if isinstance(item, str):
            lines.append(item)
        elif isinstance(item, dict):
            parts = [str(item[key]) for key in ("name", "attribution", "licence", "license") if item.get(key)]
            lines.append(" · ".join(parts))
    return [line for line in lines if line]
