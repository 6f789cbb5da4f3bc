"""A light theme for every test here, and French for those that ask."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QApplication

from canvass_app.desktop.theme import apply_theme

TRANSLATIONS = Path(__file__).resolve().parents[3] / "resources" / "translations"


@pytest.fixture(autouse=True)
def light(qapp: QApplication) -> Iterator[None]:
    """The light theme at 100 %, before and after."""
    apply_theme(qapp, "light")
    yield
    apply_theme(qapp, "light")


@pytest.fixture
def to_french(qapp: QApplication, tmp_path: Path) -> Iterator[Callable[[], None]]:
    """Call it to switch the running application to French, from this room's own translation file."""
    compiled = tmp_path / "fr.qm"
    program = Path(sys.executable).parent / "pyside6-lrelease"
    source = TRANSLATIONS / "map_fr.ts"
    subprocess.run([program, source, "-qm", compiled], check=True, capture_output=True)
    translator = QTranslator()
    assert translator.load(str(compiled))

    def switch() -> None:
        qapp.installTranslator(translator)
        qapp.processEvents()

    yield switch
    qapp.removeTranslator(translator)
