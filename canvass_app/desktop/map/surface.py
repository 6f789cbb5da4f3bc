"""The map as a thing to look at: what is shown, from where, and how it gets to the screen.

While the map moves, the last fine picture is drawn shifted and scaled; a worker draws the next one, a little larger
than the widget so that dragging has something to show. No network, no tiles. `MapCanvas` adds the hand.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QNativeGestureEvent, QPainter, QPaintEvent, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from canvass_app.desktop.map.controls import ZoomButtons
from canvass_app.desktop.map.draw import Picture
from canvass_app.desktop.map.geometry import View
from canvass_app.desktop.map.layers import AreaLayer, DoorLayer, LineLayer, MapLayers, TurfLayer, WalkLayer
from canvass_app.desktop.map.overlay import paint_attribution, paint_scale
from canvass_app.desktop.map.renderer import Renderer
from canvass_app.desktop.map.scene import Scene, make_scene, project_walks
from canvass_app.desktop.map.turf_marks import project_turfs
from canvass_app.desktop.theme import tokens
from canvass_app.desktop.widgets.labels import restyles, retranslates

_SPARE = 240  # pixels drawn beyond each edge of the widget
_CLOSEST, _FARTHEST = 12.0, 0.0002  # pixels per metre
_STEP = 1.5  # one press of + or one notch of the wheel
_FIT_MARGIN = 40  # pixels around what is fitted


class MapSurface(QWidget):
    """Shows `MapLayers`, moves and zooms."""

    view_changed = Signal()
    painted_fine = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(160, 120)
        self._layers = MapLayers()
        self._scene: Scene = make_scene(self._layers)
        self._view = View(width=640, height=480)
        self._picture: Picture | None = None
        self._fitted = False
        # What was fitted last, until a hand moves the map: a widget that gets its size later fits it again.
        self._box: tuple[tuple[float, float, float, float], float] | None = None
        self._renderer = Renderer(self._take)
        self._buttons = ZoomButtons(self)
        self._buttons.zoom_in.connect(self.zoom_in)
        self._buttons.zoom_out.connect(self.zoom_out)
        self._buttons.fit.connect(self.fit)

    # what is shown

    def set_layers(
        self, layers: MapLayers, *, keep_view: bool = False, look_at: ArrayLike | None = None
    ) -> None:
        """Show these layers, fitted to the widget, or to the doors `look_at`; with `keep_view` the ground stays where
        it is."""
        centre = self._scene.projection.to_degrees_e6(self._view.x, self._view.y)
        self._layers = layers
        self._scene = make_scene(layers, self._scene.turf_colours)
        self._layers_replaced()
        if keep_view and self._fitted:
            x, y = self._scene.projection.to_metres(np.array([centre[0]]), np.array([centre[1]]))
            self._view = self._view._replace(x=float(x[0]), y=float(y[0]))
            self._refresh(urgent=True)
        elif look_at is not None and len(np.asarray(look_at)):
            self.fit_to(look_at)
        else:
            self.fit()

    def layers(self) -> MapLayers:
        """The layers as they were given (states and turfs changed since are in the canvas)."""
        return self._layers

    def set_doors(self, doors: DoorLayer, *, keep_view: bool = False) -> None:
        """Show other doors over the same ground; nothing stays selected."""
        self.set_layers(self._layers._replace(doors=doors), keep_view=keep_view)

    def set_lines(self, lines: LineLayer) -> None:
        """Show other streets under the same doors."""
        self.set_layers(self._layers._replace(lines=lines), keep_view=True)

    def set_areas(self, areas: AreaLayer) -> None:
        """Show another outline, other water and parks under the same doors."""
        self.set_layers(self._layers._replace(areas=areas), keep_view=True)

    def set_walks(self, walks: tuple[WalkLayer, ...]) -> None:
        """Show these walks; an empty tuple shows none."""
        self._layers = self._layers._replace(walks=walks)
        self._change(walks=tuple(project_walks(self._scene.projection, self._layers)))

    def set_turf_shapes(self, layer: TurfLayer) -> None:
        """Show turfs as areas with their states; an empty layer shows none. New layers of the map forget them."""
        self._change(shapes=project_turfs(self._scene.projection, layer))

    def turf_shapes(self) -> TurfLayer:
        """The areas of turfs that are shown."""
        return self._scene.shapes.layer

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
        self._scene = self._scene._replace(**changes)  # type: ignore[arg-type]
        self._refresh(urgent=False)

    def _layers_replaced(self) -> None:
        """For those who remember things about the doors shown: they are others now."""

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

    def place_at(self, px: float, py: float) -> tuple[int, int]:
        """The place under a pixel, (lon_e6, lat_e6)."""
        return self._scene.projection.to_degrees_e6(*self._view.metres(px, py))

    def _show_box(self, box: tuple[float, float, float, float] | None, closest: float = _CLOSEST) -> None:
        self._fitted = box is not None
        if box is not None:
            margin = tokens().px(_FIT_MARGIN)
            self._set_view(self._view.showing(box, margin, _FARTHEST, closest))
            self._box = (box, closest)
        else:
            self._refresh(urgent=True)

    def _zoom(self, factor: float, px: float, py: float) -> None:
        self._set_view(self._view.zoomed(factor, px, py, _FARTHEST, _CLOSEST))

    def _set_view(self, view: View) -> None:
        self._view, self._box = view, None
        self._refresh(urgent=True)
        self.view_changed.emit()

    # drawing

    def settle(self) -> None:
        """Draw the fine picture of this moment now, on this thread. For pictures that are kept, such as the guide's."""
        self._picture = self._renderer.draw_now(
            self._scene, self._spare_view(), self.devicePixelRatioF(), tokens()
        )
        self.update()

    def is_settled(self) -> bool:
        """Whether no finer picture is on its way."""
        return not self._renderer.busy

    def _spare_view(self) -> View:
        return self._view._replace(width=self._view.width + 2 * _SPARE, height=self._view.height + 2 * _SPARE)

    def _refresh(self, *, urgent: bool) -> None:
        self.update()
        if not self.isVisible() or (self._picture is None and self._scene.is_empty()):
            return
        # While the hand drags, the picture in hand usually reaches far enough: a new one would only take the core.
        if not self._dragging() or not (self._covered() or self._renderer.busy):
            self._renderer.ask(
                self._scene, self._spare_view(), self.devicePixelRatioF(), tokens(), urgent=urgent
            )

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
        if not self._covered():
            # The hand was faster than the worker.
            self._refresh(urgent=False)
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

    def _dragging(self) -> bool:
        """Whether a hand moves the ground at this moment."""
        return False

    def _paint_over(self, painter: QPainter) -> None:
        """Paint what does not move with the ground."""
        look = tokens()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
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

    # wheel and fingers

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom around the cursor."""
        at, turned = event.position(), event.angleDelta().y()
        if turned:
            self._zoom(_STEP ** (turned / 120), at.x(), at.y())
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Pinch on a touch pad zooms around the fingers."""
        if (
            isinstance(event, QNativeGestureEvent)
            and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture
        ):
            self._zoom(1 + event.value(), event.position().x(), event.position().y())
            return True
        return super().event(event)

    # the widget

    def sizeHint(self) -> QSize:
        """A map wants room."""
        return QSize(tokens().px(720), tokens().px(520))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the centre; the first time, fit."""
        first = event.oldSize().isEmpty()
        self._view = self._view._replace(width=float(self.width()), height=float(self.height()))
        self._place_buttons()
        if first and self._box is not None:
            self._show_box(*self._box)
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
        """Set the texts of the language of the moment."""
