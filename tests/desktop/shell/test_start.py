"""The whole program, as a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from canvass_app.services.book import open_book

_START = """
import sys
from pathlib import Path
from canvass_app.desktop.app import run
sys.exit(run(Path(sys.argv[1]), passphrase=sys.argv[2], screen="turfs", language="en"))
"""


def start(folder: Path, passphrase: str, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {
        name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")
    }
    environment.pop("QT_QPA_PLATFORM", None)
    return subprocess.run(
        [sys.executable, "-c", _START, str(folder), passphrase],
        env=environment | variables,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_the_program_comes_up_with_its_doors_painted_and_ends(demo_folder: Path, tmp_path: Path) -> None:
    import shutil

    folder = tmp_path / "demo"
    shutil.copytree(demo_folder, folder, ignore=shutil.ignore_patterns("*.lock"))
    done = start(folder, "test", QT_QPA_PLATFORM="offscreen", CANVASS_MARK_START="1")
    assert "canvass-usable" in done.stdout, done.stderr
    assert done.returncode == 0
    open_book(folder, passphrase="test").close()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there is always a screen")
def test_a_second_copy_without_a_screen_says_so_on_the_error_output(tmp_path: Path) -> None:
    book = open_book(tmp_path, passphrase="test")
    try:
        done = start(tmp_path, "test")
    finally:
        book.close()
    assert done.returncode == 1
    assert "already open" in done.stderr


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there is always a screen")
def test_without_a_screen_the_tour_is_named(tmp_path: Path) -> None:
    done = start(tmp_path, "test")
    assert done.returncode == 1
    assert "canvass-app tour" in done.stderr
