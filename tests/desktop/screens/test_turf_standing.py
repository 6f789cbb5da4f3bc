"""How turfs stand on the Turfs screen: on the map, in the table; refused lists, shared doors, and a turf's own story."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from canvass_app.desktop.i18n import set_language
from canvass_app.desktop.map import TurfState
from canvass_app.desktop.screens.base import AppContext
from canvass_app.desktop.screens.turfs import TurfsScreen
from canvass_app.desktop.screens.turfs.map_state import DIMMED
from canvass_app.ledger.kinds import TurfCut
from canvass_app.services.book import Book
from canvass_app.services.entry import Mark, open_shift, record
from canvass_app.services.history import history_of
from canvass_app.services.turfs import list_turfs, make_turf, turf_door_ids
from canvass_app.services.walk_lists import issue_walk_list, list_walk_lists
from tests.desktop.screens.world import RIDING, add_doors, new_book

Settle = Callable[[TurfsScreen], None]


@pytest.fixture
def rows_of_doors(tmp_path: Path) -> Iterator[tuple[Book, list[list[bytes]]]]:
    opened = new_book(tmp_path / "data")
    streets = ("Birch Street", "Cedar Street", "Elm Street", "Oak Street")
    rows = [add_doors(opened, 12, street=street, north=900 * row) for row, street in enumerate(streets)]
    yield opened, rows
    opened.close()


@pytest.fixture
def book(rows_of_doors: tuple[Book, list[list[bytes]]]) -> Book:
    return rows_of_doors[0]


@pytest.fixture
def turfs(rows_of_doors: tuple[Book, list[list[bytes]]]) -> dict[str, bytes]:
    """One turf ready, one out, one in progress, one done."""
    book, rows = rows_of_doors
    names = ("Ready", "Out", "Going", "Done")
    made = {
        name: make_turf(book, RIDING, name, doors, author="Lea").turf_id
        for name, doors in zip(names, rows, strict=True)
    }
    for name in names[1:]:
        document = issue_walk_list(book, RIDING, made[name], canvasser="Zoé").document
        if name == "Out":
            continue
        shift = open_shift(book, "Zoé", RIDING, document.number)
        for line in document.lines[: 1 if name == "Going" else None]:
            record(book, shift, document.number, line.line, Mark(code="refused"))
    return made


@pytest.fixture
def settle(qtbot: QtBot) -> Settle:
    def wait(screen: TurfsScreen) -> None:
        qtbot.waitUntil(lambda: not screen.is_busy() and not screen.context.tasks.busy(), timeout=20_000)

    return wait


@pytest.fixture
def screen(context: AppContext, turfs: dict[str, bytes], qtbot: QtBot, settle: Settle) -> TurfsScreen:
    context.set_riding(RIDING)
    made = TurfsScreen(context)
    qtbot.addWidget(made)
    made.resize(1200, 760)
    context.changed.connect(made.on_changes)
    made.show()
    made.refresh()
    settle(made)
    return made


def names(screen: TurfsScreen) -> list[str]:
    model = screen.table.rows
    return [model.row(place).name for place in range(model.rowCount())]


def test_every_turf_has_its_area_and_its_state_on_the_map(screen: TurfsScreen) -> None:
    layer = screen.map.turf_shapes()
    shown = {
        name: TurfState(int(state)) for name, state in zip(layer.names, layer.state, strict=True) if name
    }
    assert shown == {
        "Ready": TurfState.READY, "Out": TurfState.OUT, "Going": TurfState.IN_PROGRESS, "Done": TurfState.DONE,
    }  # fmt: skip


def test_an_area_holds_its_own_doors_and_no_others(screen: TurfsScreen) -> None:
    from canvass_app.desktop.map import points_in_polygon

    ground, layer = screen._ground, screen.map.turf_shapes()
    assert ground is not None
    lon, lat = ground.data.lon_e6.astype(float), ground.data.lat_e6.astype(float)
    inside = np.zeros((len(ground.turfs), len(lon)), bool)
    turf = -1
    for place, name in enumerate(layer.names):
        turf = next((n for n, one in enumerate(ground.turfs) if one.name == name), turf)
        ring = layer.points[layer.offsets[place] : layer.offsets[place + 1]].astype(float)
        inside[turf] |= points_in_polygon(lon, lat, ring)
    for number in range(len(ground.turfs)):
        assert (inside[number] == (ground.turf == number)).all()


def test_a_state_chosen_shows_its_turfs_alone_and_dims_the_doors_of_others(
    screen: TurfsScreen, settle: Settle
) -> None:
    assert names(screen) == ["Ready", "Out", "Going", "Done"]
    screen.view.states.toggle("out")
    screen.view.states.toggle("done")
    settle(screen)
    assert names(screen) == ["Out", "Done"]
    assert {name for name in screen.map.turf_shapes().names if name} == {"Out", "Done"}
    ground = screen._ground
    assert ground is not None
    dimmed = screen.map._scene.turf == DIMMED
    within = np.isin(ground.turf, [n for n, one in enumerate(ground.turfs) if one.name in ("Out", "Done")])
    assert (dimmed == ~within).all()
    assert screen.step_back()
    settle(screen)
    assert names(screen) == ["Ready", "Out", "Going", "Done"]
    assert not (screen.map._scene.turf == DIMMED).any()


def test_the_table_and_the_legend_say_states_in_words_and_marks(screen: TurfsScreen) -> None:
    from canvass_app.desktop.screens.turfs.words import state_chip

    chips = [state_chip(turf) for turf in screen._ground.turfs] if screen._ground else []
    assert [chip.text for chip in chips] == ["ready", "out", "in progress", "done"]
    assert len({chip.icon_name for chip in chips}) == 4
    buttons = screen.view.states._buttons
    assert [button.accessibleName() for button in buttons.values() if not button.isHidden()] == [
        "ready: 1", "out: 1", "in progress: 1", "done: 1",
    ]  # fmt: skip


def test_a_turf_whose_list_is_out_is_refused_and_the_way_on_is_offered(
    screen: TurfsScreen, book: Book, turfs: dict[str, bytes], settle: Settle, tmp_path: Path
) -> None:
    asked: list[int] = []

    def choose(_parent: object, number: int, _name: str) -> Path | None:
        asked.append(number)
        return None

    wanted: list[Any] = []
    screen.context.place_wanted.connect(lambda place, what: wanted.append((place, what)))
    screen.choose_file = choose
    screen.select_turf(turfs["Out"])
    settle(screen)
    before = list_walk_lists(book, RIDING)
    screen.print_list()
    settle(screen)
    given = screen.view.turf.given
    assert given.isVisibleTo(screen)
    out = next(one for one in before if one.turf_name == "Out")
    assert out.code in given.words.text()
    assert "Zoé" in given.words.text()
    assert (list_walk_lists(book, RIDING), asked) == (before, [])
    given.show_list.click()
    assert wanted[-1] == ("lists", out.number)
    given.print_anyway.click()
    settle(screen)
    newest = list_walk_lists(book, RIDING)[0]
    assert asked == [newest.number]
    assert not given.isVisibleTo(screen)
    [row] = history_of(book, RIDING, "list", newest.list_id).rows
    assert out.code in row.said.en


def test_another_turf_chosen_forgets_the_refusal(
    screen: TurfsScreen, turfs: dict[str, bytes], settle: Settle
) -> None:
    screen.select_turf(turfs["Out"])
    screen.print_list()
    settle(screen)
    screen.select_turf(turfs["Ready"])
    settle(screen)
    assert not screen.view.turf.given.isVisibleTo(screen)


def share(book: Book, turfs: dict[str, bytes]) -> None:
    """Tom's turf, cut on another laptop over five doors of "Ready"."""
    doors = turf_door_ids(book, RIDING, turfs["Ready"])[:5]
    turf = os.urandom(16)
    with book.act("Tom") as act:
        act.add(RIDING, turf, TurfCut(name="Theirs", doors=tuple(doors), seconds=600, metres=100, color=5))


@pytest.mark.parametrize("here", [True, False])
def test_shared_doors_are_marked_and_one_click_settles_them(
    screen: TurfsScreen, book: Book, turfs: dict[str, bytes], settle: Settle, here: bool
) -> None:
    share(book, turfs)
    screen.refresh()
    settle(screen)
    model = screen.table.rows
    state = model.columnCount() - 1
    said = {model.row(place).name: model.columns[state].value(model.row(place)).text for place in range(5)}
    assert said == {
        "Ready": "shared",
        "Theirs": "shared",
        "Out": "out",
        "Going": "in progress",
        "Done": "done",
    }
    screen.select_turf(turfs["Ready"])
    settle(screen)
    notice = screen.view.turf.shared
    assert notice.isVisibleTo(screen)
    assert notice.words.text().startswith("5 doors are in Theirs too")
    (notice.here if here else notice.there).click()
    settle(screen)
    assert not notice.isVisibleTo(screen)
    left = {turf.name: turf.doors for turf in list_turfs(book, RIDING)}
    assert (left.get("Ready"), left.get("Theirs")) == ((12, None) if here else (7, 5))


def test_a_turf_tells_who_made_it_and_what_each_walk_brought(
    screen: TurfsScreen, turfs: dict[str, bytes], settle: Settle
) -> None:
    gone: list[Any] = []
    screen.context.place_wanted.connect(lambda place, what: gone.append((place, what)))
    screen.select_turf(turfs["Done"])
    settle(screen)
    story = screen.view.turf.story
    assert "by Lea" in story.made.text()
    head, figures = (label.text() for label in story.lines[0])
    assert head.endswith("Zoé")
    assert figures.startswith("12 of 12 doors · 12 attempts · 12 contacts")
    assert figures.endswith("out")
    story.history.click()
    assert gone == [("history", (RIDING, "turf", turfs["Done"]))]
    screen.select_turf(turfs["Ready"])
    settle(screen)
    assert not story.lines[0][0].isVisibleTo(screen)


def test_standing_speaks_french(screen: TurfsScreen, turfs: dict[str, bytes], settle: Settle) -> None:
    set_language("fr")
    screen.retranslate()
    screen.select_turf(turfs["Out"])
    screen.print_list()
    settle(screen)
    assert screen.view.turf.given.print_anyway.text() == "Imprimer quand même"
    assert "encore sortie" in screen.view.turf.given.words.text()
    assert screen.view.turf.story.history.text() == "Tout l’historique"
