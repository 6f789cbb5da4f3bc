"""Door marks, drawn once per look and stamped by the thousand.

Each state has a shape (look.md): never tried a ring, not home a half disc, talked a disc, final a cross, do not knock a
barred square. Small marks fall back to dots when a shape could not be told from another.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from canvass_app.desktop.map.colours import state_colour
from canvass_app.desktop.map.layers import DoorState
from canvass_app.desktop.theme import Tokens, mix

STATES = len(DoorState)
_SMALLEST_SHAPE = 5.0


def mark_size(scale: float) -> float:
    """The diameter of a door's mark in pixels at 100 %, for a map scale in pixels per metre.

    Houses stand some 12 to 15 m apart along a street, so marks stay apart as long as there is room for shapes.
    """
    for limit, size in (
        (0.045, 2.0),
        (0.12, 3.0),
        (0.28, 4.0),
        (0.5, 6.0),
        (0.9, 8.0),
        (1.6, 11.0),
        (3.5, 13.0),
    ):
        if scale < limit:
            return size
    return 16.0


class Atlas(NamedTuple):
    """Marks as premultiplied 0xAARRGGBB pixels, uint32[k, side, side]: sprite = colour index * STATES + state, where
    colour index 0 is "no turf" and 1 + k is turf colour k."""

    pixels: NDArray[np.uint32]

    @property
    def side(self) -> int:
        """The side of a sprite in device pixels."""
        return int(self.pixels.shape[1])


def make_atlas(colours: tuple[str, ...], size: float, ratio: float, look: Tokens, *, selected: bool) -> Atlas:
    """Draw the marks of every state in every turf colour, `size` logical pixels across; selected ones wear a 2 px
    accent ring outside."""
    room = look.px(4.5) if selected else 1.0
    side = max(2, round((size + 2 * room) * ratio))
    side += (side + round(size * ratio)) % 2
    sprites: list[NDArray[np.uint32]] = []
    for colour in (None, *colours):
        for state in range(STATES):
            image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
            image.fill(Qt.GlobalColor.transparent)
            painter = QPainter(image)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.scale(ratio, ratio)
            centre = QPointF(side / ratio / 2, side / ratio / 2)
            if selected:
                radius = size / 2 + look.px(2.5)
                painter.setPen(QPen(QColor(look.accent), look.px(2)))
                painter.setBrush(QColor(look.map.land))
                painter.drawEllipse(centre, radius, radius)
            draw_mark(painter, centre, size, state, colour, look)
            painter.end()
            sprites.append(np.frombuffer(image.constBits(), np.uint32).reshape(side, side).copy())
    return Atlas(np.stack(sprites))


def draw_mark(
    painter: QPainter, centre: QPointF, size: float, state: int, colour: str | None, look: Tokens
) -> None:
    """Draw one mark around `centre`; `colour` is the turf's, or None for the state's own."""
    tint = state_colour(state, look) if colour is None or state == DoorState.DO_NOT_KNOCK else colour
    radius = size / 2
    painter.setPen(Qt.PenStyle.NoPen)
    if size < _SMALLEST_SHAPE:
        # Dots stand close: what is still open or quite closed steps back, so that the rest can be read.
        free = colour is None
        share = {DoorState.NEVER_TRIED: 0.5 if free else 0.75, DoorState.FINAL: 0.6 if free else 0.85}.get(
            DoorState(state), 1.0
        )
        painter.setBrush(QColor(mix(tint, look.map.land, share)))
        if size < 3:
            painter.drawRect(QRectF(centre.x() - radius, centre.y() - radius, size, size))
        else:
            painter.drawEllipse(centre, radius, radius)
        return
    ground, ink, stroke = QColor(look.surface), QColor(tint), max(1.2, size * 0.14)
    pen = QPen(ink, stroke, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.MiterJoin)
    inner = radius - stroke / 2
    ring = QRectF(centre.x() - inner, centre.y() - inner, 2 * inner, 2 * inner)
    if state == DoorState.TALKED:
        painter.setBrush(ink)
        painter.drawEllipse(centre, radius, radius)
    elif state == DoorState.FINAL:
        painter.setBrush(ground)
        painter.drawEllipse(centre, radius, radius)
        pen.setWidthF(stroke * 1.25)
        painter.setPen(pen)
        arm = radius * 0.66
        painter.drawLine(centre + QPointF(-arm, -arm), centre + QPointF(arm, arm))
        painter.drawLine(centre + QPointF(-arm, arm), centre + QPointF(arm, -arm))
    elif state == DoorState.DO_NOT_KNOCK:
        painter.setPen(pen)
        painter.setBrush(ground)
        painter.drawRect(ring)
        painter.drawLine(ring.bottomLeft(), ring.topRight())
    else:
        painter.setPen(pen)
        painter.setBrush(ground)
        painter.drawEllipse(centre, inner, inner)
        if state == DoorState.NOT_HOME:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ink)
            painter.drawPie(ring, 180 * 16, 180 * 16)


def stamp(
    target: NDArray[np.uint32],
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    sprite: NDArray[np.intp],
    atlas: Atlas,
) -> int:
    """Stamp sprites centred on device pixels (x, y) into an image uint32[height, width]; returns how many.

    Works on all doors at once, one sprite pixel after the other, so the cost per door does not depend on Python. A
    mark that would cross the image's edge is left out (the image reaches past what is seen).
    """
    side = atlas.side
    height, width = target.shape
    left = np.rint(x - side / 2).astype(np.int64)
    top = np.rint(y - side / 2).astype(np.int64)
    inside = np.flatnonzero((left >= 0) & (top >= 0) & (left <= width - side) & (top <= height - side))
    if not len(inside):
        return 0
    corner = top[inside] * width + left[inside]
    chosen = sprite[inside]
    flat = target.reshape(-1)
    # One mark over another at the very same pixel, in the same state, changes nothing: stamp it once.
    _, first = np.unique(corner * len(atlas.pixels) + chosen, return_index=True)
    corner, chosen = corner[first], chosen[first]
    pairs, low_byte_mask = np.uint32(0x00FF00FF), np.uint32(0xFF00FF00)
    for row in range(side):
        for column in range(side):
            source = atlas.pixels[:, row, column]
            if not source.any():
                continue
            over = source[chosen]
            at = corner + (row * width + column)
            if int(source.min()) >> 24 == 255:
                flat[at] = over
                continue
            alpha = over >> np.uint32(24)
            keep = np.uint32(256) - alpha - (alpha >> np.uint32(7))
            under = flat[at]
            red_blue = (((under & pairs) * keep) >> np.uint32(8)) & pairs
            rest = (((under >> np.uint32(8)) & pairs) * keep) & low_byte_mask
            flat[at] = over + red_blue + rest
    return len(inside)
