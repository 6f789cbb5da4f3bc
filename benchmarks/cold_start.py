"""Cold start: from the start of the process to a usable window, beside a window with nothing in it.

Both are whole processes of the same interpreter, run in turns, offscreen. "Usable" is our window shown with the doors
of a 13,000-door riding painted on its map; the book is encrypted and opened with a passphrase, so the key derivation
(argon2id, 64 MiB) is in the figure. The application writes the moment on its standard output when the variable
CANVASS_MARK_START asks for it; the monotonic clock is one for all processes of a machine.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

DOORS = 13_000
ROUNDS = 21
_PASSPHRASE = "the benchmark opens what it made"
_MARK = "canvass-usable"

_BARE = f"""
import time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow
app = QApplication([])
window = QMainWindow()
window.setCentralWidget(QLabel("Canvass"))
window.resize(1280, 800)
window.show()
def tell():
    print("{_MARK}", time.monotonic_ns(), flush=True)
    app.quit()
QTimer.singleShot(0, tell)
app.exec()
"""
_OURS = f"""
import sys
from pathlib import Path
from canvass_app.desktop.app import run
sys.exit(run(Path(sys.argv[1]), passphrase="{_PASSPHRASE}", screen="turfs", language="en", theme="light"))
"""


def _make_book(folder: Path) -> None:
    """A riding of invented doors on a grid of streets."""
    from canvass_app.desktop.first_run.campaign_file import plain_campaign
    from canvass_app.services.book import open_book
    from canvass_app.services.campaigns import set_campaign
    from canvass_app.services.importing import import_file

    folder.mkdir(parents=True)
    table = folder / "doors.csv"
    lines = ["civic_number,street_name,street_type,municipality,riding,latitude,longitude"]
    for door in range(DOORS):
        street, house = divmod(door, 130)
        latitude, longitude = 45.4 + street * 0.0009, -75.7 + house * 0.00018
        lines.append(
            f"{100 + house * 2},Benchmark {street + 1},Street,Town,99002,{latitude:.6f},{longitude:.6f}"
        )
    table.write_text("\n".join(lines), "utf-8")
    book = open_book(folder, passphrase=_PASSPHRASE)
    set_campaign(book, plain_campaign("Benchmark", "America/Toronto"))
    import_file(book, table, "doors")
    book.close()
    table.unlink()


def _once(code: str, *arguments: str) -> float:
    """Milliseconds from the start of the process to its mark."""
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "CANVASS_MARK_START": "1"}
    # Both start as they do at a user’s: from compiled modules. The first turn, which is not counted, compiles them.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    begun = time.monotonic_ns()
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], env=environment, capture_output=True, text=True, timeout=60
    )
    for line in done.stdout.splitlines():
        if line.startswith(_MARK):
            return (int(line.split()[1]) - begun) / 1e6
    raise RuntimeError(f"the window never became usable: {done.stderr[-500:]}")


def memory_mb(folder: Path, passphrase: str) -> int:
    """The most memory (MB) that the application’s process held from its start to the map of this book painted.

    0 where the system does not tell (Windows).
    """
    code = (
        "import sys\nfrom pathlib import Path\nfrom canvass_app.desktop.app import run\n"
        "run(Path(sys.argv[1]), passphrase=sys.argv[2], screen='turfs', language='en', theme='light')\n"
        "try:\n import resource\n print('most', resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)\n"
        "except ImportError:\n print('most 0')"
    )
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "CANVASS_MARK_START": "1"}
    done = subprocess.run(
        [sys.executable, "-c", code, str(folder), passphrase], env=environment, capture_output=True, text=True,
        timeout=300,
    )  # fmt: skip
    most = next(int(line[5:]) for line in done.stdout.splitlines() if line.startswith("most "))
    return most // (1 << 20 if sys.platform == "darwin" else 1 << 10)


def run(rounds: int = ROUNDS) -> dict[str, float]:
    """Medians in milliseconds and their ratio (of the medians; `ratio_best` of the quickest of each)."""
    with tempfile.TemporaryDirectory(prefix="canvass-bench-", ignore_cleanup_errors=True) as temporary:
        folder = Path(temporary) / "data"
        _make_book(folder)
        bare: list[float] = []
        ours: list[float] = []
        for turn in range(rounds + 1):
            pair = (_once(_BARE), _once(_OURS, str(folder)))
            # The first turn fills the caches of the disk for both.
            if turn:
                bare.append(pair[0])
                ours.append(pair[1])
        memory = memory_mb(folder, _PASSPHRASE)
    return {
        "ratio": round(statistics.median(ours) / statistics.median(bare), 2),
        "ratio_best": round(min(ours) / min(bare), 2),
        "bare_ms": round(statistics.median(bare), 1),
        "ours_ms": round(statistics.median(ours), 1),
        "rounds": rounds,
        "memory_mb": memory,
    }


if __name__ == "__main__":
    print(run())
