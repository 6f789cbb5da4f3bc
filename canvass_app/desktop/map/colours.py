"""The colours of turfs and door states on the map.

How the twelve turf hues were chosen: twelve hues 30 degrees apart in OKLCH; lightness and chroma searched for the
largest smallest distance (OKLab) between any two, as seen by normal, protan, deutan and tritan eyes (Machado, Oliveira
and Fernandes 2009, severity 1.0); chroma held at 0.13 or less, so that none is the saturated red, blue, orange or green
of a party's sign; contrast of at least 3 on the map's land, hence one set for each theme, hue by hue. Neighbours in the
list were then put far apart, because turfs are numbered as they are cut. A test recomputes distances and contrast.
Colour never stands alone: a turf's name is in the table, a state has its shape.
"""

from __future__ import annotations

from functools import lru_cache

from canvass_app.desktop.map.layers import DoorState
from canvass_app.desktop.theme import Tokens, contrast, mix

_LEGIBLE = 4.5  # WCAG 2.2, contrast of small text

TURF_LIGHT = (
    "#0E6984", "#D2764A", "#483D8F", "#5F9191", "#956510", "#501A65",
    "#4F6047", "#3A76BF", "#5F1E28", "#57796A", "#514C00", "#6C3155",
)  # fmt: skip
TURF_DARK = (
    "#4C6F7D", "#E88A5E", "#8C86DF", "#1BD1D1", "#EEB154", "#9760AF",
    "#A9C998", "#7CAFF0", "#CA9497", "#428A6D", "#706B2C", "#C374A1",
)  # fmt: skip


def turf_colours(look: Tokens) -> tuple[str, ...]:
    """The twelve turf hues for a theme; turf k takes hue k modulo 12."""
    return TURF_DARK if look.is_dark else TURF_LIGHT


def state_colour(state: int, look: Tokens) -> str:
    """The colour of a door that is in no turf."""
    return {
        DoorState.NEVER_TRIED: look.quiet,
        DoorState.NOT_HOME: look.warn,
        DoorState.TALKED: look.good,
        DoorState.FINAL: look.ink,
        DoorState.DO_NOT_KNOCK: look.bad,
    }[DoorState(state)]


def legible(colour: str, look: Tokens) -> str:
    """A turf's hue taken as far towards the ink as small figures need on the map's land; the hue stays its own."""
    return _legible(colour, look.map.land, look.ink)


@lru_cache(maxsize=64)
def _legible(colour: str, land: str, ink: str) -> str:
    steps = (mix(ink, colour, step / 20) for step in range(21))
    return next((shown for shown in steps if contrast(shown, land) >= _LEGIBLE), ink)
