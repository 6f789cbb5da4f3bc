"""Panning the map with 50,000 doors and a town's streets: milliseconds a frame, offscreen.

The town is invented from a seed. Each frame is what a hand does: a mouse move of some pixels, then a repaint, while
fine passes run on the worker whenever the canvas asks for them. Nothing is skipped between frames.
"""

from __future__ import annotations

import os
import statistics
import sys
import time

DOORS = 50_000
FRAMES = 400


def town(doors: int = DOORS, seed: int = 7) -> object:
    """An invented town on a slightly bent grid: `MapLayers` with about `doors` doors, streets and turfs."""
    import numpy as np

    from canvass_app.desktop.map import AreaLayer, DoorLayer, LineLayer, MapLayers

    rng = np.random.default_rng(seed)
    blocks = max(2, round((doors / 40) ** 0.5))
    side, metres = 180.0, np.array([1e6 / 78_000, 1e6 / 111_000])
    ends: list[np.ndarray] = []
    names: list[str] = []
    kinds: list[int] = []
    for number in range(blocks + 1):
        along = np.linspace(0, blocks * side, blocks * 4 + 1)
        bend = 25 * np.sin(along / 900 + number)
        for across, name in ((False, "Street"), (True, "Avenue")):
            line = np.column_stack([along, number * side + bend])
            ends.append(line[:, ::-1] if across else line)
            names.append(f"{number + 1} {name}")
            kinds.append(1 if number % 5 == 0 else 0)
    places = rng.integers(0, len(ends), doors)
    spots = rng.random(doors) * blocks * side
    sides = rng.choice((-14.0, 14.0), doors)
    points = np.empty((doors, 2))
    for place, line in enumerate(ends):
        mine = places == place
        lengthwise = 1 if place % 2 else 0
        points[mine, lengthwise] = spots[mine]
        points[mine, 1 - lengthwise] = (
            np.interp(spots[mine], line[:, lengthwise], line[:, 1 - lengthwise]) + sides[mine]
        )
    start = np.array([-75_700_000, 45_400_000])
    door_e6 = np.round(points * metres + start).astype(np.int32)
    turf = (points[:, 0] // 700 + 10 * (points[:, 1] // 700)).astype(np.int32)
    offsets = np.concatenate([[0], np.cumsum([len(line) for line in ends])]).astype(np.int32)
    line_e6 = np.round(np.concatenate(ends) * metres + start).astype(np.int32)
    corner = blocks * side + 60
    ring = np.array([[-60, -60], [corner, -60], [corner, corner], [-60, corner]]) * metres + start
    return MapLayers(
        DoorLayer(door_e6[:, 0], door_e6[:, 1], rng.integers(0, 5, doors).astype(np.uint8), turf),
        LineLayer(line_e6, offsets, np.array(kinds, np.uint8), names),
        AreaLayer(np.round(ring).astype(np.int32), np.array([0, 4], np.int32), np.zeros(1, np.uint8)),
    )


def run(doors: int = DOORS, frames: int = FRAMES) -> dict[str, float]:
    """Medians and 95th percentiles in ms: frames panning at three zooms, one fine pass at each, one state repaint."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QEvent, QPointF, Qt
    from PySide6.QtGui import QMouseEvent
    from PySide6.QtWidgets import QApplication

    from canvass_app.desktop.map import MapCanvas
    from canvass_app.desktop.theme import apply_theme

    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    apply_theme(app, "light")
    canvas = MapCanvas()
    canvas.resize(1280, 800)
    canvas.set_layers(town(doors))
    canvas.show()
    app.processEvents()
    result: dict[str, float] = {"doors": float(doors)}

    def mouse(kind: QEvent.Type, x: float, y: float) -> None:
        held = (
            Qt.MouseButton.NoButton if kind == QEvent.Type.MouseButtonRelease else Qt.MouseButton.LeftButton
        )
        button = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else Qt.MouseButton.LeftButton
        app.sendEvent(
            canvas,
            QMouseEvent(kind, QPointF(x, y), QPointF(x, y), button, held, Qt.KeyboardModifier.NoModifier),
        )

    for name, steps in (("whole", 0), ("town", 4), ("street", 8)):
        canvas.fit()
        for _ in range(steps):
            canvas.zoom_in()
        begun = time.perf_counter()
        canvas.settle()
        result[f"fine_{name}_ms"] = (time.perf_counter() - begun) * 1000
        times: list[float] = []
        x, y = 640.0, 400.0
        mouse(QEvent.Type.MouseButtonPress, x, y)
        for frame in range(frames):
            x, y = x + (9 if frame % 100 < 50 else -9), y + (4 if frame % 60 < 30 else -4)
            begun = time.perf_counter()
            mouse(QEvent.Type.MouseMove, x, y)
            canvas.repaint()
            app.processEvents()
            times.append((time.perf_counter() - begun) * 1000)
        mouse(QEvent.Type.MouseButtonRelease, x, y)
        result[f"pan_{name}_ms"] = statistics.median(times)
        result[f"pan_{name}_p95_ms"] = statistics.quantiles(times, n=20)[-1]
    begun = time.perf_counter()
    canvas.update_states([1, 2, 3], 2)
    canvas.settle()
    result["state_change_ms"] = (time.perf_counter() - begun) * 1000
    result["pan_median_ms"] = max(result[f"pan_{name}_ms"] for name in ("whole", "town", "street"))
    canvas.close()
    return result


if __name__ == "__main__":
    for key, value in run(int(sys.argv[1]) if len(sys.argv) > 1 else DOORS).items():
        print(f"{key:24} {value:10.2f}")
