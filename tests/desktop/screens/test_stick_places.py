"""Where a stick is looked for: drives that can be pulled out, and the bundles on them."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from canvass_app.desktop.screens.sync.places import find_bundles, find_sticks, is_removable, place_of
from canvass_app.desktop.screens.sync.take_page import size_words


def test_what_can_be_pulled_out_is_told_by_the_system(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    disks = {
        "sda/sda1": ("pci0/ata1/block", "0", False),
        "sdb/sdb1": ("pci0/usb2/block", "0", True),
        "sdc/sdc1": ("pci0/ata2/block", "1", True),
        "mmcblk0/mmcblk0p1": ("platform/block", "0", True),
    }
    blocks = tmp_path / "class"
    blocks.mkdir()
    for name, (where, removable, expected) in disks.items():
        disk, part = name.split("/")
        folder = tmp_path / where / disk / part
        folder.mkdir(parents=True)
        (folder.parent / "removable").write_text(removable + "\n", "ascii")
        (blocks / part).symlink_to(folder)
        assert is_removable(f"/dev/{part}", "/anywhere", blocks) is expected, name
    assert not is_removable("tmpfs", "/run", blocks)
    monkeypatch.setattr("sys.platform", "darwin")
    assert is_removable("/dev/disk4s1", "/Volumes/KINGSTON")
    assert not is_removable("/dev/disk1s1", "/")


def test_bundles_are_found_a_folder_deep_and_drives_are_looked_for(
    tmp_path: Path, qapp: QApplication
) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    names = (
        "x.canvass-down",
        "a/y.canvass-up",
        "a/b/too-deep.canvass-down",
        "a/notes.txt",
        ".hidden.canvass-down",
    )
    for name in names:
        (tmp_path / name).write_bytes(b"")
    found = find_bundles([place_of(tmp_path), place_of(tmp_path / "gone")])
    assert sorted(path.name for path in found) == [".hidden.canvass-down", "x.canvass-down", "y.canvass-up"]
    assert all(one.removable and one.path.is_dir() for one in find_sticks())
    assert place_of(tmp_path).free > 0


def test_sizes_as_people_count_them() -> None:
    assert size_words(512, "en") == "512\u00a0bytes"
    assert size_words(9_400, "en") == "9\u00a0kB"
    assert size_words(14_200_000_000, "fr") == "14,2\u00a0Go"
