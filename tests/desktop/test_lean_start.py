"""What the start leaves out of PySide6 and numpy comes back, or is not missed, when it is wanted."""

from __future__ import annotations

import os
import subprocess
import sys

_START = """
import sys
from canvass_app.desktop.lean_start import import_qt, prepare_numpy
prepare_numpy()
import_qt()
parser = sys.modules["shibokensupport.signature.parser"]
"""


def _run(code: str) -> str:
    """What a new interpreter says that began as the application does."""
    done = subprocess.run(
        [sys.executable, "-c", _START + code],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_signatures_sleep_until_a_call_is_wrong() -> None:
    said = _run("""
from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QApplication, QLabel
class Bell(QObject):
    rung = Signal(int, str)
    @Slot(int, str)
    def note(self, times, who): print("rung", times, who)
app = QApplication([])
bell = Bell()
bell.rung.connect(bell.note)
bell.rung.emit(2, "Ana")
print("asleep", "pyside_type_init" not in vars(parser))
try:
    QLabel("door").setIndent("far")
except TypeError as error:
    print(error)
print("asleep", "pyside_type_init" not in vars(parser), hasattr(parser, "no such thing"))
""")
    before, after = said.split("asleep True\n")
    assert before == "rung 2 Ana\n"
    assert "QLabel.setIndent(arg__1: int" in after
    assert after.endswith("asleep False False\n")


def test_two_threads_wake_a_module_once() -> None:
    said = _run("""
import threading
together = threading.Barrier(4)
found = []
def ask():
    together.wait()
    found.append(parser.pyside_type_init)
threads = [threading.Thread(target=ask) for _ in range(4)]
for thread in threads: thread.start()
for thread in threads: thread.join()
print(len(found), len(set(found)))
""")
    assert said == "4 1\n"


def test_the_hooks_are_gone_again() -> None:
    said = _run("""
import builtins
print(builtins.__import__.__name__ == "__feature_import__", builtins.compile.__module__)
""")
    assert said == "False builtins\n"


def test_numpy_works_without_its_help_texts() -> None:
    said = _run("""
import numpy as np
print(np.add.reduce(np.arange(5)), np.linalg.norm(np.array([3.0, 4.0])))
""")
    assert said == "10 5.0\n"
