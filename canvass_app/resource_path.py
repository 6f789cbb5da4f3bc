"""Where the files are that travel with the program: icons, translations, reference data, the demo campaign.

The folder stands in one of three places:

* a checkout: `resources/` beside the package;
* an installed wheel: `resources/` inside the package, put there by `tools/build_hooks.py`;
* a PyInstaller build: `resources/` in the folder that the bootloader names in `sys._MEIPASS`.
"""

import sys
from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


@cache
def _root() -> Path:
    frozen = getattr(sys, "_MEIPASS", None)
    places = [Path(frozen)] if frozen else [_PACKAGE, _PACKAGE.parent]
    for place in places:
        folder = place / "resources"
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"the folder resources of Canvass is in none of: {', '.join(map(str, places))}")


def resource(*parts: str) -> Path:
    """The path of a file or folder under resources, for example `resource("translations", "fr.qm")`.

    Without parts it is the folder itself. Raises FileNotFoundError, with the name asked for, when it is not there,
    and ValueError when the parts lead out of the folder.
    """
    name = "/".join(parts)
    if any(part.startswith(("/", "\\")) or ":" in part or ".." in Path(part).parts for part in parts):
        raise ValueError(f"not a name inside resources: {name}")
    path = _root().joinpath(*parts)
    if not path.exists():
        raise FileNotFoundError(f"resources/{name} is not part of this copy of Canvass")
    return path
