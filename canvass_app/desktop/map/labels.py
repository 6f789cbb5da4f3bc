"""Street names along streets.

Segments of one name are chained end to end once; at a view each chain takes its name at fixed places along its length
(so that names do not swim while the map moves), where the street is nearly straight and no other name stands; where it
is nowhere straight enough, letter by letter along the bend. Lakes, rivers and parks are named where they have room.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from enum import IntEnum
from math import atan2, ceil, cos, degrees, hypot, pi, sin
from typing import NamedTuple

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QTransform

from canvass_app.desktop.map.area_names import AreaName
from canvass_app.desktop.map.colours import legible
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
# A name that follows its street: radians from letter to letter, from first to last, and from the level.
_TURN, _TURN_OF_ALL, _STEEPEST = 0.36, 1.75, 1.75
_CLOSEST = 0.8  # of the room of two letters


class Naming(IntEnum):
    """What is named, the most important first."""

    MAJOR = 0
    WATER = 1
    PARK = 2
    MINOR = 3


_NAMED = {
    LineKind.MAJOR_STREET: Naming.MAJOR,
    LineKind.STREET: Naming.MINOR,
    LineKind.WATER: Naming.WATER,
}


class Label(NamedTuple):
    """A name at a place: its middle in pixels and its angle in degrees; where its street bends, each letter's own."""

    text: str
    x: float
    y: float
    width: float
    angle: float
    kind: Naming
    letters: tuple[tuple[float, float, float], ...] = ()


class _Chain(NamedTuple):
    name: str
    kind: Naming
    x: Float64
    y: Float64
    along: Float64  # metres from the start, at each point


class NameChains:
    """The named lines of a layer, joined where segments of one name meet; longest first, major streets before. And the
    waters and parks that have a name and room for it."""

    def __init__(self, lines: Strands, names: list[str], areas: list[AreaName] | None = None) -> None:
        pieces: dict[tuple[str, Naming], list[int]] = defaultdict(list)
        for place, number in enumerate(lines.number.tolist()):
            name, kind = names[number].strip(), _NAMED.get(LineKind(int(lines.kind[place])))
            if name and kind is not None:
                pieces[name, kind].append(place)
        self.areas = areas or []
        self.chains: list[_Chain] = []
        for (name, kind), places in pieces.items():
            for x, y in _join(lines, places):
                along = np.concatenate([[0.0], np.cumsum(np.hypot(np.diff(x), np.diff(y)))])
                self.chains.append(_Chain(name, kind, x, y, along))
        self.chains.sort(key=lambda chain: (chain.kind, -chain.along[-1], chain.name))


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


class _Page:
    """The picture that is being named: where names stand already, and how wide letters are."""

    def __init__(self, view: View, look: Tokens) -> None:
        self.view, self.look = view, look
        self.cell = look.px(14)
        self._taken: set[tuple[int, int]] = set()
        self._sizes = {kind: QFontMetricsF(_font(kind, look)) for kind in Naming}
        self._letters: dict[tuple[Naming, str], float] = {}

    def width(self, kind: Naming, text: str) -> float:
        """Of a whole name, in pixels."""
        return self._sizes[kind].horizontalAdvance(text)

    def letters(self, kind: Naming, text: str) -> Float64:
        """Of each of its letters."""
        for letter in set(text):
            if (kind, letter) not in self._letters:
                self._letters[kind, letter] = self.width(kind, letter)
        return np.array([self._letters[kind, letter] for letter in text])

    def take(self, points: Iterable[tuple[float, float]]) -> bool:
        """Keep the ground under these points, a cell or less apart; False where another name stands."""
        cells = {(int(x // self.cell), int(y // self.cell)) for x, y in points}
        if not cells.isdisjoint(self._taken):
            return False
        self._taken.update(
            (column + dx, row + dy) for column, row in cells for dx in (-1, 0, 1) for dy in (-1, 0, 1)
        )
        return True

    def shows(self, x: Float64, y: Float64) -> bool:
        """Whether all of these points are in the picture."""
        view = self.view
        return bool(x.min() >= 0 and y.min() >= 0 and x.max() <= view.width and y.max() <= view.height)


def place_labels(names: NameChains, view: View, look: Tokens) -> list[Label]:
    """The names to write at a view, none over another."""
    labels: list[Label] = []
    if view.scale < _MAJOR_FROM_SCALE:
        return labels
    page = _Page(view, look)
    wide, tall = view.width / view.scale / 2, view.height / view.scale / 2
    areas_wait = True
    for chain in names.chains:
        if chain.kind is Naming.MINOR:
            if areas_wait:
                areas_wait = False
                labels += _name_areas(names.areas, page)
            if view.scale < _NAMES_FROM_SCALE:
                break
        if (
            chain.x.max() < view.x - wide or chain.x.min() > view.x + wide
            or chain.y.max() < view.y - tall or chain.y.min() > view.y + tall
        ):  # fmt: skip
            continue
        width = page.width(chain.kind, chain.name)
        length = float(chain.along[-1]) * view.scale
        if length < width + look.px(8):
            continue
        places = max(1, ceil(length / (_SPACING * look.zoom)) - 1)
        for place in range(places):
            middles = [(place + 0.5 + aside) * length / places for aside in _ASIDE]
            middles = [middle for middle in middles if width / 2 <= middle <= length - width / 2]
            label = next(filter(None, (_straight(chain, middle, width, page) for middle in middles)), None)
            if label is None:
                label = next(filter(None, (_bent(chain, middle, width, page) for middle in middles)), None)
            if label is not None:
                labels.append(label)
    if areas_wait:
        labels += _name_areas(names.areas, page)
    return labels


def _name_areas(areas: list[AreaName], page: _Page) -> list[Label]:
    labels: list[Label] = []
    view, look = page.view, page.look
    for one in areas:
        kind = Naming.WATER if one.water else Naming.PARK
        width = page.width(kind, one.name)
        if one.wide * view.scale < width + look.px(16) or one.tall * view.scale < look.px(8):
            continue
        x, y = view.pixel(one.x, one.y)
        ends = np.array([x - width / 2, x + width / 2])
        if not page.shows(ends, np.array([y, y])):
            continue
        steps = max(2, ceil(width / page.cell) + 1)
        if page.take((x - width / 2 + width * step / steps, y) for step in range(steps + 1)):
            labels.append(Label(one.name, x, y, width, 0.0, kind))
    return labels


def _stretch(chain: _Chain, middle: float, width: float, view: View) -> tuple[Float64, Float64]:
    """The street under a name, in pixels: where it begins, every bend, where it ends."""
    low, high = (middle - width / 2) / view.scale, (middle + width / 2) / view.scale
    at = np.concatenate([[low], chain.along[(chain.along > low) & (chain.along < high)], [high]])
    return view.to_pixels(np.interp(at, chain.along, chain.x), np.interp(at, chain.along, chain.y))


def _straight(chain: _Chain, middle: float, width: float, page: _Page) -> Label | None:
    """The name at `middle` pixels along its chain, or None where it would bend, leave the picture or hit another."""
    x, y = _stretch(chain, middle, width, page.view)
    x0, y0, x1, y1 = float(x[0]), float(y[0]), float(x[-1]), float(y[-1])
    if not page.shows(x, y):
        return None
    chord = hypot(x1 - x0, y1 - y0)
    if chord < 0.97 * width:
        return None
    off = np.abs((x - x0) * (y1 - y0) - (y - y0) * (x1 - x0)) / chord
    if float(off.max()) > _BEND * page.look.zoom:
        return None
    steps = max(2, ceil(width / page.cell) + 1)
    shares = [step / steps for step in range(-1, steps + 2)]
    if not page.take((x0 + (x1 - x0) * share, y0 + (y1 - y0) * share) for share in shares):
        return None
    angle = atan2(y1 - y0, x1 - x0)
    if cos(angle) < -1e-9 or (abs(cos(angle)) <= 1e-9 and sin(angle) > 0):
        angle = atan2(y0 - y1, x0 - x1)
    return Label(chain.name, (x0 + x1) / 2, (y0 + y1) / 2, width, degrees(angle), chain.kind)


def _bent(chain: _Chain, middle: float, width: float, page: _Page) -> Label | None:
    """The name letter by letter along a street that bends gently, or None where the bend is too sharp to read."""
    view = page.view
    x, y = _stretch(chain, middle, width, view)
    if not page.shows(x, y):
        return None
    name = chain.name
    # From left to right: a name never stands on its head.
    turned = float(x[-1]) < float(x[0])
    wide = page.letters(chain.kind, name)
    room = wide * (width / float(wide.sum()))
    ends = np.cumsum(room)
    from_start = ends - room / 2
    at = middle - width / 2 + (width - from_start if turned else from_start)
    reach = np.maximum(room / 2, page.look.px(5))
    lower, upper = (at - reach) / view.scale, (at + reach) / view.scale
    ax, ay = view.to_pixels(np.interp(lower, chain.along, chain.x), np.interp(lower, chain.along, chain.y))
    bx, by = view.to_pixels(np.interp(upper, chain.along, chain.x), np.interp(upper, chain.along, chain.y))
    angles = np.unwrap(np.arctan2(ay - by, ax - bx) if turned else np.arctan2(by - ay, bx - ax))
    if (
        len(angles) < 2
        or float(np.abs(np.diff(angles)).max()) > _TURN
        or float(np.ptp(angles)) > _TURN_OF_ALL
    ):
        return None
    if float(np.abs(angles - 2 * pi * np.round(angles.mean() / (2 * pi))).max()) > _STEEPEST:
        return None
    px, py = view.to_pixels(
        np.interp(at / view.scale, chain.along, chain.x), np.interp(at / view.scale, chain.along, chain.y)
    )
    # Letters that a corner pushes together cannot be read.
    if float((np.hypot(np.diff(px), np.diff(py)) / ((room[1:] + room[:-1]) / 2)).min()) < _CLOSEST:
        return None
    if not page.take(zip(px.tolist(), py.tolist(), strict=True)):
        return None
    letters = tuple(zip(px.tolist(), py.tolist(), np.degrees(angles).tolist(), strict=True))
    half = len(letters) // 2
    return Label(name, letters[half][0], letters[half][1], width, letters[half][2], chain.kind, letters)


def _font(kind: Naming, look: Tokens) -> QFont:
    made = font(look.px(11), bold=kind is Naming.MAJOR)
    made.setItalic(kind in (Naming.WATER, Naming.PARK))
    return made


def paint_labels(painter: QPainter, labels: list[Label], look: Tokens) -> None:
    """Write the names, with a halo of the ground's colour so that they read over anything."""
    halo = QPen(QColor(look.map.halo), look.px(3), Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
    halo.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    fonts = {kind: _font(kind, look) for kind in Naming}
    colours = {kind: QColor(look.map.label) for kind in (Naming.MAJOR, Naming.MINOR)}
    colours[Naming.WATER], colours[Naming.PARK] = (
        QColor(legible(colour, look)) for colour in (look.map.water_line, look.map.park)
    )
    drop = QFontMetricsF(fonts[Naming.MINOR]).capHeight() / 2
    for label in labels:
        path = QPainterPath()
        if label.letters:
            for letter, (x, y, angle) in zip(label.text, label.letters, strict=True):
                one = QPainterPath()
                width = QFontMetricsF(fonts[label.kind]).horizontalAdvance(letter)
                one.addText(QPointF(-width / 2, drop), fonts[label.kind], letter)
                path.addPath(QTransform().translate(x, y).rotate(angle).map(one))
            painter.strokePath(path, halo)
            painter.fillPath(path, colours[label.kind])
            continue
        path.addText(QPointF(-label.width / 2, drop), fonts[label.kind], label.text)
        painter.save()
        painter.translate(label.x, label.y)
        painter.rotate(label.angle)
        painter.strokePath(path, halo)
        painter.fillPath(path, colours[label.kind])
        painter.restore()
