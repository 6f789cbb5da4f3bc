"""The map: doors on quiet ground, moved, picked and lassoed with mouse or keys.

While the map moves, the last fine picture is drawn shifted and scaled; a worker draws the next one, a little larger
than the widget so that dragging has something to show. No network, no tiles.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike, NDArray
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from canvass_app.desktop.map.controls import ZoomButtons
from canvass_app.desktop.map.draw import Picture
from canvass_app.desktop.map.geometry import Float64, View
from canvass_app.desktop.map.layers import AreaLayer, DoorLayer, LineLayer, MapLayers, WalkLayer
from canvass_app.desktop.map.overlay import paint_attribution, paint_crosshair, paint_outline, paint_scale
from canvass_app.desktop.map.renderer import Renderer
from canvass_app.desktop.map.scene import Scene, make_scene, project_walks
from canvass_app.desktop.map.tools import Blend, Drag, Tool, door_at, doors_inside, to_ground
from canvass_app.desktop.theme import tokens
from canvass_app.desktop.widgets.labels import restyles, retranslates

_SPARE = 240  # pixels drawn beyond each edge of the widget
_CLOSEST, _FARTHEST = 12.0, 0.0002  # pixels per metre
_STEP = 1.5  # one press of + or one notch of the wheel
_PAN_STEP = 64  # pixels, one press of an arrow
_FIT_MARGIN = 40  # pixels around what is fitted


class MapCanvas(QWidget):
    """Shows `MapLayers`; picks doors.

    Keys: arrows move, + and - zoom, 0 shows everything, P S L choose a tool, Space picks the door at the cross in the
    middle, Ctrl+A picks all doors in sight, Esc lets go. Shift adds to a selection, Alt takes from it.
    """

    doors_selected = Signal(object)  # int64 array of door indices, ascending
    door_clicked = Signal(int)
    view_changed = Signal()
    tool_changed = Signal(object)  # Tool
    painted_fine = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(False)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(160, 120)
        self._layers = MapLayers()
        self._scene: Scene = make_scene(self._layers)
        self._view = View(width=640, height=480)
        self._tool = Tool.PAN
        self._drag: Drag | None = None
        self._panning: Drag | None = None
        self._kept_outline: Float64 | None = None
        self._picture: Picture | None = None
        self._fitted = False
        self._renderer = Renderer()
        self._renderer.drawn.connect(self._take)
        self._buttons = ZoomButtons(self)
        self._buttons.zoom_in.connect(self.zoom_in)
        self._buttons.zoom_out.connect(self.zoom_out)
        self._buttons.fit.connect(self.fit)
        self._retranslate()

    # what is shown

    def set_layers(self, layers: MapLayers, *, keep_view: bool = False) -> None:
        """Show these layers, fitted to the widget unless `keep_view` (the ground then stays where it is)."""
        centre = self._scene.projection.to_degrees_e6(self._view.x, self._view.y)
        self._layers = layers
        self._scene = make_scene(layers, self._scene.turf_colours)
        self._kept_outline = None
        if keep_view and self._fitted:
            x, y = self._scene.projection.to_metres(np.array([centre[0]]), np.array([centre[1]]))
            self._view = replace(self._view, x=float(x[0]), y=float(y[0]))
            self._refresh(urgent=True)
        else:
            self.fit()
        self._describe()

    def layers(self) -> MapLayers:
        """The layers as they were given (states and turfs changed since are in the canvas)."""
        return self._layers

    def set_doors(self, doors: DoorLayer, *, keep_view: bool = False) -> None:
        """Show other doors over the same ground; nothing stays selected."""
        self.set_layers(replace(self._layers, doors=doors), keep_view=keep_view)

    def set_lines(self, lines: LineLayer) -> None:
        """Show other streets under the same doors."""
        self.set_layers(replace(self._layers, lines=lines), keep_view=True)

    def set_areas(self, areas: AreaLayer) -> None:
        """Show another outline, other water and parks under the same doors."""
        self.set_layers(replace(self._layers, areas=areas), keep_view=True)

    def set_walks(self, walks: tuple[WalkLayer, ...]) -> None:
        """Show these walks; an empty tuple shows none."""
        self._layers = replace(self._layers, walks=walks)
        self._change(walks=tuple(project_walks(self._scene.projection, self._layers)))

    def update_states(self, indices: ArrayLike, states: ArrayLike) -> None:
        """Change the state of some doors: `states` one for all or one each. Costs no new projection."""
        changed = self._scene.state.copy()
        changed[np.asarray(indices, np.int64)] = np.asarray(states, np.uint8)
        self._change(state=changed)

    def update_turfs(self, indices: ArrayLike, turfs: ArrayLike) -> None:
        """Move some doors to other turfs (-1: none)."""
        changed = self._scene.turf.copy()
        changed[np.asarray(indices, np.int64)] = np.asarray(turfs, np.int32)
        self._change(turf=changed)

    def set_turf_colours(self, colours: tuple[str, ...]) -> None:
        """Use these colours for turfs 0, 1, 2 ...; an empty tuple goes back to the theme's twelve."""
        self._change(turf_colours=tuple(colours))

    def states(self) -> NDArray[np.uint8]:
        """The states shown now, one for each door."""
        return self._scene.state.copy()

    def _change(self, **changes: object) -> None:
        self._scene = replace(self._scene, **changes)  # type: ignore[arg-type]
        self._refresh(urgent=False)

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

    # the view

    def view(self) -> View:
        """What the widget shows, in metres around the centre of the projection and pixels per metre."""
        return self._view

    def fit(self) -> None:
        """Show everything."""
        self._show_box(self._scene.box())

    def fit_to(self, indices: ArrayLike) -> None:
        """Show these doors; nothing happens when there are none."""
        chosen = np.asarray(indices, np.int64)
        if len(chosen):
            x, y = self._scene.door_x[chosen], self._scene.door_y[chosen]
            self._show_box((float(x.min()), float(y.min()), float(x.max()), float(y.max())), closest=3.0)

    def zoom_in(self) -> None:
        """One step closer, around the middle."""
        self._zoom(_STEP, self.width() / 2, self.height() / 2)

    def zoom_out(self) -> None:
        """One step back, around the middle."""
        self._zoom(1 / _STEP, self.width() / 2, self.height() / 2)

    def pan(self, dx: float, dy: float) -> None:
        """Move what is shown by (dx, dy) pixels."""
        self._set_view(self._view.moved(dx, dy))

    def door_position(self, index: int) -> QPointF:
        """Where a door is on the widget, in pixels."""
        x, y = self._view.pixel(float(self._scene.door_x[index]), float(self._scene.door_y[index]))
        return QPointF(x, y)

    def _show_box(self, box: tuple[float, float, float, float] | None, closest: float = _CLOSEST) -> None:
        self._fitted = box is not None
        if box is not None:
            margin = tokens().px(_FIT_MARGIN)
            self._set_view(self._view.showing(box, margin, _FARTHEST, closest))
        else:
            self._refresh(urgent=True)

    def _zoom(self, factor: float, px: float, py: float) -> None:
        self._set_view(self._view.zoomed(factor, px, py, _FARTHEST, _CLOSEST))

    def _set_view(self, view: View) -> None:
        self._view = view
        self._refresh(urgent=True)
        self.view_changed.emit()

    # drawing

    def settle(self) -> None:
        """Draw the fine picture of this moment now, on this thread. For pictures that are kept, such as the guide's."""
        self._picture = self._renderer.draw_now(self._scene, self._spare_view(), self.devicePixelRatioF(), tokens())
        self.update()

    def is_settled(self) -> bool:
        """Whether no finer picture is on its way."""
        return not self._renderer.busy

    def _spare_view(self) -> View:
        return replace(self._view, width=self._view.width + 2 * _SPARE, height=self._view.height + 2 * _SPARE)

    def _refresh(self, *, urgent: bool) -> None:
        self.update()
        if not self.isVisible():
            return
        # While the hand drags, the picture in hand usually reaches far enough: a new one would only take the core.
        if (self._panning is None or not self._covered()) and not (self._panning is not None and self._renderer.busy):
            self._renderer.ask(self._scene, self._spare_view(), self.devicePixelRatioF(), tokens(), urgent=urgent)

    def _covered(self) -> bool:
        if self._picture is None:
            return False
        left, top, right, bottom = self._picture_edges(self._picture)
        return left <= 0 and top <= 0 and right >= self.width() and bottom >= self.height()

    def _picture_edges(self, picture: Picture) -> tuple[float, float, float, float]:
        shown = picture.view
        left, top = self._view.pixel(*shown.metres(0, 0))
        factor = self._view.scale / shown.scale
        return left, top, left + shown.width * factor, top + shown.height * factor

    def _take(self, picture: Picture, generation: int) -> None:
        self._picture = picture
        self.update()
        self.painted_fine.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Blit the last fine picture where it belongs now, and paint what does not move with the ground."""
        look = tokens()
        painter = QPainter(self)
        if self._picture is None or not self._covered():
            painter.fillRect(self.rect(), QColor(look.map.land))
        if self._picture is not None:
            left, top, right, bottom = self._picture_edges(self._picture)
            ratio = self._picture.image.devicePixelRatioF() * self.devicePixelRatioF()
            if self._picture.view.scale == self._view.scale:
                # Whole device pixels, or every dot would be smeared over two.
                at = QPointF(round(left * ratio) / ratio, round(top * ratio) / ratio)
                size = QSize(self._picture.image.width(), self._picture.image.height()) / ratio
                painter.drawImage(QRectF(at, size.toSizeF()), self._picture.image)
            else:
                painter.drawImage(QRectF(left, top, right - left, bottom - top), self._picture.image)
        self._paint_over(painter)
        painter.end()

    def _paint_over(self, painter: QPainter) -> None:
        look = tokens()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._kept_outline is not None:
            shape = [self._view.pixel(float(x), float(y)) for x, y in self._kept_outline]
            paint_outline(painter, shape, look, finished=True)
        if self._drag is not None and self._drag.moved and self._drag.tool is not Tool.PAN:
            paint_outline(painter, self._drag.outline(), look, finished=False)
        if self.hasFocus() and self._tool is Tool.SELECT:
            paint_crosshair(painter, QPointF(self.width() / 2, self.height() / 2), look)
        edge = look.px(12)
        true_scale = self._view.scale / self._scene.projection.true_scale(self._view.y)
        if self._fitted:
            paint_scale(painter, QPointF(edge, self.height() - edge), true_scale, look)
        corner = QPointF(self.width() - edge, self.height() - edge)
        room = self.width() - look.px(240)
        if room > look.px(60):
            paint_attribution(painter, corner, self._layers.attribution, room, look)
        if self.hasFocus():
            painter.setPen(QPen(QColor(look.accent), look.ring))
            inset = look.ring / 2
            painter.drawRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset))

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

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom around the cursor."""
        at, turned = event.position(), event.angleDelta().y()
        if turned:
            self._zoom(_STEP ** (turned / 120), at.x(), at.y())
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Pinch on a touch pad zooms around the fingers."""
        if isinstance(event, QNativeGestureEvent) and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
            self._zoom(1 + event.value(), event.position().x(), event.position().y())
            return True
        return super().event(event)

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

    # the widget

    def sizeHint(self) -> QSize:
        """A map wants room."""
        return QSize(tokens().px(720), tokens().px(520))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the centre; the first time, fit."""
        first = event.oldSize().isEmpty()
        self._view = replace(self._view, width=float(self.width()), height=float(self.height()))
        self._place_buttons()
        if first and self._fitted:
            self.fit()
        else:
            self._refresh(urgent=True)

    def showEvent(self, event: QEvent) -> None:
        """Draw what changed while nobody looked."""
        self._place_buttons()
        self._refresh(urgent=True)

    def closeEvent(self, event: QEvent) -> None:
        """Leave no pass running behind a closed window."""
        self._renderer.call_off()

    def focusInEvent(self, event: QEvent) -> None:
        """Show the ring."""
        self.update()

    def focusOutEvent(self, event: QEvent) -> None:
        """Hide the ring."""
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        """Follow theme, zoom and language."""
        if restyles(event) and hasattr(self, "_buttons"):
            self._place_buttons()
            self._refresh(urgent=True)
        if retranslates(event) and hasattr(self, "_buttons"):
            self._retranslate()
            self.update()
        super().changeEvent(event)

    def _place_buttons(self) -> None:
        self._buttons.adjustSize()
        edge = tokens().px(12)
        self._buttons.move(QPoint(self.width() - self._buttons.width() - edge, edge))

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Map of doors"))
        self._describe()

    def _describe(self) -> None:
        chosen, total = int(self._scene.selected.sum()), len(self._scene.door_x)
        text = self.tr("%1 doors, %2 selected").replace("%1", str(total)).replace("%2", str(chosen))
        self.setAccessibleDescription(text)
