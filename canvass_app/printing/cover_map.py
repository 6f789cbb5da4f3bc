"""The map on the cover: streets quietly, the walk as a thin line, its stops with their line numbers."""

from __future__ import annotations

from itertools import pairwise
from math import cos, hypot, radians

from canvass_app.domain.geo import E6, EARTH_RADIUS_M
from canvass_app.domain.walk_list import RoutePoint, WalkListDocument

from . import sheet_texts as t
from .canvas import BLACK, FAINT, QUIET, Canvas, Style, text_width
from .geometry import Rect
from .words import SheetWords

STREET_WIDTH = 1.5
STREET_EDGE = 200
WALK = 0.35
STOP = 0.75
ARROW, ARROW_EVERY = 0.9, 14.0
LABEL = Style(8, bold=True)
SMALL = Style(8.5)
HINT = Style(8.5, italic=True, grey=QUIET)
INSET = 9.0
# A single door still gets a map of its surroundings.
SMALLEST_SPAN_M = 120.0
_METRES_PER_E6 = radians(1) * EARTH_RADIUS_M / E6
_SCALES = (10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000)


class _Projection:
    """Micro-degrees to millimetres on the page: north up, the route in the middle of `frame`, one scale."""

    def __init__(self, route: tuple[RoutePoint, ...], frame: Rect) -> None:
        lons = [point.lon_e6 for point in route]
        lats = [point.lat_e6 for point in route]
        self._lon, self._lat = (min(lons) + max(lons)) / 2, (min(lats) + max(lats)) / 2
        self._per_lat = _METRES_PER_E6
        self._per_lon = _METRES_PER_E6 * cos(radians(self._lat / E6))
        across = max((max(lons) - min(lons)) * self._per_lon, SMALLEST_SPAN_M)
        up = max((max(lats) - min(lats)) * self._per_lat, SMALLEST_SPAN_M)
        room_x, room_y = frame.width - 2 * INSET, frame.height - 2 * INSET
        self.mm_per_metre = min(room_x / across, room_y / up)
        self._x, self._y = frame.x + frame.width / 2, frame.y + frame.height / 2

    def __call__(self, lon_e6: float, lat_e6: float) -> tuple[float, float]:
        x = self._x + (lon_e6 - self._lon) * self._per_lon * self.mm_per_metre
        y = self._y - (lat_e6 - self._lat) * self._per_lat * self.mm_per_metre
        return x, y


def draw_map(canvas: Canvas, document: WalkListDocument, frame: Rect, words: SheetWords) -> None:
    """Draw the turf into `frame`; without a route, say so in words."""
    if not document.route:
        canvas.box(frame, 0.2, FAINT)
        middle = frame.y + frame.height / 2
        canvas.text(frame.x + frame.width / 2, middle, words(t.NO_MAP), HINT, align="centre")
        return
    place = _Projection(document.route, frame)
    canvas.clip(frame)
    for street in document.streets:
        if len(street) > 1:
            canvas.path([place(lon, lat) for lon, lat in street], STREET_WIDTH, STREET_EDGE)
    for street in document.streets:
        if len(street) > 1:
            canvas.path([place(lon, lat) for lon, lat in street], STREET_WIDTH - 0.5, 255)
    stops = [place(point.lon_e6, point.lat_e6) for point in document.route]
    walk = [place(lon, lat) for lon, lat in document.path] or stops
    if len(walk) > 1:
        # A white edge, so that the line is told from the street's even on a poor printer.
        canvas.path(walk, WALK + 0.5, 255)
        canvas.path(walk, WALK, 60)
        _draw_arrows(canvas, walk)
    for point, (x, y) in zip(document.route, stops, strict=True):
        _draw_stop(canvas, x, y, barred=point.barred)
    taken = [Rect(x - STOP, y - STOP, 2 * STOP, 2 * STOP) for x, y in stops]
    taken.append(_draw_flag(canvas, *stops[0], frame, words))
    taken += _furniture(frame)
    _draw_numbers(canvas, document.route, stops, taken, frame)
    canvas.clip(None)
    _draw_scale(canvas, place.mm_per_metre, frame, words)
    _draw_north(canvas, frame, words)
    legend = words(t.MAP_LEGEND)
    legend_width = text_width(legend, HINT)
    canvas.fill(Rect(frame.right - legend_width - 4.5, frame.bottom - 6, legend_width + 4.5, 6), 255)
    canvas.text(frame.right - 3, frame.bottom - 2.4, legend, HINT, align="right")
    canvas.box(frame, 0.2, FAINT)


def _draw_arrows(canvas: Canvas, walk: list[tuple[float, float]]) -> None:
    """Arrowheads in the middle of straight pieces, some way apart: which way round one walks."""
    since = ARROW_EVERY / 2
    for (x, y), (to_x, to_y) in pairwise(walk):
        length = hypot(to_x - x, to_y - y)
        since += length
        if length < 3 * ARROW or since < ARROW_EVERY:
            continue
        ahead_x, ahead_y = (to_x - x) / length * ARROW, (to_y - y) / length * ARROW
        count = max(1, int(length // ARROW_EVERY))
        for n in range(count):
            share = (n + 0.5) / count
            at_x, at_y = x + (to_x - x) * share, y + (to_y - y) * share
            back_x, back_y = at_x - ahead_x, at_y - ahead_y
            canvas.polygon(
                [
                    (at_x + ahead_x, at_y + ahead_y),
                    (back_x - ahead_y * 0.9, back_y + ahead_x * 0.9),
                    (back_x + ahead_y * 0.9, back_y - ahead_x * 0.9),
                ],
                BLACK,
            )
        since = 0.0


def _draw_stop(canvas: Canvas, x: float, y: float, *, barred: bool) -> None:
    """A disc; a door that is not knocked is a barred square, so that shape alone tells them apart."""
    if not barred:
        canvas.disc(x, y, STOP, 0)
        return
    side = STOP * 2.2
    square = Rect(x - side / 2, y - side / 2, side, side)
    canvas.fill(square, 255)
    canvas.box(square, 0.25)
    canvas.line(square.x, square.bottom, square.right, square.y, 0.25)


def _draw_flag(canvas: Canvas, x: float, y: float, frame: Rect, words: SheetWords) -> Rect:
    """A flag at the first stop, with the word; returns the place it takes. It leans away from the frame's edge."""
    word = words(t.START)
    style = Style(9, bold=True)
    width = text_width(word, style)
    side = 1.0 if x + 7 + width < frame.right else -1.0
    top = y - 7.5
    canvas.line(x, y, x, top, 0.45)
    canvas.polygon([(x, top), (x + side * 5, top + 1.8), (x, top + 3.6)], BLACK)
    start = x + side * 6 if side > 0 else x - 6 - width
    area = Rect(min(x, start) - 0.6, top - 0.6, abs(start - x) + width + 1.2, 5.0)
    canvas.fill(Rect(start - 0.5, top - 0.2, width + 1.0, 3.9), 255)
    canvas.text(start, top + 2.9, word, style)
    return area


def _furniture(frame: Rect) -> list[Rect]:
    """The corners that scale bar, legend and north arrow take."""
    return [
        Rect(frame.x, frame.bottom - 8, frame.width, 8),
        Rect(frame.right - 9, frame.y, 9, 14),
    ]


def _draw_numbers(
    canvas: Canvas,
    route: tuple[RoutePoint, ...],
    stops: list[tuple[float, float]],
    taken: list[Rect],
    frame: Rect,
) -> None:
    """As many line numbers as stand clear of stops and of each other: the ends first, then evenly."""
    for index in _by_weight(len(stops)):
        if route[index].barred:
            continue
        text = str(route[index].first_line)
        x, y = stops[index]
        place = _free_place(x, y, text_width(text, LABEL), taken, frame)
        if place is None:
            continue
        taken.append(place)
        canvas.fill(place, 255)
        canvas.text(place.x + 0.3, place.bottom - 0.45, text, LABEL)


def _by_weight(count: int) -> list[int]:
    """All indices: first, last, then the middles of ever smaller pieces."""
    order = dict.fromkeys((0, count - 1))
    step = 1
    while step < count:
        step *= 2
    while step >= 1:
        order.update(dict.fromkeys(range(0, count, step)))
        step //= 2
    return list(order)


def _free_place(x: float, y: float, width: float, taken: list[Rect], frame: Rect) -> Rect | None:
    """A place for a number beside its stop that nothing else takes."""
    wide, high, off = width + 0.6, 3.0, STOP + 0.35
    for left, top in (
        (x + off, y - high / 2),
        (x - off - wide, y - high / 2),
        (x - wide / 2, y - off - high),
        (x - wide / 2, y + off),
    ):
        place = Rect(left, top, wide, high)
        inside = place.x > frame.x and place.right < frame.right and place.y > frame.y
        if inside and not any(place.overlaps(other) for other in taken):
            return place
    return None


def _draw_scale(canvas: Canvas, mm_per_metre: float, frame: Rect, words: SheetWords) -> None:
    """A scale bar of a round length between a twelfth and a third of the frame's width."""
    fitting = [metres for metres in _SCALES if metres * mm_per_metre <= frame.width / 3]
    metres = max(fitting, default=_SCALES[0])
    x, y, width = frame.x + 3, frame.bottom - 3, metres * mm_per_metre
    label = (
        words(t.SCALE_METRES, metres=metres)
        if metres < 1000
        else words(t.SCALE_KILOMETRES, kilometres=words.number(metres // 1000))
    )
    canvas.fill(Rect(x - 1.5, y - 3.2, width + text_width(label, SMALL) + 5, 4.7), 255)
    canvas.path([(x, y - 1.4), (x, y), (x + width, y), (x + width, y - 1.4)], 0.35)
    canvas.text(x + width + 1.8, y + 0.4, label, SMALL)


def _draw_north(canvas: Canvas, frame: Rect, words: SheetWords) -> None:
    x, y = frame.right - 5, frame.y + 3
    canvas.polygon([(x, y), (x + 1.7, y + 5), (x, y + 3.9), (x - 1.7, y + 5)], BLACK)
    canvas.text(x, y + 8.6, words(t.NORTH), Style(9, bold=True), align="centre")
