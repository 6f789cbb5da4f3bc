"""The look, in one place: colours, sizes, the style sheet, fonts and icons, in a light and a dark theme.

Every widget takes its colours and pixels from `tokens()`; nothing is written down twice. A widget that paints by
hand repaints when `QEvent.Type.StyleChange` reaches it (each `apply_theme` sends one) or listens to
`theme_bus().theme_changed`.
"""

from canvass_app.desktop.theme.apply import (
    apply_theme,
    current_mode,
    font,
    prepare_style,
    set_role,
    theme_bus,
    wear_style,
)
from canvass_app.desktop.theme.colours import contrast, mix, readable_on
from canvass_app.desktop.theme.icons import ICON_NAMES, icon, icon_pixmap
from canvass_app.desktop.theme.tokens import SUPPORT_COLOURS, Tokens, make_tokens, tokens

__all__ = [
    "ICON_NAMES",
    "SUPPORT_COLOURS",
    "Tokens",
    "apply_theme",
    "contrast",
    "current_mode",
    "font",
    "icon",
    "icon_pixmap",
    "make_tokens",
    "mix",
    "prepare_style",
    "readable_on",
    "set_role",
    "theme_bus",
    "tokens",
    "wear_style",
]
