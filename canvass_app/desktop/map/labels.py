"""Street names along streets.

Segments of one name are chained end to end once; at a view each chain takes its name at fixed places along its length
(so that names do not swim while the map moves), where the street is nearly straight and no other name stands.
"""

from __future__ import annotations

from collections import defaultdict
from math import atan2, ceil, cos, degrees, hypot, sin
from typing import NamedTuple

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen

from canvass_app.desktop.map.geometry import Float64, View
from canvass_app.desktop.map.layers import LineKind
from canvass_app.desktop.map.scene import Strands
from canvass_app.desktop.theme import Tokens, font

_NAMES_FROM_SCALE = 0.55  # pixels per metre from which minor streets are named
_MAJOR_FROM_SCALE = 0.22
_SPACING = 460.0  # pixels between two names of one street
# Where to try along each stretch, as shares of it: the middle first (often a crossing, where the other name stands).
_ASIDE = (0.0, 0.2, -0.2, 0.36, -0.36)
_BEND = 3.0  # how far (pixels) the street may leave the straight line its name stands on


class Label(NamedTuple):
    """A name at a place: its middle in pixels and its angle in degrees."""

    text: str
    x: float
    y: float
    width: float
    angle: float
    major: bool


class _Chain(NamedTuple):
    name: str
    major: bool
    x: Float64
    y: Float64
    along: Float64  # metres from the start, at each point


class NameChains:
    """The named lines of a layer, joined where segments of one name meet; longest first, major streets before."""

    def __init__(self, lines: Strands, names: list[str]) -> None:
        pieces: dict[tuple[str, bool], list[int]] = defaultdict(list)
        for place, number in enumerate(lines.number.tolist()):
            name = names[number].strip()
            if name and lines.kind[place] in (LineKind.STREET, LineKind.MAJOR_STREET):
                pieces[name, bool(lines.kind[place] == LineKind.MAJOR_STREET)].append(place)
        self.chains: list[_Chain] = []
        for (name, major), places in pieces.items():
            for x, y in _join(lines, places):
                along = np.concatenate([[0.0], np.cumsum(np.hypot(np.diff(x), np.diff(y)))])
                self.chains.append(_Chain(name, major, x, y, along))
        self.chains.sort(key=lambda chain: (not chain.major, -chain.along[-1], chain.name))


def _join(lines: Strands, places: list[int]) -> list[tuple[Float64, Float64]]:
    """Chain segments end to end, greedily from each loose end."""
    bodies = [
        slice(int(lines.start[place]), int(lines.start[place] + lines.length[place])) for place in places
    ]

    def end(body: slice, *, last: bool) -> tuple[int, int]:
        at = body.stop - 1 if last else body.start
        return round(float(lines.x[at]) * 10), round(float(lines.y[at]) * 10)

    touching: dict[tuple[int, int], list[int]] = defaultdict(list)
    for number, body in enumerate(bodies):
        touching[end(body, last=False)].append(number)
        touching[end(body, last=True)].append(number)
    left = set(range(len(bodies)))
    loose = [number for number, body in enumerate(bodies) if 1 in (
        len(touching[end(body, last=False)]), len(touching[end(body, last=True)]))]  # fmt: skip
    chains: list[tuple[Float64, Float64]] = []
    for seed in [*loose, *range(len(bodies))]:
        if seed not in left:
            continue
        left.discard(seed)
        head, tail = end(bodies[seed], last=False), end(bodies[seed], last=True)
        order = [(seed, False)]
        if len(touching[head]) > 1 and len(touching[tail]) == 1:
            order, tail = [(seed, True)], head
        while True:
            following = [number for number in touching[tail] if number in left]
            if len(following) != 1:
                break
            number = following[0]
            left.discard(number)
            turned = end(bodies[number], last=False) != tail
            order.append((number, turned))
            tail = end(bodies[number], last=not turned)
        parts_x, parts_y = [], []
        for place, (number, turned) in enumerate(order):
            x, y = lines.x[bodies[number]], lines.y[bodies[number]]
            x, y = (x[::-1], y[::-1]) if turned else (x, y)
            parts_x.append(x if place == 0 else x[1:])
            parts_y.append(y if place == 0 else y[1:])
        chains.append((np.concatenate(parts_x), np.concatenate(parts_y)))
    return chains


def place_labels(names: NameChains, view: View, look: Tokens) -> list[Label]:
    """The names to write at a view, none over another."""
    labels: list[Label] = []
    if view.scale < _MAJOR_FROM_SCALE:
        return labels
    sizes = {major: QFontMetricsF(font(look.px(11), bold=major)) for major in (False, True)}
    taken: set[tuple[int, int]] = set()
    wide, tall = view.width / view.scale / 2, view.height / view.scale / 2
    for chain in names.chains:
        if not chain.major and view.scale < _NAMES_FROM_SCALE:
            continue
        if (
            chain.x.max() < view.x - wide or chain.x.min() > view.x + wide
            or chain.y.max() < view.y - tall or chain.y.min() > view.y + tall
        ):  # fmt: skip
            continue
        width = sizes[chain.major].horizontalAdvance(chain.name)
        length = float(chain.along[-1]) * view.scale
        if length < width + look.px(8):
            continue
        places = max(1, ceil(length / (_SPACING * look.zoom)) - 1)
        for place in range(places):
            for aside in _ASIDE:
                middle = (place + 0.5 + aside) * length / places
                if width / 2 <= middle <= length - width / 2:
                    label = _try(chain, middle, width, view, taken, look)
                    if label is not None:
                        labels.append(label)
                        break
    return labels


def _try(
    chain: _Chain, middle: float, width: float, view: View, taken: set[tuple[int, int]], look: Tokens
) -> Label | None:
    """The name at `middle` pixels along its chain, or None where it would bend, leave the picture or hit another."""
    low, high = (middle - width / 2) / view.scale, (middle + width / 2) / view.scale
    at = np.concatenate([[low], chain.along[(chain.along > low) & (chain.along < high)], [high]])
    x, y = view.to_pixels(np.interp(at, chain.along, chain.x), np.interp(at, chain.along, chain.y))
    x0, y0, x1, y1 = float(x[0]), float(y[0]), float(x[-1]), float(y[-1])
    if min(x0, x1) < 0 or min(y0, y1) < 0 or max(x0, x1) > view.width or max(y0, y1) > view.height:
        return None
    chord = hypot(x1 - x0, y1 - y0)
    if chord < 0.97 * width:
        return None
    off = np.abs((x - x0) * (y1 - y0) - (y - y0) * (x1 - x0)) / chord
    if float(off.max()) > _BEND * look.zoom:
        return None
    cell = look.px(14)
    steps = max(2, ceil(width / cell) + 1)
    cells = {
        (int((x0 + (x1 - x0) * step / steps) // cell), int((y0 + (y1 - y0) * step / steps) // cell))
        for step in range(-1, steps + 2)
    }
    if not cells.isdisjoint(taken):
        return None
    taken.update((column + dx, row + dy) for column, row in cells for dx in (-1, 0, 1) for dy in (-1, 0, 1))
    angle = atan2(y1 - y0, x1 - x0)
    if cos(angle) < -1e-9 or (abs(cos(angle)) <= 1e-9 and sin(angle) > 0):
        angle = atan2(y0 - y1, x0 - x1)
    return Label(chain.name, (x0 + x1) / 2, (y0 + y1) / 2, width, degrees(angle), chain.major)


def paint_labels(painter: QPainter, labels: list[Label], look: Tokens) -> None:
    """Write the names, with a halo of the ground's colour so that they read over anything."""
    halo = QPen(QColor(look.map.halo), look.px(3), Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
    halo.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    fonts = {major: font(look.px(11), bold=major) for major in (False, True)}
    drop = QFontMetricsF(fonts[False]).capHeight() / 2
    for label in labels:
        path = QPainterPath()
        path.addText(QPointF(-label.width / 2, drop), fonts[label.major], label.text)
        painter.save()
        painter.translate(label.x, label.y)
        painter.rotate(label.angle)
        painter.strokePath(path, halo)
        painter.fillPath(path, QColor(look.map.label))
        painter.restore()
