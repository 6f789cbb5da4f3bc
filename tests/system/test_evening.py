"""The main job, through the window: import the shared addresses, lasso a turf, print, type sixty results, die, reopen.

One program drives its own real window (offscreen) with mouse and keys, then kills itself the hard way.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from canvass_app.services.book import open_book
from canvass_app.services.doctor import examine
from canvass_app.services.progress import progress
from canvass_app.services.walk_lists import list_walk_lists

ROOT = Path(__file__).resolve().parents[2]
RIDING = 201359036

EVENING = """
import os, signal, sys
from pathlib import Path

import numpy as np
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from canvass_app.desktop import app as desktop
from canvass_app.desktop.map import Tool
from canvass_app.desktop.session import Session
from canvass_app.domain.numbers import page_code
from canvass_app.services.book import open_book
from canvass_app.services.campaigns import set_campaign
from canvass_app.services.demo.settings import demo_settings
from canvass_app.services.walk_lists import list_walk_lists

folder, addresses, pdf = map(Path, sys.argv[1:])
qt = desktop.make_application()
preferences = desktop._preferences(folder, "en", "light")
book = open_book(folder, passphrase="test")
set_campaign(book, demo_settings())
session = Session(qt, book, preferences, screen="importing")
session.start()
window = session.window
window.resize(1280, 800)


def until(what, true):
    for _ in range(200_000):
        qt.processEvents()
        if true():
            return
    sys.exit(f"this never came: {what}")


def idle():
    until("rest", lambda: not session.context.tasks.busy())


def place(name):
    window.show_place(name)
    idle()
    return window.shown_screen()


importing = place("importing")
importing.activate(addresses)
until("the file read", lambda: importing.check.take.isVisible() and importing.check.take.isEnabled())
QTest.mouseClick(importing.check.take, Qt.MouseButton.LeftButton)
idle()
print("imported", book.read().query("SELECT COUNT(*) FROM door")[0][0], flush=True)

turfs = place("turfs")
until("the map", lambda: turfs._ground is not None and not turfs.is_busy())
ground = turfs._ground
lon, lat = ground.data.lon_e6.astype(float) * 0.65, ground.data.lat_e6.astype(float)
heart = int(np.argmin(np.hypot(lon - np.median(lon), lat - np.median(lat))))
near = np.argsort(np.maximum(np.abs(lon - lon[heart]), np.abs(lat - lat[heart])))[:60]
turfs.map.fit_to(near)
turfs.map.settle()
turfs.map.set_tool(Tool.LASSO)
spots = [turfs.map.door_position(int(n)) for n in near]
left, right = min(p.x() for p in spots) - 2, max(p.x() for p in spots) + 2
top, bottom = min(p.y() for p in spots) - 2, max(p.y() for p in spots) + 2
corners = [QPoint(int(x), int(y)) for x, y in ((left, top), (right, top), (right, bottom), (left, bottom), (left, top + 6))]
QTest.mousePress(turfs.map, Qt.MouseButton.LeftButton, pos=corners[0])
for corner in corners[1:]:
    QTest.mouseMove(turfs.map, corner)
QTest.mouseRelease(turfs.map, Qt.MouseButton.LeftButton, pos=corners[-1])
until("a proposal", lambda: bool(turfs.view.chosen.name.text()) and not turfs.is_busy())
print("lassoed", len(turfs._chosen), flush=True)
QTest.keyClick(turfs.view.chosen.name, Qt.Key.Key_Return)
idle()
turfs.choose_file, turfs.show_folder = (lambda *_: pdf), (lambda *_: None)
turfs.view.turf.who.setText("Anne Roy")
turfs.print_list()
until("the list printed", lambda: not session.context.tasks.busy() and pdf.exists())
(issued,) = list_walk_lists(book, session.context.riding_id)
print("printed", issued.number, issued.lines, flush=True)

enter = place("enter")
enter.desk.name.setText("Anne Roy")
QTest.keyClicks(enter.desk.code, page_code(issued.number, 1))
QTest.keyClick(enter.desk.code, Qt.Key.Key_Return)
until("the page", lambda: enter.machine.page is not None)


def typed():
    return book.read().query("SELECT COUNT(*) FROM attempt")[0][0]


for count in range(min(60, issued.lines)):
    QTest.keyClick(enter.page.sheet, "nnnr1n2n"[count % 8])
    until("the result", lambda: typed() == count + 1)
    until("the cursor", lambda: enter.machine.order is None)
    if count + 1 < issued.lines and enter.machine.current is None:
        page = enter.machine.page.page
        QTest.keyClick(enter.page.sheet, Qt.Key.Key_Return)
        until("the next page", lambda: enter.machine.page is not None and enter.machine.page.page != page)
print("typed", typed(), flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_an_evening_through_the_window_survives_the_hard_death_of_the_program(
    tmp_path: Path, shared_data: Callable[[str], Path]
) -> None:
    addresses = shared_data("addresses/dev_vancouver_granville_59036_addresses.csv")
    folder, pdf = tmp_path / "data", tmp_path / "list.pdf"
    done = subprocess.run(
        [sys.executable, "-c", EVENING, str(folder), str(addresses), str(pdf)],
        cwd=ROOT,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=150,
        check=False,
    )
    told = dict(line.split(" ", 1) for line in done.stdout.splitlines())
    assert told.get("typed") == "60", (done.stdout, done.stderr[-2000:])
    assert told["imported"] == "12984"
    assert 55 <= int(told["lassoed"]) <= 75
    assert pdf.read_bytes().startswith(b"%PDF")
    for path in (path for path in folder.rglob("*") if path.is_file()):
        content = path.read_bytes().lower()
        for word in ("anne roy", "12th av", "granville", "49.26", "not_home"):
            assert word.encode() not in content, (path.name, word)
    book = open_book(folder, passphrase="test")
    try:
        report = progress(book, RIDING)
        assert report.attempts == 60
        (issued,) = list_walk_lists(book, RIDING)
        assert issued.results == 60
        assert examine(book).ok
    finally:
        book.close()
