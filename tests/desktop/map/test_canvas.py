"""The map in the hand: real mouse, wheel and key events on a real widget."""

import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from canvass_app.desktop.map import DoorLayer, DoorState, MapCanvas, MapLayers, MapLegend, Tool
from canvass_app.desktop.theme import apply_theme, tokens

sys.path.insert(0, str(Path(__file__).parent))
from samples import doors, random_doors, town

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
SHIFT, ALT = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def canvas(qtbot: QtBot) -> MapCanvas:
    """The town on a map of 800 by 600 pixels."""
    made = MapCanvas()
    qtbot.addWidget(made)
    made.resize(800, 600)
    made.set_layers(town())
    made.show()
    made.setFocus()
    return made


def drag(canvas: MapCanvas, path: list[tuple[float, float]], modifiers: Qt.KeyboardModifier = NONE) -> None:
    """Press at the first point, move along, let go at the last."""

    def send(kind: QEvent.Type, at: tuple[float, float], held: Qt.MouseButton) -> None:
        button = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else LEFT
        QApplication.sendEvent(canvas, QMouseEvent(kind, QPointF(*at), QPointF(*at), button, held, modifiers))

    send(QEvent.Type.MouseButtonPress, path[0], LEFT)
    for at in path[1:]:
        send(QEvent.Type.MouseMove, at, LEFT)
    send(QEvent.Type.MouseButtonRelease, path[-1], Qt.MouseButton.NoButton)


def picture(canvas: MapCanvas) -> QImage:
    canvas.settle()
    return canvas.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def near(canvas: MapCanvas, image: QImage, door: int, reach: int = 9) -> set[str]:
    """The colours around a door."""
    at = canvas.door_position(door)
    return {
        QColor(image.pixel(int(at.x()) + dx, int(at.y()) + dy)).name().upper()
        for dx in range(-reach, reach + 1)
        for dy in range(-reach, reach + 1)
    }


def closer(canvas: MapCanvas, to: int = 150) -> None:
    canvas.fit_to([to - 1, to, to + 1, to + 20])


# lasso, band and clicks


def test_the_lasso_picks_exactly_the_doors_inside(canvas: MapCanvas, qtbot: QtBot) -> None:
    import shapely

    canvas.set_doors(random_doors(5000))
    canvas.set_tool(Tool.LASSO)
    turn = np.linspace(0, 2 * np.pi, 90)
    radius = 150 + 50 * np.sin(3 * turn)
    path = [(400 + r * np.cos(a), 300 + r * np.sin(a)) for a, r in zip(turn, radius, strict=True)]
    with qtbot.waitSignal(canvas.doors_selected) as told:
        drag(canvas, path)
    spots = [canvas.door_position(door) for door in range(5000)]
    shape = shapely.Polygon(path)
    inside = {i for i, at in enumerate(spots) if shape.contains(shapely.Point(at.x(), at.y()))}
    # The hand's line is kept to points at least 2 pixels apart, so doors on the very line may fall either way.
    unsure = {i for i, at in enumerate(spots) if shape.exterior.distance(shapely.Point(at.x(), at.y())) < 0.5}
    picked = set(told.args[0].tolist())
    assert len(inside) > 200
    assert picked - unsure == inside - unsure
    np.testing.assert_array_equal(canvas.selection(), told.args[0])
    assert canvas.tool() is Tool.LASSO


def test_shift_adds_alt_removes_and_a_plain_drag_begins_anew(canvas: MapCanvas) -> None:
    canvas.set_tool(Tool.SELECT)

    def band(first: int, last: int, modifiers: Qt.KeyboardModifier = NONE) -> set[int]:
        a, b = canvas.door_position(first), canvas.door_position(last)
        drag(canvas, [(a.x() - 8, a.y() + 8), (b.x(), b.y()), (b.x() + 8, b.y() - 8)], modifiers)
        return set(canvas.selection().tolist())

    canvas.fit_to(range(300))
    assert band(0, 21) == {0, 1, 20, 21}
    assert band(2, 3, SHIFT) == {0, 1, 2, 3, 20, 21}
    assert band(1, 2, ALT) == {0, 3, 20, 21}
    assert band(5, 5) == {5}


def test_a_click_picks_a_door_and_open_ground_lets_go(canvas: MapCanvas, qtbot: QtBot) -> None:
    closer(canvas)
    canvas.set_tool(Tool.SELECT)
    at = canvas.door_position(150)
    with qtbot.waitSignals([canvas.door_clicked, canvas.doors_selected]):
        drag(canvas, [(at.x() + 2, at.y() - 1)])
    assert canvas.selection().tolist() == [150]
    middle = (at + canvas.door_position(171)) / 2
    with qtbot.assertNotEmitted(canvas.door_clicked):
        drag(canvas, [(middle.x(), middle.y())])
    assert canvas.selection().tolist() == []


def test_a_click_with_the_hand_tells_the_door_and_selects_nothing(canvas: MapCanvas, qtbot: QtBot) -> None:
    closer(canvas)
    at = canvas.door_position(151)
    with qtbot.waitSignal(canvas.door_clicked) as told, qtbot.assertNotEmitted(canvas.doors_selected):
        drag(canvas, [(at.x(), at.y())])
    assert told.args == [151]


def test_selecting_from_outside_is_quiet_unless_asked(canvas: MapCanvas, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(canvas.doors_selected):
        canvas.select([3, 1])
    assert canvas.selection().tolist() == [1, 3]
    with qtbot.waitSignal(canvas.doors_selected) as told:
        canvas.select([7], tell=True)
    assert told.args[0].tolist() == [7]


# moving


def test_the_ground_moves_by_the_drag(canvas: MapCanvas) -> None:
    before = canvas.door_position(10)
    drag(canvas, [(300, 300), (310, 305), (375, 260)])
    assert canvas.door_position(10) - before == QPointF(75, -40)


def test_dragging_shows_the_picture_moved_before_a_new_one_is_drawn(canvas: MapCanvas) -> None:
    canvas.set_walks(())
    before = picture(canvas)
    drag(canvas, [(300, 300), (340, 300), (340, 330)])
    after = canvas.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    for x, y in ((400, 300), (350, 250), (420, 333)):
        assert after.pixel(x + 40, y + 30) == before.pixel(x, y)


def test_a_slip_of_the_hand_is_a_click(canvas: MapCanvas) -> None:
    before = canvas.view()
    drag(canvas, [(300, 300), (302, 301)])
    assert canvas.view() == before


def test_the_wheel_keeps_the_ground_under_the_cursor(canvas: MapCanvas) -> None:
    at = QPointF(613, 147)
    ground = canvas.view().metres(at.x(), at.y())
    for turned in (120, 120, -120, 360, -60):
        scale = canvas.view().scale
        event = QWheelEvent(
            at, at, QPoint(), QPoint(0, turned), Qt.MouseButton.NoButton, NONE, Qt.ScrollPhase.NoScrollPhase, False
        )  # fmt: skip
        QApplication.sendEvent(canvas, event)
        assert (canvas.view().scale > scale) == (turned > 0)
        assert canvas.view().pixel(*ground) == pytest.approx((at.x(), at.y()), abs=1e-6)


def test_every_move_has_a_key(canvas: MapCanvas, qtbot: QtBot) -> None:
    start, scale = canvas.door_position(0), canvas.view().scale
    qtbot.keyClick(canvas, Qt.Key.Key_Left)
    assert canvas.door_position(0).x() > start.x()
    qtbot.keyClick(canvas, Qt.Key.Key_Down)
    assert canvas.door_position(0).y() < start.y()
    qtbot.keyClick(canvas, Qt.Key.Key_Plus)
    assert canvas.view().scale > scale
    qtbot.keyClick(canvas, Qt.Key.Key_Minus)
    assert canvas.view().scale == pytest.approx(scale)
    qtbot.keyClick(canvas, Qt.Key.Key_0)
    assert (canvas.door_position(0) - start).manhattanLength() < 1e-6
    for key, tool in ((Qt.Key.Key_S, Tool.SELECT), (Qt.Key.Key_L, Tool.LASSO), (Qt.Key.Key_P, Tool.PAN)):
        with qtbot.waitSignal(canvas.tool_changed):
            qtbot.keyClick(canvas, key)
        assert canvas.tool() is tool


def test_doors_can_be_picked_by_keys_alone(canvas: MapCanvas, qtbot: QtBot) -> None:
    canvas.fit_to([150])
    qtbot.keyClick(canvas, Qt.Key.Key_S)
    qtbot.keyClick(canvas, Qt.Key.Key_Space)
    assert canvas.selection().tolist() == [150]
    qtbot.keyClick(canvas, Qt.Key.Key_0)
    qtbot.keyClick(canvas, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(canvas.selection()) == 300
    qtbot.keyClick(canvas, Qt.Key.Key_Escape)
    assert len(canvas.selection()) == 0


def test_resizing_keeps_the_centre(canvas: MapCanvas) -> None:
    before = (canvas.view().x, canvas.view().y, canvas.view().scale)
    canvas.resize(500, 700)
    assert (canvas.view().x, canvas.view().y, canvas.view().scale) == before
    middle = canvas.view().metres(250, 350)
    assert middle == pytest.approx(before[:2])


def test_fit_shows_every_door(canvas: MapCanvas) -> None:
    canvas.pan(5000, 5000)
    canvas.fit()
    for door in (0, 19, 280, 299):
        assert canvas.rect().contains(canvas.door_position(door).toPoint())


# what is painted


def test_a_changed_state_is_repainted(canvas: MapCanvas) -> None:
    closer(canvas)
    canvas.set_walks(())
    before = picture(canvas)
    assert tokens().good not in near(canvas, before, 150)
    canvas.update_states([150, 151], DoorState.TALKED)
    after = picture(canvas)
    assert tokens().good in near(canvas, after, 150)
    assert tokens().good not in near(canvas, after, 149)
    canvas.update_states([150, 151], [DoorState.DO_NOT_KNOCK, DoorState.NOT_HOME])
    assert tokens().bad in near(canvas, picture(canvas), 150)
    assert canvas.states()[[149, 150, 151]].tolist() == [0, 4, 1]


def test_the_worker_repaints_without_being_waited_for(canvas: MapCanvas, qtbot: QtBot) -> None:
    closer(canvas)
    canvas.set_walks(())
    qtbot.waitUntil(canvas.is_settled)
    with qtbot.waitSignal(canvas.painted_fine):
        canvas.update_states([150], DoorState.TALKED)
    qtbot.waitUntil(canvas.is_settled)
    shot = canvas.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    assert tokens().good in near(canvas, shot, 150)


def test_doors_take_the_colour_of_their_turf(canvas: MapCanvas) -> None:
    closer(canvas)
    canvas.set_walks(())
    canvas.update_states([150], DoorState.TALKED)
    canvas.update_turfs([150], 1)
    canvas.set_turf_colours(("#102030", "#405060"))
    assert "#405060" in near(canvas, picture(canvas), 150)


def test_a_selected_door_wears_a_ring_of_accent(canvas: MapCanvas) -> None:
    closer(canvas)
    canvas.set_walks(())
    canvas.clearFocus()
    assert tokens().accent not in near(canvas, picture(canvas), 150, 12)
    canvas.select([150])
    assert tokens().accent in near(canvas, picture(canvas), 150, 12)


def test_the_theme_changes_what_is_painted(qapp: QApplication, canvas: MapCanvas) -> None:
    light = picture(canvas)
    assert QColor(light.pixel(120, 30)).name().upper() == tokens().map.outside
    apply_theme(qapp, "dark")
    dark = picture(canvas)
    assert QColor(dark.pixel(120, 30)).name().upper() == tokens().map.outside
    assert light.pixel(120, 30) != dark.pixel(120, 30)
    assert tokens().is_dark


def test_an_open_map_takes_a_new_theme_by_itself(qapp: QApplication, canvas: MapCanvas, qtbot: QtBot) -> None:
    qtbot.waitUntil(canvas.is_settled)
    with qtbot.waitSignal(canvas.painted_fine):
        apply_theme(qapp, "dark")
    qtbot.waitUntil(canvas.is_settled)
    shot = canvas.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    assert QColor(shot.pixel(120, 30)).name().upper() == tokens().map.outside


def test_street_names_appear_when_there_is_room(canvas: MapCanvas) -> None:
    from canvass_app.desktop.map.geometry import View
    from canvass_app.desktop.map.labels import NameChains, place_labels
    from canvass_app.desktop.map.scene import make_scene

    scene = make_scene(town())
    names = NameChains(scene.lines, scene.names)
    near_by = place_labels(names, View(0, 0, 1.5, 900, 700), tokens())
    assert {label.text for label in near_by} == {"Birch Street", "Rue du Quai"}
    first, second = near_by
    assert np.hypot(first.x - second.x, first.y - second.y) > 30
    assert place_labels(names, View(0, 0, 0.05, 900, 700), tokens()) == []
    assert all(-90 <= label.angle <= 90 for label in near_by)


def test_segments_of_one_street_share_a_name(qtbot: QtBot) -> None:
    from canvass_app.desktop.map import LineLayer
    from canvass_app.desktop.map.labels import NameChains
    from canvass_app.desktop.map.scene import make_scene

    # a b c d e in a row, stored as c-d, b-a, d-e, b-c
    xs = [2, 3, 1, 0, 3, 4, 1, 2]
    points = np.array([[-75_700_000 + 1000 * x, 45_400_000] for x in xs], np.int32)
    lines = LineLayer(
        points, np.array([0, 2, 4, 6, 8], np.int32), np.zeros(4, np.uint8), ["Rue du Bouleau"] * 4
    )
    scene = make_scene(MapLayers(lines=lines))
    chains = NameChains(scene.lines, scene.names).chains
    assert len(chains) == 1
    assert sorted(chains[0].x.tolist()) in (chains[0].x.tolist(), chains[0].x[::-1].tolist())
    assert len(chains[0].x) == 5


# odd material


def test_an_empty_map_is_no_error(qtbot: QtBot) -> None:
    canvas = MapCanvas()
    qtbot.addWidget(canvas)
    canvas.set_layers(MapLayers())
    canvas.show()
    canvas.set_tool(Tool.LASSO)
    drag(canvas, [(10, 10), (90, 10), (90, 90), (20, 60)])
    canvas.fit()
    canvas.fit_to([])
    canvas.zoom_in()
    assert not picture(canvas).isNull()
    assert canvas.selection().tolist() == []


def test_a_single_door_is_shown_close_and_not_infinitely_so(qtbot: QtBot) -> None:
    canvas = MapCanvas()
    qtbot.addWidget(canvas)
    canvas.resize(400, 300)
    canvas.set_doors(DoorLayer(np.array([-75_700_000], np.int32), np.array([45_400_000], np.int32)))
    canvas.show()
    canvas.fit_to([0])
    assert canvas.view().scale == 3.0
    assert canvas.door_position(0) == QPointF(200, 150)


def test_two_hundred_thousand_doors_are_shown_and_picked(qtbot: QtBot) -> None:
    canvas = MapCanvas()
    qtbot.addWidget(canvas)
    canvas.resize(800, 600)
    canvas.set_doors(random_doors(200_000))
    canvas.show()
    canvas.set_tool(Tool.LASSO)
    drag(canvas, [(0, 0), (799, 0), (799, 599), (0, 599), (0, 1)])
    assert len(canvas.selection()) == 200_000
    assert not picture(canvas).isNull()


def test_arrays_of_different_lengths_are_refused() -> None:
    one, two = np.zeros(1, np.int32), np.zeros(2, np.int32)
    with pytest.raises(ValueError, match="one length"):
        DoorLayer(one, two)
    with pytest.raises(ValueError, match="one length"):
        DoorLayer(two, two, np.zeros(1, np.uint8))


def test_other_doors_forget_the_old_selection_and_may_keep_the_view(canvas: MapCanvas) -> None:
    canvas.select([1, 2])
    canvas.zoom_in()
    scale, ground = canvas.view().scale, canvas.door_position(0)
    canvas.set_doors(doors(), keep_view=True)
    assert canvas.view().scale == scale
    assert (canvas.door_position(0) - ground).manhattanLength() < 0.5
    assert canvas.selection().tolist() == []


@pytest.mark.parametrize("how", ["closed", "dropped", "restyled"])
def test_a_map_thrown_away_while_it_is_drawn_harms_nobody(qapp: QApplication, how: str) -> None:
    for turn in range(30):
        canvas = MapCanvas()
        canvas.resize(600, 400)
        canvas.set_layers(town() if turn % 2 else MapLayers(random_doors(20_000)))
        canvas.show()
        if how == "closed":
            canvas.close()
        elif how == "restyled":
            apply_theme(qapp, "dark" if turn % 2 else "light")
            QApplication.processEvents()
        canvas.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        del canvas
        QApplication.processEvents()


# words


def test_the_map_and_its_legend_speak_both_languages(
    canvas: MapCanvas, qtbot: QtBot, to_french: Callable[[], None]
) -> None:
    legend = MapLegend()
    qtbot.addWidget(legend)
    legend.show()
    canvas.select([1, 2])
    buttons = canvas.findChildren(QToolButton)
    assert canvas.accessibleName() == "Map of doors"
    assert canvas.accessibleDescription() == "Doors: 300. Selected: 2."
    assert legend.words()[1] == "not home"
    to_french()
    assert canvas.accessibleName() == "Carte des portes"
    assert canvas.accessibleDescription() == "Portes\u00a0: 300. Sélection\u00a0: 2."
    assert [button.toolTip() for button in buttons] == [
        "Zoom avant (+)",
        "Zoom arrière (-)",
        "Tout afficher (0)",
    ]
    assert legend.words()[4] == "ne pas frapper"
    assert all(button.accessibleName() for button in buttons)
