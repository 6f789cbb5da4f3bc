"""The design tokens of both themes.

Colours are "#RRGGBB". Sizes are in pixels at 100 % and are asked for through `Tokens.px`, which applies the zoom.
Text colours keep a contrast of at least 4.5 on `paper`, `surface` and the soft grounds; the edges of controls at
least 3 (WCAG 2.2, 1.4.3 and 1.4.11). A test recomputes both.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from canvass_app.desktop.theme.colours import mix, readable_on

Mode = Literal["light", "dark"]

# Diverging and colour-blind safe (after ColorBrewer's PuOr), the same in both themes: a 2 is a 2 everywhere.
SUPPORT_COLOURS = ("#5E3C99", "#B2ABD2", "#BDBDBD", "#FDB863", "#E66101")
MIN_ZOOM, MAX_ZOOM = 0.75, 2.0


class MapColours(NamedTuple):
    """Grounds and lines of the map: quieter than anything that stands on it."""

    land: str
    outside: str
    outline: str
    street: str
    street_major: str
    casing: str
    path: str
    rail: str
    water: str
    water_line: str
    park: str
    label: str
    halo: str


class Tokens(NamedTuple):
    """Everything a widget may use to draw itself; see the module's text for units."""

    mode: Mode
    zoom: float
    motion_ms: int
    paper: str
    surface: str
    line: str
    edge: str
    ink: str
    quiet: str
    accent: str
    on_accent: str
    accent_soft: str
    hover: str
    pressed: str
    good: str
    warn: str
    bad: str
    good_soft: str
    warn_soft: str
    bad_soft: str
    on_bad: str
    swing: str
    emerging: str
    other: str
    support: tuple[str, str, str, str, str]
    on_support: tuple[str, str, str, str, str]
    map: MapColours

    @property
    def is_dark(self) -> bool:
        """Whether light ink stands on a dark ground."""
        return self.mode == "dark"

    def px(self, size: float) -> int:
        """`size` pixels at 100 %, scaled by the zoom and rounded; a line never vanishes."""
        scaled = round(size * self.zoom)
        return max(1, scaled) if size > 0 else scaled

    @property
    def small(self) -> int:
        """12 px: captions, column heads, chips."""
        return self.px(12)

    @property
    def text(self) -> int:
        """13 px: the size of ordinary text."""
        return self.px(13)

    @property
    def large(self) -> int:
        """15 px: lead sentences and sub-headings."""
        return self.px(15)

    @property
    def title(self) -> int:
        """20 px: the name of a screen."""
        return self.px(20)

    @property
    def display(self) -> int:
        """28 px: the number of a tile, the current line of the entry screen."""
        return self.px(28)

    @property
    def control(self) -> int:
        """Height of a control, 32 px."""
        return self.px(32)

    @property
    def radius(self) -> int:
        """Corner radius, 6 px."""
        return self.px(6)

    @property
    def ring(self) -> int:
        """Width of the focus ring, 2 px."""
        return self.px(2)


def make_tokens(mode: Mode, zoom: float = 1.0, *, reduce_motion: bool = False) -> Tokens:
    """The tokens of a theme at a zoom (clamped to 0.75..2.0)."""
    zoom = min(MAX_ZOOM, max(MIN_ZOOM, zoom))
    motion = 0 if reduce_motion else 120
    return _dark(zoom, motion) if mode == "dark" else _light(zoom, motion)


def _on_support() -> tuple[str, str, str, str, str]:
    one, two, three, four, five = (readable_on(colour) for colour in SUPPORT_COLOURS)
    return one, two, three, four, five


def _light(zoom: float, motion: int) -> Tokens:
    surface, ink, accent = "#FFFFFF", "#1F1B24", "#5B3E96"
    good, warn, bad = "#2B6E4F", "#9A6700", "#A8322D"
    return Tokens(
        mode="light", zoom=zoom, motion_ms=motion,
        paper="#FAF9F7", surface=surface, line="#DEDAD3", edge="#8D8794", ink=ink, quiet="#6B6573",
        accent=accent, on_accent="#FFFFFF", accent_soft=mix(accent, surface, 0.10),
        hover=mix(ink, surface, 0.05), pressed=mix(ink, surface, 0.11),
        good=good, warn=warn, bad=bad,
        good_soft=mix(good, surface, 0.10), warn_soft=mix(warn, surface, 0.11), bad_soft=mix(bad, surface, 0.09),
        on_bad="#FFFFFF", swing="#4A2A84", emerging="#B9A5E0", other="#F2C94C",
        support=SUPPORT_COLOURS, on_support=_on_support(),
        map=MapColours(
            land="#FBFAF8", outside="#EFECE6", outline="#6B6573", street="#E3DFD8", street_major="#D9D4CA",
            casing="#FBFAF8", path="#E3DFD8", rail="#A9A2A0", water="#DCE5EA", water_line="#C6D5DD",
            park="#EAEFE3", label="#6B6573", halo="#FBFAF8",
        ),
    )  # fmt: skip


def _dark(zoom: float, motion: int) -> Tokens:
    surface, ink, accent = "#211F26", "#F1EEF5", "#B9A5E0"
    good, warn, bad = "#7CC7A0", "#E3B341", "#F08A84"
    return Tokens(
        mode="dark", zoom=zoom, motion_ms=motion,
        paper="#17161A", surface=surface, line="#3A3742", edge="#77717F", ink=ink, quiet="#A9A2B3",
        accent=accent, on_accent="#17161A", accent_soft=mix(accent, surface, 0.17),
        hover=mix(ink, surface, 0.06), pressed=mix(ink, surface, 0.12),
        good=good, warn=warn, bad=bad,
        good_soft=mix(good, surface, 0.13), warn_soft=mix(warn, surface, 0.13), bad_soft=mix(bad, surface, 0.14),
        on_bad="#17161A", swing="#4A2A84", emerging="#B9A5E0", other="#F2C94C",
        support=SUPPORT_COLOURS, on_support=_on_support(),
        map=MapColours(
            land="#1C1B20", outside="#131216", outline="#A9A2B3", street="#34313B", street_major="#47434F",
            casing="#1C1B20", path="#2D2B33", rail="#67626F", water="#1A2731", water_line="#2A3C49",
            park="#1E2620", label="#A9A2B3", halo="#1C1B20",
        ),
    )  # fmt: skip


_current = make_tokens("light")


def tokens() -> Tokens:
    """The tokens in force; the light theme at 100 % until `apply_theme` has run."""
    return _current


def set_tokens(new: Tokens) -> None:
    """Put tokens in force. For `apply_theme` only: widgets ask, they do not set."""
    global _current
    _current = new
