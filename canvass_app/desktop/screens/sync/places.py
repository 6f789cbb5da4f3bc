"""Where a stick may be: the drives that can be pulled out, and the bundles that lie on them."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QStorageInfo

_BLOCKS = Path("/sys/class/block")
_MOST_FOLDERS, _MOST_FILES = 50, 50
_ENDS = (".canvass-down", ".canvass-up")


@dataclass(frozen=True, slots=True)
class Place:
    """A folder that a bundle can be written to. `name` is the drive's own, "" for a folder; `free` in bytes."""

    path: Path
    name: str
    free: int
    removable: bool


def find_sticks() -> list[Place]:
    """The removable drives that are in and can be written to, by name. Not for the GUI thread: a drive may be slow."""
    found: list[Place] = []
    for volume in QStorageInfo.mountedVolumes():
        if not volume.isValid() or not volume.isReady() or volume.isReadOnly():
            continue
        root = volume.rootPath()
        if is_removable(bytes(volume.device().data()).decode("utf-8", "replace"), root):
            found.append(Place(Path(root), volume.name() or Path(root).name, volume.bytesAvailable(), True))
    return sorted(found, key=lambda one: one.name.casefold())


def place_of(folder: Path) -> Place:
    """Any folder as a place."""
    volume = QStorageInfo(str(folder))
    return Place(folder, "", max(0, volume.bytesAvailable()) if volume.isValid() else 0, False)


def is_removable(device: str, root: str, blocks: Path = _BLOCKS) -> bool:
    """Whether a mounted volume is a drive that can be pulled out."""
    if sys.platform == "win32":
        import ctypes

        # GetDriveTypeW: 2 is DRIVE_REMOVABLE.
        return bool(ctypes.windll.kernel32.GetDriveTypeW(root.replace("/", "\\").rstrip("\\") + "\\") == 2)
    if sys.platform == "darwin":
        return root.startswith("/Volumes/")
    return _linux_removable(Path(device).name, blocks)


def _linux_removable(device: str, blocks: Path) -> bool:
    block = blocks / device
    if not device or not block.exists():
        return False
    real = block.resolve()
    if "/usb" in real.as_posix() or real.name.startswith("mmcblk"):
        return True
    # A partition stands in the folder of its disk.
    for one in (real, real.parent):
        try:
            return (one / "removable").read_text("ascii").strip() == "1"
        except OSError:
            continue
    return False


def find_bundles(places: Iterable[Place]) -> list[Path]:
    """The bundles on these places, in their first folder or one below, the newest first. Not for the GUI thread."""
    found: list[tuple[float, Path]] = []
    for place in places:
        folders = [place.path, *_folders(place.path)]
        for folder in folders:
            for path in _files(folder):
                try:
                    found.append((path.stat().st_mtime, path))
                except OSError:
                    continue
    found.sort(key=lambda one: (-one[0], str(one[1])))
    return [path for _, path in found[:_MOST_FILES]]


def _folders(root: Path) -> list[Path]:
    try:
        with os.scandir(root) as entries:
            below = [
                Path(one.path)
                for one in entries
                if not one.name.startswith(".") and one.is_dir(follow_symlinks=False)
            ]
    except OSError:
        return []
    return sorted(below)[:_MOST_FOLDERS]


def _files(folder: Path) -> list[Path]:
    try:
        with os.scandir(folder) as entries:
            return [Path(one.path) for one in entries if one.name.endswith(_ENDS) and one.is_file()]
    except OSError:
        return []
