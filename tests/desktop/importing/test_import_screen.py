"""The import assistant, on real files."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from canvass_app.desktop.screens.base import AppContext
from canvass_app.desktop.screens.importing import ImportScreen
from canvass_app.services.ridings import list_ridings

ROWS = (
    ("No civique", "Rue", "Appartement", "Ville", "Circonscription", "Lat", "Lon"),
    ("12", "Rue du Bouleau", "", "Saint-Aubin", "24001", "45.50100", "-73.60100"),
    ("14", "Rue du Bouleau", "2", "Saint-Aubin", "24001", "45.50110", "-73.60110"),
    ("16", "Rue du Bouleau", "", "Saint-Aubin", "24001", "45.50120", "-73.60120"),
    ("douze", "", "", "Saint-Aubin", "24001", "45.50130", "-73.60130"),
)


@pytest.fixture
def doors(tmp_path: Path) -> Path:
    path = tmp_path / "portes.csv"
    path.write_text("\n".join(";".join(row) for row in ROWS), "latin-1")
    return path


@pytest.fixture
def screen(context: AppContext, qtbot: QtBot) -> ImportScreen:
    made = ImportScreen(context)
    qtbot.addWidget(made)
    made.resize(1100, 700)
    made.show()
    return made


def rest(screen: ImportScreen, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not screen.is_busy() and not screen.context.tasks.busy(), timeout=20_000)


def read(screen: ImportScreen, path: Path, qtbot: QtBot) -> None:
    screen.open_file(path)
    rest(screen, qtbot)


def test_nothing_is_written_before_the_person_agrees(screen: ImportScreen, doors: Path, qtbot: QtBot) -> None:
    read(screen, doors, qtbot)
    assert screen.steps.currentWidget() is screen.check
    assert screen.check.model.rowCount() == 4
    assert screen.check.take.text() == "Import 3 doors"
    assert list_ridings(screen.context.book) == []


def test_what_is_agreed_is_taken_and_reported(screen: ImportScreen, doors: Path, qtbot: QtBot) -> None:
    read(screen, doors, qtbot)
    with qtbot.waitSignal(screen.context.changed):
        qtbot.mouseClick(screen.check.take, Qt.MouseButton.LeftButton)
    rest(screen, qtbot)
    report = screen.result.report
    assert (report.main.added, len({p.line for p in report.left_out})) == (3, 1)
    assert [card.doors for card in list_ridings(screen.context.book)] == [3]
    assert screen.context.riding_id == list_ridings(screen.context.book)[0].riding_id


def test_the_same_file_again_adds_nothing_and_says_so(
    screen: ImportScreen, doors: Path, qtbot: QtBot
) -> None:
    for _ in range(2):
        read(screen, doors, qtbot)
        screen.take()
        rest(screen, qtbot)
    assert screen.result.report.main.added == 0
    assert "Nothing changed" in screen.result._sentence.text()


def test_a_mapping_without_a_street_is_mended_by_hand(
    screen: ImportScreen, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "strange.csv"
    path.write_text(
        "No civique,Qwx,Circonscription\n12,Rue du Bouleau,24001\n14,Rue du Bouleau,24001\n", "utf-8"
    )
    read(screen, path, qtbot)
    assert screen.steps.currentWidget() is screen.check
    assert not screen.check.take.isEnabled()
    assert "street" in screen.check._trouble.text()
    combo = screen.check.mapping.combos["street_name"]
    combo.setCurrentIndex(combo.findData("Qwx"))
    combo.activated.emit(combo.currentIndex())
    rest(screen, qtbot)
    assert screen.check.take.text() == "Import 2 doors"
    assert screen.check.take.isEnabled()


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02\xff" * 300, b"just words"])
def test_a_file_that_is_no_table_is_one_clear_message(
    screen: ImportScreen, tmp_path: Path, qtbot: QtBot, content: bytes
) -> None:
    path = tmp_path / "bad.csv"
    path.write_bytes(content)
    read(screen, path, qtbot)
    said = screen._trouble.text() or screen.check._trouble.text()
    assert said
    assert list_ridings(screen.context.book) == []


def test_remarks_are_filtered_and_saved(
    screen: ImportScreen, doors: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    read(screen, doors, qtbot)
    table = screen.check.problems
    everything = table.model.rowCount()
    assert everything >= 1
    table.search.setText("no such words")
    assert table.model.rowCount() == 0
    table.search.clear()
    table.severity.setCurrentIndex(table.severity.findData("left_out"))
    table.severity.activated.emit(1)
    assert 1 <= table.model.rowCount() <= everything
    table.save_csv(tmp_path / "report.csv")
    rest(screen, qtbot)
    assert "5" in (tmp_path / "report.csv").read_text("utf-8-sig")


def test_escape_goes_back_to_the_choice_and_changes_nothing(
    screen: ImportScreen, doors: Path, qtbot: QtBot
) -> None:
    read(screen, doors, qtbot)
    assert screen.step_back()
    assert screen.steps.currentWidget() is screen.choose
    assert not screen.step_back()
    assert list_ridings(screen.context.book) == []


def test_the_assistant_speaks_french(screen: ImportScreen, doors: Path, qtbot: QtBot) -> None:
    from canvass_app.desktop.i18n import set_language

    read(screen, doors, qtbot)
    set_language("fr")
    screen.retranslate()
    assert screen.check.take.text() == "Importer 3 portes"
    assert screen.check.mapping.combos["street_name"].accessibleName() == "Rue"


def test_vancouver_granville_comes_in_whole(
    screen: ImportScreen, shared_data: Callable[[str], Path], qtbot: QtBot
) -> None:
    path = shared_data("addresses/dev_vancouver_granville_59036_addresses.csv")
    read(screen, path, qtbot)
    assert screen.check.take.text() == "Import 12,984 doors"
    screen.take()
    rest(screen, qtbot)
    assert [card.doors for card in list_ridings(screen.context.book)] == [12_984]
