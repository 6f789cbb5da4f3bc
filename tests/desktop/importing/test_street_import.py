"""Streets in the window: seen before they are taken, stopped without a trace, and undone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from canvass_app.desktop.i18n import set_language
from canvass_app.desktop.screens.base import AppContext
from canvass_app.desktop.screens.importing import ImportScreen
from canvass_app.services.importing import import_file
from canvass_app.services.map_data import load_map

HEAD = "civic_number,street_name,street_type,municipality,latitude,longitude,riding\n"
RIDING = 201324001


@pytest.fixture
def screen(context: AppContext, qtbot: QtBot, tmp_path: Path) -> ImportScreen:
    doors = tmp_path / "doors.csv"
    rows = [f"{n},Birch,St,Rivière,45.5000{n % 10},-73.6{n:03},24001\n" for n in range(100, 140)]
    rows += ["7,Nowhere,Ln,Rivière,45.51,-73.60,24001\n", "9,Nowhere,Ln,Rivière,,,24001\n"]
    doors.write_text(HEAD + "".join(rows), "utf-8")
    found = import_file(context.book, doors, "doors", author="Zoé")
    context.set_riding(next(iter(found.ridings)))
    made = ImportScreen(context)
    qtbot.addWidget(made)
    made.resize(1100, 700)
    made.show()
    made.activate("streets")
    return made


def street_file(path: Path, name: str = "Birch St") -> Path:
    line = {"type": "LineString", "coordinates": [[-73.65, 45.5], [-73.55, 45.5]]}
    point = {"type": "Point", "coordinates": [-73.6, 45.5]}
    features: list[dict[str, Any]] = [
        {"geometry": line, "properties": {"name": name}},
        {"geometry": point, "properties": {}},
    ]
    path.write_text(json.dumps({"features": features}), "utf-8")
    return path


def rest(screen: ImportScreen, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not screen.is_busy() and not screen.context.tasks.busy(), timeout=20_000)


def layers(screen: ImportScreen) -> int:
    return int(screen.context.book.read().query("SELECT COUNT(*) FROM layer")[0][0])


def read(screen: ImportScreen, path: Path, qtbot: QtBot) -> None:
    screen.open_file(path)
    rest(screen, qtbot)


def test_streets_are_looked_at_before_they_are_taken(
    screen: ImportScreen, tmp_path: Path, qtbot: QtBot
) -> None:
    read(screen, street_file(tmp_path / "s.geojson"), qtbot)
    assert screen.steps.currentWidget() is screen.streets
    assert layers(screen) == 0
    tiles = {name: tile._value.text() for name, tile in screen.streets.tiles.items()}
    assert tiles == {"well": "40", "nearest": "0", "far": "1", "none": "1", "cut_off": "0"}
    assert [screen.streets.model.row(place)["fit"] for place in range(2)] == ["none", "far"]
    screen.streets.thanks.setText("City of Birch River")
    with qtbot.waitSignal(screen.context.changed):
        qtbot.mouseClick(screen.streets.take, Qt.MouseButton.LeftButton)
    rest(screen, qtbot)
    assert layers(screen) == 1
    assert screen.streets.credit.text() == "City of Birch River"
    assert screen.streets.show_map.isVisible()
    assert not screen.streets.take.isVisible()
    riding = screen.context.riding_id
    assert riding is not None
    assert load_map(screen.context.book, riding).attribution == "City of Birch River"


def test_whom_the_map_thanks_is_offered_again_for_the_next_file(
    screen: ImportScreen, tmp_path: Path, qtbot: QtBot
) -> None:
    read(screen, street_file(tmp_path / "s.geojson"), qtbot)
    assert screen.streets.thanks.text() == ""
    screen.streets.thanks.setText("City of Birch River")
    screen.take_streets()
    rest(screen, qtbot)
    read(screen, street_file(tmp_path / "s.geojson", "Elm St"), qtbot)
    assert screen.streets.thanks.text() == "City of Birch River"


def test_a_reading_that_is_cancelled_leaves_everything_as_it_was(
    screen: ImportScreen, tmp_path: Path, qtbot: QtBot
) -> None:
    screen.open_file(street_file(tmp_path / "s.geojson"))
    assert screen._task is not None
    screen._task.cancel()
    rest(screen, qtbot)
    assert screen.steps.currentWidget() is screen.choose
    assert layers(screen) == 0


def test_undo_brings_the_streets_of_before_back(screen: ImportScreen, tmp_path: Path, qtbot: QtBot) -> None:
    said: list[tuple[str, Any]] = []
    screen.context.message.connect(lambda words, _tone, undo: said.append((words, undo)))
    for name in ("Birch St", "Elm St"):
        read(screen, street_file(tmp_path / "s.geojson", name), qtbot)
        screen.take_streets()
        rest(screen, qtbot)
    assert screen.streets.report is not None
    riding = screen.streets.report.riding_id

    def drawn() -> list[str]:
        streets = load_map(screen.context.book, riding).streets
        return list(streets.names) if streets is not None else []

    assert drawn() == ["Elm St"]
    assert said[0][1] is None
    said[-1][1]()
    rest(screen, qtbot)
    assert drawn() == ["Birch St"]


@pytest.mark.parametrize("name", ["doors.zip", "doors.csv", "empty.osm.pbf"])
def test_what_is_no_street_file_is_one_clear_message(
    screen: ImportScreen, tmp_path: Path, qtbot: QtBot, name: str
) -> None:
    (tmp_path / name).write_bytes(
        b"" if name.startswith("empty") else b"PK\x03\x04" if name.endswith("zip") else b"a,b"
    )
    read(screen, tmp_path / name, qtbot)
    assert name in screen._trouble.text()
    assert screen.steps.currentWidget() is screen.choose


def test_without_a_riding_streets_have_nowhere_to_go(
    context: AppContext, tmp_path: Path, qtbot: QtBot
) -> None:
    screen = ImportScreen(context)
    qtbot.addWidget(screen)
    screen.activate("streets")
    read(screen, street_file(tmp_path / "s.geojson"), qtbot)
    assert "Import its addresses first" in screen._trouble.text()


def test_the_report_of_streets_speaks_french(screen: ImportScreen, tmp_path: Path, qtbot: QtBot) -> None:
    read(screen, street_file(tmp_path / "s.geojson"), qtbot)
    set_language("fr")
    screen.retranslate()
    assert screen.streets.take.text() == "Utiliser ces rues"
    assert "Rien n’est encore modifié." in screen.streets._facts.text()
    assert screen.streets._worst.text() == "2 portes mal placées"
