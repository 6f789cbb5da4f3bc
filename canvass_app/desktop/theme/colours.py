"""Arithmetic on "#RRGGBB" colours, free of Qt so that tokens can be computed and checked anywhere."""

from __future__ import annotations

from functools import lru_cache


def channels(colour: str) -> tuple[int, int, int]:
    """The red, green and blue of "#RRGGBB", each 0..255."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def mix(over: str, under: str, share: float) -> str:
    """`share` (0..1) of `over` laid on `under`, channel by channel in sRGB."""
    pairs = zip(channels(over), channels(under), strict=True)
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02X}" for a, b in pairs)


def luminance(colour: str) -> float:
    """Relative luminance 0..1 (WCAG 2.2, "relative luminance")."""

    def linear(channel: int) -> float:
        value = channel / 255
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(c) for c in channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    """Contrast ratio 1..21 of two colours (WCAG 2.2, "contrast ratio")."""
    high, low = sorted((luminance(first), luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@lru_cache(maxsize=256)
def readable_on(ground: str, dark_ink: str = "#1F1B24", light_ink: str = "#FFFFFF") -> str:
    """Whichever of two inks reads better on `ground`."""
    return dark_ink if contrast(ground, dark_ink) >= contrast(ground, light_ink) else light_ink
