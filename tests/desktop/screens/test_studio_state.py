"""What the studio shows of a draft: outlines that share the ground out, rows, hues, and which turf somebody means."""

from __future__ import annotations

import numpy as np
import shapely
from pytestqt.qtbot import QtBot

from canvass_app.desktop.map import DoorLayer, MapCanvas, MapLayers, Outline
from canvass_app.desktop.screens.turfs.map_state import DIMMED, Ground
from canvass_app.desktop.screens.turfs.studio_state import Picture, Sheet, block_of, picture, turf_named
from canvass_app.services.draft_cutting import estimates
from canvass_app.services.drafts import Desk
from canvass_app.services.map_data import MapData
from canvass_app.turf.draft import apply
from canvass_app.turf.draft_edits import change_turf, move
from tests.turf.draft_kit import DOORS, doors_at, striped


def on_ground(*, extra: int = 3) -> tuple[Desk, Ground, Sheet]:
    """Three striped turfs on the map, 60 m from block to block, and some doors that the draft does not know."""
    draft = striped(6, 4, 2)
    count = len(draft)
    ids = [n.to_bytes(16, "big") for n in range(count + extra)]
    x = draft.area.xy[draft.area.unit] + np.column_stack((np.arange(count) % DOORS * 8, np.zeros(count)))
    lon = np.concatenate((-75_700_000 + x[:, 0] * 12.8, np.full(extra, -75_690_000))).astype(np.int32)
    lat = np.concatenate((45_400_000 + x[:, 1] * 9.0, np.full(extra, 45_400_000))).astype(np.int32)
    data = MapData(
        1, ids, lon, lat, np.zeros(len(ids), np.uint8), np.full(len(ids), -1, np.int32), [], None, [], (0, 0, 0, 0), "", 0
    )  # fmt: skip
    ground = Ground.of(data)
    desk = Desk(1, ids[:count], draft, np.zeros(count, bool), {})
    return desk, ground, Sheet.of(desk, ground)


def shown(desk: Desk, ground: Ground, sheet: Sheet, before: Picture | None = None) -> Picture:
    work, lines = (before.work, before.outlines) if before is not None else ({}, {})
    return picture(desk, sheet, ground, ground.hues(frozenset()), work, lines, estimates)


def test_outlines_hold_their_doors_and_do_not_overlap() -> None:
    desk, ground, sheet = on_ground()
    found = shown(desk, ground, sheet)
    shapes = [
        shapely.union_all([shapely.Polygon(ring) for ring in line.rings])
        for _, line in found.outlines.values()
    ]
    for number, shape in enumerate(shapes):
        for door in desk.draft.doors_of(number).tolist():
            assert shape.buffer(5).covers(shapely.Point(float(sheet.lon_e6[door]), float(sheet.lat_e6[door])))
        for other in shapes[number + 1 :]:
            assert shape.intersection(other).area < 0.03 * shape.area


def test_only_turfs_that_changed_are_worked_out_anew() -> None:
    desk, ground, sheet = on_ground()
    before = shown(desk, ground, sheet)
    after_edit = apply(desk.draft, move(desk.draft, doors_at(desk.draft, 2), 0).edit)
    after = shown(Desk(1, desk.door_ids, after_edit, desk.taken, {}), ground, sheet, before)
    assert after.outlines[2] is before.outlines[2]
    assert after.outlines[0] is not before.outlines[0]
    assert after.work[2] is before.work[2]
    assert [row.doors for row in after.rows] == [9 * DOORS, 7 * DOORS, 8 * DOORS]
    assert after.rows[0].minutes > after.rows[1].minutes


def test_doors_take_the_hue_of_their_proposed_turf_and_others_keep_theirs() -> None:
    desk, ground, sheet = on_ground()
    ground.turf[-1] = 0
    found = shown(desk, ground, sheet)
    assert set(found.hues[sheet.on_map(desk.draft.doors_of(1))].tolist()) == {1}
    assert found.hues[-3:].tolist() == [-1, -1, DIMMED]


def test_a_turf_is_meant_by_its_letters_or_its_name() -> None:
    desk, _, _ = on_ground()
    named = apply(desk.draft, change_turf(desk.draft, 2, name="Mill").edit)
    desk = Desk(1, desk.door_ids, named, desk.taken, {})
    typed = ("b", " B ", "mill", "c · mill", "C", "", "z", "Turf 2")
    assert [turf_named(desk, one) for one in typed] == [1, 1, 2, 2, 2, None, None, 1]


def test_a_block_is_its_doors_in_the_same_turf() -> None:
    desk, _, _ = on_ground()
    assert block_of(desk, 1).tolist() == list(range(DOORS))
    half = apply(desk.draft, move(desk.draft, [3, 4], 1).edit)
    assert block_of(Desk(1, desk.door_ids, half, desk.taken, {}), 1).tolist() == [0, 1, 2]


def test_a_proposed_turf_is_drawn_on_the_map_and_gone_when_it_is_taken_away(qtbot: QtBot) -> None:
    desk, ground, sheet = on_ground()
    found = shown(desk, ground, sheet)
    canvas = MapCanvas()
    qtbot.addWidget(canvas)
    canvas.resize(600, 400)
    canvas.show()
    canvas.set_layers(MapLayers(DoorLayer(ground.data.lon_e6, ground.data.lat_e6)))
    qtbot.waitUntil(canvas.is_settled)
    plain = canvas.grab().toImage()
    canvas.set_proposed([
        Outline(found.outlines[row.number][1].rings, found.outlines[row.number][1].at, row.code, row.color)
        for row in found.rows
    ])  # fmt: skip
    assert canvas.grab().toImage() != plain
    canvas.set_proposed([Outline((), (0, 0), "A", 0)])
    assert canvas.grab().toImage() == plain
