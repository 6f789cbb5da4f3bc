"""Printing without a window, without an event loop, and on a computer without fonts."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def run(script: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `script` in a fresh Python that has no Qt application yet."""
    clean = {name: value for name, value in os.environ.items() if name not in ("QT_QPA_PLATFORM", "DISPLAY")}
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", script],
        cwd=ROOT,
        env={**clean, **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_importing_makes_no_application_and_printing_makes_one_offscreen(tmp_path: Path) -> None:
    out = tmp_path / "list.pdf"
    done = run(
        "import os, sys\n"
        "from pathlib import Path\n"
        "import canvass_app.printing as printing\n"
        "from PySide6.QtGui import QGuiApplication\n"
        "assert QGuiApplication.instance() is None\n"
        "heavy = {'sqlmodel', 'sqlalchemy', 'pydantic', 'PySide6.QtWidgets'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
        "from tests.printing import samples\n"
        f"printing.print_walk_list(samples.mixed(), Path({str(out)!r}), 'letter', 'fr')\n"
        "assert QGuiApplication.platformName() == 'offscreen'\n"
        "assert 'QT_QPA_PLATFORM' not in os.environ\n"
        "assert printing.ensure_gui_application() is QGuiApplication.instance()\n"
    )
    assert done.returncode == 0, done.stderr
    assert out.read_bytes().startswith(b"%PDF-")


def test_a_running_application_that_cannot_draw_text_is_refused() -> None:
    done = run(
        "from PySide6.QtCore import QCoreApplication\n"
        "bare = QCoreApplication([])\n"
        "from canvass_app.printing import ensure_gui_application\n"
        "try:\n"
        "    ensure_gui_application()\n"
        "except RuntimeError as error:\n"
        "    print(error)\n"
    )
    assert "QGuiApplication" in done.stdout, done.stderr


def test_four_workers_and_the_main_thread_print_at_once(tmp_path: Path) -> None:
    done = run(
        "import sys\n"
        "from concurrent.futures import ThreadPoolExecutor\n"
        "from pathlib import Path\n"
        "from tests.printing import samples\n"
        "from canvass_app.printing import ensure_gui_application, print_walk_list, render_page\n"
        "ensure_gui_application()\n"
        "sys.setswitchinterval(1e-6)\n"
        "document = samples.mixed()\n"
        "def work(n):\n"
        f"    return print_walk_list(document, Path({str(tmp_path)!r}) / f'{{n}}.pdf', 'a4', 'en' if n % 2 else 'fr')\n"
        "with ThreadPoolExecutor(4) as pool:\n"
        "    waiting = [pool.submit(work, n) for n in range(24)]\n"
        "    pictures = [render_page(document, n, 'a4', 'fr', 60) for n in range(5)]\n"
        "    assert all(one.result().pages == 5 for one in waiting)\n"
        "print('printed')\n"
    )
    assert (done.returncode, done.stdout) == (0, "printed\n"), done.stderr
    assert len(list(tmp_path.iterdir())) == 24


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux may have no font at all")
def test_a_computer_without_fonts_is_told_what_to_install(tmp_path: Path) -> None:
    bare = tmp_path / "fonts.conf"
    bare.write_text('<?xml version="1.0"?><fontconfig></fontconfig>', encoding="utf-8")
    out = tmp_path / "list.pdf"
    done = run(
        "from pathlib import Path\n"
        "from canvass_app.domain.errors import StorageProblem\n"
        "from canvass_app.printing import print_walk_list\n"
        "from tests.printing import samples\n"
        "try:\n"
        f"    print_walk_list(samples.one_line(), Path({str(out)!r}), 'letter', 'en')\n"
        "except StorageProblem as error:\n"
        "    print(error.say('en'))\n",
        FONTCONFIG_FILE=str(bare),
    )
    assert "fonts-dejavu-core" in done.stdout, done.stderr
    assert not out.exists()
