"""Put a theme in force on the whole application, and say so to those who draw by hand."""

from __future__ import annotations

from functools import cache
from typing import Literal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from canvass_app.desktop.theme.sheet import style_sheet
from canvass_app.desktop.theme.tokens import Mode, Tokens, make_tokens, set_tokens, tokens

Choice = Literal["light", "dark", "system"]


class ThemeBus(QObject):
    """Tells when the tokens changed. One exists for the application: `theme_bus()`."""

    theme_changed = Signal(object)  # Tokens


class _State:
    bus: ThemeBus | None = None
    choice: Choice = "light"
    zoom: float = 1.0
    reduce_motion: bool = False
    follows_system: bool = False


def theme_bus() -> ThemeBus:
    """The one object whose `theme_changed(Tokens)` is sent after every `apply_theme` that changed something."""
    if _State.bus is None:
        _State.bus = ThemeBus()
    return _State.bus


def current_mode() -> Choice:
    """What was asked for last: light, dark, or whatever the system says."""
    return _State.choice


def apply_theme(
    app: QApplication,
    choice: Choice = "system",
    zoom: float = 1.0,
    *,
    reduce_motion: bool = False,
    hold_style: bool = False,
) -> Tokens:
    """Give the application a theme at a zoom (0.75 to 2.0) and return its tokens.

    "system" follows the desktop's own light or dark setting, now and whenever it changes. Applying the same theme
    twice costs nothing. With `hold_style` the style sheet waits for `wear_style`: a window is built twice as fast
    when its parts are polished once, at the end, and not each time one is put into another.
    """
    _State.choice, _State.zoom, _State.reduce_motion = choice, zoom, reduce_motion
    if choice == "system" and not _State.follows_system:
        QGuiApplication.styleHints().colorSchemeChanged.connect(_system_changed)
        _State.follows_system = True
    look = make_tokens(
        mode_for(choice, QGuiApplication.styleHints().colorScheme()), zoom, reduce_motion=reduce_motion
    )
    if look == tokens() and app.property("canvassTheme") == look.mode:
        return look
    set_tokens(look)
    if app.property("canvassTheme") is None:
        app.setStyle("Fusion")
    app.setProperty("canvassTheme", look.mode)
    app.setPalette(_palette(look))
    app.setFont(font(look.text))
    if not hold_style:
        app.setStyleSheet(style_sheet(look))
    theme_bus().theme_changed.emit(look)
    return look


def wear_style(app: QApplication) -> None:
    """Put on the style sheet that `apply_theme` held back; nothing when it is worn already."""
    if not app.styleSheet():
        app.setStyleSheet(style_sheet(tokens()))


def prepare_style() -> None:
    """Make the style sheet of the theme in force, for `wear_style` to put on."""
    style_sheet(tokens())


def font(pixels: int, *, bold: bool = False) -> QFont:
    """The interface font at a size in pixels, with figures that line up in columns."""
    return QFont(_font(pixels, bold))


@cache
def _font(pixels: int, bold: bool) -> QFont:
    # Copies share what Qt finds out about a font when it is first measured.
    made = QFont(_family())
    made.setPixelSize(pixels)
    made.setFeature(QFont.Tag("tnum"), 1)
    if bold:
        made.setWeight(QFont.Weight.DemiBold)
    return made


def set_role(widget: QWidget, role: str) -> None:
    """Choose a button's variant ("primary", "quiet", "danger", "link", "" for the ordinary one), also later on."""
    widget.setProperty("role", role)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


@cache
def _family() -> str:
    system = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()
    # A bare Linux answers with a generic name that no font has; DejaVu Sans is what the set-up installs there.
    if system in ("Sans Serif", "Sans", "") and QFontDatabase.hasFamily("DejaVu Sans"):
        return "DejaVu Sans"
    return system


def mode_for(choice: Choice, scheme: Qt.ColorScheme) -> Mode:
    """The theme for a choice on a desktop with this colour scheme; a desktop that does not say is light."""
    if choice == "system":
        return "dark" if scheme == Qt.ColorScheme.Dark else "light"
    return choice


def _system_changed() -> None:
    app = QApplication.instance()
    if _State.choice == "system" and isinstance(app, QApplication):
        apply_theme(app, "system", _State.zoom, reduce_motion=_State.reduce_motion)


def _palette(look: Tokens) -> QPalette:
    role = QPalette.ColorRole
    made = QPalette()
    for target, colour in {
        role.Window: look.paper, role.WindowText: look.ink, role.Base: look.surface, role.AlternateBase: look.surface,
        role.Text: look.ink, role.Button: look.surface, role.ButtonText: look.ink, role.BrightText: look.bad,
        role.Highlight: look.accent, role.HighlightedText: look.on_accent, role.Accent: look.accent,
        role.Link: look.accent, role.LinkVisited: look.accent, role.PlaceholderText: look.quiet,
        role.ToolTipBase: look.ink, role.ToolTipText: look.paper, role.Light: look.surface, role.Midlight: look.line,
        role.Mid: look.edge, role.Dark: look.edge, role.Shadow: look.line,
    }.items():  # fmt: skip
        made.setColor(target, QColor(colour))
    for target in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, target, QColor(look.edge))
    return made
