"""The map in the hand: moved, picked and lassoed with mouse or keys."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray
from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QWidget

from canvass_app.desktop.map.colours import turf_colours
from canvass_app.desktop.map.geometry import Float64, thinned
from canvass_app.desktop.map.overlay import paint_crosshair, paint_here, paint_outline
from canvass_app.desktop.map.proposed import Outline, Proposed, paint_proposed, project_outline
from canvass_app.desktop.map.sprites import mark_size
from canvass_app.desktop.map.surface import MapSurface
from canvass_app.desktop.map.tools import Blend, Drag, Tool, door_at, doors_inside, to_ground
from canvass_app.desktop.theme import tokens

_PAN_STEP = 64  # pixels, one press of an arrow


class MapCanvas(MapSurface):
    """Shows `MapLayers`; picks doors.

    Keys: arrows move, + and - zoom, 0 shows everything, P S L choose a tool, Space picks the door at the cross in the
    middle, Ctrl+A picks all doors in sight, Esc lets go. Shift adds to a selection, Alt takes from it.
    """

    doors_selected = Signal(object)  # int64 array of door indices, ascending
    door_clicked = Signal(int)
    tool_changed = Signal(object)  # Tool

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tool = Tool.PAN
        self._drag: Drag | None = None
        self._panning: Drag | None = None
        self._kept_outline: Float64 | None = None
        self._here: int | None = None
        self._proposed: tuple[Proposed, ...] = ()
        self.set_tool(Tool.PAN)
        self._retranslate()

    # the selection

    def selection(self) -> NDArray[np.int64]:
        """The indices of the selected doors, ascending."""
        return np.flatnonzero(self._scene.selected)

    def select(self, indices: ArrayLike, *, tell: bool = False) -> None:
        """Select exactly these doors; sends `doors_selected` only when asked to `tell`."""
        selected = np.zeros(len(self._scene.door_x), bool)
        selected[np.asarray(indices, np.int64)] = True
        self._select(selected, tell=tell)

    def _select(self, selected: NDArray[np.bool_], *, tell: bool = True) -> None:
        self._change(selected=selected)
        self._describe()
        if tell:
            self.doors_selected.emit(np.flatnonzero(selected))

    def outline_e6(self, most: int = 500) -> tuple[tuple[int, int], ...] | None:
        """The corners (lon_e6, lat_e6) of the lasso that was drawn last and still stands, `most` of them; None without."""
        if self._kept_outline is None or len(self._kept_outline) < 3:
            return None
        projection = self._scene.projection
        found = [projection.to_degrees_e6(float(x), float(y)) for x, y in thinned(self._kept_outline, most)]
        return tuple(dict.fromkeys(found)) if len(set(found)) > 2 else None

    def mark(self, index: int | None) -> None:
        """Point at one door among those selected; None points at none."""
        if index != self._here:
            self._here = index
            self.update()

    def marked(self) -> int | None:
        """The door pointed at."""
        return self._here

    def set_proposed(self, outlines: Sequence[Outline]) -> None:
        """Draw these turfs as proposed: a dashed line around each, with its letters."""
        self._proposed = tuple(project_outline(self._scene.projection, one) for one in outlines)
        self.update()

    def tool(self) -> Tool:
        """The tool in hand."""
        return self._tool

    def set_tool(self, tool: Tool | str) -> None:
        """Take another tool in hand: pan, select or lasso. It stays until changed."""
        tool = Tool(tool)
        self._drag = None
        if tool is not self._tool:
            self._tool = tool
            self.tool_changed.emit(tool)
        hand = Qt.CursorShape.OpenHandCursor if tool is Tool.PAN else Qt.CursorShape.CrossCursor
        self.setCursor(Qt.CursorShape.ArrowCursor if tool is Tool.SELECT else hand)
        self.update()

    # mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to pan or to pick. The middle button pans whatever the tool."""
        at = event.position()
        middle = event.button() == Qt.MouseButton.MiddleButton
        if middle or (event.button() == Qt.MouseButton.LeftButton and self._tool is Tool.PAN):
            self._panning = Drag(Tool.PAN, at.x(), at.y(), Blend.REPLACE)
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        elif event.button() == Qt.MouseButton.LeftButton:
            self._kept_outline = None
            self._drag = Drag(self._tool, at.x(), at.y(), Blend.of(event.modifiers()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Pan by the drag, or draw the band or the lasso."""
        at = event.position()
        if self._panning is not None:
            dx, dy = self._panning.to(at.x(), at.y())
            if dx or dy:
                self._set_view(self._view.moved(dx, dy))
        elif self._drag is not None:
            self._drag.to(at.x(), at.y())
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the pan with a fine picture, or pick what was drawn around."""
        at = event.position()
        if self._panning is not None:
            clicked = not self._panning.moved and event.button() == Qt.MouseButton.LeftButton
            self._panning = None
            self.set_tool(self._tool)
            self._refresh(urgent=True)
            if clicked:
                self._click(at.x(), at.y(), None)
        elif self._drag is not None and event.button() == Qt.MouseButton.LeftButton:
            drag, self._drag = self._drag, None
            drag.to(at.x(), at.y())
            if drag.moved:
                self._pick_inside(drag)
            else:
                self._click(at.x(), at.y(), drag.blend)

    def _pick_inside(self, drag: Drag) -> None:
        shape = to_ground(drag.outline(), self._view)
        if drag.tool is Tool.LASSO:
            self._kept_outline = shape
        self._select(drag.blend.apply(self._scene.selected, doors_inside(self._scene, shape)))

    def _click(self, px: float, py: float, blend: Blend | None) -> None:
        """A door was clicked; with a picking tool (`blend` given) it is selected too, and open ground lets go."""
        door = door_at(self._scene, self._view, px, py, tokens().zoom)
        if blend is not None and (door is not None or blend is Blend.REPLACE):
            picked = np.zeros(len(self._scene.door_x), bool)
            if door is not None:
                picked[door] = True
            self._select(blend.apply(self._scene.selected, picked))
        if door is not None:
            self.door_clicked.emit(door)

    # keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """See the class for the keys."""
        if not self._key(event):
            super().keyPressEvent(event)

    def _key(self, event: QKeyEvent) -> bool:
        key, code = Qt.Key, event.key()
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        moves = {key.Key_Left: (1, 0), key.Key_Right: (-1, 0), key.Key_Up: (0, 1), key.Key_Down: (0, -1)}
        tools = {key.Key_P: Tool.PAN, key.Key_S: Tool.SELECT, key.Key_L: Tool.LASSO}
        step = tokens().px(_PAN_STEP)
        if control and code == key.Key_A:
            self._pick_in_sight()
        elif control:
            return False
        elif code in moves:
            self.pan(moves[key(code)][0] * step, moves[key(code)][1] * step)
        elif code in (key.Key_Plus, key.Key_Equal):
            self.zoom_in()
        elif code in (key.Key_Minus, key.Key_Underscore):
            self.zoom_out()
        elif code == key.Key_0:
            self.fit()
        elif code in tools:
            self.set_tool(tools[key(code)])
        elif code == key.Key_Space and self._tool is not Tool.PAN:
            self._click(self.width() / 2, self.height() / 2, Blend.of(event.modifiers()))
        elif code == key.Key_Escape:
            return self._let_go()
        else:
            return False
        return True

    def _pick_in_sight(self) -> None:
        x, y = self._view.to_pixels(self._scene.door_x, self._scene.door_y)
        self._select((x >= 0) & (y >= 0) & (x <= self.width()) & (y <= self.height()))

    def _let_go(self) -> bool:
        """Esc: first the shape being drawn, then the selection; False when there is nothing to let go of."""
        if self._drag is not None:
            self._drag = None
        elif self._kept_outline is not None or self._scene.selected.any():
            self._kept_outline = None
            self._select(np.zeros(len(self._scene.door_x), bool))
        else:
            return False
        self.update()
        return True

    # what the surface asks

    def _layers_replaced(self) -> None:
        self._kept_outline = None
        self._drag = None
        self._here = None
        self._describe()

    def _dragging(self) -> bool:
        return self._panning is not None

    def _paint_over(self, painter: QPainter) -> None:
        look = tokens()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._proposed:
            colours = self._scene.turf_colours or turf_colours(look)
            paint_proposed(painter, self._proposed, self._view, colours, look, moving=self._dragging())
        if self._here is not None:
            paint_here(painter, self.door_position(self._here), mark_size(self._view.scale) * look.zoom, look)
        if self._kept_outline is not None:
            shape = [self._view.pixel(float(x), float(y)) for x, y in self._kept_outline]
            paint_outline(painter, shape, look, finished=True)
        if self._drag is not None and self._drag.moved:
            paint_outline(painter, self._drag.outline(), look, finished=False)
        if self.hasFocus() and self._tool is Tool.SELECT:
            paint_crosshair(painter, QPointF(self.width() / 2, self.height() / 2), look)
        super()._paint_over(painter)

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Map of doors"))
        self._describe()

    def _describe(self) -> None:
        chosen, total = int(self._scene.selected.sum()), len(self._scene.door_x)
        text = self.tr("Doors: %1. Selected: %2.").replace("%1", str(total)).replace("%2", str(chosen))
        self.setAccessibleDescription(text)
