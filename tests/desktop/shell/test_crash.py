"""The problem report holds nothing of anybody."""

import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from canvass_app.desktop.crash import CrashCatcher, CrashReport, make_report, save_report
from canvass_app.desktop.shell.crash_window import CrashWindow
from canvass_app.domain.address import normalise_street
from canvass_app.domain.errors import CanvassError, NotFound
from canvass_app.domain.text import Text

NAME = "Tremblay-Planted, Anne, 16 Rue du Bouleau"


class Caught:
    """What the catcher handed on."""

    def __init__(self, folder: Path) -> None:
        self.reports: list[tuple[CrashReport, Path | None, int]] = []
        self.troubles: list[CanvassError] = []
        self.catcher = CrashCatcher(folder, lambda *report: self.reports.append(report), self.troubles.append)


@pytest.fixture
def caught(tmp_path: Path, qtbot: QtBot) -> Iterator[Caught]:
    made = Caught(tmp_path)
    made.catcher.install()
    yield made
    made.catcher.remove()


def _bug() -> None:
    try:
        {}[NAME]
    except KeyError as error:
        raise ValueError(f"cannot knock at {NAME}") from error


def _raise_into_hook() -> None:
    try:
        _bug()
    except ValueError as error:
        sys.excepthook(type(error), error, error.__traceback__)


def test_a_planted_name_is_in_no_part_of_the_report(
    caught: Caught, tmp_path: Path, qtbot: QtBot, capsys: pytest.CaptureFixture[str]
) -> None:
    _raise_into_hook()
    qtbot.waitUntil(lambda: bool(caught.reports))
    report, path, times = caught.reports[0]
    window = CrashWindow(report, path)
    qtbot.addWidget(window)
    window.count(times)
    assert path is not None
    shown = report.text() + path.read_text("utf-8") + path.name + capsys.readouterr().err
    assert "ValueError" in shown
    for part in ("Tremblay", "Bouleau", "knock at", str(tmp_path), "/home", __file__):
        assert part not in shown
    assert all(b"Tremblay" not in file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())


def test_our_own_lines_are_named_and_foreign_ones_are_not(tmp_path: Path) -> None:
    try:
        normalise_street(None)  # type: ignore[arg-type]
    except Exception as error:
        report = make_report(type(error), error.__traceback__)
    assert any(frame.startswith("canvass_app.domain.address:") for frame in report.frames)
    assert "tests" not in report.text()


def test_one_bug_is_one_group_and_one_file(caught: Caught, tmp_path: Path, qtbot: QtBot) -> None:
    for _ in range(3):
        _raise_into_hook()
    qtbot.waitUntil(lambda: len(caught.reports) == 3)
    assert [times for _, _, times in caught.reports] == [1, 2, 3]
    assert len(list((tmp_path / "reports").iterdir())) == 1


def test_a_bug_in_a_thread_is_reported_on_the_gui_thread(caught: Caught, qtbot: QtBot) -> None:
    thread = threading.Thread(target=_bug)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: bool(caught.reports))
    assert caught.reports[0][0].kind == "ValueError"


def test_a_known_trouble_is_told_and_no_bug(caught: Caught, qtbot: QtBot) -> None:
    error = NotFound(Text("List 9 is not here.", "La liste 9 n’est pas ici."))
    sys.excepthook(type(error), error, None)
    qtbot.waitUntil(lambda: bool(caught.troubles))
    assert caught.troubles == [error]
    assert caught.reports == []


def test_a_report_that_cannot_be_saved_is_still_shown(tmp_path: Path) -> None:
    (tmp_path / "reports").write_text("a file where the folder should be")
    assert save_report(make_report(ValueError, None), tmp_path) is None
