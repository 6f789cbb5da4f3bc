"""Fine passes on a worker thread: the newest wish wins, the GUI thread only receives finished pictures."""

from __future__ import annotations

import atexit
from collections.abc import Callable
from itertools import count
from math import inf
from typing import NamedTuple
from weakref import WeakMethod

from PySide6.QtCore import QObject, QPointF, QRectF, Qt, QThreadPool, Signal
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPainterPath, QPen, QPolygonF, QTransform
from shiboken6 import isValid

from canvass_app.desktop.map.draw import Drawer, Picture
from canvass_app.desktop.map.geometry import View
from canvass_app.desktop.map.scene import Scene
from canvass_app.desktop.theme import Tokens

_generations = count(1)


class Wish(NamedTuple):
    """What to draw. `generation` grows with every wish; a pass that is no longer the newest gives up."""

    generation: int
    scene: Scene
    view: View
    ratio: float
    look: Tokens


class _Shared:
    """One thread draws for every map: two at once would only take the core the keyboard needs."""

    pool: QThreadPool | None = None
    post: _Post | None = None


def make_ready() -> None:
    """Do once, on the GUI thread, what the first picture would otherwise wait for."""
    _pool()


def _pool() -> QThreadPool:
    if _Shared.pool is None:
        _Shared.pool = QThreadPool()
        _Shared.pool.setMaxThreadCount(1)
        _Shared.pool.setObjectName("map drawing")
        atexit.register(_wait_at_exit)
        _meet_drawing_types()
    return _Shared.pool


def _meet_drawing_types() -> None:
    """Make one of each drawing type on the GUI thread before a worker does.

    PySide6 6.11.3 fills its types in when they are first used, and two threads that do so at once
    crash (docs/decisions/0008).
    """
    brush = QBrush(QColor("#000000"))
    pen = QPen(brush, 1.0)
    image = QImage(4, 4, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(pen)
    painter.setBrush(brush)
    path = QPainterPath(QPointF(0, 0))
    path.lineTo(QPointF(3, 3))
    painter.drawPath(path)
    painter.drawPolyline(QPolygonF([QPointF(0, 0), QPointF(1, 2)]))
    painter.fillRect(QRectF(0, 0, 1, 1), brush)
    painter.drawText(QPointF(0, 3), "a")
    painter.setTransform(QTransform())
    painter.end()


def _wait_at_exit() -> None:
    if _Shared.pool is not None:
        _Shared.pool.clear()
        _Shared.pool.waitForDone()


class _Post(QObject):
    """Carries results from the worker to the GUI thread. One lives as long as the program: an object of a single map
    could be let go of by the worker at the very moment its event is delivered, which ends the program."""

    arrived = Signal(object, object, int)  # Renderer, Picture or None, generation

    def __init__(self) -> None:
        super().__init__()
        self.arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def _deliver(self, renderer: Renderer, picture: Picture | None, generation: int) -> None:
        renderer.receive(picture, generation)


def _post() -> _Post:
    """The one post. It belongs to the GUI thread, on which the first map is made."""
    if _Shared.post is None:
        _Shared.post = _Post()
    return _Shared.post


class Renderer:
    """Takes wishes and hands finished pictures to `take(picture, generation)` on the GUI thread. At most one pass runs
    and one waits. `take` is a method of a widget and is held weakly: a widget that is gone is told nothing."""

    def __init__(self, take: Callable[[Picture, int], None]) -> None:
        self._take = WeakMethod(take)
        self._post = _post()
        self._drawer = Drawer()
        self._wanted_from = 0.0
        self._running: Wish | None = None
        self._waiting: Wish | None = None

    @property
    def busy(self) -> bool:
        """Whether a picture is being drawn or waits to be."""
        return self._running is not None

    def ask(self, scene: Scene, view: View, ratio: float, look: Tokens, *, urgent: bool = True) -> int:
        """Wish for a picture; returns its generation. An urgent wish calls off the pass that runs (its view is of no
        more use); another lets it finish and comes next, so that a stream of results never starves the screen."""
        wish = Wish(next(_generations), scene, view, ratio, look)
        if urgent:
            self._wanted_from = wish.generation
        if self._running is None:
            self._start(wish)
        else:
            self._waiting = wish
        return wish.generation

    def draw_now(self, scene: Scene, view: View, ratio: float, look: Tokens) -> Picture:
        """Draw on the calling thread, after whatever runs has given up. For pictures that must be complete."""
        self.call_off()
        self._wanted_from = next(_generations)
        picture = self._drawer.draw(scene, view, ratio, look, lambda: True)
        if picture is None:
            raise RuntimeError("a picture that nobody called off was not drawn")
        return picture

    def call_off(self) -> None:
        """Give up whatever runs or waits, and wait for the worker to notice."""
        self._wanted_from, self._waiting = inf, None
        if self._running is not None:
            _pool().waitForDone()

    def _start(self, wish: Wish) -> None:
        self._running = wish
        _pool().start(lambda: self._draw(wish))

    def _draw(self, wish: Wish) -> None:
        """On the worker thread."""
        picture: Picture | None = None
        try:
            picture = self._drawer.draw(
                wish.scene, wish.view, wish.ratio, wish.look, lambda: wish.generation >= self._wanted_from
            )
        finally:
            self._post.arrived.emit(self, picture, wish.generation)

    def receive(self, picture: Picture | None, generation: int) -> None:
        """A pass ended, on the GUI thread again: start the one that waits, hand on what is still wanted."""
        self._running = None
        take = self._take()
        owner = getattr(take, "__self__", None)
        if take is None or not isinstance(owner, QObject) or not isValid(owner):
            self._waiting = None
            return
        if self._waiting is not None:
            wish, self._waiting = self._waiting, None
            self._start(wish)
        if picture is not None and generation >= self._wanted_from:
            take(picture, generation)
